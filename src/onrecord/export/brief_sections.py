"""The sections of a briefing, each from the desk alone; nothing here is checked yet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from onrecord.export.clauses import Clause, Line, Section
from onrecord.export.desk import Desk
from onrecord.export.matters import Answer, Matter, find_matters
from onrecord.export.naming import tidy
from onrecord.export.telling import stands_alone
from onrecord.export.wording import Wording
from onrecord.link.words import content_words, jaccard
from onrecord.model import Figure, Link, Statement
from onrecord.resources import settings_file

REPEATS = 5  # repetitions shown in one line
STATIONS = 8  # of a figure that moved: the first and the last ones
CALENDAR = re.compile(r"\d{4}(-\d\d){0,2}")  # a year, a month or a day, as a due date
COLUMNS = ("date", "whose", "figure", "of what, where", "as of", "words")
FUTURE = frozenset({"predicts", "promises", "proposes"})


def make_sections(desk: Desk) -> Iterator[Section]:
    """Where it stands, what else is said, figures, what moved, what is open, who is not named."""
    limits: dict[str, int] = dict(settings_file("briefing.toml")["limits"])
    wording = Wording(desk.names)
    matters = [_between_reports(matter) for matter in find_matters(desk.statements, desk.links)]
    linked = sorted((m for m in matters if m.answers), key=lambda m: (-m.weight[0], -m.weight[1]))
    alone = _first_of_each(
        desk, [m.head for m in matters if not m.answers and stands_alone(m.head) and m.head.id not in desk.careful]
    )
    sure = [statement for statement in desk.statements if statement.id not in desk.careful]
    opened = {s.id for s in _first_of_each(desk, sure) if _is_open(s) or (stands_alone(s) and _due(desk, s))}
    yield _standing(desk, wording, linked, limits)
    named = [s for s in alone if s.id not in opened and desk.names.is_named(s)]
    yield _list("Also said", wording, _newest(desk, named), limits["single"])
    yield _figures(desk, wording, [m.head.id for m in linked], limits["figures"])
    yield _moved(desk, wording, limits["moved"])
    yield _open(desk, wording, [s for s in desk.statements if s.id in opened], limits["open"])
    unnamed = [s for s in alone if s.id not in opened and not desk.names.is_named(s)]
    yield _list("Not attributed by name", wording, unnamed, limits["unnamed"])


def _between_reports(matter: Matter) -> Matter:
    """Without what one report says twice."""
    kept = tuple(
        answer
        for answer in matter.answers
        if answer.link.kind != "repeats" or answer.statement.report_id != matter.head.report_id
    )
    return replace(matter, answers=kept)


def _standing(desk: Desk, wording: Wording, matters: list[Matter], limits: dict[str, int]) -> Section:
    lines: list[Line] = []
    shown = [matter for matter in matters if stands_alone(matter.head)][: limits["matters"]]
    for matter in shown:
        lines.append(Line((wording.lead(matter.head),)))
        lines += _answers(desk, wording, matter.answers, limits["answers"])
    return Section("Where it stands", tuple(lines), left_out=len(matters) - len(shown), look="onrecord statements")


def _answers(desk: Desk, wording: Wording, answers: tuple[Answer, ...], most: int) -> Iterator[Line]:
    """The answers, repetitions side by side gathered in one line; at most `most` lines."""
    lines: list[Line] = []
    new = {s.id for s in _first_of_each(desk, (a.statement for a in answers if a.link.kind != "repeats"))}
    told = [answer for answer in answers if answer.link.kind == "repeats" or answer.statement.id in new]
    for (is_repeat, depth), group in groupby(told, key=lambda a: (a.link.kind == "repeats", a.depth)):
        several = list(group)
        if is_repeat:
            clauses = tuple(_repeats(desk, wording, several))
            lines += [Line(clauses[:REPEATS], depth, left_out=max(0, len(clauses) - REPEATS))] if clauses else []
        else:
            lines += [Line((wording.answer(a.statement, a.link),), depth) for a in several]
    yield from lines[: most - 1]
    yield from (replace(line, left_out=line.left_out + len(lines) - most) for line in lines[most - 1 : most])


def _repeats(desk: Desk, wording: Wording, answers: list[Answer]) -> Iterator[Clause]:
    """One clause a report; the same report saying it twice is no news."""
    reports = set()
    for answer in answers:
        said_in, first_in = answer.statement.report_id, desk.names.statement(answer.answered).report_id
        if said_in != first_in and said_in not in reports:
            reports.add(said_in)
            is_copy = (first_in, said_in) in desk.copied
            yield wording.repeat(answer.statement, answer.link, is_copy=is_copy)


def _list(title: str, wording: Wording, statements: list[Statement], most: int) -> Section:
    lines = tuple(Line((wording.lead(statement),)) for statement in statements[:most])
    return Section(title, lines, left_out=len(statements) - len(lines), look="onrecord statements")


def _first_of_each(desk: Desk, statements: Iterable[Statement]) -> list[Statement]:
    """Without what the same source says again in the same words: a wire report is printed in many places."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for statement in statements:
        key = (desk.names.speaker(statement).casefold(), tidy(statement.content.quote).casefold())
        if key not in seen:
            seen.add(key)
            kept.append(statement)
    return kept


def _newest(desk: Desk, statements: list[Statement]) -> list[Statement]:
    """The newest report first, within a report as it stands in the text."""
    dates = {report.id: report.published or "" for report in desk.reports}
    return sorted(statements, key=lambda s: dates.get(s.report_id, ""), reverse=True)


