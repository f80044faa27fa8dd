"""Block keys: two reports are compared only where they share one, so linking stays near-linear."""

from __future__ import annotations

from onrecord.link.entry import Entry
from onrecord.link.kinds.answers import answer_keys
from onrecord.link.kinds.quantities import quantity_keys
from onrecord.link.kinds.repeats import repeat_keys
from onrecord.link.stories import Gist, story_keys
from onrecord.link.versions import version_keys

# Reports under a key that are compared with all others under it; see `View.met`.
MOST_LINKED = 16
MOST_COPIED = 32
MOST_TOLD = 16  # for stories and for what is said of one matter


def asked_keys(entry: Entry) -> dict[str, str]:
    """Keys under which the reports are filed whose statements say alike, count the same, answer or are answered.

    Each with the key of this report itself that the others ask for: the same, but for answers.
    """
    plain = quantity_keys(entry) | repeat_keys(entry)
    answered = {key: f"{'b' if key.startswith('a:') else 'a'}{key[1:]}" for key in answer_keys(entry, asked=True)}
    return {key: key for key in plain} | answered


def copy_keys(entry: Entry) -> dict[str, str]:
    """Likewise for the reports that may share runs of words."""
    return {key: key for key in _copied(entry)}


def told_keys(gist: Gist) -> dict[str, str]:
    """Likewise for the reports that may be about one matter."""
    return {key: key for key in story_keys(gist)}


def block_keys(entry: Entry) -> tuple[str, ...]:
    """All the keys that a report is filed under, sorted; needs the sentence and quotation layers."""
    keys = _copied(entry) | story_keys(entry.gist) | version_keys(entry.report)
    keys |= quantity_keys(entry) | repeat_keys(entry)
    return tuple(sorted(keys | answer_keys(entry)))


def _copied(entry: Entry) -> frozenset[str]:
    from onrecord.link import copies  # it brings numpy

    return copies.copy_keys(entry.shingles)
