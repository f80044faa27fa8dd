"""One process or several give the same results in the same order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.runners.local import LocalRunner


def double(n: int) -> int:
    return 2 * n


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(LocalRunner(jobs).map(double, range(40))) == [2 * n for n in range(40)]


def test_items_are_drawn_as_they_are_needed() -> None:
    drawn = []

    def items() -> Iterator[int]:
        for n in range(1000):
            drawn.append(n)
            yield n

    results = LocalRunner(1).map(double, items())
    next(results)
    assert len(drawn) == 1
