"""The default store: one SQLite file, one transaction a report."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import local
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.dialects.sqlite import insert as insert_or

from onrecord.errors import StoreError
from onrecord.ledger.dates import order_key
from onrecord.ledger.lines import decode
from onrecord.ledger.regrouping import find_changes
from onrecord.ledger.words import name_key
from onrecord.model import Copy, Failure, Figure, Link, Page, Statement, Story, digest
from onrecord.stores import blocks, queries, spoken, tables
from onrecord.stores.checking import broken_seals, broken_sources
from onrecord.stores.claims_sqlite import ClaimsWriter, misplaced, untie
from onrecord.stores.database import forget_drawn, open_database, told
from onrecord.stores.filing import (
    Filed,
    figure_words,
    file_page,
    names_of,
    report_words,
    source_words,
    speakers_of,
    start_of,
    statement_words,
)
from onrecord.stores.gists_sqlite import GistsWriter
from onrecord.stores.inserting import add_new, known, need, next_number, put_rows, with_lines
from onrecord.stores.judging_sqlite import JudgingWriter, broken_log
from onrecord.stores.lookup import kept_as, taken
from onrecord.stores.regrouping_sqlite import RegroupingWriter, note
from onrecord.stores.sqlite_view import SqliteView


class SqliteStore(GistsWriter, JudgingWriter, RegroupingWriter, ClaimsWriter, SqliteView):
    """Keeps the record in a SQLite file: WAL, synchronous=FULL, foreign keys, full-text search."""

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        super().__init__(Path(path), open_database(Path(path), create=create))
        self._open = local()  # of each thread, the transaction that it has made with `together`

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction of all that is written in the block; see `Writer.together`."""
        if self._shared is not None:
            yield
            return
        with self._writing() as connection:
            self._open.connection = connection
            try:
                yield
            finally:
                self._open.connection = None

    @property
    def _shared(self) -> Connection | None:
        return getattr(self._open, "connection", None)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection that sees one state, or what an open transaction of this thread has written."""
        if self._shared is None:
            with super()._reading() as connection:
                yield connection
        else:
            with told(self.path):
                yield self._shared

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction: all of it or none, whatever ends it."""
        if self._shared is not None:
            with told(self.path):
                yield self._shared
            return
        if self._engine is None:
            raise StoreError(f"{self.path} is closed")
        with (
            told(self.path),
            self._engine.connect().execution_options(begin="IMMEDIATE") as connection,
            connection.begin(),
        ):
            yield connection

    def add(self, page: Page, keys: Iterable[str] = ()) -> bool:
        """Files a page; see `Writer.add`."""
        if self.has_report(page.report.id):
            return False
        filed, found = file_page(page, read_back=False), sorted(set(keys))
        with self._writing() as connection:
            if known(connection, tables.reports, [page.report.id]):  # another writer was faster
                return False
            double = known(connection, tables.statements, (statement.id for statement, _ in filed.statements))
            if double:
                raise taken(min(double))
            _file(connection, filed, found)
        return True

    def put_keys(self, report_id: str, keys: Iterable[str]) -> None:
        """Files a report under more keys."""
        with self._writing() as connection:
            number = connection.execute(select(tables.reports.c.n).where(tables.reports.c.id == report_id)).scalar_one()
            rows = blocks.rows_of(report_id, number, keys)
            if rows:
                connection.execute(insert_or(tables.blocks).on_conflict_do_nothing(), rows)

    def put_edges(self, edges: Iterable[tuple[str, str, float]]) -> None:
        """Adds pairs of reports that may be about one matter."""
        rows = [{"one": one, "other": other, "score": score} for one, other, score in edges]
        if rows:
            with self._writing() as connection:
                connection.execute(insert_or(tables.nearness).on_conflict_do_nothing(), rows)

    def part(
        self,
        report_id: str,
        *,
        links: Iterable[str] = (),
        copies: Iterable[str] = (),
        edges: Iterable[str] = (),
    ) -> None:
        """Takes links and copies between reports away; see `Writer.part`."""
        said, made, both = tables.statements, tables.links, tables.copies
        with self._writing() as connection:
            for others in queries.chunks(links):
                mine = select(said.c.id).join(tables.reports, said.c.report_n == tables.reports.c.n)
                theirs = mine.where(tables.reports.c.id.in_(others))
                mine = mine.where(tables.reports.c.id == report_id)
                connection.execute(delete(made).where(made.c.source.in_(mine), made.c.target.in_(theirs)))
                connection.execute(delete(made).where(made.c.target.in_(mine), made.c.source.in_(theirs)))
                untie(connection, report_id, others)
            for others in queries.chunks(copies):
                connection.execute(delete(both).where(both.c.source == report_id, both.c.target.in_(others)))
                connection.execute(delete(both).where(both.c.target == report_id, both.c.source.in_(others)))
            near = tables.nearness
            for others in queries.chunks(edges):
                connection.execute(delete(near).where(near.c.one == report_id, near.c.other.in_(others)))
                connection.execute(delete(near).where(near.c.other == report_id, near.c.one.in_(others)))

    def refile(self) -> bool:
        """Takes away what an older schema had drawn."""
        with self._writing() as connection:
            return forget_drawn(connection)

    def mark_settled(self, report_ids: Iterable[str]) -> None:
        """Notes that the links of these reports are drawn."""
        with self._writing() as connection:
            for some in queries.chunks(report_ids):
                settled = select(tables.reports.c.n).where(tables.reports.c.id.in_(some))
                connection.execute(delete(tables.unsettled).where(tables.unsettled.c.report_n.in_(settled)))

    def put_links(self, links: Iterable[Link]) -> int:
        """Adds links; see `Writer.put_links`."""
        new = with_lines(links)
        with self._writing() as connection:
            need(connection, tables.statements, "link", ((link.id, (link.source, link.target)) for link, _ in new))
            return add_new(
                connection,
                tables.links,
                [
                    {"id": link.id, "source": link.source, "target": link.target, "kind": link.kind, "body": body}
                    for link, body in new
                ],
            )

    def put_copies(self, copies: Iterable[Copy]) -> int:
        """Adds copies; see `Writer.put_copies`."""
        new = with_lines(copies)
        with self._writing() as connection:
            need(connection, tables.reports, "copy", ((copy.id, (copy.source, copy.target)) for copy, _ in new))
            return add_new(
                connection,
                tables.copies,
                [{"id": copy.id, "source": copy.source, "target": copy.target, "body": body} for copy, body in new],
            )

    def put_stories(self, stories: Iterable[Story], among: Iterable[str] | None = None) -> None:
        """Replaces the stories, all or those of some reports."""
        new = with_lines(stories)
        with self._writing() as connection:
            need(connection, tables.reports, "story", ((story.id, story.reports) for story, _ in new))
            held, were = tables.story_reports, list[str]()
            if among is None:
                were += connection.execute(select(tables.stories.c.body)).scalars()
                connection.execute(delete(held))
                connection.execute(delete(tables.stories))
            for some in queries.chunks(among or ()):
                gone = (
                    connection.execute(select(held.c.story).where(held.c.report.in_(some)).distinct()).scalars().all()
                )
                for ids in queries.chunks(gone):
                    old = select(tables.stories.c.body).where(tables.stories.c.id.in_(ids))
                    were += connection.execute(old).scalars()
                    connection.execute(delete(held).where(held.c.story.in_(ids)))
                    connection.execute(delete(tables.stories).where(tables.stories.c.id.in_(ids)))
            put_rows(
                connection,
                tables.stories,
                [{"id": story.id, "dated": order_key(story.first), "body": body} for story, body in new],
            )
            members = [
                {"story": story.id, "report": report} for story, _ in new for report in sorted(set(story.reports))
            ]
            put_rows(connection, held, members)
            note(connection, find_changes(map(_as_story, were), (story for story, _ in new)))

    def put_versions(self, pairs: Iterable[tuple[str, str]], among: Iterable[str] | None = None) -> None:
        """Replaces which report supersedes which, of all or of some."""
        new = dict(sorted(pairs, reverse=True))
        with self._writing() as connection:
            need(connection, tables.reports, "version", ((newer, (newer, older)) for newer, older in new.items()))
            if among is None:
                connection.execute(delete(tables.versions))
            for some in queries.chunks(among or ()):
                connection.execute(delete(tables.versions).where(tables.versions.c.newer.in_(some)))
            put_rows(connection, tables.versions, [{"newer": newer, "older": older} for newer, older in new.items()])

    def put_failure(self, failure: Failure) -> None:
        """Notes a refused input."""
        kept = kept_as(failure)
        row = {"input": kept.input, "reason": kept.reason, "detail": kept.detail, "step": kept.step}
        with self._writing() as connection:
            connection.execute(insert_or(tables.failures).on_conflict_do_nothing(), [row])

    def check(self) -> tuple[str, ...]:
        """What the database says of itself, the bytes against their SHA-256, each page against its seal."""
        with self._reading() as connection:
            found = [line for (line,) in connection.execute(text("PRAGMA integrity_check")) if line != "ok"]
            dangling = connection.execute(text("PRAGMA foreign_key_check"))
            found += [f"{row[0]} row {row[1]}: what it refers to in {row[2]} is not there" for row in dangling]
            found += broken_sources(connection)
            found += broken_seals(connection)
            found += broken_log(connection)
        return tuple(found)

    def backup(self, path: Path) -> None:
        """A consistent copy at `path`, taken while others read and write."""
        if path.exists():
            raise StoreError(f"{path} is there already; a backup overwrites nothing")
        if self._engine is None:
            raise StoreError(f"{self.path} is closed")
        partial = path.with_name(path.name + ".partial")
        try:
            partial.unlink(missing_ok=True)
            with (
                told(path),
                closing(sqlite3.connect(partial)) as target,
                closing(self._engine.raw_connection()) as source,
            ):
                source.driver_connection.backup(target)  # type: ignore[union-attr]
            partial.replace(path)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror or error}") from error
        finally:
            if path.parent.is_dir():
                partial.unlink(missing_ok=True)

    def close(self) -> None:
        """Lets go of the file."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def _as_story(body: str) -> Story:
    record = decode(body)
    if not isinstance(record, Story):
        raise misplaced(record.id, Story)
    return record


def _file(connection: Connection, filed: Filed, keys: list[str]) -> None:
    """Every row of a page."""
    report, body = filed.report
    if filed.source is not None:
        row = {"sha256": report.sha256, "media_type": filed.source.media_type, "data": filed.source.data}
        connection.execute(insert_or(tables.sources).on_conflict_do_nothing(), [row])
    number = next_number(connection, tables.reports)
    put_rows(
        connection,
        tables.reports,
        [
            {
                "n": number,
                "id": report.id,
                "sha256": report.sha256,
                "published": report.published,
                "retrieved": report.retrieved,
                "dated": order_key(report.published),
                "body": body,
                "seal": filed.seal(),
            }
        ],
    )
    put_rows(connection, tables.unsettled, [{"report_n": number}])
    put_rows(connection, tables.blocks, blocks.rows_of(report.id, number, keys))
    _file_entities(connection, filed, number)
    for table, layer in (
        (tables.mentions, filed.mentions),
        (tables.times, filed.times),
        (tables.events, filed.events),
    ):
        put_rows(
            connection,
            table,
            [{"id": part.id, "report_n": number, "start": part.span.start, "body": line} for part, line in layer],
        )
    figures = next_number(connection, tables.figures)
    put_rows(
        connection, tables.figures, [_figure_row(n, number, *both) for n, both in enumerate(filed.figures, figures)]
    )
    first = next_number(connection, tables.statements)
    put_rows(
        connection, tables.statements, [_statement_row(n, number, *s) for n, s in enumerate(filed.statements, first)]
    )
    _file_people(connection, filed, first)
    said = [s for s, _ in filed.statements if s.commitment.attitude == spoken.SPEECH]
    by = [(e, None) for s in said for e in speakers_of(s)]
    unnamed = [(None, name_key(source_words(s)) or None) for s in said if not speakers_of(s)]
    spoken.count(connection, [*by, *unnamed], report.published)
    spoken.note_wordings(connection, map(_wording, (s for s, _ in filed.statements if not speakers_of(s))))
    _file_words(connection, "report", [(number, report_words(report))])
    _file_words(connection, "figure", [(n, figure_words(f)) for n, (f, _) in enumerate(filed.figures, figures)])
    _file_words(connection, "statement", [(n, statement_words(s)) for n, (s, _) in enumerate(filed.statements, first)])


def _file_entities(connection: Connection, filed: Filed, number: int) -> None:
    digests = [(entity, line, digest(line.encode("utf-8"))) for entity, line in filed.entities]
    bodies = [{"id": entity.id, "digest": sha, "body": line} for entity, line, sha in digests]
    held = [{"report_n": number, "entity": entity.id, "digest": sha} for entity, _, sha in digests]
    names = [{"key": key, "entity": entity.id} for entity, _ in filed.entities for key in names_of(entity)]
    if bodies:
        connection.execute(insert_or(tables.entities).on_conflict_do_nothing(), bodies)
        connection.execute(insert(tables.report_entities), held)
    if names:
        connection.execute(insert_or(tables.names).on_conflict_do_nothing(), names)


def _file_people(connection: Connection, filed: Filed, first: int) -> None:
    numbers = {statement.id: n for n, (statement, _) in enumerate(filed.statements, first)}
    by = ((entity, numbers[s.id]) for s, _ in filed.statements for entity in speakers_of(s))
    of = ((entity, numbers[statement_id]) for entity, statement_id in filed.about())
    put_rows(connection, tables.speakers, [{"entity": entity, "statement_n": n} for entity, n in by])
    put_rows(connection, tables.about, [{"entity": entity, "statement_n": n} for entity, n in of])


def _file_words(connection: Connection, kind: str, rows: list[tuple[int, tuple[str, ...]]]) -> None:
    if rows:
        into = text(f"INSERT INTO {kind}_words (rowid, words) VALUES (:n, :words)")  # noqa: S608  # our own names
        connection.execute(into, [{"n": n, "words": " ".join(found)} for n, found in rows])


def _wording(statement: Statement) -> tuple[str, str, str]:
    words = source_words(statement)
    return name_key(words), statement.commitment.attitude, words


def _figure_row(n: int, report_n: int, figure: Figure, line: str) -> dict[str, Any]:
    return {
        "n": n,
        "id": figure.id,
        "report_n": report_n,
        "start": figure.span.start,
        "statement": figure.statement,
        "place": figure.where,
        "body": line,
    }


def _statement_row(n: int, report_n: int, statement: Statement, line: str) -> dict[str, Any]:
    return {
        "n": n,
        "id": statement.id,
        "report_n": report_n,
        "start": start_of(statement),
        "stance": statement.commitment.stance,
        "attitude": statement.commitment.attitude,
        "plain": statement.plain,
        "words": source_words(statement),
        "unnamed": None if speakers_of(statement) else name_key(source_words(statement)) or None,
        "body": line,
    }
