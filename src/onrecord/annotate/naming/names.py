"""Runs of capitalised words told apart: who, which organization, where, or a name that only its use can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.annotate.naming.gazetteer import (
    Head,
    Known,
    first_names,
    heads,
    modifiers,
    organization_heads,
    phrases,
    portfolios,
)
from onrecord.annotate.naming.nametokens import Word
from onrecord.resources import settings_file

INITIAL = re.compile(r"[A-Z]\.|(?:[A-Z]\.){2,3}|[A-Z]")
GIVEN_AFTER = re.compile(r"[A-Z][a-z]+-[a-zA-Z][a-z]+")  # the given name of "Cho Tae-yul"
MODIFYING = ("-based", "-born", "-led", "-backed", "-run", "-owned", "-controlled", "-trained", "-area", "-style")
PARTY = re.compile(r"[DRI]-[A-Z].*")
ACRONYM = re.compile(r"[A-Z][A-Z&]{1,6}s?|(?:[A-Z]\.){3,}")
MOST = 7  # words in a name of a person; more are no name
LINKS = frozenset(("of", "for", "on", "and", "the", "a", "an", "&"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A name or title in a sentence, by the positions of its words."""

    start: int  # word, included
    end: int  # word, excluded
    kind: str | None  # person, organization, country, demonym, people, metonym, capital, place, title; None unknown
    known: Known | None = None
    gender: str | None = None
    sure: bool = True  # False: only if the rest of the report bears it out
    plain: bool = False  # a headline's name that its own words show


@cache
def word_list(name: str) -> frozenset[str]:
    """A word list of names.toml, in lower case."""
    return frozenset(word.lower() for word in settings_file("names.toml")[name])


def settings(name: str) -> Any:
    """A table of names.toml."""
    return settings_file("names.toml")[name]


def find_units(words: Sequence[Word], first: int, end: int) -> list[Unit]:
    """The names and titles among the words `first` to `end` of one sentence, left to right, none overlapping."""
    units: list[Unit] = []
    i = first
    while i < end:
        if not words[i].capital:
            i += 1
            continue
        unit, i = next_unit(words, i, end, i == first or opens_after(words[i - 1]))
        if unit is not None:
            add(units, unit, words)
    return units


def opens_after(before: Word) -> bool:
    """Whether a word or mark may end a sentence or open a quotation, so that the next capital letter says nothing."""
    return not before.text[0].isalnum() and before.text not in "(,"


def add(units: list[Unit], unit: Unit, words: Sequence[Word]) -> None:
    """Appends a unit; a country right before an organization becomes a part of its name: "Russian Defense Ministry"."""
    before = units[-1] if units else None
    if (
        before is not None
        and unit.kind == "organization"
        and unit.known is None
        and before.kind in ("demonym", "country")
        and before.end == unit.start
        and not words[before.end - 1].possessive
    ):
        units[-1] = Unit(before.start, unit.end, "organization")
        return
    if before is not None and is_adjective(before) and before.end == unit.start and is_plain(unit):
        units[-1] = Unit(before.start, unit.end, None)  # the American Legion, the Korean War
        return
    if before is not None and unit.kind == "organization" and unit.known is None and is_first_half(before, unit, words):
        units[-1] = Unit(before.start, unit.end, "organization")
        return
    units.append(unit)


def is_adjective(unit: Unit) -> bool:
    """Whether a unit is a country's adjective."""
    return unit.kind == "demonym" and unit.known is not None and bool(unit.known.code)


def is_plain(unit: Unit) -> bool:
    """Whether a unit is one capitalised word of which nothing is known."""
    return unit.kind is None and unit.known is None and unit.end - unit.start == 1


def is_first_half(before: Unit, unit: Unit, words: Sequence[Word]) -> bool:
    """Whether two names joined by "and" are one: "the House Oversight and Government Reform Committee"."""
    last = words[before.end - 1]
    return (
        before.known is None
        and before.kind in ("organization", None)
        and before.end == unit.start - 1
        and words[before.end].lower == "and"
        and before.start > 0
        and words[before.start - 1].lower == "the"
        and not last.possessive
        and last.text not in organization_heads()
    )


