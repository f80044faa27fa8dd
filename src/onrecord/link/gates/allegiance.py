"""For which country, company or other body somebody speaks, as the words of the source and those around it tell.

Who is only told apart by these words may serve one body in one matter and another elsewhere, so an allegiance counts
between reports of one matter alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from onrecord.link.entry import Entry, Told
from onrecord.link.gates.offices import BARE, NAME, firm, is_office, leader, name_root, of_state, owners_in, role
from onrecord.link.remembering import once, remembered
from onrecord.model import Entity, EntityKind, hull

NEAR = 250  # code points from what a body says to who speaks for it
LONGEST = 120  # code points of a source or a content that are looked at
OFFICE = 30  # code points behind an owner in which his office stands
BODIES = frozenset((EntityKind.ORGANIZATION, EntityKind.COUNTRY))
OWNED = re.compile(r"(?:the\s)?([a-z][a-z -]*[a-z])[’']s?\s", re.IGNORECASE)


@remembered
def allegiance(one: Told) -> frozenset[str]:
    """Keys of the bodies and people that a source speaks for; none for unnamed people, who may speak for themselves."""
    found = _own(one) | _inherited(one)
    known = serving(one.entry)
    return found.union(*(known.get(key, frozenset()) for key in found))


@once
def serving(entry: Entry) -> dict[str, frozenset[str]]:
    """Keys of people -> those of the bodies they serve, as any source tells: later it is "Reuter said", or "he"."""
    found: dict[str, frozenset[str]] = {}
    for one in entry.told:
        if one.statement.source and (people := _people(one)):
            bodies = owners_in(one.statement.source.quote) | {k for k in _inherited(one) if not k.startswith("id:")}
            for person in people:
                found[person] = found.get(person, frozenset()) | bodies
    return found


@remembered
def _own(one: Told) -> frozenset[str]:
    """Those that the source itself tells."""
    if one.statement.source is None:
        return frozenset()
    source = one.statement.source.quote
    entities = (one.entry.entities.get(i) for i in one.side)
    found = {name_root(entity.name) for entity in entities if entity is not None and entity.kind in BODIES}
    if not one.statement.speaker.anonymous or is_office(source):
        found |= owners_in(source)
    if _speaks_of_own(one):
        found.add(name_root(one.statement.content.quote.split()[0]))
    if _bare_name(one) and (bare := BARE.fullmatch(source[:LONGEST])):
        found.add(name_root(bare["name"]))
    found |= {voice for voice in one.voices if voice.startswith("body:")} | _served(one) | _people(one)
    return frozenset(found - {""})


def _people(one: Told) -> frozenset[str]:
    """Keys of who speaks under a name, also where he stands behind what he is: "Velmark's minister, Jonas Reuter,"."""
    statement, entities = one.statement, one.entry.entities
    found = set() if statement.speaker.anonymous else {statement.speaker.entity, *statement.speaker.also}
    if statement.source:
        end = statement.source.spans[-1].end - 2
        within = one.entry.mentions.within(statement.source.spans)
        found |= {m.entity for m in within if m.span.end >= end and m.form == "name" and _is_person(entities, m.entity)}
    return frozenset(f"id:{i}" for i in found if i)


def _is_person(entities: Mapping[str, Entity], identity: str | None) -> bool:
    entity = entities.get(identity or "")
    return entity is not None and entity.kind is EntityKind.PERSON


def _served(one: Told) -> frozenset[str]:
    """Keys of those whose office speaks: "his office", "the prime minister's spokesman"."""
    statement, text = one.statement, one.entry.report.text
    if statement.source is None or not is_office(statement.source.quote):
        return frozenset()
    owners = (
        m.entity
        for m in one.entry.mentions.within(statement.source.spans)
        if (m.form == "pronoun" or text[m.span.end : m.span.end + 1] in ("'", "’"))
        and is_office(text[m.span.end : m.span.end + OFFICE])
    )
    found = {owner for owner in owners if owner}
    if owned := OWNED.match(statement.source.quote[:LONGEST]):
        title = owned[1].casefold()
        holders = [e.id for e in one.entry.report.entities if any(r.title.casefold() == title for r in e.roles)]
        found |= set(holders if len(holders) == 1 else ())
    return frozenset(f"id:{identity}" for identity in found)


def _inherited(one: Told) -> frozenset[str]:
    """Whom a bare office serves: the body that has just spoken in its paragraph; "the company", the only one."""
    if one.statement.source is None:
        return frozenset()
    source, start = one.statement.source.quote, one.statement.source.spans[0].start
    if firm().fullmatch(source[:LONGEST]):
        firms = {key for key, at in _firms_in(one.entry).items() if at < start}
        return frozenset(firms if len(firms) == 1 else ())
    if one.statement.speaker.anonymous and not is_office(source):
        return frozenset()
    part, last = role().search(source), _last_before(one)
    if last is None or last.statement.source is None or owners_in(source):
        return frozenset()
    end = hull(last.statement.content.spans).end
    if start - end > NEAR or "\n" in one.entry.report.text[end:start]:
        return frozenset()
    if part is None:  # "Her spokesman denied it. “She will stay,” Lars Quist said."
        is_he = last.statement.speaker.anonymous and role().search(last.statement.source.quote)
        return _own(last) if is_he and one.statement.form == "direct" else frozenset()
    return _own(last) - _people(last) if _bare_name(last) or not of_state().search(part[0]) else frozenset()


def _speaks_of_own(one: Told) -> bool:
    """Whether who leads a company that is not named begins with one: "Helio will close it", a chairman says."""
    source, content = (part.quote if part else "" for part in (one.statement.source, one.statement.content))
    return leader().match(source) is not None and re.match(rf"{NAME}\s[a-z]", content[:LONGEST]) is not None


@once
def _outline(entry: Entry) -> tuple[list[int], list[Told]]:
    """Where the contents of a report begin, and its statements, apart from those within others."""
    told = sorted((t for t in entry.told if not t.statement.nested_in), key=_begins)
    return [_begins(t) for t in told], told


def _begins(one: Told) -> int:
    return one.statement.content.spans[0].start


def _last_before(one: Told) -> Told | None:
    starts, told = _outline(one.entry)
    at = bisect_left(starts, _begins(one))
    return told[at - 1] if at else None


@once
def _firms_in(entry: Entry) -> dict[str, int]:
    """Keys of what speaks under its bare name and is no country, each with where it first does."""
    found: dict[str, int] = {}
    for one in _outline(entry)[1]:
        if one.statement.source and _bare_name(one):
            for key in _own(one):
                if not key.startswith(("country:", "id:", "body:")):
                    found.setdefault(key, one.statement.source.spans[0].start)
    return found


def _bare_name(one: Told) -> bool:
    """Whether a source is but a name, of a body: "Velmark"."""
    source = one.statement.source.quote if one.statement.source else ""
    entity = one.entry.entities.get(one.statement.speaker.entity or "")
    is_person = entity is not None and entity.kind is EntityKind.PERSON
    return not is_person and BARE.fullmatch(source[:LONGEST]) is not None
