"""Two that hold each other's cue: who speaks last in the sentence frames the rest, and the inner content ends there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.annotate.rules.candidates import Candidate
from onrecord.annotate.rules.ends import strip_end
from onrecord.annotate.rules.selection import is_inside
from onrecord.annotate.tokens import Tokens
from onrecord.model import Span

MOST = 12  # candidates of one stretch that are compared with each other


def part(words: Tokens, candidates: Sequence[Candidate]) -> None:
    """Shortens contents so that no two of the `candidates` hold each other's cue.

    "Lee had said that it would rain, a clerk said": the clerk frames what Lee said. "Lee said that, according to the
    clerk, it would rain" and "It will rain, Lee said, the Post reported": Lee frames the clerk, the Post frames Lee.
    """
    framing = [one for one in candidates if one.frame in ("paren", "according")]
    if len(candidates) > MOST:
        return
    for outer in framing:
        for inner in candidates:
            if inner is outer or not (is_inside(inner, outer) and is_inside(outer, inner)):
                continue
            if inner.cue_span.start >= outer.cue_span.start:
                continue
            if outer.frame == "according" and len(outer.content) > 1 and inner.content[0].start > inner.cue_span.start:
                outer.content = _within(words, outer, inner)
            else:
                begin = min([outer.cue_span.start, *(span.start for span in outer.source)])
                inner.content = _until(words, inner.content, begin)


def _until(words: Tokens, content: Sequence[Span], begin: int) -> list[Span]:
    """The pieces, ended before the word that starts at `begin`; unchanged where nothing would be left."""
    kept: list[Span] = []
    after = bisect_left(words.starts, begin)
    for piece in content:
        if piece.start >= begin or (kept and piece.end > begin):
            continue  # ", as residents had demanded" is the other's alone
        first = bisect_left(words.starts, piece.start)
        last = strip_end(words, first, after)
        kept.append(Span(piece.start, min(piece.end, words.ends[last - 1])))
    return kept or list(content)


def _within(words: Tokens, medial: Candidate, around: Candidate) -> list[Span]:
    """What "according to the clerk" stands in, once it stands within what another says: no more than that."""
    start = around.content[0].start
    kept = [Span(max(piece.start, start), piece.end) for piece in medial.content if piece.end > start]
    first = bisect_left(words.starts, kept[0].start)
    if words.tags[first] == "T" and kept[0].end <= words.ends[first]:
        kept = kept[1:]  # only "that"
    return kept or list(medial.content)
