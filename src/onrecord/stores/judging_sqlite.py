"""The log of judgements in SQLite: lines are only ever added, each in the transaction that looked at the last one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from onrecord.errors import OnRecordError, RecordError
from onrecord.ledger.judgements import continued, sealed, wrong_in_log
from onrecord.ledger.lines import decode, encode
from onrecord.model import Judgement
from onrecord.stores import tables
from onrecord.stores.inserting import put_rows
from onrecord.stores.naming_sqlite import entities_called

HEAD = "log"  # the key in meta of the number and hash of the last line


class JudgingView(ABC):
    """What a SQLite database has of judgements."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the record."""

    def judgements(self) -> tuple[Judgement, ...]:
        """The log, oldest first."""
        with self._reading() as connection:
            return _log(connection)

    def last_judgement(self) -> Judgement | None:
        """The newest line of the log."""
        with self._reading() as connection:
            return _last(connection)

    def called(self, name: str) -> tuple[str, ...]:
        """Entities of that name, else those whose names hold its words."""
        with self._reading() as connection:
            return tuple(sorted(set(entities_called(name, connection)[1:])))


class JudgingWriter(ABC):
    """Likewise, as far as a store writes it."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """One transaction."""

    def put_judgement(self, draft: Judgement) -> Judgement:
        """Adds a judgement to the log; nobody else writes between the look at the last line and the new one."""
        with self._writing() as connection:
            made = sealed(draft, _last(connection))
            _add(connection, [made])
        return _of(encode(made))

    def put_log(self, judgements: Iterable[Judgement]) -> int:
        """Adds the lines by which another log goes on; see `Writer.put_log`."""
        given = list(judgements)
        with self._writing() as connection:
            new = continued(_log(connection), given)
            _add(connection, new)
        return len(new)


def broken_log(connection: Connection) -> Iterator[str]:
    """What is wrong with the lines as they are kept, and with where the log ends."""
    rows = connection.execute(select(tables.judgements).order_by(tables.judgements.c.n)).all()
    log = []
    for number, identity, body in rows:
        try:
            one: Judgement | None = _of(body)
        except OnRecordError:
            one = None
        if one is None or encode(one) != body or (one.number, one.id) != (number, identity):
            yield f"judgement {identity} (line {number} of the log): its line is not the one that was written"
            return
        log.append(one)
    yield from wrong_in_log(log)
    head = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == HEAD)).scalar_one_or_none()
    if head != (_head(log[-1]) if log else None):
        yield f"the log of judgements ends with {_head(log[-1]) if log else 'nothing'}, it was written up to {head}"


def _add(connection: Connection, new: Iterable[Judgement]) -> None:
    added = list(new)
    if added:
        put_rows(connection, tables.judgements, [{"n": j.number, "id": j.id, "body": encode(j)} for j in added])
        head = insert_or(tables.meta).values(key=HEAD, value=_head(added[-1]))
        connection.execute(head.on_conflict_do_update(index_elements=["key"], set_={"value": head.excluded.value}))


def _head(last: Judgement) -> str:
    return f"{last.number} {last.hash}"


def _last(connection: Connection) -> Judgement | None:
    newest = select(tables.judgements.c.body).order_by(tables.judgements.c.n.desc()).limit(1)
    body = connection.execute(newest).scalar_one_or_none()
    return None if body is None else _of(body)


def _log(connection: Connection) -> tuple[Judgement, ...]:
    bodies = connection.execute(select(tables.judgements.c.body).order_by(tables.judgements.c.n)).scalars()
    return tuple(map(_of, bodies))


def _of(body: str) -> Judgement:
    record = decode(body)
    if not isinstance(record, Judgement):
        raise RecordError(f"{record.id} stands where a judgement should")
    return record
