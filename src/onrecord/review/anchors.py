"""Where a judged statement stands in a text that may be another than the one it was judged in, by its quoted words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.model import Anchor, Correction, Evidence, Judgement, Report, Selection, Span, Statement, hull
from onrecord.resources import settings_file

MOST_PLACES = 2000  # of words that a text repeats, looked at by what stands around them


def make_anchor(report: Report, statement: Statement) -> Anchor:
    """The words of a statement with what stands right before and after them."""
    context, content = settings_file("review.toml")["anchor"]["context"], statement.content
    around = hull(content.spans)
    return Anchor(
        statement=statement.id,
        report_id=report.id,
        sha256=report.sha256,
        uri=report.uri,
        content=content,
        cue=statement.cue.quote if statement.cue else "",
        source=statement.source.quote if statement.source else "",
        prefix=report.text[max(0, around.start - context) : around.start],
        suffix=report.text[around.end : around.end + context],
    )


def locate(anchor: Anchor, text: str) -> Selection | None:
    """Where the content of an anchor stands in `text`; None where it is not there to the letter.

    Where the text repeats the words, the place counts that has most of the prefix and the suffix around it, then
    the one that is nearest to where they stood.
    """
    pieces = pieces_of(anchor.content)
    if pieces is None:
        return None
    first, *others = pieces
    places = list(_places(text, first))
    if not places:
        return None

    def rank(start: int) -> tuple[int, int]:
        before = _common(text[max(0, start - len(anchor.prefix)) : start][::-1], anchor.prefix[::-1])
        after = _common(text[start + len(first) :], anchor.suffix) if not others else 0
        return -(before + after), abs(start - anchor.content.spans[0].start)

    start = min(places, key=rank)
    found = [Span(start, start + len(first))]
    for piece in others:
        next_one = text.find(piece, found[-1].end)
        if next_one < 0:
            return None
        found.append(Span(next_one, next_one + len(piece)))
    return tuple(found)


def pieces_of(evidence: Evidence) -> list[str] | None:
    """The words of each piece of an evidence, cut at the lengths of its spans; None where they do not fit."""
    pieces, at = [], 0
    for span in evidence.spans:
        pieces.append(evidence.quote[at : at + len(span)])
        at += len(span) + 1
    if not pieces or not all(pieces) or at != len(evidence.quote) + 1:
        return None
    return pieces


def moved(evidence: Evidence, report_id: str, text: str, near: int) -> Evidence | None:
    """An evidence in another text: its words nearest to the code point `near`; None where they are not there."""
    if not evidence.spans:
        return replace(evidence, report_id=report_id)
    pieces = pieces_of(evidence)
    if pieces is None:
        return None
    first, *others = pieces
    places = list(_places(text, first))
    if not places:
        return None
    at = bisect_left(places, near)
    start = min(places[max(0, at - 1) : at + 1], key=lambda place: abs(place - near))
    spans = [Span(start, start + len(first))]
    for piece in others:
        following = text.find(piece, spans[-1].end)
        if following < 0:
            return None
        spans.append(Span(following, following + len(piece)))
    return Evidence.of(report_id, text, spans)


def moved_correction(correction: Correction, report_id: str, text: str, shift: int) -> Correction | None:
    """A correction in a later version of its report, all of it or none; `shift` is how far its statement has moved."""

    def part(evidence: Evidence | None) -> Evidence | None:
        if evidence is None:
            return None
        near = evidence.spans[0].start + shift if evidence.spans else 0
        return moved(evidence, report_id, text, near)

    figures = tuple(replace(figure, words=words) for figure in correction.figures if (words := part(figure.words)))
    new = replace(
        correction,
        source=part(correction.source),
        cue=part(correction.cue),
        content=part(correction.content),
        figures=figures,
    )
    kept = (correction.source, correction.cue, correction.content)
    there = (new.source, new.cue, new.content)
    is_whole = all((old is None) == (now is None) for old, now in zip(kept, there, strict=True))
    return new if is_whole and len(figures) == len(correction.figures) else None


def share(one: Selection, other: Selection) -> float:
    """How much two selections have in common: code points of both, of those of either. 0 to 1."""
    mine, theirs = sum(map(len, one)), sum(map(len, other))
    both = at = 0
    for span in one:
        while at < len(other) and other[at].end <= span.start:
            at += 1
        k = at
        while k < len(other) and other[k].start < span.end:
            both += min(span.end, other[k].end) - max(span.start, other[k].start)
            k += 1
    return both / (mine + theirs - both) if mine + theirs > both else 0.0


def find_again(one: Judgement, anchor: Anchor, place: Selection, statements: Iterable[Statement]) -> Statement | None:
    """The statement of a text that a judgement is about: the one that has most in common with the words at `place`.

    Who confirmed or rejected a reading judged that one: it must be the same words by the same source. A correction
    holds for what is read there in its stead.
    """
    bars = settings_file("review.toml")["anchor"]
    is_correction = one.verdict in ("correct", "split")
    put_right = one.correction.content if one.correction else None
    places = (place, put_right.spans) if put_right is not None and put_right.spans else (place,)

    def rank(statement: Statement) -> tuple[float, bool, bool, str]:
        common = max(share(statement.content.spans, spans) for spans in places)
        cue = statement.cue.quote if statement.cue else ""
        return -round(common, 4), cue != anchor.cue, _source(statement) != anchor.source, statement.id

    fitting = [s for s in statements if is_correction or _source(s) == anchor.source]
    best = min(fitting, key=rank, default=None)
    if best is None:
        return None
    return best if -rank(best)[0] >= bars["correction" if is_correction else "reading"] else None


def _source(statement: Statement) -> str:
    return statement.source.quote if statement.source else ""


def _places(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    for _ in range(MOST_PLACES):
        if start < 0:
            return
        yield start
        start = text.find(words, start + 1)


def _common(one: str, other: str) -> int:
    """How many characters two texts share from their beginning."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))
