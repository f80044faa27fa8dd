"""Attributions: source, cue and content, found with the cue lexicon, quotation regions and the shape of clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.annotate.according import find_according, find_labels
from onrecord.annotate.candidates import Candidate
from onrecord.annotate.clauses import find_candidates
from onrecord.annotate.confidence import confidence_of, thresholds
from onrecord.annotate.quotations import find_quotations
from onrecord.annotate.sentences import find_sentences
from onrecord.annotate.tokens import read_tokens
from onrecord.annotate.turns import Stretch, continue_quotations
from onrecord.model import Attribution, Quotation, Report, SectionKind, Selection, Sentence, Span, hull


class FindAttributions:
    """Assigns attributions, by rules; needs nothing but sentences and quotation regions."""

    name = "attributions"
    requires: tuple[str, ...] = ("sentences", "quotations")
    assigns: tuple[str, ...] = ("attributions",)

    def __call__(self, report: Report) -> Report:
        """The report with that layer."""
        return replace(report, attributions=find_attributions(report))


def find_attributions(report: Report) -> tuple[Attribution, ...]:
    """The attributions of `report` in order of their content; boilerplate has none."""
    sentences = report.sentences or tuple(find_sentences(report.text, report.sections))
    quotations = report.quotations or find_quotations(report.text)
    stretches = list(find_stretches(report.text, sentences, quotations))
    for stretch in stretches:
        found = find_candidates(stretch.words) + find_according(stretch.words) + find_labels(stretch.words)
        stretch.candidates = [candidate for candidate in found if _is_sound(candidate)]
    for stretch in stretches:
        for candidate in stretch.candidates:
            candidate.confidence = confidence_of(candidate)
        stretch.candidates = _settle(stretch.candidates)
    candidates = continue_quotations(stretches)
    return _build(report.text, candidates, [q for q in quotations if q.depth == 0])


def find_stretches(text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> Iterator[Stretch]:
    """Sentences, joined where an outermost quotation runs over their ends; boilerplate left out."""
    outer = [q for q in quotations if q.depth == 0]
    at = 0
    pending: Sentence | None = None
    for k, sentence in enumerate(sentences):
        if sentence.section == SectionKind.BOILERPLATE:
            continue
        whole = replace(pending, span=Span(pending.span.start, sentence.span.end)) if pending else sentence
        while at < len(outer) and outer[at].span.end <= whole.span.end:
            at += 1
        runs_on = at < len(outer) and outer[at].span.start < whole.span.end
        goes_on = k + 1 < len(sentences) and sentences[k + 1].paragraph == sentence.paragraph
        if runs_on and goes_on:
            pending = whole
            continue
        pending = None
        first = at
        while first > 0 and outer[first - 1].span.start >= whole.span.start:
            first -= 1
        inside = [q for q in outer[first : at + 1] if whole.span.start <= q.span.start < whole.span.end]
        yield Stretch(whole.span, whole.paragraph, whole.section, read_tokens(text, whole.span, inside))


def _is_sound(candidate: Candidate) -> bool:
    pieces = sorted(candidate.content)
    apart = all(a.end <= b.start for a, b in pairwise(pieces))
    clear = not any(piece.overlaps(candidate.cue_span) for piece in pieces)
    return apart and clear and all(len(piece) for piece in pieces)


def _settle(candidates: list[Candidate]) -> list[Candidate]:
    """Those worth keeping, one a cue, the surest first where two claim the same words."""
    limit = thresholds()
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: ("made-by" not in c.features, -c.confidence, c.cue_span)):
        speech = candidate.cue.attitude == "speech"
        if candidate.confidence < limit["keep-speech" if speech else "keep-other"]:
            continue
        if any(candidate.cue_span.overlaps(other.cue_span) for other in kept):
            continue
        if any(candidate.content == other.content and other.content[0].start < other.cue_span.start for other in kept):
            continue  # "raising the possibility they will leave - a claim made by Lee": the nearer owner said it
        kept.append(candidate)
    return sorted(kept, key=lambda c: c.cue_span)


def _inside(candidate: Candidate, other: Candidate) -> bool:
    """Whether the cue of `candidate` stands in the content of `other`."""
    return any(piece.start <= candidate.cue_span.start < piece.end for piece in other.content)


def _build(text: str, candidates: Sequence[Candidate], outer: Sequence[Quotation]) -> tuple[Attribution, ...]:
    limit = thresholds()
    by_stretch: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_stretch.setdefault(candidate.stretch, []).append(candidate)
    kept: list[tuple[Candidate, Candidate | None]] = []
    for group in by_stretch.values():
        for candidate in group:
            holders = [o for o in group if o is not candidate and _inside(candidate, o) and not _inside(o, candidate)]
            holders += [
                o
                for o in group
                if o is not candidate
                and _inside(candidate, o)
                and _inside(o, candidate)
                and (o.confidence, o.cue_span) > (candidate.confidence, candidate.cue_span)
            ]
            holder = min(holders, key=lambda o: sum(map(len, o.content)), default=None)
            if holder is not None and (candidate.confidence < limit["nested"] or candidate.cue.attitude != "speech"):
                continue
            kept.append((candidate, holder))
    kept.sort(key=lambda pair: (min(pair[0].content), pair[0].cue_span))
    index = {id(candidate): k for k, (candidate, _) in enumerate(kept)}
    built = []
    for candidate, holder in kept:
        content = tuple(sorted(candidate.content))
        nested = index.get(id(holder)) if holder is not None else None
        built.append(
            Attribution(
                content=content,
                cue=(candidate.cue_span,) if len(candidate.cue_span) else (),
                source=tuple(sorted(candidate.source)),
                form=form_of(text, content, outer),
                rule=f"{candidate.frame}:{candidate.cue.lemma}",
                confidence=round(candidate.confidence, 3),
                nested_in=nested,
            )
        )
    return tuple(built)


def form_of(text: str, content: Selection, outer: Iterable[Quotation]) -> str:
    """Direct where all words stand in quotation marks, indirect where none does, mixed otherwise."""
    reach = hull(content)
    near = [q.span for q in outer if q.span.overlaps(reach)]
    inside = outside = 0
    for piece in content:
        position = piece.start
        for quoted in near:
            if not quoted.overlaps(piece):
                continue
            outside += _letters(text, position, max(position, quoted.start))
            inside += _letters(text, max(position, quoted.start), min(piece.end, quoted.end))
            position = max(position, quoted.end)
        outside += _letters(text, position, piece.end)
    return "indirect" if not inside else "direct" if not outside else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end])) if end > start else 0
