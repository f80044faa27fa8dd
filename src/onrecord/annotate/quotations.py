"""Quotation regions of a text: one linear scan, paragraph by paragraph.

Double marks are curly, straight, typewriter pairs (`` and ''), German and French; single marks count
where they can be told from apostrophes. A region never leaves its paragraph: a quotation over several
paragraphs is one region in each, linked by `is_open` and `continues`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise

from onrecord.model import Quotation, Span

MAX_DEPTH = 3  # marks opened deeper than this are noise, not speech within speech
MARK = re.compile("[\"“”„‟«»‘’]|``|''|'")
PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
ELISION = re.compile(r"['’‘](?:\d0s|\d{2}\b|(?:em|til|tis|twas|cause|bout|round)\b|n['’])", re.IGNORECASE)
STRONG_CLOSE = re.compile(r"(?<=[.,!?…\w])['’](?=[\s.,;:!?)\]”\"—–-]|$)")
OPENERS = frozenset("“„‟«") | {"``"}
BOUNDARY = frozenset(" \t\u00a0\u2009\u202f([{—–-/")
SINGLES = frozenset("'‘")
DOUBLE, SINGLE = "double", "single"


def paragraphs(text: str) -> Iterator[Span]:
    """The lines of `text` that are not blank, without the white space around them."""
    for found in PARAGRAPH.finditer(text):
        yield Span(*found.span()).strip(text)


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Quotation regions of `text` in order of their start, outer before inner.

    >>> [q.inner.of('He said "no".') for q in find_quotations('He said "no".')]
    ['no']
    """
    found: list[Quotation] = []
    left_open = ""
    for paragraph, after in pairwise(chain(paragraphs(text), (Span(len(text), len(text)),))):
        resumed = bool(left_open) and text.startswith(left_open, paragraph.start)
        scan = _Scan(text, paragraph.start, paragraph.end, resumed, _single_at(text, after.start))
        scan.run()
        found += sorted(scan.regions, key=lambda region: (region.span.start, -region.span.end))
        left_open = scan.left_open
    return tuple(found)


def _single_at(text: str, start: int) -> str:
    """The single mark that opens the paragraph at `start`; empty where none does."""
    mark = text[start : start + 1]
    opens = mark in SINGLES and text[start + 1 : start + 2].isalnum() and not ELISION.match(text, start)
    return mark if opens else ""


@dataclass(slots=True)
class _Scan:
    """The marks of one paragraph, read from left to right with a stack of those still open."""

    text: str
    begin: int
    end: int
    resumed: bool  # the first mark re-opens the quotation of the paragraph before
    following: str = ""  # the single mark that the next paragraph opens with
    stack: list[tuple[str, str, int, int]] = field(default_factory=list)  # family, mark, its start, its end
    regions: list[Quotation] = field(default_factory=list)
    left_open: str = ""  # the mark that is still open at the end
    is_carried: bool = False  # a single mark was opened that the next paragraph takes up

    def run(self) -> None:
        last_close = max((m.start() for m in STRONG_CLOSE.finditer(self.text, self.begin, self.end)), default=-1)
        for found in MARK.finditer(self.text, self.begin, self.end):
            mark, at, after = found.group(), found.start(), found.end()
            before = self.text[at - 1] if at > self.begin else " "
            following = self.text[after] if after < self.end else " "
            if mark in "'‘’":
                self._single(mark, at, before, following, last_close)
            else:
                self._double(mark, at, after, before, following)
        self._finish()

    def _double(self, mark: str, at: int, after: int, before: str, following: str) -> None:
        depth = next((k for k in range(len(self.stack) - 1, -1, -1) if self.stack[k][0] is DOUBLE), -1)
        starts = (before in BOUNDARY or before in "'‘“\"") and not following.isspace()
        if depth < 0:
            if mark in OPENERS or starts:
                self._open(DOUBLE, mark, at, after)
            return
        opener = self.stack[depth][1]
        if mark in OPENERS and not (mark == "“" and opener == "„"):
            if mark == opener and depth == len(self.stack) - 1:
                self._close(depth, at, at, is_open=True)  # opened twice: the first was never closed
            self._open(DOUBLE, mark, at, after)
        elif mark in ('"', "''") and mark == opener and before in BOUNDARY and before != "-" and starts:
            self._close(depth, at, at, is_open=True)
            self._open(DOUBLE, mark, at, after)
        else:
            self._close(depth, at, after)

    def _single(self, mark: str, at: int, before: str, following: str, last_close: int) -> None:
        is_open = bool(self.stack) and self.stack[-1][0] is SINGLE
        ends_word = not before.isspace() and not following.isalnum()
        if is_open and mark in "'’" and ends_word:
            possessive = before in "sS" and following == " " and (at < last_close or self.is_carried)
            if not possessive:
                self._close(len(self.stack) - 1, at, at + 1)
            return
        starts = (before in BOUNDARY or before in '“"') and following.isalnum()
        if mark in SINGLES and starts and not ELISION.match(self.text, at):
            if last_close > at:
                self._open(SINGLE, mark, at, at + 1)
            elif not self.stack and self._goes_on(mark, at):
                self.is_carried = True
                self._open(SINGLE, mark, at, at + 1)

    def _goes_on(self, mark: str, at: int) -> bool:
        """Whether the single mark at `at` opens speech that only the next paragraph takes up or closes."""
        led = at == self.begin or self.text[max(self.begin, at - 2) : at].rstrip()[-1:] in (":", ",")
        return led and self.following == mark and self.text[self.end - 1] in ".!?…"

    def _open(self, family: str, mark: str, at: int, after: int) -> None:
        if len(self.stack) < MAX_DEPTH:
            self.stack.append((family, mark, at, after))

    def _close(self, depth: int, at: int, after: int, *, is_open: bool = False) -> None:
        """Ends the region opened at `depth`; whatever was opened inside it was no quotation."""
        del self.stack[depth + 1 :]
        _, _, start, inner = self.stack.pop()
        if self.text[inner:at].strip():
            continues = self.resumed and start == self.begin
            span, words = Span(start, after).strip(self.text), Span(inner, at).strip(self.text)
            self.regions.append(Quotation(span, words, len(self.stack), continues, is_open))

    def _finish(self) -> None:
        while self.stack:
            family, mark, _, _ = self.stack[-1]
            if family is SINGLE and not (self.is_carried and len(self.stack) == 1):
                self.stack.pop()
                continue
            if len(self.stack) == 1:
                self.left_open = {"``": "``", "”": "“"}.get(mark, mark)
            self._close(len(self.stack) - 1, self.end, self.end, is_open=True)
