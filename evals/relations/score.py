"""Scores onrecord on the project's own relations across reports: `python -m evals.relations.score`.

An expectation is right only where the record fulfils it: a pair whose statements were not read is missed, also
where no link was to be drawn. Every `contradicts` that the gold neither expects nor allows is listed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evals.relations.expectations import JUDGES, Outcome, false_contradictions, judge
from evals.relations.items import HERE, KINDS, Item, load_items
from evals.relations.told import tell
from onrecord import registry


@dataclass(frozen=True, slots=True)
class Scored:
    """An item, its expectations and the false contradictions of its record."""

    item: Item
    outcomes: Sequence[Outcome]
    false: Sequence[str]


def score(items: Iterable[Item], engine: str) -> list[Scored]:
    """Reads every item in a store of its own."""
    scored = []
    for item in items:
        told = tell(item, engine)
        scored.append(Scored(item, judge(item, told), false_contradictions(item, told)))
    return scored


def count(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many are right, of those to be drawn and of those where nothing is."""
    rows = list(outcomes)
    drawn, nothing = ([o for o in rows if o.nothing is which] for which in (False, True))
    right = {"drawn": sum(o.right for o in drawn), "nothing": sum(o.right for o in nothing)}
    return {"drawn": right["drawn"], "of_drawn": len(drawn), "nothing": right["nothing"], "of_nothing": len(nothing)}


def summary(scored: Sequence[Scored]) -> dict[str, Any]:
    """The figures: over all, by kind of item, by part of the gold."""
    every = [outcome for one in scored for outcome in one.outcomes]
    kinds = {k: count(o for one in scored if k in one.item["kinds"] for o in one.outcomes) for k in KINDS}
    parts = {part: count(o for o in every if o.part == part) for part in JUDGES}
    return {
        "all": count(every),
        "kinds": {kind: row for kind, row in kinds.items() if row["of_drawn"] + row["of_nothing"]},
        "parts": {part: row for part, row in parts.items() if row["of_drawn"] + row["of_nothing"]},
        "items": len(scored),
        "items_right": sum(all(o.right for o in one.outcomes) and not one.false for one in scored),
        "false_contradicts": [f"{one.item['id']}: {words}" for one in scored for words in one.false],
    }


def table(told: Mapping[str, Any]) -> str:
    """The figures for people."""
    lines = [f"{'':20} {'right':>15} {'drawn':>9} {'not drawn':>9}"]
    for heading, rows in (("kind of item", told["kinds"]), ("part", told["parts"]), ("", {"all": told["all"]})):
        lines += ["", *([heading] if heading else []), *(_row(name, row) for name, row in rows.items())]
    lines += ["", f"items wholly right: {told['items_right']} of {told['items']}"]
    lines += [f"false contradicts: {len(told['false_contradicts'])}", *(f"  {x}" for x in told["false_contradicts"])]
    return "\n".join(lines)


def _row(name: str, row: Mapping[str, int]) -> str:
    right, of = row["drawn"] + row["nothing"], row["of_drawn"] + row["of_nothing"]
    parts = (f"{row[key]}/{row['of_' + key]}" if row["of_" + key] else "" for key in ("drawn", "nothing"))
    return "{:20} {:>6.1f} {:>8} {:>9} {:>9}".format(name, 100 * right / of, f"{right}/{of}", *parts)


def misses(scored: Iterable[Scored]) -> str:
    """Each miss with its words."""
    lines = []
    for one in scored:
        wrong = [outcome for outcome in one.outcomes if not outcome.right]
        lines += [one.item["id"], *(f"  {o.part}: {o.words} ({o.why})" for o in wrong)] if wrong else []
    return "\n".join(lines)


def main() -> int:
    """Prints the figures; with --misses what they are made of."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default=registry.ENGINES[0], help="what finds attributions (default: %(default)s)")
    parser.add_argument("--set", type=Path, default=HERE / "items.jsonl", help="the items (default: %(default)s)")
    parser.add_argument("--item", action="append", help="only the item of this id; may be given again")
    parser.add_argument("--kind", choices=KINDS, help="only items of this kind")
    parser.add_argument("--misses", action="store_true", help="each miss with its words")
    parser.add_argument("--json", action="store_true", help="the figures for programs")
    args = parser.parse_args()
    items = [i for i in load_items(args.set) if args.kind is None or args.kind in i["kinds"]]
    if args.item:
        if unknown := sorted(set(args.item) - {item["id"] for item in items}):
            parser.error(f"no item is called {', '.join(unknown)}")
        items = [item for item in items if item["id"] in args.item]
    scored = score(items, args.engine)
    told = summary(scored)
    print(json.dumps(told, ensure_ascii=False, indent=1) if args.json else table(told))
    if args.misses and not args.json:
        print("\n" + misses(scored))
    return 0


if __name__ == "__main__":
    sys.exit(main())
