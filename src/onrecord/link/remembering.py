"""What is asked of one statement again and again is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from onrecord.link.entry import Entry, Told

Answer = TypeVar("Answer")


def remembered(function: Callable[[Told], Answer]) -> Callable[[Told], Answer]:
    """The function, which works out its answer about a statement once for as long as the entry is at hand."""

    @wraps(function)
    def look_up(one: Told) -> Answer:
        memory = one.memory
        if function not in memory:
            memory[function] = function(one)
        return memory[function]  # type: ignore[return-value]  # of many functions, each answer under its own

    return look_up


def once(function: Callable[[Entry], Answer]) -> Callable[[Entry], Answer]:
    """Likewise for what is asked of a whole report."""

    @wraps(function)
    def look_up(entry: Entry) -> Answer:
        if function.__qualname__ not in entry.memory:
            entry.memory[function.__qualname__] = function(entry)
        return cast(Answer, entry.memory[function.__qualname__])

    return look_up
