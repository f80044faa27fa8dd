"""The list of what is open, and what closed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from onrecord.export.change_rows import OpenRow, is_in_time, open_row
from onrecord.export.naming import Names
from onrecord.export.shelf import Shelf
from onrecord.ledger.store import Query, View
from onrecord.link.claims import JOINING
from onrecord.link.entry import Told, plain_terms
from onrecord.link.views.accusations import is_evasion
from onrecord.link.views.ahead import FORECAST, PROMISE, subject_of
from onrecord.link.views.openings import Opening, make_opening, what_opens

MOST_NAMES, MOST_WORDS = 2, 3  # that are looked for
KEPT = 8  # reports whose neighbours are at hand: statements come report by report
MOST = 50  # statements with one of them


def find_openings(shelf: Shelf, query: Query) -> Iterator[Opening]:
    """Every matter that a statement which fits opens, in order of the statements."""

    @lru_cache(maxsize=KEPT)
    def beside(report_id: str) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
        found = near(shelf, report_id)
        return found, tuple(told for told in found if is_evasion(told))

    for statement in shelf.view.statements(replace(query, attitude="speech", limit=None)):
        others, evasions = beside(statement.report_id)
        if opening := _opening(shelf, shelf.told_of(statement), others, evasions):
            yield opening


def opening_of(shelf: Shelf, one: Told) -> Opening | None:
    """What one statement opens, and what closed it."""
    others = near(shelf, one.statement.report_id)
    return _opening(shelf, one, others, tuple(told for told in others if is_evasion(told)))


def _opening(shelf: Shelf, one: Told, others: tuple[Told, ...], evasions: tuple[Told, ...]) -> Opening | None:
    what = what_opens(one, evasions)
    if what is None:
        return None
    later = [(kind, told) for kind, is_from, told in shelf.linked(one.statement.id) if not is_from]
    opening = make_opening(one, what, later, others)
    if opening.closed_by is None and what in (PROMISE, FORECAST):
        opening = make_opening(one, what, later, (*others, *told_later(shelf, one)))
    return opening


def merge_retold(shelf: Shelf, openings: Iterable[Opening]) -> Iterator[tuple[Opening, tuple[Told, ...]]]:
    """Each matter once, as it was first told, with the statements that tell it again."""
    told: set[str] = set()
    for opening in openings:
        identity = opening.told.statement.id
        if identity not in told:
            again = [other for kind, _, other in shelf.linked(identity) if kind in JOINING]
            told |= {identity, *(other.statement.id for other in again)}
            yield opening, tuple(sorted(again, key=lambda other: other.order))


def near(shelf: Shelf, report_id: str) -> tuple[Told, ...]:
    """The statements of a report, of its other versions, and of the reports that may be about its matter."""
    versions = (shelf.entry(identity) for identity in shelf.versions(report_id))
    found = {entry.report.id: entry for entry in (*shelf.neighbours(report_id), *versions, shelf.entry(report_id))}
    return tuple(told for entry in found.values() for told in entry.told)


def told_later(shelf: Shelf, one: Told) -> Iterator[Told]:
    """Statements about whom or what a statement names, with one of its words, published after it however long.

    What came of a forecast is mostly told when the reports around it are long forgotten.
    """
    names = sorted(term for term in one.terms if term in one.entry.entities)
    words = sorted(subject_of(one) & plain_terms(one))
    since = one.entry.report.published
    if not since:
        return
    for name in names[:MOST_NAMES]:
        for word in words[:MOST_WORDS]:
            yield from shelf.said_of(name, word, since, MOST)


def open_rows(view: View, query: Query, as_of: str | None, due: str | None = None) -> Iterator[OpenRow]:
    """What is open, a row each; overdue is counted from `as_of`, else from the newest report; `due` by that date."""
    names, shelf = Names(view), Shelf(view)
    today = as_of or view.newest()
    for opening, again in merge_retold(shelf, find_openings(shelf, query)):
        row = open_row(opening, again, names, today)
        if is_in_time(row, due):
            yield row
