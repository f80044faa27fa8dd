"""Fits the weights of a proposal's traits on articles that the tagger was not trained on, and the bars to keep one.

    python -m training.attribution.weigh --corpus POLNEAR --split dev --weights FOLDER [--scores RUN/dev.npz]

`FOLDER` holds an exported tagger with its about.json; the weights are written into it.  What the fit is worth is
measured with every article judged by weights from the other articles.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.rules.find import find_attributions
from onrecord.annotate.sentences import FindSentences
from onrecord.annotate.tagging.labels import to_characters
from onrecord.annotate.tagging.merge import Weighed, propose, select, weigh
from onrecord.annotate.tagging.model import Model
from onrecord.annotate.tagging.silence import silence
from onrecord.annotate.tagging.traits import PARTS, Proposal, Sureness, traits
from onrecord.annotate.tagging.words import Words, split_words
from onrecord.model import Report, Span
from training.attribution.corpus import Article, read_split
from training.attribution.ridge import fit_weights
from training.rules.agreement import Gold, WordNumbers, jaccard, pair_up
from training.rules.agreement import Parts as Numbered
from training.rules.corpus import Marked

FOLDS = 6
PENALTY = 12.0  # of every trait; the first, "any", goes free
BINS = 10
COST = 0.15  # points of F1 that a higher bar may cost


@dataclass(frozen=True, slots=True)
class Judged:
    """The proposals of one article that compete, with their traits and what of each is right."""

    words: Words
    scores: NDArray[np.float32]
    proposals: tuple[Proposal, ...]
    traits: tuple[tuple[str, ...], ...]  # empty for those inside another content, which are not judged
    right: tuple[dict[str, bool], ...]
    numbered: tuple[Numbered, ...]
    gold: Gold


def judge(article: Article, scores: NDArray[np.float32], model: Model) -> Judged:
    """The proposals of `article`, held against what people marked in it."""
    words = split_words(article.text)
    report = FindSentences()(Report("", article.text, ""))
    scores = silence(report, words, scores)
    proposals = propose(words, scores, model, find_attributions(report))
    numbers = WordNumbers(article.text)
    marked = [Marked(*(_spans(item.ranges(role)) for role in PARTS)) for item in article.attributions]
    gold = Gold(numbers, marked)
    sure = Sureness(scores)
    triples = [to_characters(words, proposal.triple) for proposal in proposals]
    numbered = tuple(numbers.parts(*(_spans(triple.ranges(role)) for role in PARTS)) for triple in triples)
    return Judged(
        words,
        scores,
        tuple(proposals),
        tuple(() if one.held else traits(words, sure, one) for one in proposals),
        tuple(_rights(gold, one) for one in numbered),
        numbered,
        gold,
    )


def _spans(ranges: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in ranges)


def _rights(gold: Gold, found: Numbered) -> dict[str, bool]:
    """Which parts agree with the marked attribution that has most of the content; "all" as the scorer counts."""
    best = max(gold.near(found.content), key=lambda k: jaccard(gold.parts[k].content, found.content), default=None)
    if best is None:
        return dict.fromkeys(("all", *PARTS), False)
    marked = gold.parts[best]
    return {
        "all": gold.has(found),
        **{role: jaccard(getattr(marked, role), getattr(found, role)) >= 0.5 for role in PARTS},
    }


def fit(judged: Sequence[Judged], penalty: float) -> dict[str, dict[str, float]]:
    """Weights of the traits for "all" and for each part."""
    rows = [names for one in judged for names in one.traits if names]
    out = {}
    for what in ("all", *PARTS):
        rights = [right[what] for one in judged for names, right in zip(one.traits, one.right, strict=True) if names]
        fitted = fit_weights(rows, rights, penalty, free="any")
        out[what] = {name: round(value, 3) for name, value in fitted.items() if round(value, 3)}
    return out


def with_weights(model: Model, weights: Mapping[str, Mapping[str, float]]) -> Model:
    """The model with other weights of traits."""
    return replace(model, weights=weights)


def crossed(judged: Sequence[Judged], model: Model, penalty: float) -> list[list[Weighed]]:
    """Every article's proposals weighed with weights of the other articles."""
    out: list[list[Weighed]] = [[] for _ in judged]
    for fold in range(FOLDS):
        weights = fit([one for k, one in enumerate(judged) if k % FOLDS != fold], penalty)
        fitted = with_weights(model, weights)
        for k in range(fold, len(judged), FOLDS):
            out[k] = weigh(judged[k].words, judged[k].scores, fitted, judged[k].proposals)
    return out


