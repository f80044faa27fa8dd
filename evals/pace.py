"""CPU time and memory of one process with one thread, started for the purpose: who is asked to find, and in what.

What is measured runs in a process of its own (`python -m evals.pace PART ENGINE`), gets texts as JSON on its
standard input and answers in JSON. Peers answer in the same form (peers.py), so all are measured alike.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from evals.shared import ROOT

if TYPE_CHECKING:  # peers run this where onrecord is not installed
    from onrecord.model import Report

WARM_UP = "Ada Holm, the mayor, said that the bridge was safe. “We will open it on Monday,” she told reporters."
BEGINNING = 4_000  # code points of the first text that are read to warm up
MEGABYTE = 1024 if sys.platform != "darwin" else 1024**2  # ru_maxrss counts kilobytes, on a Mac bytes
LIBRARIES = ("OMP", "OPENBLAS", "MKL", "BLIS", "RAYON")
SOON, ROUNDS = 5.0, 7  # seconds of CPU below which a comparison is noise, and how often it is then made
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in LIBRARIES} | {"TOKENIZERS_PARALLELISM": "false"}
Rows = list[dict[str, list[list[int]]]]  # attributions as the scorer takes them


@dataclass(frozen=True, slots=True)
class Pace:
    """What a process took for its texts, its start and a first short text apart."""

    words: int  # as len(text.split()) counts them
    cpu: tuple[float, ...]  # seconds of CPU, a text
    peak: float  # megabytes
    found: tuple[Rows, ...]  # a text; nothing from one that was not asked for it

    @property
    def words_per_s(self) -> float:
        """Words a second of CPU time."""
        return self.words / sum(self.cpu)


def apart(python: Path, module: str, *words: str, texts: Sequence[str]) -> Pace:
    """What `python -m module words` took for the texts; RuntimeError with its last words where it fails."""
    paths = filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))
    environment = os.environ | ONE_THREAD | {"PYTHONPATH": os.pathsep.join(paths)}
    command = [str(python), "-P", "-m", module, *words]
    done = subprocess.run(
        command, input=json.dumps(texts), env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["nothing said"]
        raise RuntimeError(f"{module} {' '.join(words)} ended with {done.returncode}: {said[-1][:300]}")
    told: Mapping[str, Any] = json.loads(done.stdout)
    return Pace(sum(len(text.split()) for text in texts), tuple(told["cpu"]), told["peak"], tuple(told["found"]))


def answer(work: Callable[[Any], Rows], prepare: Callable[[str], Any] = str) -> None:
    """In the process itself: reads texts, works on each, tells what that took; `prepare` is not counted."""
    texts = json.load(sys.stdin)
    work(prepare("\n".join((WARM_UP, *(text[:BEGINNING] for text in texts[:1])))))  # loads what is loaded when needed
    cpu, found = [], []
    for text in texts:
        prepared = prepare(text)
        gc.collect()  # what the text before left behind is not this one's cost
        start = time.process_time()
        result = work(prepared)
        cpu.append(time.process_time() - start)
        found.append(result)
    json.dump({"cpu": cpu, "peak": peak(), "found": found}, sys.stdout)


def peak() -> float:
    """The most memory that this process has had, in megabytes.

    Where the system tells it of this program alone that is taken: ru_maxrss also counts the parent's, copied at the
    start.
    """
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def attribute(engine: str) -> None:
    """Answers for the steps that find attributions, and nothing else; reading is not counted."""
    from evals import finding

    def work(report: Report) -> Rows:
        found = finding.attribute(engine, report).attributions
        return [
            {role: [[span.start, span.end] for span in getattr(one, role)] for role in ("source", "cue", "content")}
            for one in found
        ]

    answer(work, lambda text: finding.read(text).report)


def everything(engine: str) -> None:
    """Answers for the whole way from a text to its statements."""
    from evals import finding
    from evals.gold import rows

    answer(lambda text: [rows(one.spans) for one in finding.find(engine, text)])


PARTS: Mapping[str, Callable[[str], None]] = {"attribution": attribute, "all": everything}


def measure(engine: str, part: str, texts: Sequence[str]) -> Pace:
    """What an engine of onrecord takes for the texts, in one of PARTS."""
    return apart(Path(sys.executable), "evals.pace", part, engine, texts=texts)


def growth(engine: str, short: str, long: str) -> float:
    """How many times as long the long text takes, by the medians; what is soon done is done more often."""
    cpu = measure(engine, "attribution", [short, long, short]).cpu
    if sum(cpu) < SOON:
        cpu = measure(engine, "attribution", [short, long, short, *[long, short] * ROUNDS]).cpu
    return median(cpu[1::2]) / median(cpu[::2])


if __name__ == "__main__":
    PARTS[sys.argv[1]](sys.argv[2])
