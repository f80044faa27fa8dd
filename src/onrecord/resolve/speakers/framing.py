"""The telling around a cue: its sentence with all that is said in it blanked out."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from onrecord.model import Attribution, Report, Span, hull

REACH = 600  # code points of a sentence on each side of the cue that are looked at
BLANK = '"'  # stands for each code point that is said, not told
BOUNDARY = re.compile(r'[,;:—–()"\n]|\s-\s')
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Frame:
    """What tells of one attribution; `start` and `end` are code points of the report's text."""

    start: int
    end: int
    told: str  # the sentence, with quotations and the content blanked out
    unquoted: str  # the sentence, with quotations blanked out
    whole: str  # the sentence as it is
    source: Span | None  # where it stands in the sentence
    cue: Span
    is_quoted: bool  # the cue stands inside a quotation

    def between(self, start: int, end: int) -> str:
        """What is told from `start` to `end`, cut to the sentence."""
        return self.told[max(0, start - self.start) : max(0, end - self.start)]

    @property
    def opening(self) -> str:
        """What stands before source and cue, outside quotation marks."""
        first = self.cue.start if self.source is None else min(self.cue.start, self.source.start)
        return self.unquoted[: first - self.start]

    @property
    def clause(self) -> str:
        """The last clause of the opening: what governs the source, or the cue where that comes first."""
        return after_last_boundary(self.opening)

    @property
    def lead(self) -> str:
        """What stands between the source, or the start, and the cue, from the last comma on; the cue with it."""
        begins = self.source.end if self.source is not None and self.source.end <= self.cue.start else self.start
        return after_last_boundary(self.unquoted[begins - self.start : self.cue.start - self.start]) + self.between(
            self.cue.start, self.cue.end
        )

    @property
    def group(self) -> list[str]:
        """The words of the verb group in lower case: the cue and what stands before it up to source or comma."""
        begins = self.source.end if self.source is not None and self.source.end <= self.cue.start else self.start
        lead = after_last_boundary(self.between(begins, self.cue.start))
        return words_of(lead)[-5:] + words_of(self.between(self.cue.start, self.cue.end))


class Frames:
    """Looks up the frames of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.starts = [one.span.start for one in report.sentences]
        self.quotes = sorted(one.span for one in report.quotations if one.depth == 0)
        self.quote_starts = [one.start for one in self.quotes]

    def quoted_at(self, position: int) -> Span | None:
        """The outermost quotation that holds a position."""
        k = bisect_right(self.quote_starts, position) - 1
        return self.quotes[k] if k >= 0 and position < self.quotes[k].end else None

    def sentence_at(self, position: int) -> Span:
        """The sentence that holds a position, cut to what is near."""
        k = bisect_right(self.starts, position) - 1
        span = self.report.sentences[k].span if k >= 0 else Span(0, len(self.report.text))
        return Span(max(span.start, position - REACH), max(position, min(span.end, position + REACH)))

    def frame(self, one: Attribution) -> Frame | None:
        """The frame of an attribution's cue; None where it has none."""
        if not one.cue:
            return None
        cue = hull(one.cue)
        sentence = self.sentence_at(cue.start)
        start, end = sentence.start, max(sentence.end, min(cue.end, sentence.end + REACH))
        inside = self.quoted_at(cue.start)
        quoted = []
        k = max(0, bisect_right(self.quote_starts, start) - 1)
        while k < len(self.quotes) and self.quotes[k].start < end:
            if self.quotes[k] != inside and self.quotes[k].end > start:
                quoted.append(self.quotes[k])
            k += 1
        said = quoted + [piece for piece in one.content if piece.start < end and start < piece.end]
        source = hull(one.source) if one.source else None
        if source is not None and not (start <= source.start < end):
            source = None
        whole = self.report.text[start:end]
        told, unquoted = blanked(whole, start, said), blanked(whole, start, quoted)
        return Frame(start, end, told, unquoted, whole, source, cue, inside is not None)


def blanked(text: str, start: int, said: list[Span]) -> str:
    """`text`, which begins at `start`, with a blank for each code point of `said`."""
    letters = list(text)
    for span in said:
        first, last = max(0, span.start - start), min(len(letters), span.end - start)
        letters[first:last] = BLANK * max(0, last - first)
    return "".join(letters)


def after_last_boundary(text: str) -> str:
    """What follows the last comma, colon, dash, bracket or blank.

    >>> after_last_boundary("He shrugged, as if to")
    ' as if to'
    """
    last = 0
    for match in BOUNDARY.finditer(text):
        last = match.end()
    return text[last:]


def words_of(text: str) -> list[str]:
    """The words in lower case.

    >>> words_of("Didn't he say?")
    ["didn't", 'he', 'say']
    """
    return [match.group().lower() for match in WORD.finditer(text)]
