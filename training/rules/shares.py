"""From examples to the numbers that ship: a share for each construction of each cue, a weight for each trait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.rules.examples import Counts, Example, count
from training.rules.lexicon import CueRow, Key, TriedIn
from training.rules.logistic import chance, fit_weights
from training.rules.settings import Settings

CUE, CONSTRUCTION, TRAIT = "cue:", "construction:", "trait:"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Log-odds by cue, by construction of a cue, and by trait; and what was counted."""

    cues: Mapping[Key, float]
    constructions: Mapping[tuple[Key, str], float]
    traits: Mapping[str, float]
    counts: Counts

    def score(self, cue: Key, frame: str) -> float:
        """Log-odds that the construction of this cue is right, whatever else is seen; 0 where it was never met."""
        return self.cues.get(cue, 0.0) + self.constructions.get((cue, frame), 0.0)


def fit(examples: Sequence[Example], settings: Settings) -> Fitted:
    """One regression over everything that is known of a candidate."""
    names: dict[str, tuple[Key, str]] = {}
    rows = []
    for example in examples:
        cue = CUE + "/".join(example.cue)
        construction = f"{CONSTRUCTION}{'/'.join(example.cue)}|{example.frame}"
        names[cue] = names[construction] = (example.cue, example.frame)
        rows.append([cue, construction, *(TRAIT + trait for trait in example.traits)])
    penalties = ((CUE, "cue"), (CONSTRUCTION, "construction"), (TRAIT, "trait"))

    def penalty_of(name: str) -> float:
        return next(settings.penalty[kind] for prefix, kind in penalties if name.startswith(prefix))

    weights = fit_weights(rows, [example.right for example in examples], penalty_of)
    return Fitted(
        {names[name][0]: weight for name, weight in weights.items() if name.startswith(CUE)},
        {names[name]: weight for name, weight in weights.items() if name.startswith(CONSTRUCTION)},
        {name.removeprefix(TRAIT): weight for name, weight in weights.items() if name.startswith(TRAIT)},
        count(examples),
    )


def shares_of(
    rows: Iterable[CueRow], fitted: Fitted, settings: Settings, tried_in: TriedIn
) -> dict[Key, dict[str, float]]:
    """The shares of the constructions that each cue keeps, to two decimals; none for a cue that was never right.

    `tried_in` names the constructions that the rules tried for it.
    """
    table: dict[Key, dict[str, float]] = {}
    for row in rows:
        kept = {}
        known = settings.known.get(row.cue, {}) if row.kind == "verb" else {}
        for frame in tried_in(*row.key):
            score = score_of(row, frame, fitted, settings)
            if score is not None or frame in known:
                share = known[frame] if frame in known else chance(score or 0.0)
                kept[frame] = round(min(0.99, max(0.01, share)), 2)
        if row.kind == "noun" and row.attitude == "speech" and not kept:
            kept["noun"] = 0.5  # "the claim that ..." says so itself
        table[row.key] = kept
    return table


def score_of(row: CueRow, frame: str, fitted: Fitted, settings: Settings) -> float | None:
    """The log-odds that ship for one construction of a cue; None where the cue loses it."""
    examples, right = fitted.counts.get((row.key, frame), (0, 0))
    score = fitted.score(row.key, frame)
    answers = row.kind == "verb" and row.stance in ("confirms", "denies")
    if frame == "clause" and (
        row.cue in settings.never_clause or not right or right < settings.shares["clause-least"] * examples
    ):
        return None
    if row.kind == "verb" and row.attitude == "speech":
        mixed = _mixed(row, frame, score, fitted, settings)
        if mixed is None:
            return None
        score = mixed
    elif frame == "according":
        return max(score, settings.least["according"])
    elif not examples or (not right and examples >= settings.shares["few"]):
        return None
    return max(score, settings.least["answer"]) if answers and frame in settings.answering else score


def _mixed(row: CueRow, frame: str, score: float, fitted: Fitted, settings: Settings) -> float | None:
    """The score of a speech verb, drawn to what such verbs usually have as far as examples are wanting."""
    shares = settings.shares
    examples, right = fitted.counts.get((row.key, frame), (0, 0))
    usual = settings.usual.get(frame)
    if frame == "object" and row.stance in ("confirms", "denies"):
        usual = settings.usual["answer-object"]
    if usual is None and (examples < shares["few"] or not right):
        return None
    if not examples and (frame == "inf" or (frame == "prep" and " " not in row.cue)):
        return None
    if not right and examples >= shares["enough"] and frame not in settings.quoting:
        return None
    wanting = max(0.0, shares["examples"] - examples) / shares["examples"]
    return score if usual is None else (1 - wanting) * score + wanting * usual


def weights_of(fitted: Fitted, settings: Settings) -> dict[str, float]:
    """The weights of attribution.toml by name, to two decimals; what hardly matters is left out."""
    least = settings.shares["spread"]
    weights = {**fitted.traits, **settings.known_weights}
    return {name: round(weight, 2) for name, weight in sorted(weights.items()) if abs(weight) >= least}
