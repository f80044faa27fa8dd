"""When what a sentence tells happened."""

from __future__ import annotations

import pytest

from onrecord.annotate.eventwords import find_happenings
from onrecord.link.views.event_dates import Dated, date_happenings, days_between, news_day
from onrecord.model import Happening, Span
from tests.effort import lines_run

TODAY, NEWS = "2024-05-10", "2024-05-08"


def dates(text: str, *times: tuple[str, str], headline: bool = False) -> dict[str, str | None]:
    """The date of each word for an event; times as (words, date)."""
    whole = Span(0, len(text))
    found = find_happenings(text, whole)
    at = [Dated(Span(text.index(words), text.index(words) + len(words)), date) for words, date in times]
    given = date_happenings(text, whole, found, at, TODAY, NEWS, headline=headline)
    return {one.predicate: date for one, date in zip(found, given, strict=True)}


def test_a_time_dates_the_verb_that_it_stands_with() -> None:
    text = "Vesna fired Ada in 2020, and Ostia hired her in 2021."
    assert dates(text, ("2020", "2020"), ("2021", "2021")) == {"fire": "2020", "hire": "2021"}


def test_a_time_at_the_head_dates_every_verb_without_its_own() -> None:
    text = "In 2020, Vesna fired Ada, who sued in 2021, and hired Otto."
    assert dates(text, ("2020", "2020"), ("2021", "2021")) == {"fire": "2020", "sue": "2021", "hire": "2020"}


def test_an_infinitive_happens_when_its_verb_does_and_lends_it_its_time() -> None:
    assert dates("Voters chose Ada in 2020 to lead Vesna.", ("2020", "2020")) == {"choose": "2020", "lead": "2020"}
    assert dates("Voters chose Ada to lead Vesna in 2020.", ("2020", "2020")) == {"choose": "2020", "lead": "2020"}
    assert dates("Vesna agreed to sell a mill in 2030.", ("2030", "2030")) == {"agree": NEWS, "sell": "2030"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Vesna fined Ada.", NEWS),
        ("Vesna has fined Ada.", TODAY),
        ("Vesna fines Ada.", TODAY),
        ("Vesna had fined Ada.", None),
        ("Vesna will fine Ada.", None),
    ],
)
def test_without_a_time_the_tense_tells_the_day(text: str, date: str | None) -> None:
    assert dates(text) == {"fine": date}


def test_a_headline_tells_the_news() -> None:
    assert dates("Vesna fines Ada", headline=True) == {"fine": NEWS}


def test_a_time_far_away_or_a_year_that_says_which_one_dates_nothing() -> None:
    assert dates("Vesna broke the 1991 accord.", ("1991", "1991"))["break"] == NEWS
    far = "Vesna fined Ada" + " of the old mill by the lake" * 12 + " in 1991."
    assert dates(far, ("1991", "1991"))["fine"] == NEWS


@pytest.mark.parametrize(
    ("a", "b", "days"), [("2024-05-08", TODAY, 2), ("2024-05", TODAY, -1), ("", TODAY, -1), ("2024-13-40", TODAY, -1)]
)
def test_days_are_counted_between_days_alone(a: str, b: str, days: int) -> None:
    assert days_between(a, b) == days


def test_the_day_of_the_news_is_past_and_recent() -> None:
    def told(tense: str, date: str | None) -> tuple[Happening, str | None]:
        return Happening(Span(0, 1), "fine", "verb", tense, "actual"), date

    assert news_day([told("future", NEWS), told("past", "2024-04-01"), told("past", NEWS)], TODAY) == NEWS
    assert news_day([told("past", "2024-05-11"), told("past", "2024")], TODAY) is None
    assert news_day([told("past", NEWS)], None) is None


def test_a_sentence_of_many_times_is_dated_by_little_work() -> None:
    def dated(number: int) -> int:
        text = "Vesna sold it in 2020, " * number
        spans = [Dated(Span(at, at + 4), "2020") for at in range(len(text)) if text.startswith("2020", at)]
        whole = Span(0, len(text))
        return len(date_happenings(text, whole, find_happenings(text, whole), spans, TODAY))

    assert dated(80) == 80
    assert lines_run(lambda: dated(80)) < 400_000
