"""Words, paragraphs, sentences and quotation regions of a text, as the taggers see them.

Everything here is one linear pass over the text with the standard library alone, so that the same code can
serve at run time.  Offsets are code points, half-open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A word is a run of word characters or one mark.  "don't" is three words: sub-word tokenizers split it the
# same way, and a source can end before a possessive.
WORD = re.compile(r"\w+|[^\w\s]")

OPENERS = frozenset("“„‟«")
CLOSERS = frozenset("”»")
STRAIGHT = '"'
SENTENCE_END = frozenset(".!?…")
TRAILING = frozenset("\"”’')]»")
LEADING = frozenset("\"“‘'([«„`")
TYPEWRITER = {"'": STRAIGHT, "`": "“"}  # what two of them in a row stand for

OUTSIDE, INSIDE, UNCLOSED = 0, 1, 2
_ABBREVIATIONS = (
    "mr mrs ms dr sen rep gov gen col lt sgt capt prof rev hon adm maj pres st jr sr vs no inc co corp ltd"
    " jan feb mar apr jun jul aug sept sep oct nov dec"
)
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text; all tuples have one element a word."""

    text: str
    spans: tuple[tuple[int, int], ...]  # code points, half-open
    forms: tuple[str, ...]
    paragraphs: tuple[int, ...]  # number of the paragraph, from 0
    sentences: tuple[int, ...]  # number of the sentence, from 0; a new paragraph is a new sentence
    quotes: tuple[int, ...]  # OUTSIDE, INSIDE (marks included) or UNCLOSED (runs to the paragraph's end)

    def __len__(self) -> int:
        return len(self.forms)


def split_words(text: str) -> Words:
    r"""The words of `text` with their paragraph, sentence and quotation state.

    >>> split_words("He said no.\nShe left.").sentences
    (0, 0, 0, 0, 1, 1, 1)
    """
    spans = tuple(match.span() for match in WORD.finditer(text))
    forms = tuple(text[start:end] for start, end in spans)
    paragraphs = _paragraphs(text, spans)
    return Words(
        text, spans, forms, paragraphs, _sentences(spans, forms, paragraphs), _quotes(spans, forms, paragraphs)
    )


def _paragraphs(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    number, last = 0, 0
    out: list[int] = []
    for start, end in spans:
        if out and "\n" in text[last:start]:
            number += 1
        out.append(number)
        last = end
    return tuple(out)


def _sentences(
    spans: tuple[tuple[int, int], ...], forms: tuple[str, ...], paragraphs: tuple[int, ...]
) -> tuple[int, ...]:
    number, ended, out = 0, False, []
    for k, form in enumerate(forms):
        if k:
            spaced = spans[k][0] > spans[k - 1][1]
            starts = form[0].isupper() or form[0].isdigit() or form in LEADING
            if paragraphs[k] != paragraphs[k - 1] or (ended and spaced and starts):
                number += 1
                ended = False
        out.append(number)
        if form in SENTENCE_END:
            ended = form != "." or not _abbreviated(spans, forms, k)
        elif not (ended and form in TRAILING):
            ended = False
    return tuple(out)


def _abbreviated(spans: tuple[tuple[int, int], ...], forms: tuple[str, ...], k: int) -> bool:
    """Whether the full stop at `k` belongs to an initial or a known abbreviation: "J.", "U.S.", "Sen."."""
    if k == 0 or spans[k - 1][1] != spans[k][0]:
        return False
    before = forms[k - 1]
    return (len(before) == 1 and before.isalpha() and before.isupper()) or before.lower() in ABBREVIATIONS


def _quotes(spans: tuple[tuple[int, int], ...], forms: tuple[str, ...], paragraphs: tuple[int, ...]) -> tuple[int, ...]:
    """Quotation state by word: straight marks toggle inside a paragraph, curly ones open or close.

    A mark that its paragraph never closes makes the rest of the paragraph UNCLOSED; the state never leaks into
    the next paragraph.  Two apostrophes in a row are a straight mark, two grave accents an opening one.
    """
    state = [OUTSIDE] * len(forms)
    opened: int | None = None
    k = 0
    while k < len(forms):
        if k and paragraphs[k] != paragraphs[k - 1] and opened is not None:
            state[opened:k] = [UNCLOSED] * (k - opened)
            opened = None
        mark, width = _mark(spans, forms, k)
        if mark:
            closes = mark in CLOSERS or (mark == STRAIGHT and opened is not None)
            if closes and opened is not None:
                state[opened : k + width] = [INSIDE] * (k + width - opened)
                opened = None
            elif not closes and opened is None:
                opened = k
        k += width
    if opened is not None:
        state[opened:] = [UNCLOSED] * (len(forms) - opened)
    return tuple(state)


def _mark(spans: tuple[tuple[int, int], ...], forms: tuple[str, ...], k: int) -> tuple[str, int]:
    """The quotation mark at word `k` (or nothing) and how many words it takes."""
    form = forms[k]
    if form == STRAIGHT or form in OPENERS or form in CLOSERS:
        return form, 1
    if form in TYPEWRITER and k + 1 < len(forms) and forms[k + 1] == form and spans[k][1] == spans[k + 1][0]:
        return TYPEWRITER[form], 2
    return "", 1
