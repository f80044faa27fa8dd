"""Whether two reports are about one matter, by the names in them."""

from __future__ import annotations

from datetime import date

from onrecord.link.entry import Entry, Told, worded_terms
from onrecord.link.meaning import likeness
from onrecord.link.parting import cosine
from onrecord.link.words import overlap
from onrecord.resources import settings_file


def is_one_matter(a: Entry, b: Entry) -> bool:
    """Whether the reports are near in time and share enough names, or fewer names and what they open with."""
    settings = settings_file("relations.toml")["matter"]
    if a.report.id == b.report.id:
        return True
    if not _is_near(a, b) or _namesakes(a, b):
        return False
    mine, theirs = a.matter_names, b.matter_names
    shared = len(mine & theirs)
    if shared >= settings["entities"] and shared >= settings["share"] * min(len(mine), len(theirs)):
        return True
    if not shared and mine and theirs:
        return False
    bar = settings["lead_names" if shared > 1 else "lead" if shared else "nameless"]
    return likeness(a.lead, b.lead) >= float(bar)


def tell_of_one(a: Entry, b: Entry) -> bool:
    """Whether two reports are alike as wholes, by their rarer words; asked of every link that is no repetition.

    Two months of an election campaign share their names, and each day of it is a matter of its own. Short reports have
    few words to share.
    """
    settings = settings_file("relations.toml")["matter"]
    is_short = min(len(a.report.text), len(b.report.text)) < settings["short"]
    bar = settings["alike_short" if is_short else "alike"]
    return a.report.id == b.report.id or cosine(a.gist.terms, b.gist.terms) >= float(bar)


def speak_of_one(one: Told, other: Told) -> bool:
    """Whether two statements are of one matter: by their reports, or by what they open with and their own words."""
    a, b = one.entry, other.entry
    if is_one_matter(a, b):
        return True
    bars, settings = settings_file("relations.toml")["bars"], settings_file("relations.toml")["matter"]
    mine, theirs = worded_terms(one), worded_terms(other)
    if len(mine & theirs) < bars["alike_terms"] or overlap(mine, theirs) < bars["alike"]:
        return False
    if not _is_near(a, b) or _namesakes(a, b) or likeness(a.lead, b.lead) < settings["nameless"] - 0.05:
        return False
    return likeness(one.statement.content.quote, other.statement.content.quote) >= float(bars["alike_sense"])


def _is_near(a: Entry, b: Entry) -> bool:
    return are_near(fortnight_of(a), fortnight_of(b))


def are_near(one: int | None, other: int | None) -> bool:
    """Whether two reports stand in one fortnight of the calendar or in two that follow, or one has no date."""
    return one is None or other is None or abs(one - other) <= 1


def _namesakes(a: Entry, b: Entry) -> bool:
    """Whether the two speak of two places of one name."""
    here, there = a.places, b.places
    return any(there.get(name, identity) != identity for name, identity in here.items())


def fortnight_of(entry: Entry) -> int | None:
    """The number of the fortnight of publication; None where no day is known."""
    try:
        return date.fromisoformat((entry.report.published or "")[:10]).toordinal() // 14
    except ValueError:
        return None
