"""Start-up, speed and memory, each measured on whole processes."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path

from evals.command import checked, run
from evals.texts import write_reports

MANY = 1_000


def median_wall(*words: str, command: tuple[str, ...] | None = None, runs: int = 5) -> float:
    """The median wall time of a command over some runs after a warm-up, in seconds."""
    times = [(run(*words, command=command) if command else run(*words)).wall for _ in range(runs + 1)]
    return statistics.median(times[1:])


def measure_start(runs: int = 5) -> dict[str, float]:
    """Seconds to import the package, above a bare interpreter, and to print the help."""
    python = (sys.executable,)
    bare = median_wall("-c", "pass", command=python, runs=runs)
    loaded = median_wall("-c", "import onrecord", command=python, runs=runs)
    return {"import_s": max(0.0, loaded - bare), "help_s": median_wall("--help", runs=runs)}


def measure_cold(folder: Path, runs: int = 5) -> dict[str, float]:
    """Seconds from a cold start to the record of one report of 800 words, as the median of some runs."""
    path = write_reports(folder / "one.jsonl", 1)
    walls = [checked("add", path, "--db", folder / f"cold{k}.db").wall for k in range(runs)]
    return {"cold_800_words_s": statistics.median(walls)}


def measure_many(folder: Path, number: int = MANY) -> dict[str, float]:
    """Reports a second and peak memory of one call that adds `number` reports with two processes."""
    path = write_reports(folder / "many.jsonl", number)
    words = sum(len(json.loads(line)["text"].split()) for line in path.read_text("utf-8").splitlines())
    done = checked("add", path, "--db", folder / "many.db", "--jobs", "2")
    return {
        "reports": number,
        "reports_per_s": number / done.wall,
        "words_per_cpu_s": words / done.cpu,
        "peak_mb": done.peak,
        "wall_s": done.wall,
    }


def measure(number: int = MANY, runs: int = 5) -> dict[str, float]:
    """All of it, what is short over some runs."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        return measure_start(runs) | measure_cold(folder, runs) | measure_many(folder, number)
