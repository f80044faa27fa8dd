"""Answers that took long, kept as long as the record stays as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

MOST = 64
Kept = TypeVar("Kept")


class Keeper:
    """The last answers by their keys, for all threads; two that ask at once may both work one out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: OrderedDict[tuple[str, ...], Any] = OrderedDict()

    def kept(self, key: tuple[str, ...], make: Callable[[], Kept]) -> Kept:
        """What `make` gives, made once for a key, which has to change when the record does."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: Kept = self._answers[key]
                return found
        made = make()
        with self._lock:
            self._answers[key] = made
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)
        return made