def _figures(desk: Desk, wording: Wording, first: Iterable[str], most: int) -> Section:
    """Figures that somebody gives and that count something, those of one thing together; a repetition is left out."""
    place = {identity: at for at, identity in enumerate(first)}
    rows: dict[tuple[bool, str], list[tuple[int, Statement, Figure]]] = defaultdict(list)
    seen = set()
    for statement in desk.statements:
        for figure in () if statement.id in desk.careful else desk.figures_of(statement):
            key = (desk.names.speaker(statement), tidy(figure.text), figure.of, figure.where)
            counted = figure.of or figure.amount.unit
            if counted and key not in seen and figure.text.casefold() != "one":  # "one of the reasons" counts nothing
                seen.add(key)
                rows[figure.of is None, counted.casefold()].append(
                    (place.get(statement.id, len(place)), statement, figure)
                )
    order = sorted(rows, key=lambda key: (key[0], -len(rows[key]), min(at for at, _, _ in rows[key])))
    groups = [rows[key] for key in order]
    lines = tuple(Line((wording.row(statement, figure),)) for group in groups for _, statement, figure in group)
    return Section("Figures", lines[:most], COLUMNS, left_out=max(0, len(lines) - most), look="onrecord figures")


def _moved(desk: Desk, wording: Wording, most: int) -> Section:
    """Figures of one quantity that changed, in the order in which they were given."""
    everybody = {s.id: s for s in (*desk.earlier, *desk.statements) if s.id not in desk.careful}
    replaced = {statement.id for statement in desk.earlier}
    updates = [link for link in desk.links if link.kind == "updates" and {link.source, link.target} <= everybody.keys()]
    lines: list[Line] = []
    seen: list[set[str]] = []
    for chain in [*_chains(desk, updates, everybody), *_corrections(desk)]:
        stations = list(_stations(desk, chain))
        if len(stations) > 1 and not any({s.id for s, _ in stations} <= told for told in seen):
            seen.append({s.id for s, _ in stations})
            shown = stations if len(stations) <= STATIONS else [stations[0], *stations[1 - STATIONS :]]
            clauses = tuple(
                wording.moved(statement, figure, first=at == 0, is_old=statement.id in replaced)
                for at, (statement, figure) in enumerate(shown)
            )
            lines.append(Line(clauses, join=" → ", left_out=len(stations) - len(shown)))
    return Section("Moved", tuple(lines[:most]), left_out=max(0, len(lines) - most), look="onrecord figures")


def _chains(desk: Desk, updates: list[Link], everybody: dict[str, Statement]) -> list[list[Statement]]:
    """Statements that updates connect, each group by date, groups by their first statement."""
    group: dict[str, str] = {}

    def top(identity: str) -> str:
        while group.get(identity, identity) != identity:
            group[identity] = group.get(group[identity], group[identity])
            identity = group[identity]
        return identity

    for link in updates:
        group[top(link.source)] = top(link.target)
        group.setdefault(link.target, top(link.target))
    together: dict[str, list[Statement]] = defaultdict(list)
    for identity, statement in everybody.items():
        if identity in group:
            together[top(identity)].append(statement)
    chains = [sorted(chain, key=lambda s: _when(desk, s)) for chain in together.values()]
    return sorted(chains, key=lambda chain: _when(desk, chain[0]))


def _corrections(desk: Desk) -> Iterator[list[Statement]]:
    """Statements of an edited report with what the earlier version had in their place: same source, like words."""
    older: dict[str, list[Statement]] = defaultdict(list)
    for statement in desk.earlier:
        older[statement.report_id].append(statement)
    bar = float(settings_file("thresholds.toml")["relations"]["same_words"])
    for statement in (s for s in desk.statements if s.id not in desk.careful):
        before = desk.names.facts(statement.report_id).supersedes
        mine = content_words(statement.content.quote)
        for other in older.get(before or "", ()):
            alike = jaccard(mine, content_words(other.content.quote))
            if alike >= bar and desk.names.speaker(other) == desk.names.speaker(statement):
                yield [other, statement]
                break


def _when(desk: Desk, statement: Statement) -> tuple[str, str, int]:
    report = desk.names.facts(statement.report_id)
    return (statement.said_at or report.published or "9999", report.published or "", statement.content.spans[0].start)


def _stations(desk: Desk, chain: list[Statement]) -> Iterator[tuple[Statement, Figure]]:
    """The figure of each statement that the chain is about; the same figure again is no station."""
    counted = [figure.of.casefold() for s in chain for figure in desk.figures_of(s) if figure.of]
    if not counted:
        return
    theme = max(sorted(set(counted)), key=counted.count)
    last: Any = None
    for statement in chain:
        figure = next((f for f in desk.figures_of(statement) if (f.of or "").casefold() == theme), None)
        if figure and (figure.amount, figure.where) != last:
            last = (figure.amount, figure.where)
            yield statement, figure


def _is_open(statement: Statement) -> bool:
    stance = statement.commitment.stance
    if not stands_alone(statement):
        return False
    if stance == "undisclosed" or stance in FUTURE or statement.condition:
        return True
    return statement.commitment.certainty == "U" and stance in {"asserts", "questions"}


def _open(desk: Desk, wording: Wording, statements: list[Statement], most: int) -> Section:
    """Not said, not clear, on a condition, promised or forecast; what has a date with its date."""
    as_of = desk.query.as_of or max((r.published for r in desk.reports if r.published), default="")
    lines = []
    for statement in statements:
        due = _due(desk, statement)
        lines.append(Line((wording.lead(statement, due=due, is_past=bool(due and as_of and due < as_of[:10])),)))
    return Section("Open", tuple(lines[:most]), left_out=max(0, len(lines) - most), look="onrecord statements")


def _due(desk: Desk, statement: Statement) -> str | None:
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
