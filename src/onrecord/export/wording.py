"""Statements as clauses: templates around the words of the reports, nothing said anew."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.export.clauses import (
    AS_OF,
    CELL,
    CONDITION,
    CUE,
    DAY,
    DUE,
    FIGURE,
    FORECAST,
    LESS_SURE,
    OF,
    OUTLET,
    PLAIN,
    QUOTE,
    SAME_TEXT,
    TELLER,
    WHERE,
    WHO,
    WORDS,
    Clause,
    Part,
)
from onrecord.export.naming import Names, day, tidy
from onrecord.export.telling import may_be_told, says_plainly
from onrecord.model import Figure, Link, Statement
from onrecord.resources import settings_file

_END = re.compile(r"[.!?]['\"”’)]*(?=\s|$)")
_LONGEST = 700  # code points of a sentence that is shown whole, however long quotations may be
_OPEN = {"“": "”", "„": "”", '"': '"', "''": "''", "``": "''", "‘": "’", "'": "'", "«": "»"}  # what closes them
_TAIL = ",;: "
_PERFECT = re.compile(r"^(?:has|have|had) ")
_THAT = re.compile(r"that\s+|to\s+say\s+(?=wh|how|if\b|that\b)", re.IGNORECASE)


class Wording:
    """Makes clauses of statements, with the names that a view has for people and outlets."""

    def __init__(self, names: Names) -> None:
        self.names = names
        settings = settings_file("briefing.toml")
        self._said: dict[str, str] = settings["said"]
        self._answered: dict[str, str] = settings["answered"]
        self._quote: int = settings["limits"]["quote"]

    def lead(self, statement: Statement, *, due: str | None = None, is_past: bool = False) -> Clause:
        """Who said, when: the words."""
        parts = [*self._who(statement), *self._verb(statement), *self._when(statement)]
        parts += [Part(PLAIN, ": "), *self._words(statement)]
        if due:
            parts += [Part(PLAIN, ", was due " if is_past else ", due "), Part(DUE, day(due))]
        parts += _care(statement)
        return Clause(tuple(parts), statement)

    def answer(self, statement: Statement, link: Link) -> Clause:
        """How a statement stands to the one above it: confirmed by whom, when: the words."""
        before = self._answered[link.kind]
        parts = [Part(PLAIN, before + (", " if link.kind in {"updates", "part_of"} else " "))]
        parts += self._who(statement)
        if link.kind in {"updates", "part_of"}:
            parts += self._verb(statement)
        parts += [*self._when(statement), Part(PLAIN, ": "), *self._words(statement), *_care(statement)]
        return Clause(tuple(parts), statement, link)

    def repeat(self, statement: Statement, link: Link, *, is_copy: bool) -> Clause:
        """Who says the same again, and where."""
        report = self.names.facts(statement.report_id)
        parts = [Part(PLAIN, self._answered["repeats"] + " "), *self._who(statement), Part(PLAIN, " in ")]
        parts += [Part(OUTLET, self.names.outlet(report)), Part(PLAIN, ", "), Part(DAY, day(report.published))]
        if is_copy:
            parts.append(Part(PLAIN, f" ({SAME_TEXT})"))
        parts += _care(statement)
        return Clause(tuple(parts), statement, link)

    def row(self, statement: Statement, figure: Figure) -> Clause:
        """A row of the table: said when, whose, the figure, of what and where, as of when."""
        parts = [Part(DAY, self._day(statement)), CELL, *self._who(statement), CELL, Part(FIGURE, tidy(figure.text))]
        if figure.forecast:
            parts.append(Part(PLAIN, f", {FORECAST}"))
        parts += _condition(statement, figure.text)
        parts += [CELL, Part(OF, figure.of or "")]
        if figure.of and figure.amount.per:
            parts += [Part(PLAIN, " a "), Part(OF, figure.amount.per)]
        place = self.names.entity_name(figure.where)
        if place:
            parts += [*([Part(PLAIN, ", ")] if figure.of else []), Part(WHERE, place)]
        parts += [CELL, *([Part(AS_OF, day(figure.as_of))] if figure.as_of else [])]
        return Clause(tuple(parts), statement, figure=figure)

    def moved(self, statement: Statement, figure: Figure, *, first: bool, is_old: bool) -> Clause:
        """One station of a figure that moves."""
        parts = [Part(OF, figure.of or ""), Part(PLAIN, ": ")] if first and figure.of else []
        parts += [Part(FIGURE, tidy(figure.text)), *_condition(statement, figure.text)]
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

    def _when(self, statement: Statement) -> Iterator[Part]:
        report = self.names.facts(statement.report_id)
        if statement.said_at:
            yield Part(PLAIN, ", ")
            yield Part(DAY, day(statement.said_at))
        elif report.published:
            yield Part(PLAIN, ", in print ")
            yield Part(DAY, day(report.published))

    def _words(self, statement: Statement) -> list[Part]:
        """The content, and the "if" that it was said under, where it is not in it."""
        words = self._content(statement)
        return [words, *_condition(statement, words.text)]

    def _content(self, statement: Statement) -> Part:
        """A speaker's own words as a quotation, the report's as they stand."""
        if statement.form != "direct":
            words = tidy(statement.content.quote).rstrip(_TAIL)
            start = 0 if self._own_verb(statement) and words.startswith("to ") else _start(words)
            return Part(WORDS, shortened(words[start:], self._quote))
        report = self.names.report(statement.report_id)
        pieces = [unquoted(span.of(report.text)) for span in statement.content.spans]
        return Part(QUOTE, shortened(" … ".join(piece for piece in pieces if piece), self._quote))


def _start(words: str) -> int:
    """Where the words begin once a leading "that", or "to say" before a question, is left out."""
    found = _THAT.match(words)
    return found.end() if found else 0


def _care(statement: Statement) -> list[Part]:
    return [] if may_be_told(statement) else [Part(PLAIN, f" ({LESS_SURE})")]


def _condition(statement: Statement, told: str) -> list[Part]:
    """The "if" of a statement, where what is told does not hold it."""
    condition = tidy(statement.condition.quote) if statement.condition else ""
    if condition in told:
        return []
    return [Part(PLAIN, " (condition: "), Part(CONDITION, condition), Part(PLAIN, ")")]


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
