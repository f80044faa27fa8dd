"""Words that name, describe or point at people, organizations, countries, places and sources without a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.annotate.naming.appositions import apposition_after
from onrecord.annotate.naming.describing import Clause, Description, find_descriptions
from onrecord.annotate.naming.evidence import PLACE_ALONE, Facts, as_person, is_aged, is_borne_out, trimmed
from onrecord.annotate.naming.gazetteer import phrases
from onrecord.annotate.naming.metonyms import stands_for_government
from onrecord.annotate.naming.names import Unit, find_units, settings, word_list
from onrecord.annotate.naming.nametokens import Word, split_words, state_abbreviations
from onrecord.annotate.naming.stretches import Stretch, find_stretches
from onrecord.model import Mention, Report, Span

CONTRACTED = re.compile(r"(he|she|they|it)['’](?:s|d|ll|re|ve)$")


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
            role = role_before(clause, one, unit)
            mentions += [role] if role is not None else []
        mentions.append(named(clause, unit, one, facts))
    mentions += [
        nominal(clause, one) for one in described if one.head not in used and one.title not in ("honorific", "rank")
    ]
    mentions += places_inside(clause, kept, facts)
    mentions += abbreviated_states(clause)
    mentions += pronouns(clause)
    if facts.koreas:
        mentions += the_koreas(clause)
    mentions += relatives(clause, mentions)
    return with_preposed_roles(text, mentions)


def takes_name(clause: Clause, one: Description, unit: Unit) -> bool:
    """Whether the title stands before this name: "spokesman Sam Hill", not "the agency Reuters"."""
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
    # "In a post on X, the mayor wrote": X is no mayor
    located = kind is None and unit.start > clause.first and words[unit.start - 1].lower in word_list("locating")
    if kind in ("person", None) and form == "name" and not located:
        after = apposition_after(clause, unit.end)
        if after is not None:
            role, kind = role or after, "person"
        elif is_aged(clause.words, unit.end, clause.end):
            kind = "person"
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


@cache
def pronoun_table() -> dict[str, tuple[str | None, bool, str | None]]:
    """Lower-case pronoun -> gender, whether it is plural, kind of whom it means."""
    table = settings("pronouns")
    found: dict[str, tuple[str | None, bool, str | None]] = {}
    for gender in ("m", "f"):
        found |= dict.fromkeys(table[gender], (gender, False, "person"))
    found |= dict.fromkeys(table["plural"], (None, True, None))
    found |= dict.fromkeys(table["neuter"], (None, False, None))
    return found


def pronouns(clause: Clause) -> list[Mention]:
    """He, she, they and it, in all their forms."""
    found, table = [], pronoun_table()
    for k in range(clause.first, clause.end):
        word = clause.words[k]
        entry, end = table.get(word.lower), word.end
        if entry is None and word.lower[:2] in ("he", "sh", "th", "it"):
            match = CONTRACTED.match(word.lower)
            if match:
                entry, end = table[match[1]], word.start + len(match[1])
        if entry is not None:
            gender, plural, kind = entry
            span = Span(word.start, end)
            found.append(Mention(span, span.of(clause.text), kind, "pronoun", plural=plural, gender=gender))
    return found


def relatives(clause: Clause, mentions: Sequence[Mention]) -> list[Mention]:
    """Who, whom and which right after somebody, a comma between or none: "Ann Lee, who led it until May"."""
    words, ends = clause.words, {m.span.end for m in mentions}
    found = []
    for k in range(clause.first + 1, clause.end):
        word = words[k]
        if word.text not in word_list("relative_pronouns"):
            continue
        before = words[k - 1]
        if before.text == "," and k - 2 >= clause.first:
            before = words[k - 2]
        if before.end in ends and not before.possessive:
            found.append(Mention(Span(word.start, word.end), word.text, None, "pronoun"))
    return found


def role_before(clause: Clause, one: Description, unit: Unit) -> Mention | None:
    """The words for what somebody is, right before the name: "Norhelm chairman" of "Norhelm chairman Ann Lee".

    A bare title written with a capital is no description: "President" of "President Lee".
    """
    if not one.role.title or not one.bare < one.head <= unit.start:
        return None
    if not one.role.affiliation and clause.words[one.head - 1].capital:
        return None
    span = Span(clause.words[max(one.start, one.bare)].start, clause.words[one.head - 1].end)
    return Mention(span, span.of(clause.text), "person", "nominal", role=one.role, gender=one.gender)


def the_koreas(clause: Clause) -> list[Mention]:
    """Finds "the North" and "the South" in a report about the Koreas."""
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
    """The description before a comma is the role of the name after it: "The foreign minister, Ana Duarte, said"."""
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
                out.append(replace(m, role=before.role, kind="person", gender=m.gender or before.gender))
                continue
        out.append(m)
    return out
