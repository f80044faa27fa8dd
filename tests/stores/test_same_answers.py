"""Lists of a database are the lists of the reference store, whichever way they are made."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.ledger.asof import AsOf
from onrecord.ledger.dates import is_since, is_until, known_by
from onrecord.ledger.store import Query, Store
from onrecord.model import Commitment, Page, Span, Speaker, Story, make_id
from onrecord.review.through import Through
from onrecord.stores import hits
from onrecord.stores.memory import MemoryStore
from onrecord.stores.queries import reports_that_fit
from onrecord.stores.sqlite import SqliteStore
from tests.build import at, country, doc, figure, mention, page, person, say

# Dates as coarse and as odd as reports have them, and as bounds are given.
DATES = (
    "2031",
    "2031-05",
    "2031-05-02",
    "2031-05-03",
    "2031-W18",
    "2031-W18-5",
    "2031-SP",
    "2031-WI",
    "2031-05-02T23:30",
    "2031-05-02T23:30:00Z",
    "2031-05-03T01:00:00+03:00",
    "2031-05-02T20:00:00-07:00",
    "2031-05-02TEV",
    "2031-W18-5T22:00:00+00:00",
    "2032-01-01T00:30:00+02:00",
    "2031-12-31",
    "2030-12-31T23:59:59Z",
    "0001-01-01T00:00:00+02:00",
    "spring",
    "~",
    "",
)
MORE_BOUNDS = ("20", "2031-0", "2031-05-02T", "T", "2031-05-02T23:30:00.5+01:00", "9999-12-31T23:59:59-02:00", "é", "%")

ANNA, BERG, OLD = person("Anna Lind", "Lind"), person("Ada Berg"), person("Karl Berg")
RIVA = country("Riva", "RV")
DOCK = person(f"Dock {RIVA.id}")  # a name with the id of another in it
SOURCES = (ANNA, BERG, OLD, None)
NOBODY = ("Two officials", "two Officials", "They", "they", "Officials", "...", "The governor of Riva")


KNOWN: dict[tuple[Store, Query], tuple[tuple[object, ...], ...]] = {}


def told(draw: random.Random, number: int) -> Page:
    """A short report: some statements of few sources, of nobody's, with figures in and out of them."""
    text, said = f"Report {number}.\n", []
    for k in range(draw.randrange(4)):
        by = draw.choice(SOURCES)
        name = by.name if by else draw.choice(NOBODY)
        content = f"{10 * number + k} boats left {draw.choice(('Riva', 'the harbour'))} on day {k}"
        said.append((by, name, content))
        text += f"{name} said: {content}.\n"
    attributions, figures = [], []
    for by, name, content in said:
        stance, attitude = draw.choice(("asserts", "asserts", "denies")), draw.choice(("speech", "speech", "belief"))
        also = (RIVA.id,) if stance == "denies" else ()
        whole = at(text, f"{name} said: {content}")
        attributions.append(
            replace(
                say(text, content, speaker=Speaker(by.id, also=also) if by else Speaker(None)),
                source=(Span(whole.start, whole.start + len(name)),),
                commitment=Commitment(stance, "CT+", attitude=attitude),
            )
        )
        count = content.split()[0]
        where = RIVA.id if draw.random() < 0.3 else None
        figures.append(figure(text, f"{count} boats", int(count), int(count), "boats", where=where))
    if draw.random() < 0.5:
        figures.append(figure(text, str(number), number, number, "reports", where=draw.choice((RIVA.id, None))))
    made = page(
        doc(
            text,
            uri=f"made:{number}",
            published=draw.choice((*DATES, None)),
            retrieved=draw.choice(("2031-05-02", "2031", None)),
            mentions=tuple(mention(text, "Riva", RIVA, k) for k in range(text.count("Riva"))),
            figures=tuple(figures),
            attributions=tuple(attributions),
            entities=tuple(sorted((ANNA, BERG, OLD, RIVA, DOCK), key=lambda entity: entity.id)),
        )
    )
    return replace(made, statements=tuple(replace(s, plain=draw.random() < 0.5) for s in made.statements))


def fill(store: Store) -> None:
    draw, ids = random.Random(7), []
    for number in range(1, 61):
        made = told(draw, number)
        assert store.add(made)
        ids.append(made.report.id)
    some = tuple(sorted(ids[::4]))
    store.put_stories([Story(make_id("st", some[0]), "Boats", some, "2031")])


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MemoryStore, SqliteStore]]:
    """The reference store and a database with the same reports."""
    memory = MemoryStore()
    fill(memory)
    with closing(SqliteStore(tmp_path_factory.mktemp("same") / "onrecord.db")) as database:
        fill(database)
        yield memory, database


