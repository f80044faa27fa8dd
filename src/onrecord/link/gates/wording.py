"""What a content says with its pronouns filled in, what it says is not so, and how much of that another speaks of."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from onrecord.link.entry import Told, no_names
from onrecord.link.gates.polarity import NEGATION, first_clause, is_negated
from onrecord.link.gates.scope import days_of, kinds_differ
from onrecord.link.meaning import likeness
from onrecord.link.remembering import remembered
from onrecord.link.words import WORD, one_word, stop_words
from onrecord.model import EntityKind, Span
from onrecord.resources import settings_file

PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|its|their|we|our|I|my)\b", re.IGNORECASE)
OWNING = frozenset("his her its their our my".split())
THINGS = frozenset("it its they their".split())  # what no single person is
OWN, OURS = frozenset(("i", "my")), frozenset(("we", "our"))
THEIRS = frozenset("he she it they his her its their".split())
QUOTES = "\"“‘'"
LONGEST = 300  # code points of a content that are looked at
# a "no" to what a clause says, and not to a part of it: "did not", "nobody came", no "for not paying"
NOT_SO = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|do|does|did|has|have|had|will|would|can|could|may|might|must|should|shall)\s"
    r"(?:\w+\s)?(?:not|never|no|none|nothing|nobody|neither)\b|n[’']t\b|\bcannot\b|^\W*(?:that\s)?(?:no|not|nobody|none|never|nothing|neither)\b"
    r"|\b\w+ed\s(?:\w+\s)?(?:no|nothing|none|nobody)\b|\bnever\s\w+|\w\s(?:no|nothing)\s\w)",
    re.IGNORECASE,
)
PARTS = frozenset(("object", "prep", "wh", "inf"))  # what a cue may take that is no clause; see `Statement.rule`
TAGGER = "tagger"  # finds a content by no construction
# how a content begins that may be nothing but a noun, "the harbour plan of the mayor", and words that show more
NOUNS = re.compile(r"\W*(?:the|an?|his|her|its|their|our|my|this|these|those)\s", re.IGNORECASE)
VERB = re.compile(
    r"\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|\w{3,}ed)\b|n[’']t\b",
    re.IGNORECASE,
)
ACCUSING = frozenset("accuse blame claim confirm deny".split())
EARLY = 10  # words of a clause among which it is denied, else what is denied is a part of it
BESIDE = re.compile(r"\W*(?:that\s)?(?:while|although|though|if|unless|even|because|since)\b", re.IGNORECASE)
TOLD_OF = re.compile(r"\s(?:that|who|which|whose)\s")
ROOT = 5  # letters that two words of one root begin with
BEGUN = 3  # letters that they begin with at least
LEAST_ROOT = 4  # letters of a word that another may go on from
GOES_ON = 7  # letters that a word of one root may have more


@remembered
def plainly(one: Told) -> str:
    """The content with names in the place of pronouns: "she was stepping down" is "Edda Holm was stepping down"."""
    return " ".join(_filled(one, span) for span in one.statement.content.spans)[: 2 * LONGEST]


def alike(one: Told, other: Told) -> float:
    """How alike two contents are in meaning, with names in the place of their pronouns."""
    return likeness(plainly(one), plainly(other))


@remembered
def denied(one: Told) -> str:
    """What a content says is not so; "" where it says that something is.

    "the report that Roth was leaving was false" denies that Roth was leaving, "Our forces did not carry out a strike"
    that they did.
    """
    for span in one.statement.content.spans:
        words = _filled(one, span)
        if found := _untrue().search(words):
            return found["what"]
        if is_negated(words) and _is_denied(first_clause(words)):
            clause = _without().sub(" ", _till_and(first_clause(words)))
            return " ".join(NEGATION.sub(" ", clause).split())
    return plainly(one) if one.statement.commitment.stance == "denies" else ""


def words_of(text: str) -> frozenset[str]:
    """The content words of a clause that tell what it is about: no names of days, no verbs that go with anything."""
    found = (one_word(w) for w in WORD.findall(text) if w.lower() not in stop_words())
    return frozenset(w for w in found if w not in _light() and w not in no_names() and not w[:1].isdigit())


@remembered
def is_clause(one: Told) -> bool:
    """Whether a content says something by itself: no mere object, as of "criticised him for" and "dismissed it as"."""
    kind, _, lemma = one.statement.rule.partition(":")
    if kind == TAGGER:
        return not (NOUNS.match(one.statement.content.quote) and not VERB.search(one.statement.content.quote))
    return kind not in PARTS or lemma in ACCUSING


@remembered
def core_words(one: Told) -> frozenset[str]:
    """Those of a content, apart from names."""
    return words_of(one.statement.content.quote) - one.entry.name_words.keys() - _named(one)


@remembered
def denied_core(one: Told) -> frozenset[str]:
    """Those of what a content says is not so."""
    words = words_of(denied(one))
    return words & words_of(one.statement.content.quote) - one.entry.name_words.keys() - _named(one)


@remembered
def source_words(one: Told) -> frozenset[str]:
    """Those of the words for who speaks, without what is told of him."""
    if one.statement.source is None:
        return frozenset()
    return words_of(TOLD_OF.split(one.statement.source.quote, maxsplit=1)[0])


def names_part(one: Told, other: Told) -> bool:
    """Whether each content has names and none in common: the Enz valley and the Arl valley."""
    return bool(one.names and other.names and not one.names & other.names)


def may_meet(one: Told, other: Told) -> bool:
    """Whether days, names and kinds in two contents leave it open that both are of one thing."""
    if names_part(one, other) or kinds_differ(one, other) or is_of_others(one) != is_of_others(other):
        return False
    mine, theirs = days_of(one, due=True), days_of(other, due=True)
    return not (mine and theirs) or any(_meet(x, y) for x in mine for y in theirs)


@remembered
def is_of_others(one: Told) -> bool:
    """Whether a content speaks of further ones than those spoken of: "other teachers had been dismissed"."""
    return _others().search(one.statement.content.quote[:LONGEST]) is not None


def _meet(one: str, other: str) -> bool:
    """Whether two dates may be one: the same, one within the other, or neighbouring days."""
    if one.startswith(other) or other.startswith(one):
        return True
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= 1
    except ValueError:
        return False


@remembered
def _named(one: Told) -> frozenset[str]:
    return frozenset(one_word(name) for name in one.names)


def _is_denied(clause: str) -> bool:
    """Whether a clause as a whole is denied: early on, or with a verb that "and" joins to it."""
    found = NOT_SO.search(clause)
    if found is None or BESIDE.match(clause):
        return False
    before = clause[: found.start()]
    return len(before.split()) <= EARLY or before.rstrip().endswith(" and")


def _till_and(clause: str) -> str:
    """A clause up to the "and" that stands behind its negation: what follows may be so."""
    found = NEGATION.search(clause)
    cut = clause.find(" and ", found.end()) if found else -1
    return clause[:cut] if cut > 0 else clause


def shared_roots(words: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Those of `words` that are of one root with one of the others.

    >>> sorted(shared_roots(frozenset({"warning", "encrypted", "bridge"}), frozenset({"warn", "encryption", "river"})))
    ['encrypted', 'warning']
    """
    if not words or not others:
        return frozenset()
    harmed = bool(others & _harm())
    begun = {other[:BEGUN] for other in others}  # words of one root begin alike: asked before each is looked at
    return frozenset(
        w
        for w in words
        if w in others
        or (harmed and w in _harm())
        or (w[:BEGUN] in begun and any(is_one_root(w, x) for x in others if x[:BEGUN] == w[:BEGUN]))
    )


