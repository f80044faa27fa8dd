"""The sections of a briefing, each from the desk alone; nothing here is checked yet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from onrecord.export.clauses import Clause, Line, Section
from onrecord.export.desk import Desk
from onrecord.export.matters import Matter, Together, find_matters, group_matters
from onrecord.export.naming import tidy
from onrecord.export.telling import stands_alone
from onrecord.export.wording import Wording
from onrecord.link.words import content_words, jaccard
from onrecord.model import Figure, Link, Statement
from onrecord.resources import settings_file

AGAIN = 3  # other reports named in one line
STATIONS = 8  # of a figure that moved: the first and the last ones
CALENDAR = re.compile(r"\d{4}(-\d\d){0,2}")  # a year, a month or a day, as a due date
COLUMNS = ("date", "whose", "figure", "of what, where", "as of", "words")
SIDES = frozenset({"confirms", "denies"})
NEAR = 20  # matters of one source that are compared with the next one
LEAST_SHARED = 3  # words
FUTURE = frozenset({"predicts", "promises", "proposes"})


def make_sections(desk: Desk) -> Iterator[Section]:
    """Where it stands, what else is said, figures, what moved, what is open, who is not named."""
    limits: dict[str, int] = dict(settings_file("briefing.toml")["limits"])
    wording = Wording(desk.names)
    matters = find_matters([s for s in desk.told if s.id not in desk.first], desk.links, desk.first)
    tied = group_matters(matters, [*desk.ties, *_same_heads(desk, matters)])
    groups = [_without_tellers(group) for loose in tied for group in _of_like_words(desk, loose)]
    linked = [group for group in groups if len(group) > 1 or group[0].answers]
    inside = {statement.id for group in linked for matter in group for statement in matter.members}
    retold = {statement.nested_in for group in linked for matter in group for statement in matter.members}
    elsewhere = inside | retold  # told in a matter, by itself or within another
    sure = [s for s in desk.told if s.id not in desk.careful and s.id not in desk.first and stands_alone(s)]
    holders = {statement.id for statement in sure}  # they tell what stands inside them
    alone = [s for s in sure if s.id not in elsewhere and s.nested_in not in holders]
    opened = {s.id for s in sure if s.nested_in not in holders and _is_open(desk, s)}
    yield _standing(desk, wording, linked, limits)
    named = [s for s in alone if s.id not in opened and desk.names.is_named(s)]
    yield _list("Also said", desk, wording, _newest(desk, named), limits["single"])
    yield _figures(desk, wording, [group[0].head.id for group in linked], limits["figures"])
    yield _moved(desk, wording, limits["moved"])
    yield _open(desk, wording, [s for s in desk.statements if s.id in opened], limits["open"])
    unnamed = [s for s in alone if s.id not in opened and not desk.names.is_named(s)]
    yield _list("Not attributed by name", desk, wording, unnamed, limits["unnamed"])


def _of_like_words(desk: Desk, group: tuple[Matter, ...]) -> Iterator[tuple[Matter, ...]]:
    """The group, those apart that are of another story or in other words than the first: links can be wrong."""
    bar = float(settings_file("briefing.toml")["matters"]["tied_words"])
    first, story = group[0].head, desk.story_of.get(group[0].head.report_id)
    here = [matter for matter in group[1:] if desk.story_of.get(matter.head.report_id) == story]
    near = [matter for matter in here if _alike(first, matter.head, bar)]
    yield (group[0], *near)
    told = {matter.head.id for matter in near}
    yield from ((matter,) for matter in group[1:] if matter.head.id not in told)


def _alike(one: Statement, other: Statement, bar: float) -> bool:
    """Whether the shorter has `bar` of its words in the other, and enough of them."""
    mine, theirs = content_words(one.content.quote), content_words(other.content.quote)
    shared = len(mine & theirs)
    return shared >= LEAST_SHARED and shared >= bar * min(len(mine), len(theirs))


def _without_tellers(group: tuple[Matter, ...]) -> tuple[Matter, ...]:
    """Without a statement on which nobody answers and whose content another of the group tells."""
    told = {statement.nested_in for matter in group for statement in matter.members}
    return tuple(matter for matter in group if matter.answers or matter.head.id not in told) or group


def _same_heads(desk: Desk, matters: Iterable[Matter]) -> Iterator[tuple[str, str]]:
    """Pairs of heads that are answered, of one source, the shorter nearly all in the words of the other."""
    bar = float(settings_file("briefing.toml")["matters"]["same_words"])
    by_speaker: dict[str, list[Statement]] = defaultdict(list)
    for head in (matter.head for matter in matters if matter.answers):
        earlier = by_speaker[desk.names.speaker(head)]
        for other in earlier[-NEAR:]:
            if _alike(other, head, bar):
                yield other.id, head.id
        earlier.append(head)


def _standing(desk: Desk, wording: Wording, groups: list[tuple[Matter, ...]], limits: dict[str, int]) -> Section:
    lines: list[Line] = []
    shown = [group for group in groups if stands_alone(group[0].head)][: limits["matters"]]
    for group in shown:
        matter = list(_lines_of(desk, wording, group))
        lines += matter[: limits["answers"]]
        if len(matter) > limits["answers"]:
            lines[-1] = replace(lines[-1], left_out=lines[-1].left_out + len(matter) - limits["answers"])
    return Section("Where it stands", tuple(lines), left_out=len(groups) - len(shown), look="onrecord statements")


def _lines_of(desk: Desk, wording: Wording, group: tuple[Matter, ...]) -> Iterator[Line]:
    """What was said first in a group, its answers, and below it what belongs to the same matter with its answers."""
    for at, matter in enumerate(group):
        yield _line(desk, wording, wording.lead(matter.head, aside=at > 0), depth=min(at, 1))
        for answer in matter.answers:
            clause = wording.answer(answer.statement, answer.link)
            yield _line(desk, wording, clause, depth=answer.depth + min(at, 1))


def _line(desk: Desk, wording: Wording, clause: Clause, *, depth: int = 0) -> Line:
    """A clause, and in which other reports the same is said."""
    again = list(desk.again(clause.statement))
    clauses = [wording.again(other, clause.statement, is_copy=is_copy) for other, is_copy in again[:AGAIN]]
    return Line((clause, *clauses), depth, left_out=len(again) - len(clauses))


def _list(title: str, desk: Desk, wording: Wording, statements: list[Statement], most: int) -> Section:
    lines = tuple(_line(desk, wording, wording.lead(statement)) for statement in statements[:most])
    return Section(title, lines, left_out=len(statements) - len(lines), look="onrecord statements")


def _newest(desk: Desk, statements: list[Statement]) -> list[Statement]:
    """Confirmations and denials first; the newest report first, within a report as it stands in the text."""
    dates = {report.id: report.published or "" for report in desk.reports}
    newest = sorted(statements, key=lambda s: dates.get(s.report_id, ""), reverse=True)
    return sorted(newest, key=lambda s: s.commitment.stance not in SIDES)


def _figures(desk: Desk, wording: Wording, first: Iterable[str], most: int) -> Section:
    """Figures that somebody gives and that count something, those of one thing together; a repetition is left out."""
    place = {identity: at for at, identity in enumerate(first)}
    rows: dict[tuple[bool, str], list[tuple[int, Statement, Figure]]] = defaultdict(list)
    seen = set()
    for statement in desk.statements:
        for figure in () if statement.id in desk.careful else desk.figures_of(statement):
            key = (desk.names.speaker(statement), tidy(figure.text), figure.of, figure.where)
            counted = figure.of or _measure(figure)
            if counted and key not in seen and figure.text.casefold() != "one":  # "one of the reasons" counts nothing
                seen.add(key)
                rows[figure.of is None, counted.casefold()].append(
                    (place.get(statement.id, len(place)), statement, figure)
                )
    order = sorted(rows, key=lambda key: (key[0], -len(rows[key]), min(at for at, _, _ in rows[key])))
    groups = [rows[key] for key in order]
    lines = tuple(Line((wording.row(statement, figure),)) for group in groups for _, statement, figure in group)
    return Section("Figures", lines[:most], COLUMNS, left_out=max(0, len(lines) - most), look="onrecord figures")


def _measure(figure: Figure) -> str | None:
    """The unit that says something without what it measures: 5 million dollars, not six months or 20 percent."""
    unit = figure.amount.unit
    return None if unit in settings_file("briefing.toml")["figures"]["bare"] else unit


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
    group = Together()
    for link in updates:
        group.join(link.source, link.target)
    linked = {end for link in updates for end in (link.source, link.target)}
    together: dict[str, list[Statement]] = defaultdict(list)
    for identity, statement in everybody.items():
        if identity in linked:
            together[group.top(identity)].append(statement)
    chains = [sorted(chain, key=lambda s: _when(desk, s)) for chain in together.values()]
    return sorted(chains, key=lambda chain: _when(desk, chain[0]))


def _corrections(desk: Desk) -> Iterator[list[Statement]]:
    """Statements of an edited report with what the earlier version had in their place: same source, like words."""
    older: dict[str, list[Statement]] = defaultdict(list)
    for statement in desk.earlier:
        older[statement.report_id].append(statement)
    bar = float(settings_file("relations.toml")["bars"]["same_words"])
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


def _is_open(desk: Desk, statement: Statement) -> bool:
    """Not said, not clear, on a condition, or to come."""
    stance = statement.commitment.stance
    if _due(desk, statement):
        return True
    if stance == "undisclosed" or stance in FUTURE or statement.condition:
        return True
    return statement.commitment.certainty == "U" and stance in {"asserts", "questions"}


def _open(desk: Desk, wording: Wording, statements: list[Statement], most: int) -> Section:
    """Not said, not clear, on a condition, promised or forecast; what has a date with its date."""
    as_of = desk.query.as_of or max((r.published for r in desk.reports if r.published), default="")
    lines = []
    for statement in statements:
        due = _due(desk, statement)
        is_past = bool(due and as_of and due < as_of[:10])
        lines.append(_line(desk, wording, wording.lead(statement, due=due, is_past=is_past)))
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
