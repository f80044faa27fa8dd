"""Whether two statements may speak of one thing: what, where, when. Where a scope is unknown and may differ: no."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date, timedelta
from functools import cache
from typing import cast

from onrecord.link.entry import Entry, Told
from onrecord.link.remembering import remembered
from onrecord.link.words import WORD, stem
from onrecord.model import EntityKind, Figure, Span
from onrecord.resources import settings_file

DUE = re.compile(r"\b(?:by|before|until|till|through|within)\s+(?:the\s+)?(?:end\s+of\s+)?$", re.IGNORECASE)

BACK = 500  # code points read before a content for the place that it goes on about
SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[A-Z“\"‘'])|\n")
SITE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]ff|[Oo]utside|[Aa]round|[Ii]nside)\s(?:[a-z]{1,15}\s){0,3}?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3})"
)


def may_be_one(one: Told, other: Told, *, due: bool = False, on_any_day: bool = False) -> bool:
    """Whether days, places and names in the two contents leave it open that both speak of the same.

    With `due`, a day by which something is to be is none: "by 1 December" is kept on 28 November. With `on_any_day`,
    days are not looked at: some of those taken in May are freed in June.
    """
    differs = (
        (not on_any_day and _days_differ(one, other, due=due))
        or _places_differ(one, other)
        or _names_differ(one, other)
    )
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
    key = ("part words", told.statement.id, figure.span)
    if key not in told.entry.memory:
        told.entry.memory[key] = _part_words(told, figure)
    return cast("frozenset[str]", told.entry.memory[key])


def _part_words(told: Told, figure: Figure) -> frozenset[str]:
    text, span = told.entry.report.text, figure.span
    whole = next((s for s in told.statement.content.spans if s.start <= span.start < s.end), span)
    others = [f.span for f in told.entry.figures.values() if whole.start <= f.span.start < whole.end and f.span != span]
    before = max((s.end for s in others if s.end <= span.start), default=whole.start)
    after = min((s.start for s in others if s.start >= span.end), default=whole.end)
    first = max(before, text.find(",", before, span.start)) if before > whole.start else before
    last = max(text.rfind(",", span.end, after), span.end) if after < whole.end else after
    words = (word for word in WORD.findall(text[first:last]) if not word[0].isupper())  # "Calder County" is a name
    return frozenset(stem(word) for word in words if stem(word) in _part_nouns())


def sites_differ(one: Told, other: Told, f: Span | None = None, g: Span | None = None) -> bool:
    """Whether what two statements say, or of the figures at `f` and `g`, is told at two named places.

    Within one report a sentence without a place goes on about that of the one before; two reports are compared by what
    the sentences themselves name.
    """
    on = one.entry.report.id == other.entry.report.id
    mine, theirs = site_of(one, f, on=on), site_of(other, g, on=on)
    if bool(mine & _spots()) != bool(theirs & _spots()):
        return False  # a street or a hospital may lie in the town
    return bool(mine and theirs) and not mine & theirs - _spots()


def share_site(one: Told, other: Told) -> bool:
    """Whether two statements are told of a named place in common, or neither of one; see `site_of`."""
    mine, theirs = site_of(one, on=True), site_of(other, on=True)
    return bool(mine & theirs - _spots()) or not (mine or theirs)


@cache
def _spots() -> frozenset[str]:
    return frozenset(stem(word) for word in settings_file("relations.toml")["scope"]["spots"])


def tell_of_another(one: Told, other: Told) -> bool:
    """Whether only one is told to be of a further event: "in the second attack", "a fresh quake"."""
    mine, theirs = (_further().search(t.statement.content.quote) for t in (one, other))
    return bool(mine) != bool(theirs)


@cache
def _further() -> re.Pattern[str]:
    events = "|".join(settings_file("relations.toml")["scope"]["events"])
    return re.compile(rf"\b(?:another|second|third|fourth|fifth|separate|fresh|next)\s(?:{events})\b", re.IGNORECASE)


def site_of(told: Told, figure: Span | None = None, *, on: bool = False) -> frozenset[str]:
    """The words of names after "in", "at" and their like in the sentence of a content; with `on`, or in one before."""
    spans = told.statement.content.spans
    whole = next((s for s in spans if figure is None or s.start <= figure.start < s.end), spans[0])
    key = ("site", whole, on)
    if key not in told.entry.memory:
        told.entry.memory[key] = _site(told.entry, whole, on=on)
    return cast("frozenset[str]", told.entry.memory[key])


def _site(entry: Entry, whole: Span, *, on: bool) -> frozenset[str]:
    text, names = entry.report.text, entry.name_words
    first = _sentence_start(text, whole.start)
    floor = max(0, first - BACK)
    found = _sites(text, first, whole.end, names)
    while on and not found and first > floor:
        last, first = first, _sentence_start(text, max(0, first - 2))
        found = _sites(text, first, last, names)
    return found


def _sentence_start(text: str, at: int) -> int:
    begin = max(0, at - BACK)
    return max((m.end() for m in SENTENCE_END.finditer(text, begin, at)), default=begin)


def _sites(text: str, first: int, last: int, names: Container[str]) -> frozenset[str]:
    found = (stem(word) for m in SITE.finditer(text, first, last) for word in WORD.findall(m["name"]))
    return frozenset(word for word in found if word in names or word in _spots())


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
    mine, theirs = one.names - other.entry.all_words, other.names - one.entry.all_words
    return bool(mine - _part_nouns() and theirs - _part_nouns())  # "Calder County", and "Calder" in the other


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
