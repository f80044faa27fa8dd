"""Who is who: one entity for all names of one, and the speaker of each attribution."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.model import EntityKind, Mention, Report, Selection, Span, make_id
from onrecord.resolve.names.cast import Cast, sure
from onrecord.resolve.names.countries import find_country
from onrecord.resolve.names.folding import fold, words_of
from onrecord.resolve.names.lookalikes import flag_lookalikes
from onrecord.resolve.names.naming import cast_names, country_entity
from onrecord.resolve.notices import noticed
from onrecord.resolve.speakers.affiliations import affiliate_officials, affiliate_people
from onrecord.resolve.speakers.described import Described
from onrecord.resolve.speakers.doubts import doubted
from onrecord.resolve.speakers.handovers import handed_over
from onrecord.resolve.speakers.neuters import resolve_neuters
from onrecord.resolve.speakers.pronouns import Scene
from onrecord.resolve.speakers.sources import Sources
from onrecord.resolve.speakers.sourcewords import description
from onrecord.resolve.speakers.standins import StandIns, is_body_noun, is_firm_noun
from onrecord.resolve.speakers.titles import Titles
from onrecord.resolve.speakers.who_speaks import Speakers, opens_sentence

STRANGER = re.compile(r"[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,2}")


@dataclass(frozen=True, slots=True)
class ResolveWho:
    """Step: gives mentions their entities and attributions their speakers, and adds `entities`."""

    name: str = "who"
    requires: tuple[str, ...] = ("sentences", "mentions", "attributions")
    assigns: tuple[str, ...] = ("mentions", "attributions", "entities")

    def __call__(self, report: Report) -> Report:
        """The report with everybody in it resolved, or left alone where it could be two."""
        return Resolver(report).resolved()


class Resolver:
    """Resolves one report. Names first, then descriptions and pronouns in the order of the text."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.cast: Cast = cast_names(report)
        self.sources = Sources(report)
        people = {k: one for k, (one, method) in self.cast.of.items() if self.is_somebody(one, method)}
        genders = {one: self.cast.named[one].gender for one in people.values()}
        openings = frozenset(one.source[0].start for one in report.attributions if one.source)
        maybe = {
            k: fold(m.text) for k, m in enumerate(report.mentions) if k not in people and self.is_maybe(m, openings)
        }
        genders |= dict.fromkeys(maybe.values())
        self.scene = Scene(report, people | maybe, genders, frozenset(maybe.values()), self.strangers())
        self.titles = Titles(report, self.cast)
        self.contents = own_contents(report)
        self.stand_ins = StandIns(report, self.cast)
        self.speaking = Speakers(report, self.cast, self.sources)

    def is_somebody(self, entity: str, method: str) -> bool:
        """Whether a pronoun may mean the entity: a person, known by more than what looks like a first name."""
        named = self.cast.named[entity]
        return named.kind is EntityKind.PERSON and (method != "first_name" or " " in named.name)

    def strangers(self) -> list[Span]:
        """Sources of one to three capitalised words that no mention explains."""
        text = self.report.text
        sources = (one.source[0] for one in self.report.attributions if len(one.source) == 1)
        found = (span for span in sources if STRANGER.fullmatch(span.of(text)) and not self.sources.within(span))
        return sorted({span for span in found if self.sources.around(span) is None})

    def is_maybe(self, mention: Mention, openings: frozenset[int]) -> bool:
        """Whether a name that nothing explains may be a person's: one of two or three words, or a source."""
        if mention.form != "name" or mention.kind is not None:
            return False
        if not 2 <= len(mention.text.split()) <= 3 and mention.span.start not in openings:
            return False
        before = self.report.text[max(0, mention.span.start - 12) : mention.span.start].lower().split()
        return not before or before[-1] not in words_of("no_person_after")

    def resolved(self) -> Report:
        """The report with its layers filled in."""
        for at, mention in enumerate(self.report.mentions):
            if mention.form == "pronoun":
                self.pronoun(at, mention)
            elif mention.form == "nominal" and mention.kind != "country":
                self.nominal(at, mention)
            if at in self.cast.of:
                self.stand_ins.note(at)
        affiliate_people(self.cast.named)
        speaking = [replace(one, speaker=self.speaking.speaker(one)) for one in self.report.attributions]
        self.describe_others()
        self.point_at_described()
        officials = tuple(affiliate_officials(self.report, speaking, self.cast.named))
        mentions = tuple(self.finished(at, mention) for at, mention in enumerate(self.report.mentions))
        entities = tuple(sorted((named.entity() for named in self.cast.named.values()), key=lambda entity: entity.id))
        report = replace(self.report, mentions=mentions, entities=entities)
        spoken = resolve_neuters(report, officials, self.cast.named)
        names = {entity.id: entity.aliases for entity in entities}
        attributions = noticed(report, doubted(report, handed_over(report, spoken)), names)
        return replace(report, attributions=flag_lookalikes(attributions, self.cast.named))

    def finished(self, at: int, mention: Mention) -> Mention:
        """A mention with its entity."""
        if at not in self.cast.of:
            return replace(mention, confidence=sure("unresolved")) if at in self.cast.unclear else mention
        entity, method = self.cast.of[at]
        metonym = mention.metonym or method == "metonym"
        return replace(mention, entity=entity, metonym=metonym, confidence=sure(method))

    def pronoun(self, at: int, mention: Mention) -> None:
        """He, she, it and who; they is left alone."""
        if mention.plural:
            return
        if mention.gender is None:
            self.neuter(at, mention)
            return
        entity, unclear = self.scene.resolve(mention, self.contents.get(mention.span.start, ()))
        if entity is not None and self.scene.is_broken(entity, mention):
            entity, unclear = None, True
        if entity is None:
            self.scene.lose(mention)
        if entity is not None:
            self.cast.of[at] = (entity, "pronoun")
            self.scene.add(entity, mention, mention.gender)
        elif unclear:
            self.cast.unclear.add(at)

    def neuter(self, at: int, mention: Mention) -> None:
        """It is a body that nothing else comes between; who and which are whoever stands right before."""
        if mention.text.lower() in words_of("relative_pronouns"):
            entity, unclear = self.stand_ins.relative(mention), False
        else:
            entity, unclear = self.stand_ins.neuter(mention)
        if entity is not None:
            self.cast.of[at] = (entity, "pronoun")
        elif unclear:
            self.cast.unclear.add(at)

    def nominal(self, at: int, mention: Mention) -> None:
        """A government is its country; a definite title is whoever bears it here, if only one does."""
        affiliation = mention.role.affiliation if mention.role is not None else None
        last = fold((mention.head or mention.span).of(self.report.text)).rsplit(" ", 1)[-1]
        if last in words_of("governments") and affiliation:
            country = find_country(affiliation)
            if country is not None:
                named = self.cast.named.setdefault(make_id("e", "country", country.code), country_entity(country))
                self.cast.of[at] = (named.id, "country")
            return
        beside = self.stand_ins.beside(mention)
        if beside is not None:
            self.cast.of[at] = (beside, "apposition")
            return
        entity, unclear = self.stand_ins.firm(mention) if is_firm_noun(mention) else self.titles.resolve(at)
        if entity is None and not unclear and is_body_noun(mention):
            entity, unclear = self.stand_ins.public_body(mention)
        if entity is not None:
            self.cast.of[at] = (entity, "title")
            self.scene.add(entity, mention, self.cast.named[entity].gender)
        elif unclear:
            self.cast.unclear.add(at)

    def describe_others(self) -> None:
        """Gives whoever is described and is nobody named an entity of this report: "two gunmen", "the jury".

        The same words mean the same ones; but a second "a man" may be another man.
        """
        text, once = self.report.text, set[str]()
        for at, mention in enumerate(self.report.mentions):
            if mention.form != "nominal" or mention.kind not in ("person", "group", "organization"):
                continue
            if at in self.cast.of or at in self.cast.unclear:
                continue
            first, _, rest = mention.text.partition(" ")
            if first.lower() in words_of("nobody") or (not rest and first.lower() in words_of("vague")):
                continue
            words = description(mention.text, opens_sentence(text, mention.span.start))
            is_one = first.lower() in words_of("indefinite") and not mention.plural
            if is_one and fold(words) in once:
                continue
            once.add(fold(words))
            self.speaking.group(words, None, mention)

    def point_at_described(self) -> None:
        """Resolves pronouns that only somebody described can be meant by: "A climber fell. He broke a leg."."""
        described = Described(self.report, self.cast)
        for at, mention in enumerate(self.report.mentions):
            if mention.form != "pronoun" or at in self.cast.of or at in self.cast.unclear:
                continue
            entity = described.meant_by(mention)
            if entity is not None:
                self.cast.of[at] = (entity, "pronoun")


def own_contents(report: Report) -> dict[int, tuple[Span, ...]]:
    """Start of a source -> the spans of its content: a pronoun never means somebody named inside what it says."""
    found: dict[int, Selection] = {}
    for one in report.attributions:
        for span in one.source[:1]:
            found[span.start] = found.get(span.start, ()) + one.content
    return found
