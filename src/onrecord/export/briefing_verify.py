"""Reads again what a sentence of a briefing cites, and stops the sentence where a word is not covered by it.

One rule for each kind of part (onrecord.export.clauses): the briefing's own words come from a closed list;
numbers, names, dates and quotations must stand in the stored text of the cited statement. A quotation that
leaves out a hedge of its own sentence is stopped too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from onrecord.errors import BadSpan, UnknownId
from onrecord.export import clauses as kind_of
from onrecord.export.clauses import CONDITIONAL, FORECAST, LESS_SURE, PART_OF, PLANNED, SAME_TEXT, Clause, Part
from onrecord.export.naming import Names, day, described, tidy
from onrecord.export.rereading import Rereading
from onrecord.export.shelf import Shelf
from onrecord.export.telling import (
    doubt_about,
    may_be_told,
    may_be_told_with_care,
    said_words,
    same_letters,
    says_plainly,
)
from onrecord.ledger.store import View
from onrecord.model import Entity, Evidence, Report, Span, Statement
from onrecord.resources import lexicon, settings_file

RELATIVE = frozenset({"who", "which", "that"})
RELATIVE_REACH = 3  # code points between a name and its relative clause
ELLIPSIS = "…"
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*(?=\s|$)")


class Verifier:
    """Checks clauses against what a view holds."""

    def __init__(self, view: View, shelf: Shelf | None = None) -> None:
        """`shelf` holds reports of the view that were read already: they are looked at again, not read again."""
        self._view = view
        self._names = Names(view)
        self._record = Rereading(view, shelf)

    def fault(self, clause: Clause) -> str | None:
        """Why a clause must not be shown, or None where every word of it is covered."""
        try:
            statement = self._view.statement(clause.statement.id)
            report = self._names.report(statement.report_id)
            for evidence in (statement.content, statement.cue, statement.source, statement.condition):
                if evidence:
                    evidence.check(report.text)
        except (UnknownId, BadSpan) as error:
            return str(error)
        return next(self._faults(clause, statement, report), None)

    def _faults(self, clause: Clause, statement: Statement, report: Report) -> Iterator[str]:
        rules: dict[str, Callable[[str], str | None]] = {
            kind_of.PLAIN: lambda text: _fault_of_own_words(text, clause, statement),
            kind_of.WHO: lambda text: self._fault_of_name(text, statement, report),
            kind_of.TELLER: lambda text: self._fault_of_teller(text, statement, report),
            kind_of.CUE: lambda text: _fault_of_quotation(text, statement.cue),
            kind_of.QUOTE: lambda text: _fault_of_quotation(text, statement.content),
            kind_of.WORDS: lambda text: _fault_of_quotation(text, statement.content),
            kind_of.CONDITION: lambda text: _fault_of_quotation(text, statement.condition),
            kind_of.DAY: lambda text: _unless(text in _days(statement, report), f"{text} is no date of it"),
            kind_of.DUE: lambda text: self._fault_of_due(text, statement),
            kind_of.AS_OF: lambda text: self._fault_of_as_of(text, clause),
            kind_of.OUTLET: lambda text: _unless(text == self._names.outlet(report), f"{text!r} did not print it"),
            kind_of.FIGURE: lambda text: self._fault_of_figure(text, statement, report),
            kind_of.OF: lambda text: _fault_of_counted(text, statement, report),
            kind_of.WHERE: lambda text: self._fault_of_place(text, report),
            kind_of.DOUBT: lambda _: None,  # see _faults_of_doubt
            kind_of.LABEL: lambda text: self._record.fault_of_label(text, clause, statement),
            kind_of.COUNT: lambda text: self._record.fault_of_count(text, clause, statement),
            kind_of.COUNTED: lambda text: self._record.fault_of_counted(text, clause, statement),
            kind_of.FIRST: lambda _: self._record.fault_of_first(clause, statement),
            kind_of.WHY: lambda text: self._record.fault_of_why(text, clause, statement),
        }
        for part in clause.parts:
            rule = rules.get(part.kind)
            fault = rule(part.text) if rule else f"a part of an unknown kind {part.kind!r}"
            if fault:
                yield fault
        if not any(part.kind == kind_of.WHO for part in clause.parts) and not self._says_again(clause.like, statement):
            yield "it names no speaker"
        if not may_be_told(statement) and (LESS_SURE not in clause.text or not may_be_told_with_care(statement)):
            yield "it is not sure enough who said what"
        if any(_cuts_a_word(report.text, e) for e in (statement.source, statement.content) if e):
            yield "its words begin or end within a word"
        yield from _faults_of_numbers(clause.parts, statement)
        yield from _faults_of_doubt(clause.parts, statement, report)
        yield from _faults_of_condition(clause.parts, statement)
        told = {part.kind for part in clause.parts}
        if statement.nested_in and kind_of.WHO in told and kind_of.TELLER not in told:
            yield "it does not say who tells this"
        yield from self._faults_of_link(clause, statement, report)
        yield from self._record.faults_of_claim(clause, statement)

    def _faults_of_link(self, clause: Clause, statement: Statement, report: Report) -> Iterator[str]:
        """An answer rests on a link of its own, or of one who says it in the same words; "the same text" on a copy."""
        link = clause.link
        if link and link not in self._view.links(link.source):
            yield "the link it rests on is not on the record"
        elif link and not any(self._says_again(end, statement) for end in (link.source, link.target)):
            yield "the link it rests on is about something else"
        elif SAME_TEXT in clause.text:
            ends = {report.id, self._view.statement(clause.like).report_id} if clause.like else set()
            if not any({copy.source, copy.target} == ends for copy in self._view.copies(report.id)):
                yield "the text is not the same"

    def _says_again(self, one: str | None, other: Statement) -> bool:
        """Whether `one` is of the same speaker and the same words as `other`, or a repetition of it by link."""
        if one is None or one == other.id:
            return one is not None
        statement = self._view.statement(one)
        voices = {same_letters(f"{self._names.speaker(s)}\n{self._names.teller(s)}") for s in (statement, other)}
        if len(voices) > 1:
            return False
        return said_words(statement) == said_words(other) or any(
            link.kind == "repeats" and {link.source, link.target} == {one, other.id} for link in self._view.links(one)
        )

    def _fault_of_name(self, text: str, statement: Statement, report: Report) -> str | None:
        """A speaker is written by the name of the entity, which the source's words must stand for."""
        if statement.source is None:
            return "the report names no source"
        written = tidy(statement.source.quote)
        speakers = self._names.speakers(statement)
        if not speakers or statement.speaker.anonymous:
            before = report.text[: statement.source.spans[0].start].rsplit(None, 1)[-1:]
            if before and before[0].lower() in RELATIVE:
                return f"{written!r} is what somebody does, not who"
        if text == described(statement.source) and (statement.speaker.anonymous or not speakers):
            return None
        if statement.speaker.ambiguous or not speakers:
            return f"{written!r} could be somebody else than {text!r}"
        if text != " and ".join(dict.fromkeys(entity.name for entity in speakers)):
            return f"{text!r} is not who {written!r} stands for"
        missing = next((e for e in speakers if not _is_behind(e, statement.source, report)), None)
        return f"nothing in the report says that {written!r} is {missing.name!r}" if missing else None

    def _fault_of_teller(self, text: str, statement: Statement, report: Report) -> str | None:
        if statement.nested_in is None:
            return f"nobody tells it, not {text!r}"
        return self._fault_of_name(text, self._view.statement(statement.nested_in), report)

    def _fault_of_due(self, text: str, statement: Statement) -> str | None:
        dates = {
            day(time.value.value)
            for time in self._view.times(statement.report_id)
            if time.value and any(piece.contains(time.span) for piece in statement.content.spans)
        }
        return _unless(text in dates, f"{text} is no date that it names")

    def _fault_of_as_of(self, text: str, clause: Clause) -> str | None:
        right = clause.figure is not None and text == day(clause.figure.as_of)
        return _unless(right, f"{text} is not the date of the figure")

    def _fault_of_figure(self, text: str, statement: Statement, report: Report) -> str | None:
        """A figure stands in the content as it is printed, and takes every hedge beside it along."""
        for piece in statement.content.spans:
            content = piece.of(report.text)
            at = content.find(text)
            if at >= 0 and not _cuts_a_number(content, at, at + len(text)):
                before, after = content[:at].rstrip(), content[at + len(text) :].lstrip()
                hedge = next((h for h in _hedges("numbers") if _ends_with(before, h) or _begins_with(after, h)), None)
                return _unless(hedge is None, f"{text!r} leaves out {hedge!r}")
        return f"{text!r} is not what it says"

    def _fault_of_place(self, text: str, report: Report) -> str | None:
        places = {entity.name: entity for entity in report.entities}
        entity = places.get(text)
        if entity and any(alias in report.text for alias in (entity.name, *entity.aliases)):
            return None
        return f"the report does not name {text!r}"


