"""What is measured and grows or is taken back: "burned 12,000 acres", "31,000 acres", "spilled up to 900 tonnes"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told
from onrecord.link.gates.bounds import same_value
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.parts import periods_differ
from onrecord.link.gates.polarity import is_ahead
from onrecord.link.gates.scope import is_one_place, may_be_one, sites_differ
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.kinds.portions import Said
from onrecord.link.kinds.quantities import (
    are_two_governments,
    days_between,
    head_of,
    is_over,
    later_words,
    moment_of,
    predicate_of,
)
from onrecord.link.words import content_words
from onrecord.model import Figure, Link
from onrecord.resources import settings_file

MOST = 100  # measures of a report that are looked at


def find_measured(a: Entry, b: Entry) -> Iterator[Link]:
    """`updates` between measures of one thing in two reports of one matter, also where one names no substance."""
    if a.report.id == b.report.id or not is_one_matter(a, b):
        return
    for one, other in product(_measured(a), _measured(b)):
        if one[1].amount.unit == other[1].amount.unit and one[1].amount.per == other[1].amount.per:
            yield from _relate(one, other)


def _measured(entry: Entry) -> Iterator[Said]:
    by_id = {told.statement.id: told for told in entry.told}
    for figure in entry.report.figures:
        told = by_id.get(figure.statement or "")
        if (
            told is not None
            and figure.amount.unit in _units()
            and not (figure.forecast or figure.planned or is_ahead(told))
        ):
            yield told, figure


def _relate(one: Said, other: Said) -> Iterator[Link]:
    (early, f), (late, g) = sorted((one, other), key=lambda said: moment_of(*said))
    before, after = moment_of(early, f)[:2], moment_of(late, g)[:2]
    days = days_between(before[0], after[0])
    if days is None or not before < after or same_value(f, g) or _differ((early, f), (late, g)):
        return
    is_one = is_one_voice(early, late)
    if not is_one and (not days or are_two_governments(early, late) or (is_over(early) and is_over(late))):
        return
    rule = "same-side-later-figure" if is_one else "other-side-later-figure"
    who = "the same side" if is_one else "another source of the same matter"
    words = f"{who}, {later_words(days)}: {f.text!r} then {g.text!r} of {g.of or f.of or 'the same'}"
    yield make_link("updates", late, early, rule, words, 0.7 if is_one else 0.6)


def _differ(one: Said, other: Said) -> bool:
    """Whether substance, place, time or what is said tells two measures apart."""
    (a, f), (b, g) = one, other
    if f.increment != g.increment or f.amount.direction != g.amount.direction or f.part_of or g.part_of:
        return True
    if f.of and g.of and head_of(f) != head_of(g) and not _names_substance(a, b, f, g):
        return True
    if (
        not may_be_one(a, b)
        or not is_one_place(one, other)
        or sites_differ(a, b, f.span, g.span)
        or periods_differ(one, other)
    ):
        return True
    if f.where != g.where and None not in (f.where, g.where):
        return True
    return not predicate_of(a, f) & predicate_of(b, g)


def _names_substance(a: Told, b: Told, f: Figure, g: Figure) -> bool:
    """Whether each content has the noun of the other elsewhere: "a tank of crude", "barrels of oil"."""
    return bool(content_words(f.of or "") & b.terms) or bool(content_words(g.of or "") & a.terms)


def _units() -> frozenset[str]:
    return frozenset(settings_file("relations.toml")["counts"]["measures"])
