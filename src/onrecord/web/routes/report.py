"""One report: its text with every statement marked, what it adds, and its versions side by side."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter

from onrecord.errors import UnknownId, UsageError
from onrecord.export.annotated import Added, Wanted, added_by, annotate_report
from onrecord.export.annotated import Annotated as ReportPage
from onrecord.export.compared import Compared, compare_reports
from onrecord.export.shelf import Shelf
from onrecord.ledger.asking import find_report
from onrecord.model import Span
from onrecord.web.pages import AskedFor, page
from onrecord.web.parameters import Identity, matching, read_words, words

router = APIRouter()
PLACE = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
LONGEST = 80  # characters of the id of a statement


@page(router, "/reports/{identity}/versions/{other}", "versions.html")
def versions(asked: AskedFor, identity: Identity, other: Identity) -> Compared:
    """Two versions of an article, or a text and its copy: claim by claim, and side by side."""
    old, new = (find_report(asked.view, one) for one in (identity, other))
    try:
        return compare_reports(Shelf(asked.view), asked.names, old, new)
    except UsageError as error:  # two that have nothing to do with each other: there is no such page
        raise UnknownId(str(error)) from error


@page(router, "/reports/{identity}/new", "report_new.html")
def report_news(asked: AskedFor, identity: Identity) -> Added:
    """What a report adds to what was on the record before it."""
    return added_by(Shelf(asked.view), asked.names, find_report(asked.view, identity))


@page(router, "/reports/{identity}", "report.html")
def report(
    asked: AskedFor,
    identity: Identity,
    s: Annotated[str, words("The id of a statement that the page is to hold.", LONGEST)] = "",
    at: Annotated[str, matching("Words to be seen: START-END in code points.", f"^({PLACE.pattern})?$")] = "",
) -> ReportPage:
    """A report as read, its statements marked, with who says so, how sure, said when, and what answers it."""
    wanted = Wanted(
        who=asked.filters.who,
        stance=asked.filters.stance,
        page=asked.page if asked.request.query_params.get("page") else None,
        statement=read_words("s", s, LONGEST),
        at=_place(at),
    )
    return annotate_report(Shelf(asked.view), asked.names, find_report(asked.view, identity), wanted)


def _place(given: str) -> Span | None:
    """Where the words stand that are to be seen; UsageError for what is no place, UnknownId where no word can be."""
    if not given:
        return None
    found = PLACE.fullmatch(given)
    if not found:
        raise UsageError(f"at = {given[:40]!r} is no place in a text: give START-END, counted in code points from 0")
    start = int(found[1])
    end = int(found[2]) if found[2] else start + 1
    if end <= start:
        raise UnknownId(f"at = {given!r} ends before it starts: no words stand there")
    return Span(start, end)
