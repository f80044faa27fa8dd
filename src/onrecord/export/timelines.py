"""The timeline of one entity, read from a record: which reports name it, what they tell of it, when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from onrecord.annotate.eventwords import find_happenings
from onrecord.annotate.quotations import find_quotations
from onrecord.annotate.sentences import find_sentences
from onrecord.ledger.calling import Called, named_in, whom_it_calls
from onrecord.ledger.dates import order_key
from onrecord.ledger.store import Query, View
from onrecord.link.views.event_dates import Dated, date_happenings, news_day
from onrecord.link.views.timelines import (
    Entry,
    Telling,
    carried_on,
    has_part,
    is_subject,
    is_told,
    merge,
    terms_of,
    without_light,
)
from onrecord.model import EntityKind, Event, Happening, Quotation, Report, SectionKind, Span, Statement
from onrecord.resolve.times.saidat import said_date
from onrecord.resources import settings_file

T = TypeVar("T", Dated, Span, Quotation)
PLACES = frozenset({EntityKind.PLACE, EntityKind.COUNTRY})
LOOK_BACK = 24  # contents of statements before a word that may hold it


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a name was taken for, and its events in order; those without a date come last."""

    called: Called
    entries: tuple[Entry, ...]
    reports: dict[str, Report]  # by id, those that an entry comes from


def timeline_of(view: View, name: str, query: Query) -> Timeline:
    """The timeline of whoever or whatever `name` asks for, in the reports that fit `query`."""
    called = whom_it_calls(name, view.entities())
    reports: dict[str, Report] = {}
    tellings: list[Telling] = []
    for report in _reports(view, called, query):
        found = tuple(_Reading(view, report, called).tellings())
        if found:
            reports[report.id] = report
            tellings += found
    entries = sorted(merge(tellings), key=lambda entry: _order(entry, reports))
    return Timeline(called, tuple(entries), reports)


def _order(entry: Entry, reports: dict[str, Report]) -> tuple[str, str, str, int]:
    first = entry.tellings[0]
    report = reports[first.report]
    return entry.date or "9999", order_key(report.published), report.uri or report.id, first.happening.span.start


def _reports(view: View, called: Called, query: Query) -> list[Report]:
    """The reports that may name what was called, by (published, id)."""
    if not called.ids and not called.phrases:
        return []
    found: dict[str, Report] = {}
    plain = replace(query, limit=None)
    asked = [replace(plain, text=phrase + end) for phrase in called.phrases for end in ("", "s")]
    if called.ids:
        asked += [replace(plain, who=identity, attitude=None) for identity in sorted(called.ids)]
        asked += [replace(plain, about=identity, attitude=None) for identity in sorted(called.ids)]
    for one in asked:
        for report in view.reports(one):
            found.setdefault(report.id, report)
    return sorted(found.values(), key=lambda report: (order_key(report.published), report.id))


