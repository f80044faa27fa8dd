"""The timeline of one entity: what it has a part in, and which words of several reports tell of one event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from onrecord.link.words import content_words, one_word
from onrecord.model import Happening, Span
from onrecord.resources import lexicon, settings_file

POSSESSIVE = frozenset("his her its their my our your whose".split())
UNREAL = frozenset({"denied", "conditional"})
AHEAD = frozenset({"future", "would"})  # tenses
OPENER = re.compile(
    r"(?:[\"“‘'(]\s*)?(?:(?:[A-Z][a-z]+(?:\s[a-z]+){0,3}|On\s[A-Z][a-z]+),\s)?(he|she|it|the\s([a-z-]+))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's word for an event in which the entity has a part."""

    report: str  # id
    happening: Happening
    date: str | None
    terms: frozenset[str] = frozenset()  # the words around it
    statement: str | None = None  # id of the statement that tells it
    event: str | None = None  # id of the stored event with this word


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as all its tellings give it, in the order of the reports."""

    date: str | None
    tellings: tuple[Telling, ...]


@cache
def words_of(name: str) -> frozenset[str]:
    """A set of data/timeline_words.tsv."""
    return frozenset(
        word for row in lexicon("timeline_words.tsv") if row["set"] == name for word in row["words"].split()
    )


def has_part(text: str, happening: Happening, named: Sequence[Span], *, thing: bool = False) -> bool:
    """Whether what `named` spans is the head of who acts or is acted on: of "Orla's mayor spoke", Orla is not.

    A thing also has a part where its name only says which one: "60 Orla 4 jets".
    """
    if any(span.overlaps(happening.span) for span in named):
        return False  # "store" in "the Orla Store"
    cores = (*happening.agents, *happening.patients)
    return any(_is_head(text, core, span, thing=thing) for core in cores for span in named if core.overlaps(span))


def _is_head(text: str, core: Span, span: Span, *, thing: bool) -> bool:
    if span.end >= core.end:
        return True
    rest = text[span.end : core.end].strip()
    if rest[:1] in ("'", "’") or (not thing and span.of(text).lower() in POSSESSIVE):
        return False
    kinds = words_of("kindword" if thing else "bodyword")
    return thing or all(word.lower() in kinds for word in rest.split())


def without_light(happenings: Sequence[Happening]) -> tuple[Happening, ...]:
    """Happenings without the verbs that only lend a noun its grammar: of "made its first flight", the flight."""
    nouns = {one.span.end for one in happenings if one.kind == "noun"}
    light = words_of("light")
    return tuple(
        one
        for one in happenings
        if one.kind == "noun" or one.predicate not in light or not any(core.end in nouns for core in one.patients)
    )


def is_told(happening: Happening, date: str | None) -> bool:
    """Whether a happening belongs in a timeline: neither denied, nor on a condition, nor to come at no known time."""
    is_ahead = happening.tense in AHEAD or happening.realis == "planned"
    return happening.realis not in UNREAL and (date is not None or not is_ahead)


def merge(tellings: Iterable[Telling]) -> tuple[Entry, ...]:
    """One entry an event: tellings of one date by words of one stem, with mostly the same words around them."""
    compared = settings_file("timeline.toml")["same"]["compared"]
    groups: list[list[Telling]] = []
    by_key: dict[tuple[str, str], list[list[Telling]]] = {}
    for one in tellings:
        if one.date is None or not one.terms:
            groups.append([one])
            continue
        alike = by_key.setdefault((one.date, one_word(one.happening.predicate)), [])
        group = next((group for group in alike[-compared:] if is_same(one, group[0]) or is_same(one, group[-1])), None)
        if group is None:
            groups.append([one])
            alike.append(groups[-1])
        else:
            group.append(one)
    return tuple(Entry(group[0].date, tuple(group)) for group in groups)


def is_same(a: Telling, b: Telling) -> bool:
    """Whether two words of one stem and date tell of one event: most of the fewer words around them are the other's."""
    shared = settings_file("timeline.toml")["same"]["shared"]
    fewer = min(len(a.terms), len(b.terms))
    return fewer > 0 and len(a.terms & b.terms) >= shared * fewer


def terms_of(text: str, happening: Happening, sentence: Span, aside: Sequence[Span]) -> frozenset[str]:
    """What tells one event from others by the same word: the words from its subject to the end of the sentence.

    What is `aside`, names of the entity and times, which all of them have, and the word itself are left out.
    """
    start = (happening.clause or happening.span).start
    edges = sorted({start, *(edge for span in aside for edge in (span.start, span.end) if edge > start), sentence.end})
    pieces = [text[a:b] for a, b in pairwise(edges) if not any(span.start <= a and b <= span.end for span in aside)]
    words = {one_word(word) for word in content_words(" ".join(pieces))}
    return frozenset(words) - {one_word(happening.predicate), one_word(happening.span.of(text))}


def carried_on(text: str, sentence: Span, *, person: bool, thing: bool) -> Span | None:
    """The words that a sentence opens with where they may carry on the subject of the one before: "He", "The jet".

    Only words that fit the kind of the entity; whether the sentence before is about it is for the caller to say.

    >>> carried_on("On Friday, she left.", Span(0, 20), person=True, thing=False)
    Span(start=11, end=14)
    """
    found = OPENER.match(text, sentence.start, sentence.end)
    if found is None:
        return None
    word, noun = found.group(1).lower(), (found.group(2) or "").lower()
    if noun:
        fits = not person and noun in words_of("kindword" if thing else "bodyword")
    else:
        fits = person if word in ("he", "she") else not person
    return Span(*found.span(1)) if fits else None


def is_subject(happenings: Sequence[Happening], named: Sequence[Span]) -> bool:
    """Whether the first verb of a sentence has the entity for its subject."""
    first = next((one for one in happenings if one.kind == "verb" and one.agents + one.patients), None)
    if first is None:
        return False
    subject = min(first.agents + first.patients)
    return any(subject.overlaps(span) and span.end >= subject.end for span in named)
