"""Where what a figure counts is: the place that a preposition ties to it, after it or before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from onrecord.model import EntityKind, Figure, Mention, Report
from onrecord.resolve.figures.reach import Reach
from onrecord.resources import lexicon

LINK = re.compile(
    r"\b(?P<link>in|at|across|to|into|inside|within|from|throughout|around|near|on|over|outside)\s"
    r"(?:(?:the|all|of|all\sof|eastern|western|northern|southern|central|northeastern|northwestern|southeastern|southwestern|"
    r"its|parts\sof|most\sof|much\sof|south|north|east|west|nearby|neighboring|neighbouring)\s)*"
    r"(?:[a-z]+\s(?:of|in)\s(?:the\s)?|(?:town|city|village|port|province|region|district|state|county|island)\s)?$",
    re.IGNORECASE,
)
LINK_REACH = 48  # code points before a place that may hold its preposition
POSSESSIVE = re.compile(r"['’]s?\s(?:[a-z]+\s){0,2}")
SPOKEN = re.compile(
    r"\b(?:said|says|say|told|telling|saying|added|according|speaking|spoke|interview|reporters|conference|(?<!was\s)(?<!were\s)(?<!been\s)(?:reported|announced))\b",
    re.IGNORECASE,
)
LEAVING = re.compile(
    r"\b(?:evacuat|fle[ed]|rescu|displac|dr[io]ve|withdr[ae]w|pull|remov|deport|driven|expel|left\b|leav|tak)",
    re.IGNORECASE,
)
AT_HEAD = re.compile(r"[\s“”\"'‘’—–-]*(?:(?:But|And|Meanwhile|Elsewhere|Still|Also|Overall|Earlier),?\s)?$")
BEFORE = re.compile(r"\b(?:that|who|which|where|whose|when|if|because|based|headquartered)\b|[,;:(—–]")
AFTER_REACH = 110  # code points between what is counted and the place after it
BEFORE_REACH = 70  # code points between a place and the figure after it


RECORDED = re.compile(
    r"(?:\s(?:state|province|region|city|district|county))?\s(?:(?:has|have|had|also|so\sfar)\s)*"
    r"(?:recorded|reported|registered|confirmed|logged|counted|saw|seen|has|had|records|reports)\s(?:[a-z]+\s)?"
)


@cache
def happenings() -> frozenset[str]:
    """What happens at a place whose name is the subject: cases, deaths."""
    return frozenset(row["words"] for row in lexicon("figure_scope.tsv") if row["kind"] == "happening")


class Places:
    """Names of places and countries that are resolved, by position."""

    def __init__(self, report: Report) -> None:
        kinds = {entity.id: entity.kind for entity in report.entities}
        self.text = report.text
        self.mentions: list[Mention] = sorted(
            (m for m in report.mentions if m.entity and m.form == "name" and is_place(m, kinds)),
            key=lambda m: (m.span.start, m.span.end),
        )
        self.starts = [mention.span.start for mention in self.mentions]

    def of(self, figure: Figure, reach: Reach) -> str | None:
        """The entity of the place: the first one after the figure, else one before it, else the sentence's."""
        return (
            self.after(figure, reach)
            or self.before(figure, reach)
            or self.reporting(figure, reach)
            or self.leading(figure, reach)
        )

    def reporting(self, figure: Figure, reach: Reach) -> str | None:
        """The place that has cases or deaths of its own: "Lagos state recorded 12 deaths"."""
        if not figure.of or figure.of.rsplit(maxsplit=1)[-1].lower() not in happenings():
            return None
        index = bisect_left(self.starts, figure.span.start) - 1
        if index < 0 or self.mentions[index].span.start < reach.own.start:
            return None
        mention = self.mentions[index]
        return mention.entity if RECORDED.fullmatch(self.text, mention.span.end, figure.span.start) else None

    def after(self, figure: Figure, reach: Reach) -> str | None:
        """The first place that a preposition ties to the figure from behind: "8,000 of them in the Kursk region"."""
        start = figure.of_span.end if figure.of_span and figure.of_span.start >= figure.span.start else figure.span.end
        for index in range(bisect_left(self.starts, start), len(self.mentions)):
            mention = self.mentions[index]
            if mention.span.start >= min(reach.own.end, start + AFTER_REACH):
                return None
            link = self.link(mention, max(start - 1, mention.span.start - LINK_REACH))
            if link is None:
                continue
            if SPOKEN.search(self.text, start, mention.span.start):
                return None
            if link["link"].lower() == "from" and not LEAVING.search(self.text, reach.own.start, link.start()):
                continue
            return self.inner(index).entity
        return None

    def before(self, figure: Figure, reach: Reach) -> str | None:
        """A place tied to what is counted, where that stands before its number: "the toll in Kesk rose to 58"."""
        if figure.amount.unit is not None and figure.amount.unit != "%":
            return None
        end = figure.span.start
        for index in range(bisect_left(self.starts, end) - 1, -1, -1):
            mention = self.mentions[index]
            if mention.span.start < max(reach.own.start, end - BEFORE_REACH):
                return None
            between = self.text[mention.span.end : end]
            if SPOKEN.search(between) or BEFORE.search(between):
                return None
            link = self.link(mention, max(reach.own.start, mention.span.start - LINK_REACH))
            if link is not None and link["link"].lower() in STILL:
                return self.inner(index).entity
        return None

    def leading(self, figure: Figure, reach: Reach) -> str | None:
        """The place at the head of the sentence: "In Kesk, 40 people died and 12 are missing"."""
        for index in range(bisect_left(self.starts, reach.lead.start), len(self.mentions)):
            mention = self.mentions[index]
            if mention.span.start >= reach.lead.end:
                return None
            link = self.link(mention, max(reach.lead.start, mention.span.start - LINK_REACH))
            if link is None or link["link"].lower() not in STILL:
                continue
            if not AT_HEAD.fullmatch(self.text[reach.lead.start : link.start()]):
                return None
            is_told = SPOKEN.search(self.text, mention.span.end, max(mention.span.end, figure.span.start))
            return None if is_told else self.inner(index).entity
        return None

    def link(self, mention: Mention, start: int) -> re.Match[str] | None:
        """The preposition that leads to a place, from `start` on."""
        return LINK.search(self.text, max(0, start), mention.span.start)

    def inner(self, index: int) -> Mention:
        """The place that a possessive leads to: Kursk of "Russia's Kursk region"."""
        mention = self.mentions[index]
        if index + 1 < len(self.mentions):
            following = self.mentions[index + 1]
            if POSSESSIVE.fullmatch(self.text, mention.span.end, following.span.start):
                return following
        return mention


STILL = frozenset("in at across inside within throughout around near on over".split())


def is_place(mention: Mention, kinds: dict[str, EntityKind]) -> bool:
    """Whether a mention names a place or a country, and no government that goes by its name."""
    kind = kinds.get(mention.entity or "", mention.kind)
    return not mention.metonym and kind in (EntityKind.PLACE, EntityKind.COUNTRY)
