"""Lets the package read other data than it ships with, for as long as a `with` block lasts."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

from onrecord import resources


@contextmanager
def data(files: Mapping[str, str]) -> Iterator[None]:
    """In the block, data files named in `files` have these texts; what was read before is forgotten and read anew."""
    shipped = resources.read_text

    def read_text(name: str) -> str:
        return files[name] if name in files else shipped(name)

    with patch.object(resources, "read_text", read_text):
        forget()
        try:
            yield
        finally:
            forget()


def forget() -> None:
    """Empties the caches of all functions of the package that are loaded."""
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] == "onrecord":
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if callable(clear):
                    clear()
