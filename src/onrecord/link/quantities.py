"""Figures of one quantity: the same again, a later one, or a part of a whole.

Gates in order: the same thing is counted; the same side gives both numbers; forecasts are compared with
forecasts, changes with nothing; places are the same or one lies in the other; then time and number decide.
Where a scope is unknown and may differ, nothing is drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, plain_terms
from onrecord.link.matter import is_one_matter
from onrecord.link.scope import is_one_place, may_be_one
from onrecord.link.words import content_words, jaccard, stem
from onrecord.model import EntityKind, Figure, Link
from onrecord.resources import settings_file

TELLING = 10  # from this number on, the same number of the same thing is no accident


def find_quantity_links(a: Entry, b: Entry) -> Iterator[Link]:
    """Links between figures of two reports, or of one with itself."""
    settings = settings_file("relations.toml")["bars"]
    same_report = a.report.id == b.report.id
    theirs: dict[str, list[tuple[Told, Figure]]] = defaultdict(list)
    for told, figure in _said(b):
        theirs[head_of(figure)].append((told, figure))
    for one, f in _said(a):
        for other, g in theirs[head_of(f)]:
            if one.statement.id == other.statement.id or (same_report and not f.span < g.span):
                continue
            if comparable(f, g) and _same_matter((one, f), (other, g)):
                yield from _relate((one, f), (other, g), settings)


def comparable(f: Figure, g: Figure) -> bool:
    """Whether two figures count the same thing in the same way: "boxes" and "ballot boxes", not "postal ballots"."""
    if f.increment or g.increment:
        return False
    if f.amount.unit != g.amount.unit or f.amount.per != g.amount.per or f.amount.direction or g.amount.direction:
        return False
    mine, theirs = content_words(f.of or ""), content_words(g.of or "")
    return bool(mine) and head_of(f) == head_of(g) and (mine <= theirs or theirs <= mine)


def head_of(figure: Figure) -> str:
    """The last word of what a figure counts, stemmed; "" where it counts nothing named."""
    words = (figure.of or "").split()
    return stem(words[-1]) if words else ""


def is_one_quantity(one: tuple[Told, Figure], other: tuple[Told, Figure]) -> bool:
    """Whether two comparable figures of one place follow one quantity: of one side, or of one matter."""
    if not _same_matter(one, other):
        return False
    if one[0].side & other[0].side:
        return True
    return may_be_one(one[0], other[0]) and is_one_place(one[0], other[0]) and _may_update(one[0], other[0])


def _same_matter(one: tuple[Told, Figure], other: tuple[Told, Figure]) -> bool:
    """Whether a bare noun counts the same: "40 people treated" and "900 people evacuated" do not."""
    (a, f), (b, g) = one, other
    counted = content_words(f.of or "") & content_words(g.of or "")
    if len(counted) > 1 or (a.side & b.side and _same_value(f, g) and (f.amount.low or f.amount.high or 0) >= TELLING):
        return True
    mine, theirs = (_predicate(told, figure, counted) for told, figure in (one, other))
    return bool(mine & theirs) or not mine or not theirs  # "turnout was 71%" says nothing else of what is counted


def _predicate(told: Told, figure: Figure, counted: frozenset[str]) -> frozenset[str]:
    """What a statement says of what it counts: its terms without names, numbers and the thing counted."""
    return plain_terms(told) - counted - content_words(figure.of or "")


def gives_other_numbers(one: Told, other: Told) -> bool:
    """Whether two statements count the same thing and come to different numbers."""
    pairs = product(_figures_of(one), _figures_of(other))
    return any(
        comparable(f, g) and f.forecast == g.forecast and _same_place(f, g) and not _same_value(f, g) for f, g in pairs
    )


def _figures_of(told: Told) -> tuple[Figure, ...]:
    return tuple(told.entry.figures[i] for i in told.statement.figures if i in told.entry.figures)


def quantity_keys(entry: Entry) -> frozenset[str]:
    """Block keys: what each attributed figure counts, and for whom it is said."""
    return frozenset(f"q:{side}:{head_of(f)}" for told, f in _said(entry) for side in told.side)


def _said(entry: Entry) -> Iterator[tuple[Told, Figure]]:
    statements = {s.id: s for s in entry.statements}
    for figure in entry.report.figures:
        if figure.statement in statements and figure.of:
            yield Told(entry, statements[figure.statement]), figure


def _relate(one: tuple[Told, Figure], other: tuple[Told, Figure], settings: Any) -> Iterator[Link]:
    (early, f), (late, g) = sorted((one, other), key=lambda pair: _moment(*pair))
    before, after = _moment(early, f), _moment(late, g)
    days = _days(before[0], after[0])
    is_later = days is not None and days <= settings["days"] and before[:2] < after[:2]
    if g.forecast and not f.forecast:
        return  # what is foreseen moves nothing that was counted
    if not early.side & late.side:
        if is_later and days and not _same_value(f, g) and _same_place(f, g) and _may_update(early, late):
            words = f"another source of the same matter, {_later(days)}: {f.text!r} then {g.text!r} of {g.of}"
            yield make_link("updates", late, early, "other-side-later-figure", words, 0.6)
        elif days == 0 and _exclude(f, g) and _same_place(f, g) and _may_update(early, late):
            words = f"another source of the same matter, the same day: {f.text!r} and {g.text!r} of {g.of}"
            yield make_link("contradicts", late, early, "other-side-other-figure", words, 0.6)
    elif _same_value(f, g) and _same_place(f, g) and f.forecast == g.forecast:
        words = f"the same side gives {g.text!r} and {f.text!r} of {g.of}"
        yield make_link("repeats", late, early, "same-side-same-figure", words, 0.8)
    elif _same_place(f, g) and is_later:
        words = f"the same side, {_later(days or 0)}: {f.text!r} then {g.text!r} of {g.of}"
        yield make_link("updates", late, early, "same-side-later-figure", words, 0.8)
    elif days == 0 or early.entry.report.id == late.entry.report.id:
        yield from _part(one, other)


def _may_update(early: Told, late: Told) -> bool:
    """Whether another source may carry a count on: of one matter, and not two governments at odds."""
    if not may_be_one(early, late) or not is_one_place(early, late):
        return False
    mine, theirs = plain_terms(early), plain_terms(late)
    if jaccard(mine, theirs) < settings_file("relations.toml")["bars"]["moves"]:
        return False
    countries = [frozenset(_countries(told)) for told in (early, late)]
    if all(countries) and not countries[0] & countries[1]:
        return False
    return is_one_matter(early.entry, late.entry)


def _countries(told: Told) -> Iterator[str]:
    entities = told.entry.entities
    return (i for i in told.side if i in entities and entities[i].kind is EntityKind.COUNTRY)


def _part(one: tuple[Told, Figure], other: tuple[Told, Figure]) -> Iterator[Link]:
    """A smaller number in a place that lies in the other's place."""
    for (told, f), (whole, g) in ((one, other), (other, one)):
        if f.where and g.where and _inside(told.entry, f.where, whole.entry, g.where) and _less(f, g):
            words = f"{f.text!r} of {f.of} in a part of the place of {g.text!r}"
            yield make_link("part_of", told, whole, "part-of-place", words, 0.8)
            return


