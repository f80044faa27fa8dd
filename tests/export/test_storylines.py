"""How stories came to be what they are: as of a day, as published, as recorded when reports came in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from onrecord.export.asof import as_known
from onrecord.export.record import export_record
from onrecord.export.storylines import as_published, change_line, change_row
from onrecord.flow import add_readings
from onrecord.ledger.asking import find_story
from onrecord.ledger.regrouping import stories_after
from onrecord.ledger.store import Query, Store
from onrecord.link.stories import Gist, edge_between, group
from onrecord.model import Reading, StoryChange, make_id
from onrecord.read import jsonl
from onrecord.stores.memory import MemoryStore
from onrecord.stores.sqlite import SqliteStore
from tests.export.hand import add_report
from tests.link.test_parting import AVALANCHE, BESIDES

Terms = Mapping[str, float]
DAYS = ("2025-03-01", "2025-03-02", "2025-03-03", "2025-03-04")
FIRE: Terms = {"fire": 1.0}
VOTE: Terms = {"vote": 1.0}
BOTH: Terms = {"fire": 0.7, "vote": 0.7}


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "a.db")
    yield made
    made.close()


def add(store: Store, number: int, terms: Terms, published: str | None) -> str:
    """A report with a gist by hand, and its stories."""
    page = add_report(store, f"Report {number}.", published=published or "", uri=f"made:{number}")  # type: ignore[arg-type]
    gist = Gist(page.report.id, f"Report {number}", published, terms)
    others = [Gist.load(line) for line in store.gists(report.id for report in store.reports()).values()]
    store.put_gist(gist.report_id, gist.dump())
    store.put_edges(edge for edge in (edge_between(gist, other) for other in others) if edge)
    every = [gist, *(other for other in others if other.report_id != gist.report_id)]
    store.put_stories(group(every, store.edges(one.report_id for one in every)))
    return gist.report_id


def joined(store: Store) -> list[str]:
    """A fire and a vote, each its own story, until a report on the third day tells of both."""
    return [add(store, k, terms, day) for k, (terms, day) in enumerate(zip((FIRE, VOTE, BOTH), DAYS, strict=False))]


def test_a_report_that_joins_two_stories_is_on_the_record(store: Store) -> None:
    fire, vote, both = joined(store)
    (change,) = store.story_changes()
    assert (change.kind, change.reports) == ("joined", (both,))
    assert change.before == tuple(sorted((make_id("st", fire), make_id("st", vote))))
    assert change.after == (make_id("st", fire),)


def test_an_old_id_shows_what_it_went_into(store: Store) -> None:
    fire, vote, _ = joined(store)
    assert find_story(store, make_id("st", vote)) == make_id("st", fire)


def test_as_published_the_day_is_told_that_joined_them(store: Store) -> None:
    _, _, both = joined(store)
    (story,) = store.stories()
    (change,) = as_published(store, story)
    assert (change.kind, change.date, change.reports) == ("joined", DAYS[2], (both,))


def test_as_published_the_order_of_adding_does_not_show(store: Store) -> None:
    for k, terms in ((2, BOTH), (1, VOTE), (0, FIRE)):
        add(store, k, terms, DAYS[k])
    (story,) = store.stories()
    assert [(change.kind, change.date) for change in as_published(store, story)] == [("joined", DAYS[2])]
    assert {change.kind for change in store.story_changes()} == {"renamed"}


def test_as_of_a_day_before_there_were_two_stories(store: Store) -> None:
    fire, vote, _ = joined(store)
    then = as_known(store, DAYS[1])
    assert [story.reports for story in then.stories()] == [(fire,), (vote,)]
    assert find_story(then, make_id("st", vote)) == make_id("st", vote)
    assert [report.id for report in then.reports(Query(story=make_id("st", vote)))] == [vote]
    assert [report.id for report in then.reports(Query(story=make_id("st", fire)))] == [fire]
    assert list(then.reports(Query(story=make_id("st", vote), skip=1))) == []
    assert then.story_changes() == ()


def test_as_of_the_day_itself_and_later_there_is_one(store: Store) -> None:
    joined(store)
    for day in DAYS[2:]:
        (story,) = as_known(store, day).stories()
        assert len(story.reports) == 3


def test_as_of_a_day_before_all_there_is_none(store: Store) -> None:
    joined(store)
    assert as_known(store, "2024").stories() == ()


def test_a_story_that_began_earlier_than_was_known_keeps_its_old_id_as_a_way_in(store: Store) -> None:
    later = add(store, 1, FIRE, DAYS[2])
    first = add(store, 0, FIRE, DAYS[0])
    (change,) = store.story_changes()
    assert change.kind == "renamed"
    assert find_story(store, make_id("st", later)) == make_id("st", first)


def test_reports_without_a_date_take_no_part_in_what_was_published_when(store: Store) -> None:
    for k, (terms, day) in enumerate(((FIRE, DAYS[0]), (FIRE, None), (FIRE, DAYS[1]))):
        add(store, k, terms, day)
    assert [as_published(store, story) for story in store.stories()] == [()]


def test_what_hangs_together_without_end_is_not_worked_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.export.storylines.MOST", 2)
    joined(store)
    assert [as_published(store, story) for story in store.stories()] == [()]


def test_a_record_that_was_imported_is_shown_as_it_was_grouped(store: Store) -> None:
    fire, vote, _ = joined(store)
    lines: list[str] = []
    export_record(store, lines.append)
    from onrecord.export.record import import_record

    copy = MemoryStore()
    import_record("".join(lines).splitlines(), copy)
    (story,) = as_known(copy, DAYS[1]).stories()
    assert story.reports == tuple(sorted((fire, vote)))
    assert as_published(copy, story) == ()
    assert find_story(copy, make_id("st", vote)) == story.id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (StoryChange("parted", ("st-1",), ("st-1", "st-2"), (), 4), "change 4: st-1 fell into st-1 and st-2"),
        (StoryChange("renamed", ("st-2",), ("st-1",)), "change 0: st-2 goes by st-1, by an earlier report"),
        (StoryChange("regrouped", ("a", "b", "c"), ("a", "d")), "change 0: a, b and c were grouped again as a and d"),
        (
            StoryChange("joined", ("st-1", "st-2"), ("st-1",), tuple(f"r-{k}" for k in range(5)), date="2025-03-12"),
            "12 Mar 2025: st-1 and st-2 became one story, st-1, with r-0, r-1, r-2 and 2 more",
        ),
    ],
)
def test_a_change_in_words(change: StoryChange, words: str) -> None:
    assert change_line(change).startswith(words)


def test_a_row_says_by_which_clock() -> None:
    assert change_row(StoryChange("parted", ("a",), ("a", "b"), (), 4))["clock"] == "recorded"
    assert change_row(StoryChange("parted", ("a",), ("a", "b"), (), date="2025"))["when"] == "2025"


# --- from the texts --------------------------------------------------------------------------------------------------


def avalanches() -> list[bytes]:
    """Reports on two avalanches on one mountain, as they come in: one of each a day."""
    rows = []
    for k, more in enumerate(BESIDES):
        for a, told in enumerate(AVALANCHE):
            row = {"uri": f"made:{a}.{k}", "text": f"{told[k]} {more}", "published": DAYS[k], "outlet": f"O{k}"}
            rows.append(json.dumps(row).encode())
    return rows


def added(lines: list[bytes], *, at_once: bool = False) -> tuple[MemoryStore, str]:
    """A store with these reports, added one by one, and its export."""
    store, out = MemoryStore(), list[str]()
    for batch in [b"\n".join(lines)] if at_once else lines:
        readings = [item for item in jsonl.read_jsonl(batch) if isinstance(item, Reading)]
        add_readings(readings, store, engine="fast")
    export_record(store, out.append)
    return store, "".join(out)


def test_look_alike_matters_fall_apart_when_enough_is_known() -> None:
    store, _ = added(avalanches())
    assert sorted(len(story.reports) for story in store.stories()) == [4, 4]
    changes = store.story_changes()
    assert changes[-1].kind == "parted"
    assert [change.number for change in changes] == list(range(1, len(changes) + 1))


def test_however_they_come_in_the_export_is_the_same() -> None:
    lines = avalanches()
    (first, export), (other, backwards), (_, at_once) = added(lines), added(lines[::-1]), added(lines, at_once=True)
    assert export == backwards == at_once
    story = first.stories()[0]
    assert as_published(first, story) == as_published(other, story)
    assert first.story_changes() != other.story_changes()
    assert "changes" not in export


def test_every_id_that_was_ever_given_out_still_leads_somewhere() -> None:
    store, given = MemoryStore(), set[str]()
    for line in reversed(avalanches()):
        add_readings([r for r in jsonl.read_jsonl(line) if isinstance(r, Reading)], store, engine="fast")
        given |= {story.id for story in store.stories()}
    assert len(given) > len(store.stories())
    there = {story.id for story in store.stories()}
    assert all(stories_after(store, one) and there.issuperset(stories_after(store, one)) for one in given - there)
