"""Who is who: one entity for all names of one, and the speaker of each attribution."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.model import Attribution, EntityKind, Mention, Report, Selection, Span, Speaker, make_id
from onrecord.resolve.affiliations import affiliate_officials, affiliate_people
from onrecord.resolve.bodies import affiliation_name, short_firms
from onrecord.resolve.cast import Cast, Named, sure
from onrecord.resolve.countries import find_country
from onrecord.resolve.described import Described
from onrecord.resolve.doubts import doubted
from onrecord.resolve.folding import fold, words_of
from onrecord.resolve.handovers import handed_over
from onrecord.resolve.naming import cast_names, country_entity
from onrecord.resolve.neuters import resolve_neuters
from onrecord.resolve.notices import noticed
from onrecord.resolve.pronouns import Scene
from onrecord.resolve.sources import RELATIVE, Part, Sources, description
from onrecord.resolve.standins import StandIns, is_firm_noun
from onrecord.resolve.titles import Titles
from onrecord.resources import settings_file

UNFINISHED = re.compile(r"\b(?:and|or|but|of)[\s,]*$")
PAIR = re.compile(r"\s*(?:and|or|,)\s*$")

NOBODY = re.compile(
    r"[^\W\d_](?:\.\s?[^\W\d_])*\.?|[^A-Za-z]*\d[\d\W]*(?:[ap]\.?\s?m\.?)?", re.IGNORECASE
)  # "J.K.", "3:15 p.m."
STRANGER = re.compile(r"[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,2}")
OUTLETS = frozenset(("agency", "newspaper", "magazine", "network", "channel", "website", "broadcaster", "daily"))
GOVERNMENT = frozenset(("government", "administration", "regime", "cabinet", "leadership"))


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
        self.firms = short_firms(report, self.cast)

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
        return not self.report.text[max(0, mention.span.start - 4) : mention.span.start].lower().endswith("the ")

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
        speaking = [replace(one, speaker=self.speaker(one)) for one in self.report.attributions]
        self.describe_others()
        self.point_at_described()
        officials = tuple(affiliate_officials(self.report, speaking, self.cast.named))
        mentions = tuple(self.finished(at, mention) for at, mention in enumerate(self.report.mentions))
        entities = tuple(sorted((named.entity() for named in self.cast.named.values()), key=lambda entity: entity.id))
        report = replace(self.report, mentions=mentions, entities=entities)
        spoken = resolve_neuters(report, officials, self.cast.named)
        names = {entity.id: entity.aliases for entity in entities}
        attributions = noticed(report, doubted(report, handed_over(report, spoken)), names)
        return replace(report, attributions=tuple(attributions))

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
        if last in GOVERNMENT and affiliation:
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
            self.group(words, None, mention)

    def point_at_described(self) -> None:
        """Resolves pronouns that only somebody described can be meant by: "A climber fell. He broke a leg."."""
        described = Described(self.report, self.cast)
        for at, mention in enumerate(self.report.mentions):
            if mention.form != "pronoun" or at in self.cast.of or at in self.cast.unclear:
                continue
            entity = described.meant_by(mention)
            if entity is not None:
                self.cast.of[at] = (entity, "pronoun")

    def speaker(self, attribution: Attribution) -> Speaker:
        """Who says it: the first of the source's speakers, the others beside."""
        parts = self.sources.parts(attribution.source)
        if not parts:
            return Speaker(None)
        found = [one for part in parts for one in self.speakers(part)]
        first = found[0]
        also = tuple(
            dict.fromkeys(one.entity for one in found[1:] if one.entity is not None and one.entity != first.entity)
        )
        return replace(first, also=also)

    def speakers(self, part: Part) -> list[Speaker]:
        """The speaker of one part; two for "U.S. and South Korean officials"."""
        if part.mention is None and part.span.of(self.report.text).lower() in RELATIVE:
            return [Speaker(None, method="pronoun", confidence=sure("unresolved"))]
        if part.mention is None:
            words = part.span.of(self.report.text)
            if NOBODY.fullmatch(words):
                return [Speaker(None, ambiguous=True, method="none", confidence=sure("unresolved"))]
            firm = self.firms.get(fold(words))
            if firm is not None:
                return [Speaker(firm, method="acronym", confidence=sure("acronym"))]
            return [self.described(part.span, None, None)]
        mention = self.report.mentions[part.mention]
        if part.described:
            return [self.described(part.span, self.belongs(part, mention), None)]
        if part.mention in self.cast.unclear:
            return [
                Speaker(
                    None,
                    ambiguous=True,
                    method=mention.form if mention.form == "pronoun" else "surname",
                    confidence=sure("unresolved"),
                )
            ]
        if part.mention in self.cast.of:
            self.as_government(part.mention, mention)
            return [self.known(part.mention, mention)]
        if mention.form == "pronoun":
            return [Speaker(None, method="pronoun", confidence=sure("unresolved"))]
        if mention.form == "name":
            return [self.unknown_name(part.mention, mention)]
        return self.groups(mention, part.span)

    def as_government(self, at: int, mention: Mention) -> None:
        """A capital that is a source speaks as a government, whatever stands around it."""
        if self.cast.named[self.cast.of[at][0]].kind is not EntityKind.PLACE:
            return
        name = (mention.head or mention.span).of(self.report.text)
        country = find_country(name)
        seated = settings_file("names.toml")["seats"].get(name)
        if seated is not None and make_id("e", "country", seated[1]) not in self.cast.named:
            identity = make_id("e", "organization", fold(seated[0]))
            named = self.cast.named.setdefault(identity, Named(identity, EntityKind.ORGANIZATION, seated[0]))
            named.aliases.add(name)
            self.cast.of[at] = (identity, "metonym")
        if country is not None:
            named = self.cast.named.setdefault(make_id("e", "country", country.code), country_entity(country))
            named.aliases.add(name)
            self.cast.of[at] = (named.id, "metonym")

    def known(self, at: int, mention: Mention) -> Speaker:
        """The speaker that a resolved mention gives."""
        entity, method = self.cast.of[at]
        named = self.cast.named[entity]
        role, affiliation = None, None
        if named.kind is EntityKind.PERSON:
            latest = next(reversed(named.roles), None)
            own = mention.role if mention.role is not None and mention.role.title else latest
            if own is not None:
                role, affiliation = own.title, affiliation_name(own.affiliation) or self.serves(named, own.title)
        return Speaker(
            entity,
            role=role,
            affiliation=affiliation,
            anonymous=named.kind is EntityKind.GROUP,
            method=method,
            confidence=sure(method),
        )

    def serves(self, named: Named, title: str) -> str | None:
        """Whom a person serves in an office, as any mention or the office itself tells."""
        return next((r.affiliation for r in named.roles if fold(r.title) == fold(title) and r.affiliation), None)

    def belongs(self, part: Part, mention: Mention) -> str | None:
        """Whom a described source belongs to: "Clinton's aides" to Hillary Clinton."""
        if not part.span.contains(mention.span):
            return None
        if part.mention in self.cast.of:
            return self.cast.named[self.cast.of[part.mention][0]].name
        if mention.role is not None and mention.role.affiliation:
            return affiliation_name(mention.role.affiliation)
        return None

    def unknown_name(self, at: int, mention: Mention) -> Speaker:
        """A name that nothing else in the report explains: somebody of this report only."""
        name = (mention.head or mention.span).of(self.report.text)
        identity = make_id("e", "organization", self.report.id, fold(name))
        named = self.cast.named.setdefault(identity, Named(identity, EntityKind.ORGANIZATION, name))
        self.cast.of[at] = (named.id, "name")
        return Speaker(named.id, method="name", confidence=sure("name"))

    def groups(self, mention: Mention, span: Span) -> list[Speaker]:
        """A described source, once for each country it is tied to."""
        inner = [
            self.report.mentions[k]
            for k in self.sources.within(mention.span)
            if self.report.mentions[k].kind == "country"
        ]
        text = self.report.text
        if len(inner) == 2 and PAIR.match(text[inner[0].span.end : inner[1].span.start] or "-") and mention.plural:
            noun = text[inner[1].span.end : mention.span.end].strip()
            return [self.group(f"{one.text} {noun}", affiliation_name(one.text), mention) for one in inner]
        outlet = self.outlet_in(mention)
        if outlet is not None:
            return [self.known(outlet, self.report.mentions[outlet])]
        affiliation = self.tie_of(mention)
        return [self.described(span, affiliation, mention)]

    def outlet_in(self, mention: Mention) -> int | None:
        """The organization's mention in "the Xinhua news agency": such a description only says what the name is."""
        noun = fold(mention.text).rsplit(" ", 1)[-1]
        if mention.kind != "organization" or noun not in OUTLETS:
            return None
        text = self.report.text
        for k in self.sources.within(mention.span):
            inner = self.report.mentions[k]
            if inner.form == "name" and inner.kind == "organization" and k in self.cast.of:
                return k if text[inner.span.end : inner.span.end + 1] == " " else None
        return None

    def tie_of(self, mention: Mention) -> str | None:
        """Whom a description belongs to, under the name that the report's entity has."""
        words = mention.role.affiliation if mention.role is not None else None
        for k in self.sources.within(mention.span) if words else ():
            if self.report.mentions[k].form == "name" and self.report.mentions[k].text == words and k in self.cast.of:
                return self.cast.named[self.cast.of[k][0]].name
        return affiliation_name(words)

    def described(self, span: Span, affiliation: str | None, mention: Mention | None) -> Speaker:
        """A source known by its words alone."""
        opens = opens_sentence(self.report.text, span.start)
        return self.group(description(span.of(self.report.text), opens), affiliation, mention)

    def group(self, words: str, affiliation: str | None, mention: Mention | None) -> Speaker:
        """An anonymous source of this report only."""
        if not words:
            return Speaker(None)
        if UNFINISHED.search(words):  # "Premier Holm and, later, opposition leader Rask": not told apart
            return Speaker(None, ambiguous=True, method="description", confidence=sure("unresolved"))
        identity = make_id("e", "group", self.report.id, fold(words))
        named = self.cast.named.setdefault(identity, Named(identity, EntityKind.GROUP, words))
        named.aliases.add(words)
        if mention is not None and (at := self.sources.index.get(mention.span)) is not None:
            self.cast.of.setdefault(at, (identity, "description"))
        role = (
            mention.role.title
            if mention is not None and mention.role is not None and mention.kind == "person"
            else None
        )
        return Speaker(
            identity,
            anonymous=True,
            role=role,
            affiliation=affiliation,
            method="description",
            confidence=sure("description"),
        )


def opens_sentence(text: str, start: int) -> bool:
    """Whether a capital letter at `start` may stand there for the sentence only."""
    return start == 0 or text[start - 1] == "\n" or text[max(0, start - 2)] in '.!?”"'


def own_contents(report: Report) -> dict[int, tuple[Span, ...]]:
    """Start of a source -> the spans of its content: a pronoun never means somebody named inside what it says."""
    found: dict[int, Selection] = {}
    for one in report.attributions:
        for span in one.source[:1]:
            found[span.start] = found.get(span.start, ()) + one.content
    return found