def figures(judged: Sequence[Judged], weighed: Sequence[Sequence[Weighed]], model: Model) -> dict[str, float]:
    """P, R, F1 in % (content and source), and the expected calibration error of those kept, nested ones apart."""
    found = right = marked = 0
    chances: list[tuple[float, bool]] = []
    for one, mine in zip(judged, weighed, strict=True):
        kept = select(mine, model)
        number = {id(proposal): k for k, proposal in enumerate(one.proposals)}
        parts = [one.numbered[number[id(each.proposal)]] for each in kept]
        good = pair_up(one.gold, parts)
        chances += [(each.chance, k in good) for k, each in enumerate(kept) if not each.proposal.held]
        found, right, marked = found + len(kept), right + len(good), marked + len(one.gold.parts)
    return {
        "p": 100 * right / max(1, found),
        "r": 100 * right / max(1, marked),
        "f1": 200 * right / max(1, found + marked),
        "ece": calibration_error(chances),
    }


def calibration_error(chances: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for chance, good in chances:
        bins[min(BINS - 1, int(chance * BINS))].append((chance, good))
    gaps = (abs(sum(c for c, _ in mine) - sum(good for _, good in mine)) for mine in bins)
    return sum(gaps) / max(1, len(chances))


def choose(judged: Sequence[Judged], weighed: Sequence[Sequence[Weighed]], model: Model) -> Model:
    """The model with the highest bar for all but speech that costs next to nothing in F1, and the lowest for speech.

    Who takes what for granted is easily misread and seldom asked for; who said something should be on record.
    """
    bars = [(0.05 * speech, 0.05 * other) for speech in range(6, 9) for other in range(speech, 11)]
    tried = [replace(model, least=round(speech, 2), least_other=round(other, 2)) for speech, other in bars]
    worth = [figures(judged, weighed, one)["f1"] for one in tried]
    fitting = [one for one, f1 in zip(tried, worth, strict=True) if f1 >= max(worth) - COST]
    return max(fitting, key=lambda one: (one.least_other, -one.least))


def main() -> None:
    """Command line."""
    from onrecord.annotate.tagging.linker import load_linker
    from onrecord.annotate.tagging.pieces import WindowSize
    from onrecord.annotate.tagging.runtime import OnnxTagger

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("POLNEAR"))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--weights", type=Path, required=True, help="folder of an exported tagger")
    parser.add_argument("--scores", type=Path, help="npz of log-probabilities by article; the tagger is not run")
    parser.add_argument("--outside", type=float, default=-1.5)
    parser.add_argument("--least-held", type=float, default=0.72)
    parser.add_argument("--penalty", type=float, default=PENALTY)
    parser.add_argument("--check", action="store_true", help="measure only")
    options = parser.parse_args()
    articles = read_split(Path(options.corpus) / options.split)
    about = json.loads((options.weights / "about.json").read_text("utf-8"))
    folder = options.weights
    tagger = OnnxTagger(folder / "tagger.onnx", folder / "tokenizer.json", WindowSize(**about["window"]))
    linker = load_linker(options.weights / "linker.safetensors")
    model = Model(tagger, linker, options.outside, 0.4, 0.4, options.least_held, {})
    if options.scores is None:
        scores = [tagger.scores(split_words(article.text)) for article in articles]
    else:
        with np.load(options.scores) as arrays:
            scores = [arrays[article.name] for article in articles]
    judged = [judge(article, mine, model) for article, mine in zip(articles, scores, strict=True)]
    weighed = crossed(judged, model, options.penalty)
    model = choose(judged, weighed, model)
    report = {name: round(value, 3) for name, value in figures(judged, weighed, model).items()}
    print(json.dumps({"least": model.least, "least_other": model.least_other, "cross-validated": report}))
    if not options.check:
        about |= {
            "outside": options.outside,
            "least": model.least,
            "least_other": model.least_other,
            "least_held": options.least_held,
        }
        about["weights"] = fit(judged, options.penalty)
        about["cross_validated"] = report
        (options.weights / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
