"""Whether two statements may speak of one thing: what, where, when. Where a scope is unknown and may differ: no."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from onrecord.link.entry import Told
from onrecord.link.remembering import remembered
from onrecord.link.words import WORD, stem
from onrecord.model import EntityKind, Figure
from onrecord.resources import settings_file

DUE = re.compile(r"\b(?:by|before|until|till|through|within)\s+(?:the\s+)?(?:end\s+of\s+)?$", re.IGNORECASE)


def may_be_one(one: Told, other: Told, *, due: bool = False) -> bool:
    """Whether days, places and names in the two contents leave it open that both speak of the same.

    With `due`, a day by which something is to be is none: "by 1 December" is kept on 28 November.
    """
    differs = _days_differ(one, other, due=due) or _places_differ(one, other) or _names_differ(one, other)
    return not (differs or _persons_differ(one, other) or kinds_differ(one, other))


def kinds_differ(one: Told, other: Told) -> bool:
    """Whether a noun that both have is of another kind in each: a night train and a freight train, two quarters.

    What tells them apart stands before the noun, or after it with "of" or "for" ("the election for the council"). A
    word that the other report has as well tells nothing apart, an ordinal or the name of a model always does.
    """
    mine, theirs = (t.entry.kinds[t.statement.id] for t in (one, other))
    for noun in mine.keys() & theirs.keys():
        left, right = mine[noun] - theirs[noun], theirs[noun] - mine[noun]
        if left & _ordinals() and right & _ordinals():
            return True
        if left - other.entry.all_words and right - one.entry.all_words and not mine[noun] & theirs[noun]:
            return True
    return False


def is_one_place(one: tuple[Told, Figure], other: tuple[Told, Figure]) -> bool:
    """Whether both numbers are of the same part of a place, or of no part: "in the district", "on the east side"."""
    return part_words(*one) == part_words(*other)


def part_words(told: Told, figure: Figure) -> frozenset[str]:
    """The nouns for a part of a place or body that stand with a number: in its clause, or in one that has no number."""
    text, span = told.entry.report.text, figure.span
    whole = next((s for s in told.statement.content.spans if s.start <= span.start < s.end), span)
    others = [f.span for f in told.entry.figures.values() if whole.start <= f.span.start < whole.end and f.span != span]
    before = max((s.end for s in others if s.end <= span.start), default=whole.start)
    after = min((s.start for s in others if s.start >= span.end), default=whole.end)
    first = max(before, text.find(",", before, span.start)) if before > whole.start else before
    last = max(text.rfind(",", span.end, after), span.end) if after < whole.end else after
    return frozenset(stem(word) for word in WORD.findall(text[first:last]) if stem(word) in _part_nouns())


def days_of(one: Told, *, due: bool = False) -> frozenset[str]:
    """The dates in a content, as coarse as they are given; with `due`, without those by which something is to be."""
    inside, text = one.entry.times.within(one.statement.content.spans), one.entry.report.text
    kept = (t for t in inside if not due or not DUE.search(text[max(0, t.span.start - 24) : t.span.start]))
    dated = (t.value for t in kept if t.value and t.value.timex_type in ("DATE", "TIME"))
    return frozenset(value.value.partition("T")[0] for value in dated if value.value[:1].isdigit())


def _days_differ(one: Told, other: Told, *, due: bool = False) -> bool:
    mine, theirs = days_of(one, due=due), days_of(other, due=due)
    return bool(mine and theirs) and not any(_meet(x, y) for x in mine for y in theirs)


def _meet(one: str, other: str) -> bool:
    """Whether two dates may be one: the same, one within the other, or neighbouring days."""
    if one.startswith(other) or other.startswith(one):
        return True
    try:
        return abs(date.fromisoformat(one) - date.fromisoformat(other)) <= timedelta(days=1)
    except ValueError:
        return False


def _places_differ(one: Told, other: Told) -> bool:
    here, there = (frozenset(_places(t)) for t in (one, other))
    return bool(here and there) and not here & there


@remembered
def _places(one: Told) -> list[str]:
    entities = one.entry.entities
    kinds = (EntityKind.PLACE, EntityKind.COUNTRY)
    return [term for term in one.terms if term in entities and entities[term].kind in kinds]


def _names_differ(one: Told, other: Told) -> bool:
    """Whether each content names what the other report names nowhere: two models, two companies, two men."""
    return bool(one.names - other.entry.all_words and other.names - one.entry.all_words)


def _persons_differ(one: Told, other: Told) -> bool:
    """Whether each content names a person, and another one."""
    mine, theirs = ({i for i in t.terms if _is_person(t, i)} for t in (one, other))
    return bool(mine and theirs) and not mine & theirs and not (_name_stems(one, mine) & _name_stems(other, theirs))


def _is_person(one: Told, term: str) -> bool:
    entity = one.entry.entities.get(term)
    return entity is not None and entity.kind is EntityKind.PERSON


def _name_stems(one: Told, ids: set[str]) -> frozenset[str]:
    """The last words of the names: one report has "Karsh", the other "Emil Karsh"."""
    names = (name for i in ids for name in one.entry.entities[i].aliases if len(name.split()) == 1)
    return frozenset(stem(name) for name in names)


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(settings_file("relations.toml")["scope"]["ordinals"])


@cache
def _part_nouns() -> frozenset[str]:
    return frozenset(stem(noun) for noun in settings_file("relations.toml")["scope"]["parts"])
