"""The record does not show how Python orders its sets, nor what the process has worked on before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from onrecord.flow import prepare
from onrecord.link.blocking import asked_keys, copy_keys
from onrecord.link.entry import entry_of
from onrecord.model import Failure
from onrecord.registry import steps
from onrecord.stores.filing import file_page
from tests.test_flow import sample

SRC, ROOT = Path(__file__).parents[1] / "src", Path(__file__).parents[1]
WRITES = """
import sys
from onrecord.export.record import export_record
from onrecord.flow import add_readings
from onrecord.stores.memory import MemoryStore
from tests.test_flow import sample
store = MemoryStore()
add_readings(sample(), store, engine="fast")
export_record(store, sys.stdout.write)
"""


def record_with_seed(seed: int) -> bytes:
    paths = os.pathsep.join(map(str, (SRC, ROOT)))
    environment = os.environ | {"PYTHONHASHSEED": str(seed), "PYTHONPATH": paths}
    return subprocess.run(
        [sys.executable, "-c", WRITES], env=environment, cwd=ROOT, capture_output=True, check=True
    ).stdout


def lines(backwards: bool) -> list[tuple[object, ...]]:
    """What is kept of each report of the sample and the keys it is filed under and asks for."""
    found: list[tuple[object, ...]] = []
    for reading in reversed(sample()) if backwards else sample():
        made = prepare(reading, steps("fast"))
        assert not isinstance(made, Failure)
        entry = entry_of(made.page)
        asked = [sorted(asked_keys(entry).items()), *(sorted(keys.items()) for keys, _ in copy_keys(entry.shingles))]
        found.append((*file_page(made.page).lines(), made.keys, json.dumps(asked)))
    return found


def test_two_hash_seeds_give_the_same_bytes() -> None:
    first = record_with_seed(1)
    assert first.count(b"\n") > 100
    assert record_with_seed(2) == first


def test_what_came_before_does_not_show() -> None:
    assert lines(backwards=True) == lines(backwards=False)[::-1]
