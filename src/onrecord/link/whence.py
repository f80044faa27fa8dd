"""Where and in what form words were said or printed first: the place of an utterance, and the kind of its origin.

A place is taken from the words that tell who says so ("told reporters in Rome", "at a news conference in Oslo"), never
from the content. Where they name none, a press conference that nobody dates is where the report is dated from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.link.credits import EDGE, outlet_name
from onrecord.link.entry import Told
from onrecord.link.gates.bodies import ARTICLE
from onrecord.link.origins import kind_of
from onrecord.link.remembering import remembered
from onrecord.model import EntityKind, Mention, Span, hull
from onrecord.resources import settings_file

AFTER = 90  # code points behind a cue, and before it, in which a place may stand
ENDS = re.compile(r"[.;:!?\"“”\n]")
PLACES = frozenset((EntityKind.PLACE, EntityKind.COUNTRY))
UNKNOWN, CONFERENCE, WIRE, REPORT = "unknown", "press conference", "wire copy", "report"
IN_FRONT = re.compile(
    r"\b(?:in|at|from)\s(?:the\s)?(?:[A-Za-z]+\s(?:capital|city|town|port|resort|village)\s(?:of\s)?)?$"
)
SIGNED = re.compile(r"^[^\n(]{0,80}\((?:[Tt]he\s)?(?P<outlet>[A-Z][\w’'.& -]{1,40})\)\s*[—–-]", re.MULTILINE)


@remembered
def said_in(one: Told) -> str | None:
    """The id of the place that the words about who says so name, None where they name none."""
    entry, statement = one.entry, one.statement
    if statement.cue is None:
        return None
    around = statement.content.spans + (statement.source.spans if statement.source else ())
    for before, window in ((False, _behind(one)), (True, _before(one))):
        for mention in _places(one, window):
            text = entry.report.text[max(0, window.start - AFTER) : mention.span.start]
            fits = _venue_before().search(text) if before else IN_FRONT.search(text)
            if fits and not any(span.overlaps(mention.span) for span in around):
                return mention.entity
    return None


def place_of(one: Told) -> str | None:
    """The id of the place where something was said, as far as its own report tells."""
    return said_in(one) or (_dated_from(one) if kind_of(one) == CONFERENCE else None)


@remembered
def kind_of_origin(one: Told) -> str:
    """The kind of the occasion; else `wire copy` or `report` where an agency or a paper is the source itself."""
    kind = kind_of(one)
    if kind != UNKNOWN or one.statement.source is None:
        return kind
    words = " ".join(ARTICLE.sub("", one.statement.source.quote).split())
    nouns = settings_file("origins.toml")["printed"]
    for found, listed in ((WIRE, nouns["wires"]), (REPORT, nouns["papers"])):
        if any(re.search(rf"\b{re.escape(noun)}\b", words, re.IGNORECASE) for noun in listed):
            return found
    outlet = outlet_name(words)
    if outlet:
        return WIRE if outlet in nouns["agencies"] else REPORT
    return UNKNOWN


@remembered
def is_wire_copy(one: Told) -> bool:
    """Whether the report says in its dateline that another outlet wrote it: "OSLO (Nordic Wire) —"."""
    report = one.entry.report
    body = SIGNED.search(report.text[: 2 * EDGE])
    named = body["outlet"].strip() if body else ""
    return bool(named and report.outlet and (outlet_name(named) or named).lower() != _plain(report.outlet))


def _plain(outlet: str) -> str:
    return (outlet_name(outlet) or outlet).lower()


def _behind(one: Told) -> Span:
    """What follows the cue, to the end of its clause."""
    text, cue = one.entry.report.text, hull(one.statement.cue.spans if one.statement.cue else ())
    end = ENDS.search(text, cue.end, cue.end + AFTER)
    return Span(cue.start, end.start() if end else min(len(text), cue.end + AFTER))


def _before(one: Told) -> Span:
    """What stands before source and cue in their sentence."""
    text, statement = one.entry.report.text, one.statement
    parts = (part for part in (statement.source, statement.cue) if part)
    start = hull(span for part in parts for span in part.spans).start
    ends = [found.end() for found in ENDS.finditer(text, max(0, start - AFTER), start)]
    return Span(ends[-1] if ends else max(0, start - AFTER), start)


def _places(one: Told, window: Span) -> Iterator[Mention]:
    entities = one.entry.entities
    for mention in one.entry.mentions.within((window,)):
        is_place = mention.entity in entities and entities[mention.entity].kind in PLACES
        if is_place and mention.form == "name" and not mention.metonym:
            yield mention


def _dated_from(one: Told) -> str | None:
    """The place of the report's dateline."""
    entry, dateline = one.entry, one.entry.report.dateline
    if not dateline:
        return None
    town = dateline.split(",")[0].strip().casefold()
    names = {name.casefold(): e.id for e in entry.report.entities if e.kind in PLACES for name in (e.name, *e.aliases)}
    return names.get(town)


@cache
def _venue_before() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, settings_file("origins.toml")["kinds"]), key=lambda n: (-len(n), n)))
    return re.compile(
        rf"\b(?:{nouns}|speech|visit|rally|meeting)\s(?:\w+\s){{0,2}}(?:in|at)\s(?:the\s)?$", re.IGNORECASE
    )
