"""Batch JSON Lines -> one Reading or Failure a line; a bad line costs only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from onrecord.errors import Refused
from onrecord.model import Failure, Reading
from onrecord.read.build import LONGEST_TEXT, build
from onrecord.read.dates import find_day, parse_date
from onrecord.read.decode import checked_text
from onrecord.read.given import Given
from onrecord.registry import load

# The types of lines of the record format: what `onrecord export` wrote is no batch of reports.
_RECORDED = frozenset(
    "report entity mention time figure statement event claim origin link story copy judgement".split()
)
_WORDS = ("published", "outlet", "title", "uri", "retrieved")


def read_jsonl(data: bytes, given: Given | None = None) -> Iterator[Reading | Failure]:
    """A Reading or a Failure for every line that is not blank, in order.

    A line is an object with `text` or `html`, and `id`, `published`, `outlet`, `title`, `authors`, `uri`, `retrieved`
    where they are known. `text` is kept to the letter: offsets into it hold in the record. A line's own facts win
    over `given`; a line without `uri` is known by its `id`. A failure's input is `name:line`.
    """
    given = given or Given()
    name = given.file_name or "-"
    given = replace(given, file_name=None)  # it names the batch, not the report
    is_first = True
    for number, line in enumerate(_lines(data), start=1):
        if not line.strip():
            continue
        try:
            yield _read_line(line, given)
        except Refused as refused:
            if is_first and refused.reason == "exported-record":
                yield Failure(name, refused.reason, refused.detail)
                return
            yield Failure(f"{name}:{number}", refused.reason, refused.detail)
        is_first = False


def _lines(data: bytes) -> Iterator[bytes]:
    """The lines of `data` one at a time, a byte order mark apart; only a line feed ends a line."""
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        yield data[start:end]
        start = end + 1


def _read_line(line: bytes, given: Given) -> Reading:
    row = _parse(line)
    if row.get("type") in _RECORDED and "id" in row and ("report" in row or "sha256" in row or "text" not in row):
        raise Refused("exported-record", "what `onrecord export` wrote; `onrecord import FILE` reads it")
    facts = given.merged(_facts(row))
    text, html = row.get("text"), row.get("html")
    if isinstance(text, str) and text:
        data = _encoded(checked_text(text))
        return build(text, data, facts, media_type="text/plain")
    if isinstance(html, str) and html:
        reading = load("reader", "html")(_encoded(html), facts, charset="utf-8")
        assert isinstance(reading, Reading)
        return reading
    if text == "" or html == "":
        raise Refused("empty", "text and html are empty")
    raise Refused("bad-line", 'no "text" and no "html" that is a string')


def _parse(line: bytes) -> Mapping[str, Any]:
    if len(line) > 2 * LONGEST_TEXT:
        raise Refused("too-large", f"a line of {len(line):,} bytes; one report has at most {LONGEST_TEXT:,}")
    return parse_object(line)


def parse_object(line: bytes) -> dict[str, Any]:
    """The JSON object of a line; Refused, with what is wrong, where it is none."""
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused("bad-encoding", f"not UTF-8 at byte {error.start} of the line") from error
    except (ValueError, RecursionError) as error:
        raise Refused("bad-line", f"not JSON: {str(error)[:80]}") from error
    if not isinstance(row, dict):
        raise Refused("bad-line", f"a JSON {type(row).__name__} where an object should be")
    return row


def _facts(row: Mapping[str, Any]) -> Given:
    """The facts of a line. A fact of the wrong type is refused rather than dropped.

    A date that cannot be read in full is kept as far as its day can be, and the report has the flag
    `unread-date`: one field that is off costs no report.
    """
    values: dict[str, str | None] = {}
    for name in _WORDS:
        value = row.get(name)
        if value is not None and not isinstance(value, str):
            raise Refused("bad-line", f'"{name}" is no string')
        values[name] = value or None
    dates = {name: values[name] for name in ("published", "retrieved")}
    known = {name: parse_date(value) or find_day(value) for name, value in dates.items() if value}
    unread = any(parse_date(value) is None for value in dates.values() if value)
    return Given(
        published=known.get("published"),
        outlet=values["outlet"],
        title=values["title"],
        retrieved=known.get("retrieved"),
        uri=values["uri"] or _identity(row.get("id")),
        authors=_authors(row.get("authors")),
        flags=("unread-date",) if unread else (),
    )


def _identity(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise Refused("bad-line", '"id" is neither a string nor a number')
    return str(value)


def _authors(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(author, str) for author in value):
        return tuple(author for author in value if author)
    raise Refused("bad-line", '"authors" is neither a string nor a list of strings')


def _encoded(text: str) -> bytes:
    """UTF-8, the bytes that the report's SHA-256 is taken of; half a surrogate pair has none."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("bad-encoding", f"half a surrogate pair at character {error.start}") from error
    if len(data) > LONGEST_TEXT:
        raise Refused("too-large", f"{len(data):,} bytes; one report has at most {LONGEST_TEXT:,}")
    return data
