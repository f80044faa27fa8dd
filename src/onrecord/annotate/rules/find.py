"""Source, cue and content, found with the cue lexicon, quotation regions and the shape of clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from onrecord.annotate.quotations import find_quotations
from onrecord.annotate.rules.according import find_according, find_labels, find_signature
from onrecord.annotate.rules.candidates import Candidate
from onrecord.annotate.rules.circumstances import find_addressee, find_venue
from onrecord.annotate.rules.clauses import find_candidates
from onrecord.annotate.rules.outside import part
from onrecord.annotate.rules.selection import nest, settle
from onrecord.annotate.rules.turns import Stretch, continue_quotations, drop_datelines, sign
from onrecord.annotate.rules.within import WITHIN, with_told
from onrecord.annotate.sentences import find_sentences
from onrecord.annotate.tokens import read_tokens
from onrecord.model import Attribution, Quotation, Report, SectionKind, Selection, Sentence, Span

LONGEST_STRETCH = 8000  # code points outside quotation marks: what is longer is a table or a list, not prose


def find_attributions(report: Report) -> tuple[Attribution, ...]:
    """The attributions of `report` in order of their content; boilerplate has none."""
    text = report.text
    sentences = report.sentences or tuple(find_sentences(text, report.sections))
    quotations = report.quotations or find_quotations(text)
    outer = [quotation for quotation in quotations if quotation.depth == 0]
    stretches = list(find_stretches(text, sentences, outer))
    for stretch in stretches:
        words = stretch.words
        marked = find_according(words) + find_labels(words, text) + find_signature(words)
        stretch.candidates = settle(find_candidates(words) + marked)
        part(words, stretch.candidates)
    drop_datelines(stretches)
    sign(text, stretches)
    return build(text, with_told(text, stretches, continue_quotations(stretches)), outer)


def find_stretches(text: str, sentences: Sequence[Sentence], outer: Sequence[Quotation]) -> Iterator[Stretch]:
    """Sentences, joined where one of the `outer` quotations runs over their ends; boilerplate left out."""
    at = 0  # the first quotation that ends after the stretch
    begin = 0  # the first quotation inside the stretch
    pending: Sentence | None = None
    for k, sentence in enumerate(sentences):
        if sentence.section == SectionKind.BOILERPLATE:
            continue
        whole = replace(pending, span=Span(pending.span.start, sentence.span.end)) if pending else sentence
        while at < len(outer) and outer[at].span.end <= whole.span.end:
            at += 1
        runs_on = at < len(outer) and outer[at].span.start < whole.span.end
        if runs_on and k + 1 < len(sentences) and sentences[k + 1].paragraph == sentence.paragraph:
            pending = whole
            continue
        pending = None
        while begin < at and outer[begin].span.start < whole.span.start:
            begin += 1
        inside = [quotation for quotation in outer[begin : at + 1] if quotation.span.start < whole.span.end]
        inside = [quotation for quotation in inside if quotation.span.start >= whole.span.start]
        if len(whole.span) - sum(len(quotation.span) for quotation in inside) <= LONGEST_STRETCH:
            yield Stretch(whole.span, whole.paragraph, whole.section, read_tokens(text, whole.span, inside))


def build(text: str, candidates: Sequence[Candidate], outer: Sequence[Quotation]) -> tuple[Attribution, ...]:
    """The candidates as attributions, those of one stretch nested in each other where their contents are."""
    kept: list[tuple[Candidate, Candidate | None]] = []
    candidates = [one for one in candidates if any(map(str.isalnum, "".join(span.of(text) for span in one.content)))]
    for _, group in groupby(candidates, key=lambda candidate: candidate.stretch):
        kept += nest(list(group))
    kept.sort(key=lambda pair: (min(pair[0].content), pair[0].cue_span))
    index = {id(candidate): k for k, (candidate, _) in enumerate(kept)}
    built = []
    at = 0  # quotations before this one end before every content to come
    for candidate, holder in kept:
        content = tuple(sorted(candidate.content))
        while at < len(outer) and outer[at].span.end <= content[0].start:
            at += 1
        built.append(
            Attribution(
                content=content,
                cue=(candidate.cue_span,),
                source=tuple(sorted(candidate.source)),
                venue=find_venue(text, candidate.cue_span, tuple(candidate.source), content),
                addressee=find_addressee(text, candidate.cue_span, candidate.cue.lemma, content),
                form=_form(candidate) or form_of(text, content, outer, at),
                rule=f"{candidate.frame}:{candidate.cue.lemma}",
                confidence=round(candidate.confidence, 3),
                nested_in=index[id(holder)] if holder is not None else None,
            )
        )
    return tuple(built)


def _form(candidate: Candidate) -> str | None:
    """The form that the construction settles, whatever the quotation marks."""
    return "direct" if "turn" in candidate.features else "indirect" if WITHIN in candidate.features else None


def form_of(text: str, content: Selection, outer: Sequence[Quotation], at: int = 0) -> str:
    """Direct where all words stand in quotation marks, indirect where none does, mixed otherwise.

    `outer` are the outermost quotations, of which those before number `at` end before the content.
    """
    inside = outside = 0
    for piece in content:
        position = piece.start
        while at < len(outer) and outer[at].span.end <= position:
            at += 1
        for k in range(at, len(outer)):
            quoted = outer[k].span
            if quoted.start >= piece.end:
                break
            outside += _letters(text, position, max(position, quoted.start))
            inside += _letters(text, max(position, quoted.start), min(piece.end, quoted.end))
            position = max(position, min(piece.end, quoted.end))
        outside += _letters(text, position, piece.end)
    return "indirect" if not inside else "direct" if not outside else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end])) if end > start else 0
