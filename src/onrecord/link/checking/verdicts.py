"""What a report makes of a claim: bears it out, speaks against it, tells it, or has nothing of it.

A claim put like a headline asks how the report takes it up; a claim that is a sentence with its full stop asks
whether the report bears out all of it, a part, or none. The same claim and report always give the same verdict.
One word alone never makes a report speak against a claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from onrecord.errors import BadResource
from onrecord.link.checking.classifiers import Numbers, Scale, Stand, TwoSided, row_of
from onrecord.link.checking.measures import (
    EVIDENCE,
    Held,
    VectorOf,
    evidence_measures,
    hold,
    is_contested,
    is_refuted,
    measures,
)
from onrecord.link.checking.passages import Asked, Passage
from onrecord.link.meaning import vector_of
from onrecord.model import Span
from onrecord.resources import settings_file, weights

AGREE, DISAGREE, DISCUSS, UNRELATED = VERDICTS = ("agree", "disagree", "discuss", "unrelated")
BORNE = ("all", "part", "none")  # how much of a sentence a report bears out
WEIGHTS = "check"
STAND = ("mean", "spread", "slopes", "level")
SCALE = (*STAND, "weights")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one report makes of a claim, with the sentences that it rests on."""

    verdict: str  # of VERDICTS
    chances: tuple[float, ...]  # of VERDICTS for a headline, of BORNE for a sentence, weighed; they sum to 1
    evidence: tuple[Span, ...]  # in order of the text; none where unrelated


@dataclass(frozen=True, slots=True)
class Model:
    """The classifiers of the weights folder."""

    about: Scale  # whether the report is about the claim, or about something else
    told: TwoSided  # AGREE, DISAGREE, DISCUSS
    borne: Scale  # BORNE
    evidence: Scale  # whether a sentence is evidence


def judge(asked: Asked, passages: Sequence[Passage], vector: VectorOf = vector_of) -> Verdict:
    """What a report, given as its sentences in order, makes of a claim."""
    held = hold(asked, passages, vector)
    if not held.near or not asked.words.terms:
        return Verdict(UNRELATED, (0.0, 0.0, 0.0, 1.0), ())
    return decide(held, load_model())


def decide(held: Held, model: Model) -> Verdict:
    """The verdict of a model."""
    found = measures(held)
    told = _told(held, found, model)
    refuted = is_refuted(held) and is_contested(held)
    verdict = DISAGREE if refuted else VERDICTS[int(told.argmax())]
    chances = told
    if held.asked.whole and not refuted and verdict != UNRELATED:
        chances = model.borne.chances(row_of(found, model.borne.names))[0]
        against = DISAGREE if told[1] > max(told[0], told[2]) else UNRELATED
        verdict = (AGREE, DISCUSS, against)[int(chances.argmax())]
    spans = () if verdict == UNRELATED and told[3] == told.max() else choose_evidence(held, model)
    return Verdict(verdict, tuple(round(float(c), 4) for c in chances), spans)


def _told(held: Held, found: Mapping[str, float], model: Model) -> Numbers:
    """The chances of VERDICTS. Where one word is all that could speak against the claim, it is left open: DISCUSS."""
    beside = model.about.chances(row_of(found, model.about.names))[0, 1]
    claim, report = (row_of(found, stand.names) for stand in (model.told.claim, model.told.report))
    agree, disagree, discuss = model.told.chances(claim, report)[0]
    if disagree > max(agree, discuss) and not is_contested(held):
        disagree, discuss = 0.0, discuss + disagree
    return np.append((1 - beside) * np.array([agree, disagree, discuss]), beside)


def choose_evidence(held: Held, model: Model) -> tuple[Span, ...]:
    """The sentences that a verdict rests on, in order of the text; one at least."""
    settings = settings_file("check.toml")["evidence"]
    chances = model.evidence.chances(evidence_measures(held))[:, 1]
    order = sorted(range(len(held.near)), key=lambda k: (-round(float(chances[k]), 6), k))[: settings["most"]]
    least = settings["least"] * float(chances[order[0]])
    return tuple(held.passages[held.near[k]].span for k in sorted(order) if k == order[0] or chances[k] >= least)


@cache
def load_model(name: str = WEIGHTS) -> Model:
    """The model that ships; BadResource where the file is not as it should be."""
    found = weights(name)
    try:
        data = json.loads(found.file("coefficients.json").read_text("utf-8"))
        told = TwoSided(*(Stand(*_fields(data["told"][side], STAND)) for side in ("claim", "report")))
        about, borne, evidence = (Scale(*_fields(data[part], SCALE)) for part in ("about", "borne", "evidence"))
    except (KeyError, TypeError, ValueError) as error:
        raise BadResource(f"{found.folder}/coefficients.json: {error}") from error
    parts = ((about, 2), (told.claim, 2), (told.report, 2), (borne, len(BORNE)), (evidence, 2))
    sizes = all(part.slopes.shape == (count, len(part.names)) for part, count in parts)
    if not sizes or evidence.names != EVIDENCE:
        raise BadResource(f"{found.folder}/coefficients.json: not of this version")
    return Model(about, told, borne, evidence)


def _fields(data: Mapping[str, Sequence[float]], keys: Sequence[str]) -> Iterator[Any]:
    yield tuple(data["names"])
    for key in keys:
        yield np.array(data[key], dtype=np.float64)
