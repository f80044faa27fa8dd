"""Links between figures of two reports, read from their words by rules alone: drawn, and rightly not drawn.

A statement is pointed at by its report, from 1, and words of its content: "2:Seven".
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from onrecord.flow import make_page_of
from onrecord.link.entry import Entry, entry_of
from onrecord.link.relations import links_between, links_within
from onrecord.model import Failure, Link
from onrecord.read.jsonl import read_jsonl
from onrecord.registry import steps
from tests.build import copy_between
from tests.effort import lines_run

CASES = [json.loads(line) for line in Path("tests/cases/figure_links.jsonl").read_text("utf-8").splitlines()]
BY_ID = {case["id"]: case for case in CASES}
EXPECTED = [(case["id"], number) for case in CASES for number in range(len(case["expected"]))]
OUTLETS = ("Morning Wire", "City Herald")


def read(reports: list[dict[str, str]]) -> list[Entry]:
    rows = [{"uri": f"made:{n}", "outlet": OUTLETS[n], **report} for n, report in enumerate(reports)]
    entries = []
    for reading in read_jsonl("\n".join(map(json.dumps, rows)).encode()):
        page = make_page_of(reading, steps("fast"))
        assert not isinstance(page, Failure)
        entries.append(entry_of(page))
    return entries


@cache
def linked(case: str) -> tuple[tuple[Entry, ...], tuple[Link, ...]]:
    first, second = read(BY_ID[case]["reports"])
    links = (*links_within(first), *links_within(second), *links_between(first, second, copy_between(first, second)))
    return (first, second), links


def told(entries: tuple[Entry, ...], pointer: str) -> set[str]:
    number, words = pointer.split(":", 1)
    found = {s.id for s in entries[int(number) - 1].statements if words in s.content.quote}
    assert found, f"no statement holds {pointer!r}"
    return found


@pytest.mark.parametrize(("case", "number"), EXPECTED)
def test_figures_are_linked_as_a_reader_would(case: str, number: int) -> None:
    wanted: dict[str, Any] = BY_ID[case]["expected"][number]
    entries, links = linked(case)
    one, other = told(entries, wanted["of"]), told(entries, wanted["to"])
    kinds = {
        k.kind for k in links if (k.source in one and k.target in other) or (k.source in other and k.target in one)
    }
    if "never" in wanted:
        assert not kinds & set(wanted["never"])
    elif wanted["kinds"]:
        assert kinds & set(wanted["kinds"]) or (wanted.get("or_none") and not kinds)
    else:
        assert not kinds


@pytest.mark.parametrize("case", list(BY_ID))
def test_nothing_else_is_called_a_contradiction(case: str) -> None:
    entries, links = linked(case)
    allowed = [
        told(entries, row["of"]) | told(entries, row["to"])
        for row in BY_ID[case]["expected"]
        if "contradicts" in row.get("kinds", ())
    ]
    assert all({k.source, k.target} <= pair for k in links if k.kind == "contradicts" for pair in allowed or [set()])


def test_the_order_of_reports_does_not_matter() -> None:
    first, second = read(BY_ID["quake-bodies"]["reports"])
    assert links_between(first, second) == links_between(second, first) != ()


def test_many_counts_of_one_fate_are_bounded_work() -> None:
    def counts(number: int) -> Entry:
        text = " ".join(
            f"The ministry said that {n} people were killed at mine {n}." for n in range(1000, 1000 + number)
        )
        (made,) = read([{"published": "2026-03-02", "text": text}])
        return made

    many = counts(60)
    assert lines_run(lambda: links_between(many, many)) < 4_000_000
