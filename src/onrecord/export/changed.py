"""What became of what was said, between versions and along copies; what was taken back, and who still has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from onrecord.errors import UsageError
from onrecord.export.shelf import Shelf
from onrecord.ledger.store import Query
from onrecord.link.entry import Entry, Told
from onrecord.link.views.aligning import GIVEN_TO, MOVED, REVERSED, Change, compare_texts, what_became
from onrecord.link.views.corrections import (
    CORRECTED,
    MOVES,
    WITHDRAWN,
    Correction,
    corrected_in,
    find_notes,
    find_withdrawal,
    taken_back,
)
from onrecord.link.views.drift import find_drift
from onrecord.model import Span, Statement

FLAGS = (CORRECTED, WITHDRAWN)


def diff(shelf: Shelf, old: str, new: str) -> tuple[Change, ...]:
    """What became of each claim from one version of an article to another, or from a text to its copy.

    UsageError where the two are one report, or neither versions nor a copy of each other.
    """
    if old == new:
        raise UsageError(f"{old} is one report; a diff needs two versions of an article")
    before, after = shelf.entry(old), shelf.entry(new)
    if before.report.uri and before.report.uri == after.report.uri:
        return compare_texts(before, after)
    copy = shelf.view.copy_of(old, new)
    if copy is None or not copy.share:
        raise UsageError(
            f"{old} and {new} have different addresses, and neither is copied from the other: they are no versions of"
            " one article"
        )
    return compare_texts(before, after)


def notes_of(entry: Entry) -> tuple[Span, ...]:
    """The words by which a report corrects or withdraws an earlier version of itself."""
    withdrawal = find_withdrawal(entry)
    return tuple(sorted({*find_notes(entry), *((withdrawal,) if withdrawal else ())}))


def drift(shelf: Shelf, query: Query) -> Iterator[Change]:
    """What became of statements in later versions, copies and credited retellings of each report that fits, in order.

    Each pair of reports once, told under the earlier one.
    """
    for report in shelf.view.reports(replace(query, limit=None)):
        mine = shelf.entry(report.id)
        for old, new in pairwise(shelf.versions(report.id)):
            if old == report.id:
                yield from (change for change in compare_texts(mine, shelf.entry(new)) if change.before)
        for other in shelf.neighbours(report.id):
            changes = find_drift(mine, other, shelf.view.copy_of(report.id, other.report.id))
            own = (change for change in changes if change.before and change.before.entry.report.id == report.id)
            yield from (change for change in own if not _is_from_another_version(shelf, change, other))


def _is_from_another_version(shelf: Shelf, change: Change, other: Entry) -> bool:
    """Whether a number did not move on the way, but was taken from another version of the article."""
    if change.before is None or change.after is None or MOVED not in change.what:
        return False
    mine = change.before.entry.report.id
    for version in shelf.versions(mine):
        taken = find_drift(shelf.entry(version), other, shelf.view.copy_of(version, other.report.id))
        if version != mine and any(
            c.after and c.after.statement.id == change.after.statement.id and MOVED not in c.what for c in taken
        ):
            return True
    return False


class Corrections:
    """What was taken back later, by statement: `later-corrected` and `withdrawn` are derived, as versions are."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._by_report: dict[str, dict[str, list[Correction]]] = {}

    def of(self, statement: Statement) -> tuple[Correction, ...]:
        """What takes a statement back, in the order of the reports that say so."""
        found = list(self._in_versions(statement.report_id).get(statement.id, ()))
        links = self._shelf.view.links(statement.id) if statement.figures else ()
        for link in links:
            if link.kind in MOVES:
                later = self._shelf.told(link.source if link.target == statement.id else link.target)
                if correction := taken_back(link.kind, later, self._shelf.told(statement.id)):
                    found.append(correction)
        return tuple(dict.fromkeys(found))

    def flagged(self, statement: Statement) -> Statement:
        """The statement with these flags; what was taken back is not told without a caveat."""
        flags = tuple(sorted({*statement.flags, *(correction.flag for correction in self.of(statement))}))
        return statement if set(flags) == set(statement.flags) else replace(statement, flags=flags, plain=False)

    def _in_versions(self, report_id: str) -> dict[str, list[Correction]]:
        if report_id not in self._by_report:
            found: dict[str, list[Correction]] = {}
            versions = self._shelf.versions(report_id)
            later = versions[versions.index(report_id) + 1 :] if report_id in versions else ()
            for new in map(self._shelf.entry, later):
                changes = compare_texts(self._shelf.entry(report_id), new)
                for correction in corrected_in(new, changes):
                    found.setdefault(correction.statement, []).append(correction)
            self._by_report[report_id] = found
        return self._by_report[report_id]


def stale(shelf: Shelf, statements: Iterable[Statement]) -> Iterator[tuple[Told, Correction]]:
    """Statements of other reports that still carry what was taken back, each with what takes it back.

    Only those of the newest version of their article, and not where the words have been put right.
    """
    corrections = Corrections(shelf)
    for statement in statements:
        found = corrections.of(statement)
        if found:
            one = shelf.told(statement.id)
            for other in _retold(shelf, one):
                yield other, found[0]


def _retold(shelf: Shelf, one: Told) -> list[Told]:
    """Where a statement was taken over: by a link that repeats it, a copy, or under credit."""
    mine = one.entry
    found = {o.statement.id: o for kind, is_from, o in shelf.linked(one.statement.id) if kind == "repeats"}
    for near in shelf.neighbours(mine.report.id):
        for change in find_drift(mine, near, shelf.view.copy_of(mine.report.id, near.report.id)):
            if change.before and change.after and change.before.statement.id == one.statement.id:
                found[change.after.statement.id] = change.after
    kept = []
    for other in found.values():
        report = other.entry.report
        if (
            report.id == mine.report.id
            or (report.uri and report.uri == mine.report.uri)
            or shelf.is_replaced(report.id)
        ):
            continue
        if not {MOVED, GIVEN_TO, REVERSED} & set(what_became(one, other)):
            kept.append(other)
    return sorted(kept, key=lambda t: t.order)
