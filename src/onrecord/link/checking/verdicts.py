"""What a report makes of a claim: bears it out, speaks against it, tells it, or has nothing of it.

A claim put like a headline asks how the report takes it up; a claim that is a sentence with its full stop asks
whether the report bears out all of it, a part, or none. The same claim and report always give the same verdict.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import BadResource
from onrecord.link.checking.measures import EVIDENCE, Held, VectorOf, evidence_measures, hold, is_refuted, measures
from onrecord.link.checking.passages import Asked, Passage
from onrecord.link.meaning import vector_of
from onrecord.model import Span
from onrecord.resources import settings_file, weights

Numbers = NDArray[np.float64]
AGREE, DISAGREE, DISCUSS, UNRELATED = VERDICTS = ("agree", "disagree", "discuss", "unrelated")
BORNE = ("all", "part", "none")  # how much of a sentence a report bears out
WEIGHTS = "check"
FARTHEST = 4.0  # standard deviations: a measure further off says no more


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one report makes of a claim, with the sentences that it rests on."""

    verdict: str  # of VERDICTS
    chances: tuple[float, ...]  # of VERDICTS for a headline, of BORNE for a sentence, weighed; they sum to 1
    evidence: tuple[Span, ...]  # in order of the text; none where unrelated


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear classifier over standardised measures."""

    mean: Numbers  # [measures]
    spread: Numbers  # [measures]
    slopes: Numbers  # [classes, measures]
    level: Numbers  # [classes]
    weights: Numbers  # [classes]: what the chances are multiplied with before the highest is taken

    def chances(self, rows: Numbers) -> Numbers:
        """[rows, classes], each row summing to 1, weighed."""
        scores = standardised(rows, self.mean, self.spread) @ self.slopes.T + self.level
        found: Numbers = np.exp(scores - scores.max(axis=1, keepdims=True)) * self.weights
        weighed: Numbers = found / found.sum(axis=1, keepdims=True)
        return weighed


@dataclass(frozen=True, slots=True)
class Model:
    """The three classifiers of the weights folder."""

    names: tuple[str, ...]  # of the measures that `told` and `borne` look at
    told: Scale
    borne: Scale
    evidence: Scale


def judge(asked: Asked, passages: Sequence[Passage], vector: VectorOf = vector_of) -> Verdict:
    """What a report, given as its sentences in order, makes of a claim."""
    held = hold(asked, passages, vector)
    if not held.near or not asked.words.terms:
        return Verdict(UNRELATED, (0.0, 0.0, 0.0, 1.0), ())
    return decide(held, load_model())


def decide(held: Held, model: Model) -> Verdict:
    """The verdict of a model."""
    found = measures(held)
    row = np.array([[found[name] for name in model.names]])
    told = model.told.chances(row)[0]
    refuted = is_refuted(held)
    verdict = DISAGREE if refuted else VERDICTS[int(told.argmax())]
    chances = told
    if held.asked.whole and not refuted and verdict != UNRELATED:
        chances = model.borne.chances(row)[0]
        against = DISAGREE if told[1] > max(told[0], told[2]) else UNRELATED
        verdict = (AGREE, DISCUSS, against)[int(chances.argmax())]
    spans = () if verdict == UNRELATED and told[3] == told.max() else choose_evidence(held, model)
    return Verdict(verdict, tuple(round(float(c), 4) for c in chances), spans)


def choose_evidence(held: Held, model: Model) -> tuple[Span, ...]:
    """The sentences that a verdict rests on, in order of the text; one at least."""
    settings = settings_file("check.toml")["evidence"]
    chances = model.evidence.chances(evidence_measures(held))[:, 1]
    order = sorted(range(len(held.near)), key=lambda k: (-round(float(chances[k]), 6), k))[: settings["most"]]
    least = settings["least"] * float(chances[order[0]])
    return tuple(held.passages[held.near[k]].span for k in sorted(order) if k == order[0] or chances[k] >= least)


def standardised(rows: Numbers, mean: Numbers, spread: Numbers) -> Numbers:
    """Measures in standard deviations from their mean, none beyond FARTHEST."""
    found: Numbers = np.clip((rows - mean) / spread, -FARTHEST, FARTHEST)
    return found


@cache
def load_model(name: str = WEIGHTS) -> Model:
    """The model that ships; BadResource where the file is not as it should be."""
    found = weights(name)
    try:
        data = json.loads(found.file("coefficients.json").read_text("utf-8"))
        names = tuple(data["measures"])
        model = Model(names, *(_scale(data[part]) for part in ("told", "borne", "evidence")))
    except (KeyError, TypeError, ValueError) as error:
        raise BadResource(f"{found.folder}/coefficients.json: {error}") from error
    sizes = [(s.slopes.shape[1], len(s.level)) for s in (model.told, model.borne, model.evidence)]
    if sizes != [(len(names), len(VERDICTS)), (len(names), len(BORNE)), (len(EVIDENCE), 2)]:
        raise BadResource(f"{found.folder}/coefficients.json: not of this version: {sizes}")
    return model


def _scale(data: Mapping[str, Sequence[float]]) -> Scale:
    return Scale(*(np.array(data[key], dtype=np.float64) for key in ("mean", "spread", "slopes", "level", "weights")))
