"""The count of lines: it sees a square, it lets a line and a sort pass, and it gives way to who traced before."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from onrecord.annotate.quotations import find_quotations
from tests.effort import assert_linear, lines_run

HERE = __file__


def once(items: list[int]) -> int:
    found = 0
    for item in items:
        found += item
    return found


def pairs(items: list[int]) -> int:
    found = 0
    for one in items:
        for other in items:
            found += one < other
    return found


def halves(items: list[int]) -> list[int]:
    if len(items) < 2:
        return items
    middle = len(items) // 2
    one, other = halves(items[:middle]), halves(items[middle:])
    merged = []
    for item in one:
        merged.append(item)  # noqa: PERF402
    for item in other:
        merged.append(item)  # noqa: PERF402
    return merged


def mostly_once(items: list[int]) -> int:
    return sum(once(items) for _ in range(40)) + pairs(items[: len(items) // 2])


def numbers(count: int) -> list[int]:
    return list(range(count))


@pytest.mark.parametrize("act", [once, lambda items: sum(item for item in items), lambda items: [k + 1 for k in items]])
def test_work_that_grows_with_its_input_passes(act: Callable[[list[int]], object]) -> None:
    assert_linear(act, numbers, 100, home=HERE)


def test_a_logarithm_passes() -> None:
    assert_linear(halves, numbers, 2000, most=5, home=HERE)


@pytest.mark.parametrize(
    "act",
    [
        pairs,
        mostly_once,
        lambda items: [one for one in items for other in items if one < other],
        lambda items: sum(any(other > one + len(items) for other in items) for one in items),
        lambda items: [max(items, key=lambda other: other % one) for one in items if one],
    ],
    ids=["loops", "a small share", "a comprehension", "generators", "a function asked for each"],
)
def test_a_square_fails(act: Callable[[list[int]], object]) -> None:
    with pytest.raises(AssertionError, match="times as many"):
        assert_linear(act, numbers, 100, home=HERE)


def test_what_is_done_once_is_not_counted() -> None:
    known: dict[str, int] = {}

    def act(items: list[int]) -> None:
        if not known:
            known["all"] = once(list(range(100_000)))
        pairs(items)

    with pytest.raises(AssertionError, match="times as many"):
        assert_linear(act, numbers, 100, home=HERE)


def test_lines_of_others_do_not_count() -> None:
    assert lines_run(lambda: once(numbers(100))) == 0
    assert lines_run(lambda: find_quotations("“Go,” she said.")) > 5


@pytest.mark.parametrize("fails", [False, True])
def test_who_traced_before_traces_after(fails: bool) -> None:
    def act() -> None:
        if fails:
            raise KeyError

    def former(*told: object) -> None:
        return None

    before = sys.gettrace()
    sys.settrace(former)
    try:
        lines_run(act)
    except KeyError:
        pass
    finally:
        now = sys.gettrace()
        sys.settrace(before)
    assert now is former
