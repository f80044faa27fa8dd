"""Reads the lines of each type as records."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.ledger.fields import Fields
from onrecord.ledger.judged_lines import read_judgement
from onrecord.ledger.store import Record
from onrecord.model import (
    Amount,
    Claim,
    Commitment,
    Copy,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Figure,
    Link,
    Mention,
    Origin,
    PartConfidence,
    Reason,
    Report,
    Role,
    Section,
    SectionKind,
    Span,
    Speaker,
    Statement,
    Story,
    TimeExpression,
    TimeValue,
)


def _read_role(fields: Fields | None) -> Role | None:
    return None if fields is None else Role(fields.string("title"), fields.maybe("affiliation"), fields.maybe("as_of"))


def _read_evidence(fields: Fields | None, report_id: str) -> Evidence | None:
    if fields is None or not fields.items("spans"):
        return None
    return Evidence(report_id, fields.spans("spans"), fields.string("text"))


def _read_report(fields: Fields) -> Report:
    return Report(
        id=fields.name("id"),
        text=fields.string("text"),
        sha256=fields.name("sha256"),
        uri=fields.maybe("uri"),
        outlet=fields.maybe("outlet"),
        title=fields.maybe("title"),
        authors=fields.strings("authors"),
        dateline=fields.maybe("dateline"),
        published=fields.maybe("published"),
        retrieved=fields.maybe("retrieved"),
        language=fields.maybe("language"),
        supersedes=fields.maybe("supersedes"),
        flags=fields.strings("flags"),
        sections=tuple(Section(part.span("span"), _section_kind(part)) for part in fields.objects("sections")),
    )


def _section_kind(fields: Fields) -> SectionKind:
    try:
        return SectionKind(fields.string("kind"))
    except ValueError:
        return fields.fail("kind", ", ".join(SectionKind))


def _entity_kind(fields: Fields) -> EntityKind:
    try:
        return EntityKind(fields.string("kind"))
    except ValueError:
        return fields.fail("kind", ", ".join(EntityKind))


def _read_entity(fields: Fields) -> Entity:
    return Entity(
        id=fields.name("id"),
        name=fields.string("name"),
        kind=_entity_kind(fields),
        aliases=fields.strings("aliases"),
        same_as=fields.strings("same_as"),
        geo=fields.pair("geo"),
        country=fields.maybe("country"),
        roles=tuple(role for role in map(_read_role, fields.objects("roles")) if role),
    )


def _read_mention(fields: Fields) -> Mention:
    return Mention(
        span=fields.span("span"),
        text=fields.string("text"),
        kind=fields.maybe("kind"),
        form=fields.name("form"),
        head=fields.maybe_span("head"),
        role=_read_role(fields.inside("role")),
        plural=fields.flag("plural"),
        gender=fields.maybe("gender"),
        entity=fields.maybe("entity"),
        metonym=fields.flag("metonym"),
        confidence=fields.score("confidence", 0.0),
        id=fields.name("id"),
        report_id=fields.name("report"),
    )


def _read_time(fields: Fields) -> TimeExpression:
    return TimeExpression(
        span=fields.span("span"),
        text=fields.string("text"),
        rule=fields.string("rule", ""),
        value=_read_time_value(fields),
        id=fields.name("id"),
        report_id=fields.name("report"),
    )


def _read_time_value(fields: Fields) -> TimeValue | None:
    value = fields.maybe("value")
    if value is None:
        return None
    return TimeValue(value, fields.string("timex_type"), fields.maybe("mod"), fields.maybe("anchor"))


def _read_figure(fields: Fields) -> Figure:
    return Figure(
        span=fields.span("span"),
        text=fields.string("text"),
        amount=Amount(
            low=fields.decimal("low"),
            high=fields.decimal("high"),
            approximate=fields.flag("approx"),
            direction=fields.maybe("direction"),
            unit=fields.maybe("unit"),
            per=fields.maybe("per"),
        ),
        of=fields.maybe("of"),
        of_span=fields.maybe_span("of_span"),
        where=fields.maybe("where"),
        as_of=fields.maybe("as_of"),
        increment=fields.flag("increment"),
        forecast=fields.flag("forecast"),
        planned=fields.flag("planned"),
        whose=fields.maybe("whose"),
        whose_span=fields.maybe_span("whose_span"),
        part_of=fields.maybe("part_of"),
        rule=fields.string("rule", ""),
        id=fields.name("id"),
        report_id=fields.name("report"),
        statement=fields.maybe("statement"),
        series=fields.maybe("series"),
    )


def _read_speaker(fields: Fields) -> Speaker:
    return Speaker(
        entity=fields.maybe("entity"),
        also=fields.strings("also"),
        anonymous=fields.flag("anonymous"),
        role=fields.maybe("role"),
        affiliation=fields.maybe("affiliation"),
        ambiguous=fields.flag("ambiguous"),
        method=fields.string("method", ""),
        confidence=fields.score("confidence", 0.0),
    )


def _read_statement(fields: Fields) -> Statement:
    report_id = fields.name("report")
    source = fields.inside("source") or Fields({}, fields.where)
    content = _read_evidence(fields.inside("content"), report_id)
    condition = _read_evidence(fields.inside("condition"), report_id)
    return Statement(
        id=fields.name("id"),
        report_id=report_id,
        content=content or fields.fail("content", "spans and their text"),
        cue=_read_evidence(fields.inside("cue"), report_id),
        source=_read_evidence(source, report_id),
        speaker=_read_speaker(source),
        form=fields.name("form"),
        commitment=Commitment(
            stance=fields.name("stance"),
            certainty=fields.maybe("certainty"),
            condition=condition.spans if condition else (),
            attitude=fields.string("attitude", "speech"),
            probability=fields.pair("probability"),
        ),
        condition=condition,
        said_at=fields.maybe("said_at"),
        venue=fields.maybe("venue"),
        addressee=fields.maybe("addressee"),
        nested_in=fields.maybe("nested_in"),
        continues=fields.maybe("continues"),
        refers_to=fields.maybe("refers_to"),
        figures=fields.strings("figures"),
        claim=fields.maybe("claim"),
        origin=fields.maybe("origin"),
        confidence=fields.score("confidence", 0.0),
        plain=fields.flag("plain"),
        flags=fields.strings("flags"),
        review=fields.string("review", "none"),
        rule=fields.string("rule", ""),
        part_confidence=_read_parts(fields.inside("part_confidence")),
    )


def _read_parts(fields: Fields | None) -> PartConfidence | None:
    if fields is None:
        return None
    return PartConfidence(fields.score("source", 0.0), fields.score("cue", 0.0), fields.score("content", 0.0))


def _read_event(fields: Fields) -> Event:
    plover = fields.inside("plover")
    return Event(
        span=fields.span("span"),
        text=fields.string("text"),
        predicate=fields.string("predicate", ""),
        type=plover.name("type") if plover else None,
        mode=plover.maybe("mode") if plover else None,
        actor_span=fields.maybe_span("actor_span"),
        target_span=fields.maybe_span("target_span"),
        actor=fields.maybe("actor"),
        target=fields.maybe("target"),
        place=fields.maybe("place"),
        time=fields.maybe("time"),
        certainty=fields.maybe("certainty"),
        realis=fields.maybe("realis"),
        rule=fields.string("rule", ""),
        confidence=fields.score("confidence", 0.0),
        id=fields.name("id"),
        report_id=fields.name("report"),
        statement=fields.maybe("statement"),
    )


def _read_claim(fields: Fields) -> Claim:
    return Claim(
        id=fields.name("id"),
        text=fields.string("text"),
        statements=fields.strings("statements") or fields.fail("statements", "ids of statements"),
        status=fields.name("status"),
        independent_origins=fields.count("independent_origins"),
        first_said=fields.maybe("first_said"),
        last_said=fields.maybe("last_said"),
        rejected=fields.strings("rejected"),
    )


def _read_origin(fields: Fields) -> Origin:
    return Origin(
        id=fields.name("id"),
        kind=fields.name("kind"),
        speaker=fields.maybe("speaker"),
        date=fields.maybe("date"),
        place=fields.maybe("place"),
        statements=fields.strings("statements"),
        reports=fields.strings("reports"),
    )


def _read_reason(fields: Fields) -> Reason:
    return Reason(
        rule=fields.string("rule"),
        words=fields.string("words", ""),
        evidence=tuple(
            Evidence(part.name("report"), part.spans("spans"), part.string("text"))
            for part in fields.objects("evidence")
        ),
    )


def _read_link(fields: Fields) -> Link:
    return Link(
        id=fields.name("id"),
        source=fields.name("from"),
        target=fields.name("to"),
        kind=fields.name("kind"),
        reasons=tuple(_read_reason(part) for part in fields.objects("basis")),
        confidence=fields.score("confidence", 0.0),
        review=fields.string("review", "none"),
    )


def _read_story(fields: Fields) -> Story:
    return Story(
        id=fields.name("id"),
        title=fields.string("title", ""),
        reports=fields.strings("reports"),
        first=fields.maybe("first"),
        last=fields.maybe("last"),
    )


def _read_copy(fields: Fields) -> Copy:
    return Copy(
        id=fields.name("id"),
        source=fields.name("from"),
        target=fields.name("to"),
        share=fields.score("share", 0.0),
        spans=tuple(_span_pair(fields, value) for value in fields.items("spans")),
    )


def _span_pair(fields: Fields, value: object) -> tuple[Span, Span]:
    if not isinstance(value, list) or len(value) != 2:
        fields.fail("spans", "pairs of [start, end]")
    return fields.span_of(value[0], "spans"), fields.span_of(value[1], "spans")


READERS: dict[str, Callable[[Fields], Record]] = {
    "report": _read_report,
    "entity": _read_entity,
    "mention": _read_mention,
    "time": _read_time,
    "figure": _read_figure,
    "statement": _read_statement,
    "event": _read_event,
    "claim": _read_claim,
    "origin": _read_origin,
    "link": _read_link,
    "story": _read_story,
    "copy": _read_copy,
    "judgement": read_judgement,
}
