"""What a report adds to what was on the record before it."""

from __future__ import annotations

from onrecord.errors import UsageError
from onrecord.export.shelf import Shelf
from onrecord.ledger.dates import is_until
from onrecord.ledger.store import Query
from onrecord.link.views.news import News, find_news
from onrecord.model import Report


def news_of(shelf: Shelf, report_id: str) -> News:
    """What a report adds; UsageError where it has no date, for nobody can say what came before it.

    Before it are the reports published earlier, and those of the same time as far as the dates tell.
    """
    mine = shelf.entry(report_id)
    when = moment_of(mine.report)
    if when is None:
        raise UsageError(f"{report_id} has no date, so nobody can say what was there before it")
    near = {e.report.id: e for e in (*shelf.neighbours(report_id), *map(shelf.entry, shelf.versions(report_id)))}
    earlier = [e for e in near.values() if e.report.id != report_id and is_until(moment_of(e.report), when)]
    return find_news(mine, earlier, shelf.linked, lambda entity: _has_spoken(shelf, entity, mine.report, when))


def moment_of(report: Report) -> str | None:
    """When a report came out: published, else retrieved."""
    return report.published or report.retrieved


def _has_spoken(shelf: Shelf, entity: str, mine: Report, when: str) -> bool:
    """Whether another report, published by then, has a statement of the entity."""
    found = shelf.view.statements(Query(who=entity, until=when))
    return any(statement.report_id != mine.id for statement in found)
