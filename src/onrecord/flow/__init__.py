"""The path of a report, written out once: read, annotate, resolve, file, link. Start reading here.

`read` gives readings; `make_pages` takes each through the steps and makes it a page of the ledger;
`add_readings` files the pages, one transaction a report, and draws the links between them.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from onrecord import registry
from onrecord.errors import BadResource, RecordError, Unavailable, UsageError
from onrecord.flow.settling import Settling
from onrecord.ledger.statements import make_page
from onrecord.ledger.store import Store
from onrecord.link.blocking import asked_keys, block_keys
from onrecord.link.entry import Entry, entry_of
from onrecord.model import Failure, Page, Reading, Report
from onrecord.resources import weights

if TYPE_CHECKING:  # it brings numpy, which is loaded where it is used
    from onrecord.link.copies import Shingles

logger = logging.getLogger(__name__)
In = TypeVar("In")
Out = TypeVar("Out")

RARELY = (200_000, 20, 100)  # gc.set_threshold
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
    report: str | None = None  # id of the report that was added or known
    failure: Failure | None = None  # why it was refused


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
    """A page with the block keys that it is filed under, and what else linking asks of it that takes long to find."""

    page: Page
    keys: tuple[str, ...]
    asked: dict[str, str]
    shingles: Shingles

    def entry(self) -> Entry:
        """The entry of the page, which knows these already."""
        made = entry_of(self.page)
        made.memory[asked_keys.__qualname__] = self.asked
        vars(made)["shingles"] = self.shingles
        return made


def prepare(item: Reading | Failure, steps: Sequence[str] = registry.STEPS) -> Prepared | Failure:
    """A reading as a page with its keys, in whatever process; see `make_page_of`."""
    made = make_page_of(item, steps)
    if isinstance(made, Failure):
        return made
    entry = entry_of(made)
    return Prepared(made, block_keys(entry), asked_keys(entry), entry.shingles)


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
            with store.together():
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


def _unknown(
    readings: Iterable[Reading | Failure], store: Store, outcome: Outcome, tell: Callable[[Progress], None]
) -> Iterator[Reading | Failure]:
    for item in readings:
        if isinstance(item, Reading) and store.has_report(item.report.id):
            outcome.known += 1
            tell(Progress(item.report.uri or item.report.id, "known", item.report.id))
        else:
            yield item


def _file(ready: Prepared | Failure, store: Store, outcome: Outcome, tell: Callable[[Progress], None]) -> Entry | None:
    """The entry of a report that is new, now filed."""
    if isinstance(ready, Failure):
        logger.info("refused %s: %s", ready.input, ready.detail)
        store.put_failure(ready)
        outcome.failures.append(ready)
        tell(Progress(ready.input, "refused", failure=ready))
        return None
    report = ready.page.report
    try:
        is_new = store.add(ready.page, ready.keys)
    except RecordError as error:  # a value that no record can hold must not cost the other reports
        failure = Failure(report.uri or report.id, "not-processed", str(error), step="ledger")
        return _file(failure, store, outcome, tell)
    outcome.added += is_new
    outcome.known += not is_new
    tell(Progress(report.uri or report.id, "added" if is_new else "known", report.id))
    return ready.entry() if is_new else None
