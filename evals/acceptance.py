"""The acceptance stories: reports with a hand-made gold, scored by the scorer that lies beside them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from evals.command import checked

OWN = Path(__file__).with_name("stories")  # written for the purpose; the scorer alone lies elsewhere


def stories(shared: Path) -> list[Path]:
    """The folders of `acceptance`, and then our own, that hold a gold.yaml."""
    return [p.parent for folder in (shared / "acceptance", OWN) for p in sorted(folder.glob("*/gold.yaml"))]


def make_record(story: Path, folder: Path) -> Path:
    """Adds the story's reports, each with what its gold says of it, and exports the record."""
    database, out = folder / f"{story.name}.db", folder / f"{story.name}.jsonl"
    gold = yaml.safe_load((story / "gold.yaml").read_text("utf-8"))
    for report in gold["reports"]:
        given = [f"--{k}={report[k]}" for k in ("published", "outlet", "uri", "title") if report.get(k)]
        checked("add", story / report["file"], "--db", database, *given)
    checked("export", "--db", database, "--format", "record", "-o", out)
    return out


def score(story: Path, shared: Path, *options: str) -> dict[str, Any]:
    """The figures of one story, by name, in percent."""
    with tempfile.TemporaryDirectory() as scratch:
        record = make_record(story, Path(scratch))
        words = [sys.executable, str(shared / "acceptance" / "score_record.py"), str(story / "gold.yaml"), str(record)]
        done = subprocess.run([*words, "--json", *options], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))
