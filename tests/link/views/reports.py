"""Reports with one sentence each, by who says what, for the views of changes, open matters and news."""

from __future__ import annotations

from typing import Any

from onrecord.link.entry import Entry, Told
from onrecord.model import (
    Commitment,
    Entity,
    EntityKind,
    Section,
    SectionKind,
    Span,
    Speaker,
    TimeExpression,
    TimeValue,
    make_id,
)
from tests.build import at, doc, entry, mention, say

BODY = EntityKind.ORGANIZATION


def body(name: str) -> Entity:
    """A body."""
    return Entity(make_id("e", "organization", name.lower()), name, BODY, (name,))


def saying(
    content: str,
    source: str = "Ada Birk",
    *,
    who: Entity | None = None,
    cue: str = "said",
    certainty: str = "CT+",
    stance: str = "asserts",
    published: str = "2025-03-03",
    uri: str = "made:1",
    before: str = "",
    after: str = "",
    outlet: str | None = None,
    named: tuple[Entity, ...] = (),
    times: tuple[tuple[str, str], ...] = (),
    figures: tuple[Any, ...] = (),
    form: str = "indirect",
    attitude: str = "speech",
    headline: bool = False,
    **rest: Any,
) -> Entry:
    """A report with one statement: `before`, then "content, source cue.", then `after`."""
    text = f"{before}{content}, {source} {cue}.{after}"
    whole = Section(Span(0, len(text)), SectionKind.HEADLINE if headline else SectionKind.BODY)
    speaker = Speaker(who.id if who else None, method="name" if who else "none", confidence=0.9)
    one = say(
        text,
        content,
        source=source,
        cue=cue,
        speaker=speaker,
        commitment=Commitment(stance, certainty, attitude=attitude),
        form=form,
        rule=f"paren:{rest.pop('lemma', 'say')}",
        **rest,
    )
    mentions = tuple(mention(text, e.name, e) for e in named if e.name in text)
    found = tuple(
        TimeExpression(at(text, words), words, "made", (), TimeValue(value, "DURATION" if value[0] == "P" else "DATE"))
        for words, value in times
    )
    return entry(
        doc(
            text,
            uri=uri,
            published=published,
            outlet=outlet,
            sections=(whole,),
            attributions=(one,),
            mentions=mentions,
            times=found,
            figures=tuple(make(text) for make in figures),
            entities=tuple(sorted({e.id: e for e in (*named, *((who,) if who else ()))}.values(), key=lambda e: e.id)),
        )
    )


def only(made: Entry) -> Told:
    """The one statement of a report."""
    (told,) = made.told
    return told