def _unless(holds: bool, fault: str) -> str | None:
    return None if holds else fault


def _fault_of_own_words(text: str, clause: Clause, statement: Statement) -> str | None:
    """The briefing's own words are on its list; a verb fits the statement, an answer fits its link."""
    if _NUMBER.search(text):
        return f"{text!r} has a number of its own"
    settings = settings_file("briefing.toml")
    said, answered = settings["said"], settings["answered"]
    if FORECAST in text and not (clause.figure and clause.figure.forecast):
        return "the figure is no forecast"
    if PLANNED in text and not (clause.figure and clause.figure.planned):
        return "the figure is not planned"
    rest = text.replace(FORECAST, " ")
    rest = rest.replace(answered[clause.link.kind], " ") if clause.link and clause.link.kind in answered else rest
    rest = re.sub(r"^ \(said (?=on |in )", " ", rest)  # in front of a date
    rest = rest.replace("said by ", " ") if clause.claim else rest
    rest = rest.replace(PART_OF, " ") if clause.link and clause.link.kind == "part_of" else rest
    rest = re.sub(r"^but ", " ", rest) if clause.link and clause.link.kind == "denies" else rest
    rest = rest.replace(said.get(statement.commitment.stance, said["asserts"]), " ")
    if says_plainly(statement):
        rest = rest.replace(said["asserts"], " ")
    unknown = next((word for word in _WORD.findall(rest.lower()) if word not in settings["words"]["own"]), None)
    return _unless(unknown is None, f"{unknown!r} is covered by nothing")


