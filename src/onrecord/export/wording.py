"""Statements as clauses: templates around the words of the reports, nothing said anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from onrecord.export.clauses import (
    AS_OF,
    CELL,
    CONDITION,
    CONDITIONAL,
    COUNT,
    COUNTED,
    CUE,
    DAY,
    DOUBT,
    DUE,
    FIGURE,
    FIRST,
    FORECAST,
    LABEL,
    LESS_SURE,
    OF,
    OUTLET,
    PART_OF,
    PLAIN,
    PLANNED,
    QUOTE,
    SAME_TEXT,
    TELLER,
    WHERE,
    WHO,
    WHY,
    WORDS,
    Clause,
    Part,
)
from onrecord.export.naming import Names, day, tidy
from onrecord.export.telling import doubt_about, may_be_told, points_back, says_plainly
from onrecord.link.claims import JOINING
from onrecord.model import Claim, Figure, Link, Statement
from onrecord.resources import settings_file

_END = re.compile(r"[.!?]['\"”’)]*(?=\s|$)")
_LONGEST = 700  # code points of a sentence that is shown whole, however long quotations may be
_OPEN = {"“": "”", "„": "”", '"': '"', "''": "''", "``": "''", "‘": "’", "'": "'", "«": "»"}  # what closes them
_JOINED = re.compile(r"[,;\s]*(?:and|but|while|whereas)\s")
_TAIL = ",;: "
_PERFECT = re.compile(r"^(?:has|have|had) ")
LEAST_INDEPENDENT = 2
ASIDE = "on the same matter, "
_THAT = re.compile(r"that\s+|to\s+say\s+(?=wh|how|if\b|that\b)", re.IGNORECASE)


class Wording:
    """Makes clauses of statements, with the names that a view has for people and outlets."""

    def __init__(self, names: Names) -> None:
        self.names = names
        settings = settings_file("briefing.toml")
        self._said: dict[str, str] = settings["said"]
        self._answered: dict[str, str] = settings["answered"]
        self._quote: int = settings["limits"]["quote"]
        self.status: dict[str, str] = settings["status"]
        self.why: dict[str, str] = settings["why"]
        self.opening: dict[str, str] = settings["opening"]
        self.taken_back: dict[str, str] = settings["taken_back"]

    def lead(
        self, statement: Statement, *, due: str | None = None, is_past: bool = False, aside: bool = False
    ) -> Clause:
        """Who said, when: the words. `aside`: below another matter that this one belongs to."""
        parts = [*([Part(PLAIN, ASIDE)] if aside else []), *self._who(statement), *self._verb(statement)]
        parts += self._said_words(statement)
        if due:
            parts += [Part(PLAIN, ", was due " if is_past else ", due "), Part(DUE, day(due))]
        return Clause(tuple(parts), statement)

    def labelled(self, label: str, clause: Clause, **more: Any) -> Clause:
        """A clause under a label: how the record has it."""
        return replace(clause, parts=(Part(LABEL, label), Part(PLAIN, ": "), *clause.parts), **more)

    def stands(self, claim: Claim, statement: Statement) -> Clause:
        """How a claim stands, and the words of one of those who say so."""
        count = Part(COUNT, counted(claim.independent_origins))
        parts = [Part(LABEL, self.status[claim.status]), Part(PLAIN, ", "), count, Part(PLAIN, ": ")]
        parts += [*self._words(statement), Part(PLAIN, ", in the words of "), *self._who(statement)]
        return Clause((*parts, *self._remark(statement)), statement, claim=claim)

    def sides(self, statement: Statement, claim: Claim, link: Link | None, *, is_first: bool, is_told: bool) -> Clause:
        """Who says so, when, and in which words. `is_told`: the words stand above."""
        who, verb = self._who(statement), self._own_verb(statement) if points_back(statement) else ""
        before = [Part(PLAIN, (self._answered[link.kind] if link and link.kind in JOINING else "said by") + " ")]
        if verb:
            before = [Part(CUE, verb), Part(PLAIN, " by ")]
        elif is_first:
            before = [Part(FIRST, "first"), Part(PLAIN, " said by ")]
        parts = [*before, *who, *self._when(statement)]
        if not is_told and not points_back(statement):
            parts += [Part(PLAIN, ": "), *self._words(statement)]
        return Clause(tuple(parts), statement, link=None if verb else link, claim=claim)

    def counts(self, statement: Statement, claim: Claim, *, first: bool) -> Clause:
        """A source behind a claim that is independent of the others."""
        before = Part(COUNTED, "independent of each other: " if first else "")
        return Clause((before, *self._who(statement), *self._remark(statement)), statement, claim=claim)

    def counts_not(self, statement: Statement, claim: Claim, rule: str, *, first: bool) -> Clause:
        """A source behind a claim that is not counted, and why."""
        parts = [Part(PLAIN, "not counted: ")] if first else []
        care = _care(statement)
        parts += [*self._who(statement), Part(PLAIN, f" ({care}; " if care else " (")]
        return Clause((*parts, Part(WHY, self.why[rule]), Part(PLAIN, ")")), statement, claim=claim)

    def closing(self, statement: Statement, opened: str) -> Clause:
        """What closed a matter that was open."""
        parts = [Part(LABEL, self.opening["closed"]), Part(PLAIN, " by "), *self._who(statement)]
        parts += [*self._when(statement), Part(PLAIN, ": "), *self._words(statement)]
        return Clause(tuple(parts), statement, closes=opened)

    def still(self, statement: Statement, corrected: str) -> Clause:
        """A report that still has what was taken back."""
        report = self.names.facts(statement.report_id)
        parts = [Part(LABEL, self.taken_back["stale"]), Part(PLAIN, " in "), Part(OUTLET, self.names.outlet(report))]
        parts += [Part(PLAIN, ", "), Part(DAY, day(report.published)), Part(PLAIN, ": ")]
        parts += [*self._who(statement), *self._verb(statement), *self._said_words(statement)]
        return Clause(tuple(parts), statement, like=corrected)

    def to_come(self, statement: Statement, figure: Figure, *, is_past: bool) -> Clause:
        """A number that is to be reached by a day."""
        parts = [Part(LABEL, self.opening["figure"]), Part(PLAIN, ": "), Part(FIGURE, tidy(figure.text))]
        parts += [Part(PLAIN, " "), Part(OF, figure.of or "")] if figure.of else []
        parts += [*_conditional(statement, figure), *self._doubt(statement)]
        parts += [Part(PLAIN, ", "), *self._who(statement), *self._when(statement)]
        parts += [Part(PLAIN, ", was due " if is_past else ", due "), Part(AS_OF, day(figure.as_of))]
        return Clause(tuple(parts), statement, figure=figure)

    def _remark(self, statement: Statement) -> list[Part]:
        return [Part(PLAIN, f" ({care})")] if (care := _care(statement)) else []

    def answer(self, statement: Statement, link: Link) -> Clause:
        """How a statement stands to the one above it: confirmed by whom, when: the words."""
        who, before = self._who(statement), self._answered[link.kind]
        if link.kind in {"updates", "part_of"}:
            parts = [Part(PLAIN, before + ", "), *who, *self._verb(statement), *self._said_words(statement)]
        elif points_back(statement):
            parts = [Part(PLAIN, before + " "), *who, *self._when(statement)]
        elif link.kind == "denies" and self._is_inline(statement):
            parts = [Part(PLAIN, "but "), *who, *self._verb(statement), *self._said_words(statement)]
        else:
            parts = [Part(PLAIN, before + " "), *who, *self._when(statement), Part(PLAIN, ": ")]
            parts += self._words(statement)
        return Clause(tuple(parts), statement, link)

    def again(self, statement: Statement, first: Statement, *, is_copy: bool) -> Clause:
        """In which other report the same source says the same."""
        report = self.names.facts(statement.report_id)
        parts = [Part(PLAIN, "also in "), Part(OUTLET, self.names.outlet(report))]
        parts += [Part(PLAIN, ", "), Part(DAY, day(report.published))]
        remarks = "; ".join(filter(None, (SAME_TEXT if is_copy else "", _care(statement))))
        parts += [Part(PLAIN, f" ({remarks})")] if remarks else []
        return Clause(tuple(parts), statement, like=first.id)

    def row(self, statement: Statement, figure: Figure, part: Link | None = None) -> Clause:
        """A row of the table: said when, whose, the figure, of what and where, as of when. `part`: of the row above."""
        parts = [Part(DAY, self._day(statement)), CELL, *self._who(statement), CELL, Part(FIGURE, tidy(figure.text))]
        if figure.forecast or figure.planned:
            parts.append(Part(PLAIN, f", {PLANNED if figure.planned else FORECAST}"))
        parts += [*_conditional(statement, figure), *self._doubt(statement)]
        parts += [CELL, Part(OF, figure.of or "")]
        if figure.of and figure.amount.per:
            parts += [Part(PLAIN, " a "), Part(OF, figure.amount.per)]
        place = self.names.entity_name(figure.where)
        if place:
            parts += [*([Part(PLAIN, ", ")] if figure.of else []), Part(WHERE, place)]
        parts += [Part(PLAIN, f": {PART_OF}")] if part else []
        parts += [CELL, *([Part(AS_OF, day(figure.as_of))] if figure.as_of else [])]
        return Clause(tuple(parts), statement, part, figure=figure)

    def moved(self, statement: Statement, figure: Figure, *, first: bool, is_old: bool) -> Clause:
        """One station of a figure that moves."""
        parts = [Part(OF, figure.of or ""), Part(PLAIN, ": ")] if first and figure.of else []
        parts += [Part(FIGURE, tidy(figure.text)), *_conditional(statement, figure), *self._doubt(statement)]
        parts += [Part(PLAIN, ", "), *self._who(statement)]
        parts += [Part(PLAIN, ", "), Part(DAY, self._day(statement))]
        if is_old:
            parts.append(Part(PLAIN, " (in an earlier version of the report)"))
        return Clause(tuple(parts), statement, figure=figure)

    def _verb(self, statement: Statement) -> list[Part]:
        """The report's own verb where it is one word in the past tense; else "said" or the verb of the stance."""
        cue = self._own_verb(statement)
        if cue:
            return [Part(PLAIN, " "), Part(CUE, cue)]
        if statement.commitment.stance == "undisclosed" and statement.content.quote.startswith("to "):
            return [Part(PLAIN, " declined")]
        stance = "asserts" if says_plainly(statement) else statement.commitment.stance
        return [Part(PLAIN, " " + self._said.get(stance, self._said["asserts"]))]

    def _own_verb(self, statement: Statement) -> str:
        cue = _PERFECT.sub("", tidy(statement.cue.quote)) if statement.cue else ""
        return cue if cue.isalpha() and cue.islower() and cue.endswith("ed") else ""

    def _who(self, statement: Statement) -> list[Part]:
        parts = [Part(WHO, self.names.speaker(statement))]
        if statement.nested_in:
            teller = self.names.statement(statement.nested_in)
            parts += [Part(PLAIN, " (as told by "), Part(TELLER, self.names.speaker(teller)), Part(PLAIN, ")")]
        return parts

    def _day(self, statement: Statement) -> str:
        return day(statement.said_at or self.names.facts(statement.report_id).published)

    def _when(self, statement: Statement, *, after: bool = False) -> Iterator[Part]:
        """On which day it was said, else reported, and whether that is less sure. `after`: behind the words."""
        published, care = self.names.facts(statement.report_id).published, _care(statement)
        if statement.said_at:
            on = "on " if len(statement.said_at) >= len("2025-03-04") else "in "
            yield Part(PLAIN, f" (said {on}" if after else f" {on}")
            yield Part(DAY, day(statement.said_at))
            if after or care:
                yield Part(PLAIN, f"{'; ' if after and care else ' (' if care else ''}{care})")
        elif published:
            yield Part(PLAIN, " (reported ")
            yield Part(DAY, day(published))
            yield Part(PLAIN, f"; {care})" if care else ")")
        elif care:
            yield Part(PLAIN, f" ({care})")

    def _is_inline(self, statement: Statement) -> bool:
        """Whether the words go on from the verb: denied that, promised to, declined to say."""
        if statement.form == "direct":
            return False
        if statement.commitment.stance == "denies":
            return True
        plain = says_plainly(statement) or statement.commitment.stance == "asserts"
        goes_on = statement.rule.startswith("object:") or tidy(statement.content.quote)[:1].islower()
        return goes_on and (self._own_verb(statement) != "" or not plain)

    def _said_words(self, statement: Statement) -> list[Part]:
        """When, and the words: what follows a colon is the report's wording, or they go on from the verb."""
        if not self._is_inline(statement):
            return [*self._when(statement), Part(PLAIN, ": "), *self._words(statement)]
        return [Part(PLAIN, " "), *self._words(statement, whole=True), *self._when(statement, after=True)]

    def _words(self, statement: Statement, *, whole: bool = False) -> list[Part]:
        """The content, and the "if" or the doubt that it was said under, where it is not in it."""
        words = self._content(statement, whole=whole)
        return [words, *_condition(statement, words.text), *self._doubt(statement)]

    def _doubt(self, statement: Statement) -> list[Part]:
        """The word in front of the content that takes it back: they spoke of fears that."""
        doubt = doubt_about(statement, self.names.report(statement.report_id))
        return [Part(PLAIN, " (the report says “"), Part(DOUBT, doubt), Part(PLAIN, "”)")] if doubt else []

    def _indirect(self, statement: Statement) -> str:
        """The content, without a clause of the report's own that only goes on after who says so: "…, and rain fell"."""
        pieces = statement.content.spans
        if len(pieces) > 1 and statement.cue and any(span.start > pieces[0].end for span in statement.cue.spans):
            text = self.names.report(statement.report_id).text
            if _JOINED.match(text, pieces[1].start) or _JOINED.match(text, max(0, pieces[1].start - len(", "))):
                return pieces[0].of(text)
        return statement.content.quote

    def _content(self, statement: Statement, *, whole: bool) -> Part:
        """A speaker's own words as a quotation, the report's as they stand, or without a leading "that"."""
        if statement.form != "direct":
            words = tidy(self._indirect(statement)).rstrip(_TAIL)
            start = 0 if whole else _start(words)
            return Part(WORDS, shortened(words[start:], self._quote))
        report = self.names.report(statement.report_id)
        pieces = [unquoted(span.of(report.text)) for span in statement.content.spans]
        return Part(QUOTE, shortened(" … ".join(piece for piece in pieces if piece), self._quote))


