"""Rows of what became of statements, of what is open and of what is new, as lists print them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typing_extensions import TypedDict

from onrecord.export.cells import Column
from onrecord.export.naming import Names, tidy
from onrecord.export.rows import pairs, short_id
from onrecord.ledger.dates import is_until
from onrecord.link.entry import Told
from onrecord.link.views.aligning import Change
from onrecord.link.views.due import last_day
from onrecord.link.views.news import News
from onrecord.link.views.openings import Opening
from onrecord.model import Span

Row = dict[str, Any]
SHOWN = 90  # characters of words in a table

CHANGES = (
    Column("what", "what"),
    Column("who", "who"),
    Column("before_words", "before"),
    Column("after_words", "after"),
    Column("id", "id"),
)
DRIFT = (*CHANGES[:1], Column("from", "from"), Column("to", "to"), *CHANGES[1:])
OPEN = (
    Column("id", "id"),
    Column("what", "what"),
    Column("who", "who"),
    Column("content", "in the words of the report"),
    Column("due", "due"),
    Column("status", "status"),
    Column("closed", "closed by"),
)
NEW = (Column("what", "new"), Column("who", "who"), Column("words", "in the words of the report"), Column("id", "id"))


class Side(TypedDict):
    """A statement as a part of a row."""

    statement: str
    report: str
    uri: str | None
    outlet: str | None
    published: str | None
    who: str
    certainty: str | None
    content: str
    spans: list[list[int]]


class OpenRow(TypedDict):
    """Something that a statement leaves open, and what closed it."""

    id: str  # of the statement
    what: str  # accusation, question, promise, forecast
    status: str  # open, overdue, closed
    due: str | None  # ISO 8601, as coarse as the words are
    closed_by: Side | None
    silent: list[Side]
    again: list[str]
    report: str
    uri: str | None
    outlet: str | None
    published: str | None
    who: str
    certainty: str | None
    content: str
    spans: list[list[int]]


def side(told: Told | None, names: Names) -> Side | None:
    """A statement as a part of a row: its id, who says it, its words, where they stand and in which report."""
    return None if told is None else full_side(told, names)


def full_side(told: Told, names: Names) -> Side:
    """Likewise of one that is there."""
    statement, report = told.statement, told.entry.report
    return {
        "statement": statement.id,
        "report": report.id,
        "uri": report.uri,
        "outlet": report.outlet,
        "published": report.published,
        "who": names.speaker(statement),
        "certainty": statement.commitment.certainty,
        "content": tidy(statement.content.quote),
        "spans": pairs(statement.content.spans),
    }


def change_row(change: Change, names: Names) -> Row:
    """One claim before and after."""
    return _beside(list(change.what), change.before, change.after, names)


def still_row(before: Told, after: Told, names: Names) -> Row:
    """A claim that was taken back, and a report that still has it."""
    return _beside(["still carried"], before, after, names)


def note_row(told_in: Row, span: Span, words: str) -> Row:
    """The words by which a later version corrects or withdraws."""
    return {"what": ["note"], "before": None, "after": told_in | {"spans": [[span.start, span.end]], "content": words}}


def _beside(what: list[str], before: Told | None, after: Told | None, names: Names) -> Row:
    return {"what": what, "before": side(before, names), "after": side(after, names)}


def change_cells(row: Row) -> Row:
    """The row as a table shows it."""
    before, after = row["before"] or {}, row["after"] or {}
    speakers = dict.fromkeys(who for who in (before.get("who"), after.get("who")) if who)
    return {
        "what": ", ".join(row["what"]),
        "from": before.get("outlet") or before.get("uri") or short_id(before.get("report")),
        "to": after.get("outlet") or after.get("uri") or short_id(after.get("report")),
        "who": " → ".join(speakers),
        "before_words": cut(before.get("content") or ""),
        "after_words": cut(after.get("content") or ""),
        "id": short_id(after.get("statement") or before.get("statement") or after.get("report")),
    }


def open_row(opening: Opening, again: tuple[Told, ...], names: Names, today: str | None) -> OpenRow:
    """A matter that is open, or was; overdue where its day is over by `today`."""
    told, closed = full_side(opening.told, names), side(opening.closed_by, names)
    is_over = bool(opening.due and today and last_day(opening.due) < today[:10])
    return {
        "id": told["statement"],
        "what": opening.what,
        "status": "closed" if closed else "overdue" if is_over else "open",
        "due": opening.due,
        "closed_by": closed,
        "silent": [full_side(one, names) for one in opening.silent],
        "again": [one.statement.id for one in again],
        "report": told["report"],
        "uri": told["uri"],
        "outlet": told["outlet"],
        "published": told["published"],
        "who": told["who"],
        "certainty": told["certainty"],
        "content": told["content"],
        "spans": told["spans"],
    }


def open_cells(row: Mapping[str, Any]) -> Row:
    """The row as a table shows it."""
    closed = row["closed_by"]
    closing = f"{closed['who']}: {cut(closed['content'])} ({short_id(closed['statement'])})" if closed else ""
    return dict(row) | {"id": short_id(row["id"]), "content": cut(row["content"]), "closed": closing}


def new_rows(news: News, names: Names) -> list[Row]:
    """What a report adds, a row each: claims, speakers, figures, who moved."""
    rows = [{"what": "claim", **(side(told, names) or {})} for told in news.claims]
    for entity, told in news.speakers:
        rows.append(
            {"what": "speaker", "entity": entity, **(side(told, names) or {}), "who": names.entity_name(entity)}
        )
    for figure, holder in news.figures:
        of = f" {tidy(figure.of)}" if figure.of and tidy(figure.of) not in tidy(figure.text) else ""
        whose: Mapping[str, Any] = side(holder, names) or {"statement": None, "who": None, "content": None, "spans": []}
        rows.append(
            {
                "what": "figure",
                "figure": figure.id,
                **whose,
                "content": tidy(figure.text) + of,
                "spans": pairs((figure.span,)),
            }
        )
    moved = ({**(side(move.now, names) or {}), "before": side(move.before, names)} for move in news.moved)
    return [*rows, *({"what": "changed", **row} for row in moved)]


def new_cells(row: Row) -> Row:
    """The row as a table shows it."""
    words = row["content"] if row["what"] != "speaker" else ""
    if row.get("before"):
        words = f"{words} (before: {cut(row['before']['content'])})"
    return row | {"words": cut(words, 2 * SHOWN), "id": short_id(row.get("statement") or row.get("figure"))}


def cut(words: str, most: int = SHOWN) -> str:
    """The beginning of some words, with an ellipsis where there is more."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def is_in_time(row: Mapping[str, Any], until: str | None) -> bool:
    """Whether what is open is due by a date; all is, where none is given."""
    return until is None or bool(row["due"] and is_until(row["due"], until))
