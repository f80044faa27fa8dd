"""Reports and statements built by hand, by the words they select."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from onrecord.ledger.statements import make_page
from onrecord.link.copies import compare
from onrecord.link.entry import Entry
from onrecord.model import (
    Amount,
    Attribution,
    Commitment,
    Copy,
    Entity,
    EntityKind,
    Figure,
    Mention,
    Page,
    Report,
    Section,
    SectionKind,
    Source,
    Span,
    Speaker,
    digest,
    make_id,
)


def at(text: str, words: str, nth: int = 0) -> Span:
    """Where `words` stand in `text`, the `nth` time from 0."""
    start = -1
    for _ in range(nth + 1):
        start = text.find(words, start + 1)
        assert start >= 0, f"{words!r} is not in the text {nth + 1} times"
    return Span(start, start + len(words))


def pieces(text: str, words: str | Sequence[str] | None) -> tuple[Span, ...]:
    """The spans of one or several stretches of words; none for None."""
    if words is None:
        return ()
    found: list[Span] = []
    for part in [words] if isinstance(words, str) else words:
        after = found[-1].end if found else 0
        found.append(at(text[after:], part).shift(after))
    assert all(a.end <= b.start for a, b in pairwise(found))
    return tuple(found)


def doc(text: str, *, uri: str = "made:1", published: str | None = "2025-03-10", **layers: Any) -> Report:
    """A report of one body section; its id depends on text, uri and date."""
    sections = layers.pop("sections", (Section(Span(0, len(text)), SectionKind.BODY),))
    return Report(
        id=make_id("r", text, uri, published),
        text=text,
        sha256=digest(text.encode()),
        uri=uri,
        published=published,
        sections=sections,
        **layers,
    )


def country(name: str, code: str, *aliases: str) -> Entity:
    """A country entity with its ISO code."""
    return Entity(
        make_id("e", "country", code), name, EntityKind.COUNTRY, tuple(sorted({name, *aliases})), (f"iso3166:{code}",)
    )


def person(name: str, *aliases: str) -> Entity:
    """A person entity."""
    return Entity(make_id("e", "person", name.lower()), name, EntityKind.PERSON, tuple(sorted({name, *aliases})))


def mention(text: str, words: str, entity: Entity, nth: int = 0) -> Mention:
    """A mention by name of an entity."""
    span = at(text, words, nth)
    return Mention(span, words, entity.kind.value, "name", entity=entity.id)


def say(
    text: str,
    content: str | Sequence[str],
    *,
    source: str | None = None,
    cue: str | None = None,
    who: Entity | None = None,
    stance: str = "asserts",
    **rest: Any,
) -> Attribution:
    """An attribution by its words, resolved to `who`."""
    speaker = Speaker(who.id if who else None, method="name" if who else "none", confidence=0.9 if who else 0.0)
    return Attribution(
        content=pieces(text, content),
        cue=pieces(text, cue),
        source=pieces(text, source),
        speaker=rest.pop("speaker", speaker),
        commitment=rest.pop("commitment", Commitment(stance, "CT+")),
        confidence=rest.pop("confidence", 0.9),
        **rest,
    )


def figure(text: str, words: str, low: int | None, high: int | None, of: str | None = None, **rest: Any) -> Figure:
    """A figure by its words."""
    amount = Amount(
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        approximate=rest.pop("approximate", False),
    )
    return Figure(at(text, words, rest.pop("nth", 0)), words, amount, of=of, **rest)


def page(report: Report) -> Page:
    """The report's page, with its text as its source."""
    return make_page(report, Source(report.sha256, report.text.encode()))


def entry(report: Report) -> Entry:
    """What linking looks at."""
    made = page(report)
    return Entry(made.report, made.statements)


def dated(report: Report, published: str, uri: str) -> Report:
    """The same words on another day and at another address."""
    return replace(report, id=make_id("r", report.text, uri, published), published=published, uri=uri)


def copy_between(a: Entry, b: Entry) -> Copy | None:
    """The copy line of two reports, or None."""
    return compare((a.report, a.shingles), (b.report, b.shingles))
