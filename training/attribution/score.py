"""Figures of predictions on a PolNeAR split: spans here, attributions by the official scorer.

    python -m training.attribution.score --scores RUN/dev.npz --scorer SCORER.py --linker linker.safetensors

prints figures; several values of `--outside` and `--least` are tried in all combinations.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.tagging.labels import (
    ROLES,
    Triple,
    decode_labels,
    decode_pieces,
    encode_labels,
    to_words,
)
from onrecord.annotate.tagging.linker import load_linker
from onrecord.annotate.tagging.words import Words, split_words
from training.attribution.corpus import Article, read_split
from training.attribution.find import LEAST, SHIFT, Finder
from training.attribution.link import find_by_distance

Find = Callable[[Words, NDArray[np.float32]], tuple[Triple, ...]]


def evaluate(
    articles: Sequence[Article],
    scores: Sequence[NDArray[np.float32]],
    gold: Path,
    scorer: Path | None,
    find: Find = find_by_distance,
) -> dict[str, object]:
    """F1 in %: exact spans of the tagger by role and, with the official scorer, attributions by kind."""
    found, spans = {}, []
    for article, logs in zip(articles, scores, strict=True):
        words = split_words(article.text)
        spans.append((_gold_labels(article, words), decode_labels(logs)))
        found[article.name] = list(find(words, logs))
    figures: dict[str, object] = {f"exact_{role}": value for role, value in exact_spans(spans).items()}
    if scorer is not None:
        figures.update(official(found, gold, scorer))
    return figures


def _gold_labels(article: Article, words: Words) -> list[int]:
    return encode_labels(len(words), [to_words(words, attribution) for attribution in article.attributions])


def exact_spans(pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> dict[str, float]:
    """F1 in % of exact pieces by role, from pairs of gold and found labels."""
    counts: Counter[tuple[str, str]] = Counter()
    for gold, found in pairs:
        right, mine = set(decode_pieces(gold)), set(decode_pieces(found))
        for name, group in (("gold", right), ("found", mine), ("same", right & mine)):
            counts.update((name, piece.role) for piece in group)
    return {
        role: round(200 * counts["same", role] / max(1, counts["gold", role] + counts["found", role]), 1)
        for role in ROLES
    }


def official(found: dict[str, list[Triple]], gold: Path, scorer: Path) -> dict[str, object]:
    """Figures of the official scorer for attributions in code points by article."""
    module = load_scorer(scorer)
    rows = {
        name: [{role: [list(pair) for pair in item.ranges(role)] for role in ROLES} for item in items]
        for name, items in found.items()
    }
    gold_by_article = module.load_gold(str(gold / "text"), str(gold / "attributions"))
    result = module.score(gold_by_article, rows)
    figures: dict[str, object] = {}
    for name in ("attribution", "direct", "indirect", "mixed"):
        figures[name] = result[name]["f1"]
    figures["p"], figures["r"] = result["attribution"]["p"], result["attribution"]["r"]
    for name in ("cue_spans", "content_partial", "content_exact"):
        figures[name] = result[name]["f1"]
    return figures


@cache
def load_scorer(path: Path) -> ModuleType:
    """The scorer script as a module."""
    spec = importlib.util.spec_from_file_location("attribution_scorer", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("POLNEAR"))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--scores", type=Path, required=True, help="npz of log-probabilities by article")
    parser.add_argument("--scorer", type=Path, default=os.environ.get("ATTRIBUTION_SCORER"))
    parser.add_argument("--linker", type=Path, help="what fit_linker wrote; without it links go by distance")
    parser.add_argument("--outside", type=float, nargs="+", default=[SHIFT])
    parser.add_argument("--least", type=float, nargs="+", default=[LEAST])
    options = parser.parse_args()
    folder = Path(options.corpus) / options.split
    articles = read_split(folder)
    with np.load(options.scores) as arrays:
        scores = [arrays[article.name] for article in articles]
    if options.linker is None:
        print(evaluate(articles, scores, folder, options.scorer))
        return
    linker = load_linker(options.linker)
    for outside, least in product(options.outside, options.least):
        finder = Finder(linker, outside, least)
        print(outside, least, evaluate(articles, scores, folder, options.scorer, finder))


if __name__ == "__main__":
    main()