def counted(origins: int) -> str:
    """A number of independent origins in words."""
    words: list[str] = settings_file("briefing.toml")["numbers"]["words"]
    number = words[origins] if origins < len(words) else f"{origins:,}"
    known = " as far as is known" if origins < LEAST_INDEPENDENT else ""
    return f"{number} independent origin{'' if origins == 1 else 's'}{known}"


def _start(words: str) -> int:
    """Where the words begin once a leading "that", or "to say" before a question, is left out."""
    found = _THAT.match(words)
    return found.end() if found else 0


def _care(statement: Statement) -> str:
    return "" if may_be_told(statement) else LESS_SURE


def _condition(statement: Statement, told: str) -> list[Part]:
    """The "if" of a statement, where what is told does not hold it."""
    condition = tidy(statement.condition.quote) if statement.condition else ""
    if condition in told:
        return []
    return [Part(PLAIN, " (condition: "), Part(CONDITION, condition), Part(PLAIN, ")")]


def _conditional(statement: Statement, figure: Figure) -> list[Part]:
    """That a figure is given on a condition; the note has its words."""
    told = statement.condition is None or tidy(statement.condition.quote) in figure.text
    return [] if told else [Part(PLAIN, f", {CONDITIONAL}")]


def unquoted(piece: str) -> str:
    """A piece of direct speech without its outer marks and the comma before the cue; inner marks stay.

    >>> unquoted("“He said ‘no,’” ")
    'He said ‘no,’'
    """
    words = tidy(piece)
    opening = next((mark for mark in _OPEN if words.startswith(mark)), "")
    words = words.removeprefix(opening)
    for closing in (_OPEN[opening],) if opening else ("”", '"'):
        words = words.removesuffix(closing)
    return words.rstrip(_TAIL)


def shortened(words: str, most: int) -> str:
    """`words`, or their first sentences in about `most` code points; a sentence is cut only where it is very long."""
    if len(words) <= most:
        return words
    ends = [match.end() for match in _END.finditer(words)]
    fitting = [end for end in ends if end <= most]
    end = fitting[-1] if fitting else (ends[0] if ends else len(words))
    if end > _LONGEST:
        end = words.rfind(" ", 0, _LONGEST)
    return words if end >= len(words) else words[:end].rstrip(" …") + " …"
