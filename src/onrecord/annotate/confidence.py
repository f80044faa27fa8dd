"""How sure a rule is, from what was measured on news for its cue, its construction and its features."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp, log

from onrecord.annotate.clauses import Candidate
from onrecord.resources import settings_file


@cache
def thresholds() -> Mapping[str, float]:
    """keep: from which confidence a candidate is one; nested: from which one inside another is."""
    return dict(settings_file("attribution.toml")["thresholds"])


@cache
def _weights() -> Mapping[str, float]:
    return dict(settings_file("attribution.toml")["weights"])


def confidence_of(candidate: Candidate) -> float:
    """The chance, 0..1, that source and content are right."""
    prior = candidate.cue.prior(candidate.frame)
    if prior is None:
        return 0.0
    weights = _weights()
    prior = min(0.98, max(0.02, prior))
    score = weights.get("bias", 0.0) + weights.get("prior", 1.0) * log(prior / (1 - prior))
    score += weights.get("frame-" + candidate.frame, 0.0)
    for feature in candidate.features:
        score += weights.get(feature, 0.0)
    if not candidate.source:
        score += weights.get("no-source", 0.0)
    return 1 / (1 + exp(-score))
