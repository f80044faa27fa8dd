"""Block keys: two reports are compared only where they share one, so linking stays near-linear."""

from __future__ import annotations

from onrecord.link.answers import answer_keys
from onrecord.link.copies import narration_keys, quotation_keys
from onrecord.link.entry import Entry
from onrecord.link.matter import matter_keys
from onrecord.link.quantities import quantity_keys
from onrecord.link.repeats import repeat_keys


def asked_keys(entry: Entry) -> frozenset[str]:
    """Keys under which the reports are filed whose statements say alike, count the same, answer or are answered."""
    return quantity_keys(entry) | repeat_keys(entry) | answer_keys(entry, asked=True) | matter_keys(entry, asked=True)


def block_keys(entry: Entry) -> tuple[str, ...]:
    """All the keys that a report is filed under, sorted; needs the quotation layer."""
    copies = narration_keys(entry.shingles) | quotation_keys(entry.shingles)
    keys = copies | quantity_keys(entry) | repeat_keys(entry) | answer_keys(entry) | matter_keys(entry)
    return tuple(sorted(keys))
