"""The figures of a briefing: whose number of what, and how each quantity moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.export.clauses import Line, Section
from onrecord.export.desk import Desk
from onrecord.export.matters import Together
from onrecord.export.naming import tidy
from onrecord.export.wording import Wording
from onrecord.link.words import content_words, jaccard
from onrecord.model import Figure, Link, Statement
from onrecord.resources import settings_file

STATIONS = 8  # of a figure that moved: the first and the last ones
COLUMNS = ("date", "whose", "figure", "of what, where", "as of", "words")


def make_figures(desk: Desk, wording: Wording, first: Iterable[str], most: int) -> Section:
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
    fresh = {key: found for key, found in rows.items() if any(desk.is_new(statement) for _, statement, _ in found)}
    order = sorted(fresh, key=lambda key: (key[0], -len(fresh[key]), min(at for at, _, _ in fresh[key])))
    lines = tuple(line for key in order for line in _rows(desk, wording, fresh[key]))
    return Section("Figures", lines[:most], COLUMNS, left_out=max(0, len(lines) - most), look="onrecord figures")


def _rows(desk: Desk, wording: Wording, found: list[tuple[int, Statement, Figure]]) -> Iterator[Line]:
    """The figures of one thing as they were given, a part right below its whole."""
    said = {statement.id for _, statement, _ in found}
    parts: dict[str, list[tuple[Statement, Figure, Link]]] = defaultdict(list)
    wholes = {link.source: link for link in desk.links if link.kind == "part_of" and {link.source, link.target} <= said}
    for _, statement, figure in found:
        if link := wholes.get(statement.id):
            parts[link.target].append((statement, figure, link))
    for _, statement, figure in found:
        if statement.id not in wholes or wholes[statement.id].target in wholes:
            yield Line((wording.row(statement, figure),))
            below = parts.pop(statement.id, ())
            yield from (Line((wording.row(part, number, link),)) for part, number, link in below)


def _measure(figure: Figure) -> str | None:
    """The unit that says something without what it measures: 5 million dollars, not six months or 20 percent."""
    unit = figure.amount.unit
    return None if unit in settings_file("briefing.toml")["figures"]["bare"] else unit


def make_moved(desk: Desk, wording: Wording, most: int) -> Section:
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
