"""Which candidates of a stretch become attributions, and which of them stand inside others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from onrecord.annotate.rules.candidates import Candidate
from onrecord.annotate.rules.confidence import confidence_of, thresholds
from onrecord.model import Span, hull


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those worth keeping, one a cue, the surest first where two claim the same words; by position."""
    limit = thresholds()
    weighed = [candidate for candidate in candidates if is_sound(candidate)]
    for candidate in weighed:
        candidate.confidence = confidence_of(candidate)
    kept: list[Candidate] = []
    for candidate in sorted(weighed, key=_rank):
        speech = candidate.cue.attitude == "speech"
        if candidate.confidence < limit["keep-speech" if speech else "keep-other"]:
            continue
        if not any(candidate.cue_span.overlaps(other.cue_span) or _is_taken(candidate, other) for other in kept):
            kept.append(candidate)
    kept = [candidate for candidate in kept if candidate.cue.attitude == "speech" or not _describes(candidate, kept)]
    for candidate in kept:
        if "as" in candidate.features:
            candidate.content = _innermost(candidate, kept)
    return sorted(kept, key=lambda candidate: candidate.cue_span)


def _describes(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether the cue only tells more of somebody else who speaks: "clerks who had signed a pledge said ..."."""
    return any(span.contains(candidate.cue_span) for other in others for span in other.source)


def _innermost(candidate: Candidate, others: Sequence[Candidate]) -> list[Span]:
    """What "as X says" takes up: of "Lee denied it would rain, as the union had warned" only that it would rain."""
    whole = hull(candidate.content)
    inner = [
        other.content
        for other in others
        if other is not candidate
        and whole.contains(other.cue_span)
        and other.content[-1].end == whole.end
        and other.content[0].start > other.cue_span.start
    ]
    framed = [o.content[:1] for o in others if o.frame == "paren" and whole.contains(o.cue_span) and o is not candidate]
    framed = [content for content in framed if content[0].start == whole.start]
    return max(inner or framed, key=lambda content: content[0].start, default=candidate.content)[:]


def _rank(candidate: Candidate) -> tuple[object, ...]:
    return ("made-by" not in candidate.features, -candidate.confidence, candidate.cue_span, candidate.frame)


def is_sound(candidate: Candidate) -> bool:
    """Whether the pieces of the content lie apart from each other and from the cue."""
    pieces = sorted(candidate.content)
    apart = all(a.end <= b.start for a, b in pairwise(pieces))
    return apart and all(len(piece) and not piece.overlaps(candidate.cue_span) for piece in pieces)


def _is_taken(candidate: Candidate, other: Candidate) -> bool:
    """Whether `other` has the same content: "raising the prospect they will leave - a claim made by Lee"."""
    return candidate.content == other.content and other.content[0].start < other.cue_span.start


def is_inside(candidate: Candidate, other: Candidate) -> bool:
    """Whether the cue of `candidate` stands in the content of `other`."""
    return any(piece.start <= candidate.cue_span.start < piece.end for piece in other.content)


def nest(group: Sequence[Candidate]) -> list[tuple[Candidate, Candidate | None]]:
    """The candidates of a stretch that stay, each with the one whose content holds it; unsure inner ones go."""
    holders = {id(candidate): _holder(candidate, group) for candidate in group}
    staying = {id(candidate) for candidate in group if holders[id(candidate)] is None or _may_nest(candidate)}
    kept: list[tuple[Candidate, Candidate | None]] = []
    for candidate in group:
        if id(candidate) not in staying:
            continue
        holder = holders[id(candidate)]
        while holder is not None and id(holder) not in staying:
            holder = holders[id(holder)]
        kept.append((candidate, holder))
    return kept


def _may_nest(candidate: Candidate) -> bool:
    """Whether it is said by somebody inside what another says; "declined to comment" has one speaker only."""
    if candidate.cue.attitude != "speech" or "infinitive" in candidate.features or not candidate.source:
        return False
    return "as" in candidate.features or candidate.confidence >= thresholds()["nested"]


def _holder(candidate: Candidate, group: Sequence[Candidate]) -> Candidate | None:
    """The smallest content that holds the cue; of two that hold each other, the surer one is outside."""
    around = [
        other
        for other in group
        if other is not candidate
        and is_inside(candidate, other)
        and (not is_inside(other, candidate) or _order(other) > _order(candidate))
    ]
    return min(around, key=lambda other: (sum(map(len, other.content)), other.cue_span), default=None)


def _order(candidate: Candidate) -> tuple[object, ...]:
    return (candidate.confidence, candidate.cue_span)
