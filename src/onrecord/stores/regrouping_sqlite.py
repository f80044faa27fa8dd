"""What became of stories, in SQLite: lines that are only ever added, in the transaction that replaces the stories."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from onrecord.ledger.regrouping import dump_change, load_change
from onrecord.model import StoryChange
from onrecord.stores import tables
from onrecord.stores.inserting import next_number, put_rows
from onrecord.stores.records_sqlite import LAST


class RegroupingView(ABC):
    """What a SQLite database has noted of stories that were there."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the record."""

    def story_changes(self, story_id: str | None = None) -> tuple[StoryChange, ...]:
        """What was noted, all or of stories whose id starts so."""
        noted, ends = tables.story_changes, tables.story_ends
        found = select(noted.c.n, noted.c.body).order_by(noted.c.n)
        if story_id is not None:
            within = select(ends.c.change_n).where(ends.c.story >= story_id, ends.c.story < story_id + LAST)
            found = found.where(noted.c.n.in_(within))
        with self._reading() as connection:
            return tuple(load_change(row.body, row.n) for row in connection.execute(found))


class RegroupingWriter(ABC):
    """Likewise, as far as a store writes it."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """One transaction."""

    def put_story_changes(self, changes: Iterable[StoryChange]) -> None:
        """Notes more."""
        with self._writing() as connection:
            note(connection, changes)


def note(connection: Connection, changes: Iterable[StoryChange]) -> None:
    """Notes changes within a transaction."""
    numbered = list(enumerate(changes, next_number(connection, tables.story_changes)))
    put_rows(connection, tables.story_changes, [{"n": n, "body": dump_change(change)} for n, change in numbered])
    ends = [(one, n) for n, change in numbered for one in sorted({*change.before, *change.after})]
    put_rows(connection, tables.story_ends, [{"story": one, "change_n": n} for one, n in ends])
