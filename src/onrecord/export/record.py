"""The record as JSON Lines, out and back: docs/reference/record-format.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from onrecord.errors import RecordError, UnknownId
from onrecord.export.changed import Corrections
from onrecord.export.shelf import Shelf
from onrecord.export.verify import Known, references, wrong_with
from onrecord.ledger.judgements import continued
from onrecord.ledger.lines import TYPES, encode, parse_line, record_of, type_of
from onrecord.ledger.store import Query, Record, Store, View
from onrecord.model import (
    Claim,
    Copy,
    Entity,
    Event,
    Figure,
    Judgement,
    Link,
    Mention,
    Origin,
    Page,
    Report,
    Source,
    Statement,
    Story,
    TimeExpression,
    digest,
)

BYTE_ORDER_MARK = "\ufeff"

_Kind = TypeVar(
    "_Kind",
    Report,
    Entity,
    Mention,
    TimeExpression,
    Figure,
    Statement,
    Event,
    Claim,
    Origin,
    Link,
    Copy,
    Story,
    Judgement,
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What reading a record brought."""

    reports: int  # new ones
    known: int  # reports that were there already; they stay as they are
    links: int  # new ones
    copies: int  # new ones
    judgements: int = 0  # new ones


def export_record(view: View, write: Callable[[str], object]) -> int:
    """Writes every line of the record, ended by a line feed, by type, then by id (judgements by number).

    How many lines.

    The same record gives the same characters, whatever store it is in and in whatever order it came.
    """
    count = 0
    corrections = Corrections(Shelf(view))
    for kind in TYPES:
        for record in view.records(kind):
            write(encode(corrections.flagged(record) if isinstance(record, Statement) else record) + "\n")
            count += 1
    return count


def import_record(
    lines: Iterable[str | bytes], store: Store, keys_of: Callable[[Page], Iterable[str]] | None = None
) -> Imported:
    """Adds an exported record to a store; `keys_of` gives the block keys that its pages are filed under.

    Everything is read and checked first: RecordError names the first line that is off, and nothing
    is added. An interrupted import leaves whole reports and goes on when it is run again. Into an
    empty store the links come with the record; beside other reports they wait to be drawn. Judgements go on
    where the log of the store ends; a log that went another way is refused.
    """
    is_empty = next(store.reports(Query(limit=1)), None) is None
    found = _read(lines)
    _check(found, store)
    continued(store.judgements(), found.of(Judgement))
    pages = _pages(found)
    new = sum(store.add(page, keys_of(page) if keys_of else ()) for page in pages)
    links = store.put_links(replace(link, review="none") for link in found.of(Link))
    copies = store.put_copies(found.of(Copy))
    stories = {story.id: story for story in (*found.of(Story), *store.stories())}
    store.put_stories(sorted(stories.values(), key=lambda story: story.id))
    there = {(report.id, report.supersedes) for report in (*found.of(Report), *store.reports())}
    store.put_versions(sorted((newer, older) for newer, older in there if older is not None))
    _put_claims(found, store)
    if is_empty and (found.of(Claim) or not found.of(Statement)):  # a record of an older version has none
        store.mark_settled(page.report.id for page in pages)
    return Imported(new, len(pages) - new, links, copies, store.put_log(found.of(Judgement)))


@dataclass(slots=True)
class _Found:
    """The records of a file by id."""

    records: dict[str, Record] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)  # their numbers
    parts: dict[str, list[Record]] = field(default_factory=dict)  # of each report
    users: dict[str, set[str]] = field(default_factory=dict)  # of each report: the entities that its parts name

    def of(self, kind: type[_Kind]) -> list[_Kind]:
        return [record for record in self.records.values() if isinstance(record, kind)]

    def parts_of(self, report_id: str, kind: type[_Kind]) -> tuple[_Kind, ...]:
        return tuple(part for part in self.parts.get(report_id, ()) if isinstance(part, kind))


def _read(lines: Iterable[str | bytes]) -> _Found:
    found = _Found()
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode("utf-8") if isinstance(line, bytes) else line
            text = text.removeprefix(BYTE_ORDER_MARK) if number == 1 else text
            if text.strip():
                given = parse_line(text)
                record = record_of(given)
                if isinstance(record, Judgement) and parse_line(encode(record)) != given:
                    raise RecordError(f"judgement {record.id}: its line is not the one that was written")
                _take(found, record, number)
        except (RecordError, UnicodeDecodeError) as error:
            raise RecordError(f"line {number}: {error}") from error
    return found


