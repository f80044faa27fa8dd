"""Runs the steps over reports in this process or in a pool of processes; the outcome is the same."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from onrecord.flow import RARELY

In = TypeVar("In")
Out = TypeVar("Out")

AHEAD = 4  # tasks waiting per worker: enough to keep it busy, few enough to stay small in memory


def collect_rarely() -> None:
    """Lets a worker look for unreachable objects less often for as long as it lives."""
    gc.set_threshold(*RARELY)


class LocalRunner:
    """Maps a picklable function over items, in order; `jobs` 1 stays in this process."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = max(1, jobs)

    def map(self, function: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
        """The results in the order of the items; never more than a few items are held at once."""
        if self.jobs == 1:
            yield from map(function, items)
            return
        with ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn"), initializer=collect_rarely) as pool:
            yield from _in_order(pool, function, iter(items), self.jobs * AHEAD)


def _in_order(
    pool: ProcessPoolExecutor, function: Callable[[In], Out], items: Iterator[In], ahead: int
) -> Iterator[Out]:
    waiting: deque[Future[Out]] = deque(pool.submit(function, item) for item in islice(items, ahead))
    while waiting:
        done = waiting.popleft().result()
        waiting.extend(pool.submit(function, item) for item in islice(items, 1))
        yield done
