"""How sure a rule is, from what was measured on news for its cue, its construction and its features."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp, log

from onrecord.annotate.rules.candidates import Candidate
from onrecord.resources import settings_file


@cache
def thresholds() -> Mapping[str, float]:
    """keep: from which confidence a candidate is one; nested: from which one inside another is."""
    return dict(settings_file("attribution.toml")["thresholds"])


@cache
def _weights() -> Mapping[str, float]:
    return dict(settings_file("attribution.toml")["weights"])


def traits(candidate: Candidate) -> tuple[str, ...]:
    """What speaks for and against a candidate, by name, sorted; each name has a weight in attribution.toml."""
    length = sum(map(len, candidate.content))
    found = set(candidate.features)
    found.add("frame")
    found.add("length-" + str(sum(length > edge for edge in LENGTHS)))
    if "clausal" in found and length <= BRIEF:
        found.add("brief-clause")
    if not candidate.source:
        found.add("no-source")
    else:
        found.add("source-" + str(sum(len(candidate.source[0]) > edge for edge in SOURCE_LENGTHS)))
    if candidate.direct:
        found.add("direct")
    return tuple(sorted(f"{candidate.frame}+{name}" for name in found))


BRIEF = 15  # code points up to which a content is rarely a clause
LENGTHS = (6, 15, 30, 60, 120, 250)  # code points of content
SOURCE_LENGTHS = (4, 12, 25, 60)  # code points of source


def confidence_of(candidate: Candidate) -> float:
    """The chance, 0..1, that source and content are right."""
    prior = candidate.cue.prior(candidate.frame)
    if prior is None:
        return 0.0
    prior = min(0.99, max(0.01, prior))
    weights = _weights()
    score = log(prior / (1 - prior)) + sum(weights.get(name, 0.0) for name in traits(candidate))
    return 1 / (1 + exp(-score))
