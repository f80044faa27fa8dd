"""Quotations that go on over sentences and paragraphs with the speaker they had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.annotate.cues import cue_named
from onrecord.annotate.rules.according import is_signature
from onrecord.annotate.rules.candidates import Candidate
from onrecord.annotate.rules.confidence import confidence_of
from onrecord.annotate.rules.ends import strip_end
from onrecord.annotate.tokens import Tokens
from onrecord.model import SectionKind, Span

TELLING = frozenset("that clause object prep inf wh paren adjunct".split())
IMPLIED = 0.7  # how far a speaker only implied is trusted, of what the sentence before is
FEWEST_TURNS = 2  # labels in capitals that make a transcript
LONGEST_TURN = 6000  # code points of one turn in a transcript


@dataclass(slots=True)
class Stretch:
    """A sentence, or several that a quotation holds together."""

    span: Span
    paragraph: int
    section: SectionKind
    words: Tokens
    candidates: list[Candidate] = field(default_factory=list)
    is_signed: bool = False  # the line after it names the speaker

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
    turn: Candidate | None = None  # of a transcript, in this paragraph
    for number, stretch in enumerate(stretches):
        for candidate in stretch.candidates:
            candidate.stretch = number
        if turn is not None and before is not None and _take_turn(turn, before, stretch):
            found += stretch.candidates
            before = stretch
            continue
        turn = next((candidate for candidate in stretch.candidates if "turn" in candidate.features), None)
        waiting = _take_up(stretch, waiting)
        if stretch.is_quoted and before is not None and not stretch.candidates and not stretch.is_signed:
            same = stretch.paragraph == before.paragraph
            if speaking is not None and (same or stretch.paragraph == before.paragraph + 1):
                speaking.content += [quotation.span for quotation in stretch.words.quotes.values()]
                before = stretch
                waiting = []
                continue
            told = _teller(before) if same and speaking is None else None
            if told is not None:
                spans = [quotation.span for quotation in stretch.words.quotes.values()]
                speaking = Candidate(told.cue, "quote", told.cue_span, told.source, spans, {"implied"}, direct=True)
                speaking.stretch, speaking.confidence = number, round(told.confidence * IMPLIED, 3)
                found.append(speaking)
                before = stretch
                continue
        found += stretch.candidates
        speaking = _last_speaker(stretch)
        before = stretch
    return found


def drop_datelines(stretches: Sequence[Stretch]) -> None:
    """Keeps labels in capitals only where a report has several: one alone is "NEW DELHI: ...", no turn."""
    if sum("turn" in candidate.features for one in stretches for candidate in one.candidates) < FEWEST_TURNS:
        for one in stretches:
            one.candidates = [candidate for candidate in one.candidates if "turn" not in candidate.features]


def sign(text: str, stretches: Sequence[Stretch]) -> None:
    """Gives quotations that fill a paragraph to whoever signs them on a line of its own: "— Ann Lee, mayor"."""
    for quoted, line in pairwise(stretches):
        at = line.span.start - 2  # the dash was taken for a bullet
        if (
            at < 0
            or text[at] not in "—–-―"
            or line.paragraph != quoted.paragraph + 1
            or not is_signature(line.words, 0)
        ):
            continue
        if quoted.is_quoted and not quoted.candidates:
            content = [quotation.span for quotation in quoted.words.quotes.values()]
            source = line.words.span(0, strip_end(line.words, 0, len(line.words)))
            cue = cue_named(":")
            line.candidates = [Candidate(cue, "label", Span(at, at + 1), [source], content, {"quoted"}, direct=True)]
            line.candidates[0].confidence = confidence_of(line.candidates[0])
            quoted.is_signed = True


def _take_turn(turn: Candidate, before: Stretch, stretch: Stretch) -> bool:
    """Whether the stretch goes on with the paragraph of a transcript's speaker; if so its words are the speaker's."""
    begin = turn.content[0].start
    if stretch.paragraph != before.paragraph or stretch.span.end - begin > LONGEST_TURN:
        return False
    words = stretch.words
    turn.content = [Span(begin, words.ends[strip_end(words, 0, len(words)) - 1])]
    for candidate in stretch.candidates:
        candidate.stretch = turn.stretch
    return True


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


def _teller(stretch: Stretch) -> Candidate | None:
    """Who alone speaks in a sentence without quotation marks, so that a bare quotation right after it is theirs."""
    telling = [c for c in stretch.candidates if c.cue.attitude == "speech" and c.cue.kind == "verb" and c.source]
    if not telling or any(c.source != telling[0].source for c in stretch.candidates):
        return None
    first = telling[0]
    return first if first.frame in TELLING and first.source[0].start < first.cue_span.start else None


def _last_speaker(stretch: Stretch) -> Candidate | None:
    """Whose quotation a bare one after this stretch goes on with."""
    direct = [c for c in stretch.candidates if c.direct]
    if direct:
        return direct[-1]
    return None
