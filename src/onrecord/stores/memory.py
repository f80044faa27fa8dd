"""The reference store: plain dictionaries and plain loops, so that what a store does can be read here."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from pathlib import Path
from typing import TypeVar

from onrecord.errors import StoreError
from onrecord.ledger.lines import decode, encode
from onrecord.ledger.regrouping import find_changes
from onrecord.ledger.store import Query
from onrecord.model import Copy, Failure, Link, Page, Report, Story
from onrecord.stores.blocks import rank_of
from onrecord.stores.filing import file_page
from onrecord.stores.lookup import dangling, kept_as, taken
from onrecord.stores.memory_view import MemoryView

_Derived = TypeVar("_Derived", Link, Copy, Story)


class MemoryStore(MemoryView):
    """Keeps the record for as long as the process runs."""

    def together(self) -> AbstractContextManager[None]:
        """Writes as it goes: what ends a block halfway ends the record with it."""
        return nullcontext()

    def add(self, page: Page, keys: Iterable[str] = ()) -> bool:
        """Files a page; see `Writer.add`."""
        if page.report.id in self._pages:
            return False
        filed, found = file_page(page), frozenset(keys)
        double = [statement.id for statement, _ in filed.statements if statement.id in self._statements]
        if double:
            raise taken(min(double))
        report = filed.report[0]
        self._pages[report.id] = filed
        self._keys[report.id] = frozenset()
        self.put_keys(report.id, found)
        if filed.source is not None:
            self._sources.setdefault(report.sha256, filed.source)
        self._statements |= {statement.id: statement for statement, _ in filed.statements}
        self._figures |= {figure.id: figure for figure, _ in filed.figures}
        self._about |= set(filed.about())
        self._unsettled.add(report.id)
        return True

    def put_keys(self, report_id: str, keys: Iterable[str]) -> None:
        """Files a report under more keys."""
        new = frozenset(keys) - self._keys[report_id]
        self._keys[report_id] |= new
        for key in new:
            insort(self._under.setdefault(key, []), (rank_of(report_id), report_id))

    def put_edges(self, edges: Iterable[tuple[str, str, float]]) -> None:
        """Adds pairs of reports that may be about one matter."""
        for one, other, score in edges:
            self._edges.setdefault(one, {}).setdefault(other, score)
            self._edges.setdefault(other, {}).setdefault(one, score)

    def part(
        self,
        report_id: str,
        *,
        links: Iterable[str] = (),
        copies: Iterable[str] = (),
        edges: Iterable[str] = (),
    ) -> None:
        """Takes links and copies between reports away; see `Writer.part`."""
        unlinked, uncopied = set(links), set(copies)
        for other in edges:
            self._edges[report_id].pop(other, None)
            self._edges[other].pop(report_id, None)
        self._untie(report_id, unlinked)
        self._links = {i: x for i, x in self._links.items() if not self._is_between(x, report_id, unlinked)}
        for identity, copy in list(self._copies.items()):
            ends = {copy.source, copy.target}
            if report_id in ends and ends & uncopied:
                del self._copies[identity]

    def refile(self) -> bool:
        """Nothing in memory is of an older schema."""
        return False

    def mark_settled(self, report_ids: Iterable[str]) -> None:
        """Notes that the links of these reports are drawn."""
        self._unsettled.difference_update(report_ids)

    def put_links(self, links: Iterable[Link]) -> int:
        """Adds links; see `Writer.put_links`."""
        new = _kept(links)
        for link in new.values():
            for end in (link.source, link.target):
                self._needs(end, self._statements, f"link {link.id}")
        return _add_new(self._links, new)

    def put_copies(self, copies: Iterable[Copy]) -> int:
        """Adds copies; see `Writer.put_copies`."""
        new = _kept(copies)
        for copy in new.values():
            for end in (copy.source, copy.target):
                self._needs(end, self._pages, f"copy {copy.id}")
        return _add_new(self._copies, new)

    def put_stories(self, stories: Iterable[Story], among: Iterable[str] | None = None) -> None:
        """Replaces the stories, all or those of some reports."""
        new = _kept(stories)
        for story in new.values():
            for report_id in story.reports:
                self._needs(report_id, self._pages, f"story {story.id}")
        some = None if among is None else set(among)
        kept = {i: s for i, s in self._stories.items() if some is not None and some.isdisjoint(s.reports)}
        were = [story for identity, story in self._stories.items() if identity not in kept]
        self._stories = kept | new
        self.put_story_changes(find_changes(were, new.values()))

    def put_versions(self, pairs: Iterable[tuple[str, str]], among: Iterable[str] | None = None) -> None:
        """Replaces which report supersedes which, of all or of some."""
        new = dict(sorted(pairs, reverse=True))
        for report_id in chain.from_iterable(new.items()):
            self._needs(report_id, self._pages, "a version")
        some = None if among is None else set(among)
        kept = {newer: older for newer, older in self._versions.items() if some is not None and newer not in some}
        self._versions = kept | new

    def put_failure(self, failure: Failure) -> None:
        """Notes a refused input."""
        self._failures.setdefault(kept_as(failure))

    def _needs(self, identity: str, among: Iterable[str], what: str) -> None:
        if identity not in among:
            raise dangling(what, identity)

    def pages_of(self, report_ids: Iterable[str]) -> tuple[Page, ...]:
        """These reports with their layers and statements."""
        wanted = [report_id for report_id in sorted(set(report_ids)) if report_id in self._pages]
        said = (tuple(self.statements(Query(report=report_id, attitude=None))) for report_id in wanted)
        return tuple(Page(self.report(report_id), None, found) for report_id, found in zip(wanted, said, strict=True))

    def reports_of(self, report_ids: Iterable[str]) -> tuple[Report, ...]:
        """These reports without their layers."""
        return tuple(report for one in sorted(set(report_ids)) for report in self.reports(Query(report=one)))

    def check(self) -> tuple[str, ...]:
        """Nothing can change what is held here."""
        return ()

    def backup(self, path: Path) -> None:
        """Writes the record as a SQLite store."""
        if path.exists():
            raise StoreError(f"{path} is there already; a backup overwrites nothing")
        from onrecord.stores.sqlite import SqliteStore

        target = SqliteStore(path)
        try:
            for report_id, filed in self._pages.items():
                target.add(filed.page(), self._keys[report_id])
            target.put_links(self._links.values())
            target.put_copies(self._copies.values())
            target.put_claims(self._claims.values(), self.all_origins())
            target.put_traces(self._traces)
            target.put_ties(self.ties(self._ties))
            target.put_series(self._series.items())
            target.put_stories(self._stories.values())
            target.put_story_changes(self._changes)
            target.put_versions(self._versions.items())
            for report_id, gist in self._gists.items():
                target.put_gist(report_id, gist)
            for report_id, card in self._cards.items():
                target.put_card(report_id, card)
            target.put_edges(self.edges(self._edges))
            target.put_log(self._log)
            target.mark_settled(self._pages.keys() - self._unsettled)
            for failure in self._failures:
                target.put_failure(failure)
        finally:
            target.close()

    def close(self) -> None:
        """Nothing to free."""


def _kept(records: Iterable[_Derived]) -> dict[str, _Derived]:
    """Derived records by id, exactly as a line gives them back."""
    kept: dict[str, _Derived] = {}
    for record in records:
        back = decode(encode(record))
        assert isinstance(back, type(record))
        kept.setdefault(record.id, back)
    return kept


def _add_new(kept: dict[str, _Derived], new: dict[str, _Derived]) -> int:
    fresh = {identity: record for identity, record in new.items() if identity not in kept}
    kept |= fresh
    return len(fresh)
