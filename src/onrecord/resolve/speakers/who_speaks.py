"""Who speaks: the words of each attribution's source as an entity, or nobody."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.model import Attribution, EntityKind, Mention, Report, Span, Speaker, make_id
from onrecord.resolve.names.bodies import affiliation_name, short_firms
from onrecord.resolve.names.cast import Cast, Named, sure
from onrecord.resolve.names.countries import find_country
from onrecord.resolve.names.folding import fold, words_of
from onrecord.resolve.names.naming import country_entity
from onrecord.resolve.speakers.sources import Part, Sources
from onrecord.resolve.speakers.sourcewords import description
from onrecord.resources import settings_file

UNFINISHED = re.compile(r"\b(?:and|or|but|of)[\s,]*$")
PAIR = re.compile(r"\s*(?:and|or|,)\s*$")
NOBODY = re.compile(
    r"[^\W\d_](?:\.\s?[^\W\d_])*\.?|[^A-Za-z]*\d[\d\W]*(?:[ap]\.?\s?m\.?)?", re.IGNORECASE
)  # "J.K.", "3:15 p.m."


class Speakers:
    """Finds the speakers of one report, whose mentions are resolved already."""

    def __init__(self, report: Report, cast: Cast, sources: Sources) -> None:
        self.report, self.cast, self.sources = report, cast, sources
        self.firms = short_firms(report, cast)

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
        if part.mention is None and part.span.of(self.report.text).lower() in words_of("point_back"):
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
        if NOBODY.fullmatch(name):
            return Speaker(None, ambiguous=True, method="none", confidence=sure("unresolved"))
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
        if mention.kind != "organization" or noun not in words_of("outlets"):
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
