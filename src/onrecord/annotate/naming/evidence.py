"""What the whole report shows of its names, and which of them it bears out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.annotate.naming.gazetteer import phrases
from onrecord.annotate.naming.metonyms import is_dateline
from onrecord.annotate.naming.names import Unit, describes, is_first_name, person_at, word_list
from onrecord.annotate.naming.nametokens import Word, state_abbreviations
from onrecord.annotate.naming.stretches import Stretch

PLACE_ALONE = 100  # thousands of people from which a city's name needs no "in" before it


@dataclass(frozen=True, slots=True)
class Facts:
    """What the whole report shows about its names."""

    full: frozenset[str]  # lower-case names of two words or more
    parts: frozenset[str]  # lower-case words of those names of people
    last: frozenset[str]  # lower-case last words of those names that may be people's
    alone: frozenset[str]  # lower-case single names seen inside sentences
    located: frozenset[str]  # lower-case names seen after "in" and its like, or before a region's name
    countries: frozenset[str]  # codes of countries named, or whose people are
    koreas: bool

    @classmethod
    def of(cls, words: Sequence[Word], stretches: Sequence[Stretch], units: Sequence[Sequence[Unit]]) -> Facts:
        """Gathered in one pass over the units."""
        full: set[str] = set()
        parts: set[str] = set()
        last: set[str] = set()
        alone: set[str] = set()
        located: set[str] = set()
        countries: set[str] = set()
        for stretch, found in zip(stretches, units, strict=True):
            for unit in found:
                key = key_of(words, unit)
                if (
                    unit.known is not None
                    and unit.known.code
                    and unit.kind in ("country", "demonym", "people", "metonym")
                ):
                    countries.add(unit.known.code)
                if unit.kind in ("place", "capital") and is_located(words, unit, stretch):
                    located.add(key)
                if stretch.headline:
                    continue
                sure = unit.sure or is_told_of(words, unit.end, stretch.end) or is_aged(words, unit.end, stretch.end)
                if unit.end - unit.start > 1 and sure and unit.kind in ("person", "organization", None):
                    full.add(key)
                    if unit.kind is None and unit.end - unit.start <= 3:
                        last.add(words[unit.end - 1].lower)
                    if unit.kind == "person" or titled(words, unit, stretch):
                        parts.update(word.lower for word in words[unit.start + 1 : unit.end] if len(word.text) > 2)
                        parts.update(
                            word.lower.rsplit("-", 1)[-1]
                            for word in words[unit.start + 1 : unit.end]
                            if word.lower.startswith(("al-", "el-"))
                        )
                        if words[unit.start].lower in word_list("family_first"):
                            parts.add(words[unit.start].lower)
                elif unit.known is None and unit.start > stretch.first and is_inside(words[unit.start - 1]):
                    alone.add(key)
                if unit.end - unit.start == 1 and titled(words, unit, stretch):
                    parts.add(key)
        return cls(
            frozenset(full),
            frozenset(parts),
            frozenset(last),
            frozenset(alone),
            frozenset(located),
            frozenset(countries),
            {"KP", "KR"} & countries != set(),
        )


def is_inside(before: Word) -> bool:
    """Whether the word before shows that a capital letter stands inside a sentence."""
    return before.text[0].isalnum() or before.text in "(,"


def key_of(words: Sequence[Word], unit: Unit) -> str:
    """The unit's words in lower case."""
    return " ".join(word.lower for word in words[unit.start : unit.end])


def titled(words: Sequence[Word], unit: Unit, stretch: Stretch) -> bool:
    """Whether a title written with a capital stands right before the unit."""
    if unit.start == stretch.first or not words[unit.start].joined or words[unit.start - 1].possessive:
        return False
    table, before = phrases(), words[unit.start - 1]
    entry = table.known.get(before.lower)
    return entry is not None and entry.kind == "title" and before.capital


def is_located(words: Sequence[Word], unit: Unit, stretch: Stretch) -> bool:
    """Whether "in" stands before the name or a comma and a region after it, or it is a dateline."""
    i = unit.start
    if i > stretch.first and words[i - 1].lower in word_list("place_sign"):
        return True
    if i > stretch.first + 1 and words[i - 1].text == "," and words[i - 2].capital:
        return unit.known is not None and unit.known.thousands >= PLACE_ALONE
    return is_dateline(words, unit, stretch.first, stretch.end) or has_region_after(words, unit, stretch)


def has_region_after(words: Sequence[Word], unit: Unit, stretch: Stretch) -> bool:
    """Alexandria, La. and Portland, Oregon: a comma, then a place or an abbreviated state."""
    i = unit.end
    if i + 1 >= stretch.end or words[i].text != "," or not words[i + 1].capital:
        return False
    found, n = phrases().at(words, i + 1, stretch.end)
    region = (found is not None and found.kind in ("place", "country")) or words[i + 1].text in state_abbreviations()
    after = i + 1 + max(n, 1)
    return region and (after >= stretch.end or not words[after].capital)


