"""Words that name, describe or point at somebody or somewhere: people, organizations, countries, places, sources without a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.annotate.describing import Clause, Description, apposition_after, find_descriptions
from onrecord.annotate.gazetteer import phrases
from onrecord.annotate.metonyms import is_dateline, stands_for_government
from onrecord.annotate.names import Unit, find_units, word_list
from onrecord.annotate.nametokens import Word, split_words, state_abbreviations
from onrecord.model import Mention, Report, SectionKind, Span

PRONOUNS = {
    "he": ("m", False), "him": ("m", False), "his": ("m", False), "himself": ("m", False),
    "she": ("f", False), "her": ("f", False), "hers": ("f", False), "herself": ("f", False),
    "they": (None, True), "them": (None, True), "their": (None, True), "themselves": (None, True),
}  # fmt: skip
CONTRACTED = re.compile(r"(he|she|they)['’](?:s|d|ll|re|ve)$")
ROUGH_END = re.compile(
    r"(?<=[a-z0-9)”\"’%][.!?])(?<! Mr\.)(?<! Ms\.)(?<! Dr\.)(?<!Sen\.)(?<!Rep\.)(?<!Gov\.)(?<!Gen\.)[\"”’)]*\s+(?=[A-Z“\"‘(])|\n+"
)  # where no step has found sentences
TITLE_CASE = 0.6  # share of longer words with a capital from which a line is set as a headline
ALL_BUT_FEW = 0.85  # the same for a line that ends like a sentence
PLACE_ALONE = 100  # thousands of people from which a city's name needs no "in" before it


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence by the positions of its words."""

    first: int
    end: int
    headline: bool  # set in title case or capitals: a capital letter says nothing


@dataclass(frozen=True, slots=True)
class FindMentions:
    """Step: adds `mentions`, in order of appearance."""

    name: str = "mentions"
    requires: tuple[str, ...] = ("sentences",)
    assigns: tuple[str, ...] = ("mentions",)

    def __call__(self, report: Report) -> Report:
        """The report with its mentions; none in boilerplate."""
        return replace(report, mentions=find_mentions(report))


def find_mentions(report: Report) -> tuple[Mention, ...]:
    """Every mention in the report's sentences, by (start, end)."""
    text = report.text
    words = split_words(text)
    stretches = find_stretches(report, words)
    units = [find_units(words, one.first, one.end) for one in stretches]
    facts = Facts.of(words, stretches, units)
    mentions: list[Mention] = []
    for stretch, found in zip(stretches, units, strict=True):
        mentions += mentions_of(text, words, stretch, found, facts)
    return tuple(sorted(mentions, key=lambda m: (m.span.start, m.span.end, m.form)))


def find_stretches(report: Report, words: Sequence[Word]) -> list[Stretch]:
    """The report's sentences as positions of words; rough ones where the layer is empty."""
    starts = [word.start for word in words]
    if report.sentences:
        spans: Iterable[tuple[Span, bool]] = (
            (one.span, one.section is SectionKind.HEADLINE)
            for one in report.sentences
            if one.section is not SectionKind.BOILERPLATE
        )
    else:
        edges = [0, *(m.end() for m in ROUGH_END.finditer(report.text)), len(report.text)]
        spans = ((Span(a, b), False) for a, b in zip(edges, edges[1:], strict=False) if a < b)
    found = []
    for span, headline in spans:
        first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
        if first < end:
            found.append(Stretch(first, end, is_set_as_headline(words[first:end], headline)))
    return found


def is_set_as_headline(words: Sequence[Word], headline: bool) -> bool:
    """Whether capital letters say nothing about names here."""
    longer = [word for word in words if len(word.text) > 3 and word.text[0].isalpha()]
    if len(longer) < 4 and not headline:
        return False
    capitals = sum(word.capital for word in longer)
    return bool(longer) and capitals >= TITLE_CASE * len(longer) and (headline or words[-1].text not in '.!?”"')


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
                if unit.end - unit.start > 1 and unit.sure and unit.kind in ("person", "organization", None):
                    full.add(key)
                    if unit.kind is None and unit.end - unit.start <= 3:
                        last.add(words[unit.end - 1].lower)
                    if unit.kind == "person" or titled(words, unit, stretch, found):
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
                if unit.end - unit.start == 1 and titled(words, unit, stretch, found):
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


def titled(words: Sequence[Word], unit: Unit, stretch: Stretch, found: Sequence[Unit]) -> bool:
    """Whether a title written with a capital stands right before the unit."""
    if unit.start == stretch.first or not words[unit.start].joined:
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
    if unit.kind in ("place",):
        thousands = unit.known.thousands if unit.known is not None else 0
        if key in facts.parts or key in facts.last or key in facts.located or is_located(words, unit, stretch):
            return True
        return unit.sure and thousands >= (PLACE_ALONE * 5 if unit.start == stretch.first else PLACE_ALONE)
    if unit.known is not None:
        return True
    if stretch.headline:
        return key in facts.full or key in facts.parts or (unit.kind == "organization" and key in facts.alone)
    if unit.end - unit.start > 1:
        return unit.sure or key in facts.full or words[unit.start].lower not in word_list("openers")
    if unit.kind == "organization":
        return unit.sure or key in facts.alone
    if unit.start > stretch.first and words[unit.start - 1].text[0].isalnum():
        return True
    following = words[unit.end].lower if unit.end < stretch.end else ""
    return (
        key in facts.parts
        or key in facts.alone
        or (following in SPEAKS and words[unit.start].lower not in word_list("openers"))
    )


