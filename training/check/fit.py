"""Fits the three classifiers on judged pairs, tells how they do on reports held out, and writes the weights folder.

python -m training.check.fit --stances PAIRS BODIES --citations FILE --out FOLDER
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.sentences import find_sentences
from onrecord.link.checking.measures import Held, evidence_measures, hold, measures
from onrecord.link.checking.passages import Passage, read_claim, read_passages
from onrecord.link.checking.verdicts import BORNE, VERDICTS, Model, Scale, choose_evidence
from training.check.logistic import Numbers, f1, fit, folds, one_hot

Labels = NDArray[np.int64]
BESIDE = 1500  # pairs of a claim and a report of another matter, so that "unrelated" is learnt
LABELS = {"supported": 0, "partially_supported": 1, "not_supported": 2}
STRENGTH = {"told": 0.003, "borne": 0.02, "evidence": 0.1}
MATCH_ONLY = (" as ",)  # measures that say nothing on whether a sentence is borne out
GRID = tuple(np.arange(0.6, 4.1, 0.2))


def main() -> None:
    """Reads, measures, fits, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stances", nargs=2, type=Path, required=True)
    parser.add_argument("--citations", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    names, told_rows, told, bodies, topics = _stances(*given.stances)
    borne_rows, borne, evidence = _citations(given.citations, names)
    for label, groups in (("reports", bodies), ("matters", topics)):
        _held_out(f"stances, other {label}", told_rows, told, groups, len(VERDICTS), "told")
    alone = np.array([str(k) for k in range(len(borne))])
    masked = _masked(borne_rows, names)
    _held_out("citations, other claims", masked, borne, alone, len(BORNE), "borne")
    parts = {
        "told": _tuned(told_rows, told, bodies, len(VERDICTS), "told"),
        "borne": _tuned(masked, borne, alone, len(BORNE), "borne"),
    }
    _evidence_held_out(evidence, Model(names, parts["told"], parts["borne"], parts["told"]))
    parts["evidence"] = _fit_evidence(evidence)
    _write(given.out, names, parts)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _passages(text: str) -> tuple[Passage, ...]:
    return read_passages(text, [sentence.span for sentence in find_sentences(text)])


def _stances(pairs: Path, bodies: Path) -> tuple[tuple[str, ...], Numbers, Labels, Any, Any]:
    reports = {row["id"]: _passages(row["text"]) for row in _lines(bodies)}
    rows = [(row["headline"], row["body"], VERDICTS.index(row["stance"])) for row in _lines(pairs)]
    matter = _matters(rows)
    claims, ids = sorted({claim for claim, _, _ in rows}), sorted({body for _, body, _ in rows})
    chance = random.Random(7)
    wanted = len(rows) + BESIDE
    while len(rows) < wanted:
        claim, body = chance.choice(claims), chance.choice(ids)
        if matter[claim] != matter[body]:
            rows.append((claim, body, VERDICTS.index("unrelated")))
    rows.sort(key=lambda row: (row[1], row[0]))
    found = [measures(hold(read_claim(claim), reports[body])) for claim, body, _ in rows]
    names = tuple(found[0])
    numbers = np.array([[row[name] for name in names] for row in found])
    told = np.array([label for _, _, label in rows])
    return names, numbers, told, np.array([b for _, b, _ in rows]), np.array([matter[b] for _, b, _ in rows])


def _matters(rows: list[tuple[str, str, int]]) -> dict[str, str]:
    """Claims and reports that pairs join, each with the name of the first of them."""
    parent: dict[str, str] = {}

    def first(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for claim, body, _ in rows:
        one, other = sorted((first(claim), first(body)))
        parent[other] = one
    return {name: first(name) for name in sorted(parent)}


Cited = tuple[Held, list[int], list[set[int]]]  # the claim, the line of each near sentence, the gold sets


def _citations(path: Path, names: tuple[str, ...]) -> tuple[Numbers, Labels, list[Cited]]:
    rows, labels, cited = [], [], []
    for row in _lines(path):
        text, starts = "\n".join(row["evidence"]), [0]
        for line in row["evidence"]:
            starts.append(starts[-1] + len(line) + 1)
        held = hold(read_claim(row["claim"]), _passages(text))
        found = measures(held)
        rows.append([found[name] for name in names])
        labels.append(LABELS[row["label"]])
        lines = [bisect_right(starts, held.passages[k].span.start) - 1 for k in held.near]
        cited.append((held, lines, [set(s) for s in row["supporting_sentences"] if s]))
    return np.array(rows), np.array(labels), cited


def _masked(rows: Numbers, names: tuple[str, ...]) -> Numbers:
    kept = [not any(part in name for part in MATCH_ONLY) for name in names]
    return np.where(kept, rows, 0.0)


def _predicted(rows: Numbers, labels: Labels, groups: Any, classes: int, part: str) -> Numbers:
    """Chances of each row by a classifier that has not seen its group."""
    found = np.zeros((len(labels), classes))
    fold = folds(groups, 5)
    for k in range(5):
        scale = fit(rows[fold != k], one_hot(labels[fold != k], classes), STRENGTH[part])
        found[fold == k] = scale.chances(rows[fold == k])
    return found


def _best_weights(chances: Numbers, labels: Labels, part: str) -> Numbers:
    def score(weights: tuple[float, ...]) -> float:
        found = (chances * np.array(weights)).argmax(axis=1)
        if part == "borne":
            return float(f1(labels, found, 3).mean())
        related = labels < 3
        return float(f1(labels[related], found[related], 3).mean() + 0.25 * f1(labels, found, 4)[3])

    grid: Iterator[tuple[float, ...]]
    if part == "borne":
        grid = ((a, 1.0, n) for a, n in product(GRID, GRID))
    else:
        grid = ((a, d, 1.0, u) for a, d, u in product(GRID, GRID, (0.3, 0.6, 1.0)))
    return np.array(max(grid, key=lambda w: (score(w), w)))


def _held_out(title: str, rows: Numbers, labels: Labels, groups: Any, classes: int, part: str) -> None:
    """Prints F1 by class; the weights of a row's class are chosen on other groups too."""
    chances = _predicted(rows, labels, groups, classes, part)
    found = np.zeros(len(labels), dtype=np.int64)
    fold = folds(groups, 3, seed=1)
    for k in range(3):
        weights = _best_weights(chances[fold != k], labels[fold != k], part)
        found[fold == k] = (chances[fold == k] * weights).argmax(axis=1)
    inside = labels < 3
    scores = f1(labels[inside], found[inside], 3)
    sys.stdout.write(f"{title}: macro-F1 {100 * scores.mean():.1f}, by class {np.round(100 * scores, 1)}")
    sys.stdout.write(f"; unrelated {100 * f1(labels, found, 4)[3]:.1f}\n" if part == "told" else "\n")


def _tuned(rows: Numbers, labels: Labels, groups: Any, classes: int, part: str) -> Scale:
    weights = _best_weights(_predicted(rows, labels, groups, classes, part), labels, part)
    scale = fit(rows, one_hot(labels, classes), STRENGTH[part])
    return Scale(scale.mean, scale.spread, scale.slopes, scale.level, weights)


def _fit_evidence(cited: list[Cited]) -> Scale:
    """Fits the share of the gold sets that each sentence is in."""
    rows, shares = [], []
    for held, lines, sets in cited:
        if sets:
            rows.append(evidence_measures(held))
            shares.extend(sum(line in one for one in sets) / len(sets) for line in lines)
    share = np.array(shares)
    return fit(np.concatenate(rows), np.c_[1 - share, share], STRENGTH["evidence"])


def _evidence_held_out(cited: list[Cited], model: Model) -> None:
    values = []
    for k in range(5):
        scale = _fit_evidence([one for n, one in enumerate(cited) if n % 5 != k])
        other = Model(model.names, model.told, model.borne, scale)
        for held, lines, sets in (one for n, one in enumerate(cited) if n % 5 == k and one[2]):
            spans = choose_evidence(held, other)
            mine = {line for line, n in zip(lines, held.near, strict=True) if held.passages[n].span in spans}
            values.append(max(2 * len(mine & one) / (len(mine) + len(one)) for one in sets))
    sys.stdout.write(f"evidence, other claims: F1 {100 * sum(values) / len(values):.1f}\n")


def _write(folder: Path, names: tuple[str, ...], parts: dict[str, Scale]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    data: dict[str, Any] = {"measures": list(names)}
    keys = ("mean", "spread", "slopes", "level", "weights")
    for part, scale in parts.items():
        data[part] = {key: np.round(getattr(scale, key), 5).tolist() for key in keys}
    text = json.dumps(data, indent=1) + "\n"
    (folder / "coefficients.json").write_text(text, "utf-8")
    digest = partial(hashlib.sha256, text.encode("utf-8"))
    about = {"sha256": {"coefficients.json": digest().hexdigest()}}
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
