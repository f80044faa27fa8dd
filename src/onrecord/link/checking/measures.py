"""A claim held against the sentences of one report: what they share, how alike they are, how the report takes it up.

Every measure is a number with a name; the classifiers of `verdicts` weigh them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.link.checking.passages import KINDS, Asked, Passage
from onrecord.link.meaning import vector_of
from onrecord.resources import settings_file

Vector = NDArray[np.float32]
VectorOf = Callable[[str], Vector]
LEAD, TAIL, MATCHING = 5, 2, 40  # passages whose meaning is looked at: the first, the last, those that share most
TOP = 3
REFUTED_ALIKE = 0.4  # cosine of the claim and the sentence that fits it best
AGAINST = ("refuted", "false", "deny")
OPPOSING = frozenset((*AGAINST, "negation"))
EDGE = re.compile(r"[‘'“\"]\w")


@dataclass(frozen=True, slots=True)
class Held:
    """A claim beside the passages of a report whose meaning was looked at."""

    asked: Asked
    passages: tuple[Passage, ...]  # all
    near: tuple[int, ...]  # numbers of those looked at, in order
    alike: Vector  # cosine of each with the claim
    parts: Vector  # [parts of the claim, near]
    shared: Vector  # weight of the claim's terms that each has, 0..1
    weight: Mapping[str, float]  # of the claim's terms; they sum to 1


def hold(asked: Asked, passages: Sequence[Passage], vector: VectorOf = vector_of) -> Held:
    """The claim beside the report. Linear in the text; at most LEAD + TAIL + MATCHING sentences are encoded."""
    weight = _weights(asked, passages)
    share = [math.fsum(sorted(weight[t] for t in asked.words.terms & p.words.terms)) for p in passages]
    numbers = range(len(passages))
    best = sorted(numbers, key=lambda k: (-share[k], k))[:MATCHING]
    near = tuple(sorted({*numbers[:LEAD], *numbers[-TAIL:], *best}))
    claim = vector(asked.text)
    if not near:
        empty = np.zeros(0, np.float32)
        return Held(asked, (), (), empty, np.zeros((1, 0), np.float32), empty, weight)
    found = np.stack([vector(passages[k].text) for k in near])
    parts = np.stack([vector(part) for part in asked.parts])
    return Held(
        asked,
        tuple(passages),
        near,
        found @ claim,
        parts @ found.T,
        np.array([share[k] for k in near], np.float32),
        weight,
    )


def _weights(asked: Asked, passages: Sequence[Passage]) -> dict[str, float]:
    """How much each term of the claim says: more where few sentences of the report have it; they sum to 1."""
    counts = Counter(term for p in passages for term in asked.words.terms & p.words.terms)
    raw = {term: math.log(2 + len(passages) / (1 + counts[term])) for term in sorted(asked.words.terms)}
    total = math.fsum(raw.values())
    return {term: value / total for term, value in raw.items()}


def measures(held: Held) -> dict[str, float]:
    """What the classifier looks at, by name."""
    out = _of_claim(held)
    out |= _of_match(held)
    out |= _of_telling(held)
    return out


def _of_claim(held: Held) -> dict[str, float]:
    asked, words = held.asked, held.asked.words
    out = {f"claim {kind}": float(kind in words.cues) for kind in KINDS}
    out |= {
        "claim asks": float("?" in asked.text),
        "claim quotes": float(bool(EDGE.search(asked.text))),
        "claim colon": float(":" in asked.text),
        "claim length": math.log1p(len(asked.text.split())),
        "claim parts": float(len(asked.parts)),
        "claim names": math.log1p(len(words.names)),
        "claim numbers": float(len(words.numbers)),
    }
    return out


def _of_match(held: Held) -> dict[str, float]:
    """How much of the claim the report has, and where."""
    words, weight = held.asked.words, held.weight
    everything = _union(held.passages, range(len(held.passages)))
    order = _order(held)
    top = [held.near[k] for k in order[:TOP]]
    closest = [held.near[k] for k in order[:1]]
    size = len(held.near)
    best = held.parts.max(axis=1) if size else np.zeros(1, np.float32)
    ranked = sorted((float(x) for x in held.alike), reverse=True) + [0.0] * 5
    lead = [k for k in range(size) if held.near[k] < 2]
    out = {
        "alike": ranked[0],
        "alike 2": ranked[1],
        "alike 3": ranked[2],
        "alike 5": ranked[4],
        "alike lead": max((float(held.alike[k]) for k in lead), default=0.0),
        "alike mean": float(held.alike.mean()) if size else 0.0,
        "part least": float(best.min()),
        "part mean": float(best.mean()),
        "part most": float(best.max()),
        "shared": float(held.shared.max()) if size else 0.0,
        "shared lead": max((float(held.shared[k]) for k in lead), default=0.0),
        "first": float(bool(order) and held.near[order[0]] < 2),
        "place": held.near[order[0]] / len(held.passages) if order else 0.0,
        "sentences": math.log1p(len(held.passages)),
    }
    zones = (("all", everything), ("top", _union(held.passages, top)), ("one", _union(held.passages, closest)))
    for name, (terms, names, numbers) in zones:
        out[f"covers {name}"] = math.fsum(weight[t] for t in sorted(words.terms & terms))
        out[f"names missing {name}"] = len(words.names - names) / max(1, len(words.names))
        out[f"numbers missing {name}"] = len(words.numbers - numbers) / max(1, len(words.numbers))
        out[f"other numbers {name}"] = float(bool(words.numbers - numbers) and bool(numbers - words.numbers))
    out["heaviest missing"] = max((w for t, w in weight.items() if t not in everything[0]), default=0.0)
    return out


def _of_telling(held: Held) -> dict[str, float]:
    """How the report takes it up: by cues, in all of it, where it matches, and at its head."""
    out: dict[str, float] = {}
    size = len(held.near)
    order = _order(held)
    alike = np.clip(held.alike, 0, None) ** 2
    total = float(alike.sum()) or 1.0
    top, lead = order[:TOP], [k for k in range(size) if held.near[k] < TOP]
    everything = max(1, len(held.passages))
    cues = [held.passages[k].words.cues for k in held.near]
    for kind in KINDS:
        has = [kind in found for found in cues]
        count = sum(kind in p.words.cues for p in held.passages)
        out[f"share {kind}"] = count / everything
        out[f"some {kind}"] = math.log1p(count)
        out[f"weighed {kind}"] = float(alike[has].sum()) / total if size else 0.0
        out[f"nearest {kind}"] = max((float(held.alike[k]) for k in range(size) if has[k]), default=0.0)
        out[f"lead {kind}"] = float(sum(has[k] for k in lead))
        out[f"top {kind}"] = float(sum(has[k] for k in top))
    out["quoting"] = sum(p.words.quoted for p in held.passages) / everything
    return out


def is_refuted(held: Held) -> bool:
    """Whether most sentences that fit the claim best say outright that it is not so, and the claim does not."""
    if not held.asked.words.cues.isdisjoint(AGAINST):
        return False
    top = _order(held)[:TOP]
    says = ["refuted" in held.passages[held.near[k]].words.cues for k in top]
    return bool(top) and says[0] and 2 * sum(says) > len(top) and float(held.alike[top[0]]) >= REFUTED_ALIKE


def is_contested(held: Held) -> bool:
    """Whether enough words speak against something: in the claim, in sentences near it in meaning, right after them."""
    settings = settings_file("check.toml")["against"]
    near = {k for k, alike in zip(held.near, held.alike, strict=True) if alike >= settings["alike"]}
    after = {k + 1 for k in near if k + 1 < len(held.passages)}
    places = (held.asked.words, *(held.passages[k].words for k in sorted(near | after)))
    return bool(sum(len(words.cues & OPPOSING) for words in places) >= settings["words"])


def _order(held: Held) -> list[int]:
    """Places in `near`, the sentence that fits the claim best first."""
    return sorted(range(len(held.near)), key=lambda k: (-round(float(held.alike[k] + held.shared[k]), 6), k))


def _union(
    passages: Sequence[Passage], numbers: Sequence[int]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    chosen = [passages[k].words for k in numbers]
    terms = frozenset[str]().union(*(w.terms for w in chosen))
    # A name that opens a sentence is no name by its looks, so terms count as well.
    names = frozenset[str]().union(*(w.names for w in chosen)) | terms
    return terms, names, frozenset[str]().union(*(w.numbers for w in chosen))


EVIDENCE = tuple(  # measures of one sentence as evidence
    "alike|alike below best|rank|rank of both|shared|shared below best|part|part below best|names|numbers|number|"
    "alike beside|shared beside|length|opens|terms|claim|both|most alike|fits best".split("|")
)


def evidence_measures(held: Held) -> NDArray[np.float64]:
    """What tells whether each looked-at sentence is evidence: [near, EVIDENCE]."""
    if not held.near:
        return np.zeros((0, len(EVIDENCE)))
    alike, shared, words = held.alike, held.shared, held.asked.words
    part, best = held.parts.max(axis=0), held.parts.max(axis=1, keepdims=True)
    rank, both = _ranks(alike), _ranks(alike + shared)
    place = {k: i for i, k in enumerate(held.near)}
    rows = []
    for i, k in enumerate(held.near):
        found = held.passages[k].words
        beside = [place[n] for n in (k - 1, k + 1) if n in place]
        named = len(words.names & (found.names | found.terms)) / max(1, len(words.names))
        counted = len(words.numbers & found.numbers)
        rows.append(
            [
                float(alike[i]),
                float(alike[i] - alike.max()),
                1 / (1 + rank[i]),
                1 / (1 + both[i]),
                float(shared[i]),
                float(shared[i] - shared.max()),
                float(part[i]),
                float((held.parts[:, i : i + 1] - best).max()),
                named,
                counted / max(1, len(words.numbers)),
                float(counted > 0),
                max((float(alike[n]) for n in beside), default=0.0),
                max((float(shared[n]) for n in beside), default=0.0),
                math.log1p(len(found.terms)),
                float(k == 0),
                float(len(found.terms & words.terms)),
                float(len(words.terms)),
                float(alike[i] * shared[i]),
                float(rank[i] == 0),
                float(both[i] == 0),
            ]
        )
    return np.array(rows)


def _ranks(values: Vector) -> list[int]:
    """0 for the highest; the earlier of two that are the same comes first."""
    order = sorted(range(len(values)), key=lambda k: (-round(float(values[k]), 6), k))
    found = [0] * len(order)
    for rank, k in enumerate(order):
        found[k] = rank
    return found
