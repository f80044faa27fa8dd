"""Words that nobody says: boilerplate and datelines, whatever a tagger makes of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.tagging.labels import OUTSIDE
from onrecord.annotate.tagging.words import Words
from onrecord.model import Report, SectionKind, Span

Floats = NDArray[np.float32]
NEVER = -30.0  # log-probability
CAPITALS = "A-ZÀ-ÖØ-Þ"
DATELINE = re.compile(
    rf"""^[ \t]*[{CAPITALS}][{CAPITALS}'’./-]+([ ][{CAPITALS}][{CAPITALS}'’./-]+){{0,3}}  # SKARHAVN
    (,[ ][{CAPITALS}][\w.]+([ ][{CAPITALS}][\w.]+)?)?                                # , Norway
    (,[ ][A-Z][a-z]{{2,8}}\.?[ ]\d{{1,2}})?                                            # , Oct. 3
    ([ ]\([^()\n]{{2,30}}\))?                                                        # (Wire)
    ([ ]?—[ ]?|[ ](–|--?)[ ])(?=["“‘']?[{CAPITALS}\d])                                       # and a sentence begins""",
    re.MULTILINE | re.VERBOSE,
)


def silence(report: Report, words: Words, scores: Floats) -> Floats:
    """The log-probabilities [words, labels] with the words that nobody says outside of every part."""
    out = scores.copy()
    for span in silent(report):
        first = bisect_left(words.spans, span.start, key=itemgetter(0))
        last = bisect_left(words.spans, span.end, key=itemgetter(0))
        out[first:last] = NEVER
        out[first:last, OUTSIDE] = 0.0
    return out


def silent(report: Report) -> Iterator[Span]:
    """The stretches of a report that are nobody's words."""
    for section in report.sections:
        if section.kind is SectionKind.BOILERPLATE:
            yield section.span
    for match in DATELINE.finditer(report.text):
        yield Span(*match.span())
