"""Gold and finds by hand: spans named by their words."""

from __future__ import annotations

from evals.finding import Found
from evals.spans import Pairs, Spans


def spans(text: str, *, source: str = "", cue: str = "", content: str = "") -> Spans:
    """An attribution whose parts stand in the text; pieces of one part are told apart by `|`."""

    def pairs(words: str) -> Pairs:
        return tuple((text.index(piece), text.index(piece) + len(piece)) for piece in words.split("|") if piece)

    return Spans(pairs(source), pairs(cue), pairs(content))


def found(
    item: Spans,
    *,
    form: str = "indirect",
    plain: bool = True,
    nested: bool = False,
    sure: float = 0.9,
    confidence: float = 0.9,
) -> Found:
    """A statement as measured."""
    return Found(item, form, plain, nested, sure, confidence)
