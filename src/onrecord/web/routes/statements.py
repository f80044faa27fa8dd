"""The list of statements, and one with its words, what is known of it, and what it is linked with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter

from onrecord.export.changed import Corrections
from onrecord.export.naming import Names
from onrecord.export.passages import Mark, Passage, find_passages
from onrecord.export.rows import StatementRow, statement_row
from onrecord.export.sheet import PASSIVE, report_line
from onrecord.export.sheets import make_sheet
from onrecord.export.shelf import Shelf
from onrecord.ledger.asking import find_id
from onrecord.ledger.store import View
from onrecord.model import Link, Statement
from onrecord.review.telling import as_found, told
from onrecord.web.pages import AskedFor, ListPage, page
from onrecord.web.parameters import Identity

router = APIRouter()
SHOWN_APART = frozenset(("in", "inside", "points to", "claim", "origin", "who", "does", "how sure"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsPage(ListPage):
    """Statements by the dates of their reports, in the order of the text."""

    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A link, as it is seen from one of its ends."""

    id: str
    words: str  # "denies", "is denied by"
    other: StatementRow
    reasons: tuple[str, ...]
    confidence: float  # 0..1
    review: str  # none, confirmed, rejected, rests on rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """One statement."""

    title: str
    statement: StatementRow
    report: str  # outlet and day
    passages: tuple[Passage, ...]  # its words in their paragraphs
    facts: tuple[tuple[str, str], ...]
    inside: StatementRow | None  # who tells it
    points_to: StatementRow | None  # what its words point at
    ties: tuple[Tie, ...]
    events: tuple[str, ...]
    history: tuple[str, ...]  # what people said of it, oldest first
    found: tuple[tuple[str, str], ...]  # (part, as it was found) of what reads otherwise now
    seen: str  # id of the newest judgement about it; empty for none


@page(router, "/statements", "statements.html", csv="rows")
def statements(asked: AskedFor) -> StatementsPage:
    """Who said what, when and how sure."""
    return StatementsPage(
        **asked.paged("Statements", asked.view.statements, lambda one: statement_row(one, asked.names), "statement")
    )


@page(router, "/statements/{identity}", "statement.html")
def statement(asked: AskedFor, identity: Identity) -> StatementPage:
    """One statement with its words in context, what is known of it, and its links with their reasons."""
    view, names = asked.view, asked.names
    found = view.statement(find_id(view, identity, "statement"))
    found = Corrections(Shelf(view)).flagged(found)
    report = names.report(found.report_id)
    marks: list[Mark] = [("content", found.content.spans)]
    marks += [(label, e.spans) for label, e in (("source", found.source), ("cue", found.cue)) if e]
    sheet = make_sheet(view, found)
    judged = asked.record.judged(found.id)
    return StatementPage(
        title=f"{names.speaker(found)}: {statement_row(found, names)['content'][:80]}",
        statement=statement_row(found, names),
        report=report_line(names, report.id).rpartition(" (")[0],
        passages=find_passages(report.text, marks),
        facts=tuple(fact for fact in sheet.facts if fact[0] not in SHOWN_APART),
        inside=_row(view, names, found.nested_in),
        points_to=_row(view, names, found.refers_to),
        ties=tuple(ties_of(view, names, found, view.links(found.id))),
        events=tuple(line for heading, items in sheet.blocks if heading == "events" for line in map(str, items)),
        history=tuple(map(told, judged)),
        found=as_found(asked.record, asked.record.statement(found.id)) if judged else (),
        seen=judged[-1].id if judged else "",
    )


def _row(view: View, names: Names, identity: str | None) -> StatementRow | None:
    return statement_row(view.statement(identity), names) if identity else None


def ties_of(view: View, names: Names, found: Statement, links: tuple[Link, ...]) -> Iterator[Tie]:
    """Links of a statement as they are seen from it."""
    others = {end for link in links for end in (link.source, link.target)} - {found.id}
    rows = {other.id: statement_row(other, names) for other, _ in view.statements_of(others)}
    for link in links:
        is_from = link.source == found.id
        other = rows.get(link.target if is_from else link.source)
        if other:
            words = link.kind.replace("_", " ") if is_from else PASSIVE.get(link.kind, link.kind)
            yield Tie(
                link.id, words, other, tuple(r.words or r.rule for r in link.reasons), link.confidence, link.review
            )
