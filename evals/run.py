"""Scores onrecord and writes docs/scores.md: `make eval`.

Accuracy needs the gold data, looked for in ../shared or in ONRECORD_SHARED; what is missing is said.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals import acceptance, diagram, score_card, speed
from evals.command import ONRECORD
from evals.shared import ROOT, shared_folder
from onrecord.registry import ENGINES

TASKS = ("attribution", "times", "figures", "stories", "copies")


def run_attribution(limit: int | None) -> dict[str, Any]:
    """What is measured of each engine, in a process of its own: what it loads must not count as ours."""
    told = {}
    for engine in ENGINES:
        with tempfile.TemporaryDirectory() as scratch:
            out = Path(scratch) / "told.json"
            words = [sys.executable, str(ROOT / "evals" / "attribution.py"), "--engine", engine, "--json", str(out)]
            words += ["--limit", str(limit)] if limit else []
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"attribution.py ended with {done.returncode}: {done.stderr.strip()[-500:]}")
            told[engine] = json.loads(out.read_text("utf-8"))
    return told


def run_bench(shared: Path, tasks: tuple[str, ...], limit: int | None) -> dict[str, Any]:
    """The public benchmarks, through the command line alone."""
    words = [sys.executable, str(shared / "bench" / "bench.py"), *tasks, "--data", str(shared / "data"), "--json"]
    words += ["--onrecord", ONRECORD, *(["--limit", str(limit)] if limit else [])]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"bench.py ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return dict(json.loads(done.stdout))


def main() -> int:
    """Measures and writes; with --smoke a small part, and nothing is written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a small part of each, printed and not written")
    parser.add_argument(
        "--only", choices=("acceptance", "attribution", "bench", "speed"), help="one part, printed and not written"
    )
    parser.add_argument("--tasks", nargs="*", default=list(TASKS), help=f"of bench.py (default: {' '.join(TASKS)})")
    args = parser.parse_args()
    shared = shared_folder()
    results: dict[str, Any] = {}
    has_gold = (shared / "acceptance").is_dir()
    if not has_gold:
        print("accuracy is skipped, evals/stories too: no scorer and gold data in ../shared", file=sys.stderr)
    if has_gold and args.only in (None, "acceptance"):
        print("scoring the acceptance stories", file=sys.stderr)
        results["acceptance"] = {s.name: acceptance.score(s, shared) for s in acceptance.stories(shared)}
    if has_gold and args.only in (None, "attribution"):
        print(f"measuring attribution: {', '.join(ENGINES)}", file=sys.stderr)
        results["attribution"] = run_attribution(5 if args.smoke else None)
    if has_gold and args.only in (None, "bench"):
        print(f"running the benchmarks: {' '.join(args.tasks)}", file=sys.stderr)
        results["bench"] = run_bench(shared, tuple(args.tasks), 5 if args.smoke else None)
    if args.only in (None, "speed"):
        print("measuring speed and memory", file=sys.stderr)
        results["speed"] = speed.measure(20 if args.smoke else speed.MANY)
    card = score_card.render(results)
    print(card)
    if has_gold and not args.smoke and not args.only:
        (ROOT / "docs" / "scores.md").write_text(card, "utf-8")
        for told in results["attribution"].values():
            if "figures" in told:
                diagram.write_diagram(told)
        print("written to docs/scores.md and docs/images", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
