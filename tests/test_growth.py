"""Many copies of one text: work and lines grow with their number, and the order of adding does not show."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest

from onrecord.export.record import export_record
from onrecord.flow import add_readings, settling
from onrecord.ledger.store import Query, Store
from onrecord.model import Reading, Source
from onrecord.stores.memory import MemoryStore
from onrecord.stores.sqlite import SqliteStore
from tests.build import doc
from tests.test_flow import sample

WIRE = (
    "The dam at Orlava broke on Monday after nine days of rain. At least 40 people were missing, the governor said.\n"
    "“We had asked for new gates every year since the flood,” Ada Berg told reporters. "
    "The ministry denied that any request had reached it.\n"
    "Crews worked through the night to bring families from the lower town to the school on the hill."
)


def exported(store: Store) -> str:
    lines: list[str] = []
    export_record(store, lines.append)
    return "".join(lines)


def takers(number: int) -> list[Reading]:
    """Reports that print one text, each with a line of its own, over a week."""
    made = []
    for k in range(number):
        text = f"{WIRE}\nOur reporter {k} adds that road number {k * 7} stays shut until further notice.\n"
        report = doc(text, uri=f"made:{k}", published=f"2025-04-{1 + k % 7:02}")
        made.append(Reading(report, Source(report.sha256, text.encode())))
    return made


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if very few reports under a key were compared with all others."""
    monkeypatch.setattr(settling, "MOST_COPIED", 4)
    monkeypatch.setattr(settling, "MOST_LINKED", 3)
    monkeypatch.setattr(settling, "MOST_TOLD", 2)


class Reader:
    """Runs the steps on a text once in all; what is tested here comes after them."""

    known: ClassVar[dict[str, Any]] = {}

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """What the function makes of each reading, in order."""
        for item in items:
            if item.report.id not in self.known:
                self.known[item.report.id] = function(item)
            yield self.known[item.report.id]


def stored(readings: list[Reading], batch: int) -> MemoryStore:
    store = MemoryStore()
    for k in range(0, len(readings), batch):
        add_readings(readings[k : k + batch], store, engine="fast", runner=Reader())
    return store


@cache
def stored_at_once(number: int) -> str:
    """The record of so many, as it is where few are compared."""
    assert settling.MOST_LINKED == 3
    return exported(stored(takers(number), number))


@pytest.mark.parametrize("batch", [1, 5, 24])
@pytest.mark.parametrize("seed", range(4))
def test_order_and_batches_do_not_show_where_a_key_is_crowded(narrow: None, seed: int, batch: int) -> None:
    readings = takers(24)
    random.Random(seed).shuffle(readings)
    assert exported(stored(readings, batch)) == stored_at_once(24)


def test_copies_and_links_grow_with_the_number_of_reports(narrow: None) -> None:
    few, many = (stored(takers(number), 40) for number in (20, 40))
    for lines in (lambda store: store.copies(), lambda store: store.links()):
        assert len(lines(many)) < 2.5 * len(lines(few))


def test_two_takers_without_a_line_are_copies_of_a_third(narrow: None) -> None:
    store = stored(takers(24), 24)
    near = Counter(end for copy in store.copies() if copy.share >= 0.8 for end in (copy.source, copy.target))
    assert len(near) == 24
    assert sum(number == 23 for number in near.values()) == 4, "four reports have a line with every other"


@pytest.mark.parametrize("seed", range(2))
def test_a_file_gives_what_memory_gives(narrow: None, tmp_path: Path, seed: int) -> None:
    readings, expected = takers(16), stored_at_once(16)
    random.Random(seed).shuffle(readings)
    with closing(SqliteStore(tmp_path / "many.db")) as store:
        for k in range(0, len(readings), 3):
            add_readings(readings[k : k + 3], store, engine="fast", runner=Reader())
        assert exported(store) == expected


def test_reports_of_an_older_schema_meet_the_new_ones(tmp_path: Path) -> None:
    path, (first, *rest) = tmp_path / "old.db", sample()
    with closing(SqliteStore(path)) as store:
        add_readings([first], store, engine="fast")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP TABLE blocks; DROP TABLE spoken; PRAGMA user_version = 2")
    with closing(SqliteStore(path)) as store:
        add_readings(rest, store, engine="fast")
        assert exported(store) == exported(stored([first, *rest], 6))
        assert store.speakers(Query(limit=100)) == store.speakers()
