"""The record goes out and comes back: the same bytes, or nothing and a line number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import RecordError, Unavailable
from onrecord.export.record import export_record, import_record
from onrecord.export.verify import verify, verify_record
from onrecord.ledger.lines import TYPES
from onrecord.ledger.store import Query, Store
from onrecord.model import Page, Source, Story, digest
from onrecord.stores.memory import MemoryStore
from onrecord.stores.sqlite import SqliteStore
from tests.contracts.pages import ANNA, BORDER, PAGES, page_of
from tests.contracts.store import derive, exported

Lines = list[dict[str, Any]]


@pytest.fixture
def store() -> MemoryStore:
    """The pages of the contract with links, a copy, a story and a version."""
    filled = MemoryStore()
    for page, keys in PAGES:
        filled.add(page, keys)
    derive(filled)
    return filled


@pytest.fixture
def lines(store: MemoryStore) -> Lines:
    return [json.loads(line) for line in exported(store).splitlines()]


def written(lines: Lines) -> list[str]:
    return [json.dumps(line) for line in lines]


def one(lines: Lines, kind: str, **fields: Any) -> dict[str, Any]:
    """The first line of a type with these values."""
    return next(
        line
        for line in lines
        if line["type"] == kind and all(line.get(name) == value for name, value in fields.items())
    )


def test_lines_stand_by_type_and_id(lines: Lines) -> None:
    order = [(TYPES.index(line["type"]), line.get("number", 0), line["id"]) for line in lines]
    assert order == sorted(order)
    assert {line["type"] for line in lines} == set(TYPES)


def test_each_line_ends_with_one_line_feed(store: MemoryStore) -> None:
    pieces: list[str] = []
    assert export_record(store, pieces.append) == len(pieces) == sum(store.counts().values())
    assert all(piece.endswith("}\n") and piece.count("\n") == 1 for piece in pieces)


def test_every_text_is_what_its_offsets_select(lines: Lines) -> None:
    texts = {line["id"]: line["text"] for line in lines if line["type"] == "report"}
    checked = 0
    for line in lines:
        parts = [line] if line["type"] in ("mention", "time", "figure") else []
        if line["type"] == "statement":
            parts = [line[name] for name in ("source", "cue", "content", "condition") if line[name]]
        for part in parts:
            spans = part["spans"] if "spans" in part else [part["span"]]
            assert " ".join(texts[line["report"]][start:end] for start, end in spans) == part["text"]
            checked += 1
    assert checked > 20


@pytest.mark.parametrize("order", ["memory-sqlite-memory", "sqlite-memory-sqlite"])
def test_the_kind_of_store_does_not_show(store: MemoryStore, tmp_path: Path, order: str) -> None:
    text = exported(store)
    for number, kind in enumerate(order.split("-")):
        target: Store = MemoryStore() if kind == "memory" else SqliteStore(tmp_path / f"{number}.db")
        with closing(target):
            import_record(text.encode().splitlines(keepends=True), target)
            assert exported(target) == text
            assert verify(target) == ()


def test_an_import_brings_the_bytes_where_the_text_is_them(store: MemoryStore) -> None:
    target = imported(exported(store).splitlines())
    page = page_of(BORDER)
    assert target.source(page.report.id).data == BORDER.encode()


def test_an_import_says_where_bytes_are_not_held(tmp_path: Path) -> None:
    data = b"<p>The mayor spoke.</p>"
    page = page_of("The mayor spoke.\n", uri="made:page")
    page = replace(
        page, report=replace(page.report, sha256=digest(data)), source=Source(digest(data), data, "text/html")
    )
    store = MemoryStore()
    store.add(page)
    target = imported(exported(store).splitlines())
    assert target.report(page.report.id).sha256 == digest(data)
    assert verify_record(target) == ()
    with pytest.raises(Unavailable, match="not held"):
        target.source(page.report.id)


def test_pages_are_filed_under_the_keys_given(store: MemoryStore) -> None:
    def keys(page: Page) -> Iterator[str]:
        yield from (mention.entity for mention in page.report.mentions if mention.entity)

    target = MemoryStore()
    import_record(exported(store).splitlines(), target, keys)
    assert page_of(BORDER).report.id in target.candidates([ANNA.id])


def test_an_import_adds_to_what_is_there(store: MemoryStore) -> None:
    target = MemoryStore()
    extra = page_of("The bridge is open.\n", uri="made:bridge")
    target.add(extra)
    target.put_stories([Story("st-own", "The bridge", (extra.report.id,))])
    brought = import_record(exported(store).splitlines(), target)
    assert (brought.reports, brought.known) == (len(PAGES), 0)
    assert len(target.stories()) == 2
    assert target.counts()["report"] == len(PAGES) + 1
    assert len(target.unsettled()) == len(PAGES) + 1, "links between old and new reports are still to be drawn"
    again = import_record(exported(store).splitlines(), target)
    assert (again.reports, again.known, again.links, again.copies) == (0, len(PAGES), 0, 0)


def test_the_links_of_a_whole_record_come_with_it(store: MemoryStore) -> None:
    assert imported(exported(store).splitlines()).unsettled() == ()


def test_links_may_lead_to_what_is_on_the_record(store: MemoryStore, lines: Lines) -> None:
    target = imported(written([line for line in lines if line["type"] not in ("link", "copy", "story")]))
    import_record(written([line for line in lines if line["type"] in ("link", "copy", "story")]), target)
    assert exported(target) == exported(store)


def test_the_order_of_lines_blank_lines_and_a_byte_order_mark_do_not_matter(store: MemoryStore, lines: Lines) -> None:
    shuffled = written(lines[::-1])
    assert exported(imported(["\ufeff" + shuffled[0], "", *shuffled[1:], "  \n"])) == exported(store)


def test_an_empty_file_brings_nothing() -> None:
    assert set(imported([]).counts().values()) == {0}


def test_entities_that_nothing_names_are_kept(lines: Lines) -> None:
    spare = {"type": "entity", "id": "e-spare", "name": "Bo Ek", "kind": "person", "aliases": ["Bo Ek"]}
    target = imported(written([*lines, spare]))
    assert target.entity("e-spare").name == "Bo Ek"
    assert exported(imported(exported(target).splitlines())) == exported(target)


Change = Callable[[Lines], object]

BAD: list[tuple[str, Change, str]] = [
    ("a text changed", lambda ls: one(ls, "mention").update(text="Nobody"), "is not what its spans select"),
    ("a span behind the end", lambda ls: one(ls, "mention").update(span=[0, 99_999]), "span ends at 99999"),
    (
        "a content moved",
        lambda ls: one(ls, "statement")["content"].update(spans=[[0, 4]]),
        "is not what its spans select",
    ),
    ("an entity nobody gives", lambda ls: one(ls, "mention").update(entity="e-none"), "entity 'e-none'"),
    ("a report nobody gives", lambda ls: one(ls, "figure").update(report="r-none"), "report 'r-none'"),
    ("a figure nobody gives", lambda ls: one(ls, "statement").update(figures=["f-none"]), "figure 'f-none'"),
    ("a report for a statement", lambda ls: one(ls, "link").update(to=one(ls, "report")["id"]), "statement 'r-"),
    ("a copy of nothing", lambda ls: one(ls, "copy").update({"from": "r-none"}), "report 'r-none'"),
    ("a section outside", lambda ls: one(ls, "report")["sections"][0].update(span=[0, 99_999]), "span ends at 99999"),
    ("an unknown stance", lambda ls: one(ls, "statement").update(stance="sings"), "'sings' is no stance"),
    ("an unknown form", lambda ls: one(ls, "mention").update(form="gesture"), "no mention form"),
    ("a missing field", lambda ls: one(ls, "report").pop("text"), "'text' is missing"),
    ("an unknown type", lambda ls: one(ls, "time").update(type="song"), "type 'song' is none of"),
    ("a line twice", lambda ls: ls.append(ls[0]), "stands in line 1 already"),
    ("a number too long", lambda ls: one(ls, "figure").update(low=10**400), "no number that a record can hold"),
]


@pytest.mark.parametrize(("change", "words"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_a_bad_line_is_named_and_nothing_is_added(lines: Lines, change: Change, words: str) -> None:
    before = written(lines)
    change(lines)
    after = written(lines)
    number = next((n for n, (a, b) in enumerate(zip(before, after, strict=False), 1) if a != b), len(after))
    target = MemoryStore()
    with pytest.raises(RecordError, match=words) as raised:
        import_record(after, target)
    assert str(raised.value).startswith(f"line {number}: ")
    assert set(target.counts().values()) == {0}
    assert target.stories() == ()


@pytest.mark.parametrize("bad", ["not json", "[]", '{"type":"story"', b"\xff\xfe{}", '{"type":"report","id":"r-1"}'])
def test_a_line_that_is_none_is_named(lines: Lines, bad: str | bytes) -> None:
    target = MemoryStore()
    with pytest.raises(RecordError, match=r"^line 3: "):
        import_record([*written(lines)[:2], bad, *written(lines)[2:]], target)
    assert set(target.counts().values()) == {0}


def test_an_entity_alone_has_no_place() -> None:
    with pytest.raises(RecordError, match="line 1: entity e-1 comes without a report"):
        imported(['{"type":"entity","id":"e-1","name":"Bo","kind":"person"}'])


def test_an_interrupted_import_goes_on_when_it_is_run_again(store: MemoryStore) -> None:
    target = MemoryStore()
    calls = iter(range(10))

    def keys(_page: Page) -> tuple[str, ...]:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return ()

    with pytest.raises(KeyboardInterrupt):
        import_record(exported(store).splitlines(), target, keys)
    assert target.counts()["report"] == 2
    brought = import_record(exported(store).splitlines(), target)
    assert (brought.reports, brought.known) == (len(PAGES) - 2, 2)
    assert exported(target) == exported(store)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(len(PAGES))), st.lists(st.integers(0, len(PAGES) - 1), max_size=3))
def test_neither_order_nor_repetition_shows(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], again: list[int]
) -> None:
    memory = MemoryStore()
    with closing(SqliteStore(tmp_path_factory.mktemp("order") / "a.db")) as sqlite:
        for number in [*order, *again]:
            page, keys = PAGES[number]
            assert memory.add(page, keys) == sqlite.add(page, keys)
        for target in (memory, sqlite):
            derive(target)
        assert exported(sqlite) == exported(memory)
        assert exported(memory) == expected()


def expected() -> str:
    """The export of the pages added in order."""
    filled = MemoryStore()
    for page, keys in PAGES:
        filled.add(page, keys)
    derive(filled)
    return exported(filled)


WORDS = st.sampled_from(["Vesna", "lindqvist", "the", "border", "officials", "said", "señor", "12", '"', "*", "s-", ""])
DATES = st.none() | st.sampled_from(["2031", "2031-05", "2031-05-02", "2031-05-03", "2031-05-03T09:00:00Z", "2032"])


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """The same record in both stores."""
    memory, sqlite = MemoryStore(), SqliteStore(tmp_path_factory.mktemp("pair") / "a.db")
    for target in (memory, sqlite):
        for page, keys in PAGES:
            target.add(page, keys)
        derive(target)
    yield memory, sqlite
    sqlite.close()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.builds(
        Query,
        who=st.none() | WORDS,
        about=st.none() | WORDS,
        stance=st.none() | st.sampled_from(["asserts", "denies", "sings"]),
        since=DATES,
        until=DATES,
        as_of=DATES,
        text=st.none() | st.lists(WORDS, max_size=2).map(" ".join),
        attitude=st.sampled_from([None, "speech", "belief"]),
        plain=st.sampled_from([None, True, False]),
        limit=st.none() | st.integers(0, 3),
    )
)
def test_both_stores_answer_alike(pair: tuple[Store, Store], query: Query) -> None:
    memory, sqlite = pair
    assert list(sqlite.statements(query)) == list(memory.statements(query))
    assert list(sqlite.reports(query)) == list(memory.reports(query))
    assert list(sqlite.figures(query)) == list(memory.figures(query))
    assert sqlite.speakers(query) == memory.speakers(query)


def imported(lines: list[str]) -> MemoryStore:
    target = MemoryStore()
    import_record(lines, target)
    return target