def next_unit(words: Sequence[Word], i: int, end: int, opens: bool) -> tuple[Unit | None, int]:
    """What begins with the capitalised word `i`, if anything, and where to go on."""
    known, n = phrases().at(words, i, end)
    if known is not None and known.kind == "place" and n == 1 and is_common(words[i], opens):
        known = None
    stop = run_end(words, i, end)
    if known is None:
        return unknown_unit(words, i, end, stop, opens)
    if known.kind == "place" and n == 1 and words[i].text in organization_heads():
        return segment(words, i, end, stop, opens)  # Center, Texas is a town
    unit = known_unit(words, i, n, stop, end, known)
    return unit, unit.end


def unknown_unit(words: Sequence[Word], i: int, end: int, stop: int, opens: bool) -> tuple[Unit | None, int]:
    """The same for a word that begins nothing known."""
    lower = words[i].lower
    if PARTY.fullmatch(words[i].text) or lower in ("the", "a", "an") or lower in word_list("calendar"):
        return None, i + 1  # (D-N.Y.), The, March
    if lower in word_list("openers") and is_opener(words, i, opens):
        return None, i + 1
    if lower.endswith(MODIFYING):
        return Unit(i, i + 1, "demonym", Known("demonym")), i + 1
    if lower.endswith(("-american", "-americans")):
        kind = "people" if lower.endswith("s") else "demonym"
        return Unit(i, i + 1, kind, Known(kind)), i + 1
    return segment(words, i, end, stop, opens)


def known_unit(words: Sequence[Word], i: int, n: int, stop: int, end: int, known: Known) -> Unit:
    """The unit of the known phrase of `n` words at `i`, or the longer name that it begins."""
    if known.kind == "title":
        if n == 1 and stop - i == 2 and is_first_name(words[i]) and not words[i + 1].text.isupper():
            return Unit(i, stop, "person")  # Dean Nash may be called Dean; Dean Robert Nash is one
        return Unit(i, i + n + field_of(words, i + n, end), "title", known, known.gender)
    if known.kind in ("demonym", "people", "metonym"):
        return Unit(i, i + n, known.kind, known)
    if stop > i + n and not words[i + n - 1].possessive:
        longer = with_rest(words, i, n, stop, end, known)
        if longer is not None:
            return longer
    sure = not (known.kind == "place" and n == 1 and is_first_name(words[i]))
    return Unit(i, i + n, known.kind, known, sure=sure)


def field_of(words: Sequence[Word], i: int, end: int) -> int:
    """How many words of "of Agriculture", "for Foreign Affairs" follow an office."""
    if i + 1 >= end or words[i].lower not in ("of", "for") or not words[i].joined:
        return 0
    k = i + 1
    while k < min(end, i + 7) and words[k].joined and (words[k].lower in ("the", "and") or is_field(words[k])):
        k += 1
    while k > i and not is_field(words[k - 1]):
        k -= 1
    return max(0, k - i)


def is_field(word: Word) -> bool:
    """Whether a capitalised word is the field of an office."""
    return word.capital and word.lower in portfolios()


def is_common(word: Word, opens: bool) -> bool:
    """Whether a place's name is a month, a direction or another word that seldom means the place: March, South."""
    return (
        word.lower in word_list("calendar")
        or word.lower in word_list("no_place")
        or (opens and word.lower in word_list("openers"))
    )


def is_opener(words: Sequence[Word], i: int, opens: bool) -> bool:
    """Whether a common word is capitalised only for where it stands: "But Smith ...", "A Nation at Risk" alike."""
    return opens or not (i + 1 < len(words) and words[i + 1].capital)


