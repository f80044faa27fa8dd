"""Block keys: two reports are compared only where they share one, so linking stays near-linear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.link.entry import Entry
from onrecord.link.gates.matter import fortnight_of
from onrecord.link.kinds.answers import answer_keys
from onrecord.link.kinds.quantities import quantity_keys
from onrecord.link.kinds.repeats import repeat_keys, wording_keys
from onrecord.link.remembering import once
from onrecord.link.stories import Gist, story_keys
from onrecord.link.versions import version_keys

if TYPE_CHECKING:  # it brings numpy, which is loaded where it is used
    from onrecord.link.copies import Shingles

# Reports under a key that are compared with all others under it; see `View.met`.
MOST_LINKED = 16
MOST_COPIED = 32
MOST_TOLD = 16  # for stories and for what is said of one matter


@once
def asked_keys(entry: Entry) -> dict[str, str]:
    """Keys under which the reports are filed whose statements say alike, count the same, answer or are answered.

    Each with the key of this report itself that the others ask for: the same, but for answers and for neighbours in
    time.
    """
    answered = {f"{'b' if key.startswith('a:') else 'a'}{key[1:]}": key for key in _answer_keys(entry)}
    return {key: key for key in _plain_keys(entry)} | answered | _asked_about(entry)


def copy_keys(shingles: Shingles) -> tuple[tuple[dict[str, str], int], ...]:
    """Likewise for the reports that may share runs of words, with how many keys two must have in common."""
    from onrecord.link import copies  # it brings numpy

    filed = copies.copy_keys(shingles)
    bare = {key: key.partition(":")[2] for key in filed}
    short, long = ({f"{first}:{value}": key for key, value in bare.items()} for first in ("c", "cl"))
    return (short, 1), (long, 2 if copies.is_long(shingles) else 1)


def told_keys(gist: Gist) -> dict[str, str]:
    """Likewise for the reports that may be about one matter."""
    return {key: key for key in story_keys(gist)}


def block_keys(entry: Entry) -> tuple[str, ...]:
    """All the keys that a report is filed under, sorted; needs the sentence and quotation layers."""
    keys = _copied(entry) | story_keys(entry.gist) | version_keys(entry.report)
    return tuple(sorted(keys.union(_plain_keys(entry), _answer_keys(entry), _asked_about(entry).values())))


@once
def _plain_keys(entry: Entry) -> frozenset[str]:
    return quantity_keys(entry) | repeat_keys(entry)


@once
def _answer_keys(entry: Entry) -> frozenset[str]:
    return answer_keys(entry)


@once
def _asked_about(entry: Entry) -> dict[str, str]:
    """Keys of wordings: whoever says alike at about the same time, since nothing is drawn at another.

    What has a day is filed under its fortnight, and as dated for what has none; what has none meets all.
    """
    here, keys = fortnight_of(entry), wording_keys(entry)
    if here is None:
        return {f"{when}:{key}": f"-:{key}" for key in keys for when in ("-", "+")}
    near = {f"{when}:{key}": f"{here}:{key}" for key in keys for when in (here - 1, here, here + 1)}
    return near | {f"-:{key}": f"+:{key}" for key in keys}


def _copied(entry: Entry) -> frozenset[str]:
    from onrecord.link import copies  # it brings numpy

    return copies.copy_keys(entry.shingles)
