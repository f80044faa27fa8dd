"""The margin of a report: for each statement who, how sure, said when, with which figures, and what answers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.errors import UnknownId
from onrecord.export.changed import Corrections
from onrecord.export.naming import Names, day, tidy
from onrecord.export.passages import paragraphs_of
from onrecord.export.sheet import PASSIVE, SURE
from onrecord.export.shelf import Shelf
from onrecord.export.voices import Voice, is_unresolved, voice_key
from onrecord.model import Figure, Link, Report, Selection, Statement, hull
from onrecord.resources import settings_file

UNSURE = frozenset(("PR+", "PR-", "PS+", "PS-", "U"))
LONGEST = 160  # code points of the words of another statement


@dataclass(frozen=True, slots=True)
class Ref:
    """Another statement, as a line that opens its words."""

    statement: str
    report: str
    number: int | None  # in the margin, where it stands in the same report
    who: str
    words: str
    outlet: str  # empty in the same report
    where: str  # outlet and day; empty in the same report


@dataclass(frozen=True, slots=True)
class Answer:
    """A link, told from this statement's side, with its reasons."""

    kind: str  # of the record
    words: str  # "confirms", "is confirmed by"
    other: Ref
    reasons: tuple[str, ...]
    confidence: float

    @property
    def gist(self) -> str:
        """In a few words: "again in the Herald", "is denied by the operator"."""
        if self.kind != "repeats":
            return f"{self.words} {self.other.who}"
        return f"again in {self.other.outlet}" if self.other.outlet else f"again at {self.other.number}"


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a statement in words."""

    id: str
    printed: str
    of: str | None
    marks: tuple[str, ...]  # "at least", "forecast", "a part of a whole", …
    where: str | None
    as_of: str | None
    whose: str | None
    series: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """That a statement was put right or withdrawn later, and the words that say so."""

    flag: str
    report: str
    words: str
    start: int  # code points, in that report
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """What the margin says of a statement. Dates are ISO 8601; confidences 0..1."""

    id: str
    number: int  # from 1, in the order of the text
    letter: str  # of its voice
    voice: str  # key of its voice
    who: str
    written: str | None  # as the text has it, where that is not the name
    entities: tuple[str, ...]
    how: str | None  # how it was found out who that is
    open_who: str | None  # why nobody is named
    role: str | None
    stance: str
    kind: str  # of line
    attitude: str
    form: str
    certainty: str | None
    sure: str  # in words
    probability: tuple[float, float] | None
    condition: str | None
    content: str
    spans: tuple[tuple[int, int], ...]  # code points, the pieces
    paragraph: int
    said_at: str | None
    venue: str | None
    addressee: str | None
    confidence: float
    plain: bool
    flags: tuple[tuple[str, str], ...]  # with their words
    inside: Ref | None
    points_to: Ref | None
    carries_on: Ref | None
    figures: tuple[Number, ...]
    answers: tuple[Answer, ...]
    taken_back: tuple[Taken, ...]
    claim: str | None
    origin: str | None
    review: str


def kind_of(statement: Statement) -> str:
    """Which kind of line marks a statement: says, confirms, denies, hedges, asks.

    A condition and a doubt are seen before anything else but a no.
    """
    sure = statement.commitment
    kind = str(settings_file("reader_words.toml")["stances"].get(sure.stance, "says"))
    if kind in ("denies", "asks"):
        return kind
    if statement.condition:
        return "asks"
    return "hedges" if sure.certainty in UNSURE else kind


def flag_words(flags: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Flags with what they mean; one that nobody has put into words stands for itself."""
    words = settings_file("reader_words.toml")["flags"]
    return tuple((flag, str(words.get(flag, flag.replace("-", " ")))) for flag in flags)


