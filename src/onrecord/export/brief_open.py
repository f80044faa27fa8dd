"""What a briefing tells of what is open, what closed it, and what was taken back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from onrecord.export.brief_standing import line_of
from onrecord.export.changed import stale
from onrecord.export.clauses import Clause, Line, Section
from onrecord.export.desk import Desk
from onrecord.export.opened import opening_of
from onrecord.export.wording import Wording
from onrecord.link.views.accusations import is_evasive
from onrecord.link.views.due import last_day
from onrecord.link.views.openings import QUESTION, Opening, what_opens
from onrecord.model import Figure, Statement

CALENDAR = re.compile(r"\d{4}(-\d\d){0,2}")  # a year, a month or a day, as a due date
AHEAD = frozenset({"promises", "predicts", "warns", "proposes"})
CONDITIONAL = AHEAD | {"speculates"}
CLOSED_ELSEWHERE = frozenset({"accusation", "question"})  # answered ones stand with their answers


class Open:
    """Finds what the statements of a desk leave open, each once."""

    def __init__(self, desk: Desk, sure: list[Statement], elsewhere: Collection[str]) -> None:
        self._desk = desk
        self._elsewhere = elsewhere
        evasive = (s for s in desk.told if s.id not in desk.careful and is_evasive(s.content.quote))
        self._evasions = tuple(desk.shelf.told(statement.id) for statement in evasive)
        self.openings = {s.id: opening for s in sure if (opening := self._opening(s))}
        self.ids = {*self.openings, *(s.id for s in sure if self.label(s))}

    def _opening(self, statement: Statement) -> Opening | None:
        one = self._desk.shelf.told(statement.id)
        return opening_of(self._desk.shelf, one) if what_opens(one, self._evasions) else None

    def label(self, statement: Statement) -> str | None:
        """What is open about a statement: the key of its label."""
        if opening := self.openings.get(statement.id):
            is_told = opening.closed_by and opening.what in CLOSED_ELSEWHERE
            return None if is_told else label_of(opening)
        commitment = statement.commitment
        if commitment.stance == "undisclosed":
            return "undisclosed"
        if commitment.stance in AHEAD and due_date(self._desk, statement):
            return "forecast" if commitment.stance != "promises" else "promise"
        if commitment.certainty == "U" and commitment.stance in {"asserts", "questions"} and not statement.condition:
            return "unclear"
        if statement.id in self._elsewhere:
            return None
        if statement.condition and commitment.stance in CONDITIONAL:
            return "condition"
        return "figure" if any(to_come(self._desk, figure) for figure in self._desk.figures_of(statement)) else None


def label_of(opening: Opening) -> str:
    """The key of the label of an opening: a question that nobody asks is one that is kept back, or not clear."""
    stance = opening.told.statement.commitment.stance
    if opening.what != QUESTION or stance == "questions":
        return opening.what
    return "undisclosed" if stance == "undisclosed" else "unclear"


def make_open(desk: Desk, wording: Wording, found: Open, elsewhere: set[str], most: int) -> Section:
    """Not answered, not said, not clear, promised or forecast; with its date, who is silent, and what closed it."""
    rows: list[tuple[bool, list[Line]]] = []
    for statement in desk.statements:
        label = found.label(statement) if statement.id in found.ids else None
        opening = found.openings.get(statement.id)
        if label and (statement.id not in elsewhere or opening):
            lines = list(_lines(desk, wording, statement, label, opening))
            rows.append((bool(opening and opening.closed_by), lines))
        elif label is None and statement.id in elsewhere - desk.careful and desk.is_new(statement):
            numbers = [figure for figure in desk.figures_of(statement) if to_come(desk, figure)]
            clauses = (wording.to_come(statement, f, is_past=_is_past(desk, f.as_of)) for f in numbers)
            rows += [(False, [Line((clause,))]) for clause in clauses]
    rows.sort(key=lambda row: row[0])
    lines = [line for _, some in rows[:most] for line in some]
    return Section("Open", tuple(lines), left_out=max(0, len(rows) - most), look="onrecord open")


def _lines(desk: Desk, wording: Wording, statement: Statement, label: str, opening: Opening | None) -> Iterator[Line]:
    closing = opening.closed_by.statement if opening and opening.closed_by else None
    silent = [told.statement for told in opening.silent] if opening else []
    if not any(map(desk.is_new, (statement, *([closing] if closing else []), *silent))):
        return
    due = (opening.due if opening else None) or due_date(desk, statement)
    lead = wording.lead(statement, due=due, is_past=_is_past(desk, due))
    yield line_of(desk, wording, wording.labelled(wording.opening[label], lead))
    for one in silent:
        yield Line((wording.lead(one),), depth=1)
    for link in desk.links if label == "unclear" else ():
        if link.kind == "updates" and link.target == statement.id:
            yield Line((wording.answer(desk.names.statement(link.source), link),), depth=1)
    if closing:
        yield Line((wording.closing(closing, statement.id),), depth=1)


def to_come(desk: Desk, figure: Figure) -> bool:
    """Whether a number is foreseen for a day after it was printed."""
    printed = (desk.names.facts(figure.report_id).published or "")[:10]
    day = figure.as_of or ""
    return bool(figure.forecast and printed and CALENDAR.fullmatch(day) and day > printed[: len(day)])


def _is_past(desk: Desk, due: str | None) -> bool:
    as_of = desk.query.as_of or max((r.published for r in desk.reports if r.published), default="")
    return bool(due and as_of and last_day(due) < as_of[:10])


def due_date(desk: Desk, statement: Statement) -> str | None:
    """The last date that the words name and that lies after they were printed."""
    printed = (desk.names.facts(statement.report_id).published or "")[:10]
    named = [
        time.value.value
        for time in desk.times(statement.report_id)
        if time.value
        and time.value.timex_type == "DATE"
        and CALENDAR.fullmatch(time.value.value)
        and any(piece.contains(time.span) for piece in statement.content.spans)
    ]
    return max((value for value in named if printed and value > printed[: len(value)]), default=None)


def make_taken_back(desk: Desk, wording: Wording, most: int) -> Section:
    """What was corrected or withdrawn later, and which reports still have it."""
    lines: list[Line] = []
    for statement in (*desk.earlier, *desk.told):
        taken = desk.corrections.get(statement.id)
        if taken is None:
            continue
        others = [told.statement for told, _ in stale(desk.shelf, [statement])]
        if any(map(desk.is_new, (statement, *others))) or desk.since is None:
            lead: Clause = wording.labelled(wording.taken_back[taken.flag], wording.lead(statement))
            lines.append(Line((lead,)))
            lines += [Line((wording.still(other, statement.id),), depth=1) for other in others]
    return Section("Taken back", tuple(lines[:most]), left_out=max(0, len(lines) - most), look="onrecord drift")
