"""Block keys: two reports are compared only where they share one, so linking stays near-linear."""

from __future__ import annotations

from onrecord.link.copies import copy_keys
from onrecord.link.entry import Entry
from onrecord.link.quantities import quantity_keys
from onrecord.link.repeats import repeat_keys


def block_keys(entry: Entry) -> tuple[str, ...]:
    """The keys that a report is filed under, sorted; needs its quotation layer."""
    return tuple(sorted(copy_keys(entry.report) | quantity_keys(entry) | repeat_keys(entry)))
