"""The town that a report's outlet is called after, and the country of its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from onrecord.model import Report
from onrecord.resolve.names.countries import countries as country_codes
from onrecord.resolve.places.candidates import Place, candidates, plain
from onrecord.resolve.places.candidates import settings_words as words
from onrecord.resources import lexicon

HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]+")
GENERIC = frozenset(("tv", "fm", "am", "co", "me", "io", "ly", "cc", "to", "ws", "la"))  # used all over the world
LEAST = 4  # letters of a town's name in a site's
LARGE = 50  # thousands of people of a town with a name as short as that
MOST = 120  # letters of an outlet's name; a longer one names nothing


def outlet_words(report: Report) -> tuple[str, str]:
    """The outlet's name and the host of its address; "" where one is not known or too long to be one."""
    outlet = (report.outlet or "").strip()
    host = outlet.lower() if HOST.fullmatch(outlet[: MOST + 1]) else ""
    if not host:
        address = (report.uri or "").partition("://")[2].split("/", 1)[0].lower()
        host = address if HOST.fullmatch(address[: MOST + 1]) else ""
    return ("" if len(outlet) > MOST or HOST.fullmatch(outlet) else outlet), host[:MOST]


def outlet_country(report: Report) -> str | None:
    """The country whose domain the outlet or its address has: .ie, .co.uk."""
    code = outlet_words(report)[1].rsplit(".", 1)[-1]
    if len(code) != 2 or code in GENERIC:
        return None
    return "GB" if code == "uk" else code.upper() if code.upper() in country_codes() else None


def home_candidates(report: Report) -> tuple[Place, ...]:
    """The towns that the outlet may be called after; several of one name are told apart by the report."""
    name, host = outlet_words(report)
    country = outlet_country(report)
    for known in (name.lower(), host.removeprefix("www."), host.partition(".")[2]):
        if known and known in known_homes():
            town, state = known_homes()[known]
            return tuple(
                place
                for place in candidates(town)
                if state in (place.region, place.country) and place.kind in ("city", "region")
            )
    found = from_name(name) or from_host(host)
    at_home = tuple(place for place in found if place.country == country)
    return at_home or (found if country is None else ())


@cache
def known_homes() -> dict[str, tuple[str, str]]:
    """Outlet or host, in lower case -> its town and the code of the town's state or country."""
    found = {}
    for row in lexicon("homes.tsv"):
        for name in (row["outlet"], row["host"]):
            if name:
                found[name.lower()] = row["town"], row["within"]
    return found


@lru_cache(maxsize=1000)
def from_name(name: str) -> tuple[Place, ...]:
    """The Columbus Dispatch, Lancaster Guardian: a town's name, and nothing else but words of the press."""
    spelled = LETTERS.findall(name)
    if not any(word.lower() in words("press") and word.lower() != "the" for word in spelled):
        return ()
    while spelled and spelled[0].lower() in words("press"):
        spelled = spelled[1:]
    while spelled and spelled[-1].lower() in words("press"):
        spelled = spelled[:-1]
    return towns(" ".join(spelled)) if 0 < len(spelled) <= 4 else ()


@lru_cache(maxsize=1000)
def from_host(host: str) -> tuple[Place, ...]:
    """columbustelegram.com, the-oxford-press.example: the same where the words are written as one."""
    parts = [part for part in host.split(".")[:-1] if part not in ("www", "co", "com", "org", "net")]
    for label in reversed(parts):
        for town in split_label(label.replace("-", "")):
            found = towns(town)
            if found:
                return found
    return ()


def split_label(label: str) -> Iterator[str]:
    """The names that stand before or after words of the press in a site's label, the longest first."""
    for article in ("thisis", "the", "my", "daily", ""):
        if not label.startswith(article):
            continue
        rest = label[len(article) :]
        for cut in range(len(rest), LEAST - 1, -1):
            if is_press(rest[cut:]) and (cut < len(rest) or article or rest not in words("press")):
                yield from spaced(rest[:cut])
        one, _, other = rest.partition("and")
        if len(one) >= LEAST and len(other) > LEAST:
            yield one  # richmondandtwickenhamtimes
    for cut in range(1, len(label) - LEAST + 1):
        if is_press(label[:cut]):
            yield from spaced(label[cut:])


def is_press(letters: str) -> bool:
    """Whether letters are up to three words of the press written as one: newssun, dailyherald."""
    ends = {0}
    for _ in range(3):
        ends |= {end + n for end in ends for n in range(2, 13) if letters[end : end + n] in words("press")}
    return max(ends) == len(letters) or len(letters) in ends


def spaced(name: str) -> Iterator[str]:
    """A name as it is, and with a space after a word that longer names begin with: newlondon."""
    yield name
    for opening in sorted(words("openings"), key=len, reverse=True):
        first = opening.replace(" ", "")
        if name.startswith(first) and len(name) > len(first) + 2:
            yield f"{opening} {name[len(first) :]}"


def towns(name: str) -> tuple[Place, ...]:
    """The towns and regions of a name that is no word of the press."""
    if plain(name) in words("press") or len(name) < LEAST:
        return ()
    least = LARGE if len(name) == LEAST else 0  # York, but no Alex
    kinds = ("city", "region", "county")
    return tuple(place for place in candidates(name) if place.kind in kinds and place.thousands >= least)
