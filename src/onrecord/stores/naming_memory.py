"""Names and words as the reference store compares them."""

from __future__ import annotations

from onrecord.ledger.store import Query
from onrecord.ledger.words import holds_name, name_key, words
from onrecord.model import Statement
from onrecord.stores.filing import source_words, speakers_of


def named(name: str, keys: set[tuple[str, str]]) -> set[str]:
    """Of (name key, what is called so): what has the name, else, unless it is an id, what holds its words."""
    wanted = name_key(name)
    exact = {found for key, found in keys if key == wanted}
    if exact or any(found == name for _, found in keys):
        return exact
    return {found for key, found in keys if holds_name(key, wanted)}


def unnamed_key(statement: Statement) -> str:
    """The name key of a source that is no entity."""
    return "" if speakers_of(statement) else name_key(source_words(statement))


def sources_of(statement: Statement) -> set[str]:
    """What a statement is by: entities, or the words of its source."""
    return set(speakers_of(statement)) or {"words:" + unnamed_key(statement)}


def words_of(query: Query) -> tuple[str, ...] | None:
    """The words that a query looks for."""
    return None if query.text is None else words(query.text)
