"""Scores onrecord and writes docs/scores.md: `make eval`.

Accuracy needs the gold data, looked for in ../shared or in ONRECORD_SHARED; what is missing is said.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals import acceptance, diagram, score_card, speed, web
from evals.command import ONRECORD
from evals.relations.items import load_items
from evals.relations.score import score, summary
from evals.shared import ROOT, shared_folder
from onrecord.registry import ENGINES

TASKS = (
    "times", "figures", "commitment", "places", "entities", "events",
    "stories", "copies", "timeline", "corroboration", "attribution",
)  # fmt: skip
SMOKE = (  # a set of each
    "times:timex_rtext", "figures:quantity_rtext", "commitment", "places:geo_trnews", "entities:ecbplus_full_dev",
    "events:event_case2021", "stories:ecbplus_full_dev", "copies", "timeline:trial", "corroboration:stance",
    "attribution",
)  # fmt: skip
PARTS = ("acceptance", "attribution", "bench", "relations", "speed", "web")
QUICK = "fast"  # the engine of a smoke run where another would take minutes
RELATIONS = ("items", "unseen", "held_out")
SETS = ROOT / "evals" / "relations"
KEPT = ROOT / "build" / "scores.json"  # what was measured last, part by part


def run_attribution(engines: Sequence[str] = ENGINES, limit: int | None = None) -> dict[str, Any]:
    """What is measured of each engine, in a process of its own: what it loads must not count as ours."""
    told = {}
    for engine in engines:
        with tempfile.TemporaryDirectory() as scratch:
            out = Path(scratch) / "told.json"
            words = [sys.executable, str(ROOT / "evals" / "attribution.py"), "--engine", engine, "--json", str(out)]
            words += ["--limit", str(limit)] if limit else []
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"attribution.py ended with {done.returncode}: {done.stderr.strip()[-500:]}")
            told[engine] = json.loads(out.read_text("utf-8"))
    return told


def run_bench(
    shared: Path, tasks: tuple[str, ...], engine: str = ENGINES[0], limit: int | None = None
) -> dict[str, Any]:
    """The public benchmarks, through the command line alone."""
    environment = os.environ | {"ONRECORD_ENGINE": engine}
    words = [sys.executable, str(shared / "bench" / "bench.py"), *tasks, "--data", str(shared / "data"), "--json"]
    words += ["--onrecord", ONRECORD, *(["--limit", str(limit)] if limit else [])]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise SystemExit(f"bench.py ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return dict(json.loads(done.stdout))


def run_relations() -> dict[str, dict[str, float]]:
    """What the record fulfils of each set of relations, in percent."""
    told = {name: summary(score(load_items(SETS / f"{name}.jsonl"), ENGINES[0])) for name in RELATIONS}
    return {
        name: {"right, all": _share(found["all"])}
        | {f"right, {part}": _share(row) for part, row in found["parts"].items()}
        | {"false contradictions": len(found["false_contradicts"])}
        for name, found in told.items()
    }


def _share(row: dict[str, int]) -> float:
    """Percent of what should be drawn and of what should not."""
    return round(100 * (row["drawn"] + row["nothing"]) / (row["of_drawn"] + row["of_nothing"]), 1)


def main() -> int:
    """Measures and writes; with --smoke a small part, and nothing is written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a small part of each, printed and not written")
    parser.add_argument(
        "--only",
        choices=PARTS,
        nargs="+",
        default=list(PARTS),
        help="these parts; the rest of the card stays as it was",
    )
    parser.add_argument("--tasks", nargs="*", default=list(TASKS), help=f"of bench.py (default: {' '.join(TASKS)})")
    parser.add_argument("--web-db", type=Path, help="1,000 made reports for the reading room, kept")
    args = parser.parse_args()
    shared = shared_folder()
    results: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() and not args.smoke else {}
    has_gold = (shared / "acceptance").is_dir()
    if not has_gold:
        print("accuracy is skipped, evals/stories too: no scorer and gold data in ../shared", file=sys.stderr)
    if has_gold and "acceptance" in args.only:
        print("scoring the acceptance stories", file=sys.stderr)
        stories = acceptance.stories(shared)[: 1 if args.smoke else None]
        results["acceptance"] = {s.name: acceptance.score(s, shared) for s in stories}
    if has_gold and "attribution" in args.only:
        engines = (QUICK,) if args.smoke else ENGINES
        print(f"measuring attribution: {', '.join(engines)}", file=sys.stderr)
        results["attribution"] = run_attribution(engines, 1 if args.smoke else None)
    if has_gold and "bench" in args.only:
        print(f"running the benchmarks: {' '.join(SMOKE if args.smoke else args.tasks)}", file=sys.stderr)
        measured = run_bench(shared, SMOKE, QUICK, 1) if args.smoke else run_bench(shared, tuple(args.tasks))
        results["bench"] = results.get("bench", {}) | measured
    if "relations" in args.only and not args.smoke:
        print("scoring relations across reports", file=sys.stderr)
        results["relations"] = run_relations()
    if "speed" in args.only:
        print("measuring speed and memory", file=sys.stderr)
        results["speed"] = speed.measure(2, 1) if args.smoke else speed.measure()
    if "web" in args.only:
        print("measuring the reading room", file=sys.stderr)
        results["web"] = web.measure(20, None, 1, 1, 1) if args.smoke else web.measure(db=args.web_db)
    card = score_card.render(results)
    print(card)
    if has_gold and not args.smoke:
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(results), "utf-8")
        (ROOT / "docs" / "scores.md").write_text(card, "utf-8")
        for told in results.get("attribution", {}).values():
            if "figures" in told:
                diagram.write_diagram(told)
        print("written to docs/scores.md and docs/images", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