def begun(words: frozenset[str]) -> frozenset[str]:
    """How words begin, and a sign for harm: two sets that share none of these share no root."""
    return frozenset(word[:BEGUN] for word in words) | ({"*"} if words & _harm() else frozenset())


@lru_cache(maxsize=100_000)
def is_one_root(one: str, other: str) -> bool:
    """Whether two words begin alike, as "encrypt" and "encryption"."""
    short, long = sorted((one, other), key=len)
    if len(short) >= LEAST_ROOT and long.startswith(short.removesuffix("e")) and len(long) - len(short) <= GOES_ON:
        return True
    return len(short) > ROOT and short[:ROOT] == long[:ROOT]


def _filled(one: Told, span: Span) -> str:
    """The words of a span with its pronouns filled in: whom they were found to mean, else the speaker.

    The speaker is who says "I", or "she" where the words are told, and no name stands before it.
    """
    text = one.entry.report.text
    whole = Span(span.start, min(span.end, span.start + LONGEST))
    within = tuple(one.entry.mentions.within((whole,)))
    meant = {m.span.start: m.entity for m in within if m.form == "pronoun" and m.entity}
    first = min((m.span.start for m in within if m.form == "name"), default=whole.end)
    speaker = None if one.statement.speaker.anonymous else one.statement.speaker.entity
    own = (OWN if _is_person(one, speaker) else OURS) if text[whole.start : whole.start + 1] in QUOTES else THEIRS

    def fill(match: re.Match[str]) -> str:
        at, word = whole.start + match.start(), match.group().lower()
        said = speaker if word in own and at < first else None
        entity = one.entry.entities.get(meant.get(at) or said or "")
        if entity is None or not entity.name[:1].isupper() or (word in THINGS and _is_person(one, entity.id)):
            return match.group()
        is_owning = word in OWNING and re.match(r"\s[a-z]", text[whole.start + match.end() :][:2]) is not None
        return f"{entity.name}’s" if is_owning else entity.name

    return PRONOUN.sub(fill, text[whole.start : whole.end])


