"""Who speaks, and whether he says yes or no, as the views of open matters ask it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.link.entry import Told
from onrecord.link.words import content_words

NAME = re.compile(r"\b[A-Z][\w’'-]+")
SUBJECT = 90  # code points at the beginning of a content in which the doer stands
NO = re.compile(r"\b(?:not|never|no|none|nobody|nothing|neither)\b|n['’]t\b", re.IGNORECASE)


def same_speaker(one: Told, other: Told) -> bool:
    """Whether two statements are one speaker's: one entity, or one description with no name: "the clerk"."""
    a, b = one.statement, other.statement
    if a.speaker.entity and a.speaker.entity == b.speaker.entity:
        return True
    if not a.source or not b.source or NAME.search(a.source.quote[1:]) or NAME.search(b.source.quote[1:]):
        return False
    mine, theirs = (content_words(s.quote) for s in (a.source, b.source))
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def is_no(one: Told) -> bool:
    """Whether a statement says that something is not so."""
    return (one.statement.commitment.certainty or "CT+")[-1] == "-" or bool(
        NO.search(one.statement.content.quote[:SUBJECT])
    )


def any_of(rows: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of these expressions as whole words, small or large."""
    return re.compile(rf"\b(?:{'|'.join(rows)})\b", re.IGNORECASE)
