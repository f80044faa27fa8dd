"""Records built by hand: reports whose statements are given by their words, so that no model is needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from onrecord.ledger.statements import make_page
from onrecord.ledger.store import Store
from onrecord.link.assembling import bring_up_to_date
from onrecord.link.entry import entry_of
from onrecord.model import (
    Amount,
    Attribution,
    Commitment,
    Entity,
    EntityKind,
    Figure,
    Link,
    Mention,
    Page,
    Reason,
    Report,
    Selection,
    Source,
    Span,
    Speaker,
    Story,
    TimeExpression,
    TimeValue,
    digest,
    make_id,
)
from onrecord.stores.memory import MemoryStore


@dataclass
class Said:
    """A statement by its words: each must stand in the text, the first place after the one before counts."""

    who: str  # as written
    cue: str
    words: str | tuple[str, ...]
    name: str | None = None  # canonical; None: the source has no name
    stance: str = "asserts"
    form: str = "indirect"
    condition: str = ""
    inside: int | None = None  # index of the statement that holds this one
    figures: tuple[tuple[str, str], ...] = ()  # (as printed, of what)
    times: tuple[tuple[str, str], ...] = ()  # (as printed, value)
    more: dict[str, Any] = field(default_factory=dict)  # further fields of the attribution
    confidence: float = 0.9
    certainty: str | None = "CT+"


def add_report(
    store: MemoryStore, text: str, *said: Said, outlet: str = "City Herald", published: str = "2025-03-03", **facts: Any
) -> Page:
    """Files a report with its statements; the page as it is on the record."""
    data = text.encode()
    entities: dict[str, Entity] = {}
    mentions: list[Mention] = []
    attributions, figures, times = [], [], []
    for one in said:
        source = _find(text, one.who)
        speaker = Speaker(None, anonymous=True, method="description", confidence=1.0)
        if one.name:
            entity = Entity(make_id("e", one.name), one.name, EntityKind.PERSON, tuple(sorted({one.name, one.who})))
            entities[entity.id] = entity
            speaker = Speaker(entity.id, method="name", confidence=1.0)
            mentions += [Mention(span, span.of(text), "person", "name", entity=entity.id) for span in source]
        content = tuple(
            span for piece in ((one.words,) if isinstance(one.words, str) else one.words) for span in _find(text, piece)
        )
        attributions.append(
            Attribution(
                content,
                _find(text, one.cue),
                source,
                one.form,
                rule="by-hand",
                confidence=one.confidence,
                nested_in=one.inside,
                speaker=speaker,
                commitment=Commitment(one.stance, one.certainty, _find(text, one.condition)),
                **one.more,
            )
        )
        figures += [make_figure(text, printed, of, content) for printed, of in one.figures]
        times += [_time(text, printed, value) for printed, value in one.times]
    unique = {mention.span: mention for mention in mentions}
    report = Report(
        make_id("r", digest(data), outlet, published),
        text,
        digest(data),
        outlet=outlet,
        published=published,
        mentions=tuple(unique[span] for span in sorted(unique)),
        times=tuple(times),
        figures=tuple(figures),
        attributions=tuple(attributions),
        entities=tuple(sorted(entities.values(), key=lambda e: e.id)),
        **facts,
    )
    page = make_page(report, Source(digest(data), data))
    store.add(page)
    return page


def make_figure(text: str, printed: str, of: str, content: Selection) -> Figure:
    """A figure inside the content; its digits are its value."""
    start = text.index(printed, content[0].start)
    number = Decimal("".join(c for c in printed if c.isdigit()) or 0)
    return Figure(Span(start, start + len(printed)), printed, Amount(number, number), of=of or None)


def link(source: str, kind: str, target: str) -> Link:
    """A link with a reason."""
    return Link(make_id("l", source, kind, target), source, target, kind, (Reason("by-hand", "told so"),), 0.9)


def make_story(title: str, pages: Iterable[Page]) -> Story:
    """A story of these reports."""
    ids = tuple(sorted(page.report.id for page in pages))
    return Story(make_id("st", *ids), title, ids)


def assemble_claims(store: Store, *pages: Page) -> None:
    """Puts the claims together that the links of these reports make."""
    entries = {page.report.id: entry_of(page) for page in pages}
    bring_up_to_date(store, entries.__getitem__, [s.id for page in pages for s in page.statements], {})


def supersede(store: MemoryStore, newer: Page, older: Page) -> None:
    """Notes that one report is a later version of another."""
    store.put_versions([(newer.report.id, older.report.id)])


def _time(text: str, printed: str, value: str) -> TimeExpression:
    start = text.index(printed)
    return TimeExpression(Span(start, start + len(printed)), printed, "by-hand", value=TimeValue(value, "DATE"))


def _find(text: str, words: str) -> Selection:
    if not words:
        return ()
    start = text.index(words)
    return (Span(start, start + len(words)),)


__all__ = ["Said", "add_report", "assemble_claims", "link", "make_figure", "make_story", "replace", "supersede"]