SPEAKS = frozenset(
    (
        "said",
        "says",
        "told",
        "added",
        "warned",
        "argued",
        "insisted",
        "explained",
        "tweeted",
        "wrote",
        "asked",
        "replied",
        "noted",
        "recalled",
    )
)


def mentions_of(
    text: str, words: Sequence[Word], stretch: Stretch, units: Sequence[Unit], facts: Facts
) -> list[Mention]:
    """The mentions of one sentence."""
    if stretch.headline:
        units = [trimmed(words, unit, facts) for unit in units]
    kept = [unit for unit in units if unit.kind == "title" or is_borne_out(words, unit, stretch, facts)]
    kept = [as_person(words, unit, facts, stretch) for unit in kept]
    clause = Clause(text, words, stretch.first, stretch.end, kept)
    described = find_descriptions(clause, kept)
    at_name = {end: one for one in described for end in {one.head, one.end}}
    mentions: list[Mention] = []
    used = {one.head for one in described if one.title == "several" and one.head in clause.starting}
    for unit in kept:
        if unit.kind == "title" or (unit.kind == "demonym" and unit.known is not None and not unit.known.code):
            continue
        one = at_name.get(unit.start)
        if one is not None and not takes_name(clause, one, unit):
            one = None
        if one is not None:
            used.add(one.head)
        mentions.append(named(clause, unit, one, facts))
    mentions += [
        nominal(clause, one) for one in described if one.head not in used and one.title not in ("honorific", "rank")
    ]
    mentions += places_inside(clause, kept, facts)
    mentions += abbreviated_states(clause)
    mentions += pronouns(clause)
    if facts.koreas:
        mentions += the_koreas(clause)
    return with_preposed_roles(text, mentions)


def as_person(words: Sequence[Word], unit: Unit, facts: Facts, stretch: Stretch) -> Unit:
    """A place or unknown name that is a part of a person's name elsewhere in the report is that person's."""
    if (
        unit.kind == "person"
        or unit.end - unit.start > 1
        or unit.kind in ("title", "organization", "country", "demonym", "people", "metonym")
    ):
        return unit
    if key_of(words, unit) in facts.parts and not is_place_all_the_same(words, unit, stretch):
        return Unit(unit.start, unit.end, "person")
    if unit.kind == "place" and key_of(words, unit) in facts.last and not is_located(words, unit, stretch):
        return Unit(unit.start, unit.end, None)
    return unit


def trimmed(words: Sequence[Word], unit: Unit, facts: Facts) -> Unit:
    """A run of a headline cut to the name that the text has: "Ana Duarte Calls" to "Ana Duarte"."""
    if unit.known is not None:
        return unit
    for end in range(unit.end, unit.start, -1):
        cut = Unit(unit.start, end, unit.kind, None, unit.gender)
        if key_of(words, cut) in facts.full or (end - unit.start == 1 and key_of(words, cut) in facts.parts):
            return cut
    return unit


def is_place_all_the_same(words: Sequence[Word], unit: Unit, stretch: Stretch) -> bool:
    """Whether a name that is also somebody's surname means the place here: "in Jackson, Miss.", WASHINGTON —."""
    if unit.kind not in ("place", "capital"):
        return False
    before = words[unit.start - 1].lower if unit.start > stretch.first else ""
    stands_in = before in ("in", "near") and not words[unit.end - 1].possessive
    return stands_in or is_dateline(words, unit, stretch.first, stretch.end) or has_region_after(words, unit, stretch)


def takes_name(clause: Clause, one: Description, unit: Unit) -> bool:
    """Whether the title stands before this name: "spokesman John Kirby", not "the agency Reuters" or "officials Monday"."""
    if (
        not clause.words[unit.start].joined
        or unit.kind not in ("person", None, "place", "capital")
        or clause.words[unit.start - 1].possessive
    ):
        return False
    if unit.kind in ("place", "capital") and not (
        one.title and unit.end - unit.start == 1 and clause.words[one.head - 1].capital
    ):
        return False
    return one.noun.kind == "person" and not one.noun.plural and (one.end == unit.start or one.head == unit.start)


def named(clause: Clause, unit: Unit, one: Description | None, facts: Facts) -> Mention:
    """The mention of a name, with the title before it and the role that stands after it."""
    words = clause.words
    head = Span(words[unit.start].start, words[unit.end - 1].end)
    kind, form, plural, metonym = kind_of(clause, unit, facts)
    role, span, gender = None, head, unit.gender
    if one is not None:
        kind, form, metonym = "person", "name", False
        start = max(one.start, one.bare)
        span = Span(words[start].start, head.end)
        role = one.role if one.role.title else None
        gender = one.gender or gender
    if kind in ("person", None) and form == "name":
        after = apposition_after(clause, unit.end)
        if after is not None:
            role, kind = role or after, "person"
    text = span.of(clause.text)
    return Mention(span, text, kind, form, head if head != span else None, role, plural, gender, metonym=metonym)


