"""What both stores say and ask in the same words."""

from __future__ import annotations

from dataclasses import replace

from onrecord.errors import RecordError, UnknownId, UsageError
from onrecord.ledger.lines import TYPES
from onrecord.ledger.store import Query
from onrecord.model import Failure, Origin

FOUND_AT_MOST = 10
SHORTEST_PREFIX = 4  # characters of an id that is looked up


def check_prefix(prefix: str) -> None:
    """UsageError where a prefix is too short to look an id up by."""
    if len(prefix) < SHORTEST_PREFIX:
        raise UsageError(f"{prefix!r} is too short for an id; give at least {SHORTEST_PREFIX} characters")


def no_bytes(report_id: str) -> str:
    """What is said where a report's bytes are not held."""
    return f"the bytes of {report_id} are not held: it was read from a record, which carries the text only"


def unknown(kind: str, identity: str) -> UnknownId:
    """The error for an id that nobody has."""
    return UnknownId(f"no {kind} {identity!r} on the record")


def dangling(what: str, identity: str) -> UnknownId:
    """The error for something that refers to what is not there."""
    return UnknownId(f"{what}: {identity!r} is not on the record")


def taken(identity: str) -> RecordError:
    """The error for a statement id that another report brought."""
    return RecordError(f"{identity} is on the record already, from another report")


def no_type(kind: str) -> UsageError:
    """The error for a type that the format does not have."""
    return UsageError(f"no type of record is called {kind!r}; one of {', '.join(TYPES)}")


def kept_as(failure: Failure) -> Failure:
    """A failure whose words any store can keep: a file's name may hold bytes that are no UTF-8."""
    words = (failure.input, failure.reason, failure.detail, failure.step)
    return Failure(*(part.encode("utf-8", "backslashreplace").decode("utf-8") for part in words))


def bare_origin(origin: Origin) -> Origin:
    """An origin without what goes back to it, which is kept beside each statement."""
    return replace(origin, statements=(), reports=())


def end_of(query: Query) -> int | None:
    """Where a list ends that is cut to its limit after what is passed over; None: at its own end."""
    return None if query.limit is None else query.skip + query.limit


def asks_statements(query: Query) -> bool:
    """Whether the query asks something of statements that reports and figures answer through theirs."""
    return (query.who, query.about, query.stance, query.plain) != (None, None, None, None)
