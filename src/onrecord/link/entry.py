"""What linking looks at: one report with its statements, and who each statement speaks for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING

from onrecord.link.gates.bodies import body_label, body_name
from onrecord.link.holding import bits_by_term, bits_sharing, picked
from onrecord.link.remembering import remembered
from onrecord.link.stories import Gist, gist_of
from onrecord.link.words import WORD, kinds_in, number_words, stem, stop_words, terms_of
from onrecord.model import (
    Entity,
    EntityKind,
    Figure,
    Mention,
    Page,
    Report,
    SectionKind,
    SpanIndex,
    Statement,
    TimeExpression,
    hull,
    make_id,
)
from onrecord.resources import settings_file

if TYPE_CHECKING:  # it brings numpy, which is loaded where it is used
    from onrecord.link.copies import Shingles

LEAD = 60  # words
BESIDE_NAME = re.compile(r"[a-z]\.?|[js]r\.?|i{2,3}|iv")  # initials, "Jr." and their like, in lower case
COMMON = re.compile(r"(?:[^s][^isu]s|ing|ed)$")  # of words that begin a sentence and are no names: "Markets fell"
NAME = re.compile(r"\b[A-Z][\w’'-]+")
SMALL = re.compile(r"\b[a-z][a-z’'-]+")
ITSELF = re.compile(r"\W*(?:that\s+)?(?:it|its|they|their|he|his|she|her|we|our|I|my)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A report of the ledger with its statements; answers what the rules ask about them."""

    report: Report
    statements: tuple[Statement, ...]

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The report's entities by id."""
        return {e.id: e for e in self.report.entities}

    @cached_property
    def mentions(self) -> SpanIndex[Mention]:
        """The report's mentions by where they stand."""
        return SpanIndex(self.report.mentions)

    @cached_property
    def named(self) -> SpanIndex[Mention]:
        """The mentions of whom or what has a name; who is only described is known to this report alone."""
        described = {
            e.id for e in self.report.entities if e.kind is EntityKind.GROUP or not any(c.isupper() for c in e.name)
        }
        return SpanIndex(m for m in self.report.mentions if m.entity not in described)

    @cached_property
    def terms(self) -> dict[str, frozenset[str]]:
        """What each statement's content is about, by statement id."""
        return {
            s.id: terms_of(self.report.text, s.content.spans, self.named, self.times) | self._itself(s)
            for s in self.statements
        }

    def _itself(self, statement: Statement) -> frozenset[str]:
        """The speakers, where they speak of themselves: "it had offered to mediate"; nobody is an "it"."""
        speaker = statement.speaker
        opening = ITSELF.match(statement.content.quote)
        if speaker.anonymous or not opening:
            return frozenset()
        is_thing = opening.group().split()[-1].lower().strip("\"“‘'") in ("it", "its")
        found = (i for i in (speaker.entity, *speaker.also) if i)
        return frozenset(i for i in found if not (is_thing and self._is_person(i)))

    def _is_person(self, identity: str) -> bool:
        return identity in self.entities and self.entities[identity].kind is EntityKind.PERSON

    @cached_property
    def memory(self) -> dict[object, object]:
        """What was worked out about its statements; see `remembered`."""
        return {}

    @cached_property
    def lead(self) -> str:
        """What the report opens with: its title and the first words of its text."""
        words = WORD.finditer(self.report.text)
        last = next((m.end() for k, m in enumerate(words) if k == LEAD), len(self.report.text))
        opening = self.report.text[:last]
        title = self.report.title or ""
        return opening if opening.startswith(title) else f"{title}. {opening}"

    @cached_property
    def name_words(self) -> Counter[str]:
        """How often each word of a name that is no country's occurs, stemmed.

        Names are known by their capitals, so that those which nobody has listed count too; a word that the report has
        in small letters as well is none.
        """
        report = self.report
        countries = {e.id for e in report.entities if e.kind is EntityKind.COUNTRY}
        taken = bytearray(len(report.text) + 1)
        for mention in report.mentions:
            if mention.entity in countries and mention.form == "name":
                taken[mention.span.start : mention.span.end] = b"1" * len(mention.span)
        small = {m.group() for m in SMALL.finditer(report.text)}
        if report.outlet:  # a paper that names itself; its town stays a name
            for printed in re.finditer(re.escape(report.outlet), report.text):
                taken[printed.start() : printed.end()] = b"1" * len(printed.group())
        none = no_names() | stop_words() | number_words()
        found = [m for m in NAME.finditer(report.text) if not taken[m.start()] and m.group().lower() not in small]
        inner = {m.group() for m in found if not _opens_sentence(report.text, m)}
        inner |= {w for m in report.mentions if m.form == "name" for w in WORD.findall(m.text)}
        found = [m for m in found if m.group() in inner or not COMMON.search(m.group())]
        return Counter(name for m in found if (name := stem(m.group())) not in none)

    @cached_property
    def named_in(self) -> dict[str, frozenset[str]]:
        """The words of names in each content, stemmed, by statement id."""
        return {
            s.id: frozenset(stem(w) for span in s.content.spans for w in WORD.findall(span.of(self.report.text)))
            & self.name_words.keys()
            for s in self.statements
        }

    @cached_property
    def kinds(self) -> dict[str, dict[str, frozenset[str]]]:
        """What stands before each noun of a content, and after it with "of" or "for", stemmed, by statement id."""
        return {s.id: kinds_in(s.content.quote) for s in self.statements}

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Keys of the described bodies that speak, by statement id."""
        found = {}
        for statement in self.statements:
            entity = self.entities.get(statement.speaker.entity or "")
            if entity is not None and statement.speaker.anonymous:
                printed = statement.source.quote if statement.source else entity.name
                labels = (body_label(printed.strip(" ,")), body_label(entity.name))  # "its maker, Corvita"
                if label := min(filter(None, labels), key=lambda key: not key.startswith("name:"), default=None):
                    found[statement.id] = label
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of names and the entities of the report, as terms."""
        return frozenset(self.name_words) | frozenset(self.entities)

    @cached_property
    def matter_names(self) -> frozenset[str]:
        """The countries that the report names, and each word of the names of people, bodies and other places.

        Words, since one report has "the Vellin Polytechnic" and the other "Vellin"; countries have too many names for
        that.
        """
        countries = {e.id for e in self.report.entities if e.kind is EntityKind.COUNTRY}
        named = {m.entity for m in self.report.mentions if m.entity in countries and m.form == "name"}
        return frozenset(self.name_words) | frozenset(identity for identity in named if identity)

    @cached_property
    def places(self) -> dict[str, str]:
        """Ids of the report's places that are no countries, by name."""
        return {e.name: e.id for e in self.report.entities if e.kind is EntityKind.PLACE}

    @cached_property
    def all_words(self) -> frozenset[str]:
        """The stems of every word of the report."""
        return frozenset(stem(word) for word in WORD.findall(self.report.text))

    @cached_property
    def nested(self) -> dict[str, list[Statement]]:
        """The statements that stand in the content of each, in order of the text."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            if statement.nested_in:
                found[statement.nested_in].append(statement)
        return dict(found)

    @cached_property
    def times(self) -> SpanIndex[TimeExpression]:
        """The report's times by where they stand."""
        return SpanIndex(self.report.times)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The report's figures by id."""
        return {f.id: f for f in self.report.figures}

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The statements, each with this entry."""
        return tuple(Told(self, s) for s in self.statements)

    @cached_property
    def by_id(self) -> dict[str, Told]:
        """The same by the ids of the statements."""
        return {one.statement.id: one for one in self.told}

    @cached_property
    def by_voice(self) -> dict[str, list[Told]]:
        """The statements by whom they speak for, described bodies too, in order of the text."""
        found: dict[str, list[Told]] = defaultdict(list)
        for one in self.told:
            for voice in one.voices:
                found[voice].append(one)
        return dict(found)

    @cached_property
    def by_term(self) -> dict[str, int]:
        """The statements that are about each term, as bits; see `holding`."""
        return bits_by_term(self.terms[s.id] for s in self.statements)

    @cached_property
    def gist(self) -> Gist:
        """What grouping into stories looks at."""
        return gist_of(self.report)

    @cached_property
    def shingles(self) -> Shingles:
        """The report's runs of words; needs its quotation layer."""
        from onrecord.link.copies import shingles_of

        return shingles_of(self.report)

    @cached_property
    def sides(self) -> dict[str, frozenset[str]]:
        """Whom each statement speaks for, by statement id: its named speakers, and the country or body they serve.

        Two officials of one government are on one side. A described source that serves nobody known stands for
        itself alone, within its report.
        """
        return {s.id: self._side(s) for s in self.statements}

    def _side(self, statement: Statement) -> frozenset[str]:
        speaker = statement.speaker
        ids = [i for i in (speaker.entity, *speaker.also) if i]
        serves = set(self._affiliations(statement, ids))
        return frozenset(serves if speaker.anonymous and serves else {*ids, *serves})

    def _affiliations(self, statement: Statement, ids: list[str]) -> Iterator[str]:
        yield from self._named.get(statement.speaker.affiliation or "", ())
        for role in (role for i in ids if i in self.entities for role in self.entities[i].roles):
            yield from self._named.get(role.affiliation or "", ())

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """Ids of the report's entities by each of their names."""
        found: dict[str, list[str]] = defaultdict(list)
        for entity in self.report.entities:
            for name in {entity.name, *entity.aliases}:
                found[name].append(entity.id)
        return found

    def sharing(self, one: Told, least: int) -> tuple[Told, ...]:
        """The statements that share so many terms with one of another report, in order of the text."""
        return picked(self.told, bits_sharing(self.by_term, one.terms, least))

    def when(self, statement: Statement) -> str:
        """The date that a statement is taken to be of: said, else published; "" unknown."""
        return statement.said_at or self.report.published or ""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with the entry that it stands in."""

    entry: Entry
    statement: Statement
    memory: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def terms(self) -> frozenset[str]:
        """What the content is about."""
        return self.entry.terms[self.statement.id]

    @property
    def side(self) -> frozenset[str]:
        """Whom it speaks for."""
        return self.entry.sides[self.statement.id]

    @property
    @remembered
    def voices(self) -> frozenset[str]:
        """Whom it speaks for, bodies by their names or, where they are only described, their words."""
        entities = self.entry.entities
        named = (body_name(entities[i].name) for i in self.side if _is_body(entities.get(i)))
        others = frozenset(i for i in self.side if not _is_body(entities.get(i)))
        others |= frozenset(filter(None, (_bare_person(entities.get(i)) for i in self.side)))
        body = self.entry.bodies.get(self.statement.id)
        return others | frozenset(named) | ({body} if body else frozenset())

    @property
    def names(self) -> frozenset[str]:
        """The words of names in its content, stemmed."""
        return self.entry.named_in[self.statement.id]

    @property
    @remembered
    def is_headline(self) -> bool:
        """Whether it stands in a headline: the text below says it in full."""
        whole = hull(self.statement.content.spans)
        return any(s.kind is SectionKind.HEADLINE and s.span.overlaps(whole) for s in self.entry.report.sections)

    def overlaps(self, other: Told) -> bool:
        """Whether one content holds words of the other: what is passed on, and who passes it on."""
        if self.entry.report.id != other.entry.report.id:
            return False
        a, b = hull(self.statement.content.spans), hull(other.statement.content.spans)
        return a.start < b.end and b.start < a.end

    @property
    @remembered
    def order(self) -> tuple[str, str, str, int, str]:
        """Earlier statements come first: by day, publication, report and place in the text."""
        day = self.entry.when(self.statement)[:10] or "9999"
        report = self.entry.report
        return (day, report.published or "9999", report.id, self.statement.content.spans[0].start, self.statement.id)


def entry_of(page: Page) -> Entry:
    """The entry of a page just made: its parts in the order in which a store gives them."""
    report = page.report
    return Entry(
        replace(
            report,
            attributions=(),
            mentions=tuple(sorted(report.mentions, key=_place)),
            times=tuple(sorted(report.times, key=_place)),
            figures=tuple(sorted(report.figures, key=_place)),
            entities=tuple(sorted(report.entities, key=lambda entity: entity.id)),
        ),
        tuple(sorted(page.statements, key=lambda statement: (statement.content.spans[0].start, statement.id))),
    )


def _place(part: Mention | TimeExpression | Figure) -> tuple[int, int, str]:
    return part.span.start, part.span.end, part.id


def _opens_sentence(text: str, word: re.Match[str]) -> bool:
    """Whether a capital is there because a sentence begins, and the next word has none."""
    before = text[max(0, word.start() - 3) : word.start()].rstrip(" \"“‘'(-—")
    if before and before[-1] not in ".!?\n:":
        return False
    after = text[word.end() : word.end() + 2].lstrip()
    return not after[:1].isupper()


def _bare_person(entity: Entity | None) -> str | None:
    """Who goes by the name without initials and "Jr.": "James R. Holt Jr." may be another report's James Holt."""
    if entity is None or entity.kind is not EntityKind.PERSON:
        return None
    words = entity.name.lower().split()
    bare = [word for word in words if not BESIDE_NAME.fullmatch(word)]
    return make_id("e", "person", " ".join(bare)) if 1 < len(bare) < len(words) else None


def _is_body(entity: Entity | None) -> bool:
    return entity is not None and entity.kind is EntityKind.ORGANIZATION


@cache
def no_names() -> frozenset[str]:
    """Capitalised words that name nobody, stemmed: days, months, titles."""
    return frozenset(stem(word) for word in settings_file("relations.toml")["names"]["none"])


@remembered
def plain_terms(one: Told) -> frozenset[str]:
    """What a content is about apart from names and numbers."""
    words = (term for term in one.terms if not term[:1].isdigit() and not term.startswith("e-"))
    return frozenset(term for term in words if term not in number_words())


@remembered
def worded_terms(one: Told) -> frozenset[str]:
    """What a content is about apart from numbers."""
    return frozenset(term for term in one.terms if not term[:1].isdigit() and term not in number_words())


@remembered
def numbers_in(one: Told) -> frozenset[tuple[Decimal | None, Decimal | None]]:
    """The ranges of the figures that a content gives."""
    figures = (one.entry.figures[i] for i in one.statement.figures if i in one.entry.figures)
    return frozenset((f.amount.low, f.amount.high) for f in figures)
