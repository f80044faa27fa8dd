"""Whom a name stands for in SQLite; `naming_memory` says the same in plain loops."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Select, false, select

from onrecord.ledger.words import name_key
from onrecord.stores.tables import entities, names, statements, wordings


def entities_called(name: str, connection: Connection) -> list[str]:
    """Ids of the entities of that name, or id; where none has it, of those whose names hold its words."""
    key = name_key(name)
    found = _column(connection, select(names.c.entity).where(names.c.key == key))
    if not found and not _is_id(name, connection):
        found = _column(connection, select(names.c.entity).where(_holds(names.c.key, key)))
    return [name, *found]


def sources_called(name: str, connection: Connection) -> tuple[list[str], list[str]]:
    """Ids of the entities, and the words of unnamed sources, that a name stands for."""
    key = name_key(name)
    ids = _column(connection, select(names.c.entity).where(names.c.key == key))
    unnamed = _column(connection, select(statements.c.unnamed).where(statements.c.unnamed == key).limit(1))
    if not ids and not unnamed and not _is_id(name, connection):
        ids = _column(connection, select(names.c.entity).where(_holds(names.c.key, key)))
        unnamed = _column(connection, select(wordings.c.unnamed).distinct().where(_holds(wordings.c.unnamed, key)))
    return [name, *ids], unnamed


def _is_id(name: str, connection: Connection) -> bool:
    """Whether it is the id of an entity: it stands for that one, and nobody's name is searched for its words."""
    return connection.execute(select(entities.c.id).where(entities.c.id == name).limit(1)).first() is not None


def _holds(column: ColumnElement[str], key: str) -> ColumnElement[bool]:
    """`ledger.words.holds_name` in SQL; a name key has no wildcard in it."""
    return (" " + column + " ").like(f"% {key} %") if key else false()


def _column(connection: Connection, query: Select[str]) -> list[str]:
    return sorted(set(connection.execute(query).scalars()))
