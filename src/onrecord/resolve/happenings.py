"""What happened: who acted on whom, where, when and how real it is, for the events of a report."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.model import Attribution, EntityKind, Event, Mention, Report, Span, TimeExpression
from onrecord.resolve.times.saidat import iso_date
from onrecord.resources import lexicon

REACH = 240  # code points of a sentence looked at for a place or a time
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
LINKS = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|on|over|throughout|of|from)\s"
    r"(?:(?:the|all|eastern|western|northern|southern|central|north|south|east|west|its|downtown|capital|city|town|village"
    r"|province|region|district|port|neighbouring|neighboring|suburb|outskirts|parts|of|part)\s){0,4}$",
    re.IGNORECASE,
)
BREAK = re.compile(
    r"\b(?:of|in|at|on|from|near|with|who|which|that|whose|where|by|for|against|to)\b|[,;(]", re.IGNORECASE
)
NEGATION = re.compile(r"\b(?:not|never|no|nor)\b|n['’]t\b", re.IGNORECASE)
DENYING = frozenset({"denies"})
OPEN = {"speculates": "possible", "questions": "possible"}
TO = re.compile(r"\bto\s+(?:\w+ly\s+)?$", re.IGNORECASE)
UNSURE = frozenset({"wish", "fear"})  # attitudes
AHEAD = frozenset({"promises", "predicts"})
DOUBTED = frozenset("PS+ PS- PR+ PR- U".split())


class ResolveHappenings:
    """Adds actor, target, place, time and realis to the events of a report."""

    name = "happenings"
    requires: tuple[str, ...] = ("events", "mentions", "times", "attributions", "sentences", "entities")
    assigns: tuple[str, ...] = ("events",)

    def __call__(self, report: Report) -> Report:
        """The report with that layer."""
        if not report.events:
            return report
        return replace(report, events=resolve_events(report))


def resolve_events(report: Report) -> tuple[Event, ...]:
    """The events of `report`, resolved, in order."""
    people = _Mentions(report)
    times = _Times(report.times)
    holders = _Contents(report.attributions)
    starts = [sentence.span.start for sentence in report.sentences]
    found: list[Event] = []
    for event in report.events:
        at = bisect_right(starts, event.span.start) - 1
        sentence = report.sentences[at].span if at >= 0 else Span(0, len(report.text))
        near = Span(
            max(sentence.start, event.span.start - REACH),
            max(event.span.end, min(sentence.end, event.span.end + REACH)),
        )
        actor, target = people.entity_of(event.actor_span), people.entity_of(event.target_span)
        holder = holders.innermost(event.span)
        found.append(
            replace(
                event,
                actor_span=None if people.is_no_name(event, sentence) else event.actor_span,
                actor=actor,
                target=None if target == actor else target,
                place=people.place_of(event, near),
                time=times.of(report.text, event, near, holder),
                realis=realis_under(event, holder, report.text),
            )
        )
    return tuple(found)


def realis_under(event: Event, holder: Attribution | None, text: str = "") -> str:
    """How real the event is, as its clause, its certainty and whoever tells it put it.

    >>> event = Event(Span(0, 4), "hit", "hit", realis="actual", certainty="CT-")
    >>> realis_under(event, None)
    'denied'
    """
    realis = event.realis or "actual"
    commitment = holder.commitment if holder else None
    if commitment is not None:
        if any(piece.contains(event.span) for piece in commitment.condition):
            return "conditional"
        if commitment.stance in DENYING:
            return _under_denial(realis, event, holder, text)
        if commitment.attitude in UNSURE and realis in ("actual", "planned"):
            return "possible"
    if event.certainty == "CT-" and realis == "actual":
        return "denied"
    if realis != "actual" or commitment is None:
        return "possible" if realis == "actual" and event.certainty in DOUBTED else realis
    if (commitment.attitude == "plan" or commitment.stance in AHEAD) and TO.search(
        text[max(0, event.span.start - 40) : event.span.start]
    ):
        return "planned"
    return OPEN.get(commitment.stance, "possible" if event.certainty in DOUBTED else realis)


def _under_denial(realis: str, event: Event, holder: Attribution | None, text: str) -> str:
    """What a denial makes of an event: whoever denies that it did not happen says that it did."""
    pieces = holder.content if holder else ()
    before = "".join(text[piece.start : event.span.start] for piece in pieces if piece.contains(event.span))
    if realis == "denied" and NEGATION.search(before):
        return "actual"
    return "denied" if realis == "actual" else realis


@cache
def standing_for() -> frozenset[str]:
    """Nouns of bodies that stand for the state they belong to: "Vesnian forces", "Vesna's army"."""
    return frozenset(
        word for row in lexicon("plover_words.tsv") if row["set"] in ("force", "state") for word in row["words"].split()
    )


class _Mentions:
    """Resolved mentions by position."""

    def __init__(self, report: Report) -> None:
        self.text = report.text
        self.kinds = {entity.id: entity.kind for entity in report.entities}
        self.mentions = sorted((m for m in report.mentions if m.entity), key=lambda m: (m.span.start, m.span.end))
        self.starts = [mention.span.start for mention in self.mentions]

    def within(self, span: Span) -> list[Mention]:
        """The mentions that start inside `span`, or stand over its start."""
        first = max(0, bisect_left(self.starts, span.start) - 3)
        last = bisect_left(self.starts, span.end)
        return [mention for mention in self.mentions[first:last] if mention.span.overlaps(span)]

    def entity_of(self, phrase: Span | None) -> str | None:
        """Whom a phrase stands for: the mention that holds its head, or the country whose forces it names."""
        if phrase is None:
            return None
        words = phrase.of(self.text)
        cut = BREAK.search(words, 1)
        core = Span(phrase.start, phrase.start + (cut.start() if cut else len(words))).strip(self.text, " \n\"'“”‘’")
        found = [*WORD.finditer(self.text, core.start, core.end)]
        if not found:
            return None
        last = found[-1]
        head = Span(last.start(), last.end())
        inside = self.within(core)
        holding = [mention for mention in inside if mention.span.contains(head) or head.contains(mention.span)]
        if holding:
            return max(holding, key=lambda m: (len(m.span), -m.span.start)).entity
        if last.group().lower() in standing_for():
            countries = [m.entity for m in inside if self.kind(m) == EntityKind.COUNTRY]
            if len(set(countries)) == 1:
                return countries[0]
        return None

    def is_no_name(self, event: Event, sentence: Span) -> bool:
        """Whether the actor is but the capital of a sentence: "Violent protests"."""
        phrase = event.actor_span
        if phrase is None or phrase.start != sentence.start or not event.rule.startswith("noun:"):
            return False
        return " " not in phrase.of(self.text) and not self.within(phrase)

    def kind(self, mention: Mention) -> str | None:
        """The kind of the entity that a mention stands for."""
        return self.kinds.get(mention.entity or "", mention.kind)

    def place_of(self, event: Event, near: Span) -> str | None:
        """Where: the place nearest to the event that "in", "at" or "near" brings in; a place that is its target."""
        best: tuple[int, str] | None = None
        for mention in self.within(near):
            kind = self.kind(mention)
            if kind not in (EntityKind.PLACE, EntityKind.COUNTRY) or mention.form == "pronoun" or mention.metonym:
                continue
            is_target = event.target_span is not None and event.target_span.contains(mention.span)
            linked = LINKS.search(self.text, max(near.start, mention.span.start - 48), mention.span.start)
            if not linked and not (is_target and kind == EntityKind.PLACE):
                continue
            if linked and linked.group().split()[0].lower() in ("of", "from", "over", "on") and not is_target:
                continue
            after = mention.span.start - event.span.end
            gap = after if after >= 0 else 2 * (event.span.start - mention.span.end) + 20
            best = min(best, (gap, mention.entity or "")) if best else (gap, mention.entity or "")
        return best[1] if best else None


class _Times:
    """Times with a plain date, by position."""

    def __init__(self, times: Sequence[TimeExpression]) -> None:
        self.times = [time for time in times if iso_date(time)]
        self.starts = [time.span.start for time in self.times]

    def of(self, text: str, event: Event, near: Span, holder: Attribution | None) -> str | None:
        """The date nearest to the event in its sentence, those of other clauses last; of what is said, dates in it."""
        inside = self.times[bisect_left(self.starts, near.start) : bisect_left(self.starts, near.end)]
        if holder is not None:
            inside = [time for time in inside if any(piece.contains(time.span) for piece in holder.content)]
        best = min(inside, key=lambda time: (_gap(text, event.span, time.span), time.span.start), default=None)
        return iso_date(best) if best else None


def _gap(text: str, one: Span, other: Span) -> int:
    """Code points between two spans; marks between them weigh more."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    between = text[start:end]
    return len(between) + 40 * sum(between.count(mark) for mark in ',;—“”"')


class _Contents:
    """Contents of attributions, by position."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        pieces = ((piece, one) for one in attributions for piece in one.content)
        self.pieces = sorted(pieces, key=lambda pair: (pair[0].start, -pair[0].end))
        self.starts = [piece.start for piece, _ in self.pieces]
        self.longest = 24  # pieces looked back over

    def innermost(self, span: Span) -> Attribution | None:
        """The attribution with the shortest piece of content that holds `span`."""
        at = bisect_right(self.starts, span.start)
        holding = [pair for pair in self.pieces[max(0, at - self.longest) : at] if pair[0].contains(span)]
        return min(holding, key=lambda pair: len(pair[0]))[1] if holding else None
