"""What a report adds to those before it."""

from __future__ import annotations

from functools import partial
from typing import Any

from onrecord.link.entry import Entry
from onrecord.link.views.news import News, find_news
from tests.build import figure, person
from tests.link.views.reports import only, saying

ADA, BEN = person("Ada Birk"), person("Ben Holt")


def boats(n: int, words: str | None = None, **rest: Any) -> Any:
    return partial(figure, words=words or f"{n}", low=rest.get("low", n), high=rest.get("high", n), of="boats")


def news(mine: Entry, *earlier: Entry, spoken: tuple[str, ...] = (), links: Any = ()) -> News:
    return find_news(mine, earlier, lambda _: links, lambda entity: entity in spoken)


FIRST = saying(
    "at least 40 boats were lost in the storm off Teal", who=ADA, figures=(boats(40, "at least 40", high=None),)
)


def test_a_reprint_adds_nothing_and_neither_does_a_copy_that_lost_a_hedge() -> None:
    copy = saying("40 boats were lost in the storm off Teal", who=ADA, uri="made:2", figures=(boats(40),))
    found = news(copy, FIRST, spoken=(ADA.id,))
    assert (found.claims, found.speakers, found.figures, found.moved) == ((), (), (), ())
    assert [t.statement.id for _, t in found.told_before] == [only(FIRST).statement.id]


def test_another_number_is_another_claim() -> None:
    later = saying("52 boats were lost in the storm off Teal", who=ADA, uri="made:2", figures=(boats(52),))
    found = news(later, FIRST, spoken=(ADA.id,))
    assert [t.statement.id for t in found.claims] == [only(later).statement.id]
    assert [f.text for f, _ in found.figures] == ["52"]
    assert found.speakers == ()


def test_a_named_source_who_had_not_spoken_is_new_and_an_unnamed_one_is_not() -> None:
    named = saying("The harbour is shut", "Ben Holt", who=BEN, uri="made:2")
    assert [entity for entity, _ in news(named, FIRST, spoken=(ADA.id,)).speakers] == [BEN.id]
    assert news(saying("The harbour is shut", "a sailor", uri="made:2"), FIRST).speakers == ()


def test_the_first_report_of_all_adds_everything() -> None:
    found = news(FIRST)
    assert (len(found.claims), len(found.speakers), len(found.figures)) == (1, 1, 1)


def test_a_known_speaker_who_answers_for_the_first_time_has_moved() -> None:
    denial = saying("No boats were lost", "Ben Holt", who=BEN, certainty="CT-", uri="made:2")
    links = (("denies", True, only(FIRST)),)
    assert [move.before.statement.id for move in news(denial, FIRST, spoken=(BEN.id,), links=links).moved] == [
        only(FIRST).statement.id
    ]
    assert news(denial, FIRST, links=links).moved == ()