def run_end(words: Sequence[Word], i: int, end: int) -> int:
    """One past the last word of the run of capitalised words that begins with word `i`; particles may stand inside."""
    stop, limit = i + 1, min(end, i + 12)
    particles = word_list("particles")
    while stop < limit and not words[stop - 1].possessive and words[stop].joined:
        if words[stop].capital or (
            words[stop].lower in particles and stop + 1 < limit and is_after_particles(words, stop, limit)
        ):
            stop += 1
        else:
            break
    while stop > i + 1 and not words[stop - 1].capital:
        stop -= 1
    return stop


def is_after_particles(words: Sequence[Word], k: int, limit: int) -> bool:
    """Whether a capitalised word follows at most two particles: "Ursula von der Leyen"."""
    for m in range(k + 1, min(limit, k + 3)):
        if words[m].capital:
            return words[m].joined
        if words[m].lower not in word_list("particles"):
            return False
    return False


def with_rest(words: Sequence[Word], i: int, n: int, stop: int, end: int, known: Known) -> Unit | None:
    """The longer name that a known place, country or organization begins: "Austin Police Department"."""
    after, _ = phrases().at(words, i + n, end)
    if after is not None and after.kind in ("title", "demonym", "people", "country", "metonym"):
        return None
    if leads_to_title(words, i + n, stop, end):
        return None
    organization = organization_at(words, i, stop, end)
    if organization is not None and organization.end > i + n:
        if known.kind == "country" and organization.end > i + n + 1:
            return None  # the organization is found by itself, and the country put before it
        return organization
    if known.kind == "organization":
        last = i + n
        while last < stop and words[last].lower.strip(".,") in settings("firms") and not words[last - 1].possessive:
            last += 1  # "Apple Computer"
        return Unit(i, last, "organization") if last > i + n else None
    if is_first_name(words[i]) and n == 1:
        return person_at(words, i, stop)
    if known.kind in ("place", "capital") and after is None and known.thousands < 1000:
        return Unit(i, min(stop, i + MOST), None, sure=stop - i > 1)
    return None


def leads_to_title(words: Sequence[Word], i: int, stop: int, end: int) -> bool:
    """Whether the words from `i` on are modifiers of a title: "National Security spokesman"."""
    k, mods = i, modifiers()
    while k < min(stop, i + 6) and words[k].lower in mods:
        found, _ = phrases().at(words, k, end)
        if found is not None and found.kind == "title":
            return True
        k += 1
    if k == i or k >= end:
        return False
    found, _ = phrases().at(words, k, end) if words[k].capital else (None, 0)
    return (found is not None and found.kind == "title") or (
        k == stop and words[k].lower in heads() and words[k].joined
    )


def segment(words: Sequence[Word], i: int, end: int, stop: int, opens: bool) -> tuple[Unit | None, int]:
    """The unit that begins with word `i`, of which nothing is known beforehand."""
    if leads_to_title(words, i, stop, end):
        return None, i + 1
    organization = organization_at(words, i, stop, end)
    cut = i + 1
    while cut < stop:
        found, n = phrases().at(words, cut, end)
        if words[cut].lower in word_list("calendar") or (
            found is not None and found.kind in ("title", "demonym", "people", "metonym")
        ):
            break
        if found is not None and found.kind == "organization" and (n > 1 or found.exact):
            break
        cut += 1
    if organization is not None:
        return organization, organization.end
    if is_calling(words[i]) and cut - i >= (3 if is_first_name(words[i]) else 2) and words[i + 1].joined:
        return None, i + 1  # "Comedian Ellen Marsh"; but Dean Nash is a name
    unit = person_at(words, i, cut)
    if unit is None:
        alone = cut - i == 1
        if alone and ACRONYM.fullmatch(words[i].text):
            return Unit(i, cut, "organization", sure=not opens), cut
        if alone and describes(words[i]):
            return None, cut
        kind = "organization" if not alone and ends_in_country(words, cut, end) else None  # Environment Canada
        unit = Unit(i, min(cut, i + MOST), kind, sure=kind is not None or (not opens and not alone))
    return unit, max(cut, unit.end)


def describes(word: Word) -> bool:
    """Whether a capitalised word by itself is no name: Minister, Office, North."""
    return word.lower in heads() or word.lower in word_list("directions") or organization_heads().get(word.text, False)


