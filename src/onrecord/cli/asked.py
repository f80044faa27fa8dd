"""Questions in JSON Lines: one object a line, each with an id; what cannot be read is named by its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Any, TypeVar

from onrecord.errors import Refused

Question = TypeVar("Question")


def read_questions(
    data: IO[bytes],
    read: Callable[[int, dict[str, Any]], Question],
    refused: list[tuple[int, str]],
    *,
    longest: int,
) -> Iterator[Question]:
    """What `read` makes of each line of `longest` bytes at most, given its number; faults go to `refused`."""
    for number, line in enumerate(data, start=1):
        if line.strip():
            try:
                yield read(number, _row(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, longest))
            except Refused as fault:
                refused.append((number, str(fault)))


def _row(line: bytes, longest: int) -> dict[str, Any]:
    """The object of a line, with an id; Refused otherwise."""
    from onrecord.read.jsonl import parse_object

    if len(line) > longest:
        raise Refused("too-large", f"a line of {len(line):,} bytes, {longest:,} is the most")
    row = parse_object(line)
    identity = row.get("id")
    if isinstance(identity, bool) or not isinstance(identity, (str, int)):
        raise Refused("bad-line", 'no "id" that is a string or a number')
    return row
