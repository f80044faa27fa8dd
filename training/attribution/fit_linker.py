"""Trains the linker on the gold pieces of the training articles, some of them hidden.

    python -m training.attribution.fit_linker --corpus POLNEAR --out linker.safetensors

A tagger misses pieces; so in every pass some sources, cues and contents are left out, and what belonged to them has to
choose nothing.  Takes a minute or two on one core.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.annotate.tagging.labels import ROLES, Piece, Triple, decode_pieces, encode_labels, to_words
from onrecord.annotate.tagging.linker import Chooser, Linker
from onrecord.annotate.tagging.pairs import ASKS, FEATURES, REACH, Choice, Layout
from onrecord.annotate.tagging.words import Words, split_words
from training.attribution.corpus import Article, read_split

ROWS = 2 * REACH + 1


@dataclass(frozen=True, slots=True)
class Tied:
    """The gold pieces of one text and which of them belong together."""

    words: Words
    pieces: tuple[Piece, ...]
    cue_of: dict[Piece, Piece]  # of a content
    source_of: dict[Piece, Piece]  # of a cue


def tie(article: Article) -> Tied:
    """The gold pieces of `article`, tied as its attributions say."""
    words = split_words(article.text)
    attributions = [to_words(words, attribution) for attribution in article.attributions]
    pieces = decode_pieces(encode_labels(len(words), attributions))
    at = {k: piece for piece in pieces for k in range(piece.start, piece.end)}
    cue_of: dict[Piece, Piece] = {}
    source_of: dict[Piece, Piece] = {}
    for attribution in attributions:
        cue = _piece(at, attribution, "cue")
        source = _piece(at, attribution, "source")
        if cue is None:
            continue
        if source is not None:
            source_of[cue] = source
        for start, end in attribution.content:
            for k in range(start, end):
                if k in at and at[k].role == "content":
                    cue_of.setdefault(at[k], cue)
    return Tied(words, pieces, cue_of, source_of)


def _piece(at: dict[int, Piece], attribution: Triple, role: str) -> Piece | None:
    inside = (at.get(k) for start, end in attribution.ranges(role) for k in range(start, end))
    return next((piece for piece in inside if piece is not None and piece.role == role), None)


def questions(tied: Tied, role: str, rng: random.Random, hide: float) -> Iterator[tuple[Choice, int]]:
    """The choices of `role` and their right answers (0: nothing), with a share `hide` of the pieces left out."""
    kept = [piece for piece in tied.pieces if rng.random() >= hide]
    answer = tied.cue_of if role == "content" else tied.source_of
    for choice in Layout(tied.words, kept).choices(role):
        right = answer.get(choice.asker)
        yield choice, choice.candidates.index(right) + 1 if right in choice.candidates else 0


def tensors(found: Sequence[tuple[Choice, int]]) -> tuple[Tensor, Tensor, Tensor]:
    """Features [questions, rows, features], which rows are candidates, and the answers."""
    features = np.zeros((len(found), ROWS, FEATURES), dtype=np.float32)
    real = np.zeros((len(found), ROWS), dtype=bool)
    for k, (choice, _) in enumerate(found):
        features[k, : len(choice.features)] = choice.features
        real[k, : len(choice.features)] = True
    answers = torch.tensor([answer for _, answer in found])
    return torch.from_numpy(features), torch.from_numpy(real), answers


def fit_chooser(
    tied: Sequence[Tied], role: str, *, units: int, passes: int, hide: float, seed: int, rate: float = 3e-3
) -> Chooser:
    """Trains the chooser of one role; every pass hides other pieces."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    first, last = nn.Linear(FEATURES, units), nn.Linear(units, 1, bias=False)
    network = nn.Sequential(first, nn.ReLU(), nn.Dropout(0.1), last)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02)
    for number in range(passes):
        found = [question for text in tied for question in questions(text, role, rng, hide if number else 0.0)]
        rng.shuffle(found)
        features, real, answers = tensors(found)
        total = 0.0
        for at in range(0, len(found), 128):
            part = slice(at, at + 128)
            for group in optimizer.param_groups:
                group["lr"] = rate * (1 - (number + at / len(found)) / passes)
            scores = network(features[part])[..., 0].masked_fill(~real[part], -1e4)
            loss = functional.cross_entropy(scores, answers[part])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            total += float(loss.detach()) * len(answers[part])
        print(role, "pass", number, "loss", round(total / len(found), 4), flush=True)
    return Chooser(first.weight.detach().numpy().T.copy(), first.bias.detach().numpy(), last.weight.detach().numpy()[0])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("POLNEAR"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--units", type=int, default=48)
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--hide", type=float, default=0.12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    tied = [tie(article) for article in read_split(Path(options.corpus) / "train")]
    counts = {role: sum(piece.role == role for text in tied for piece in text.pieces) for role in ROLES}
    print(counts, "features", FEATURES)
    choosers = {
        role: fit_chooser(tied, role, units=options.units, passes=options.passes, hide=options.hide, seed=options.seed)
        for role in ASKS
    }
    Linker(choosers).save(options.out)


if __name__ == "__main__":
    main()
