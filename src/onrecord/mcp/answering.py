"""Records -> what the tools answer with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from onrecord.export.checks import NOT_FOUND, Finding
from onrecord.export.clauses import PLAIN, Briefing, Line, Section
from onrecord.export.findings import voice_row
from onrecord.export.naming import NOBODY, Names, described, tidy
from onrecord.export.passages import find_passages
from onrecord.export.sheets import load
from onrecord.ledger.store import Query, View
from onrecord.mcp.answers import (
    Briefed,
    Checked,
    Counted,
    Held,
    Named,
    Part,
    Printed,
    Printing,
    Said,
    Shown,
    Tie,
    Told,
    Voiced,
)
from onrecord.mcp.answers import Line as ToldLine
from onrecord.model import Claim, Entity, Figure, Link, Report, Span, Statement

LONGEST = 2_000  # characters of a quotation
LONGEST_NAME = 200
SHOWN = 20  # statements of one report, claim or speaker
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def printed(words: str, longest: int = LONGEST) -> Printed:
    r"""Words of somebody else: in one line, without characters that nobody sees, cut where they are very long.

    >>> printed("a\u202e  b")
    Printed(untrusted='a b', cut=False)
    """
    shown = tidy(_UNSEEN.sub("", words))
    return Printed(untrusted=shown[:longest], cut=len(shown) > longest)


def name_of(words: str | None) -> Printed | None:
    """A name, title or address, where there is one."""
    return printed(words, LONGEST_NAME) if words else None


def printing(report: Report, names: Names) -> Printing:
    """Where words are printed."""
    return Printing(
        report=report.id,
        outlet=name_of(names.outlet(report)),
        published=report.published,
        uri=name_of(report.uri),
        title=name_of(report.title),
    )


def said(statement: Statement, names: Names) -> Said:
    """A statement."""
    sure = statement.commitment
    return Said(
        statement=statement.id,
        who=_speakers(statement, names),
        anonymous=statement.speaker.anonymous,
        stance=sure.stance,
        certainty=sure.certainty,
        condition=printed(statement.condition.quote) if statement.condition else None,
        words=printed(statement.content.quote),
        spans=_pairs(statement.content.spans),
        form=statement.form,
        said_at=statement.said_at,
        printed_in=printing(names.facts(statement.report_id), names),
        plain=statement.plain,
        confidence=round(statement.confidence, 3),
        flags=list(statement.flags),
        claim=statement.claim,
    )


def counted(figure: Figure, names: Names) -> Counted:
    """A figure, with whose it is: who counted, else who says so, else nobody."""
    amount = figure.amount
    holder = names.statement(figure.statement) if figure.statement else None
    owner = names.entity(figure.whose)
    return Counted(
        figure=figure.id,
        words=printed(figure.text),
        low=_number(amount.low),
        high=_number(amount.high),
        approximate=amount.approximate,
        direction=amount.direction,
        unit=name_of(amount.unit),
        counts=name_of(figure.of),
        where=name_of(names.entity_name(figure.where)),
        as_of=figure.as_of,
        increment=figure.increment,
        forecast=figure.forecast,
        planned=figure.planned,
        part_of=figure.part_of,
        whose=[named(owner)] if owner else _speakers(holder, names) if holder else [],
        statement=figure.statement,
        series=figure.series,
        printed_in=printing(names.facts(figure.report_id), names),
        span=(figure.span.start, figure.span.end),
    )


def held(claim: Claim) -> Held:
    """A claim."""
    return Held(
        claim=claim.id,
        words=printed(claim.text),
        status=claim.status,
        independent_origins=claim.independent_origins,
        first_said=claim.first_said,
        last_said=claim.last_said,
        statements=list(claim.statements[:SHOWN]),
    )


def named(entity: Entity) -> Named:
    """An entity by its canonical name."""
    return Named(entity=entity.id, name=printed(entity.name, LONGEST_NAME))


def checked(finding: Finding, names: Names) -> Checked:
    """What the record has on a claim."""
    voices = []
    for voice in finding.voices:
        row = voice_row(voice)
        voices.append(
            Voiced(
                side=voice.side,
                statement=row["id"],
                who=printed(row["who"], LONGEST_NAME),
                said=row["said"],
                words=printed(voice.quote),
                spans=_pairs(voice.spans),
                printed_in=printing(voice.report, names),
            )
        )
    return Checked(
        found=bool(voices),
        verdict=finding.verdict,
        note="who says so and who does not; not whether it is true" if voices else NOT_FOUND,
        independent_origins=finding.independent_origins,
        first_said=finding.first_said,
        last_said=finding.last_said,
        claims=[held(claim) for claim in finding.claims],
        voices=voices,
    )


def shown(view: View, kind: str, identity: str) -> Shown:
    """One thing by its type and id, with the words it rests on."""
    names = Names(view)
    thing = load(view, kind, identity)
    if isinstance(thing, Statement):
        context = _context(names.report(thing.report_id), thing.content.spans)
        ties = [_tie(link) for link in view.links(thing.id)]
        return Shown(kind=kind, id=identity, statement=said(thing, names), context=context, links=ties)
    if isinstance(thing, Figure):
        context = _context(names.report(thing.report_id), (thing.span,))
        return Shown(kind=kind, id=identity, figure=counted(thing, names), context=context)
    if isinstance(thing, Report):
        first, more = _some(view.statements(Query(report=identity)), names)
        return Shown(kind=kind, id=identity, report=printing(thing, names), statements=first, more=more)
    if isinstance(thing, Claim):
        first, more = _some((one for one, _ in view.statements_of(thing.statements)), names)
        return Shown(kind=kind, id=identity, claim=held(thing), statements=first, more=more)
    if isinstance(thing, Entity):
        first, more = _some(view.statements(Query(who=identity)), names)
        also = [printed(alias, LONGEST_NAME) for alias in thing.aliases]
        return Shown(kind=kind, id=identity, entity=named(thing), also_called=also, statements=first, more=more)
    if isinstance(thing, Link):
        ends = [said(view.statement(end), names) for end in (thing.source, thing.target)]
        return Shown(kind=kind, id=identity, links=[_tie(thing)], statements=ends)
    statements: Iterable[Statement] = ()
    if hasattr(thing, "statements"):  # an origin
        statements = (one for one, _ in view.statements_of(thing.statements))
    elif hasattr(thing, "reports"):  # a story
        statements = view.statements(Query(story=identity))
    first, more = _some(statements, names)
    return Shown(kind=kind, id=identity, statements=first, more=more)


def briefed(briefing: Briefing) -> Briefed:
    """The briefing, with our words and those of reports told apart."""
    return Briefed(
        title=printed(briefing.title, LONGEST_NAME),
        as_of=briefing.as_of,
        reports=briefing.reports,
        outlets=briefing.outlets,
        sections=[_part(section) for section in briefing.sections],
        not_told=briefing.unsure,
    )


def _part(section: Section) -> Part:
    return Part(title=section.title, lines=[_line(line) for line in section.lines], left_out=section.left_out)


def _line(line: Line) -> ToldLine:
    parts = []
    for clause in line.clauses:
        for part in clause.parts:
            ours = part.kind == PLAIN
            parts.append(Told(ours=part.text if ours else None, printed=None if ours else printed(part.text)))
    return ToldLine(depth=line.depth, parts=parts, statements=[clause.statement.id for clause in line.clauses])


def _speakers(statement: Statement, names: Names) -> list[Named]:
    if not statement.speaker.anonymous and (found := names.speakers(statement)):
        return [named(entity) for entity in found]
    words = described(statement.source) if statement.source else NOBODY
    return [Named(entity=None, name=printed(words, LONGEST_NAME))]


def _context(report: Report, spans: Sequence[Span]) -> list[Printed]:
    passages = find_passages(report.text, [("content", tuple(spans))])
    return [printed("".join(text for text, _ in passage.pieces)) for passage in passages]


def _some(statements: Iterable[Statement], names: Names) -> tuple[list[Said], int]:
    first: list[Said] = []
    more = 0
    for statement in statements:
        if len(first) < SHOWN:
            first.append(said(statement, names))
        else:
            more += 1
    return first, more


def _tie(link: Link) -> Tie:
    return Tie(
        link=link.id,
        kind=link.kind,
        from_statement=link.source,
        to_statement=link.target,
        because=[reason.rule for reason in link.reasons],
        confidence=round(link.confidence, 3),
    )


def _pairs(spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
