"""Values of times: the cases, coarse dates, and when statements were made."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.annotate.times import FindTimes
from onrecord.model import Attribution, Report, TimeExpression
from onrecord.resolve.calendar import easter, holiday_in, move, read_anchor
from onrecord.resolve.when import ResolveWhen
from tests.build import at, doc, pieces

CASES = [json.loads(line) for line in Path("tests/cases/times.jsonl").read_text("utf-8").splitlines()]


def resolved(text: str, published: str | None = "2025-03-10") -> tuple[TimeExpression, ...]:
    return ResolveWhen()(FindTimes()(Report("r", text, "", published=published))).times


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_values_follow_timex3(case: dict[str, object]) -> None:
    found = resolved(case["text"], case["published"])
    for expression, row in zip(found, case["times"], strict=True):
        value = expression.value
        assert (value.value if value else None) == row[1]
        if value:
            assert value.timex_type == row[2]
            assert value.mod == (row[3] if len(row) > 3 else None)


def test_a_relative_value_names_its_anchor_and_an_absolute_one_does_not() -> None:
    relative, absolute = resolved("He left last year and came in 2019.")
    assert relative.value is not None
    assert relative.value.anchor == "2025-03-10"
    assert absolute.value is not None
    assert absolute.value.anchor is None


@pytest.mark.parametrize("published", ["", "yesterday", "2025-13-40", "0000-00-00"])
def test_a_date_that_is_none_leaves_relative_times_open(published: str) -> None:
    assert resolved("He left on Tuesday.", published)[0].value is None


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_do_not_break_it(published: str) -> None:
    text = "He left 3,000 years ago, last week, next week, next month, 90,000 decades ago, tomorrow and last Easter."
    assert len(resolved(text, published)) == 7


def test_anchors_as_coarse_as_they_are() -> None:
    assert [str(read_anchor(value)) for value in ("2024", "2024-10", "2024-10-23T14:05:00Z")] == [
        "2024",
        "2024-10",
        "2024-10-23",
    ]


def test_easter_and_moving_holidays() -> None:
    assert [easter(year) for year in (2000, 2019, 2024, 2038)] == [
        date(2000, 4, 23),
        date(2019, 4, 21),
        date(2024, 3, 31),
        date(2038, 4, 25),
    ]
    assert holiday_in(2024, "05--1-1") == date(2024, 5, 27)
    assert holiday_in(2024, "12-25") == date(2024, 12, 25)


def test_moving_a_value_keeps_its_grain() -> None:
    assert move("1989-Q3", "year", -1) == "1988-Q3"
    assert move("2024-01-31", "month", 1) == "2024-02"
    assert move("PRESENT_REF", "day", 1) is None


def said(text: str, source: str, cue: str, content: str) -> str | None:
    attribution = Attribution(pieces(text, content), cue=(at(text, cue),), source=(at(text, source),))
    report = replace(FindTimes()(doc(text)), attributions=(attribution,))
    return ResolveWhen()(report).attributions[0].said_at


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "when"),
    [
        (
            "The council on Wednesday said the bridge is safe.",
            "The council",
            "said",
            "the bridge is safe",
            "2025-03-05",
        ),
        ("The bridge is safe, the council said March 3.", "the council", "said", "The bridge is safe", "2025-03-03"),
        (
            "Ms. Roe told reporters on Tuesday the bridge is safe.",
            "Ms. Roe",
            "told",
            "the bridge is safe",
            "2025-03-04",
        ),
        ("On Friday, the council said the bridge is safe.", "the council", "said", "the bridge is safe", "2025-03-07"),
        (
            "The council said the bridge was shut on Friday.",
            "The council",
            "said",
            "the bridge was shut on Friday",
            None,
        ),
        ("Since May 2024, the council has said little about it.", "the council", "has said", "little about it", None),
        (
            "The council, elected in 2020, said the bridge is safe.",
            "The council, elected in 2020",
            "said",
            "the bridge is safe",
            None,
        ),
        ("The bridge is safe, the council said.", "the council", "said", "The bridge is safe", None),
        # a tagger's cue may hold the time
        (
            "The council said on Tuesday that the bridge is safe.",
            "The council",
            "said on Tuesday",
            "that the bridge is safe",
            "2025-03-04",
        ),
        ("The council has not spoken since Monday of it.", "The council", "has not spoken since Monday", "of it", None),
    ],
)
def test_said_at_is_the_time_of_the_cue_and_never_a_guess(
    text: str, source: str, cue: str, content: str, when: str | None
) -> None:
    assert said(text, source, cue, content) == when


def test_a_time_in_the_words_of_another_is_not_when_the_cue_was() -> None:
    text = "Ms. Roe said: “We left in 2006,” adding that the pier is safe."
    attributions = (
        Attribution(pieces(text, "“We left in 2006,”"), cue=(at(text, "said"),), source=(at(text, "Ms. Roe"),)),
        Attribution(pieces(text, "the pier is safe"), cue=(at(text, "adding"),), source=(at(text, "Ms. Roe"),)),
    )
    report = ResolveWhen()(replace(FindTimes()(doc(text)), attributions=attributions))
    assert [attribution.said_at for attribution in report.attributions] == [None, None]
