"""The sentences of a briefing, in parts: each part says where its words come from, so that it can be checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.export.charts.points import Series
from onrecord.model import Claim, Figure, Link, Statement

# Where the words of a part come from; the verifier has one rule for each.
PLAIN = "plain"  # the briefing's own words, from a closed list
WHO = "who"  # the speaker
TELLER = "teller"  # who tells what the speaker said, where a statement stands inside another
CUE = "cue"  # the report's verb: denied, described
QUOTE = "quote"  # the speaker's own words
WORDS = "words"  # the report's words for what was said
CONDITION = "condition"  # the words of the "if"
DAY = "day"  # a date of the statement or its report
DUE = "due"  # a date that the words name
OUTLET = "outlet"
FIGURE = "figure"  # a figure as printed, with its hedge
OF = "of"  # what it counts
WHERE = "where"
AS_OF = "as of"
DOUBT = "doubt"  # a word in front of the content that takes it back: fears
LABEL = "label"  # how the record has it: corroborated, denied; a promise, not clear; later corrected
COUNT = "count"  # of independent origins behind a claim
FIRST = "first"  # that nobody said so before
COUNTED = "counted"  # a source is independent of the others of its claim
WHY = "why"  # a source is not counted as independent

SAME_TEXT = "the same text"  # the words that stand for a copy
LESS_SURE = "less sure"  # the words that stand for a statement that is told with care
CONDITIONAL = "on a condition"  # the words that stand for an "if" where a figure stands alone
FORECAST = "forecast"  # the word that stands for a figure of the future
PART_OF = "a part of the above"  # the words that stand for a row below its whole
PLANNED = "planned"  # for one that somebody means to reach


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a clause."""

    kind: str
    text: str


CELL = Part(PLAIN, "\t")  # between the cells of a row


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that rest on one statement, and end in its citation."""

    parts: tuple[Part, ...]
    statement: Statement
    link: Link | None = None  # why it stands below another statement
    figure: Figure | None = None
    like: str | None = None  # id of the statement that this one says again, where the clause names no speaker
    claim: Claim | None = None  # the claim that the statement belongs to, where the clause says how it stands
    closes: str | None = None  # id of the statement that it closes, or is silent on

    @property
    def text(self) -> str:
        """The words, quotation marks included, without the citation."""
        return "".join(spoken(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a briefing: clauses, each with its citation. `depth` 1 stands below the line of depth 0 before it."""

    clauses: tuple[Clause, ...]
    depth: int = 0
    join: str = "; "  # between clauses
    left_out: int = 0  # further clauses of the same kind that are not shown


@dataclass(frozen=True, slots=True)
class Section:
    """Lines, or rows of a table, under a heading."""

    title: str
    lines: tuple[Line, ...] = ()
    columns: tuple[str, ...] = ()  # headings, where the lines are rows: one part a cell, the citation in the last
    left_out: int = 0  # lines that the record has and the briefing has not
    look: str = ""  # the call that lists them


@dataclass(frozen=True, slots=True)
class Note:
    """What a citation opens."""

    number: int
    statement: str  # id
    outlet: str
    published: str | None
    paragraph: int  # from 1
    quote: tuple[tuple[str, bool], ...]  # the paragraph, or what matters of it; True for the words of the content
    report: str = ""  # id


@dataclass(frozen=True, slots=True)
class Stopped:
    """A line that failed the check and is not shown, or that stands below one that failed."""

    statement: str
    reason: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """All of it, checked and numbered, ready to be written in any format."""

    title: str
    headline_of: str  # the outlet and the day of the report whose headline the title is, or nothing
    as_of: str | None  # ISO 8601
    reports: int
    outlets: int
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    stopped: tuple[Stopped, ...] = ()
    since: str | None = None  # ISO 8601: only what has come since, and what it came to
    unsure: int = 0  # statements on the record that are not sure enough to be told here
    numbers: dict[str, int] = field(default_factory=dict, compare=False)  # statement id -> number of its note
    series: tuple[Series, ...] = ()  # quantities to draw, where the format has room for drawings


def spoken(part: Part) -> str:
    """The words of a part as they are read; a speaker's own words stand in quotation marks."""
    return f"“{part.text}”" if part.kind == QUOTE else part.text
