"""Reports with their statements as the views of changes, open matters and news look at them, read once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from onrecord.ledger.dates import order_key
from onrecord.ledger.store import Query, View
from onrecord.link.blocking import MOST_LINKED, MOST_TOLD, asked_keys, told_keys
from onrecord.link.entry import Entry, Told
from onrecord.link.stories import Gist, is_near
from onrecord.link.versions import version_keys
from onrecord.model import Report, Statement

KEPT = 256  # reports with their layers


class Shelf:
    """Entries of a view. For the record as it stood at a date, give it that view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.entry = lru_cache(maxsize=KEPT)(self._entry)
        self.neighbours = lru_cache(maxsize=KEPT)(self._neighbours)
        self.versions = lru_cache(maxsize=KEPT)(self._versions)
        self.facts = lru_cache(maxsize=KEPT)(self._facts)
        self.said_of = lru_cache(maxsize=KEPT)(self._said_of)
        self._told_in = lru_cache(maxsize=KEPT)(self._by_id)
        self._reports: dict[str, str] = {}  # statement -> report, of those that were read

    def _entry(self, report_id: str) -> Entry:
        report = self.view.report(report_id)
        return Entry(report, tuple(self.view.statements(Query(report=report_id, attitude=None))))

    def _facts(self, report_id: str) -> Report:
        """A report without its layers."""
        return next(iter(self.view.reports(Query(report=report_id))))

    def _by_id(self, report_id: str) -> dict[str, Told]:
        found = {told.statement.id: told for told in self.entry(report_id).told}
        self._reports.update(dict.fromkeys(found, report_id))
        return found

    def told(self, statement_id: str) -> Told:
        """A statement with its report."""
        report = self._reports.get(statement_id) or self.view.statement(statement_id).report_id
        return self._told_in(report)[statement_id]

    def told_of(self, statement: Statement) -> Told:
        """Likewise of one that was read already."""
        return self._told_in(statement.report_id)[statement.id]

    def _said_of(self, entity: str, word: str, since: str, most: int) -> tuple[Told, ...]:
        """The first `most` statements about an entity with a word, published on a date or after it."""
        found = tuple(self.view.statements(Query(about=entity, text=word, since=since, limit=most)))
        return tuple(self.told(statement.id) for statement in found)

    def linked(self, statement_id: str) -> Iterator[tuple[str, bool, Told]]:
        """(kind, whether it runs from this one, the other end) of the links of a statement, sorted."""
        for link in self.view.links(statement_id):
            is_from = link.source == statement_id
            yield link.kind, is_from, self.told(link.target if is_from else link.source)

    def _versions(self, report_id: str) -> tuple[str, ...]:
        """Ids of the versions of an article, this one among them, oldest first."""
        mine = self.facts(report_id)
        keys = sorted(version_keys(mine))
        there = [
            self.facts(identity) for identity in sorted({report_id, *(self.view.candidates(keys) if keys else ())})
        ]
        known = [report for report in there if report.uri == mine.uri]
        known.sort(key=lambda report: (report.published or "", report.retrieved or "", report.id))
        return tuple(report.id for report in known)

    def is_replaced(self, report_id: str) -> bool:
        """Whether a later version of the report is known."""
        return self.versions(report_id)[-1:] != (report_id,)

    def _neighbours(self, report_id: str) -> tuple[Entry, ...]:
        """Other reports that may be about the same matter, in order of publication.

        Those it is linked with, shares text with, or was compared with.
        """
        mine, view = self.entry(report_id), self.view
        ids = set(view.linked(report_id)) | {end for c in view.copies(report_id) for end in (c.source, c.target)}
        ids |= {end for one, other, _ in view.edges((report_id,)) for end in (one, other)}
        kept = view.gists(view.met(report_id, told_keys(mine.gist), MOST_TOLD))
        ids |= {identity for identity, gist in kept.items() if is_near(mine.gist, Gist.load(gist))}
        ids |= {*view.met(report_id, asked_keys(mine), MOST_LINKED)}
        found = (self.entry(identity) for identity in sorted(ids - {report_id}))
        return tuple(sorted(found, key=lambda e: (order_key(e.report.published), e.report.id)))