class Margin:
    """Writes the notes of one report."""

    def __init__(self, shelf: Shelf, names: Names, report: Report, statements: Sequence[Statement]) -> None:
        self._shelf, self._names, self._report = shelf, names, report
        self._numbers = {statement.id: number for number, statement in enumerate(statements, 1)}
        self._known = {statement.id: statement for statement in statements}
        self._figures = {figure.id: figure for figure in report.figures}
        self._corrections = Corrections(shelf)

    def notes(self, statements: Sequence[Statement], voices: Mapping[str, Voice]) -> tuple[Note, ...]:
        """The notes of these statements, in their order."""
        links = {statement.id: self._shelf.view.links(statement.id) for statement in statements}
        far = {end for found in links.values() for link in found for end in (link.source, link.target)}
        self._fetch(far - self._known.keys())
        return tuple(
            self._note(statement, voices[voice_key(statement)], links[statement.id]) for statement in statements
        )

    def _fetch(self, identities: Iterable[str]) -> None:
        """Reads the other ends of links at once, and of their reports no more than outlet and day."""
        found = [statement for statement, _ in self._shelf.view.statements_of(sorted(identities))]
        self._known |= {statement.id: statement for statement in found}
        reports = sorted({statement.report_id for statement in found})
        self._names.prime([self._shelf.facts(identity) for identity in reports], found)

    def _note(self, statement: Statement, voice: Voice, links: Sequence[Link]) -> Note:
        taken = self._corrections.of(statement)
        flags = sorted({*statement.flags, *(one.flag for one in taken)})
        speaker, sure = statement.speaker, statement.commitment
        open_who = _why_nobody(statement)
        written = tidy(statement.source.quote).rstrip(",;:") if statement.source else None
        who = voice.name if open_who is None else written or voice.name
        span = hull(statement.content.spans)
        return Note(
            id=statement.id,
            number=self._numbers[statement.id],
            letter=voice.letter,
            voice=voice.key,
            who=who,
            written=written if written != who else None,
            entities=voice.entities,
            how=None if open_who else settings_file("reader_words.toml")["methods"].get(speaker.method),
            open_who=open_who,
            role=", ".join(filter(None, (speaker.role, speaker.affiliation))) or None,
            stance=sure.stance,
            kind=kind_of(statement),
            attitude=sure.attitude,
            form=statement.form,
            certainty=sure.certainty,
            sure=SURE.get(sure.certainty or "", "how sure is not judged"),
            probability=sure.probability,
            condition=tidy(statement.condition.quote) if statement.condition else None,
            content=statement.content.quote,
            spans=_pairs(statement.content.spans),
            paragraph=paragraphs_of(self._report.text).number(span.start),
            said_at=statement.said_at,
            venue=statement.venue,
            addressee=statement.addressee,
            confidence=statement.confidence,
            plain=statement.plain and not taken,
            flags=flag_words(flags),
            inside=self._ref(statement.nested_in),
            points_to=self._ref(statement.refers_to),
            carries_on=self._ref(statement.continues),
            figures=tuple(self._number(self._figures[i]) for i in statement.figures if i in self._figures),
            answers=tuple(self._answers(statement, links)),
            taken_back=tuple(self._taken(one.flag, one.report, one.span.start, one.span.end) for one in taken),
            claim=statement.claim,
            origin=statement.origin,
            review=statement.review,
        )

    def _ref(self, identity: str | None) -> Ref | None:
        if identity is None:
            return None
        try:
            other = self._known.get(identity) or self._names.statement(identity)
        except UnknownId:
            return None
        near = other.report_id == self._report.id
        facts = None if near else self._names.facts(other.report_id)
        outlet = self._name(facts) if facts else ""
        return Ref(
            identity,
            other.report_id,
            self._numbers.get(identity),
            self._names.speaker(other),
            shorten(tidy(other.content.quote)),
            outlet,
            f"{outlet}, {day(facts.published)}" if facts and facts.uri != self._report.uri else outlet,
        )

    def _name(self, other: Report) -> str:
        """Another report in a few words; a version of this article as one."""
        if other.uri and other.uri == self._report.uri:
            return f"the version of {day(other.published)}"
        return other.outlet or shorten(other.title or "another report", 60)

    def _answers(self, statement: Statement, links: Sequence[Link]) -> Iterable[Answer]:
        for link in links:
            is_from = link.source == statement.id
            other = self._ref(link.target if is_from else link.source)
            if other:
                words = link.kind.replace("part_of", "is a part of") if is_from else PASSIVE.get(link.kind, link.kind)
                reasons = tuple(dict.fromkeys(reason.words or reason.rule for reason in link.reasons))
                yield Answer(link.kind, words, other, reasons, link.confidence)

    def _number(self, figure: Figure) -> Number:
        return Number(
            figure.id,
            tidy(figure.text),
            figure.of if figure.of and tidy(figure.of) not in tidy(figure.text) else None,
            tuple(words for words in _marks(figure) if words not in figure.text.lower()),
            self._names.entity_name(figure.where),
            figure.as_of,
            self._names.entity_name(figure.whose),
            figure.series,
        )

    def _taken(self, flag: str, report: str, start: int, end: int) -> Taken:
        text = self._shelf.entry(report).report.text
        return Taken(flag, report, shorten(tidy(text[start:end])), start, end)


def shorten(words: str, most: int = LONGEST) -> str:
    """The beginning of some words, cut behind a word, with an ellipsis where there is more."""
    return words if len(words) <= most else (words[:most].rpartition(" ")[0] or words[:most]) + " …"


def _why_nobody(statement: Statement) -> str | None:
    """Why no speaker is given; None where one is."""
    if statement.speaker.ambiguous:
        return "speaker not resolved: could be two"
    if not is_unresolved(statement):
        return None
    return "speaker not resolved" if statement.source else "the text names no source"


def _marks(figure: Figure) -> Iterable[str]:
    amount = figure.amount
    if amount.high is None and amount.low is not None:
        yield "at least"
    if amount.low is None and amount.high is not None:
        yield "at most"
    if amount.approximate:
        yield "about"
    if amount.direction:
        yield f"a change {amount.direction}"
    tests = (("in addition", figure.increment), ("forecast", figure.forecast), ("planned", figure.planned))
    yield from (words for words, holds in (*tests, ("a part of a whole", figure.part_of is not None)) if holds)


def _pairs(spans: Selection) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in spans)
