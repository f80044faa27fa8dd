"""How values look on a page: the class that gives a stance its line, a status its sign, a number its commas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from onrecord.export.clauses import CELL
from onrecord.export.naming import day
from onrecord.export.sheet import SURE
from onrecord.export.timeline_rows import spoken_date

# The letter is a class of site.css: s says, c confirms, d denies, h hedged, q asked or conditional.
STANCES = {
    "confirms": "c",
    "denies": "d",
    "estimates": "h",
    "predicts": "h",
    "speculates": "h",
    "questions": "q",
    "requests": "q",
    "proposes": "q",
    "undisclosed": "q",
}
LEAST_WORDS = 4  # of words that do without their "that"
UNSURE = frozenset(("PR+", "PR-", "PS+", "PS-", "U"))
STATUSES = {"corroborated": ("c", "✓✓"), "disputed": ("h", "≠"), "denied": ("d", "✕"), "superseded": ("q", "→")}


def stance_class(statement: Mapping[str, Any]) -> str:
    """The class of a statement's line, from its row: a condition and a doubt are seen before anything else but a no.

    >>> stance_class({"stance": "asserts", "certainty": "PS+", "condition": None})
    'h'
    """
    own = STANCES.get(statement["stance"], "s")
    if own in "dq":
        return own
    if statement["condition"]:
        return "q"
    return "h" if statement["certainty"] in UNSURE else own


def certainty_words(letters: str | None) -> str:
    """FactBank's letters in words."""
    return SURE.get(letters or "", "not judged")


def claim_class(status: str) -> str:
    """The class of a claim's chip."""
    return STATUSES.get(status, ("s", ""))[0]


def claim_words(claim: Mapping[str, Any]) -> str:
    """What the chip of a claim says: its sign, its status, its independent origins."""
    status, origins = claim["status"], claim["independent_origins"]
    sign = STATUSES.get(status, ("", ""))[1]
    if status == "corroborated":
        return f"{sign} {origins} independent origins"
    return f"{sign} {status.replace('-', ' ')}".strip()


def headline(words: str) -> str:
    """The words of a report as a heading: without the "that" in front and the comma behind, with a capital.

    >>> headline("that ammonia had reached its coast,")
    'Ammonia had reached its coast'
    """
    text = words.strip()
    text = text[5:] if text.lower().startswith("that ") and len(text.split()) > LEAST_WORDS else text
    text = text.rstrip(" ,;:")
    for comma in (",”", ',"'):
        text = text.removesuffix(comma) + comma[1] if text.endswith(comma) else text
    return text[:1].upper() + text[1:]


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 report", "1,200 reports", "no reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}" if number else f"no {many or one + 's'}"


def number_words(value: int | float | Decimal | None) -> str:
    """A number with commas; nothing for None."""
    return "" if value is None else f"{value:,}"


def timex_words(value: str) -> str:
    """A date as coarse as it is, also one that only TIMEX3 has letters for.

    >>> timex_words("2024-WI"), timex_words("2025-03-04"), timex_words("2025-Q1")
    ('winter 2024', '4 Mar 2025', '2025-Q1')
    """
    return day(value) if value.replace("-", "").isdigit() else spoken_date(value) or value


def moment(date: str | None) -> str:
    """A date with its time of day, where it has one: "6 Mar 2025, 13:20 UTC"."""
    if not date or len(date) < 16 or date[10] != "T":
        return day(date)
    zone = date[16:].partition(":")[2] if date[16:17] == ":" else date[16:]
    zone = zone.lstrip("0123456789.")
    return f"{day(date)}, {date[11:16]} {'UTC' if zone in ('Z', '+00:00') else zone}".rstrip()


def outward(uri: str | None) -> str | None:
    """An address that may become a link: http and https only, whole, without anything that cannot be seen."""
    if not uri or not uri.isprintable() or " " in uri:
        return None
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    return uri if parts.scheme in ("http", "https") and parts.hostname else None


def cells_of(parts: Iterable[Mapping[str, str]]) -> list[list[Mapping[str, str]]]:
    """The parts of a table's row by cell."""
    row: list[list[Mapping[str, str]]] = [[]]
    for part in parts:
        if part["text"] == CELL.text:
            row.append([])
        else:
            row[-1].append(part)
    return row
