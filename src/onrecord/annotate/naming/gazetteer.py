"""Names that are known beforehand: countries, their people, capitals, organizations, places, titles."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from onrecord.annotate.naming.nametokens import Word, split_words
from onrecord.resources import lexicon, read_text


class Known(NamedTuple):
    """What a phrase is known as."""

    kind: str  # country, demonym, people, metonym, capital, organization, title, place
    exact: str = ""  # the letters must be written so: US, WHO
    gender: str | None = None
    title: str = ""  # class of a title: office, rank, honorific
    thousands: int = 0  # people who live in the largest place of that name
    code: str = ""  # country


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that a source without a name is described with."""

    kind: str  # person, group, organization, document
    plural: bool = False
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their lower-case words joined with a space; `longest` says how many words may follow a first word."""

    known: dict[str, Known]
    longest: dict[str, int]

    def at(self, words: Sequence[Word], i: int, end: int) -> tuple[Known | None, int]:
        """The longest phrase that begins with word `i` and ends before `end`, and its number of words."""
        first = words[i].lower
        most = min(self.longest.get(first, 0), end - i)
        for n in range(most, 0, -1):
            key = first if n == 1 else " ".join(word.lower for word in words[i : i + n])
            found = self.known.get(key)
            if found and is_written_so(found, words, i, n):
                return found, n
        return None, 0


def is_written_so(found: Known, words: Sequence[Word], i: int, n: int) -> bool:
    """Whether the words stand together, as one name, in the letters that the table asks for."""
    if any(word.possessive or not words[k + 1].joined for k, word in enumerate(words[i : i + n - 1], start=i)):
        return False
    if found.exact and found.exact != words[i].text:
        return False
    last = words[i + n - 1]
    if found.kind == "metonym":
        return words[i].capital  # the Biden administration
    return last.capital or not last.text[0].isalpha() or last.text[0].isdigit()


def joined(name: str) -> str:
    """A name as a key: its words in lower case."""
    return " ".join(word.lower for word in split_words(name))


@cache
def phrases() -> Phrases:
    """Every phrase that is known beforehand; where two tables have it, the first named here counts."""
    known: dict[str, Known] = {}
    for name, entry in (*title_entries(), *country_entries(), *body_entries()):
        known.setdefault(joined(name), entry)

    for name, thousands in places().items():
        if name not in known:
            known[name] = Known("place", thousands=thousands)
    longest: dict[str, int] = {}
    for key in known:
        first, count = key.split(" ", 1)[0], key.count(" ") + 1
        longest[first] = max(longest.get(first, 0), min(count, 8))
    return Phrases(known, longest)


def title_entries() -> Iterator[tuple[str, Known]]:
    """Titles, and the plurals of those of one word."""
    for row in lexicon("titles.tsv"):
        title = row["title"]
        yield title, Known("title", "", row["gender"] or None, row["class"])
        if row["class"] != "honorific" and " " not in title:
            yield title[:-1] + "s." if title.endswith(".") else title + "s", Known("title", "", None, "several")


def country_entries() -> Iterator[tuple[str, Known]]:
    """Countries, and words for their people."""
    for row in lexicon("country_names.tsv"):
        name = row["name"].removeprefix("the ")
        yield name, Known("country", name if row["exact"] else "", code=row["code"])
    for row in lexicon("countries.tsv"):
        yield row["name"], Known("country", code=row["code"])
        if row["full_name"]:
            yield row["full_name"], Known("country", code=row["code"])
    for row in lexicon("demonyms.tsv"):
        yield row["word"], Known("demonym", code=row["code"])
        yield row["people"] or row["word"] + "s", Known("people", code=row["code"])


def body_entries() -> Iterator[tuple[str, Known]]:
    """What stands for governments, and organizations."""
    for row in lexicon("metonyms.tsv"):
        yield row["name"], Known("capital" if row["when"] == "context" else "metonym", code=row["code"])
    for row in lexicon("organizations.tsv"):
        yield row["name"], Known("organization", row["name"] if row["exact"] else "", code=row["country"])


@cache
def places() -> dict[str, int]:
    """Lower-case name of a city, region or county -> thousands of people in the largest of that name."""
    found: dict[str, int] = {}
    for line in (read_text("regions.tsv") + read_text("places.tsv")).splitlines():
        if line.startswith(("#", "name\t")):
            continue
        name, *_, thousands = line.split("\t")
        key = name.lower() if name.isalpha() else joined(name)
        found[key] = max(found.get(key, 0), int(thousands))
        if not key.isascii():
            bare = without_accents(key)
            found[bare] = max(found.get(bare, 0), int(thousands))
    return found


def without_accents(key: str) -> str:
    """Montreal for Montréal, as papers in English write it."""
    return "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))


@cache
def first_names() -> dict[str, str]:
    """First name in lower case -> f, m, or u where it is given to both."""
    found = {row["name"].lower(): row["gender"] for row in lexicon("first_names.tsv")}
    found.update({row["name"].lower(): row["gender"] for row in lexicon("given_names.tsv")})
    return found


@cache
def heads() -> dict[str, Head]:
    """Lower-case noun -> what it describes; offices are among them."""
    found: dict[str, Head] = {}
    for row in lexicon("titles.tsv"):
        title = row["title"].lower()
        if row["class"] == "office" and not title.endswith(".") and " " not in title:
            found[title] = Head("person", gender=row["gender"] or None)
            found[title + "s"] = Head("person", plural=True)
    for row in lexicon("nominals.tsv"):
        word, plural, kind = row["word"].lower(), row["plural"], row["kind"]
        found[word] = Head(kind, plural == "=", row["gender"] or None)
        if plural not in ("=", "-"):
            found[plural or word + "s"] = Head(kind, True, row["gender"] or None)
    return found


@cache
def modifiers() -> frozenset[str]:
    """Lower-case words that stand before a title and belong to it."""
    return frozenset(row["word"] for row in lexicon("title_modifiers.tsv"))


@cache
def portfolios() -> frozenset[str]:
    """Lower-case words for the field of an office: defense, foreign, staff."""
    return frozenset(row["word"] for row in lexicon("title_modifiers.tsv") if row["kind"] == "portfolio")


@cache
def organization_heads() -> dict[str, bool]:
    """Word -> whether it also opens a name (Ministry of Defence) and not only closes it (Acme Corp.)."""
    return {row["word"]: row["where"] == "any" for row in lexicon("organization_heads.tsv")}
