"""The path of a report, written out once: read, annotate, resolve, file, link. Start reading here.

`read` gives readings; `make_pages` takes each through the steps and makes it a page of the ledger;
`add_readings` files the pages, one transaction a report, and draws the links between them.
"""

from __future__ import annotations

import gc
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Protocol, TypeVar

from onrecord import registry
from onrecord.errors import BadResource, RecordError, Unavailable, UsageError
from onrecord.ledger.statements import make_page
from onrecord.ledger.store import Query, Store
from onrecord.link.assembling import bring_up_to_date, find_taken
from onrecord.link.blocking import (
    MOST_COPIED,
    MOST_LINKED,
    MOST_TOLD,
    asked_keys,
    block_keys,
    copy_keys,
    told_keys,
)
from onrecord.link.entry import Entry, copy_between, entry_of, hold
from onrecord.link.relations import links_between, links_within
from onrecord.link.series import bring_series_up_to_date, find_ties
from onrecord.link.stories import Edge, Gist, edge_between, group, is_near
from onrecord.link.versions import find_versions, version_keys
from onrecord.model import Copy, Failure, Link, Page, Reading, Report
from onrecord.resources import weights

logger = logging.getLogger(__name__)
In = TypeVar("In")
Out = TypeVar("Out")

RARELY = (200_000, 20, 100)  # gc.set_threshold
AT_HAND, TEXTS_AT_HAND = 256, 256  # entries held while links and copies are drawn
AT_ONCE = 100  # reports whose claims are assembled together
READ = ("text", "sections")  # what a report has before the first step


class Step(Protocol):
    """Gives a report with one more layer.

    One that runs a trained model also has `weights: str`, the name of those it needs (see `onrecord.resources`).
    """

    name: str
    requires: tuple[str, ...]  # fields of Report
    assigns: tuple[str, ...]

    def __call__(self, report: Report) -> Report:
        """The report with the layers of `assigns`; pure."""


