"""What was read or made lately is held, within bounds, so that a report is not read again for each comparison."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

from onrecord import registry
from onrecord.ledger.store import Store
from onrecord.link.cards import Card, card_of
from onrecord.link.entry import Entry
from onrecord.link.stories import Gist
from onrecord.model import Page, Report

if TYPE_CHECKING:  # it brings numpy, which is loaded where it is used
    from onrecord.link.copies import Shingles

# How much is held: about 400 MB in all, whether reports are short or long.
ENTRIES = 1_400_000  # code points of text, each of which takes 200 bytes with what was found in it
WORDINGS = 1_600_000  # words, 50 bytes each
GISTS = 4_000  # 20 kB each
CARDS = 2_000  # 10 kB each

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
    """Entries, wordings, gists and cards of a store's reports."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: Held[Entry] = Held(ENTRIES, lambda entry: len(entry.report.text))
        self._wordings: Held[tuple[Report, Shingles]] = Held(WORDINGS, lambda wording: len(wording[1].words))
        self._gists: Held[Gist] = Held(GISTS)
        self._cards: Held[Card] = Held(CARDS)

    def hold(self, entry: Entry) -> None:
        """Holds what was just made."""
        self._entries.put(entry.report.id, entry)
        self._wordings.put(entry.report.id, _wording(entry))
        self._gists.put(entry.report.id, entry.gist)
        self._cards.put(entry.report.id, card_of(entry))

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

    def cards(self, report_ids: Iterable[str]) -> dict[str, Card]:
        """The cards of these reports; one that has none is read."""
        wanted = sorted(set(report_ids))
        new = self._store.cards(one for one in wanted if one not in self._cards)
        made = {one: Card.load(line) for one, line in new.items()}
        return {
            one: self._cards.get(one, lambda report_id: made.get(report_id) or card_of(self.entry(report_id)))
            for one in wanted
        }

    def read(self, report_ids: Iterable[str]) -> None:
        """Reads those of some reports that are not at hand, some at a time: fewer questions to the store."""
        for page in self._store.pages_of(one for one in report_ids if one not in self._entries):
            self._entries.put(page.report.id, _entry(page))

    def read_wordings(self, report_ids: Iterable[str]) -> None:
        """Likewise what comparing copies needs of them."""
        for report in self._store.reports_of(
            one for one in report_ids if one not in self._wordings and one not in self._entries
        ):
            self._wordings.put(report.id, _wording(Entry(_with_sentences(report), ())))

    def _read(self, report_id: str) -> Entry:
        (page,) = self._store.pages_of((report_id,))
        return _entry(page)

    def _read_wording(self, report_id: str) -> tuple[Report, Shingles]:
        if report_id in self._entries:
            return _wording(self.entry(report_id))
        (stored,) = self._store.reports_of((report_id,))
        return _wording(Entry(_with_sentences(stored), ()))


def _entry(page: Page) -> Entry:
    return Entry(_with_sentences(page.report), page.statements)


def _wording(entry: Entry) -> tuple[Report, Shingles]:
    report = entry.report
    return Report(report.id, "", "", published=report.published, retrieved=report.retrieved), entry.shingles


def _with_sentences(report: Report) -> Report:
    found = registry.load("step", "sentences")()(report)
    return replace(report, sentences=found.sentences, quotations=found.quotations)
