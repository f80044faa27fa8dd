"""The list of reports."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from onrecord.export.rows import ReportRow, report_row
from onrecord.web.pages import AskedFor, ListPage, page

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsPage(ListPage):
    """Reports without their texts, by date."""

    rows: tuple[ReportRow, ...]


@page(router, "/reports", "reports.html", csv="rows")
def reports(asked: AskedFor) -> ReportsPage:
    """The reports that fit, oldest first."""
    return ReportsPage(**asked.paged("Reports", asked.view.reports, report_row, "report"))
