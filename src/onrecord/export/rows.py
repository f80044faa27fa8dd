"""Records as the rows that lists print: flat, with names beside ids, and the spans they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from typing_extensions import TypedDict  # that of typing gives pydantic too little before 3.12

from onrecord.export.cells import Column
from onrecord.export.naming import Names, tidy
from onrecord.ledger.store import SpeakerCount
from onrecord.model import Claim, Evidence, Figure, Report, Selection, Statement, Story

Row = dict[str, Any]
MOST_NAMED = 3  # who says so, in a table

Number = int | Decimal | None  # exact; None: an end that is open, or nothing is known


class ReportRow(TypedDict):
    """A report without its text."""

    id: str
    uri: str | None
    outlet: str | None
    title: str | None
    authors: list[str]
    dateline: str | None
    published: str | None  # ISO 8601, like all dates
    retrieved: str | None
    language: str | None
    sha256: str
    supersedes: str | None  # id of the version that it replaces
    flags: list[str]
    characters: int


class StatementRow(TypedDict):
    """A statement with who makes it and the report it stands in."""

    id: str
    report: str
    uri: str | None
    outlet: str | None
    published: str | None
    who: str
    entity: str | None
    also: list[str]  # ids of further speakers
    anonymous: bool
    role: str | None
    affiliation: str | None
    source: str | None  # as written, like cue, content and condition
    cue: str | None
    content: str
    form: str
    stance: str
    certainty: str | None
    condition: str | None
    said_at: str | None
    venue: str | None
    nested_in: str | None
    figures: list[str]
    claim: str | None
    origin: str | None
    confidence: float  # 0..1, like those of the parts
    source_confidence: float | None
    cue_confidence: float | None
    content_confidence: float | None
    plain: bool
    flags: list[str]
    review: str  # none, confirmed, corrected, rejected
    rule: str
    spans: list[list[int]]  # of the content: [start, end) in code points of the report's text


class FigureRow(TypedDict):
    """A figure with whose it is."""

    id: str
    report: str
    uri: str | None
    outlet: str | None
    published: str | None
    whose: str
    text: str
    low: Number
    high: Number
    approx: bool
    direction: str | None
    unit: str | None
    per: str | None
    of: str | None
    where: str | None
    as_of: str | None
    increment: bool
    forecast: bool
    planned: bool
    part_of: str | None
    statement: str | None
    series: str | None
    span: list[int]


class ClaimRow(TypedDict):
    """A claim with the names of who says so."""

    id: str
    text: str
    status: str
    independent_origins: int
    who: list[str]
    first_said: str | None
    last_said: str | None
    statements: list[str]
    reports: list[str]


class StoryRow(TypedDict):
    """A story and how many reports it has."""

    id: str
    title: str
    reports: int
    first: str | None
    last: str | None
    report_ids: list[str]


class SpeakerRow(TypedDict):
    """A source and how much of the record it has."""

    id: str | None  # None: a source without a name
    name: str
    kind: str | None
    aliases: list[str]
    statements: int
    reports: int
    first: str | None
    last: str | None


REPORTS = (
    Column("id", "id"),
    Column("published", "published"),
    Column("outlet", "outlet"),
    Column("title", "title"),
    Column("supersedes", "newer version of"),
)
STATEMENTS = (
    Column("id", "id"),
    Column("published", "published"),
    Column("who", "who"),
    Column("stance", "stance"),
    Column("content", "what, in the words of the report"),
)
FIGURES = (
    Column("id", "id"),
    Column("published", "published"),
    Column("whose", "whose"),
    Column("text", "figure"),
    Column("counts", "of what, where"),
    Column("as_of", "as of"),
)
SPEAKERS = (
    Column("id", "id"),
    Column("name", "name"),
    Column("kind", "kind"),
    Column("statements", "statements"),
    Column("reports", "reports"),
    Column("first", "first"),
    Column("last", "last"),
)
CLAIMS = (
    Column("id", "id"),
    Column("first_said", "first said"),
    Column("status", "status"),
    Column("independent_origins", "origins"),
    Column("who", "who says so"),
    Column("text", "what, in the clearest words"),
)
STORY_CHANGES = (
    Column("when", "change"),
    Column("kind", "what"),
    Column("before", "from"),
    Column("after", "to"),
    Column("reports", "with"),
)
STORIES = (
    Column("id", "id"),
    Column("title", "title"),
    Column("reports", "reports"),
    Column("first", "first"),
    Column("last", "last"),
)


def shortened(row: Mapping[str, Any]) -> Row:
    """The row as a table shows it: ids short enough to type, dates as days."""
    shown = dict(row)
    for key in ("id", "supersedes"):
        shown[key] = short_id(row.get(key))
    for key in ("published", "first", "last", "first_said", "last_said"):
        shown[key] = (row.get(key) or "")[:10]
    if "independent_origins" in row:  # a claim
        shown["who"] = "; ".join(row["who"][:MOST_NAMED]) + (" …" if len(row["who"]) > MOST_NAMED else "")
    if "before" in row:  # what became of stories
        for key in ("before", "after", "reports"):
            ids = [short_id(identity) for identity in row[key]]
            shown[key] = ", ".join(ids[:MOST_NAMED]) + (" …" if len(ids) > MOST_NAMED else "")
    if "low" in row:  # a figure
        kinds = [kind for kind in ("planned", "forecast") if row[kind]][:1]  # what is planned is mostly also to come
        shown["text"] = row["text"] + "".join(f" ({kind})" for kind in kinds)
        shown["counts"] = ", ".join(filter(None, (row["of"], row["where"]))) + (
            f" a {row['per']}" if row["per"] else ""
        )
    return shown


def short_id(identity: str | None) -> str:
    """The first ten characters of an id: `show` takes the beginning of any id.

    >>> short_id("s-0123456789abcdef")
    's-01234567'
    """
    return (identity or "")[:10]


def pairs(spans: Selection) -> list[list[int]]:
    """Spans as [start, end] pairs of code points."""
    return [[span.start, span.end] for span in spans]


def number(value: Decimal | None) -> Number:
    """A whole number as int, anything else to the digit."""
    return int(value) if value is not None and value == value.to_integral_value() else value


def report_row(report: Report) -> ReportRow:
    """A report without its text."""
    return {
        "id": report.id,
        "uri": report.uri,
        "outlet": report.outlet,
        "title": report.title,
        "authors": list(report.authors),
        "dateline": report.dateline,
        "published": report.published,
        "retrieved": report.retrieved,
        "language": report.language,
        "sha256": report.sha256,
        "supersedes": report.supersedes,
        "flags": list(report.flags),
        "characters": len(report.text),
    }


def statement_row(statement: Statement, names: Names) -> StatementRow:
    """A statement with the name of who makes it and the report it stands in."""
    report = names.facts(statement.report_id)
    parts = statement.part_confidence
    return {
        "id": statement.id,
        "report": report.id,
        "uri": report.uri,
        "outlet": report.outlet,
        "published": report.published,
        "who": names.speaker(statement),
        "entity": statement.speaker.entity,
        "also": list(statement.speaker.also),
        "anonymous": statement.speaker.anonymous,
        "role": statement.speaker.role,
        "affiliation": statement.speaker.affiliation,
        "source": _quote(statement.source),
        "cue": _quote(statement.cue),
        "content": tidy(statement.content.quote),
        "form": statement.form,
        "stance": statement.commitment.stance,
        "certainty": statement.commitment.certainty,
        "condition": _quote(statement.condition),
        "said_at": statement.said_at,
        "venue": statement.venue,
        "nested_in": statement.nested_in,
        "figures": list(statement.figures),
        "claim": statement.claim,
        "origin": statement.origin,
        "confidence": statement.confidence,
        "source_confidence": parts.source if parts else None,
        "cue_confidence": parts.cue if parts else None,
        "content_confidence": parts.content if parts else None,
        "plain": statement.plain,
        "flags": list(statement.flags),
        "review": statement.review,
        "rule": statement.rule,
        "spans": pairs(statement.content.spans),
    }


def figure_row(figure: Figure, names: Names, holder: Statement | None) -> FigureRow:
    """A figure with whose it is: who counted, else the source of its statement, or the report itself."""
    report = names.facts(figure.report_id)
    return {
        "id": figure.id,
        "report": report.id,
        "uri": report.uri,
        "outlet": report.outlet,
        "published": report.published,
        "whose": names.entity_name(figure.whose)
        or (names.speaker(holder) if holder else f"{names.outlet(report)} (the report itself)"),
        "text": tidy(figure.text),
        "low": number(figure.amount.low),
        "high": number(figure.amount.high),
        "approx": figure.amount.approximate,
        "direction": figure.amount.direction,
        "unit": figure.amount.unit,
        "per": figure.amount.per,
        "of": figure.of,
        "where": names.entity_name(figure.where) or figure.where,
        "as_of": figure.as_of,
        "increment": figure.increment,
        "forecast": figure.forecast,
        "planned": figure.planned,
        "part_of": figure.part_of,
        "statement": figure.statement,
        "series": figure.series,
        "span": [figure.span.start, figure.span.end],
    }


def claim_row(claim: Claim, names: Names, said: Iterable[tuple[Statement, str | None]]) -> ClaimRow:
    """A claim with the names of who says so, in the order of its statements."""
    statements = {statement.id: statement for statement, _ in said}
    told = [statements[identity] for identity in claim.statements if identity in statements]
    return {
        "id": claim.id,
        "text": tidy(claim.text),
        "status": claim.status,
        "independent_origins": claim.independent_origins,
        "who": list(dict.fromkeys(names.speaker(statement) for statement in told)),
        "first_said": claim.first_said,
        "last_said": claim.last_said,
        "statements": list(claim.statements),
        "reports": list(dict.fromkeys(statement.report_id for statement in told)),
    }


def story_row(story: Story) -> StoryRow:
    """A story and how many reports it has."""
    return {
        "id": story.id,
        "title": story.title,
        "reports": len(story.reports),
        "first": story.first,
        "last": story.last,
        "report_ids": list(story.reports),
    }


def speaker_row(count: SpeakerCount) -> SpeakerRow:
    """A source and how much of the record it has."""
    entity = count.entity
    return {
        "id": entity.id if entity else None,
        "name": count.name,
        "kind": entity.kind.value if entity else None,
        "aliases": list(entity.aliases) if entity else [],
        "statements": count.statements,
        "reports": count.reports,
        "first": count.first,
        "last": count.last,
    }


def _quote(evidence: Evidence | None) -> str | None:
    return tidy(evidence.quote) if evidence else None
