"""The path of a report, written out once: read, annotate, resolve, file, link. Start reading here.

`read` gives readings; `make_pages` takes each through the steps and makes it a page of the ledger;
`add_readings` files the pages, one transaction a report, and draws the links between them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from typing import Protocol, TypeVar

from onrecord import registry
from onrecord.errors import BadResource, Unavailable, UsageError
from onrecord.ledger.statements import make_page
from onrecord.ledger.store import Query, Store
from onrecord.link.blocking import asked_keys, block_keys
from onrecord.link.copies import narration_keys, quotation_keys
from onrecord.link.entry import Entry, copy_between
from onrecord.link.relations import links_between, links_within
from onrecord.link.stories import find_stories
from onrecord.link.versions import find_versions
from onrecord.model import Failure, Page, Reading, Report
from onrecord.resources import settings_file, weights

logger = logging.getLogger(__name__)
In = TypeVar("In")
Out = TypeVar("Out")

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


def add_readings(
    readings: Iterable[Reading | Failure],
    store: Store,
    *,
    engine: str = registry.ENGINES[0],
    steps: Sequence[str] | None = None,
    runner: Runner | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Outcome:
    """Files every reading that is new, then draws links, copies and stories.

    One transaction a report. A run that was cut short leaves whole reports only; the next call
    settles what it left unlinked. The same reading twice adds nothing, whatever found its attributions.

    `engine` names what finds attributions: "accurate", "best", "fast" or a plugin's. `steps` are the names of all
    steps, for whoever wants other ones than that engine's. `runner` runs them; without one, this process does.
    """
    names = registry.steps(engine) if steps is None else tuple(steps)
    make_steps(names)  # a bad setting and missing weights stop before the first report is opened
    outcome = Outcome()
    tell = progress or (lambda _: None)
    fresh = _unknown(readings, store, outcome, tell)
    work = partial(make_page_of, steps=names)
    pages = runner.map(work, fresh) if runner else map(work, fresh)
    for page in pages:
        _file(page, store, outcome, tell)
    settle(store)
    return outcome


def settle(store: Store) -> None:
    """Draws links and copies for every report that has none yet, then stories and versions of all.

    Each pair is compared once, when the second of the two is settled, and each comparison looks at the
    pair alone: the order of adding does not show.
    """
    fresh = store.unsettled()
    if not fresh:
        return
    waiting = set(fresh)
    entry = lru_cache(maxsize=512)(partial(_entry, store))
    text = lru_cache(maxsize=1024)(partial(_text, store))
    for report_id in fresh:
        waiting.discard(report_id)
        mine = entry(report_id)
        links = list(links_within(mine))
        for other in store.candidates(asked_keys(mine)):
            if other != report_id and other not in waiting:
                links += links_between(mine, entry(other))
        copies = [copy_between(mine, text(other)) for other in _copied(store, mine) if other not in waiting]
        store.put_links(links)
        store.put_copies(copy for copy in copies if copy)
        store.mark_settled((report_id,))
    store.put_stories(find_stories(tuple(store.reports())))
    store.put_versions(find_versions(store.reports()))


def _copied(store: Store, mine: Entry) -> list[str]:
    """Other reports that share enough narration or a quotation with this one."""
    least = int(settings_file("thresholds.toml")["copies"]["least_keys"])
    found = {*store.candidates(narration_keys(mine.shingles), least), *store.candidates(quotation_keys(mine.shingles))}
    return sorted(found - {mine.report.id})


def _text(store: Store, report_id: str) -> Entry:
    """A stored report with its text alone, as comparing copies needs it."""
    (find_sentences,) = make_steps(("sentences",))
    (stored,) = store.reports(Query(report=report_id))
    return Entry(replace(stored, quotations=find_sentences(stored).quotations), ())


def _entry(store: Store, report_id: str) -> Entry:
    """A stored report with its statements; its quotation regions are found again, working layers are not kept."""
    (find_sentences,) = make_steps(("sentences",))
    stored = store.report(report_id)
    report = replace(stored, quotations=find_sentences(stored).quotations)
    return Entry(report, tuple(store.statements(Query(report=report_id, attitude=None))))


def _unknown(
    readings: Iterable[Reading | Failure], store: Store, outcome: Outcome, tell: Callable[[Progress], None]
) -> Iterator[Reading | Failure]:
    for item in readings:
        if isinstance(item, Reading) and store.has_report(item.report.id):
            outcome.known += 1
            tell(Progress(item.report.uri or item.report.id, "known"))
        else:
            yield item


def _file(page: Page | Failure, store: Store, outcome: Outcome, tell: Callable[[Progress], None]) -> None:
    if isinstance(page, Failure):
        logger.info("refused %s: %s", page.input, page.detail)
        store.put_failure(page)
        outcome.failures.append(page)
        tell(Progress(page.input, "refused"))
        return
    is_new = store.add(page, block_keys(Entry(page.report, page.statements)))
    outcome.added += is_new
    outcome.known += not is_new
    tell(Progress(page.report.uri or page.report.id, "added" if is_new else "known"))
