"""Reads the fields of one line of a record by name and type; what is off is named in a RecordError."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import isfinite
from typing import NoReturn

from onrecord.errors import BadSpan, RecordError
from onrecord.model import Selection, Span


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a line, or of an object inside it. `where` says which: "statement s-1a2b"."""

    values: Mapping[str, object]
    where: str

    def fail(self, name: str, wanted: str) -> NoReturn:
        """Raises the RecordError for a field that is not as it should be."""
        found = "is missing" if self.values.get(name) is None else f"holds {self.values[name]!r:.60}"
        raise RecordError(f"{self.where}: {name!r} {found}; it takes {wanted}")

    def maybe(self, name: str) -> str | None:
        """A string; None where it is null or absent."""
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return value
        return self.fail(name, "a string or null")

    def string(self, name: str, default: str | None = None) -> str:
        """A string that must be there unless there is a default."""
        value = self.maybe(name)
        if value is not None:
            return value
        return self.fail(name, "a string") if default is None else default

    def name(self, name: str) -> str:
        """A string that is not empty, such as an id."""
        return self.string(name) or self.fail(name, "a string that is not empty")

    def flag(self, name: str) -> bool:
        """A truth value; False where it is null or absent."""
        value = self.values.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        return self.fail(name, "true or false")

    def decimal(self, name: str) -> Decimal | None:
        """A number as it stands, digit by digit; None where it is null or absent."""
        value = self.values.get(name)
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(repr(value))
        return self.fail(name, "a number or null")

    def count(self, name: str) -> int:
        """A whole number, 1 or more."""
        value = self.values.get(name)
        return value if type(value) is int and value > 0 else self.fail(name, "a whole number, 1 or more")

    def score(self, name: str, default: float) -> float:
        """A number from 0 to 1."""
        value = self.decimal(name)
        if value is None:
            return default
        return float(value) if 0 <= value <= 1 else self.fail(name, "a number from 0 to 1")

    def pair(self, name: str) -> tuple[float, float] | None:
        """Two numbers; None where they are null or absent."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, list) and len(value) == 2 and all(_is_number(part) for part in value):
            return float(value[0]), float(value[1])
        return self.fail(name, "two numbers or null")

    def items(self, name: str) -> list[object]:
        """A list; empty where it is null or absent."""
        value = self.values.get(name)
        if value is None or isinstance(value, list):
            return value or []
        return self.fail(name, "a list")

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        values = self.items(name)
        if not all(isinstance(value, str) for value in values):
            self.fail(name, "a list of strings")
        return tuple(str(value) for value in values)

    def span(self, name: str) -> Span:
        """One [start, end]."""
        value = self.maybe_span(name)
        return self.fail(name, "[start, end]") if value is None else value

    def maybe_span(self, name: str) -> Span | None:
        """One [start, end]; None where it is null or absent."""
        value = self.values.get(name)
        return None if value is None else self.span_of(value, name)

    def spans(self, name: str) -> Selection:
        """A list of [start, end], in order and without overlap."""
        pieces = tuple(self.span_of(value, name) for value in self.items(name))
        for before, after in pairwise(pieces):
            if after.start < before.end:
                self.fail(name, "pieces in order that do not overlap")
        return pieces

    def span_of(self, value: object, name: str) -> Span:
        """`value` of field `name` as a span."""
        if isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value):
            try:
                return Span(value[0], value[1])
            except BadSpan as error:
                raise RecordError(f"{self.where}: {name!r}: {error}") from error
        return self.fail(name, "[start, end] in code points")

    def inside(self, name: str) -> Fields | None:
        """The object of a field; None where it is null or absent."""
        value = self.values.get(name)
        return None if value is None else self.object_of(value, name)

    def objects(self, name: str) -> Iterator[Fields]:
        """The objects of a list."""
        return (self.object_of(value, name) for value in self.items(name))

    def object_of(self, value: object, name: str) -> Fields:
        """`value` of field `name` as an object."""
        if isinstance(value, dict):
            return Fields(value, f"{self.where}, {name}")
        return self.fail(name, "an object")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and isfinite(value)
