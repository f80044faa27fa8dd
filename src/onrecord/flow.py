"""The path of a report, written out once: read, annotate, resolve, file, link. Start reading here.

`read` gives readings; `make_pages` takes each through the steps and makes it a page of the ledger;
`add_readings` files the pages, one transaction a report, and draws the links between them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Protocol, TypeVar

from onrecord import registry
from onrecord.errors import OnRecordError, UsageError
from onrecord.ledger.statements import make_page
from onrecord.ledger.store import Store
from onrecord.link import settle
from onrecord.link.blocking import block_keys
from onrecord.model import Failure, Page, Reading, Report

logger = logging.getLogger(__name__)
In = TypeVar("In")
Out = TypeVar("Out")

READ = ("text", "sections")  # what a report has before the first step


class Step(Protocol):
    """Gives a report with one more layer."""

    name: str
    requires: tuple[str, ...]  # fields of Report
    assigns: tuple[str, ...]

    def __call__(self, report: Report) -> Report:
        """The report with the layers of `assigns`; pure."""


class Engine(Protocol):
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
    """The steps of these names, in order; UsageError where one requires what none before it assigns."""
    steps: list[Step] = []
    have = set(READ)
    for name in names:
        step: Step = registry.load("step", name)()
        missing = set(step.requires) - have
        if missing:
            raise UsageError(f"step {name!r} requires {', '.join(sorted(missing))}, which no step before it assigns")
        have.update(step.assigns)
        steps.append(step)
    return tuple(steps)


def process(report: Report, steps: Sequence[str] = registry.STEPS) -> Report:
    """The report after all the steps."""
    for step in make_steps(tuple(steps)):
        report = step(report)
    return report


def make_page_of(item: Reading | Failure, steps: Sequence[str] = registry.STEPS) -> Page | Failure:
    """A reading as a page; one that a step cannot take is a Failure, and the run goes on."""
    if isinstance(item, Failure):
        return item
    try:
        return make_page(process(item.report, steps), item.source)
    except OnRecordError as error:
        return Failure(item.report.uri or item.report.id, "not-processed", str(error), step="annotate")


def add_readings(
    readings: Iterable[Reading | Failure],
    store: Store,
    *,
    steps: Sequence[str] = registry.STEPS,
    engine: Engine | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Outcome:
    """Files every reading that is new, then draws links, copies and stories.

    One transaction a report. A run that was cut short leaves whole reports only; the next call
    settles what it left unlinked. The same reading twice adds nothing.
    """
    make_steps(tuple(steps))  # a bad setting stops before the first report is opened
    outcome = Outcome()
    tell = progress or (lambda _: None)
    fresh = _unknown(readings, store, outcome, tell)
    work = partial(make_page_of, steps=tuple(steps))
    pages = engine.map(work, fresh) if engine else map(work, fresh)
    try:
        for page in pages:
            _file(page, store, outcome, tell)
    finally:
        settle.settle(store, quotations_of)
    return outcome


def quotations_of(report: Report) -> Report:
    """A stored report with its quotation regions found again: working layers are not kept."""
    if report.quotations:
        return report
    (find_sentences,) = make_steps(("sentences",))
    return replace(report, quotations=find_sentences(report).quotations)


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
    is_new = store.add(page, block_keys(page))
    outcome.added += is_new
    outcome.known += not is_new
    tell(Progress(page.report.uri or page.report.id, "added" if is_new else "known"))
