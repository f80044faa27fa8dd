"""Writes records as lines: for each type the format's fields in its order, then what we add to them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from typing import Any

from onrecord.errors import RecordError
from onrecord.ledger.judged_lines import write_judgement
from onrecord.model import (
    Claim,
    Copy,
    Entity,
    Event,
    Evidence,
    Figure,
    Judgement,
    Link,
    Mention,
    Origin,
    PartConfidence,
    Report,
    Role,
    Selection,
    Span,
    Statement,
    Story,
    TimeExpression,
)

Line = dict[str, Any]

PLACES = 4  # decimal places of a score
DEGREE_PLACES = 6  # about 10 cm
LARGEST = 300  # digits of a number, and how far they may be from its point


def _score(value: float) -> float:
    if not 0 <= value <= 1:
        raise RecordError(f"{value!r} is no score from 0 to 1")
    return round(float(value), PLACES) + 0.0  # + 0.0: no minus zero


def _degrees(value: float) -> float:
    return round(float(value), DEGREE_PLACES) + 0.0


def _number(value: Decimal | None) -> int | float | Decimal | None:
    """A Decimal as the JSON number that reads back as the same."""
    if value is None:
        return None
    if not value.is_finite() or abs(value.adjusted()) > LARGEST or len(value.as_tuple().digits) > LARGEST:
        raise RecordError(f"{value!s:.40} is no number that a record can hold")
    if value == value.to_integral_value():
        return int(value)
    short = float(value)
    return short if Decimal(repr(short)) == value else value.normalize(Context(prec=LARGEST))


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _spans(spans: Selection) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _words(evidence: Evidence) -> Line:
    return {"spans": _spans(evidence.spans), "text": evidence.quote}


def _evidence(evidence: Evidence | None) -> Line | None:
    return None if evidence is None else _words(evidence)


def _role(role: Role | None) -> Line | None:
    return None if role is None else {"title": role.title, "affiliation": role.affiliation, "as_of": role.as_of}


def _said(extensions: Line) -> Line:
    """The extensions that say something."""
    return {name: value for name, value in extensions.items() if value not in (None, False, "", [])}


def _write_report(report: Report) -> Line:
    return {
        "uri": report.uri,
        "outlet": report.outlet,
        "title": report.title,
        "authors": list(report.authors),
        "dateline": report.dateline,
        "published": report.published,
        "retrieved": report.retrieved,
        "language": report.language,
        "sha256": report.sha256,
        "text": report.text,
        "sections": [{"kind": str(section.kind), "span": _span(section.span)} for section in report.sections],
        "supersedes": report.supersedes,
        "flags": list(report.flags),
    }


def _write_entity(entity: Entity) -> Line:
    return {
        "name": entity.name,
        "kind": str(entity.kind),
        "aliases": list(entity.aliases),
        "same_as": list(entity.same_as),
        "geo": None if entity.geo is None else [_degrees(degrees) for degrees in entity.geo],
        "roles": [_role(role) for role in entity.roles],
    } | _said({"country": entity.country})


def _write_mention(mention: Mention) -> Line:
    return {
        "report": mention.report_id,
        "entity": mention.entity,
        "span": _span(mention.span),
        "text": mention.text,
        "form": mention.form,
        "metonym": mention.metonym,
    } | _said(
        {
            "kind": mention.kind,
            "head": _span(mention.head),
            "role": _role(mention.role),
            "plural": mention.plural,
            "gender": mention.gender,
            "confidence": _score(mention.confidence),
        }
    )


def _write_time(time: TimeExpression) -> Line:
    value = time.value
    return {
        "report": time.report_id,
        "span": _span(time.span),
        "text": time.text,
        "value": value and value.value,
        "mod": value and value.mod,
        "timex_type": value and value.timex_type,
    } | _said({"anchor": value and value.anchor, "rule": time.rule})


def _write_figure(figure: Figure) -> Line:
    return {
        "report": figure.report_id,
        "span": _span(figure.span),
        "text": figure.text,
        "low": _number(figure.amount.low),
        "high": _number(figure.amount.high),
        "approx": figure.amount.approximate,
        "direction": figure.amount.direction,
        "of": figure.of,
        "unit": figure.amount.unit,
        "per": figure.amount.per,
        "where": figure.where,
        "as_of": figure.as_of,
        "increment": figure.increment,
        "forecast": figure.forecast,
        "statement": figure.statement,
        "series": figure.series,
    } | _said(
        {
            "planned": figure.planned,
            "whose": figure.whose,
            "whose_span": _span(figure.whose_span),
            "part_of": figure.part_of,
            "of_span": _span(figure.of_span),
            "rule": figure.rule,
        }
    )


def _write_source(statement: Statement) -> Line:
    speaker = statement.speaker
    words = _evidence(statement.source) or {"spans": [], "text": ""}
    return (
        words
        | {
            "entity": speaker.entity,
            "also": list(speaker.also),
            "anonymous": speaker.anonymous,
            "role": speaker.role,
            "affiliation": speaker.affiliation,
        }
        | _said(
            {
                "ambiguous": speaker.ambiguous,
                "method": speaker.method,
                "confidence": _score(speaker.confidence),
            }
        )
    )


def _write_statement(statement: Statement) -> Line:
    commitment = statement.commitment
    probability = commitment.probability
    return {
        "report": statement.report_id,
        "source": _write_source(statement),
        "cue": _evidence(statement.cue),
        "content": _evidence(statement.content),
        "form": statement.form,
        "stance": commitment.stance,
        "certainty": commitment.certainty,
        "condition": _evidence(statement.condition),
        "said_at": statement.said_at,
        "venue": statement.venue,
        "addressee": statement.addressee,
        "nested_in": statement.nested_in,
        "continues": statement.continues,
        "refers_to": statement.refers_to,
        "figures": list(statement.figures),
        "claim": statement.claim,
        "origin": statement.origin,
        "confidence": _score(statement.confidence),
        "plain": statement.plain,
        "flags": list(statement.flags),
        "review": statement.review,
    } | _said(
        {
            "attitude": commitment.attitude,
            "probability": None if probability is None else [_score(value) for value in probability],
            "rule": statement.rule,
            "part_confidence": _write_parts(statement.part_confidence),
        }
    )


def _write_parts(parts: PartConfidence | None) -> Line | None:
    if parts is None:
        return None
    return {"source": _score(parts.source), "cue": _score(parts.cue), "content": _score(parts.content)}


def _write_event(event: Event) -> Line:
    return {
        "report": event.report_id,
        "statement": event.statement,
        "actor": event.actor,
        "predicate": event.predicate,
        "target": event.target,
        "place": event.place,
        "time": event.time,
        "plover": None if event.type is None else {"type": event.type, "mode": event.mode},
        "realis": event.realis,
    } | _said(
        {
            "span": _span(event.span),
            "text": event.text,
            "actor_span": _span(event.actor_span),
            "target_span": _span(event.target_span),
            "certainty": event.certainty,
            "confidence": _score(event.confidence),
            "rule": event.rule,
        }
    )


def _write_claim(claim: Claim) -> Line:
    return {
        "text": claim.text,
        "statements": list(claim.statements),
        "status": claim.status,
        "independent_origins": claim.independent_origins,
        "first_said": claim.first_said,
        "last_said": claim.last_said,
    } | _said({"rejected": list(claim.rejected)})


def _write_origin(origin: Origin) -> Line:
    return {
        "kind": origin.kind,
        "speaker": origin.speaker,
        "date": origin.date,
        "place": origin.place,
        "statements": list(origin.statements),
        "reports": list(origin.reports),
    }


def _write_link(link: Link) -> Line:
    return {
        "from": link.source,
        "to": link.target,
        "kind": link.kind,
        "basis": [
            {
                "rule": reason.rule,
                "words": reason.words,
                "evidence": [
                    {"report": e.report_id, "spans": _spans(e.spans), "text": e.quote} for e in reason.evidence
                ],
            }
            for reason in link.reasons
        ],
        "confidence": _score(link.confidence),
    } | _said({"review": None if link.review == "none" else link.review})


def _write_story(story: Story) -> Line:
    return {"title": story.title, "reports": list(story.reports), "first": story.first, "last": story.last}


def _write_copy(copy: Copy) -> Line:
    return {
        "from": copy.source,
        "to": copy.target,
        "share": _score(copy.share),
        "spans": [[_span(source), _span(target)] for source, target in copy.spans],
    }


WRITERS: dict[type, tuple[str, Callable[[Any], Line]]] = {
    Report: ("report", _write_report),
    Entity: ("entity", _write_entity),
    Mention: ("mention", _write_mention),
    TimeExpression: ("time", _write_time),
    Figure: ("figure", _write_figure),
    Statement: ("statement", _write_statement),
    Event: ("event", _write_event),
    Claim: ("claim", _write_claim),
    Origin: ("origin", _write_origin),
    Link: ("link", _write_link),
    Story: ("story", _write_story),
    Copy: ("copy", _write_copy),
    Judgement: ("judgement", write_judgement),
}