def _is_person(one: Told, identity: str | None) -> bool:
    entity = one.entry.entities.get(identity or "")
    return entity is not None and entity.kind is EntityKind.PERSON


@cache
def _others() -> re.Pattern[str]:
    return re.compile(
        r"\b(?<!any )(?<!no )(?<!or )(?<!each )(?<!the )(?:other|another|further|additional)\s(?!than\b)[a-z]"
        r"|\b(?:any|no|some)(?:body|one|where)\selse\b",
        re.IGNORECASE,
    )


@cache
def _harm() -> frozenset[str]:
    return frozenset(settings_file("relations.toml")["wording"]["harm"])


@cache
def _light() -> frozenset[str]:
    """Words that go with anything, and say nothing of the matter."""
    return frozenset(one_word(word) for word in settings_file("relations.toml")["wording"]["light"])


@cache
def _untrue() -> re.Pattern[str]:
    """A content that calls untrue what it tells: "the report that Roth was leaving was false"."""
    nouns = "|".join(settings_file("references.toml")["nouns"])
    words = "|".join(settings_file("references.toml")["untrue"])
    called = rf"(?:{words}|not\s(?:so|true|correct|right))"
    return re.compile(
        rf"\b(?:{nouns})\s(?:(?:that|of)\s)?(?P<what>[^.;]{{4,200}}?)\s(?:is|are|was|were|had\sbeen)\s(?:\w+\s)?[“\"'‘]?{called}\b",
        re.IGNORECASE,
    )


@cache
def _without() -> re.Pattern[str]:
    """What only says that there is none of it: "there was no evidence that"."""
    nouns = "|".join(settings_file("relations.toml")["wording"]["signs"])
    return re.compile(
        rf"\b(?:there\s\w+(?:\sbeen)?\s(?=no\b)|(?:{nouns})\s(?:of|that|for)\b|any\b|such\b|single\b)", re.IGNORECASE
    )
