"""Gists and cards in SQLite: what linking looks at of a report, so that no text is read again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects.sqlite import insert

from onrecord.stores import queries, tables


class GistsView(ABC):
    """What a SQLite database has of gists and cards."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the record."""

    def gists(self, report_ids: Iterable[str]) -> dict[str, str]:
        """What is kept for grouping of these reports."""
        return self._of_reports(tables.gists, report_ids)

    def cards(self, report_ids: Iterable[str]) -> dict[str, str]:
        """What is asked of these reports before they are read."""
        return self._of_reports(tables.cards, report_ids)

    def _of_reports(self, kept: Table, report_ids: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        reports = tables.reports
        with self._reading() as connection:
            for some in queries.chunks(report_ids):
                rows = select(reports.c.id, kept.c.body).join(kept, kept.c.report_n == reports.c.n)
                found.update((row[0], row[1]) for row in connection.execute(rows.where(reports.c.id.in_(some))))
        return found


class GistsWriter(ABC):
    """Likewise, as far as a store writes it."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """One transaction."""

    def put_gist(self, report_id: str, gist: str) -> None:
        """Keeps what grouping looks at of a report."""
        self._put(tables.gists, report_id, gist)

    def put_card(self, report_id: str, card: str) -> None:
        """Keeps what is asked of a report before it is read."""
        self._put(tables.cards, report_id, card)

    def _put(self, kept: Table, report_id: str, body: str) -> None:
        with self._writing() as connection:
            number = connection.execute(select(tables.reports.c.n).where(tables.reports.c.id == report_id)).scalar_one()
            row = insert(kept).values(report_n=number, body=body)
            connection.execute(row.on_conflict_do_update(index_elements=["report_n"], set_={"body": body}))
