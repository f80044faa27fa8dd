"""Accusations: somebody says of somebody named what nobody likes to be said of him; and what answers them.

Who only evades leaves an accusation where it was. It is closed by who is accused or speaks for him, where he says that
it is not so, or so, and by the accuser, where he takes it back.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.link.entry import Told, plain_terms
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.scope import may_be_one
from onrecord.link.views.speaking import NAME, SUBJECT, any_of, is_no, same_speaker
from onrecord.link.words import WORD, content_words, stem, stop_words
from onrecord.model import EntityKind
from onrecord.resources import settings_file

PUT_FORWARD = frozenset("asserts confirms estimates".split())
ACCUSED = re.compile(r"\W*(?:the|his|her|its|their)\s(?:[\w’'-]+\s){1,5}of\s\w+ing\b", re.IGNORECASE)
LEAST = 2  # terms in common
BEFORE = 120  # code points before a deed in which its doer stands


def is_accusation(one: Told) -> bool:
    """Whether a statement says of somebody named, who is not its own side, what nobody likes to be said of him."""
    settings = settings_file("changes.toml")["accusations"]
    commitment = one.statement.commitment
    lemma = one.statement.rule.rpartition(":")[2].split(" ")[0]
    if lemma in settings["cues"] and one.statement.source:
        return bool(NAME.search(one.statement.content.quote[:SUBJECT]) or ACCUSED.match(one.statement.content.quote))
    is_so = commitment.stance in PUT_FORWARD and (commitment.certainty or "CT+") in ("CT+", "PR+")
    return is_so and any(_has_doer(one, deed) for deed in _deeds().finditer(one.statement.content.quote))


def _has_doer(one: Told, deed: re.Match[str]) -> bool:
    """Whether a name that is not the speaker's stands before the deed as its doer, or after "by"; and not "not"."""
    words = one.statement.content.quote
    before = words[max(0, deed.start() - BEFORE) : deed.start()]
    passive = re.search(r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+ly\s+)?$", before)
    if re.search(
        r"\b(?:not|never|no|denied|will|would|could|may|might|should|to)\s+(?:\w+\s+)?$", before, re.IGNORECASE
    ):
        return False
    if passive:
        return bool(re.match(r"\s(?:[\w’'-]+\s){0,6}by\s(?:[a-z’'-]+\s){0,4}[A-Z]", words[deed.end() :]))
    clause = re.split(r"[,;:]|\b(?:after|when|because|before|while|and)\b", before)[0] if "," in before else before
    own = {stem(w) for w in WORD.findall(one.statement.source.quote)} if one.statement.source else set()
    return any(stem(name) not in own for name in names_in(clause))


def names_other(one: Told) -> bool:
    """Whether a content put forward as so names a person or a body that is not the speaker's own side."""
    commitment = one.statement.commitment
    if commitment.stance not in PUT_FORWARD or (commitment.certainty or "CT+") not in ("CT+", "PR+"):
        return False
    return bool(others_named(one))


def others_named(one: Told) -> frozenset[str]:
    """The stems of the words by which a content names persons and bodies of another side; places are none."""
    entry = one.entry
    inside = [m for m in entry.mentions.within(one.statement.content.spans) if m.form == "name" or NAME.search(m.text)]
    kinds = {e.id: e.kind for e in entry.report.entities}
    own = {stem(w) for w in WORD.findall(one.statement.source.quote)} if one.statement.source else set()
    words: set[str] = set()
    for mention in inside:
        if mention.entity in one.side or kinds.get(mention.entity or "") is EntityKind.PLACE:
            continue
        words |= {stem(w) for w in WORD.findall(mention.text)} - {stem(w) for w in stop_words()}
    return frozenset(words - own)


def is_evasion(one: Told) -> bool:
    """Whether a statement is what the accused say who neither deny nor admit."""
    return is_evasive(one.statement.content.quote)


def is_evasive(words: str) -> bool:
    """Whether words neither deny nor admit: "we do not comment on a running case"."""
    return bool(_evasions().search(words))


def evades(one: Told, other: Told) -> bool:
    """Whether whom a statement names, or who speaks for him, says later elsewhere what neither denies nor admits.

    Of the statements of one report that may be meant, it is the one with most words in common, or the first.
    """
    if not is_evasion(other) or other.order <= one.order:
        return False
    if other.entry.report.id == one.entry.report.id or not _speaks_for(other, one):
        return False
    rivals = [t for t in one.entry.told if names_other(t) and _speaks_for(other, t)]
    meant = min(rivals, key=lambda t: (-len(t.terms & other.terms), t.statement.content.spans[0].start), default=one)
    return meant.statement.id == one.statement.id and is_one_matter(one.entry, other.entry)


def is_silent(one: Told, other: Told) -> bool:
    """Whether whom a statement names is said not to say, comment or answer."""
    return other.statement.commitment.stance == "undisclosed" and _speaks_for(other, one)


def _speaks_for(other: Told, one: Told) -> bool:
    """Whether the source of `other` is, or is described by the name of, whom the content of `one` names."""
    if other.side & one.side:
        return False
    inside = {m.entity for m in one.entry.mentions.within(one.statement.content.spans) if m.entity}
    if inside & other.side:
        return True
    source = other.statement.source
    said = {stem(w) for w in WORD.findall(source.quote)} if source else set()
    entity = other.entry.entities.get(other.statement.speaker.entity or "")
    for role in entity.roles if entity else ():
        said |= {stem(w) for w in WORD.findall(f"{role.title} {role.affiliation or ''}")}
    if entity:
        said |= {stem(w) for w in WORD.findall(entity.name)}
    named = others_named(one) | {stem(w) for w in content_words(one.statement.content.quote[:SUBJECT])}
    return bool(said & (others_named(one) - _common())) or len(said & named - _common()) > 1


def takes_back(one: Told, other: Told) -> bool:
    """Whether the accuser says that what he said is false."""
    return same_speaker(one, other) and bool(_retractions().search(other.statement.content.quote))


def denies_it(one: Told, other: Told) -> bool:
    """Whether whom it accuses, or who speaks for him, says that it is not so in its words."""
    if (
        not is_no(other)
        or other.side & one.side
        or not may_be_one(one, other)
        or _evasions().search(other.statement.content.quote)
    ):
        return False
    return len(one.terms & other.terms) > LEAST and len(plain_terms(one) & plain_terms(other)) >= LEAST


def names_in(words: str) -> list[str]:
    """The words that are large and no function words: "They" is no name."""
    return [m.group() for m in NAME.finditer(words) if m.group().lower() not in stop_words()]


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(w) for w in settings_file("changes.toml")["accusations"]["common"])


@cache
def _deeds() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["accusations"]["deeds"])


@cache
def _evasions() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["accusations"]["evasions"])


@cache
def _retractions() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["accusations"]["retractions"])
