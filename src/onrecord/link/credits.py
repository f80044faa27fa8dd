"""Which outlets the words around a statement, or a whole report, credit: "(AP)", "told Reuters", "citing Yonhap"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.link.entry import Entry, Told
from onrecord.link.remembering import remembered
from onrecord.link.words import WORD
from onrecord.model import EntityKind, Span, hull
from onrecord.resources import lexicon, settings_file

AROUND = 160  # code points before and after a statement in which its credit is looked for, within the line
EDGE = 240  # code points at the begin and the end of a report


@remembered
def credits_of(one: Told) -> frozenset[str]:
    """The outlets that the text around a statement names as where it was said or read, by their full names."""
    return frozenset(outlet for outlet, _ in _found_in(one))


def outlet_name(printed: str) -> str | None:
    """The full name of an outlet by what is printed of it; None where it is none that is known."""
    return _outlets().get(printed.lower())


@remembered
def outlet_of(one: Told) -> str:
    """The outlet of a statement's report by its full name; "" unknown."""
    name = one.entry.report.outlet or ""
    return outlet_name(name) or name


@remembered
def is_relay(one: Told) -> bool:
    """Whether the source is a paper, a broadcaster or "reports": it may have what it says from anybody."""
    if one.statement.source is None:
        return False
    settings = settings_file("origins.toml")["printed"]
    words = WORD.findall(one.statement.source.quote)
    small = {word.lower() for word in words}
    if small.intersection(settings["own"]):
        return False
    speaker = one.entry.entities.get(one.statement.speaker.entity or "")
    if speaker is not None and speaker.kind is EntityKind.PERSON:
        return bool(small.intersection(settings["reporting"]))
    is_known = any(outlet_name(" ".join(words[start:])) for start in (0, 1))  # with its article and without
    return is_known or bool(small.intersection(settings["relaying"])) or not {*words}.isdisjoint(settings["names"])


def common_credit(one: Told, other: Told) -> str:
    """The outlet that one credits and that the other is in, or credits too; "" where there is none."""
    theirs = {outlet_of(other), *credits_of(other)} - {"", outlet_of(one)}
    named = {name for name in theirs if name in credits_of(one)}
    if outlet := outlet_of(other):
        near = one.entry.report.text[slice(*line_around(one))]
        bare = re.sub(r"^the\s", "", outlet, flags=re.IGNORECASE)
        if outlet != outlet_of(one) and re.search(rf"\b{re.escape(bare)}\b", near, re.IGNORECASE):
            named.add(outlet)
    return min(named, default="")


def outlet_credited(one: Told, other: Told) -> str:
    """The outlet of the other's report, where the words around one name it as where they come from; else "".

    As its source, before or after the content: "according to the Old Town Mercury", "Harvest Agency reported".
    """
    outlet = outlet_of(other)
    if not outlet or outlet == outlet_of(one) or one.entry.report.id == other.entry.report.id:
        return ""
    if outlet in credits_of(one):
        return outlet
    start, end = line_around(one)
    return outlet if _credits_the(outlet).search(one.entry.report.text, start, end) else ""


def report_credits(entry: Entry, outlet: str | None) -> bool:
    """Whether a whole report is credited to an outlet: "(Halden Wire)" at its begin or end, "with reports from"."""
    if not outlet or outlet == entry.report.outlet:
        return False
    text = entry.report.text
    return bool(_credited_as_a_whole(outlet).search(text[:EDGE]) or _credited_as_a_whole(outlet).search(text[-EDGE:]))


def is_reprint(entry: Entry) -> bool:
    """Whether a report says that it is printed again: "first published in July", "from the archive"."""
    text = entry.report.text
    marks = settings_file("origins.toml")["reprint"]["marks"]
    return any(mark in edge for edge in (text[:EDGE].lower(), text[-EDGE:].lower()) for mark in marks)


@cache
def _credits_the(outlet: str) -> re.Pattern[str]:
    settings = settings_file("origins.toml")["credit"]
    before, after = ("|".join(re.escape(words) for words in settings[side]) for side in ("before", "after"))
    bare = re.escape(re.sub(r"^the\s", "", outlet, flags=re.IGNORECASE))
    return re.compile(
        rf"\b(?:{before})\s(?:the\s)?(?:[a-z-]+\s){{0,3}}?{bare}\b|\b{bare}(?:[’']s)?\s(?:has\s|had\s)?(?:{after})\b",
        re.IGNORECASE,
    )


@cache
def _credited_as_a_whole(outlet: str) -> re.Pattern[str]:
    leads = "|".join(re.escape(words) for words in settings_file("origins.toml")["reprint"]["credits"])
    bare = re.escape(re.sub(r"^the\s", "", outlet, flags=re.IGNORECASE))
    return re.compile(rf"\((?:the\s)?{bare}\)|\b(?:{leads})\s(?:the\s)?{bare}\b", re.IGNORECASE)


def _found_in(one: Told) -> Iterator[tuple[str, Span]]:
    text = one.entry.report.text
    start, end = line_around(one)
    for found in _credit().finditer(text, start, end):
        group = "told" if found["told"] else "tells"
        yield _outlets()[found[group].lower()], Span(*found.span(group))


@remembered
def line_around(one: Told) -> tuple[int, int]:
    """The statement with the words around it, within its line."""
    text = one.entry.report.text
    parts = (one.statement.source, one.statement.cue, one.statement.content)
    whole = hull(span for part in parts if part for span in part.spans)
    start = max(text.rfind("\n", 0, whole.start) + 1, whole.start - AROUND)
    line_end = text.find("\n", whole.end)
    return start, min(line_end if line_end >= 0 else len(text), whole.end + AROUND)


@cache
def _outlets() -> dict[str, str]:
    """Names as printed, in lower case -> full name."""
    rows = lexicon("outlets.tsv")
    return {row["printed"].lower(): row["outlet"] for row in rows} | {
        row["outlet"].lower(): row["outlet"] for row in rows
    }


@cache
def _credit() -> re.Pattern[str]:
    settings = settings_file("origins.toml")["credit"]
    printed = {row[field] for row in lexicon("outlets.tsv") for field in ("printed", "outlet")}
    names = "|".join(re.escape(name) for name in sorted(printed, key=lambda n: (-len(n), n)))
    before = "|".join(re.escape(words) for words in settings["before"])
    after = "|".join(settings["after"])
    agency = r"(?:[’']s)?(?:\s(?:news\sagency|newspaper|television))?"
    return re.compile(
        rf"\b(?i:{before})\s(?:the\s)?(?:[a-z-]+\s){{0,3}}?(?P<told>{names})\b|\b(?P<tells>{names}){agency}\s(?:{after})\b"
    )
