"""One report: its text with every statement marked, what it adds, and its versions side by side."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Parameter

from onrecord.errors import UsageError
from onrecord.export.annotated import Added, Wanted, added_by, annotate_report
from onrecord.export.annotated import Annotated as ReportPage
from onrecord.export.compared import Compared, compare_reports
from onrecord.export.shelf import Shelf
from onrecord.ledger.asking import find_report
from onrecord.model import Span
from onrecord.web.pages import AskedFor, page

router = APIRouter()
PLACE = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)
LONGEST = 80  # characters of the id of a statement


@page(router, "/reports/{identity}/versions/{other}", "versions.html")
def versions(asked: AskedFor, identity: str, other: str) -> Compared:
    """Two versions of an article, or a text and its copy: claim by claim, and side by side."""
    old, new = (find_report(asked.view, one) for one in (identity, other))
    return compare_reports(Shelf(asked.view), asked.names, old, new)


@page(router, "/reports/{identity}/new", "report_new.html")
def report_news(asked: AskedFor, identity: str) -> Added:
    """What a report adds to what was on the record before it."""
    return added_by(Shelf(asked.view), asked.names, find_report(asked.view, identity))


@page(router, "/reports/{identity}", "report.html")
def report(
    asked: AskedFor,
    identity: str,
    s: Annotated[str | None, Parameter(description="The id of a statement that the page is to hold.")] = None,
    at: Annotated[str | None, Parameter(description="Words to be seen: START-END in code points.")] = None,
) -> ReportPage:
    """A report as read, its statements marked, with who says so, how sure, said when, and what answers it."""
    wanted = Wanted(
        who=asked.filters.who,
        stance=asked.filters.stance,
        page=asked.page if asked.request.query_params.get("page") else None,
        statement=_identity(s),
        at=_place(at),
    )
    return annotate_report(Shelf(asked.view), asked.names, find_report(asked.view, identity), wanted)


def _identity(given: str | None) -> str | None:
    if given and (len(given) > LONGEST or not given.isprintable()):
        raise UsageError(f"s is the id of a statement; it has {len(given):,} characters, {LONGEST} are the most")
    return given or None


def _place(given: str | None) -> Span | None:
    """Where the words stand that are to be seen; UsageError for what is no place."""
    if not given:
        return None
    found = PLACE.fullmatch(given)
    if not found:
        raise UsageError(f"at = {given[:40]!r} is no place in a text: give START-END, counted in code points from 0")
    start = int(found[1])
    end = int(found[2]) if found[2] else start + 1
    if end <= start:
        raise UsageError(f"at = {given!r} ends before it starts")
    return Span(start, end)
