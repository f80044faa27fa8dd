"""Sections: the cases, the rows of the table, and what holds for every text."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import SectionKind
from onrecord.read.sections import find_sections, lines_of
from onrecord.resources import lexicon
from tests.effort import assert_linear

CASES = [json.loads(line) for line in Path("tests/cases/sections.jsonl").read_text("utf-8").splitlines()]
ROWS = lexicon("boilerplate.tsv")
LEAD = "The bridge is shut, the council said on Monday, and it will stay shut until all of the piers are sound again."


def kinds_by_line(text: str, title: str | None = None) -> list[list[str]]:
    sections = find_sections(text, title)
    return [[next(s.kind.value for s in sections if s.span.contains(line)), line.of(text)] for line in lines_of(text)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n"])
def test_lines_go_to_their_sections(case: dict[str, object], end: str) -> None:
    lines = case["lines"]
    text = end.join(line for _, line in lines) + end
    assert kinds_by_line(text, case.get("title")) == lines


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(filter(None, row.values()))[:50])
def test_every_row_finds_the_line_it_describes(row: dict[str, str]) -> None:
    line = row["whole"] or " ".join(filter(None, (row["starts"], row["has"], row["ends"])))
    line = line.replace(" * ", " senior ")
    line += " Port Elm" if line.endswith(":") else ""
    kinds = [kind for kind, text in kinds_by_line(f"{LEAD}\n{LEAD}\n{line.upper()}\n{LEAD}") if text == line.upper()]
    assert kinds == ["caption" if row["kind"] == "caption" else "boilerplate"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(filter(None, row.values()))[:50])
def test_no_row_takes_everything(row: dict[str, str]) -> None:
    assert row["kind"] in {kind.value for kind in SectionKind}
    assert row["opens"] in {"", "teasers", "end", "points"}
    assert row["where"] in {"", "end"}
    assert row["note"]
    assert len(row["whole"] + row["starts"] + row["has"] + row["ends"]) >= (1 if row["starts"] == "©" else 2)


@given(
    st.text(alphabet=st.sampled_from('aB .?\n\r\t“”"-©Read more:By (AP)—'), max_size=400),
    st.none() | st.text(max_size=20),
)
def test_sections_cover_the_text_in_order(text: str, title: str | None) -> None:
    sections = find_sections(text, title)
    covered = "".join(section.span.of(text) for section in sections)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a.span.end <= b.span.start for a, b in pairwise(sections))
    assert all(section.span.strip(text) == section.span for section in sections)
    assert find_sections(text, title) == sections


@pytest.mark.parametrize(
    "line", ["Related", "Abstract", "Sign up", "“" * 5, "By A B", "- x", "?", "Read more", "1 May 2025"]
)
def test_ten_thousand_lines_take_a_moment(line: str) -> None:
    assert_linear(find_sections, lambda number: f"{line}\n" * number, 200)
    text = f"{line}\n" * 10_000
    assert all(section.span.end <= len(text) for section in find_sections(text))


def test_one_endless_line_takes_a_moment() -> None:
    assert [s.kind for s in find_sections("word " * 200_000 + "\nend")] == [SectionKind.BODY]
    assert_linear(find_sections, lambda number: "word " * number + "\nend", 1000)
