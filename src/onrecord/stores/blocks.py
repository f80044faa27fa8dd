"""Which reports meet under their block keys, with a bound on how many are looked at under one.

Under a key that few reports have all of them meet. Where many have it, its first `most` in an order that is chance
(but the same on every machine and in every order of adding) meet all, and the others meet these alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlalchemy import Connection, TextClause, text

from onrecord.model import digest

LAST = 2**63 - 1
HEAD = 24  # bits of a key for what it begins with

# Whether a report of this rank is one of the first under its own key.
_IS_FIRST = (
    "(SELECT count(*) FROM (SELECT 1 FROM blocks AS o WHERE o.key = asked.own AND o.rank < :rank LIMIT :most)) < :most"
)
_ASKED = "asked AS (SELECT value ->> 0 AS key, value ->> 1 AS own FROM json_each(:asked))"
_MET = text(
    f"WITH {_ASKED} SELECT id FROM reports WHERE n IN ("  # noqa: S608  # our own words
    "SELECT b.report_n FROM asked CROSS JOIN blocks AS b ON b.key = asked.key AND b.rank <= "
    f"CASE WHEN {_IS_FIRST} THEN {LAST} ELSE coalesce("
    f"(SELECT h.rank FROM blocks AS h WHERE h.key = asked.key ORDER BY h.rank LIMIT 1 OFFSET :most - 1), {LAST}"
    ") END GROUP BY b.report_n HAVING count(*) >= :least) AND id <> :report ORDER BY id"
)
_PUSHED = text(
    f"WITH {_ASKED} SELECT id FROM reports WHERE n IN ("  # noqa: S608
    "SELECT (SELECT h.report_n FROM blocks AS h WHERE h.key = asked.own ORDER BY h.rank LIMIT 1 OFFSET :most) "
    f"FROM asked WHERE {_IS_FIRST}) AND id <> :report ORDER BY id"
)


@lru_cache(maxsize=20_000)  # a report's keys are asked for one after the other
def number_of(key: str) -> int:
    """A block key as 63 bits: keys that begin alike, up to the last colon, stand together, and filing touches less."""
    head, _, rest = key.rpartition(":")
    return _bits(head, HEAD) << (63 - HEAD) | _bits(rest, 63 - HEAD)


def rank_of(report_id: str) -> int:
    """The place of a report under every key."""
    return _bits(f"rank {report_id}", 63)


def _bits(word: str, number: int) -> int:
    return int(digest(word.encode("utf-8"))[:16], 16) >> (64 - number)


def met(connection: Connection, report_id: str, asked: Mapping[str, str], most: int, least: int) -> tuple[str, ...]:
    """See `View.met`."""
    return _found(connection, _MET, report_id, asked, most=most, least=least)


def pushed(connection: Connection, report_id: str, asked: Mapping[str, str], most: int) -> tuple[str, ...]:
    """See `View.pushed`."""
    return _found(connection, _PUSHED, report_id, asked, most=most)


def rows_of(report_id: str, report_n: int, keys: Iterable[str]) -> list[dict[str, int]]:
    """The rows of a report in the table."""
    numbers = sorted({number_of(key) for key in keys})
    return [{"key": number, "rank": rank_of(report_id), "report_n": report_n} for number in numbers]


def _found(
    connection: Connection, query: TextClause, report_id: str, asked: Mapping[str, str], **bounds: int
) -> tuple[str, ...]:
    pairs = json.dumps(sorted((number_of(key), number_of(own)) for key, own in asked.items()))
    given = {"asked": pairs, "rank": rank_of(report_id), "report": report_id, **bounds}
    return tuple(connection.execute(query, given).scalars())
