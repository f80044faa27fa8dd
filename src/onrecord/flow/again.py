"""A page that was fetched before is known by its text: what stands around it is another on every visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.ledger.store import Store
from onrecord.link.versions import version_keys
from onrecord.model import Failure, Reading


def as_before(readings: Iterable[Reading | Failure], store: Store) -> Iterator[Reading | Failure]:
    """The readings, with the report on the record in place of one that has its address and its text."""
    for item in readings:
        yield _as_before(item, store) if isinstance(item, Reading) else item


def _as_before(reading: Reading, store: Store) -> Reading:
    keys = sorted(version_keys(reading.report))
    for identity in store.candidates(keys) if keys else ():
        there = store.report(identity)
        if there.uri == reading.report.uri and there.text == reading.report.text:
            return replace(reading, report=there)
    return reading