def is_calling(word: Word) -> bool:
    """Whether a capitalised word says what one person is: Comedian, Englishman."""
    noun = head_of(word)
    return noun is not None and noun.kind == "person" and not noun.plural and not word.possessive


def head_of(word: Word) -> Head | None:
    """What a noun describes, "ex-" and its like before it apart: mayor, ex-mayor."""
    noun = heads().get(word.lower)
    if noun is None and "-" in word.lower:
        first, _, rest = word.lower.partition("-")
        noun = heads().get(rest) if first in word_list("role_prefixes") else None
    return noun


def ends_in_country(words: Sequence[Word], cut: int, end: int) -> bool:
    """Whether the last word before `cut` is a country."""
    known, _ = phrases().at(words, cut - 1, end)
    return known is not None and known.kind == "country" and not is_first_name(words[cut - 1])


def organization_at(words: Sequence[Word], i: int, stop: int, end: int) -> Unit | None:
    """The organization whose name begins with word `i`: it has a word like Ministry, Agency, Inc. in it."""
    table = organization_heads()
    last = 0
    for k in range(i, stop):
        opening = table.get(words[k].text)
        if opening is None and not (words[k].text.endswith(".") and words[k].text in table):
            continue
        if k > i or opening:
            last = k + 1
    if not last:
        return None
    k = last
    head = words[last - 1]
    if table.get(head.text) and not head.possessive:
        k = after_links(words, last, end)
    if k == last and last - i == 1:
        return None  # "Office" or "Council" alone describes, it does not name
    return Unit(i, k, "organization")


def after_links(words: Sequence[Word], k: int, end: int) -> int:
    """Where "of", "for" and their like carry a name on: "Center for a New American Security"."""
    if k >= end or words[k].lower not in ("of", "for", "on") or not words[k].joined:
        return k
    last, m = k, k
    while m < min(end, k + 9) and words[m].joined and not words[m - 1].possessive:
        if words[m].capital:
            if words[m].lower in word_list("calendar"):
                break  # "the Accountability Office on June 3"
            last = m + 1
        elif words[m].lower not in LINKS or (words[m].lower == "and" and m > k + 4):
            break
        m += 1
    return last


def is_first_name(word: Word) -> bool:
    """Whether people bear the word as their first name."""
    return word.lower in first_names() or ("-" in word.lower and word.lower.split("-", 1)[0] in first_names())


def person_at(words: Sequence[Word], i: int, stop: int) -> Unit | None:
    """The person whose name is the words `i` to `stop`, where their form shows that it is one."""
    stop = min(stop, i + MOST)
    count = stop - i
    if count < 2 or any(words[k].possessive for k in range(i, stop - 1)):
        return None
    if words[stop - 1].lower in word_list("no_surname"):
        return None  # Arden Airport
    names = [word.text for word in words[i:stop]]
    if any(
        len(name) > 1 and name.isupper() and name.lower() not in word_list("generations") and "." not in name
        for name in names
    ) and not all(name.isupper() for name in names):
        return None
    first = words[i]
    gender = (
        first_names().get(first.lower, first_names().get(first.lower.split("-", 1)[0]))
        if first.text[0].isupper()
        else None
    )
    known = None if gender in (None, "u") else gender
    if gender is not None:
        return Unit(i, stop, "person", gender=known)
    inner = names[1:-1]
    if any(INITIAL.fullmatch(name) for name in inner) or (INITIAL.fullmatch(names[0]) and "." in names[0]):
        return Unit(i, stop, "person")
    if count == 2 and GIVEN_AFTER.fullmatch(names[1]):
        return Unit(i, stop, "person")
    if count in (2, 3) and first.lower in word_list("family_first"):
        return Unit(i, stop, "person")
    if any(word.lower in word_list("particles") for word in words[i + 1 : stop - 1]):
        return Unit(i, stop, "person")
    if words[stop - 1].lower in word_list("generations"):
        return Unit(i, stop, "person")
    return None
