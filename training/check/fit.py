"""Fits the classifiers on judged pairs, tells how they do on matters held out, and writes the weights folder.

python -m training.check.fit --stances PAIRS BODIES --citations FILE --out FOLDER
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.sentences import find_sentences
from onrecord.link.checking.classifiers import Numbers, Scale, Stand, TwoSided
from onrecord.link.checking.measures import EVIDENCE, Held, evidence_measures, hold, is_contested, measures
from onrecord.link.checking.passages import KINDS, Passage, read_claim, read_passages
from onrecord.link.checking.verdicts import BORNE, SCALE, STAND, VERDICTS, Model, choose_evidence
from training.check.logistic import Labels, f1, fit, folds, one_hot, shares_of
from training.check.twosided import fit_two_sided

DISAGREE, DISCUSS, UNRELATED = (VERDICTS.index(name) for name in ("disagree", "discuss", "unrelated"))
BESIDE = 1500  # pairs of a claim and a report of another matter, so that "unrelated" is learnt
LABELS = {"supported": 0, "partially_supported": 1, "not_supported": 2}
STRENGTH = {"about": 0.03, "borne": 0.01, "evidence": 0.1}
PENALTY = 0.1  # of the two-sided classifier
SLOPES = (0.5, 0.2)  # of opposing words, of the claim and of the report, that it is drawn towards
LARGE = 3  # matters that are folds of their own
ABOUT = 0.25  # weight of "unrelated": what is told is not lost
GRID = tuple(np.arange(0.6, 4.1, 0.2))
UNSTEADY = frozenset("doubt".split())  # kinds of cues that did not help on other matters
OF_CLAIM = frozenset("claim asks|claim quotes|claim colon".split("|")) | {f"claim {kind}" for kind in KINDS}


def main() -> None:
    """Reads, measures, fits, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stances", nargs=2, type=Path, required=True)
    parser.add_argument("--citations", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    stances = _stances(*given.stances)
    _stances_held_out(stances)
    rows, borne, cited = _citations(given.citations, stances.names)
    _citations_held_out(rows, borne)
    parts = {"about": _fit_about(stances), "borne": _fit_borne(rows, borne, stances.names)}
    told = _fit_told(stances, stances.labels < UNRELATED)
    _evidence_held_out(cited, Model(parts["about"], told, parts["borne"], parts["about"]))
    parts["evidence"] = _fit_evidence(cited)
    _write(given.out, parts, told)


@dataclass(frozen=True, slots=True)
class Stances:
    """Pairs of a claim and a report, as measured."""

    names: tuple[str, ...]  # of the measures
    rows: Numbers  # [pairs, measures]
    labels: Labels  # of VERDICTS
    bodies: NDArray[np.str_]
    matters: NDArray[np.str_]
    contested: NDArray[np.bool_]

    def columns(self, names: Iterable[str]) -> Numbers:
        """The measures of these names."""
        found: Numbers = self.rows[:, [self.names.index(name) for name in names]]
        return found


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _passages(text: str) -> tuple[Passage, ...]:
    return read_passages(text, [sentence.span for sentence in find_sentences(text)])


def _stances(pairs: Path, bodies: Path) -> Stances:
    reports = {row["id"]: _passages(row["text"]) for row in _lines(bodies)}
    rows = [(row["headline"], row["body"], VERDICTS.index(row["stance"])) for row in _lines(pairs)]
    matter = _matters(rows)
    claims, ids = sorted({claim for claim, _, _ in rows}), sorted({body for _, body, _ in rows})
    chance = random.Random(7)
    wanted = len(rows) + BESIDE
    while len(rows) < wanted:
        claim, body = chance.choice(claims), chance.choice(ids)
        if matter[claim] != matter[body]:
            rows.append((claim, body, UNRELATED))
    rows.sort(key=lambda row: (row[1], row[0]))
    held = [hold(read_claim(claim), reports[body]) for claim, body, _ in rows]
    found = [measures(one) for one in held]
    contested = np.array([is_contested(one) for one in held])
    names = tuple(found[0])
    numbers = np.array([[row[name] for name in names] for row in found])
    told = np.array([label for _, _, label in rows])
    return Stances(
        names, numbers, told, np.array([b for _, b, _ in rows]), np.array([matter[b] for _, b, _ in rows]), contested
    )


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


def _fit_about(stances: Stances) -> Scale:
    names = tuple(name for name in stances.names if _tells_match(name))
    unrelated = (stances.labels == UNRELATED).astype(np.int64)
    shares = shares_of(stances.matters, unrelated, 2) * len(unrelated)
    scale = fit(stances.columns(names), one_hot(unrelated, 2) * shares[:, None], STRENGTH["about"], names)
    return replace(scale, weights=np.array([1.0, ABOUT]))


def _tells_match(name: str) -> bool:
    beside = {"quoting", "sentences", "place", "first"}
    return not name.startswith("claim ") and name.rsplit(maxsplit=1)[-1] not in KINDS and name not in beside


def _fit_told(stances: Stances, chosen: NDArray[np.bool_]) -> TwoSided:
    claims, reports = _sides(stances.names)
    labels = stances.labels[chosen]
    return fit_two_sided(
        stances.columns(claims)[chosen],
        stances.columns(reports)[chosen],
        labels,
        shares_of(stances.matters[chosen], labels, 3),
        (claims, reports),
        penalty=PENALTY,
        slopes=SLOPES,
    )


def _sides(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The measures of the claim, and those of the report: of cues alone, since what is shared tells of the matter."""
    kinds = frozenset(KINDS) - UNSTEADY
    steady = [name for name in names if name.split()[-1] not in UNSTEADY]
    claims = tuple(name for name in steady if name in OF_CLAIM)
    return claims, tuple(name for name in steady if not name.startswith("claim ") and name.split()[-1] in kinds)


def _stances_held_out(stances: Stances) -> None:
    """Prints F1 by class of pairs whose report, or whose matter, the classifier has not seen."""
    related = stances.labels < UNRELATED
    claims, reports = (stances.columns(names) for names in _sides(stances.names))
    for title, groups, alone in (("reports", stances.bodies, 0), ("matters", stances.matters, LARGE)):
        scores = []
        for seed in range(4):
            fold, found = folds(groups, 5, seed, alone), np.zeros(len(related), dtype=np.int64)
            for k in sorted(set(fold.tolist())):
                told = _fit_told(stances, related & (fold != k))
                chances = told.chances(claims[fold == k], reports[fold == k])
                against = (chances.argmax(axis=1) == DISAGREE) & ~stances.contested[fold == k]
                found[fold == k] = np.where(against, DISCUSS, chances.argmax(axis=1))
            scores.append(f1(stances.labels[related], found[related], 3))
        mean = np.mean(scores, axis=0)
        sys.stdout.write(f"stances, other {title}: macro-F1 {100 * mean.mean():.1f}, {np.round(100 * mean, 1)}\n")


def _fit_borne(rows: Numbers, labels: Labels, names: tuple[str, ...]) -> Scale:
    weights = _best_weights(_borne_chances(rows, labels), labels)
    scale = fit(rows, one_hot(labels, len(BORNE)), STRENGTH["borne"], names)
    return replace(scale, weights=weights)


def _borne_chances(rows: Numbers, labels: Labels) -> Numbers:
    """Chances of each claim by a classifier that has not seen it."""
    found, fold = np.zeros((len(labels), len(BORNE))), _claim_folds(labels, 5, 0)
    for k in range(5):
        scale = fit(rows[fold != k], one_hot(labels[fold != k], len(BORNE)), STRENGTH["borne"])
        found[fold == k] = scale.chances(rows[fold == k])
    return found


def _claim_folds(labels: Labels, count: int, seed: int) -> Labels:
    return folds(np.array([str(k) for k in range(len(labels))]), count, seed)


def _best_weights(chances: Numbers, labels: Labels) -> Numbers:
    def score(weights: tuple[float, ...]) -> float:
        return float(f1(labels, (chances * np.array(weights)).argmax(axis=1), len(BORNE)).mean())

    grid: Iterator[tuple[float, ...]] = ((a, 1.0, n) for a, n in product(GRID, GRID))
    return np.array(max(grid, key=lambda w: (score(w), w)))


def _citations_held_out(rows: Numbers, labels: Labels) -> None:
    """Prints F1 by class; the weights of a claim's class are chosen on other claims too."""
    chances, found = _borne_chances(rows, labels), np.zeros(len(labels), dtype=np.int64)
    fold = _claim_folds(labels, 3, 1)
    for k in range(3):
        weights = _best_weights(chances[fold != k], labels[fold != k])
        found[fold == k] = (chances[fold == k] * weights).argmax(axis=1)
    scores = f1(labels, found, len(BORNE))
    sys.stdout.write(f"citations, other claims: macro-F1 {100 * scores.mean():.1f}, {np.round(100 * scores, 1)}\n")


def _fit_evidence(cited: list[Cited]) -> Scale:
    """Fits the share of the gold sets that each sentence is in."""
    rows, shares = [], []
    for held, lines, sets in cited:
        if sets:
            rows.append(evidence_measures(held))
            shares.extend(sum(line in one for one in sets) / len(sets) for line in lines)
    share = np.array(shares)
    return fit(np.concatenate(rows), np.c_[1 - share, share], STRENGTH["evidence"], EVIDENCE)


def _evidence_held_out(cited: list[Cited], model: Model) -> None:
    values = []
    for k in range(5):
        scale = _fit_evidence([one for n, one in enumerate(cited) if n % 5 != k])
        other = replace(model, evidence=scale)
        for held, lines, sets in (one for n, one in enumerate(cited) if n % 5 == k and one[2]):
            spans = choose_evidence(held, other)
            mine = {line for line, n in zip(lines, held.near, strict=True) if held.passages[n].span in spans}
            values.append(max(2 * len(mine & one) / (len(mine) + len(one)) for one in sets))
    sys.stdout.write(f"evidence, other claims: F1 {100 * sum(values) / len(values):.1f}\n")


def _write(folder: Path, parts: dict[str, Scale], told: TwoSided) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    data: dict[str, Any] = {part: _fields(scale, SCALE) for part, scale in parts.items()}
    data["told"] = {"claim": _fields(told.claim, STAND), "report": _fields(told.report, STAND)}
    text = json.dumps(data, indent=1) + "\n"
    (folder / "coefficients.json").write_text(text, "utf-8")
    digest = partial(hashlib.sha256, text.encode("utf-8"))
    about = {"sha256": {"coefficients.json": digest().hexdigest()}}
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")


def _fields(part: Scale | Stand, keys: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {key: np.round(getattr(part, key), 5).tolist() for key in keys}
    return {"names": list(part.names)} | found


if __name__ == "__main__":
    main()
