"""Every test that docs/guarantees.md names is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_promise_names_a_test_that_exists() -> None:
    page = (ROOT / "docs" / "guarantees.md").read_text("utf-8")
    written = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
    names = re.findall(r"`(test_[a-z_]+)`", page)
    assert len(names) > 5
    assert [name for name in names if f"def {name}(" not in written] == []
    assert [path for path in re.findall(r"`(tests/[a-z_/]+\.py)`", page) if not (ROOT / path).is_file()] == []
