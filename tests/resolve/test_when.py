"""Values of times: the cases, coarse dates, and when statements were made."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.annotate.times import FindTimes
from onrecord.model import Attribution, Report, TimeExpression, TimeValue
from onrecord.resolve.times.calendar import Anchor, easter, holiday_in, move, read_anchor
from onrecord.resolve.when import ResolveWhen
from tests.build import at, doc, pieces
from tests.effort import assert_linear

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
        # the occasion tells it
        (
            "In a statement dated 4 March, the council said the road is open.",
            "the council",
            "said",
            "the road is open",
            "2025-03-04",
        ),
        (
            "In an interview last month, Ms. Roe said the road is open.",
            "Ms. Roe",
            "said",
            "the road is open",
            "2025-02",
        ),
        (
            "At a news conference on 2 March, Ms. Roe said the road is open.",
            "Ms. Roe",
            "said",
            "the road is open",
            "2025-03-02",
        ),
        (
            "Speaking on Saturday at a fair in Linton, Ms. Roe said the road is open.",
            "Ms. Roe",
            "said",
            "the road is open",
            "2025-03-08",
        ),
        (
            "Asked on Friday about the strike, Ms. Roe said the road is open.",
            "Ms. Roe",
            "said",
            "the road is open",
            "2025-03-07",
        ),
        (
            "In her memoir, published in 2011, Ms. Roe wrote that the road was open.",
            "Ms. Roe",
            "wrote",
            "that the road was open",
            "2011",
        ),
        (
            "Ms. Roe said in 2019 that the road was open.",
            "Ms. Roe",
            "said",
            "that the road was open",
            "2019",
        ),
        (
            "Ms. Roe told reporters late Tuesday that the road is open.",
            "Ms. Roe",
            "told",
            "that the road is open",
            "2025-03-04",
        ),
        (
            "Earlier this week, the council said the road is open.",
            "the council",
            "said",
            "the road is open",
            "2025-03",
        ),
        (
            "The road is open, Ms. Roe said in a call from Paris on Thursday.",
            "Ms. Roe",
            "said",
            "The road is open",
            "2025-03-06",
        ),
        (
            "A report published by the council on Friday said the road is open.",
            "A report published by the council on Friday",
            "said",
            "the road is open",
            "2025-03-07",
        ),
        (
            "Ms. Roe said yesterday it would open.",
            "Ms. Roe",
            "said",
            "yesterday it would open",
            "2025-03-09",
        ),
        # a time of the matter, or one that no month or year holds
        (
            "In an interview about the attack on Monday, Ms. Roe said the road is open.",
            "Ms. Roe",
            "said",
            "the road is open",
            None,
        ),
        (
            "After a meeting on Monday, Ms. Roe said the road is open.",
            "Ms. Roe",
            "said",
            "the road is open",
            None,
        ),
        (
            "In a report on Friday's attack, the council said the road is open.",
            "the council",
            "said",
            "the road is open",
            None,
        ),
        (
            "Ms. Roe, in power since 2019, said the road is open.",
            "Ms. Roe, in power since 2019",
            "said",
            "the road is open",
            None,
        ),
        (
            "Ms. Roe said Friday was a good day.",
            "Ms. Roe",
            "said",
            "Friday was a good day",
            None,
        ),
        (
            "The road will open on Friday, Ms. Roe said.",
            "Ms. Roe",
            "said",
            "The road will open on Friday",
            None,
        ),
        (
            "Two weeks ago, the council said the road is open.",
            "the council",
            "said",
            "the road is open",
            None,
        ),
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


def test_said_at_counts_from_the_zone_of_the_stamp() -> None:
    text = "The council said today that the bridge is safe."
    attribution = Attribution(pieces(text, "that the bridge is safe"), cue=(at(text, "said"),))
    report = replace(FindTimes()(doc(text)), attributions=(attribution,), published="2025-03-10T00:30:00+02:00")
    assert ResolveWhen()(report).attributions[0].said_at == "2025-03-10"


def test_a_report_without_a_date_says_so_where_a_time_counts_from_it() -> None:
    def flags(text: str, published: str | None) -> tuple[str, ...]:
        return ResolveWhen()(FindTimes()(Report("r", text, "", published=published, flags=("not-english",)))).flags

    assert flags("He left on Tuesday.", None) == ("not-english", "undated")
    assert flags("He left on 4 May 2019.", None) == ("not-english",)
    assert flags("He left on Tuesday.", "2025-03-10") == ("not-english",)


def test_times_of_day_need_a_stamp_with_its_hour() -> None:
    assert read_anchor("2025-03-10T09:30:00+01:00") == Anchor(2025, 3, 10, 570)
    assert resolved("It fell two hours ago.", "2025-03-10")[0].value is None
    assert resolved("It fell two hours ago.", "2025-03-10T01:30")[0].value == TimeValue(
        "2025-03-09T23:30", "TIME", None, "2025-03-10"
    )


ODD = (
    "31 February", "2024-13-45", "25:99 p.m.", "99/99/9999", "year 0", "1,00,000 years ago",
    "in " + "9" * 400 + " days",
    "9" * 400 + " years ago", "the last " + "9" * 40 + " years", "the 0th century", "Q5 2020", "31/31/2020",
    "0000-00-00",
    "2460 GMT", "3 1/0 years", "May 31-32", "30-31 February", "two and two and two years", "13 p.m.",
)  # fmt: skip


@pytest.mark.parametrize("published", [None, "0001-01-01", "2025-03-10", "2025", "9999-12-31T23:59"])
def test_odd_forms_have_a_value_of_the_calendar_or_none(published: str | None) -> None:
    for odd in ODD:
        for expression in resolved(f"It was so on {odd}, they said.", published):
            if expression.value:
                assert re.fullmatch(
                    r"\d{4}(-(\d\d(-\d\d)?|Q[1-4]))?(T.*)?|\d\d|P\S+|[A-Z]+_REF", expression.value.value
                ), odd
                assert "e+" not in expression.value.value


@pytest.mark.parametrize(
    "piece", ["May 3-", "years of ", "in an interview ", "2 p.m. and ", "the quarter ended ", "Monday "]
)
def test_values_of_long_odd_texts_stay_fast(piece: str) -> None:
    assert_linear(resolved, lambda number: piece * number, 300)
    pieces = 40_000 // len(piece)
    assert len(resolved(piece * pieces)) <= pieces