def is_borne_out(words: Sequence[Word], unit: Unit, stretch: Stretch, facts: Facts) -> bool:
    """Whether the report shows that the unit is a name at all."""
    key = key_of(words, unit)
    if unit.kind == "place":
        thousands = unit.known.thousands if unit.known is not None else 0
        if key in facts.parts or key in facts.last or key in facts.located or is_located(words, unit, stretch):
            return True
        if is_small_place_that_speaks(words, unit, stretch):
            return True
        return unit.sure and thousands >= (PLACE_ALONE * 5 if unit.start == stretch.first else PLACE_ALONE)
    if unit.known is not None:
        return True
    if stretch.headline and unit.plain:
        return True
    if stretch.headline:
        return key in facts.full or key in facts.parts or (unit.kind == "organization" and key in facts.alone)
    if unit.end - unit.start > 1:
        return unit.sure or key in facts.full or words[unit.start].lower not in word_list("openers")
    if unit.kind == "organization":
        return unit.sure or key in facts.alone or key in facts.parts
    if unit.start > stretch.first and words[unit.start - 1].text[0].isalnum():
        return True
    if is_aged(words, unit.end, stretch.end) or is_told_of(words, unit.end, stretch.end):
        return True
    following = words[unit.end].lower if unit.end < stretch.end else ""
    return (
        key in facts.parts
        or key in facts.alone
        or (following in word_list("speaks") and words[unit.start].lower not in word_list("openers"))
    )


def is_small_place_that_speaks(words: Sequence[Word], unit: Unit, stretch: Stretch) -> bool:
    """Whether a small town's name is somebody's, as it speaks: "Keller said"."""
    if unit.known is None or unit.known.thousands >= PLACE_ALONE or unit.end - unit.start > 1:
        return False
    return unit.end < stretch.end and words[unit.end].lower in word_list("speaks")


def is_aged(words: Sequence[Word], i: int, end: int) -> bool:
    """Whether an age stands after a name that ends before word `i`: "Marsh, 32, was convicted"."""
    if i + 2 >= end or words[i].text != "," or words[i + 2].text not in (",", "."):
        return False
    return words[i + 1].text.isascii() and words[i + 1].text.isdigit() and len(words[i + 1].text) <= 2


def is_told_of(words: Sequence[Word], i: int, end: int) -> bool:
    """Whether ", who" stands after a name that ends before word `i`."""
    return i + 1 < end and words[i].text == "," and words[i + 1].text == "who"


def as_person(words: Sequence[Word], unit: Unit, facts: Facts, stretch: Stretch) -> Unit:
    """A place or unknown name that is a part of a person's name elsewhere in the report is that person's."""
    if unit.kind == "organization" and unit.known is not None and not unit.known.exact:
        is_surname = unit.end - unit.start == 1 and key_of(words, unit) in facts.parts
        return Unit(unit.start, unit.end, "person") if is_surname else unit  # Ann Siemens, not the firm
    if (
        unit.kind == "person"
        or unit.end - unit.start > 1
        or unit.kind in ("title", "organization", "demonym", "people", "metonym")
    ):
        return unit
    if key_of(words, unit) in facts.parts and not is_place_all_the_same(words, unit, stretch):
        return Unit(unit.start, unit.end, "person")
    is_surname = key_of(words, unit) in facts.last or is_small_place_that_speaks(words, unit, stretch)
    if unit.kind == "place" and is_surname and not is_located(words, unit, stretch):
        return Unit(unit.start, unit.end, None)
    return unit


def trimmed(words: Sequence[Word], unit: Unit, facts: Facts) -> Unit:
    """A run of a headline cut to the name that the text has: "Mayor Hails Ana Duarte Deal" to "Ana Duarte".

    Where the text has none, to a first name and one more before a word that no name has: "Ana Duarte As New Mayor".
    """
    if unit.known is not None:
        return unit
    for length in range(unit.end - unit.start, 0, -1):
        for start in range(unit.start, unit.end - length + 1):
            cut = Unit(start, start + length, unit.kind if start == unit.start else None, None, unit.gender)
            key = key_of(words, cut)
            if key in facts.full or (length == 1 and key in facts.parts):
                return cut
    for start in range(unit.start, unit.end - 1):
        if is_called_so(words, start):
            found = person_at(words, start, start + 2)
            return replace(found, plain=True) if found is not None else unit
    return unit


def is_called_so(words: Sequence[Word], i: int) -> bool:
    """Whether a first name stands at word `i`, then one that may be a surname, then a word that no name has."""
    first, last = words[i], words[i + 1]
    if not is_first_name(first) or describes(last) or last.possessive or first.possessive or not last.joined:
        return False
    if last.lower in word_list("no_person") or is_no_name(last) or is_no_name(first):
        return False
    return i + 2 >= len(words) or not words[i + 2].joined or is_no_name(words[i + 2])


def is_no_name(word: Word) -> bool:
    """Whether a word is a verb of speech, a small word or a mark."""
    return not word.text[0].isalpha() or any(word.lower in word_list(one) for one in ("small", "speaks", "unstressed"))


def is_place_all_the_same(words: Sequence[Word], unit: Unit, stretch: Stretch) -> bool:
    """Whether a name that is also somebody's surname means the place here: "in Jackson, Miss.", WASHINGTON —."""
    if unit.kind not in ("place", "capital", "country"):
        return False
    before = words[unit.start - 1].lower if unit.start > stretch.first else ""
    stands_in = before in ("in", "near") and not words[unit.end - 1].possessive
    return stands_in or is_dateline(words, unit, stretch.first, stretch.end) or has_region_after(words, unit, stretch)
