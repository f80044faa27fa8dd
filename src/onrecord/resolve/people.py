"""Names of people in one report, put together: full names, surnames, first names; two people of one surname stay two."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.model import Mention, Report
from onrecord.resolve.folding import fold, is_mixed, key, parts, surnames, words_of


@dataclass(slots=True)
class Person:
    """Somebody named in a report, while names are being put together."""

    key: str  # folded name
    full: bool  # two parts of the name or more are known
    mentions: list[int] = field(default_factory=list)  # positions in report.mentions
    names: set[str] = field(default_factory=set)  # as written, without titles
    genders: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)  # folded
    first: int = 1 << 60  # code point of the first mention
    lines: dict[int, int] = field(default_factory=dict)  # line -> code point of the first mention in it

    def add(self, at: int, mention: Mention, name: str) -> None:
        """Takes a mention in."""
        self.mentions.append(at)
        self.names.add(name)
        if mention.gender:
            self.genders.add(mention.gender)
        if mention.role is not None:
            self.titles.add(fold(mention.role.title))
        self.first = min(self.first, mention.span.start)

    def stands_in(self, line: int, position: int) -> None:
        """Notes the line of a mention."""
        self.lines[line] = min(position, self.lines.get(line, position))

    @property
    def gender(self) -> str | None:
        """Where all mentions that tell it agree."""
        return next(iter(self.genders)) if len(self.genders) == 1 else None


def name_of(report: Report, mention: Mention) -> str:
    """The name in a mention, without its title."""
    return (mention.head or mention.span).of(report.text)


def find_people(
    report: Report, indexes: Sequence[int], maybe: frozenset[int] = frozenset()
) -> tuple[dict[str, Person], dict[int, tuple[str, str]], frozenset[int]]:
    """People by key; the key and the method of each mention that is resolved; and the mentions that could be two.

    `indexes` are the mentions that may name people; of those of unknown kind, `maybe` do.
    """
    people: dict[str, Person] = {}
    chosen: dict[int, tuple[str, str]] = {}
    lines = [match.start() for match in re.finditer("\n", report.text)]

    def line_of(mention: Mention) -> int:
        return bisect_right(lines, mention.span.start)

    def take(person: Person, at: int, name: str, method: str) -> None:
        person.add(at, report.mentions[at], name)
        person.stands_in(line_of(report.mentions[at]), report.mentions[at].span.start)
        chosen[at] = (person.key, method)

    for at in indexes:
        mention = report.mentions[at]
        name = name_of(report, mention)
        own = parts(name)
        if len(own) >= 2 and own[0] not in words_of("particles") and (mention.kind == "person" or at in maybe):
            person = people.setdefault(key(name), Person(key(name), full=True))
            take(person, at, name, "name")
    for at in indexes:  # the same name where nothing stood with it to show that it is a person's
        mention = report.mentions[at]
        if at not in chosen and key(name_of(report, mention)) in people:
            take(people[key(name_of(report, mention))], at, name_of(report, mention), "name")
    shorter = short_names(people)
    unclear: set[int] = set()
    for at in indexes:
        if at in chosen:
            continue
        mention = report.mentions[at]
        name = name_of(report, mention)
        own = parts(name)
        plain = key(name)
        if not plain or is_mixed(name):
            continue
        found = [one for one in shorter.get(plain, ()) if agrees(mention, people[one])]
        if len(found) > 1:
            found = nearest(mention, line_of(mention), [people[one] for one in found])
        if len(found) == 1:
            take(people[found[0]], at, name, "surname" if plain in surnames_of(people[found[0]]) else "first_name")
        elif len(found) > 1:
            unclear.add(at)
        elif mention.kind == "person" and (" " not in plain or own[0] in words_of("particles")):
            person = people.setdefault(plain, Person(plain, full=False))
            take(person, at, name, "surname")
    return people, chosen, frozenset(unclear)


def surnames_of(person: Person) -> frozenset[str]:
    """Every surname that the person's full names give."""
    return frozenset(short for name in person.names if len(parts(name)) >= 2 for short in surnames(name))


def short_names(people: dict[str, Person]) -> dict[str, tuple[str, ...]]:
    """Short name -> keys of the people called so; a first name only where no surname is the same."""
    last, first = defaultdict(list), defaultdict(list)
    for person in people.values():
        if not person.full:
            continue
        for short in sorted(surnames_of(person)):
            last[short].append(person.key)
        given = parts(max(sorted(person.names)))[:1]
        if given:
            first[given[0]].append(person.key)
    found = {short: tuple(sorted(keys)) for short, keys in last.items()}
    for short, keys in first.items():
        if short not in found and len(keys) == 1 and len(short) > 2:
            found[short] = tuple(keys)
    return found


def agrees(mention: Mention, person: Person) -> bool:
    """Whether a title's gender does not speak against it: Mrs. Clinton is not Bill Clinton."""
    return mention.gender is None or person.gender is None or mention.gender == person.gender


def nearest(mention: Mention, line: int, people: Sequence[Person]) -> list[str]:
    """Of several people of one surname: the one whose title the mention bears, or the only one named before it, in its line or at all."""
    if mention.role is not None:
        wanted = fold(mention.role.title)
        titled = [p for p in people if any(wanted in title for title in p.titles)]
        if len(titled) == 1:
            return [titled[0].key]
    start = mention.span.start
    here = [p for p in people if p.lines.get(line, start) < start]
    before = [p for p in people if p.first < start]
    if len(here) == 1:
        return [here[0].key]
    if len(before) == 1 and not here:
        return [before[0].key]
    return [p.key for p in people]
