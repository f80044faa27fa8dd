"""A resolved report becomes a page of the ledger: ids for everything, and its statements. Pure."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import (
    Attribution,
    Commitment,
    Event,
    Evidence,
    Figure,
    Page,
    Report,
    Selection,
    Source,
    SpanIndex,
    Speaker,
    Statement,
    hull,
    make_id,
)
from onrecord.resources import settings_file

NOBODY = Speaker(entity=None, method="none")
UNJUDGED = Commitment(stance="asserts")


def make_page(report: Report, source: Source) -> Page:
    """`report` with ids for its mentions, times, figures and events, and its statements in order of appearance."""
    statements = make_statements(report)
    figures = tuple(
        replace(figure, id=make_id("f", report.id, figure.span.start, figure.span.end), report_id=report.id)
        for figure in report.figures
    )
    events = tuple(
        replace(event, id=make_id("ev", report.id, event.span.start, event.span.end), report_id=report.id)
        for event in report.events
    )
    inside = _inside(statements, figures)
    holder = _innermost(statements, inside) | _innermost(statements, _inside(statements, events))
    mentions = tuple(
        replace(m, id=make_id("m", report.id, m.span.start, m.span.end), report_id=report.id) for m in report.mentions
    )
    times = tuple(
        replace(t, id=make_id("t", report.id, t.span.start, t.span.end), report_id=report.id) for t in report.times
    )
    held = tuple(replace(figure, statement=holder.get(figure.id)) for figure in figures)
    told = tuple(replace(event, statement=holder.get(event.id)) for event in events)
    filed = replace(report, figures=held, mentions=mentions, times=times, events=told)
    return Page(filed, source, tuple(replace(s, figures=inside[s.id]) for s in statements))


def make_statements(report: Report) -> tuple[Statement, ...]:
    """The statements of a report, without their figures; the same evidence twice is one statement."""
    ids = [statement_id(report.id, attribution) for attribution in report.attributions]
    found: dict[str, Statement] = {}
    for attribution, identity in zip(report.attributions, ids, strict=True):
        if attribution.content and identity not in found:
            found[identity] = _statement(report, attribution, identity, ids)
    return tuple(sorted(found.values(), key=lambda s: (s.content.spans[0], s.content.spans[-1].end, s.id)))


def statement_id(report_id: str, attribution: Attribution) -> str:
    """A hash of the report and of the words that make the statement: source, cue and content."""
    spans = [[[s.start, s.end] for s in part] for part in (attribution.source, attribution.cue, attribution.content)]
    return make_id("s", report_id, *spans)


def is_plain(speaker: Speaker, confidence: float, flags: tuple[str, ...]) -> bool:
    """Whether a statement may be put to a reader without a caveat: sure enough, no flag, speaker known."""
    bar = float(settings_file("thresholds.toml")["plain"]["confidence"])
    return confidence >= bar and not flags and not speaker.ambiguous and speaker.entity is not None


def _statement(report: Report, attribution: Attribution, identity: str, ids: list[str]) -> Statement:
    speaker = attribution.speaker or NOBODY
    commitment = attribution.commitment or UNJUDGED
    flags = attribution.flags
    if speaker.ambiguous and "ambiguous-speaker" not in flags:
        flags = (*flags, "ambiguous-speaker")
    confidence = round(attribution.confidence * (speaker.confidence if attribution.source else 1.0), 4)
    return Statement(
        id=identity,
        report_id=report.id,
        content=Evidence.of(report.id, report.text, attribution.content),
        cue=_evidence(report, attribution.cue),
        source=_evidence(report, attribution.source),
        speaker=speaker,
        form=attribution.form,
        commitment=commitment,
        condition=_evidence(report, commitment.condition),
        said_at=attribution.said_at,
        venue=attribution.venue,
        addressee=attribution.addressee,
        nested_in=_id_at(attribution.nested_in, ids),
        continues=_id_at(attribution.continues, ids),
        refers_to=_id_at(attribution.refers_to, ids),
        confidence=confidence,
        part_confidence=attribution.part_confidence,
        plain=is_plain(speaker, confidence, flags),
        flags=tuple(sorted(flags)),
        rule=attribution.rule,
    )


def _evidence(report: Report, spans: Selection) -> Evidence | None:
    return Evidence.of(report.id, report.text, spans) if spans else None


def _id_at(index: int | None, ids: list[str]) -> str | None:
    return None if index is None else ids[index]


def _inside(
    statements: tuple[Statement, ...], parts: tuple[Figure, ...] | tuple[Event, ...]
) -> dict[str, tuple[str, ...]]:
    """Statement id -> ids of the figures or events that one piece of its content holds."""
    index: SpanIndex[Figure | Event] = SpanIndex(parts)
    return {s.id: tuple(part.id for part in index.within(s.content.spans)) for s in statements}


def _innermost(statements: tuple[Statement, ...], inside: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Id of a figure or event -> id of the shortest statement that holds it."""
    widest_first = sorted(statements, key=lambda s: (-len(hull(s.content.spans)), s.id))
    return {part: statement.id for statement in widest_first for part in inside[statement.id]}
