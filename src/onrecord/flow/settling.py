"""Links, copies, claims, stories and versions of what is new, drawn report by report.

Each comparison looks at the pair alone: the order of adding does not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from onrecord.flow.at_hand import AtHand
from onrecord.ledger.store import Query, Store
from onrecord.link.assembling import bring_up_to_date, find_taken
from onrecord.link.blocking import MOST_COPIED, MOST_LINKED, MOST_TOLD, asked_keys, block_keys, copy_keys, told_keys
from onrecord.link.cards import card_of, may_be_linked
from onrecord.link.claims import own_origin
from onrecord.link.entry import Entry
from onrecord.link.relations import links_between, links_within
from onrecord.link.series import bring_series_up_to_date, find_ties
from onrecord.link.stories import Edge, Gist, edge_between, group, is_near
from onrecord.link.versions import find_versions, version_keys
from onrecord.model import Copy, Link, Origin

TOGETHER = 20  # reports read by one round of questions
AT_ONCE = 100  # reports whose claims are assembled together


class Settling:
    """Draws links and copies report by report, with what was read lately at hand."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at_hand = AtHand(store)
        self._told: set[str] = set()  # reports whose stories are to be found
        self._addresses: set[str] = set()
        self._drawn: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}  # whose claims are to be assembled
        self._taken: dict[tuple[str, str], bool] = {}  # new links: whether one statement brings the other's words
        self._tied: set[str] = set()  # figures of other reports that have a new tie
        self._pushed: set[str] = set()  # reports that others have put out of the first under a key
        self._own: dict[str, Origin] = {}  # what each statement that is new goes back to by itself

    def draw_left(self) -> None:
        """What a run that was cut short has left, or an import, or an older version."""
        self._store.refile()
        for report_id in self._store.unsettled():
            entry = self._at_hand.entry(report_id)
            with self._store.together():
                self._store.put_keys(report_id, block_keys(entry))
                self.draw(entry)

    def draw(self, mine: Entry) -> None:
        """Links within a report, and links and copies between it and those that are there."""
        identity, store = mine.report.id, self._store
        self._at_hand.hold(mine)
        store.put_card(identity, card_of(mine).dump())
        copied, asked = copy_keys(mine.shingles), asked_keys(mine)
        met = self._met_copying(identity, copied)
        self._at_hand.read_wordings(met)
        compared = ((other, self._copy_between(identity, other)) for other in met)
        copies = {other: copy for other, copy in compared if copy}
        gists = self._around(mine.gist)
        linked = {*store.met(identity, asked, MOST_LINKED), *self._near(mine.gist, gists)}
        self._link(mine, [identity, *sorted({*linked, *copies})], copies)
        store.put_copies(copies.values())
        out_told = self._tell(mine, gists)
        out_copied = {one for keys, _ in copied for one in store.pushed(identity, keys, MOST_COPIED)}
        for other in sorted(out_copied):
            self._part_copies(other)
        self._pushed.update(store.pushed(identity, asked, MOST_LINKED), out_told)
        self._touch(mine)
        self._own |= {one.statement.id: own_origin(one) for one in mine.told}
        if len(self._drawn) >= AT_ONCE:
            self._claim()

    def _link(self, mine: Entry, others: Iterable[str], copies: Mapping[str, Copy]) -> None:
        """Draws the links between a report and others, or itself, with the ties of their figures."""
        links, ties = list[Link](), set[tuple[str, str]]()
        for other in self._read(self._to_read(mine, others, copies)):
            theirs, copy = self._at_hand.entry(other), copies.get(other)
            new = links_within(mine) if other == mine.report.id else links_between(mine, theirs, copy)
            self._taken |= find_taken(new, mine, theirs, copy)
            links += new
            ties.update(find_ties(mine, theirs))
        if links:
            self._store.put_links(links)
        if ties:
            self._store.put_ties(ties)
        self._tied |= {end for pair in ties for end in pair}

    def _read(self, report_ids: Iterable[str]) -> Iterator[str]:
        """The same ids, each when its report is at hand."""
        wanted = list(report_ids)
        for start in range(0, len(wanted), TOGETHER):
            some = wanted[start : start + TOGETHER]
            self._at_hand.read(some)
            yield from some

    def _to_read(self, mine: Entry, others: Iterable[str], copies: Mapping[str, Copy]) -> Iterator[str]:
        """Those of the others that something may link with a report: itself, its copies, and those whose cards tell."""
        mine_card = card_of(mine)
        for other, card in self._at_hand.cards(others).items():
            if other == mine.report.id or other in copies or may_be_linked(mine_card, card):
                yield other

    def _touch(self, entry: Entry) -> None:
        """Notes that the claims and series of a report are to be assembled."""
        self._drawn[entry.report.id] = tuple(s.id for s in entry.statements), tuple(entry.figures)

    def _claim(self) -> None:
        """Takes back links that are not to be drawn; then claims, origins and series where something has changed."""
        with self._store.together():
            for report_id in sorted(self._pushed):
                self._part_links(report_id)
            said = (one for statements, _ in self._drawn.values() for one in statements)
            counted = (one for _, figures in self._drawn.values() for one in figures)
            bring_up_to_date(self._store, self._at_hand.entry, said, self._taken, self._own)
            bring_series_up_to_date(self._store, self._tied.union(counted))
        self._pushed = set()
        self._drawn, self._taken, self._tied, self._own = {}, {}, set(), {}

    def _tell(self, mine: Entry, gists: Iterable[Gist]) -> tuple[str, ...]:
        """Notes which reports may be about one matter with this one; what hangs together is grouped at the end.

        The reports that this one has put out of the first under a key.
        """
        identity, store = mine.report.id, self._store
        store.put_gist(identity, mine.gist.dump())
        store.put_edges(edge for edge in (edge_between(mine.gist, gist) for gist in gists) if edge)
        self._told.add(identity)
        self._addresses |= version_keys(mine.report)
        pushed = store.pushed(identity, told_keys(mine.gist), MOST_TOLD)
        for other in pushed:
            ends = {end for one, two, _ in store.edges((other,)) for end in (one, two)} - {other}
            if not ends:
                continue
            (gist,) = self._at_hand.gists((other,))
            if gone := ends.difference(store.met(other, told_keys(gist), MOST_TOLD)):
                store.part(other, edges=gone)
                self._told |= {other, *gone}
        return pushed

    def _around(self, gist: Gist) -> list[Gist]:
        """The gists of the reports that may be about one matter with this one."""
        return self._at_hand.gists(self._store.met(gist.report_id, told_keys(gist), MOST_TOLD))

    def _near(self, gist: Gist, gists: Iterable[Gist]) -> set[str]:
        """Those of the reports around one whose statements are compared with its own."""
        return {other.report_id for other in gists if is_near(gist, other)}

    def _copy_between(self, report_id: str, other_id: str) -> Copy | None:
        from onrecord.link.copies import compare  # it brings numpy

        return compare(self._at_hand.wording(report_id), self._at_hand.wording(other_id))

    def _met_copying(self, report_id: str, keys: Iterable[tuple[Mapping[str, str], int]]) -> tuple[str, ...]:
        """The reports whose words are compared with those of this one."""
        met = self._store.met
        return tuple(sorted({one for some, least in keys for one in met(report_id, some, MOST_COPIED, least)}))

    def _part_copies(self, report_id: str) -> None:
        """Takes back what would not be compared, had all reports been there from the beginning."""
        if not (there := self._copying(report_id)):
            return
        if gone := there.difference(self._met_copying(report_id, copy_keys(self._at_hand.wording(report_id)[1]))):
            unasked = self._unasked(report_id, gone)
            self._store.part(report_id, links=gone, copies=gone)
            self._link(self._at_hand.entry(report_id), sorted(gone - unasked), {})
            self._part(report_id, *sorted(gone))

    def _part_links(self, report_id: str) -> None:
        """Likewise for links and ties."""
        linked = set(self._store.linked(report_id)).difference(self._copying(report_id))
        if gone := self._unasked(report_id, linked):
            self._store.part(report_id, links=gone)
            self._part(report_id, *sorted(gone))

    def _part(self, *report_ids: str) -> None:
        for report_id in report_ids:
            self._touch(self._at_hand.entry(report_id))

    def _unasked(self, report_id: str, others: Iterable[str]) -> set[str]:
        """Those of some reports whose statements are not to be compared with this one's; who is near is known first."""
        left = set(others)
        for gist in self._at_hand.gists((report_id,)) if left else ():
            left -= self._near(gist, self._around(gist))
        if left:
            left.difference_update(self._store.met(report_id, asked_keys(self._at_hand.entry(report_id)), MOST_LINKED))
        return left

    def _copying(self, report_id: str) -> set[str]:
        ends = {end for copy in self._store.copies(report_id) for end in (copy.source, copy.target)}
        return ends - {report_id}

    def finish(self) -> None:
        """Claims, stories and versions, once the links of all are drawn; what is new is settled only with them."""
        with self._store.together():
            self._claim()
            self._group()

    def _group(self) -> None:
        store, there, edges = self._store, set[str](), set[Edge]()
        beyond = self._told
        while beyond:  # all that hangs together with a report that is new or has lost an edge
            there |= beyond
            new = store.edges(sorted(beyond))
            edges.update(new)
            beyond = {end for one, other, _ in new for end in (one, other)} - there
        if there:
            store.put_stories(group(self._at_hand.gists(there), edges), among=sorted(there))
        for address in sorted(self._addresses):
            if len(ids := store.candidates((address,))) > 1:
                reports = [report for one in ids for report in store.reports(Query(report=one))]
                store.put_versions(find_versions(reports), among=ids)
        if left := store.unsettled():
            store.mark_settled(left)
        self._told, self._addresses = set(), set()
