"""The scope of figures: what an elliptical one counts, where, as of when, and whether it is still to come."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.model import Attribution, EntityKind, Figure, Mention, Report, Span, TimeExpression
from onrecord.resolve.saidat import iso_date

REACH = 140  # code points of a clause read on either side of a figure
CLAUSE_END = re.compile(
    r"[.!?](?=[\s”\"’]|$)|[;\n]|,\s(?:with|while|but|whereas|although|and\s(?:another|some|about|more|at))\b"
)
DETERMINERS = re.compile(r"^(?:the|its|their|his|her|our|those|these|such|other|more|additional)\s", re.IGNORECASE)
PLACE_LINK = re.compile(
    r"\b(?:in|at|across|to|into|inside|within|from|throughout|around|near|on)\s(?:(?:the|all|of|all\sof|eastern|western|northern|"
    r"southern|central|its|parts\sof|most\sof|much\sof)\s)*(?:[^\s,.;]+\s(?:of|in)\s)?$",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"['’]s?\s(?:[a-z]+\s)?")
TO_COME = re.compile(
    r"\b(?:due|expected|planned|scheduled|slated|projected|forecast|set|on\sthe\sway|to\s(?:come|follow|arrive|be))\b",
    re.IGNORECASE,
)
WILL = re.compile(
    r"(?:\b(?:will|would|shall|expects?|expected|forecasts?|projects|projected|predicts?|plans?|planned|planning|aims?|intends?|"
    r"hopes?|set|due|likely|scheduled|could|may|might)|['’]ll)\b",
    re.IGNORECASE,
)
PAST_VERB = re.compile(r"\b(?:was|were|had|has|have|did|said|[a-z]{3,}ed)\b", re.IGNORECASE)
BY_THEN = re.compile(r"\b(?:by|before|until)\s(?:the\s)?(?:early\s|mid-|late\s|next\s)?$", re.IGNORECASE)
PRESENT = re.compile(r"\b(?:is|are|has|have|there['’]s|now|currently|remain|remains|continues?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ResolveHowMuch:
    """Gives figures their scope from the clause and the attribution they stand in."""

    name: str = "howmuch"
    requires: tuple[str, ...] = ("figures", "times", "mentions", "attributions")
    assigns: tuple[str, ...] = ("figures",)

    def __call__(self, report: Report) -> Report:
        """The report with scope on its figures."""
        return replace(report, figures=tuple(resolve_figures(report)))


def resolve_figures(report: Report) -> list[Figure]:
    """The report's figures with `of`, `where`, `as_of` and `forecast`, in order."""
    places = Places(report)
    times = Times(report.times)
    contents = Contents(report.attributions)
    out: list[Figure] = []
    for figure in report.figures:
        clause = clause_of(report.text, figure.span)
        previous = out[-1] if out and figure.span.start - out[-1].span.end < 2 * REACH else None
        resolved = with_noun(report.text, figure, previous)
        resolved = replace(
            resolved, where=places.of(resolved, clause), forecast=is_forecast(report.text, figure.span, clause)
        )
        if (
            resolved.where is None
            and previous is not None
            and resolved.of
            and resolved.of == previous.of
            and resolved.increment
        ):
            resolved = replace(resolved, where=previous.where)
        as_of = times.of(report.text, resolved, clause) or contents.said_at(report.text, resolved)
        if as_of is None and not resolved.forecast and now_in(report.times, resolved, clause):
            as_of = contents.said_before(report.text, resolved)
        out.append(replace(resolved, as_of=as_of))
    return out


def clause_of(text: str, span: Span) -> Span:
    """The clause that the figure stands in, cut at sentence ends and at the conjunctions that begin another figure."""
    left = max(0, span.start - REACH)
    start = left
    for match in CLAUSE_END.finditer(text, left, span.start):
        start = match.end() if not match.group().startswith(",") else match.start()
    ends = CLAUSE_END.search(text, span.end, min(len(text), span.end + REACH))
    return Span(start, ends.start() if ends else min(len(text), span.end + REACH))


def with_noun(text: str, figure: Figure, previous: Figure | None) -> Figure:
    """The figure with its noun in canonical form; an increment without one takes the noun of the figure before."""
    if figure.of:
        return replace(figure, of=canonical(figure.of))
    elliptical = figure.amount.unit is None and (figure.increment or figure.rule == "count")
    if not elliptical or previous is None or previous.amount.unit is not None or not previous.of:
        return figure
    if not figure.increment and "\n" in text[previous.span.end : figure.span.start]:
        return figure
    return replace(figure, of=previous.of, of_span=previous.of_span)


def canonical(noun: str) -> str:
    """A noun phrase without determiner and with single blanks."""
    return DETERMINERS.sub("", " ".join(noun.split()))


