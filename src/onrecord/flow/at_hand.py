"""What was read or made lately is held, within bounds, so that a report is not read again for each comparison."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

from onrecord import registry
from onrecord.ledger.store import Query, Store
from onrecord.link.entry import Entry
from onrecord.link.stories import Gist
from onrecord.model import Report

if TYPE_CHECKING:  # it brings numpy, which is loaded where it is used
    from onrecord.link.copies import Shingles

# How much is held: about 400 MB in all, whether reports are short or long.
ENTRIES = 1_400_000  # code points of text, each of which takes 200 bytes with what was found in it
WORDINGS = 1_600_000  # words, 50 bytes each
GISTS = 4_000  # 20 kB each

Kind = TypeVar("Kind")


class Held(Generic[Kind]):
    """The things used last, as many as weigh no more than `most` in all; the very last whatever it weighs."""

    def __init__(self, most: int, weigh: Callable[[Kind], int] = lambda _: 1) -> None:
        self._most, self._weigh, self._weight = most, weigh, 0
        self._held: OrderedDict[str, Kind] = OrderedDict()

    def __contains__(self, identity: str) -> bool:
        return identity in self._held

    def get(self, identity: str, read: Callable[[str], Kind]) -> Kind:
        """The thing of this id, read where it is not held."""
        if identity in self._held:
            self._held.move_to_end(identity)
            return self._held[identity]
        return self.put(identity, read(identity))

    def put(self, identity: str, thing: Kind) -> Kind:
        """Holds a thing, and lets go of those used longest ago."""
        if identity in self._held:
            self._weight -= self._weigh(self._held.pop(identity))
        self._held[identity] = thing
        self._weight += self._weigh(thing)
        while self._weight > self._most and len(self._held) > 1:
            self._weight -= self._weigh(self._held.popitem(last=False)[1])
        return thing


class AtHand:
    """Entries, wordings and gists of a store's reports."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: Held[Entry] = Held(ENTRIES, lambda entry: len(entry.report.text))
        self._wordings: Held[tuple[Report, Shingles]] = Held(WORDINGS, lambda wording: len(wording[1].words))
        self._gists: Held[Gist] = Held(GISTS)

    def hold(self, entry: Entry) -> None:
        """Holds what was just made."""
        self._entries.put(entry.report.id, entry)
        self._wordings.put(entry.report.id, _wording(entry))
        self._gists.put(entry.report.id, entry.gist)

    def entry(self, report_id: str) -> Entry:
        """A report with its statements; its sentences are found again, working layers are not kept."""
        return self._entries.get(report_id, self._read)

    def wording(self, report_id: str) -> tuple[Report, Shingles]:
        """A report without its text, and its runs of words: what comparing copies needs."""
        return self._wordings.get(report_id, self._read_wording)

    def gists(self, report_ids: Iterable[str]) -> list[Gist]:
        """Those kept, in order of the ids; a report of an imported record has none before it is told."""
        wanted = sorted(set(report_ids))
        new = self._store.gists(one for one in wanted if one not in self._gists)
        found = {one: Gist.load(line) for one, line in new.items()}
        there = [
            found[one] if one in found else self._gists.get(one, found.__getitem__)
            for one in wanted
            if one in found or one in self._gists
        ]
        for one, gist in found.items():
            self._gists.put(one, gist)
        return there

    def _read(self, report_id: str) -> Entry:
        report = _with_sentences(self._store.report(report_id))
        return Entry(report, tuple(self._store.statements(Query(report=report_id, attitude=None))))

    def _read_wording(self, report_id: str) -> tuple[Report, Shingles]:
        if report_id in self._entries:
            return _wording(self.entry(report_id))
        (stored,) = self._store.reports(Query(report=report_id))
        return _wording(Entry(_with_sentences(stored), ()))


def _wording(entry: Entry) -> tuple[Report, Shingles]:
    report = entry.report
    return Report(report.id, "", "", published=report.published, retrieved=report.retrieved), entry.shingles


def _with_sentences(report: Report) -> Report:
    found = registry.load("step", "sentences")()(report)
    return replace(report, sentences=found.sentences, quotations=found.quotations)
