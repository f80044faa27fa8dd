"""The sheet on anything by its id: facts, the words it rests on in their paragraph, and its links with reasons."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export.claim_sheets import claim_sheet, origin_sheet
from onrecord.export.judgement_sheets import judgement_sheet
from onrecord.export.naming import Names, day, tidy
from onrecord.export.passages import Mark, Passage, find_passages
from onrecord.export.rows import short_id
from onrecord.export.sheet import PASSIVE, SURE, Sheet, report_line, statement_line
from onrecord.export.storylines import story_blocks
from onrecord.ledger.store import Query, Record, View
from onrecord.model import (
    Claim,
    Copy,
    Entity,
    Event,
    Figure,
    Judgement,
    Link,
    Mention,
    Origin,
    PartConfidence,
    Report,
    Statement,
    Story,
    TimeExpression,
)


def load(view: View, kind: str, identity: str) -> Record:
    """The record of that type and id."""
    if kind in ("report", "statement", "entity", "claim", "origin"):
        found: Record = getattr(view, kind)(identity)
        return found
    if kind == "figure":
        for figure, _ in view.figures_of((identity,)):
            return figure
    return view.record(kind, identity)


def make_sheet(view: View, thing: Record) -> Sheet:
    """What is shown of `thing`."""
    names = Names(view)
    if isinstance(thing, Statement):
        return _statement(view, names, thing)
    if isinstance(thing, Report):
        return _report(view, names, thing)
    if isinstance(thing, Figure):
        return _figure(view, names, thing)
    if isinstance(thing, Event):
        return _event(view, names, thing)
    if isinstance(thing, Entity):
        return _entity(view, names, thing)
    if isinstance(thing, Link):
        return _link(view, names, thing)
    if isinstance(thing, Story):
        lines = tuple(report_line(names, identity) for identity in thing.reports)
        facts = (("title", thing.title), ("from", day(thing.first)), ("to", day(thing.last)))
        return Sheet(f"story {thing.id}", facts, (("reports", lines), *story_blocks(view, thing)))
    if isinstance(thing, Copy):
        return _copy(names, thing)
    if isinstance(thing, Claim):
        return claim_sheet(view, names, thing)
    if isinstance(thing, Origin):
        return origin_sheet(view, names, thing)
    if isinstance(thing, Judgement):
        return judgement_sheet(thing)
    return _layer(names, thing)


def _statement(view: View, names: Names, statement: Statement) -> Sheet:
    report = names.report(statement.report_id)
    who = names.speaker(statement)
    sure, told = statement.commitment, "may" if statement.plain else "too unsure to"
    facts = {
        "who": who + _as_written(statement, who),
        "role": ", ".join(filter(None, (statement.speaker.role, statement.speaker.affiliation))),
        "does": f"{sure.stance} ({statement.form} speech{'' if sure.attitude == 'speech' else ', ' + sure.attitude})",
        "how sure": f"{SURE[sure.certainty]} ({sure.certainty})" if sure.certainty in SURE else "not judged",
        "if": tidy(statement.condition.quote) if statement.condition else "",
        "said": day(statement.said_at) if statement.said_at else "",
        "where": statement.venue or "",
        "to": statement.addressee or "",
        "in": report_line(names, report.id),
        "read as": f"confidence {statement.confidence:.2f}, {told} be told plainly",
        "its parts": _parts(statement.part_confidence),
        "found as": statement.rule,
        "flags": ", ".join(statement.flags),
        "inside": statement_line(view, names, statement.nested_in),
        "points to": statement_line(view, names, statement.refers_to),
        "claim": short_id(statement.claim),
        "origin": short_id(statement.origin),
    }
    marks: list[Mark] = [("content", statement.content.spans)]
    marks += [(label, e.spans) for label, e in (("source", statement.source), ("cue", statement.cue)) if e]
    links = tuple(line for link in view.links(statement.id) for line in _link_lines(view, names, link, statement.id))
    events = tuple(_event_line(names, event) for event in view.events(report.id) if event.statement == statement.id)
    return Sheet(
        f"statement {statement.id}",
        tuple((name, value) for name, value in facts.items() if value),
        (("the words", find_passages(report.text, marks)), ("events", events), ("links", links)),
    )


def _as_written(statement: Statement, who: str) -> str:
    written = tidy(statement.source.quote).rstrip(",;:") if statement.source else ""
    return f" (written: {written})" if written and written != who else ""


def _report(view: View, names: Names, report: Report) -> Sheet:
    facts = {
        "title": report.title or "",
        "outlet": report.outlet or "",
        "authors": ", ".join(report.authors),
        "published": report.published or "not known",
        "uri": report.uri or "",
        "newer version of": report_line(names, report.supersedes) if report.supersedes else "",
        "language": report.language or "",
        "length": f"{len(report.text)} characters",
        "sha256": report.sha256,
        "flags": ", ".join(report.flags),
    }
    statements = tuple(statement_line(view, names, s.id) for s in view.statements(Query(report=report.id)))
    copies = tuple(_copy_line(names, copy) for copy in view.copies(report.id))
    return Sheet(
        f"report {report.id}",
        tuple((name, value) for name, value in facts.items() if value),
        (("statements", statements), ("copies", copies)),
    )


def _figure(view: View, names: Names, figure: Figure) -> Sheet:
    report = names.report(figure.report_id)
    amount = figure.amount
    ends = [str(end) if end is not None else "open" for end in (amount.low, amount.high)]
    facts = {
        "figure": tidy(figure.text),
        "value": ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}",
        "hedge": "approximate" if amount.approximate else "",
        "change": amount.direction or "",
        "unit": amount.unit or "",
        "per": amount.per or "",
        "of": figure.of or "",
        "at": names.entity_name(figure.where) or "",
        "as of": day(figure.as_of) if figure.as_of else "",
        "kind": ", ".join(w for w, so in (("an increment", figure.increment), ("a forecast", figure.forecast)) if so),
        "in": report_line(names, report.id),
        "statement": statement_line(view, names, figure.statement),
        "series": short_id(figure.series),
    }
    passages = find_passages(report.text, [("content", (figure.span,))])
    return Sheet(
        f"figure {figure.id}",
        tuple((name, value) for name, value in facts.items() if value),
        (("the words", passages),),
    )


def _event(view: View, names: Names, event: Event) -> Sheet:
    report = names.report(event.report_id)
    roles = ((event.actor, event.actor_span), (event.target, event.target_span))
    who, whom = (names.entity_name(entity) or (tidy(span.of(report.text)) if span else "") for entity, span in roles)
    facts = {
        "event": " ".join(filter(None, (event.type, event.mode and f"({event.mode})"))) or "of no type",
        "who": who,
        "to whom": whom,
        "where": names.entity_name(event.place) or "",
        "when": day(event.time) if event.time else "",
        "told as": event.realis or "not judged",
        "how sure": f"{SURE[event.certainty]} ({event.certainty})" if event.certainty in SURE else "",
        "in": report_line(names, report.id),
        "told by": statement_line(view, names, event.statement) or "the report itself",
        "read as": f"confidence {event.confidence:.2f}",
        "found as": event.rule,
    }
    marks: list[Mark] = [("content", (event.span,))]
    marks += [("source", (span,)) for _, span in roles if span]
    return Sheet(
        f"event {event.id}",
        tuple((name, value) for name, value in facts.items() if value),
        (("the words", find_passages(report.text, marks)),),
    )


def _event_line(names: Names, event: Event) -> str:
    ends = (names.entity_name(event.actor), names.entity_name(event.target))
    between = " → ".join(end or "?" for end in ends) if any(ends) else ""
    parts = (event.type, event.mode, tidy(event.text), between, event.realis)
    return f"{short_id(event.id)}  " + " · ".join(part for part in parts if part)


def _entity(view: View, names: Names, entity: Entity) -> Sheet:
    roles = (", ".join(filter(None, (r.title, r.affiliation, day(r.as_of) if r.as_of else ""))) for r in entity.roles)
    facts = {
        "name": entity.name,
        "kind": entity.kind.value,
        "names": ", ".join(entity.aliases),
        "roles": "; ".join(dict.fromkeys(roles)),
        "same as": ", ".join(entity.same_as),
        "position": f"{entity.geo[0]:.4f}, {entity.geo[1]:.4f}" if entity.geo else "",
    }
    said = tuple(statement_line(view, names, s.id) for s in view.statements(Query(who=entity.id)))
    return Sheet(
        f"entity {entity.id}",
        tuple((name, value) for name, value in facts.items() if value),
        (("statements", said),),
    )


def _parts(parts: PartConfidence | None) -> str:
    return f"source {parts.source:.2f}, cue {parts.cue:.2f}, content {parts.content:.2f}" if parts else ""


def _link(view: View, names: Names, link: Link) -> Sheet:
    facts = (
        ("from", statement_line(view, names, link.source)),
        (link.kind, statement_line(view, names, link.target)),
        ("read as", f"confidence {link.confidence:.2f}"),
    )
    because: tuple[Passage | str, ...] = tuple(reason.words or reason.rule for reason in link.reasons)
    blocks = [("because", because)]
    for identity in (link.source, link.target):
        statement = view.statement(identity)
        report = names.report(statement.report_id)
        passages = find_passages(report.text, [("content", statement.content.spans)])
        blocks.append((report_line(names, report.id), passages))
    return Sheet(f"link {link.id}", facts, tuple(blocks))


def _copy(names: Names, copy: Copy) -> Sheet:
    facts = (
        ("copied", report_line(names, copy.source)),
        ("by", report_line(names, copy.target)),
        ("share", f"{copy.share:.0%} of the shorter report's narration"),
    )
    text = names.report(copy.target).text
    passages = find_passages(text, [("content", tuple(span for _, span in copy.spans))])
    return Sheet(f"copy {copy.id}", facts, (("the words taken over", passages),))


def _layer(names: Names, thing: Mention | TimeExpression) -> Sheet:
    report = names.report(thing.report_id)
    passages = find_passages(report.text, [("content", (thing.span,))])
    if isinstance(thing, Mention):
        facts = {
            "words": thing.text,
            "form": thing.form,
            "of": names.entity_name(thing.entity) or "nobody, or could be two",
        }
        return Sheet(f"mention {thing.id}", tuple(facts.items()), (("the words", passages),))
    value = thing.value
    facts = {"words": thing.text, "value": value.value if value else "not resolved"}
    facts |= {"type": value.timex_type, "modified": value.mod or "no"} if value else {}
    return Sheet(f"time {thing.id}", tuple(facts.items()), (("the words", passages),))


def _link_lines(view: View, names: Names, link: Link, seen_from: str) -> Iterator[str]:
    if link.source == seen_from:
        yield f"{link.kind} {statement_line(view, names, link.target)}"
    else:
        yield f"{PASSIVE.get(link.kind, link.kind)} {statement_line(view, names, link.source)}"
    for reason in link.reasons:
        yield f"    because {reason.words or reason.rule} ({link.confidence:.2f})"


def _copy_line(names: Names, copy: Copy) -> str:
    return (
        f"{short_id(copy.id)}  {copy.share:.0%} of it: {report_line(names, copy.source)}"
        f" is copied by {report_line(names, copy.target)}"
    )