def assert_same(both: tuple[MemoryStore, SqliteStore], query: Query) -> int:
    """The lists are the same; how much they hold."""
    expected = answers(both[0], query)
    assert answers(both[1], query) == expected
    return sum(map(len, expected[:3]))


def answers(store: Store, query: Query) -> tuple[tuple[object, ...], ...]:
    """What every kind of list shows; of the reference store each is made once."""
    if (store, query) in KNOWN:
        return KNOWN[store, query]
    kinds = (store.reports, store.statements, store.figures)
    numbers = tuple(store.how_many(kind, query) for kind in ("report", "statement", "figure"))
    found = *(tuple(one.id for one in find(query)) for find in kinds), store.speakers(query), numbers
    if isinstance(store, MemoryStore):
        KNOWN[store, query] = found
    return found


# -- dates


@pytest.mark.parametrize("bound", [*DATES, *MORE_BOUNDS])
def test_bounds_of_every_precision_fit_the_same_reports(both: tuple[MemoryStore, SqliteStore], bound: str) -> None:
    reports = list(both[0].reports())
    for name, fits in (
        ("since", lambda report: is_since(report.published, bound)),
        ("until", lambda report: is_until(report.published, bound)),
        ("as_of", lambda report: known_by(report.published, report.retrieved, bound)),
    ):
        expected = [report.id for report in reports if fits(report)]
        assert [report.id for report in both[1].reports(Query(**{name: bound}))] == expected, name
        assert_same(both, Query(**{name: bound}, limit=9, skip=2))


@pytest.mark.parametrize("bound", [None, *DATES, *MORE_BOUNDS])
def test_the_newest_report_of_a_date_is_the_same(both: tuple[MemoryStore, SqliteStore], bound: str | None) -> None:
    held = AsOf(both[0], "2031-05-02")
    expected, held_back = (
        max((report.published for report in view.reports(Query(as_of=bound)) if report.published), default=None)
        for view in (both[0], held)
    )
    for store in both:
        assert store.newest(bound) == Through(store).newest(bound) == expected
        assert AsOf(store, "2031-05-02").newest(bound) == held_back


def test_two_bounds_fit_the_same_reports(both: tuple[MemoryStore, SqliteStore]) -> None:
    bounds = ("2031", "2031-05-02", "2031-W18", "2031-05-03T00:00:00Z", "2040")
    found = [assert_same(both, Query(since=one, until=other)) for one in bounds for other in bounds]
    assert max(found) > 50 > min(found)


@pytest.mark.parametrize(
    "asked", [{"who": "Lind"}, {"who": "they"}, {"text": "boats"}, {"about": "Riva"}, {"story": ""}]
)
def test_bounds_go_with_what_else_is_asked(both: tuple[MemoryStore, SqliteStore], asked: dict[str, str]) -> None:
    if "story" in asked:
        asked = {"story": both[0].stories()[0].id}
    bounds = (Query(since="2031-05"), Query(until="2031-05-02T23:30:00Z"), Query(as_of="2031-05-02"))
    assert sum(assert_same(both, replace(one, **asked)) for one in bounds) > 0


# -- names, words and stances, by each of the ways