def _fault_of_quotation(text: str, evidence: Evidence | None) -> str | None:
    """Every piece stands in the evidence, in order and to the letter, and leaves no hedge of its sentence behind."""
    if evidence is None:
        return f"{text!r} rests on nothing"
    whole, at = tidy(evidence.quote), 0
    told: list[Span] = []
    for piece in text.split(ELLIPSIS):
        words = tidy(piece)
        found = whole.find(words, at)
        if found < 0 or _cuts_a_number(whole, found, found + len(words)):
            return f"{words[:60]!r} is not what it says"
        at = found + len(words)
        told.append(Span(found, at))
    for span in told:
        start, end = _sentence_start(whole, span.start), span.end + len(_until_sentence_end(whole, span.end))
        hedge = _hedge_in(" | ".join(_between(whole, Span(start, end), told)))
        if hedge:
            return f"{span.of(whole)[:60]!r} leaves out {hedge!r}"
    return None


def _between(text: str, around: Span, told: list[Span]) -> Iterator[str]:
    """What of `around` none of the spans covers; they are in order."""
    at = around.start
    for span in told:
        if span.end > around.start and span.start < around.end:
            yield text[at : max(at, span.start)]
            at = max(at, span.end)
    yield text[at : max(at, around.end)]


def _fault_of_counted(text: str, statement: Statement, report: Report) -> str | None:
    """What is counted is named in the report in these words, number and case apart."""
    have = {_stem(word) for word in _WORD.findall(report.text.lower())} if report.id == statement.report_id else set()
    missing = next((word for word in _WORD.findall(text.lower()) if _stem(word) not in have), None)
    return _unless(missing is None, f"the report does not say {missing!r}")


def _faults_of_numbers(parts: tuple[Part, ...], statement: Statement) -> Iterator[str]:
    """Whatever a part is called: a number is one of the content's, or belongs to a date, a name or an outlet."""
    bound = {kind_of.PLAIN, kind_of.QUOTE, kind_of.WORDS, kind_of.CONDITION, kind_of.FIGURE}
    words = statement.content.quote + " " + (statement.condition.quote if statement.condition else "")
    have = set(_NUMBER.findall(words))
    for part in parts:
        if part.kind in bound:
            for number in _NUMBER.findall(part.text):
                if number not in have:
                    yield f"the number {number} is not in what it cites"


def _faults_of_doubt(parts: tuple[Part, ...], statement: Statement, report: Report) -> Iterator[str]:
    """What a report gives as a possibility, a fear or a rumour is not told as what somebody said."""
    doubt = doubt_about(statement, report)
    told = {part.text for part in parts if part.kind == kind_of.DOUBT}
    if doubt not in told and doubt and any(p.kind in {kind_of.QUOTE, kind_of.WORDS, kind_of.FIGURE} for p in parts):
        yield f"it leaves out the {doubt!r} in front of the words"
    if told - {doubt}:
        yield f"no {min(told - {doubt})!r} stands in front of the words"


