"""Sentences and quotation regions: the first layer, found by linear scanners without a model."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.annotate.quotations import find_quotations, paragraphs
from onrecord.model import Report, Section, SectionKind, Sentence, Span
from onrecord.resources import lexicon

CLOSERS = "\"”’'»)]}"
STOP = re.compile(r"(?:[.!?…]+)(?:''|[\"”’'»)\]}])*(?=\s|$)")
WORD_BEFORE = re.compile(r"[^\s(\[{\"“‘«—–]+$")
INITIAL = re.compile(r"[A-Z](?:\.[A-Z])*\.$|[a-z](?:\.[a-z])+\.$")
NEXT_WORD = re.compile(r"\s+[\"“‘(\[]?(\w+)")
CLOCK_OPENS = 4  # spaces before the stop of "At 10 a.m." that only opens a sentence
LONGEST_WORD = 40  # code points looked back for an abbreviation
SIGNATURE = re.compile(r"[-–—]+\s?[A-Z]")  # “We will stay.” -Commissioner Lee
TURN = re.compile(r"((?:[A-Z][\w.’'-]*\s+){1,4}|(?:the|a|an)\s+[\w’'-]+\s+)([a-z]+)\b")


class FindSentences:
    """Assigns sentences and quotation regions."""

    name = "sentences"
    requires: tuple[str, ...] = ()
    assigns: tuple[str, ...] = ("sentences", "quotations")

    def __call__(self, report: Report) -> Report:
        """The report with that layer."""
        sentences = tuple(find_sentences(report.text, report.sections))
        return replace(report, sentences=sentences, quotations=find_quotations(report.text))


def find_sentences(text: str, sections: tuple[Section, ...] = ()) -> Iterator[Sentence]:
    """Sentences of `text` in order, each within one line; `sections` says what each is for.

    >>> [s.span.of("Gen. Lee left at 5 p.m. He won.") for s in find_sentences("Gen. Lee left at 5 p.m. He won.")]
    ['Gen. Lee left at 5 p.m.', 'He won.']
    """
    starts = [section.span.start for section in sections]
    for number, paragraph in enumerate(paragraphs(text)):
        at = bisect_right(starts, paragraph.start) - 1
        inside = at >= 0 and paragraph.start < sections[at].span.end
        kind = sections[at].kind if inside else SectionKind.BODY
        for span in split_sentences(text, paragraph):
            yield Sentence(span, number, kind)


def split_sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of one paragraph; the bullet of a list item stays outside."""
    start = paragraph.start
    while start < paragraph.end and text[start] in "-–—•*·" and text[start + 1 : start + 2] == " ":
        start = min(start + 2, paragraph.end)
    for stop in STOP.finditer(text, start, paragraph.end):
        if stop.end() < paragraph.end and is_boundary(text, stop.start(), stop.end(), Span(start, paragraph.end)):
            sentence = Span(start, stop.end()).strip(text)
            if sentence:
                yield sentence
            start = stop.end()
    rest = Span(start, paragraph.end).strip(text)
    if rest:
        yield rest


def is_boundary(text: str, at: int, after: int, around: Span) -> bool:
    """Whether the stop at `at` ends a sentence; `after` is past its closing marks.

    `around` goes from the start of the sentence to the end of its paragraph.
    """
    begin, end = after, around.end
    while begin < end and text[begin].isspace():
        begin += 1
    following = text[begin : begin + 1]
    closed = after > at + 1 and text[after - 1] in CLOSERS
    if following.islower() or following in ",;:—–":
        return False
    if closed and SIGNATURE.match(text, begin, end):
        return False
    if closed and text[after - 1] in "\"”'’":
        turn = TURN.match(text, begin, min(end, begin + 80))  # “Why?” Senator Lee asked.
        if turn and turn.group(2) in saying_words() and text[at] in "!?":
            return False
    if text[at] != "." or closed or text[at : at + 2] == "..":
        return True
    return not _is_abbreviation(text, at, following, around.start)


def _is_abbreviation(text: str, at: int, following: str, start: int) -> bool:
    before = WORD_BEFORE.search(text[max(0, at - LONGEST_WORD) : at])
    word = (before.group() if before else "") + "."
    kind = abbreviations().get(word, abbreviations().get(word.lower(), ""))
    if kind == "title":
        return True
    if kind == "number":
        return following.isdigit()
    if kind == "clock":
        return not _ends_after_clock(text, at, start)
    if kind == "end" or INITIAL.match(word):
        if len(word) == 2:  # an initial: "J. Edgar", unless the pronoun "I."
            return word != "I."
        return not _starts_sentence(text, at)
    return kind == "inner"


def _starts_sentence(text: str, at: int) -> bool:
    """Whether the word after an abbreviation like "U.S." or "p.m." is one that opens sentences."""
    following = NEXT_WORD.match(text, at + 1)
    return following is not None and following.group(1) in openers()


def _ends_after_clock(text: str, at: int, start: int) -> bool:
    """Whether "p.m." ends a sentence: unless a zone or a day follows it, or the sentence has only begun."""
    following = NEXT_WORD.match(text, at + 1)
    if following is None or following.group(1) in clock_followers():
        return False
    return following.group(1) in openers() or text.count(" ", start, at) > CLOCK_OPENS


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviation -> title (always before a name), number, inner (never last), clock or end (may be last)."""
    kinds = ("opener", "zone")
    return {row["form"]: row["kind"] for row in lexicon("abbreviations.tsv") if row["kind"] not in kinds}


@cache
def clock_followers() -> frozenset[str]:
    """Capitalised words that go on with a time of day: "p.m. Eastern", "a.m. Monday"."""
    return frozenset(row["form"] for row in lexicon("abbreviations.tsv") if row["kind"] == "zone")


@cache
def openers() -> frozenset[str]:
    """Capitalised words that open a sentence rather than carry on a name."""
    return frozenset(row["form"] for row in lexicon("abbreviations.tsv") if row["kind"] == "opener")


@cache
def saying_words() -> frozenset[str]:
    """Forms of verbs of saying that stand after a quotation."""
    from onrecord.annotate.cues import cue_forms

    return frozenset(form for form, cues in cue_forms().items() if any(cue.quotes for cue in cues))