def _put_claims(found: _Found, store: Store) -> None:
    """Claims, origins and series of what has none yet; beside other reports they are assembled again with the links."""
    there = set(store.claimed_with(statement.id for statement in found.of(Statement)))
    claims = [replace(claim, rejected=()) for claim in found.of(Claim) if there.isdisjoint(claim.statements)]
    said = {statement for claim in claims for statement in claim.statements}
    origins = (replace(o, statements=tuple(s for s in o.statements if s in said)) for o in found.of(Origin))
    store.put_claims(claims, [origin for origin in origins if origin.statements], among=())
    figures = [figure for figure in found.of(Figure) if figure.series]
    followed = set(store.in_series_with(figure.id for figure in figures))
    store.put_series([(f.id, f.series) for f in figures if f.series and f.id not in followed], among=())


def _take(found: _Found, record: Record, number: int) -> None:
    encode(record)  # what cannot be written again is not taken
    if record.id in found.records:
        raise RecordError(f"{record.id} stands in line {found.lines[record.id]} already")
    found.records[record.id] = record
    found.lines[record.id] = number
    if isinstance(record, Mention | TimeExpression | Figure | Statement | Event):
        found.parts.setdefault(record.report_id, []).append(record)
        named = found.users.setdefault(record.report_id, set())
        named.update(identity for kind, identity in references(record) if kind == "entity")


def _check(found: _Found, view: View) -> None:
    """RecordError for the first line that does not hold against the file and what is on the record."""
    known = Known(
        text=lambda report_id: _text(found, view, report_id),
        has=lambda kind, identity: _has(found, view, kind, identity),
    )
    for identity, record in found.records.items():
        for wrong in (*wrong_with(record, known), *_wrong_sides(found, record)):
            raise RecordError(f"line {found.lines[identity]}: {wrong}")


def _wrong_sides(found: _Found, record: Record) -> Iterator[str]:
    """A claim or origin and its statements must name each other."""
    if isinstance(record, Statement):
        for identity in filter(None, (record.claim, record.origin)):
            there = found.records.get(identity)
            if not isinstance(there, Claim | Origin) or record.id not in there.statements:
                yield f"statement {record.id}: {identity} does not hold it"
        if bool(record.claim) != bool(record.origin):
            yield f"statement {record.id}: a claim and an origin come together"
    elif isinstance(record, Claim | Origin):
        for identity in record.statements:
            said = found.records.get(identity)
            if isinstance(said, Statement) and record.id not in (said.claim, said.origin):
                yield f"{type_of(record)} {record.id}: statement {identity} is of another"


def _text(found: _Found, view: View, report_id: str) -> str | None:
    record = found.records.get(report_id)
    if isinstance(record, Report):
        return record.text
    return view.report(report_id).text if view.has_report(report_id) else None


def _has(found: _Found, view: View, kind: str, identity: str) -> bool:
    """Parts and entities come with their report; the ends of links may be on the record already."""
    record = found.records.get(identity)
    if record is not None:
        return type_of(record) == kind
    if kind == "statement":
        try:
            view.statement(identity)
        except UnknownId:
            return False
        return True
    return kind == "report" and view.has_report(identity)


def _pages(found: _Found) -> list[Page]:
    """Every report with its parts. An entity that no part names goes with the first report."""
    reports = sorted(found.of(Report), key=lambda report: report.id)
    entities = {entity.id: entity for entity in found.of(Entity)}
    idle = set(entities).difference(*found.users.values())
    if idle and not reports:
        raise RecordError(f"line {found.lines[min(idle)]}: entity {min(idle)} comes without a report")
    pages = []
    for report in reports:
        named = found.users.get(report.id, set()) | (idle if report is reports[0] else set())
        pages.append(_page(report, found, tuple(entities[identity] for identity in sorted(named))))
    return pages


def _page(report: Report, found: _Found, entities: tuple[Entity, ...]) -> Page:
    whole = replace(
        report,
        mentions=found.parts_of(report.id, Mention),
        times=found.parts_of(report.id, TimeExpression),
        figures=found.parts_of(report.id, Figure),
        events=found.parts_of(report.id, Event),
        entities=entities,
    )
    data = report.text.encode("utf-8")
    source = Source(report.sha256, data) if digest(data) == report.sha256 else None
    return Page(whole, source, found.parts_of(report.id, Statement))
