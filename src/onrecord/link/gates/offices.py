"""What the words for a source tell of whom it serves: "the Sardian foreign ministry", "a spokeswoman for Brightcall".

Countries that nobody has listed are known by the stem of their name, so that "Sardian" and "Sardia" are one.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.link.entry import no_names
from onrecord.link.words import stem
from onrecord.resources import lexicon, settings_file

LONGEST = 200  # code points of a source that are looked at
FEWEST = 4  # letters of a name without its ending
ENDINGS = ("landers", "lander", "ians", "eans", "ian", "ean", "ese", "ish", "ans", "ia", "an", "en", "s", "a")
NO_NAME = "The|An?|He|She|It|They|We|His|Her|Its|Their|Our|This|That|Those|These|Another|One|Some"
NAME = rf"(?!(?:{NO_NAME})\b)[A-Z][\w-]*[a-z][\w-]*"
NAMES = rf"{NAME}(?:\s(?:{NAME}|&|of))*?"
WHAT = r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Aa]nother)\s(?:[a-z’'-]+,?\s){1,4}?,?\s?"  # what stands before it
BARE = re.compile(rf"(?:{WHAT}|[Tt]he\s)?(?P<name>{NAME}(?:\s(?:{NAME}|&|of|del|de))*),?")


def is_office(source: str) -> bool:
    """Whether a source is an office of a body, or who speaks for it, and not one of its people.

    >>> is_office("the Sardian foreign ministry"), is_office("two Sardian officials")
    (True, False)
    """
    return _office().search(source) is not None


def owners_in(source: str) -> frozenset[str]:
    """Keys of the bodies that the words of a source name beside an office.

    >>> sorted(owners_in("Tavria's defence minister, Milo Radek,")), sorted(owners_in("the Tavrian army"))
    (['tavr'], ['tavr'])
    >>> sorted(owners_in("a spokeswoman for Brightcall")), sorted(owners_in("Defence Minister Pavel Osten"))
    (['brightcall'], [])
    """
    found = {name_root(m["name"], adjective=not m["owning"]) for m in _before().finditer(source[:LONGEST])}
    found |= {name_root(m["name"]) for p in (_after(), _in_capital()) for m in p.finditer(source[:LONGEST])}
    return frozenset(found - {""})


@cache
def name_root(name: str, *, adjective: bool = False) -> str:
    """A key for the name of a country or a body and for its adjective; "" where it is none.

    With `adjective`, it stands right before an office, as "Sardian Foreign" before a minister.

    >>> name_root("Sardian"), name_root("Sardia"), name_root("the Danish"), name_root("Denmark")
    ('sard', 'sard', 'country:DK', 'country:DK')
    >>> name_root("Defence"), name_root("Harrow & Pike")
    ('', 'harrow & pike')
    """
    bare = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+|[’']s?$", "", name.strip())
    words = bare.split()
    for end in (0, -1) if adjective else (0,):
        while words and (words[end].lower() in _no_owner() or stem(words[end]) in no_names()):
            words.pop(end)
    if not words:
        return ""
    key = " ".join(words).lower()
    if code := _countries().get(key) or _countries().get(key.removesuffix("s")):
        return f"country:{code}"
    if len(words) > 1:
        return key
    return next((key[: -len(end)] for end in ENDINGS if key.endswith(end) and len(key) - len(end) >= FEWEST), key)


@cache
def _countries() -> dict[str, str]:
    found = {row["word"].lower(): row["code"] for row in lexicon("demonyms.tsv")}
    found.update((row["people"].lower(), row["code"]) for row in lexicon("demonyms.tsv") if row["people"])
    rows = (*lexicon("countries.tsv"), *lexicon("country_names.tsv"))
    found |= {row["capital"].lower(): row["code"] for row in lexicon("countries.tsv") if row["capital"]}
    return found | {row["name"].lower(): row["code"] for row in rows}


@cache
def _no_owner() -> frozenset[str]:
    """Words written with capitals beside an office that name no body: "Foreign Minister", "Chief Executive"."""
    modifiers = {row["word"] for row in lexicon("title_modifiers.tsv")}
    titles = {word.lower() for row in lexicon("titles.tsv") for word in row["title"].split()}
    settings = _settings()
    nouns = {noun for kind in ("bodies", "speak", "state", "no_owner") for noun in settings[kind]}
    return frozenset(modifiers | titles | nouns)


@cache
def _settings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = settings_file("relations.toml")["offices"]
    return found


@cache
def _nouns() -> str:
    nouns = (noun for kind in ("bodies", "speak", "state") for noun in _settings()[kind])
    return "|".join(sorted(nouns, key=lambda noun: (-len(noun), noun)))


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_nouns()})\b", re.IGNORECASE)


@cache
def firm() -> re.Pattern[str]:
    """A company that is only described: "the operator"."""
    return re.compile(rf"(?i:the\s(?:{'|'.join(_settings()['firms'])}))")


@cache
def role() -> re.Pattern[str]:
    """Who speaks for a body as such: a spokesman, its director, its minister."""
    return re.compile(rf"\b(?i:{'|'.join((*_settings()['speak'], *_settings()['state']))})\b")


@cache
def leader() -> re.Pattern[str]:
    """Who leads a company, at the beginning of the words for him."""
    return re.compile(rf"(?:the\s)?(?:{'|'.join(_settings()['lead'])})\s", re.IGNORECASE)


@cache
def of_state() -> re.Pattern[str]:
    """Who speaks for a state and no company."""
    return re.compile(rf"(?i:{'|'.join(_settings()['state'])})")


@cache
def _before() -> re.Pattern[str]:
    """A name that stands before an office: "the Sardian foreign ministry", "Brightcall's chief executive"."""
    return re.compile(rf"\b(?P<name>{NAMES})(?P<owning>[’']s?)?\s(?:[\w-]+\s){{0,3}}?(?i:{_nouns()})\b")


@cache
def _in_capital() -> re.Pattern[str]:
    """A government by its capital: "the defence ministry in Oslo"."""
    capitals = sorted(re.escape(row["capital"]) for row in lexicon("countries.tsv") if row["capital"])
    return re.compile(rf"\b(?i:ministry|government)\sin\s(?P<name>{'|'.join(capitals)})\b")


@cache
def _after() -> re.Pattern[str]:
    """A name that stands behind one: "the space agency of Galdor", "a spokeswoman for Brightcall"."""
    return re.compile(rf"(?i:\b(?:{_nouns()}))\s(?:of|for|at)\s(?:the\s)?(?P<name>{NAME}(?:\s{NAME})*)")
