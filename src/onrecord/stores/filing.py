"""What every store works out of a page before it keeps it: its lines, what they are found by, its seal."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TypeVar

from onrecord.errors import RecordError
from onrecord.ledger.lines import decode, encode
from onrecord.ledger.store import Record
from onrecord.ledger.words import name_key, words
from onrecord.model import (
    Entity,
    Event,
    Figure,
    Mention,
    Page,
    Report,
    Source,
    Span,
    Statement,
    TimeExpression,
    digest,
)

_Kind = TypeVar("_Kind", Report, Entity, Mention, TimeExpression, Figure, Statement, Event)


@dataclass(frozen=True, slots=True)
class Filed:
    """A page as it is kept: each record with its line, both exactly what reading gives back."""

    report: tuple[Report, str]
    source: Source | None
    entities: tuple[tuple[Entity, str], ...]  # by id
    mentions: tuple[tuple[Mention, str], ...]  # by (start, end, id), as times, figures and events are
    times: tuple[tuple[TimeExpression, str], ...]
    figures: tuple[tuple[Figure, str], ...]
    statements: tuple[tuple[Statement, str], ...]  # by (start of the content, id)
    events: tuple[tuple[Event, str], ...] = ()

    def lines(self) -> Iterator[str]:
        """Every line in the order that the seal is taken in."""
        yield self.report[1]
        for part in (self.entities, self.mentions, self.times, self.figures, self.statements, self.events):
            yield from sorted(line for _, line in part)

    def page(self) -> Page:
        """The page again."""
        report = replace(
            self.report[0],
            mentions=tuple(mention for mention, _ in self.mentions),
            times=tuple(time for time, _ in self.times),
            figures=tuple(figure for figure, _ in self.figures),
            events=tuple(event for event, _ in self.events),
            entities=tuple(entity for entity, _ in self.entities),
        )
        return Page(report, self.source, tuple(statement for statement, _ in self.statements))

    def seal(self) -> str:
        """The SHA-256 of the page's lines: a line changed later shows."""
        return seal_of(self.lines())

    def about(self) -> Iterator[tuple[str, str]]:
        """(entity, statement): whom the content of each statement mentions."""
        named = [mention for mention, _ in self.mentions if mention.entity]
        starts = [mention.span.start for mention in named]
        for statement, _ in self.statements:
            found = {
                mention.entity or ""
                for piece in statement.content.spans
                for mention in _from(named, starts, piece)
                if mention.span.end <= piece.end
            }
            yield from ((entity, statement.id) for entity in sorted(found))


def file_page(page: Page, *, read_back: bool = True) -> Filed:
    """A page ready to be kept; RecordError where it does not hang together.

    Its parts are as they are read from their lines, or only figures and statements, which hold what may not be read.
    """
    report = page.report
    if page.source is not None and digest(page.source.data) != report.sha256:
        raise RecordError(f"report {report.id}: its source is not the bytes that its SHA-256 names")
    filed = Filed(
        report=_both(replace(report, supersedes=None)),
        source=page.source,
        entities=_lines(report.entities, lambda entity: (entity.id,), read_back=read_back),
        mentions=_lines(report.mentions, _place, read_back=read_back),
        times=_lines(report.times, _place, read_back=read_back),
        figures=_lines((replace(figure, series=None) for figure in report.figures), _place),
        statements=_lines(map(undressed, page.statements), lambda statement: (start_of(statement), statement.id)),
        events=_lines(report.events, _place, read_back=read_back),
    )
    for part in (filed.mentions, filed.times, filed.figures, filed.statements, filed.events):
        for record, _ in part:
            if record.report_id != report.id:
                raise RecordError(f"{record.id} belongs to {record.report_id!r}, not to report {report.id}")
    return filed


def undressed(statement: Statement) -> Statement:
    """A statement without what it is given on reading, as its report brings it."""
    return replace(statement, claim=None, origin=None, review="none")


def seal_of(lines: Iterable[str]) -> str:
    """The SHA-256 of lines, each ended by a line feed."""
    total = sha256()
    for line in lines:
        total.update(line.encode("utf-8") + b"\n")
    return total.hexdigest()


def start_of(statement: Statement) -> int:
    """Where a statement's content begins, in code points."""
    return statement.content.spans[0].start


def speakers_of(statement: Statement) -> tuple[str, ...]:
    """The entities that a statement is by, the first one first."""
    speaker = statement.speaker
    return tuple(dict.fromkeys(entity for entity in (speaker.entity, *speaker.also) if entity))


def source_words(statement: Statement) -> str:
    """The words of the source; empty where the text names none."""
    return statement.source.quote if statement.source else ""


def statement_words(statement: Statement) -> tuple[str, ...]:
    """What full-text search sees of a statement: its source, cue and content."""
    parts = (statement.source, statement.cue, statement.content)
    return words(" ".join(part.quote for part in parts if part))


def report_words(report: Report) -> tuple[str, ...]:
    """What full-text search sees of a report: its title and text."""
    return words(f"{report.title or ''} {report.text}")


def figure_words(figure: Figure) -> tuple[str, ...]:
    """What full-text search sees of a figure itself: its text and what it counts."""
    return words(f"{figure.text} {figure.of or ''}")


def names_of(entity: Entity) -> tuple[str, ...]:
    """The name keys of an entity, sorted."""
    return tuple(sorted({key for key in map(name_key, (entity.name, *entity.aliases)) if key}))


def _from(named: list[Mention], starts: list[int], piece: Span) -> Iterator[Mention]:
    for position in range(bisect_left(starts, piece.start), bisect_left(starts, piece.end)):
        yield named[position]


def _place(record: Mention | TimeExpression | Figure | Event) -> tuple[int, int, str]:
    return record.span.start, record.span.end, record.id


def _lines(
    records: Iterable[_Kind], order: Callable[[_Kind], tuple[object, ...]], *, read_back: bool = True
) -> tuple[tuple[_Kind, str], ...]:
    found = {record.id: record for record in records}
    both = (_both(record) if read_back else (record, encode(record)) for record in found.values())
    return tuple(sorted(both, key=lambda pair: order(pair[0])))


def _both(record: _Kind) -> tuple[_Kind, str]:
    line = encode(record)
    back: Record = decode(line)
    assert isinstance(back, type(record))
    return back, line
