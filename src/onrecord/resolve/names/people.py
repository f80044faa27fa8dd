"""Names of people in one report, put together; two people of one surname stay two."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.model import Mention, Report
from onrecord.resolve.names.folding import fold, initials, is_mixed, key, parts, surnames, words_of
from onrecord.resources import lexicon, settings_file

FAR = 4  # lines (paragraphs and blank ones) by which one of two was named later than the other


@dataclass(slots=True)
class Person:
    """Somebody named in a report, while names are being put together."""

    key: str  # folded name
    full: bool  # two parts of the name or more are known
    mentions: list[int] = field(default_factory=list)  # positions in report.mentions
    names: set[str] = field(default_factory=set)  # as written, without titles
    genders: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)  # folded
    initials: str = ""  # middle initials
    first: int = 1 << 60  # code point of the first mention
    lines: dict[int, int] = field(default_factory=dict)  # line -> code point of the first mention in it
    order: list[int] = field(default_factory=list)  # the same lines, sorted

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
        if line not in self.lines:
            insort(self.order, line)
        self.lines[line] = min(position, self.lines.get(line, position))

    def lines_since(self, line: int, position: int) -> int:
        """How many lines before `position`, in line `line`, the person was last named; a great many for never."""
        if self.lines.get(line, position) < position:
            return 0
        k = bisect_left(self.order, line)
        return line - self.order[k - 1] if k else 1 << 30

    @property
    def gender(self) -> str | None:
        """Where all mentions that tell it agree."""
        return next(iter(self.genders)) if len(self.genders) == 1 else None


def name_of(report: Report, mention: Mention) -> str:
    """The name in a mention, without its title."""
    return (mention.head or mention.span).of(report.text)


class Gathering:
    """The people of a report while their names are gathered, in the order of the text."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.people: dict[str, Person] = {}
        self.chosen: dict[int, tuple[str, str]] = {}  # mention -> key and method
        self.unclear: set[int] = set()
        self.bound: dict[str, str] = {}  # surname -> who was called so first
        self.lines = [match.start() for match in re.finditer("\n", report.text)]

    def take(self, person: Person, at: int, method: str) -> None:
        """Gives a mention to a person."""
        mention = self.report.mentions[at]
        person.add(at, mention, name_of(self.report, mention))
        person.stands_in(self.line_of(mention), mention.span.start)
        self.chosen[at] = (person.key, method)

    def lose(self, at: int) -> None:
        """Takes a mention back: it could be somebody or something else."""
        key, _ = self.chosen.pop(at)
        self.people[key].mentions.remove(at)
        self.unclear.add(at)

    def line_of(self, mention: Mention) -> int:
        """The number of the line that a mention stands in."""
        return bisect_right(self.lines, mention.span.start)

    def take_full(self, at: int) -> None:
        """A full name: its own person, or the one of the same name whose middle initials do not speak against it."""
        name = name_of(self.report, self.report.mentions[at])
        plain, middle = key(name), initials(name)
        person = self.people.get(plain)
        if person is not None and middle and person.initials and middle != person.initials:
            plain = f"{plain} {middle}"
            person = self.people.get(plain)
        if person is None:
            person = self.people[plain] = Person(plain, full=True)
        person.initials = person.initials or middle
        self.take(person, at, "name")

    def take_short(self, at: int, shorter: dict[str, tuple[str, ...]]) -> None:
        """A surname or first name: the one person it fits, or a mark that it could be two."""
        mention = self.report.mentions[at]
        name = name_of(self.report, mention)
        own, plain = parts(name), key(name)
        if not plain or is_mixed(name):
            return
        found = [one for one in shorter.get(plain, ()) if agrees(mention, self.people[one])]
        if len(found) > 1:
            found = nearest(mention, self.line_of(mention), [self.people[one] for one in found], self.bound.get(plain))
        if len(found) == 1 and is_another(mention, self.people[found[0]]):
            self.take_surname(at, f"{fold(mention.role.title if mention.role else '')} {plain}")
        elif len(found) == 1:
            self.bound.setdefault(plain, found[0])
            is_surname = plain in surnames_of(self.people[found[0]])
            self.take(self.people[found[0]], at, "surname" if is_surname else "first_name")
        elif found:
            self.unclear.add(at)
        elif " " not in plain and mention.kind is None and is_given(plain):
            self.take(self.people.setdefault(plain, Person(plain, full=False)), at, "first_name")
        elif mention.kind == "person" and (len(own) == 1 or own[0] in words_of("particles")):
            self.take_surname(at, plain)

    def contest(self, at: int, shorter: dict[str, tuple[str, ...]]) -> None:
        """Adds the other bearer of a surname, Mr. Obama beside Michelle Obama, to those that the surname fits."""
        mention = self.report.mentions[at]
        plain = key(name_of(self.report, mention))
        known = shorter.get(plain, ())
        if mention.gender and known and not any(agrees(mention, self.people[one]) for one in known):
            other = self.people.setdefault(plain, Person(plain, full=False))
            other.genders.add(mention.gender)
            shorter[plain] = (*known, other.key)

    def take_surname(self, at: int, plain: str) -> None:
        """A surname that no full name explains; Mr. and Mrs. are two, and the bare name could be either."""
        mention = self.report.mentions[at]
        known = [self.people[one] for one in (plain, f"{plain} f", f"{plain} m") if one in self.people]
        found = [one for one in known if agrees(mention, one)]
        if len(found) > 1:
            self.unclear.add(at)
            return
        fresh = f"{plain} {mention.gender}" if known else plain
        person = found[0] if found else self.people.setdefault(fresh, Person(fresh, full=False))
        self.take(person, at, "surname")
        for one in (*known, person) if known and not found else ():
            one.names |= {self.report.mentions[k].text for k in one.mentions}  # "Mrs. Okoro" tells them apart


