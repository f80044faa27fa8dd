"""Which figures of a view belong in one chart: series of the record, parts with their wholes, forecasts of the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from onrecord.export.charts.moments import interval
from onrecord.export.charts.points import AS_OF, DENIED, PRINTED, SAID, WITHDRAWN, Point, Series
from onrecord.export.matters import Together
from onrecord.export.naming import Names, tidy
from onrecord.ledger.store import EVERYTHING, Query, View
from onrecord.link.words import content_words, one_word
from onrecord.model import Figure, Report, Statement, make_id
from onrecord.resources import settings_file

WORD = re.compile(r"[^\W\d_]{3,}")
SHARED = 0.6  # of the statements have the words by which a quantity is named


def gather_series(view: View, query: Query = EVERYTHING, *, least: int = 2) -> tuple[Series, ...]:
    """Every quantity with `least` or more numbers among the figures that fit; the most followed first.

    A query for one series gives the chart that holds it, with what belongs beside it: parts, forecasts, other sides.
    """
    wanted = query.series
    gatherer = _Gatherer(view, replace(query, series=None, limit=None))
    made = gatherer.series(1 if wanted else least, wanted)
    found = [series for series in made if len(series.points) >= least or wanted in series.series]
    if wanted:
        return tuple(series for series in found if wanted in series.series)
    return tuple(sorted(found, key=lambda series: (-len(series.points), series.id)))


class _Gatherer:
    """The figures of a query, tied to each other."""

    def __init__(self, view: View, query: Query) -> None:
        self.view = view
        self.names = Names(view)
        self.figures = {figure.id: figure for figure in view.figures(replace(query, attitude=None))}
        self._told_by = sorted({figure.statement for figure in self.figures.values() if figure.statement})
        self._holders: dict[str, Statement] = {}

    @cached_property
    def vague(self) -> frozenset[str]:
        """Stems of words that count anybody: people, cases."""
        return content_words(" ".join(settings_file("briefing.toml")["figures"]["vague"]))

    @cached_property
    def facts(self) -> dict[str, Report]:
        """Reports without their texts."""
        return {report.id: report for report in self.view.reports()}

    @cached_property
    def replaced(self) -> dict[str, str]:
        """Id of a report -> id of the version that replaced it."""
        return {report.supersedes: report.id for report in self.facts.values() if report.supersedes}

    @cached_property
    def links(self) -> tuple[tuple[str, str, str], ...]:
        """(source, target, kind) of links with the statements of the figures."""
        return self.view.ends(self._told_by)

    @cached_property
    def _by_statement(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures.values():
            if figure.statement:
                found[figure.statement].append(figure)
        return found

    def series(self, least: int, wanted: str | None = None) -> Iterator[Series]:
        """All charts of `least` figures and more, or those that hold a series, in no particular order."""
        together = Together()
        for one, other in (*self._pairs(), *self.updates, *self.parts):
            together.join(one, other)
        groups: dict[tuple[str, str | None, str | None], list[Figure]] = defaultdict(list)
        for figure in self.figures.values():
            if figure.of or figure.series or figure.part_of:
                groups[together.top(figure.id), figure.amount.unit, figure.amount.per].append(figure)
        large = [figures for figures in groups.values() if len(figures) >= least]
        shown = [some for some in large if wanted is None or any(figure.series == wanted for figure in some)]
        ids = sorted({figure.statement for figures in shown for figure in figures if figure.statement})
        self._holders = {statement.id: statement for statement, _ in self.view.statements_of(ids)}
        return map(self._series, shown)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Figures of one series; of one thing in one place, where the words for it tell one thing from others."""
        first: dict[tuple[str | None, ...], str] = {}
        for figure in self.figures.values():
            keys: list[tuple[str | None, ...]] = [("series", figure.series)] if figure.series else []
            if figure.of and len(content_words(figure.of) - self.vague) > 1:
                keys.append(("of", figure.of.casefold(), figure.where))
            for key in keys:
                yield first.setdefault(key, figure.id), figure.id

    @cached_property
    def updates(self) -> tuple[tuple[str, str], ...]:
        """(earlier, later) figures of statements of which one brings the other up to date."""
        return tuple((g.id, f.id) for f, g in self._of_links("updates") if f.amount != g.amount and not f.increment)

    @cached_property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """(part, whole): as the words say, and as links do."""
        said = [(f.id, f.part_of) for f in self.figures.values() if f.part_of in self.figures]
        drawn = [(f.id, g.id) for f, g in self._of_links("part_of")]
        return tuple(dict.fromkeys((part, whole) for part, whole in (*said, *drawn) if whole))

    def _of_links(self, kind: str) -> Iterator[tuple[Figure, Figure]]:
        """Figures of the two statements of a link that count the same."""
        for source, target, drawn in self.links:
            if drawn != kind:
                continue
            for f in self._by_statement.get(source, ()):
                for g in self._by_statement.get(target, ()):
                    alike = f.of and g.of and f.of.casefold() == g.of.casefold()
                    if alike and (f.amount.unit, f.amount.per) == (g.amount.unit, g.amount.per):
                        yield f, g

    def _series(self, figures: list[Figure]) -> Series:
        merged = _merged(self._point(figure) for figure in figures)
        kept = {of: point.figure.id for point, members in merged for of in members}
        points = tuple(sorted((point for point, _ in merged), key=_order))
        wholes = [figure for figure in figures if figure.of] or figures
        of = Counter(tidy(figure.of) for figure in wholes if figure.of).most_common(1)
        parts = {part for part, _ in self.parts}
        where = Counter(p.where for p in points if p.where and p.figure.id not in parts).most_common(1)
        unit, per = figures[0].amount.unit, figures[0].amount.per
        what = (of[0][0] if of else unit or "figures") + self._told_apart(figures, of[0][0] if of else "")
        title = ", ".join([what, *([where[0][0]] if where else [])])
        ids = tuple(sorted({figure.series for figure in figures if figure.series}))
        identity = ids[0] if ids else min(figure.id for figure in figures)
        return Series(
            id=identity if len(ids) < 2 else make_id("q", *ids),
            title=title + (f" a {per}" if per else ""),
            points=points,
            series=ids,
            unit=unit,
            per=per,
            where=where[0][0] if where else None,
            updates=_within(self.updates, kept),
            parts=_within(self.parts, kept),
        )

    def _told_apart(self, figures: Iterable[Figure], of: str) -> str:
        """Words that most of the statements share, where what is counted does not tell one quantity from others."""
        if content_words(of) - self.vague:
            return ""
        quotes = sorted({self._holders[f.statement].content.quote for f in figures if f.statement in self._holders})
        said = [{one_word(word): word for word in reversed(WORD.findall(quote.lower()))} for quote in quotes]
        shared = Counter(stem for words in said for stem in words)
        apart = [
            stem
            for stem, count in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
            if count > 1 and count >= SHARED * len(quotes) and stem not in self.vague and content_words(stem)
        ]
        spoken = [next(words[stem] for words in said if stem in words) for stem in apart[:2]]
        return f" ({', '.join(spoken)})" if spoken else ""

    def _point(self, figure: Figure) -> Point:
        holder = self._holders.get(figure.statement or "")
        report = self.facts[figure.report_id]
        said = holder.said_at if holder else None
        dates = ((figure.as_of, AS_OF), (said, SAID), (report.published, PRINTED))
        date, dated = next(((d, kind) for d, kind in dates if interval(d)), (None, ""))
        struck, by = self._struck(figure, holder)
        return Point(
            figure=figure,
            whose=self.names.entity_name(figure.whose)
            or (self.names.speaker(holder) if holder else f"{self.names.outlet(report)} (the report itself)"),
            date=date,
            dated=dated,
            said=said,
            published=report.published,
            where=self.names.entity_name(figure.where),
            stance=holder.commitment.stance if holder else "asserts",
            struck=struck,
            by=by,
        )

    def _struck(self, figure: Figure, holder: Statement | None) -> tuple[str, str]:
        if holder and holder.commitment.stance == "denies":
            return DENIED, self.names.speaker(holder)
        newer = self.replaced.get(figure.report_id)
        if newer and not self._stands_in(newer, figure):
            return WITHDRAWN, "a newer version of the report"
        denier = self.deniers.get(holder.id) if holder else None
        return (DENIED, self.names.speaker(self.names.statement(denier))) if denier else ("", "")

    def _stands_in(self, newer: str, figure: Figure) -> bool:
        """Whether the newer version of a report, or one after it, gives the number too."""
        seen = set[str]()
        while newer in self.replaced and newer not in seen:
            seen.add(newer)
            newer = self.replaced[newer]
        return (newer, figure.amount, figure.of) in self.given

    @cached_property
    def deniers(self) -> dict[str, str]:
        """Id of a statement -> id of the first that denies it."""
        return {target: source for source, target, kind in reversed(self.links) if kind == "denies"}

    @cached_property
    def given(self) -> frozenset[tuple[object, ...]]:
        """(report, amount, of what) of all figures."""
        return frozenset((figure.report_id, figure.amount, figure.of) for figure in self.figures.values())


def _merged(points: Iterable[Point]) -> list[tuple[Point, list[str]]]:
    """Points that say the same once, each with the ids of all its figures."""
    groups: dict[tuple[object, ...], list[Point]] = defaultdict(list)
    for point in points:
        f = point.figure
        told = (f.increment, f.forecast, f.planned, f.part_of is None)
        groups[point.whose, f.amount, point.where, (point.date or "")[:10], point.struck, told].append(point)
    return [
        (replace(members[0], reports=len({p.figure.report_id for p in members})), [p.figure.id for p in members])
        for members in groups.values()
    ]


def _within(pairs: Iterable[tuple[str, str]], kept: dict[str, str]) -> tuple[tuple[str, str], ...]:
    named = {(kept[a], kept[b]) for a, b in pairs if a in kept and b in kept}
    return tuple(sorted((a, b) for a, b in named if a != b))


def _order(point: Point) -> tuple[object, ...]:
    days = interval(point.date) or (10**7, 10**7)
    return days, point.published or "9999", point.figure.report_id, point.figure.span.start, point.figure.id