@pytest.fixture(params=[(1_000, 50_000), (0, 50_000), (0, 0), (3, 40)], ids=["looked up", "between", "listed", "mixed"])
def ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements are few, many or in nearly every report."""
    few, many = request.param
    monkeypatch.setattr(hits, "FEW", few)
    monkeypatch.setattr(hits, "MANY", many)


NAMES = (
    *("Anna Lind", "lind", "BERG", "Karl Berg", "riva", RIVA.id),
    *("They", "two officials", "officials", "governor", "..."),
    *("Nobody Here", "the", "", "%"),
)


@pytest.mark.usefixtures("ways")
@pytest.mark.parametrize("name", NAMES)
def test_sources_and_those_spoken_of_are_found_alike(both: tuple[MemoryStore, SqliteStore], name: str) -> None:
    for query in (
        Query(who=name),
        Query(about=name),
        Query(who=name, limit=4, skip=1),
        Query(about=name, limit=4, skip=1),
        Query(who=name, stance="denies"),
        Query(who=name, about="Riva", attitude=None),
        Query(who=name, text="harbour", plain=True),
        Query(about=name, who="they", story=both[0].stories()[0].id),
        Query(who=name, report=next(both[0].reports(Query(who=name)), both[0].stories()[0]).id),
    ):
        assert_same(both, query)


@pytest.mark.usefixtures("ways")
@pytest.mark.parametrize(
    "query",
    [
        Query(text="boats"),
        Query(text="boats", limit=5),
        Query(text="harbour left"),
        Query(text="104"),
        Query(text="nowhere"),
        Query(text=""),
        Query(text="boats", about="Riva", plain=False),
        Query(stance="denies"),
        Query(stance="denies", attitude="belief", limit=3),
        Query(stance="confirms"),
        Query(stance="asserts", plain=True, attitude=None),
        Query(plain=True, limit=6),
        Query(attitude=None),
        Query(limit=0),
    ],
)
def test_words_and_stances_are_found_alike(both: tuple[MemoryStore, SqliteStore], query: Query) -> None:
    assert_same(both, query)


def test_an_id_stands_for_its_own_entity_alone(both: tuple[MemoryStore, SqliteStore]) -> None:
    for store in both:
        assert store.called("dock") == (DOCK.id,)
        assert store.called(RIVA.id) == ()
        assert store.called(RIVA.id.removeprefix("e-")) == (DOCK.id,)
        whole = [one.id for one in store.statements(Query(about="Riva"))]
        assert [one.id for one in store.statements(Query(about=RIVA.id))] == whole != []


def test_each_way_is_gone(both: tuple[MemoryStore, SqliteStore]) -> None:
    with both[1]._reading() as connection:
        sizes = [hits.asked(Query(who=name), connection).least for name in ("Karl Berg", "they", "Nobody Here")]
    assert sizes[0] > 3, "mixed: not few"
    assert 0 < sizes[1] <= 40, "mixed: not in nearly every report"
    assert sizes[2] == 0


def test_sources_that_are_nobody_go_by_what_is_printed_most(both: tuple[MemoryStore, SqliteStore]) -> None:
    every = both[0].speakers()
    assert len([row for row in every if row.entity is None]) > 2
    for number in range(len(every) + 1):
        assert both[1].speakers(Query(limit=number)) == every[:number]


def test_a_database_of_an_older_schema_answers_alike(both: tuple[MemoryStore, SqliteStore], tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    both[1].backup(path)
    with closing(sqlite3.connect(path)) as connection:
        new = indexes(connection)
        connection.executescript(
            "DROP TABLE wordings; DROP INDEX reports_in_order; DROP INDEX reports_by_number;"
            "DROP INDEX statements_by_number; DROP INDEX figures_in_order;"
            "CREATE UNIQUE INDEX reports_in_order ON reports (dated, id);"
            "CREATE INDEX figures_in_order ON figures (report_n, start, id);"
            "PRAGMA user_version = 9; UPDATE meta SET value = '9' WHERE key = 'schema'"
        )
    with closing(SqliteStore(path)) as store:
        for query in (Query(limit=30), Query(who="officials"), Query(who="Lind", since="2031-05"), Query(text="boats")):
            assert_same((both[0], store), query)
        assert store.check() == ()
    with closing(sqlite3.connect(path)) as connection:
        assert indexes(connection) == new
    with closing(SqliteStore(path)) as store:  # counted once
        assert store.speakers(Query(limit=30)) == both[0].speakers()[:30]


def indexes(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The indexes that were made by name."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    return sorted(found.fetchall())


# -- what a list reads


@pytest.mark.parametrize(
    ("query", "line"),
    [
        (Query(who="Lind", limit=9), "SEARCH said USING COVERING INDEX statements_by_number (n=?)"),
        (Query(who="they", limit=9), "SEARCH said USING COVERING INDEX statements_by_number (n=?)"),
        (Query(since="2031-05-02", until="2031-06", limit=9), "SCAN reports USING INDEX reports_in_order"),
        (Query(as_of="2031-05-02", limit=9), "SCAN reports USING INDEX reports_in_order"),
    ],
)
def test_reports_are_found_in_narrow_indexes(both: tuple[MemoryStore, SqliteStore], query: Query, line: str) -> None:
    with both[1]._reading() as connection:
        sql = reports_that_fit(query, connection).compile(connection, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    assert line in plan, plan
