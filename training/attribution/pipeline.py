"""Everything from the corpus to the weights in one command; started again, it goes on where it stopped.

    python -m training.attribution.pipeline --corpus POLNEAR --news NEWS/*.jsonl --runs RUNS --scorer SCORER.py

`RUNS` receives the folders of every step and, at the end, `accurate/` and `best/` as the package reads them.  Takes the
better part of a day on two cores; `nohup ... &` lets it run in the background.  Ctrl-C or SIGTERM stops it between two
steps of a training with nothing lost.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEACHER_EPOCHS, STUDENT_EPOCHS = "5", "4"


@dataclass(frozen=True, slots=True)
class Stage:
    """One command and the file that is there when it is done."""

    module: str
    options: tuple[str, ...]
    done: Path

    def command(self) -> list[str]:
        """What to run."""
        return [sys.executable, "-m", f"training.attribution.{self.module}", *self.options]


def stages(corpus: Path, news: list[Path], runs: Path, scorer: Path | None) -> Iterator[Stage]:
    """The stages in order; each needs what those before it wrote."""
    base, teacher, student = runs / "base", runs / "teacher", runs / "student"
    soft, linker = runs / "soft", runs / "linker.safetensors"
    measured = ("--corpus", str(corpus), *(("--scorer", str(scorer)) if scorer else ()))
    yield Stage("base", (str(base),), base / "mpnet" / "tokenizer.json")
    yield Stage("fit_linker", ("--corpus", str(corpus), "--out", str(linker)), linker)
    large = ("--base", str(base / "mpnet"), "--layers", "8", "--epochs", TEACHER_EPOCHS, "--run", str(teacher))
    yield Stage("fit", (*measured, *large), teacher / "done")
    read = ("--model", str(teacher), "--base", str(base / "mpnet"), "--plain", *map(str, news), "--out", str(soft))
    yield Stage("soft", ("--corpus", str(corpus), *read), soft / "done")
    small = ("--base", str(base / "minilm"), "--rate", "2e-4", "--dropout", "0", "--epochs", STUDENT_EPOCHS)
    yield Stage("fit", (*measured, *small, "--soft", str(soft), "--run", str(student)), student / "done")
    for name, run, of, whole in (
        ("accurate", student, "minilm", ()),
        ("best", teacher, "mpnet", ("--whole", "output/dense/MatMul")),
    ):
        out = runs / name
        told = ("--model", str(run), "--base", str(base / of), "--linker", str(linker), "--out", str(out), *whole)
        yield Stage("export", (*told, *measured), out / "exported")
        yield Stage("weigh", ("--corpus", str(corpus), "--weights", str(out)), out / "done")


def run(stage: Stage) -> int:
    """Its exit code; whoever stops this stops the stage, which saves itself."""
    process = subprocess.Popen(stage.command(), start_new_session=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: process.terminate())
    return process.wait()


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("POLNEAR"))
    parser.add_argument("--news", type=Path, nargs="+", required=True, help="JSON Lines of news texts without labels")
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, default=os.environ.get("ATTRIBUTION_SCORER"))
    options = parser.parse_args()
    if options.corpus is None:
        parser.error("--corpus, or POLNEAR in the environment")
    for stage in stages(Path(options.corpus), options.news, options.runs, options.scorer):
        if stage.done.exists():
            print("done before:", stage.module, stage.done.parent.name, flush=True)
            continue
        print("now:", stage.module, stage.done.parent.name, flush=True)
        code = run(stage)
        if code:
            return code
        stage.done.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
