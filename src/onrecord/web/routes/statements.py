"""The list of statements, and one with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from onrecord.export.rows import StatementRow, statement_row
from onrecord.web.pages import AskedFor, ListPage, page

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsPage(ListPage):
    """Statements by the dates of their reports, in the order of the text."""

    rows: tuple[StatementRow, ...]


@page(router, "/statements", "statements.html", csv="rows")
def statements(asked: AskedFor) -> StatementsPage:
    """Who said what, when and how sure."""
    return StatementsPage(
        **asked.paged("Statements", asked.view.statements, lambda one: statement_row(one, asked.names), "statement")
    )