def _faults_of_condition(parts: tuple[Part, ...], statement: Statement) -> Iterator[str]:
    """What is said on a condition is not told without it."""
    told = [part for part in parts if part.kind in {kind_of.QUOTE, kind_of.WORDS, kind_of.FIGURE, kind_of.CONDITION}]
    if statement.condition and told:
        condition = tidy(statement.condition.quote)
        alone = all(part.kind == kind_of.FIGURE for part in told)
        marked = alone and any(part.kind == kind_of.PLAIN and CONDITIONAL in part.text for part in parts)
        if not marked and not any(condition in tidy(part.text) for part in told):
            yield f"it leaves out the condition {condition[:60]!r}"


def _days(statement: Statement, report: Report) -> frozenset[str]:
    return frozenset({day(statement.said_at), day(report.published)})


def _is_behind(entity: Entity, source: Evidence, report: Report) -> bool:
    """Whether the source's words are a name of the entity, or point at it in a report that names it."""
    names = {name.casefold() for name in (entity.name, *entity.aliases)}
    written = tidy(source.quote).casefold()
    if any(_holds_name(written, name) for name in names):
        return True
    if written in RELATIVE and any(
        _stands_before(m.span, source.spans[0]) for m in report.mentions if m.entity == entity.id
    ):
        return True
    pointers = [m for m in report.mentions if m.entity == entity.id and any(map(m.span.overlaps, source.spans))]
    if any(m.metonym for m in pointers):
        return True
    return bool(pointers) and any(_holds_name(report.text.casefold(), name) for name in names)


def _stands_before(name: Span, pointer: Span) -> bool:
    """Whether a name ends where its relative clause begins: "Brennvik Terminals, which"."""
    return 0 < pointer.start - name.end <= RELATIVE_REACH


def _holds_name(text: str, name: str) -> bool:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (text[at - 1 : at].isalnum() if at else False) and not text[end : end + 1].isalnum():
            return True
        at = text.find(name, at + 1)
    return False


@cache
def _hedges(kind: str) -> tuple[str, ...]:
    """Hedges, longest first, so that the whole of one is named; those of numbers also as figures are read with."""
    found = set(settings_file("briefing.toml")["hedges"][kind])
    if kind == "numbers":
        found |= {row["words"] for row in lexicon("hedges.tsv") if row["sense"] != "exact"}
    return tuple(sorted(found, key=lambda words: (-len(words), words)))


@cache
def _hedge_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, _hedges("words"))) + r")(?!\w)", re.IGNORECASE)


def _hedge_in(text: str) -> str | None:
    found = _hedge_pattern().search(text)
    return found.group().lower() if found else None


def _ends_with(text: str, words: str) -> bool:
    return re.search(r"(?<!\w)" + re.escape(words) + r"$", text[-40:], re.IGNORECASE) is not None


def _begins_with(text: str, words: str) -> bool:
    """Hedges that follow a number stand behind what it counts: 40 or so, 40 houses or more."""
    if not words.startswith("or "):
        return False
    return re.match(r"(?:\W*\w+){0,4}\W+" + re.escape(words) + r"(?!\w)|" + re.escape(words), text[:80]) is not None


def _cuts_a_number(text: str, start: int, end: int) -> bool:
    """Whether a cut falls inside a word or a number: 40 of 400, 57 of 1,057."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if start < end and text[start].isalnum() and (before[-1:].isalnum() or (text[start].isdigit() and _joins(before))):
        return True
    return (
        end > start
        and text[end - 1].isalnum()
        and (after[:1].isalnum() or (text[end - 1].isdigit() and _joins(after[::-1])))
    )


def _cuts_a_word(text: str, evidence: Evidence) -> bool:
    """Whether a piece begins or ends inside a word: a 52 | -count complaint."""
    return any(
        re.match(r"\w[-‐]?\w", text[span.end - 1 : span.end + 2]) is not None
        or re.search(r"\w[-‐]?\w$", text[max(0, span.start - 2) : span.start + 1]) is not None
        for span in evidence.spans
        if span
    )


def _joins(pair: str) -> bool:
    """A separator with a digit at its far side, seen from the number: "1," before 057."""
    return len(pair) == 2 and pair[1] in ".,:" and pair[0].isdigit()


def _sentence_start(text: str, at: int) -> int:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, at)]
    return ends[-1] if ends and ends[-1] <= at else 0


def _until_sentence_end(text: str, at: int) -> str:
    if at and _SENTENCE_END.match(text, at - 1):
        return ""
    found = _SENTENCE_END.search(text, at)
    return text[at : found.end()] if found else text[at:]


def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