def kind_of(clause: Clause, unit: Unit, facts: Facts) -> tuple[str | None, str, bool, bool]:
    """Kind, form, plural and metonym of a unit's mention."""
    if unit.kind == "demonym":
        return "country", "nominal", False, False
    if unit.kind == "people":
        return "group", "nominal", True, False
    if unit.kind == "metonym":
        return "country", "name", False, True
    if unit.kind == "capital":
        code = unit.known.code if unit.known is not None else ""
        metonym = stands_for_government(clause.words, unit, clause.first, clause.end, code in facts.countries)
        return ("country", "name", False, True) if metonym else ("place", "name", False, False)
    return unit.kind, "name", False, False


def nominal(clause: Clause, one: Description) -> Mention:
    """The mention of somebody described."""
    words = clause.words
    span = Span(words[one.start].start, words[one.end - 1].end)
    head = Span(words[one.bare].start, words[one.head - 1].end)
    kind = {"person": "group" if one.noun.plural else "person", "document": None}.get(one.noun.kind, one.noun.kind)
    return Mention(
        span,
        span.of(clause.text),
        kind,
        "nominal",
        head if head != span else None,
        one.role,
        one.noun.plural,
        one.gender,
    )


def pronouns(clause: Clause) -> list[Mention]:
    """He, she and they, in all their forms."""
    found = []
    for k in range(clause.first, clause.end):
        word = clause.words[k]
        entry, end = PRONOUNS.get(word.lower), word.end
        if entry is None and word.lower[:2] in ("he", "sh", "th"):
            match = CONTRACTED.match(word.lower)
            if match:
                entry, end = PRONOUNS[match[1]], word.start + len(match[1])
        if entry is not None:
            span = Span(word.start, end)
            found.append(
                Mention(
                    span,
                    span.of(clause.text),
                    "person" if not entry[1] else None,
                    "pronoun",
                    plural=entry[1],
                    gender=entry[0],
                )
            )
    return found


def the_koreas(clause: Clause) -> list[Mention]:
    """ "the North" and "the South" in a report about the Koreas."""
    found = []
    for k in range(clause.first, clause.end - 1):
        word, after = clause.words[k], clause.words[k + 1]
        if (
            word.lower == "the"
            and after.text in ("North", "South")
            and (k + 2 >= clause.end or not clause.words[k + 2].capital)
        ):
            span = Span(word.start, after.end)
            found.append(Mention(span, span.of(clause.text), "country", "name", Span(after.start, after.end)))
    return found


def places_inside(clause: Clause, units: Sequence[Unit], facts: Facts) -> list[Mention]:
    """The town or county in the name of a public body: "Dublin City Council", "Laurel County High School"."""
    found, words, table = [], clause.words, phrases()
    for unit in units:
        if unit.known is not None or unit.end - unit.start < 2 or unit.kind not in ("organization", None):
            continue
        entry, n = table.at(words, unit.start, unit.end)
        after = unit.start + n
        if entry is None or entry.kind not in ("place", "capital") or after >= unit.end:
            continue
        key = " ".join(word.lower for word in words[unit.start : after])
        if key in facts.parts or words[after].lower not in word_list("municipal"):
            continue
        if n > 1 or key in facts.located or entry.thousands >= PLACE_ALONE:
            span = Span(words[unit.start].start, words[after - 1].end)
            found.append(Mention(span, span.of(clause.text), "place", "name"))
    return found


def abbreviated_states(clause: Clause) -> list[Mention]:
    """Va. in "Virginia Beach, Va."."""
    found, words = [], clause.words
    for k in range(clause.first + 2, clause.end):
        word = words[k]
        if word.text in state_abbreviations() and words[k - 1].text == "," and words[k - 2].capital:
            span = Span(word.start, word.end)
            found.append(Mention(span, word.text, "place", "name"))
    return found


def with_preposed_roles(text: str, mentions: list[Mention]) -> list[Mention]:
    """ "The foreign minister, Cho Tae-yul, said": the description before the comma is the role of the name after it."""
    ends = {
        m.span.end: m
        for m in mentions
        if m.form == "nominal" and m.role is not None and m.kind == "person" and not m.plural
    }
    out = []
    for m in mentions:
        if (
            m.form == "name"
            and m.kind in ("person", None)
            and m.role is None
            and " " in m.text
            and text[m.span.end : m.span.end + 1] in (",", ".")
        ):
            before = ends.get(m.span.start - 2) if text[m.span.start - 2 : m.span.start] == ", " else None
            if before is not None and before.role is not None and before.role.title:
                m = replace(m, role=before.role, kind="person", gender=m.gender or before.gender)
        out.append(m)
    return out
