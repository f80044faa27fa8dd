"""Copied passages of a report: where its words stand, and where else they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.export.naming import Names, day
from onrecord.export.shelf import Shelf
from onrecord.model import Copy, Report, Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where else the words of a passage stand."""

    report: str
    name: str  # outlet
    day: str
    start: int  # code points, in that report
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the report that stand elsewhere too; no two passages of a report touch."""

    key: str  # "c-1", in the order of the text
    start: int  # code points
    end: int
    places: tuple[Place, ...]  # by day


@dataclass(frozen=True, slots=True)
class Kin:
    """A report that shares text with this one."""

    copy: str  # id
    report: str
    name: str
    published: str | None
    share: float  # 0..1 of the shorter report's narration; 0: quotations only
    order: str  # "copied from", "copied by"
    passages: int


def find_copies(shelf: Shelf, names: Names, report: Report) -> tuple[tuple[Kin, ...], tuple[Passage, ...]]:
    """Who shares text with a report, most first, and which. Versions of one article are no copies of each other."""
    kin, spans = [], []
    for copy in shelf.view.copies(report.id):
        is_from = copy.source == report.id
        other = shelf.facts(copy.target if is_from else copy.source)
        if other.uri and other.uri == report.uri:
            continue
        order = "copied by" if is_from else "copied from"
        name = names.outlet(other)
        kin.append(Kin(copy.id, other.id, name, other.published, copy.share, order, len(copy.spans)))
        for mine, theirs in _sides(copy, is_from):
            spans.append((mine, Place(other.id, name, day(other.published), theirs.start, theirs.end)))
    kin.sort(key=lambda one: (-one.share, one.published or "9999", one.report))
    dates = {one.report: one.published or "9999" for one in kin}
    return tuple(kin), tuple(_merged(spans, dates))


def _sides(copy: Copy, is_from: bool) -> Iterable[tuple[Span, Span]]:
    return ((a, b) if is_from else (b, a) for a, b in copy.spans)


def _merged(spans: list[tuple[Span, Place]], dates: dict[str, str]) -> Iterable[Passage]:
    """Stretches that touch or overlap as one passage each."""
    groups: list[tuple[int, int, list[Place]]] = []
    for span, place in sorted(spans, key=lambda item: (item[0], item[1].report)):
        if groups and span.start <= groups[-1][1]:
            start, end, places = groups[-1]
            groups[-1] = (start, max(end, span.end), [*places, place])
        else:
            groups.append((span.start, span.end, [place]))
    for number, (start, end, places) in enumerate(groups, 1):
        first = {place.report: place for place in reversed(places)}
        ordered = sorted(first.values(), key=lambda place: (dates[place.report], place.report))
        yield Passage(f"c-{number}", start, end, tuple(ordered))
