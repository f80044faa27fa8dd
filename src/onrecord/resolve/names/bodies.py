"""Organizations by their names, acronyms and short names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from onrecord.model import EntityKind, Mention, Report, make_id
from onrecord.resolve.names.cast import Cast, Named
from onrecord.resolve.names.countries import find_country
from onrecord.resolve.names.folding import fold, is_mixed, longest, words_of
from onrecord.resolve.names.people import name_of
from onrecord.resources import lexicon, settings_file

BRACKETS = re.compile(r"\s?\(\W?([A-Z][A-Z.&]{1,9})\W?\)")
LOWER = re.compile(r"\b[a-z]{4,40}\b")
INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){1,2}|(?:[^\W\d_]\.?\s)+[^\W\d_]\.?")  # "J. K. R.": anybody's
DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")


@cache
def organizations() -> dict[str, tuple[str, str]]:
    """Folded name -> (canonical name, country code)."""
    found: dict[str, tuple[str, str]] = {}
    for row in lexicon("organizations.tsv"):
        found.setdefault(fold(row["name"]), (row["canonical"], row["country"]))
        found.setdefault(fold(row["canonical"]), (row["canonical"], row["country"]))
    return found


def affiliation_name(words: str | None) -> str | None:
    """An affiliation under its canonical name: "Ukrainian" and "Ukraine" alike."""
    if not words:
        return None
    country = find_country(words)
    if country is not None:
        return country.name
    known = organizations().get(fold(words).removeprefix("the "))
    return known[0] if known is not None else words


def cast_organizations(report: Report, indexes: Sequence[int], cast: Cast) -> None:
    """Adds organizations; an acronym in brackets, or the beginning of a longer name, is the longer one."""
    text, mentions = report.text, report.mentions
    full: dict[str, set[str]] = defaultdict(set)
    for k in indexes:
        name = name_of(report, mentions[k])
        if " " in name:
            full[organization_key(name)].add(name)
    shorter, speaking = short_organizations(report, indexes, full), source_names(report)
    for k in indexes:
        name = name_of(report, mentions[k])
        if is_mixed(name):
            continue
        plain = organization_key(name)
        method = "organization"
        if " " in plain and plain in shorter and plain not in organizations():
            plain, method = shorter[plain], "acronym"
        if plain not in full and fold(name).removeprefix("the ") in shorter:
            plain, method = shorter[fold(name).removeprefix("the ")], "acronym"
        if plain not in full and plain in shorter:
            plain, method = shorter[plain], "acronym"
        elif plain not in full and mentions[k].kind is None and not is_worth_an_entity(name, text, mentions[k]):
            continue
        if is_feature(name) and plain not in organizations():
            cast_feature(name, k, cast)
            continue
        known = organizations().get(plain)
        canonical = known[0] if known is not None else longest(full.get(plain, {name}))
        is_surname = mentions[k].kind is None and plain in speaking  # maybe: somebody of this report only
        own = (report.id, plain) if is_surname else (plain,)
        identity = make_id("e", "organization", *((fold(canonical),) if known is not None else own))
        named = cast.named.setdefault(
            identity, Named(identity, EntityKind.ORGANIZATION, canonical, country=known[1] if known else None)
        )
        named.aliases.add(name)
        cast.of[k] = (identity, method)


def is_feature(name: str) -> bool:
    """Whether a name's first or last word says that it is a place's: Mount Arden, Arden Glacier, Arden Airport."""
    own = fold(name).split(" ")
    return len(own) > 1 and (own[-1] in words_of("features") or own[0] in words_of("feature_opens"))


def cast_feature(name: str, at: int, cast: Cast) -> None:
    """Adds a mountain, river or airport that no table of places has: a place by its name alone."""
    identity = make_id("e", "feature", fold(name))
    cast.named.setdefault(identity, Named(identity, EntityKind.PLACE, name)).aliases.add(name)
    cast.of[at] = (identity, "name")


def organization_key(name: str) -> str:
    """A name as a key, its country's adjective as a code: "Russian Defense Ministry", "Russia Defense Ministry"."""
    plain = fold(name).removeprefix("the ")
    known = organizations().get(plain)
    if known is not None:
        return fold(known[0])
    if DOTTED.fullmatch(plain):
        return plain.replace(".", "")
    short = without_form(plain)
    if short != plain:
        return organization_key(short)
    words = plain.split(" ")
    for n in (2, 1):
        country = find_country(" ".join(words[:n])) if len(words) > n + 1 else None
        if country is not None:
            return " ".join((country.code.lower(), *words[n:]))
    return plain