class _Reading:
    """One report, and what it tells of the entity."""

    def __init__(self, view: View, report: Report, called: Called) -> None:
        self.report, self.called = report, called
        self.text = report.text
        every = view.mentions(report.id)
        mentions = [one for one in every if one.entity in called.ids]
        others = (one.span for one in every if one.entity and one.entity not in called.ids and one.form != "name")
        self.others = _Within(others)
        self.statements = tuple(view.statements(Query(report=report.id, attitude=None)))
        self.holders = _Holders(self.statements)
        self.named = named_in(self.text, called, (one.span for one in mentions))
        self.times = tuple(Dated(one.span, when) for one in view.times(report.id) if (when := said_date(one)))
        self.events = view.events(report.id)
        self.event_at = {offset: one.id for one in self.events for offset in range(one.span.start, one.span.end)}

    def tellings(self) -> Iterator[Telling]:
        """What the report tells, in order of the text."""
        told = [*self._happenings()]
        told += self._stored({one.event for one in told})
        told += self._said({one.statement for one in told})
        yield from sorted(told, key=lambda one: one.happening.span)

    def _happenings(self) -> Iterator[Telling]:
        if not self.named:
            return
        sections = [one.span for one in self.report.sections if one.kind == SectionKind.BOILERPLATE]
        unread = _Within(sections)
        sentences = [one.span for one in find_sentences(self.text, self.report.sections) if not unread.of(one.span)]
        quotations = tuple(one for one in find_quotations(self.text) if one.depth == 0)
        times, named, outer = _Within(self.times), _Within(self.named), _Within(quotations)
        news = self._news(sentences[: settings_file("timeline.toml")["date"]["opening"]], times, outer)
        topic = False  # whether the sentence before is about the entity
        for sentence in sentences:
            here = named.of(sentence) or self._carried_on(sentence, topic)
            if not here:
                topic = False
                continue
            happenings = without_light(find_happenings(self.text, sentence, outer.of(sentence)))
            dates = date_happenings(
                self.text, sentence, happenings, times.of(sentence), self.report.published, news,
                headline=sentence == sentences[0],
            )  # fmt: skip
            topic = is_subject(happenings, here)
            aside = [*here, *(one.span for one in times.of(sentence))]
            for happening, date in zip(happenings, dates, strict=True):
                if is_told(happening, date) and has_part(self.text, happening, here, thing=self.called.thing):
                    yield self._telling(happening, date, terms_of(self.text, happening, sentence, aside))

    def _carried_on(self, sentence: Span, topic: bool) -> list[Span]:
        if not topic:
            return []
        person = EntityKind.PERSON in self.called.kinds
        word = carried_on(self.text, sentence, person=person, thing=self.called.thing)
        return [word] if word and not self.others.of(word) else []

    def _news(self, sentences: Iterable[Span], times: _Within[Dated], outer: _Within[Quotation]) -> str | None:
        found: list[tuple[Happening, str | None]] = []
        for sentence in sentences:
            if here := times.of(sentence):
                happenings = without_light(find_happenings(self.text, sentence, outer.of(sentence)))
                found += zip(happenings, date_happenings(self.text, sentence, happenings, here, None), strict=True)
        return news_day(found, self.report.published)

    def _telling(self, happening: Happening, date: str | None, terms: frozenset[str]) -> Telling:
        event = self.event_at.get(happening.span.start)
        return Telling(self.report.id, happening, date, terms, self.holders.of(happening.span), event)

    def _stored(self, seen: set[str | None]) -> Iterator[Telling]:
        """Events on the record with a time that the entity has a part in or that happen there."""
        for event in self.events:
            if event.id not in seen and event.time and self.called.ids & {event.actor, event.target, event.place}:
                yield Telling(self.report.id, _as_happening(event), event.time, frozenset(), event.statement, event.id)

    def _said(self, seen: set[str | None]) -> Iterator[Telling]:
        """Statements of the entity that nothing above tells; of a place, which does little, those about it."""
        day = (self.report.published or "")[:10] or None
        named = _Within(self.named if self.called.kinds and self.called.kinds <= PLACES else ())
        for one in self.statements:
            if one.id in seen or one.commitment.attitude != "speech":
                continue
            is_source = self.called.ids & {one.speaker.entity, *one.speaker.also}
            if is_source or any(named.of(piece) for piece in one.content.spans):
                yield Telling(self.report.id, _as_said(one), one.said_at or day, frozenset(), one.id)


def _as_happening(event: Event) -> Happening:
    return Happening(event.span, event.predicate, "verb", "", event.realis or "actual")


def _as_said(statement: Statement) -> Happening:
    words = statement.cue or statement.content
    return Happening(words.spans[0], f"statement {statement.id}", "statement", "", "actual")


class _Holders:
    """Statements by where their cues and contents stand."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.cues = {
            offset: one.id
            for one in statements
            if one.cue
            for piece in one.cue.spans
            for offset in range(piece.start, piece.end)
        }
        self.pieces = sorted((piece, one.id) for one in statements for piece in one.content.spans)

    def of(self, word: Span) -> str | None:
        """The statement that the word makes, as its cue, or the innermost one whose content holds it."""
        if (found := self.cues.get(word.start)) is not None:
            return found
        at = bisect_left(self.pieces, (Span(word.start + 1, word.start + 1), ""))
        holding = [(len(piece), one) for piece, one in self.pieces[max(0, at - LOOK_BACK) : at] if piece.contains(word)]
        return min(holding)[1] if holding else None


class _Within(Generic[T]):
    """Things with a span, by position; no two overlap much."""

    def __init__(self, things: Iterable[T]) -> None:
        self.things: list[T] = sorted(things, key=_span)

    def of(self, stretch: Span) -> list[T]:
        """Those that start inside a stretch, or stand over its start; stretches are asked for in any order."""
        first = bisect_left(self.things, stretch.start, key=lambda one: _span(one).start)
        while first and _span(self.things[first - 1]).end > stretch.start:
            first -= 1
        last = bisect_left(self.things, stretch.end, key=lambda one: _span(one).start)
        found: list[T] = self.things[first:last]
        return found


def _span(thing: Dated | Span | Quotation) -> Span:
    return thing if isinstance(thing, Span) else thing.span