class Places:
    """Mentions of places and countries that are resolved, by position."""

    def __init__(self, report: Report) -> None:
        kinds = {entity.id: entity.kind for entity in report.entities}
        self.text = report.text
        self.mentions: list[Mention] = sorted(
            (m for m in report.mentions if m.entity and self.is_place(m, kinds)),
            key=lambda m: (m.span.start, m.span.end),
        )
        self.starts = [mention.span.start for mention in self.mentions]

    @staticmethod
    def is_place(mention: Mention, kinds: dict[str, EntityKind]) -> bool:
        """Whether a mention names a place or a country."""
        kind = kinds.get(mention.entity or "", mention.kind)
        return mention.form == "name" and kind in (EntityKind.PLACE, EntityKind.COUNTRY)

    def of(self, figure: Figure, clause: Span) -> str | None:
        """The entity that "in", "at", "across" or "to" ties to the figure in its clause: the first after it."""
        after = figure.of_span.end if figure.of_span and figure.of_span.start >= figure.span.start else figure.span.end
        at = bisect_left(self.starts, after)
        for index in range(at, len(self.mentions)):
            mention = self.mentions[index]
            if mention.span.start >= clause.end:
                return None
            if PLACE_LINK.search(self.text, max(after - 1, mention.span.start - 40), mention.span.start):
                return self.inner(index).entity
        return None

    def inner(self, index: int) -> Mention:
        """The place that a possessive leads to: Kursk of "Russia's Kursk region"."""
        mention = self.mentions[index]
        if index + 1 < len(self.mentions):
            following = self.mentions[index + 1]
            if POSSESSIVE.fullmatch(self.text, mention.span.end, following.span.start):
                return following
        return mention


class Times:
    """Times with a plain date, by position."""

    def __init__(self, times: Sequence[TimeExpression]) -> None:
        self.times = [time for time in times if iso_date(time)]
        self.starts = [time.span.start for time in self.times]

    def of(self, text: str, figure: Figure, clause: Span) -> str | None:
        """The date of the clause: for a forecast its deadline, else the time that is no deadline."""
        inside = self.times[bisect_left(self.starts, clause.start) : bisect_right(self.starts, clause.end)]
        inside = [time for time in inside if time.span.end <= clause.end]
        deadlines = [time for time in inside if is_deadline(text, time)]
        chosen = deadlines if figure.forecast else [time for time in inside if time not in deadlines]
        if figure.forecast and not chosen:
            chosen = [time for time in inside if time.span.start > figure.span.end]
        nearest = min(chosen, key=lambda time: (distance(time.span, figure.span), time.span.start), default=None)
        return iso_date(nearest) if nearest else None


def is_deadline(text: str, time: TimeExpression) -> bool:
    """Whether "by", "before" or "until" stands before the time."""
    return bool(BY_THEN.search(text, max(0, time.span.start - 16), time.span.start))


def distance(one: Span, other: Span) -> int:
    """Code points between two spans."""
    return max(0, other.start - one.end, one.start - other.end)


class Contents:
    """Contents of attributions with a date of saying, innermost first."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self.attributions = sorted(
            (a for a in attributions if a.said_at and a.content), key=lambda a: (a.content[0].start, a.content[-1].end)
        )
        self.starts = [a.content[0].start for a in self.attributions]

    def said_at(self, text: str, figure: Figure) -> str | None:
        """When a content in the present tense that holds the figure was said."""
        if figure.forecast:
            return None
        at = bisect_right(self.starts, figure.span.start)
        for attribution in reversed(self.attributions[max(0, at - 8) : at]):
            for piece in attribution.content:
                if piece.contains(figure.span) and PRESENT.search(piece.of(text)):
                    return attribution.said_at[:10] if attribution.said_at else None
        return None

    def said_before(self, text: str, figure: Figure) -> str | None:
        """The date of the statement just before in the same paragraph: what a "now" after it means."""
        at = bisect_left(self.starts, figure.span.start)
        if not at:
            return None
        last = self.attributions[at - 1]
        near = figure.span.start - last.content[-1].end < 2 * REACH
        same_paragraph = "\n" not in text[last.content[-1].end : figure.span.start]
        return last.said_at[:10] if near and same_paragraph and last.said_at else None


def now_in(times: Sequence[TimeExpression], figure: Figure, clause: Span) -> bool:
    """Whether the figure's clause says "now" or "currently" right beside it."""
    at = bisect_left(times, clause.start, key=lambda time: time.span.start)
    return any(
        time.value is not None and time.value.value == "PRESENT_REF" and distance(time.span, figure.span) < REACH // 2
        for time in times[at : at + 8]
        if time.span.end <= clause.end
    )


def is_forecast(text: str, span: Span, clause: Span) -> bool:
    """Whether the clause puts the figure into the future: "another 10,000 due by December", "will send 500"."""
    after = text[span.end : min(clause.end, span.end + 60)]
    if TO_COME.search(after[:40]) and not PAST_VERB.search(after.partition("due")[0][:40]):
        return True
    before = text[clause.start : span.start]
    last = max((will.end() for will in WILL.finditer(before)), default=None)
    return last is not None and not PAST_VERB.search(before, last)