def _moment(told: Told, figure: Figure) -> tuple[str, str, str, int]:
    """Day of the statement, then publication: an edited article moves a figure on the day it was said."""
    day = told.entry.when(told.statement) or figure.as_of or ""
    return (day[:10], told.entry.report.published or "", told.entry.report.id, figure.span.start)


def _later(days: int) -> str:
    return {0: "published later", 1: "a day later"}.get(days, f"{days} days later")


def _days(before: str, after: str) -> int | None:
    try:
        return (date.fromisoformat(after) - date.fromisoformat(before)).days
    except ValueError:
        return None


def _same_value(f: Figure, g: Figure) -> bool:
    return (f.amount.low, f.amount.high) == (g.amount.low, g.amount.high)


def _exclude(f: Figure, g: Figure) -> bool:
    """Whether no number fits both; "about" and its like are taken to be a tenth wide."""
    (low, high), (least, most) = _range(f), _range(g)
    apart = (high is not None and least is not None and high < least) or (
        most is not None and low is not None and most < low
    )
    return apart and not f.forecast and not g.forecast


def _range(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    amount = figure.amount
    slack = Decimal("0.1") if amount.approximate else Decimal(0)
    return (
        None if amount.low is None else amount.low * (1 - slack),
        None if amount.high is None else amount.high * (1 + slack),
    )


def _same_place(f: Figure, g: Figure) -> bool:
    return f.where == g.where


def _less(f: Figure, g: Figure) -> bool:
    most, least = f.amount.high or f.amount.low, g.amount.low or g.amount.high
    return most is not None and least is not None and most <= least


def _inside(a: Entry, part: str, b: Entry, whole: str) -> bool:
    """Whether the place `part` lies in the country `whole`, by the country code of its gazetteer entry."""
    place, country = a.entities.get(part), b.entities.get(whole)
    if place is None or country is None or part == whole or not place.country:
        return False
    return f"iso3166:{place.country}" in country.same_as
