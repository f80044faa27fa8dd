"""The rows of plover.tsv: words for events, the type and mode they stand for, where their roles stand, their guards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.annotate.tokens import inflect, verb_forms
from onrecord.errors import BadResource
from onrecord.resources import Row, lexicon

FORMS = ("base", "third", "past", "participle", "gerund")
KINDS = ("verb", "noun", "light")
GAP = "~"  # in a phrase: up to GAP_WORDS words
GAP_WORDS = 5
PLACES = ("any", "obj", "subj", "next", "prev", "after", "voice")  # where a guard looks


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on the words around a trigger."""

    place: str  # any: the sentence; obj, subj: that phrase; next, prev: one word; after: the clause; voice
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase for an event."""

    lemma: str  # "shell", "carry out", "air strike"
    kind: str  # verb, noun, light
    type: str
    mode: str | None
    actor: tuple[str, ...]  # prepositions; "subj" for the subject of a verb; "obj" where the object acts
    target: tuple[str, ...]  # prepositions; "obj" for the object; empty: none
    needs: tuple[Guard, ...]  # one of them must hold
    unless: tuple[Guard, ...]  # none of them may hold
    tail: tuple[str, ...]  # the words after the first


@dataclass(frozen=True, slots=True)
class Form:
    """A trigger by one of its forms."""

    trigger: Trigger
    form: str  # base, third, past, participle, gerund; singular or plural for nouns
    may_be_past: bool = False  # a base that is its own past: "set", "hit"


@cache
def word_sets() -> dict[str, frozenset[str]]:
    """Sets of words that guards name: @armed, @weapon, @sport."""
    found: dict[str, frozenset[str]] = {}
    for row in lexicon("plover_words.tsv"):
        words = frozenset(row["words"].split())
        found[row["set"]] = found.get(row["set"], frozenset()) | words
    found["country"] = frozenset(name.lower() for name in _countries() if " " not in name)
    return found


def _countries() -> Iterable[str]:
    """Names of countries and their capitals, and demonyms."""
    for row in lexicon("countries.tsv"):
        yield from (row["name"], row["capital"])
    yield from (row["name"] for row in lexicon("country_names.tsv") if not row["exact"])
    for row in lexicon("demonyms.tsv"):
        yield from (row["word"], row["people"] or row["word"] + "s")


@cache
def triggers() -> tuple[Trigger, ...]:
    """All rows, in file order; BadResource for one that is off."""
    return tuple(_trigger(row) for row in lexicon("plover.tsv"))


def _trigger(row: Row) -> Trigger:
    if row["kind"] not in KINDS:
        raise BadResource(f"plover.tsv: {row['word']!r} is of kind {row['kind']!r}; one of {', '.join(KINDS)}")
    words = row["word"].split()
    is_verb = row["kind"] != "noun"
    return Trigger(
        lemma=" ".join(word for word in words if word != GAP),
        kind=row["kind"],
        type=row["type"],
        mode=row["mode"] or None,
        actor=_roles(row["actor"], ("subj",) if is_verb else ("by",)),
        target=_roles(row["target"], ("obj",) if is_verb else ()),
        needs=tuple(_guards(row["needs"], row["word"])),
        unless=tuple(_guards(row["unless"], row["word"])),
        tail=tuple(words[1:]),
    )


def _roles(cell: str, default: tuple[str, ...]) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split()) or default


def _guards(cell: str, word: str) -> Iterable[Guard]:
    for part in cell.split():
        place, _, names = part.partition(":")
        if place not in PLACES or not names:
            raise BadResource(f"plover.tsv: {word!r} has the guard {part!r}; it takes {', '.join(PLACES)} and words")
        words: set[str] = set()
        for name in names.split(","):
            if name.startswith("@") and name[1:] not in word_sets():
                raise BadResource(f"plover.tsv: {word!r} names {name!r}, which plover_words.tsv does not have")
            words |= word_sets()[name[1:]] if name.startswith("@") else {name}
        yield Guard(place, frozenset(words))


@cache
def by_form() -> dict[str, tuple[Form, ...]]:
    """First word in any of its forms -> triggers, the longest phrases first."""
    table: dict[str, list[Form]] = {}
    for trigger in triggers():
        forms = list(_forms(trigger))
        bases = {word for word, form in forms if form == "base"}
        pasts = {word for word, form in forms if form in ("past", "participle")}
        seen: set[str] = set()
        for word, form in forms:
            if word not in seen:
                seen.add(word)
                table.setdefault(word, []).append(Form(trigger, form, word in bases & pasts))
    return {
        word: tuple(sorted(found, key=lambda one: (-len(one.trigger.lemma.split()), GAP in one.trigger.tail)))
        for word, found in sorted(table.items())
    }


def _forms(trigger: Trigger) -> Iterable[tuple[str, str]]:
    first = trigger.lemma.split()[0]
    if trigger.kind == "noun":
        yield first, "singular"
        if not trigger.tail:
            yield plural(first), "plural"
        return
    odd = irregular().get(first)
    forms = inflect(first, *odd) if odd else verb_forms().get(first) or inflect(first)
    yield from zip(forms, FORMS, strict=True)


@cache
def irregular() -> dict[str, tuple[str, str]]:
    """Base -> past and participle of verbs that only this lexicon has."""
    return {row["base"]: (row["past"], row["participle"] or row["past"]) for row in lexicon("plover_verbs.tsv")}


def plural(noun: str) -> str:
    """The regular plural.

    >>> plural("clash"), plural("rally"), plural("arrest")
    ('clashes', 'rallies', 'arrests')
    """
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def tail_end(trigger: Trigger, lower: list[str], after: int) -> int | None:
    """Past the words of the phrase that follow its first, from word `after`; None where they do not stand there."""
    k = after
    size = len(trigger.tail)
    for n, word in enumerate(trigger.tail):
        if word == GAP:
            continue
        reach = GAP_WORDS if n and trigger.tail[n - 1] == GAP else 0
        found = next((m for m in range(k, k + reach + 1) if _is_word(lower, m, word, trigger, last=n + 1 == size)), -1)
        if found < 0:
            return None
        k = found + 1
    return k


def _is_word(lower: list[str], at: int, word: str, trigger: Trigger, *, last: bool) -> bool:
    if at >= len(lower):
        return False
    return lower[at] == word or (last and trigger.kind == "noun" and lower[at] == plural(word))
