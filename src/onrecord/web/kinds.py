"""The kinds that the queue of review can be narrowed to."""

from __future__ import annotations

from onrecord.ledger.asking import STANCES
from onrecord.resources import settings_file
from onrecord.review.queue import FIGURE, LINKED, UNNAMED

KINDS = (  # those that the filter names
    (FIGURE, "with a figure"),
    (UNNAMED, "who it is was left open"),
    (LINKED, "with links"),
    ("direct", "direct speech"),
    ("indirect", "indirect speech"),
    ("mixed", "mixed speech"),
    ("ambiguous-speaker", "who speaks could be two"),
)
OTHER_KINDS = frozenset(
    (*STANCES, *settings_file("reader_words.toml")["flags"], "CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "U")
)
