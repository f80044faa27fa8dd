"""What a reviewer is asked next: least certain and most linked first, each matter once, nothing that was judged.

    doubt = 1 - confidence + flag (where it has one) + unnamed (where a source is there, and who it is was left open)
    score = doubt x (1 + link x log2(1 + links))

The weights are in data/review.toml. A statement with the words and the source of one before it in the queue is left
out.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log2
from threading import Lock

from onrecord.ledger.store import EVERYTHING, Query
from onrecord.ledger.words import words
from onrecord.model import Judgement, Statement, digest
from onrecord.resources import settings_file
from onrecord.review.fitting import speakers_of
from onrecord.review.reading import Reviewed

FIGURE, UNNAMED, LINKED = "figure", "unnamed", "linked"
SINGLE = frozenset(("confirm", "correct", "reject", "undo"))  # after which a batch holds: they judge one thing each
LASTING = 40  # verdicts that a batch lasts for; then what their links and twins come to is worked out again
BATCHES = 8  # that are held at once


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement that waits for a verdict."""

    statement: Statement
    score: float
    links: int
    alike: int  # others that wait, with the same words by the same source


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where a statement stands in a queue that was read as one."""

    id: str
    score: float
    links: int
    alike: int


@dataclass(frozen=True, slots=True)
class _Batch:
    """A queue as it was read: what was on record then, and how long the log was."""

    record: str
    log: int
    waiting: tuple[Waiting, ...]


class Batches:
    """Queues for people who are asked one thing after the other: read once for many verdicts. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._batches: OrderedDict[tuple[Query, str | None, bool], _Batch] = OrderedDict()

    def waiting(
        self, view: Reviewed, query: Query = EVERYTHING, *, kind: str | None = None, sample: bool = False
    ) -> tuple[tuple[Waiting, ...], frozenset[str]]:
        """The queue as it was read last, what was judged since among it, and the ids that still wait."""
        key = (query, kind, sample)
        record, log = f"{view.found.how_many('report')} {len(view.unsettled())}", view.judgements()
        with self._lock:
            batch = self._batches.get(key)
        if batch is None or batch.record != record or not _lasts(batch, log):
            asked = queue(view, query, kind=kind, sample=sample)
            one_by_one = (Waiting(one.statement.id, one.score, one.links, one.alike) for one in asked)
            batch = _Batch(record, len(log), tuple(one_by_one))
            with self._lock:
                self._batches[key] = batch
                while len(self._batches) > BATCHES:
                    self._batches.popitem(last=False)
        judged = view.applied.statements
        return batch.waiting, frozenset(one.id for one in batch.waiting if one.id not in judged)


def _lasts(batch: _Batch, log: Sequence[Judgement]) -> bool:
    """Whether what was judged since a queue was read only takes from it, or gives back what was taken since."""
    new = log[batch.log :]
    since = {one.id for one in new}
    return len(new) <= LASTING and all(
        one.verdict in SINGLE and (one.verdict != "undo" or since.issuperset(one.about)) for one in new
    )


def queue(
    view: Reviewed,
    query: Query = EVERYTHING,
    *,
    kind: str | None = None,
    sample: bool = False,
    skipped: Iterable[str] = (),
) -> list[Asked]:
    """The statements that fit and wait for a verdict, the most urgent first; `query.limit` of them.

    `kind` is a form, a stance, a flag, a certainty, or figure, unnamed, linked. A `sample` comes in an order that is
    chance and the same everywhere, with each statement counted for itself: what a precision can be told from.
    """
    left_out, fits = set(skipped), kind_test(kind)
    waiting = [
        one for one in view.statements(replace(query, limit=None, skip=0, review="none")) if one.id not in left_out
    ]
    links = Counter[str]()
    for source, target, _ in view.ends([one.id for one in waiting]):
        links.update((source, target))
    asked = [Asked(one, score(one, links[one.id]), links[one.id], 0) for one in waiting]
    asked = [one for one in asked if fits(one)]
    if sample:
        return sorted(asked, key=lambda one: digest(one.statement.id.encode()))[query.skip :][: query.limit]
    return list(_each_once(asked))[query.skip :][: query.limit]


def score(statement: Statement, links: int) -> float:
    """How urgent a statement is; higher comes first."""
    weights = settings_file("review.toml")["queue"]
    doubt = weights["doubt"] * (1 - statement.confidence)
    doubt += weights["flag"] if statement.flags else 0.0
    doubt += weights["unnamed"] if _is_open(statement) else 0.0
    return round(float(doubt * (1 + weights["link"] * log2(1 + links))), 4)


def kind_test(kind: str | None) -> Callable[[Asked], bool]:
    """Whether something that waits is of a kind."""

    def fits(asked: Asked) -> bool:
        one = asked.statement
        if kind is None:
            return True
        if kind == FIGURE:
            return bool(one.figures)
        if kind == UNNAMED:
            return _is_open(one)
        if kind == LINKED:
            return asked.links > 0
        return kind in (one.form, one.commitment.stance, one.commitment.certainty, *one.flags)

    return fits


def _is_open(statement: Statement) -> bool:
    return statement.source is not None and statement.speaker.entity is None and not statement.speaker.anonymous


def _each_once(asked: Iterable[Asked]) -> Iterator[Asked]:
    first: dict[tuple[object, ...], Asked] = {}
    for one in sorted(asked, key=lambda one: (-one.score, one.statement.id)):
        statement = one.statement
        by = speakers_of(statement) or words(statement.source.quote if statement.source else "")
        key = (by, words(statement.content.quote))
        first[key] = replace(first[key], alike=first[key].alike + 1) if key in first else one
    yield from first.values()
