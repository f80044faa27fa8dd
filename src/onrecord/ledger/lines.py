"""The codec of the record format: records to lines and back, and the one way a line is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import NoReturn

from onrecord.errors import RecordError
from onrecord.ledger.fields import Fields
from onrecord.ledger.from_lines import READERS
from onrecord.ledger.into_lines import WRITERS, Line
from onrecord.ledger.store import Record

TYPES = tuple(
    "report entity mention time figure statement event claim origin link story copy judgement".split()
)  # in order

# What json leaves as it is although some programs end a line there: the format is one object a line for everybody.
BREAKS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def line_of(record: Record) -> Line:
    """The line of a record: `type` and `id`, the format's fields in its order, then our extensions.

    A field of the format is always there, null where nothing is known; an extension is left out
    where it is null, false or empty.
    """
    name, write = WRITERS[type(record)]
    return {"type": name, "id": record.id} | write(record)


def record_of(line: Mapping[str, object]) -> Record:
    """The record that a line stands for; RecordError names the field that is off. Unknown fields are left aside."""
    kind = line.get("type")
    if not isinstance(kind, str) or kind not in READERS:
        raise RecordError(f"type {kind!r:.40} is none of {', '.join(TYPES)}")
    fields = Fields(line, f"{kind} {line.get('id')!s:.40}")
    fields.name("id")
    return READERS[kind](fields)


def type_of(record: Record) -> str:
    """The name of a record's type in the format."""
    return WRITERS[type(record)][0]


def canonical(line: Mapping[str, object]) -> str:
    """A line's only spelling: keys in the order given, no spaces, UTF-8 as it is, no line break inside.

    >>> canonical({"type": "story", "title": "Łódź"})
    '{"type":"story","title":"Łódź"}'
    """
    try:
        if any(isinstance(value, Decimal) for value in line.values()):
            text = "{" + ",".join(f"{_dumps(key)}:{_dumps(value)}" for key, value in line.items()) + "}"
        else:
            text = _dumps(line)
        text.encode("utf-8")
    except (ValueError, TypeError) as error:
        raise RecordError(f"{line.get('type')} {line.get('id')}: cannot be written: {error}") from error
    if not text.isascii():
        for character, escape in BREAKS.items():
            text = text.replace(character, escape)
    return text


def parse_line(text: str) -> Line:
    """The object of a line, numbers with a point as Decimals; RecordError where it is none."""
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise RecordError(f"a line holds one object, not {text[:40]!r}")
    return value


def encode(record: Record) -> str:
    """The canonical line of a record."""
    return canonical(line_of(record))


def decode(text: str) -> Record:
    """The record of a line's text."""
    return record_of(parse_line(text))


def _dumps(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)  # more digits than a float holds
    return _ENCODER.encode(value)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant)