def find_people(report: Report, indexes: Sequence[int], maybe: frozenset[int] = frozenset()) -> Gathering:
    """The people whom the mentions `indexes` name; of those of unknown kind, `maybe` do."""
    found = Gathering(report)
    for at in indexes:
        mention = report.mentions[at]
        own = parts(name_of(report, mention))
        if len(own) >= 2 and own[0] not in words_of("particles") and (mention.kind == "person" or at in maybe):
            found.take_full(at)
    join_middle_names(found)
    for at in indexes:  # the same name where nothing stood with it to show that it is a person's
        plain = key(name_of(report, report.mentions[at]))
        if at not in found.chosen and plain in found.people:
            found.take(found.people[plain], at, "name")
    shorter = short_names(found.people)
    for at in indexes:
        if at not in found.chosen:
            found.contest(at, shorter)
    for at in indexes:
        if at not in found.chosen:
            found.take_short(at, shorter)
    return found


def join_middle_names(found: Gathering) -> None:
    """Makes "Hillary Rodham Clinton" and "Hillary Clinton" one in a report that has no other Hillary Clinton."""
    longer: dict[str, list[str]] = defaultdict(list)
    for plain in found.people:
        own = plain.split(" ")
        if len(own) == 3 and own[-1] not in ("jr", "sr"):
            longer[f"{own[0]} {own[2]}"].append(plain)
    for plain, names in longer.items():
        if plain in found.people and len(names) == 1:
            gone = found.people.pop(names[0])
            for at in gone.mentions:
                found.take(found.people[plain], at, "name")


@cache
def given_names() -> frozenset[str]:
    """First names in lower case."""
    return frozenset(fold(row["name"]) for file in ("first_names.tsv", "given_names.tsv") for row in lexicon(file))


def is_given(plain: str) -> bool:
    """Whether people bear the word as their first name."""
    return plain in given_names()


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
    found = {short: tuple(sorted(without_sons(keys))) for short, keys in last.items()}
    for short, keys in first.items():
        if short not in found and len(keys) == 1 and len(short) > 2:
            found[short] = tuple(keys)
    return found


def without_sons(keys: Sequence[str]) -> list[str]:
    """The people of one surname without those called Jr. beside their fathers: the bare name is the father's."""
    return [one for one in keys if not (one.endswith(" jr") and one.removesuffix(" jr") in keys)]


def agrees(mention: Mention, person: Person) -> bool:
    """Whether a title's gender does not speak against it: Mrs. Clinton is not Bill Clinton."""
    return mention.gender is None or person.gender is None or mention.gender == person.gender


def is_another(mention: Mention, person: Person) -> bool:
    """Whether an office that one holds at a time sets the bearer apart: President Obama is not Michelle Obama."""
    title = fold(mention.role.title) if mention.role is not None else ""
    if title not in settings_file("names.toml")["single_offices"] or not person.titles:
        return False
    return not any(title in one for one in person.titles)


def nearest(mention: Mention, line: int, people: Sequence[Person], bound: str | None) -> list[str]:
    """Of several people of one surname the one that is meant; several where that is not clear.

    That is whose title the mention bears, or who was named by far the last, or the only one named before in its line,
    or who was called so from the beginning while nobody else of the name is in the line.
    """
    if mention.role is not None:
        wanted = fold(mention.role.title)
        titled = [p for p in people if any(wanted in title for title in p.titles)]
        if len(titled) == 1:
            return [titled[0].key]
    since = sorted((p.lines_since(line, mention.span.start), p.key) for p in people)
    if since[1][0] - since[0][0] >= FAR:
        return [since[0][1]]
    if since[0][0] == 0:
        clear = since[1][0] > 0 and bound in (None, since[0][1])
        return [since[0][1]] if clear else [p.key for p in people]
    return [bound] if bound is not None else [p.key for p in people]
