"""Quotations that go on over sentences and paragraphs with the speaker they had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.annotate.candidates import Candidate
from onrecord.annotate.tokens import Tokens
from onrecord.model import SectionKind, Span


@dataclass(slots=True)
class Stretch:
    """A sentence, or several that a quotation holds together."""

    span: Span
    paragraph: int
    section: SectionKind
    words: Tokens
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def is_quoted(self) -> bool:
        """Whether it is quotations and nothing else."""
        return bool(self.words.quotes) and all(tag in "Qq.,-" for tag in self.words.tags)


def continue_quotations(stretches: Sequence[Stretch]) -> list[Candidate]:
    """All candidates of the stretches, with quotations that stand alone given to the speaker who goes on."""
    found: list[Candidate] = []
    speaking: Candidate | None = None
    before: Stretch | None = None
    waiting: list[Span] = []  # quotations left open, whose speaker is still to come
    for number, stretch in enumerate(stretches):
        for candidate in stretch.candidates:
            candidate.stretch = number
        waiting = _take_up(stretch, waiting)
        if stretch.is_quoted and before is not None and not stretch.candidates:
            same = stretch.paragraph == before.paragraph
            if speaking is not None and (same or stretch.paragraph == before.paragraph + 1):
                speaking.content += [quotation.span for quotation in stretch.words.quotes.values()]
                before = stretch
                waiting = []
                continue
        found += stretch.candidates
        speaking = _last_speaker(stretch)
        before = stretch
    return found


def _take_up(stretch: Stretch, waiting: list[Span]) -> list[Span]:
    """Gives open quotations to the speaker of the paragraph that closes them; what still waits is returned."""
    quotations = list(stretch.words.quotes.values())
    if not quotations:
        return []
    if waiting and not quotations[0].continues:
        waiting = []
    if stretch.is_quoted and not stretch.candidates:
        if not quotations[-1].is_open:
            return []
        waiting.append(quotations[-1].span)
        return waiting
    speaker = next((c for c in stretch.candidates if c.direct and quotations[0].span in c.content), None)
    if speaker is not None:
        speaker.content[:0] = waiting
    return []


def _last_speaker(stretch: Stretch) -> Candidate | None:
    """Whose quotation a bare one after this stretch goes on with."""
    direct = [c for c in stretch.candidates if c.direct]
    if direct:
        return direct[-1]
    return None