class Runner(Protocol):
    """Runs a function over many items, in order."""

    def map(self, function: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
        """The results, in the order of the items."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One input is done: its name, and whether it was added, already known or refused."""

    name: str
    what: str


@dataclass(slots=True)
class Outcome:
    """What became of the inputs of one call."""

    added: int = 0
    known: int = 0
    failures: list[Failure] = field(default_factory=list)


@cache
def make_steps(names: Sequence[str] = registry.STEPS) -> tuple[Step, ...]:
    """The steps of these names, in order; UsageError where one requires what none before it assigns.

    Unavailable or BadResource where one needs weights that are not there, or not as they should be.
    """
    steps: list[Step] = []
    have = set(READ)
    for name in names:
        step: Step = registry.load("step", name)()
        missing = set(step.requires) - have
        if missing:
            raise UsageError(f"step {name!r} requires {', '.join(sorted(missing))}, which no step before it assigns")
        if needed := getattr(step, "weights", None):
            weights(needed)
        have.update(step.assigns)
        steps.append(step)
    return tuple(steps)


def process(report: Report, steps: Sequence[str] = registry.STEPS) -> Report:
    """The report after all the steps."""
    with collecting_rarely():
        for step in make_steps(tuple(steps)):
            report = step(report)
    return report


def make_page_of(item: Reading | Failure, steps: Sequence[str] = registry.STEPS) -> Page | Failure:
    """A reading as a page; one that a step cannot take is a Failure, and the run goes on.

    What this installation lacks is no fault of the report: Unavailable and BadResource end the run.
    """
    if isinstance(item, Failure):
        return item
    try:
        return make_page(process(item.report, steps), item.source)
    except (Unavailable, BadResource):
        raise
    except ImportError as error:
        raise Unavailable(
            f"a library that a step needs cannot be loaded: {error}; `onrecord doctor` says more"
        ) from error
    except Exception as error:  # a rule that fails on one report must not cost the others
        name = item.report.uri or item.report.id
        logger.warning("a step failed on %s", name, exc_info=True)
        return Failure(name, "not-processed", f"{type(error).__name__}: {error}", step="annotate")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page with the block keys that it is filed under."""

    page: Page
    keys: tuple[str, ...]


def prepare(item: Reading | Failure, steps: Sequence[str] = registry.STEPS) -> Prepared | Failure:
    """A reading as a page with its keys, in whatever process; see `make_page_of`."""
    made = make_page_of(item, steps)
    return made if isinstance(made, Failure) else Prepared(made, block_keys(entry_of(made)))


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Looks for unreachable objects less often: lexicons and records live long, and looking is a third of the time.

    Counting references frees next to everything here, so no more memory is held.
    """
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def add_readings(
    readings: Iterable[Reading | Failure],
    store: Store,
    *,
    engine: str = registry.ENGINES[0],
    steps: Sequence[str] | None = None,
    runner: Runner | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Outcome:
    """Files every reading that is new and draws its links and copies, then stories.

    One transaction a report. A run that was cut short leaves whole reports only; the next call
    settles what it left. The same reading twice adds nothing, whatever found its attributions.

    `engine` names what finds attributions: "accurate", "best", "fast" or a plugin's. `steps` are the names of all
    steps, for whoever wants other ones than that engine's. `runner` runs them; without one, this process does.
    """
    names = registry.steps(engine) if steps is None else tuple(steps)
    make_steps(names)  # a bad setting and missing weights stop before the first report is opened
    outcome = Outcome()
    tell = progress or (lambda _: None)
    with collecting_rarely():
        settling = Settling(store)
        settling.draw_left()
        fresh = _unknown(readings, store, outcome, tell)
        work = partial(prepare, steps=names)
        for ready in runner.map(work, fresh) if runner else map(work, fresh):
            if entry := _file(ready, store, outcome, tell):
                settling.draw(entry)
        settling.finish()
    return outcome


def settle(store: Store) -> None:
    """Draws the links and copies of every report that has none yet, then stories and versions."""
    with collecting_rarely():
        settling = Settling(store)
        settling.draw_left()
        settling.finish()


class Settling:
    """Draws links and copies report by report, with what was read lately at hand.

    Each comparison looks at the pair alone: the order of adding does not show.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._texts: OrderedDict[str, Entry] = OrderedDict()
        self._told: set[str] = set()  # reports whose stories are to be found
        self._addresses: set[str] = set()
        self._drawn: set[str] = set()  # reports of which claims are to be assembled
        self._taken: dict[tuple[str, str], bool] = {}  # new links: whether one statement brings the other's words
        self._tied: set[str] = set()  # figures of other reports that have a new tie

    def draw_left(self) -> None:
        """What a run that was cut short has left, or an import."""
        for report_id in self._store.unsettled():
            entry = self._entry(report_id)
            self._store.put_keys(report_id, block_keys(entry))
            self.draw(entry)
        for report_id in self._store.without_gist():
            mine = self._text(report_id)
            self._tell(mine, self._around(mine.gist))

    def draw(self, mine: Entry) -> None:
        """Links within a report, and links and copies between it and those that are there."""
        identity, store = mine.report.id, self._store
        hold(self._entries, mine, AT_HAND)
        copied = copy_keys(mine)
        met = store.met(identity, copied, MOST_COPIED)
        compared = ((other, copy_between(mine, self._text(other))) for other in met)
        copies = {other: copy for other, copy in compared if copy}
        gists = self._around(mine.gist)
        self._link(mine, [identity, *sorted({*self._asked(mine, gists), *copies})], copies)
        store.put_copies(copies.values())
        out_told = self._tell(mine, gists)
        for other in store.pushed(identity, copied, MOST_COPIED):
            self._part_copies(other)
        for other in sorted({*store.pushed(identity, asked_keys(mine), MOST_LINKED), *out_told}):
            self._part_links(other)
        self._drawn.add(identity)
        if len(self._drawn) >= AT_ONCE:
            self._claim()

    def _link(self, mine: Entry, others: Iterable[str], copies: Mapping[str, Copy]) -> None:
        """Draws the links between a report and others, or itself, with the ties of their figures."""
        links, ties = list[Link](), set[tuple[str, str]]()
        for other in others:
            theirs, copy = self._entry(other), copies.get(other)
            new = links_within(mine) if other == mine.report.id else links_between(mine, theirs, copy)
            self._taken |= find_taken(new, mine, theirs, copy)
            links += new
            ties.update(find_ties(mine, theirs))
        self._store.put_links(links)
        self._store.put_ties(ties)
        self._tied |= {end for pair in ties for end in pair}

    def _claim(self) -> None:
        """Assembles claims, origins and series again where something has changed."""
        entries = [self._entry(report_id) for report_id in sorted(self._drawn)]
        bring_up_to_date(self._store, self._entry, (s.id for e in entries for s in e.statements), self._taken)
        bring_series_up_to_date(self._store, self._tied.union(*(entry.figures for entry in entries)))
        self._drawn, self._taken, self._tied = set(), {}, set()

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
            (gist,) = self._gists((other,))
            still = store.met(other, told_keys(gist), MOST_TOLD)
            ends = {end for one, two, _ in store.edges((other,)) for end in (one, two)}
            if gone := ends.difference(still, (other,)):
                store.part(other, edges=gone)
                self._told |= {other, *gone}
        return pushed

    def _around(self, gist: Gist) -> list[Gist]:
        """The gists of the reports that may be about one matter with this one."""
        return self._gists(self._store.met(gist.report_id, told_keys(gist), MOST_TOLD))

    def _gists(self, report_ids: Iterable[str]) -> list[Gist]:
        """Those kept, in order of the ids; a report of an imported record has none before it is told."""
        kept = self._store.gists(report_ids)
        return [Gist.load(line) for _, line in sorted(kept.items())]

    def _part_copies(self, report_id: str) -> None:
        """Takes back what would not be compared, had all reports been there from the beginning."""
        if not (there := self._copying(report_id)):
            return
        if gone := there.difference(self._store.met(report_id, copy_keys(self._text(report_id)), MOST_COPIED)):
            mine = self._entry(report_id)
            self._store.part(report_id, links=gone, copies=gone)
            self._link(mine, sorted(gone & self._asked(mine, self._around(mine.gist))), {})
            self._drawn |= {report_id, *gone}

    def _part_links(self, report_id: str) -> None:
        """Likewise for links and ties."""
        if not (linked := set(self._store.linked(report_id)).difference(self._copying(report_id))):
            return
        mine = self._entry(report_id)
        if gone := linked - self._asked(mine, self._around(mine.gist)):
            self._drawn |= {report_id, *gone}
            self._store.part(report_id, links=gone)

    def _asked(self, mine: Entry, gists: Iterable[Gist]) -> set[str]:
        """Reports whose statements are to be compared with this one's; `gists` are those around it."""
        of_one_matter = (gist.report_id for gist in gists if is_near(mine.gist, gist))
        return {*self._store.met(mine.report.id, asked_keys(mine), MOST_LINKED), *of_one_matter}

    def _copying(self, report_id: str) -> set[str]:
        ends = {end for copy in self._store.copies(report_id) for end in (copy.source, copy.target)}
        return ends - {report_id}

    def finish(self) -> None:
        """Claims, stories and versions, once the links of all are drawn."""
        self._claim()
        store, there, edges = self._store, set[str](), set[Edge]()
        beyond = self._told
        while beyond:  # all that hangs together with a report that is new or has lost an edge
            there |= beyond
            new = store.edges(sorted(beyond))
            edges.update(new)
            beyond = {end for one, other, _ in new for end in (one, other)} - there
        if there:
            store.put_stories(group(self._gists(sorted(there)), edges), among=sorted(there))
        for address in sorted(self._addresses):
            reports = [self._text(one).report for one in store.candidates((address,))]
            if len(reports) > 1:
                store.put_versions(find_versions(reports), among=[report.id for report in reports])
        if left := store.unsettled():
            store.mark_settled(left)
        self._told, self._addresses = set(), set()

    def _entry(self, report_id: str) -> Entry:
        """A report at hand, or read from the store; its sentences are found again, working layers are not kept."""
        if (held := self._entries.get(report_id)) is None:
            report = _with_sentences(self._store.report(report_id))
            held = Entry(report, tuple(self._store.statements(Query(report=report_id, attitude=None))))
        return hold(self._entries, held, AT_HAND)

    def _text(self, report_id: str) -> Entry:
        """A report without statements, as comparing copies needs it."""
        held = self._entries.get(report_id) or self._texts.get(report_id)
        if held is None:
            (stored,) = self._store.reports(Query(report=report_id))
            held = Entry(_with_sentences(stored), ())
        return hold(self._texts, held, TEXTS_AT_HAND)


def _with_sentences(report: Report) -> Report:
    (find_sentences,) = make_steps(("sentences",))
    found = find_sentences(report)
    return replace(report, sentences=found.sentences, quotations=found.quotations)


def _unknown(
    readings: Iterable[Reading | Failure], store: Store, outcome: Outcome, tell: Callable[[Progress], None]
) -> Iterator[Reading | Failure]:
    for item in readings:
        if isinstance(item, Reading) and store.has_report(item.report.id):
            outcome.known += 1
            tell(Progress(item.report.uri or item.report.id, "known"))
        else:
            yield item


def _file(ready: Prepared | Failure, store: Store, outcome: Outcome, tell: Callable[[Progress], None]) -> Entry | None:
    """The entry of a report that is new, now filed."""
    if isinstance(ready, Failure):
        logger.info("refused %s: %s", ready.input, ready.detail)
        store.put_failure(ready)
        outcome.failures.append(ready)
        tell(Progress(ready.input, "refused"))
        return None
    report = ready.page.report
    try:
        is_new = store.add(ready.page, ready.keys)
    except RecordError as error:  # a value that no record can hold must not cost the other reports
        failure = Failure(report.uri or report.id, "not-processed", str(error), step="ledger")
        return _file(failure, store, outcome, tell)
    outcome.added += is_new
    outcome.known += not is_new
    tell(Progress(report.uri or report.id, "added" if is_new else "known"))
    return entry_of(ready.page) if is_new else None
