"""Timelines of one entity, from reports to entries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord import registry
from onrecord.export.timelines import Timeline, timeline_of
from onrecord.flow import process
from onrecord.ledger.statements import make_page
from onrecord.ledger.store import EVERYTHING
from onrecord.model import Report, Source, digest, make_id
from onrecord.stores.memory import MemoryStore

CASES = [json.loads(line) for line in Path("tests/cases/timelines.jsonl").read_text("utf-8").splitlines()]
STEPS = tuple(name for name in registry.steps("fast") if not name.startswith("certainty"))


def read(reports: list[dict[str, Any]]) -> MemoryStore:
    store = MemoryStore()
    for given in reports:
        data = given["text"].encode()
        mark = digest(data)
        report = Report(make_id("r", mark), given["text"], mark, uri=f"test:{mark}", published=given["published"])
        store.add(make_page(process(report, STEPS), Source(mark, data)))
    return store


def shown(found: Timeline) -> list[list[str | None]]:
    return [
        [entry.date, " ".join(one.happening.span.of(found.reports[one.report].text) for one in entry.tellings)]
        for entry in found.entries
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_timeline_has_what_happens_with_its_date(case: dict[str, Any]) -> None:
    found = timeline_of(read(case["reports"]), case["entity"], EVERYTHING)
    assert shown(found) == case["rows"]
    assert case.get("note", "") in (found.called.note or "")


def test_the_order_of_adding_does_not_matter() -> None:
    reports = next(case for case in CASES if len(case["reports"]) > 1)["reports"]
    one, other = (timeline_of(read(order), "Orla Yards", EVERYTHING) for order in (reports, reports[::-1]))
    assert shown(one) == shown(other)
