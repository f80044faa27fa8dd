"""Countries by their names, their people, and the capitals and buildings that stand for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.resolve.names.folding import fold
from onrecord.resources import lexicon


@dataclass(frozen=True, slots=True)
class Country:
    """A country of ISO 3166, or a part or predecessor of one."""

    code: str
    name: str
    same_as: tuple[str, ...]
    geo: tuple[float, float] | None


@cache
def countries() -> dict[str, Country]:
    """Code -> country."""
    found = {}
    for row in lexicon("countries.tsv"):
        ids = [f"iso3166:{row['code']}"]
        ids += [f"geonames:{row['geonames']}"] if row["geonames"] else []
        ids += [f"wikidata:{row['wikidata']}"] if row["wikidata"] else []
        geo = (float(row["latitude"]), float(row["longitude"])) if row["latitude"] else None
        found[row["code"]] = Country(row["code"], row["name"], tuple(sorted(ids)), geo)
    for row in lexicon("country_names.tsv"):
        if row["code"] not in found:
            found[row["code"]] = Country(row["code"], row["name"], (f"iso3166:{row['code']}",), None)
    return found


@cache
def by_name() -> dict[str, str]:
    """Folded name -> code: names only."""
    found: dict[str, str] = {}
    for row in lexicon("country_names.tsv"):
        found.setdefault(fold(row["name"].removeprefix("the ")), row["code"])
    for row in lexicon("countries.tsv"):
        found.setdefault(fold(row["name"]), row["code"])
        if row["full_name"]:
            found.setdefault(fold(row["full_name"]), row["code"])
    return found


@cache
def by_people() -> dict[str, str]:
    """Folded adjective or name of a people -> code."""
    found: dict[str, str] = {}
    for row in lexicon("demonyms.tsv"):
        if not row["code"]:
            continue
        found.setdefault(fold(row["word"]), row["code"])
        found.setdefault(fold(row["people"] or row["word"] + "s"), row["code"])
    return found


@cache
def by_metonym() -> dict[str, str]:
    """Folded capital, building or government -> code of the country it stands for."""
    return {fold(row["name"]): row["code"] for row in lexicon("metonyms.tsv")}


def find_country(words: str) -> Country | None:
    """The country that the words name or tell the people of; capitals and buildings too."""
    plain = fold(words)
    plain = plain.removeprefix("the ")
    code = by_name().get(plain) or by_people().get(plain) or by_metonym().get(plain)
    return countries().get(code) if code else None
