"""Denials, confirmations, repeats and turnings round across short reports of many fields: what is drawn, and what not.

A case is an item as `evals.relations` has them; `missed` names what the product does not draw yet, or not rightly.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.relations.expectations import false_contradictions, judge
from evals.relations.items import wrong_with
from evals.relations.told import tell

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "answers.jsonl").read_text("utf-8").splitlines()
    if line.strip()
]


def item_of(case: dict[str, Any]) -> dict[str, Any]:
    return {"kinds": [], **{key: part for key, part in case.items() if key != "missed"}}


def test_as_many_cases_ask_for_nothing_as_for_a_link() -> None:
    links, none = (sum(len(case.get(part, ())) for case in CASES) for part in ("links", "not_linked"))
    assert len(CASES) >= 35
    assert none >= links >= 60
    assert not [wrong for case in CASES for wrong in wrong_with(item_of(case))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_links_of_a_case_are_drawn_and_no_others(case: dict[str, Any]) -> None:
    item = item_of(case)
    told = tell(item)
    wrong = [f"{o.part}: {o.words} ({o.why})" for o in judge(item, told) if not o.right]
    assert [row for row in wrong if not any(row.startswith(missed) for missed in case["missed"])] == []
    assert false_contradictions(item, told) == []