def without_form(plain: str) -> str:
    """A folded name without the legal form of a firm at its end: "norhelm inc", "norhelm co., ltd" to "norhelm"."""
    words, forms = plain.replace(",", "").split(" "), words_of("legal_forms")
    while len(words) > 1 and words[-1].replace(".", "") in forms:
        words.pop()
    return " ".join(words)


def short_organizations(report: Report, indexes: Sequence[int], full: dict[str, set[str]]) -> dict[str, str]:
    """Short name -> key of the one organization it shortens in this report."""
    found: dict[str, set[str]] = defaultdict(set)
    speaking, taken = source_names(report), taken_words(report)
    heads = {row["word"] for row in lexicon("organization_heads.tsv") if row["where"] == "any"}
    for k in indexes:
        mention = report.mentions[k]
        name = name_of(report, mention)
        match = BRACKETS.match(report.text, mention.span.end)
        if match and " " in name:
            found[fold(match[1])].add(organization_key(name))
    for plain, names in full.items():
        for name in names:
            words = name.split()
            initials = "".join(word[0] for word in words if word[0].isupper()).lower()
            if len(initials) >= 3:
                found[initials].add(plain)
            if not any(word in heads for word in words) and words[0].isalpha() and fold(words[0]) not in speaking:
                found[fold(words[0])].add(plain)  # "Lockheed" for Lockheed Martin, never "Tax" for Tax Foundation
            elif is_distinctive(words, taken):
                found[fold(words[0])].add(plain)  # "Aldgate said" for Aldgate Bank
            for n in range(2, len(words)):
                if is_firm(words[n:]) and organizations().get(plain) is None:
                    found[fold(" ".join(words[:n]))].add(plain)  # "Calder Vale" for Calder Vale Building Society
            if words[-1] in settings_file("names.toml")["papers"]:
                found[fold(words[-1])].add(plain)  # "The Post"
    return {short: next(iter(keys)) for short, keys in found.items() if len(keys) == 1 and len(short) > 1}


def is_distinctive(words: Sequence[str], taken: frozenset[str]) -> bool:
    """Whether the first word alone can only be the firm: neither a common word nor another name."""
    first = words[0]
    return first.isalpha() and len(first) > 3 and fold(first) not in taken and is_firm(words[1:])


def short_firms(report: Report, cast: Cast) -> dict[str, str]:
    """Folded first word -> the one firm that it can be, where it opens a sentence and was taken for no name."""
    found: dict[str, set[str]] = defaultdict(set)
    taken = taken_words(report)
    for named in cast.named.values():
        words = named.name.split()
        if named.kind is EntityKind.ORGANIZATION and len(words) > 1 and is_distinctive(words, taken):
            found[fold(words[0])].add(named.id)
    return {short: next(iter(ids)) for short, ids in found.items() if len(ids) == 1}


def is_firm(words: Sequence[str]) -> bool:
    """Whether the words only say that a firm of some kind is named: "Building Society", "Resources"."""
    firms = settings_file("names.toml")["firms"]
    return bool(words) and all(word.lower().strip(".,") in firms for word in words)


def taken_words(report: Report) -> frozenset[str]:
    """Folded words that the report writes small or that belong to names of people and places."""
    kinds = ("person", "place", "country")
    names = (name_of(report, one) for one in report.mentions if one.kind in kinds and one.form == "name")
    return frozenset(LOWER.findall(report.text)).union(word for name in names for word in fold(name).split())


def source_names(report: Report) -> frozenset[str]:
    """Folded names of one word that are sources by themselves: who speaks may be a person."""
    texts = (fold(span.of(report.text)).removesuffix("'s") for one in report.attributions for span in one.source)
    return frozenset(text for text in texts if text and " " not in text)


def is_worth_an_entity(name: str, text: str, mention: Mention) -> bool:
    """Whether a name of unknown kind is anybody's: single words need to be more than an adjective or a heading."""
    return (
        len(name) > 2
        and not INITIALS.fullmatch(name)
        and fold(name) not in words_of("no_person")
        and not name.endswith(("ism", "ist", "ian", "ese"))
        and text[mention.span.end : mention.span.end + 1] != ":"
    )
