"""How much work a call is: the lines of onrecord that it runs, counted. No clock, so a busy machine changes nothing.

What runs in C (a regular expression, `in` on a list) has no lines: such work is tested by an input so long that
the test would not come to its end.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import onrecord

Given = TypeVar("Given")
HOME = str(Path(onrecord.__file__).parent)
LINEAR = 4.6  # what four times the input may cost: four times the work, and something for a logarithm


def lines_run(act: Callable[[], object], home: str = HOME) -> int:
    """How many lines of the files under `home` this thread runs in `act`; each turn of a loop counts."""
    number = 0

    def on_line(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal number
        number += event == "line"
        return on_line

    def on_call(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal number
        if not frame.f_code.co_filename.startswith(home):
            return None
        number += 1  # a generator is called for each of its values, which `any` and `sum` ask for
        return on_line

    former = sys.gettrace()
    sys.settrace(on_call)
    try:
        act()
    finally:
        sys.settrace(former)
    return number


def assert_linear(
    act: Callable[[Given], object], make: Callable[[int], Given], size: int, *, most: float = LINEAR, home: str = HOME
) -> None:
    """Fails where `act` on `make(4 * size)` is much more than four times its work on `make(size)`.

    A square would be sixteen times. Making the input is not counted, nor what is done but once.
    """
    act(make(size // 4))
    small, large = make(size), make(4 * size)
    few, many = lines_run(lambda: act(small), home), lines_run(lambda: act(large), home)
    assert many <= most * few, f"{size}: {few} lines, {4 * size}: {many} lines, {many / few:.1f} times as many"
