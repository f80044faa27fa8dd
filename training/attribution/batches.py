"""Windows with their targets, grouped by length into batches whose order a seed decides."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.annotate.tagging.labels import LABELS, encode_labels, to_words
from onrecord.annotate.tagging.pieces import Encoded, PieceEncoder, WindowSize
from onrecord.annotate.tagging.words import split_words
from training.attribution.corpus import Article

IGNORED = -100  # target of words outside the core
GROUP = 32  # batches sorted by length together


@dataclass(frozen=True, slots=True)
class Example:
    """One window with a target for each of its words."""

    encoded: Encoded
    article: int
    gold: NDArray[np.int64]  # label, or IGNORED
    soft: NDArray[np.float32] | None = None  # a teacher's probabilities [core words, labels]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors; rows are windows."""

    ids: Tensor
    mask: Tensor
    features: Tensor
    first: Tensor
    gold: Tensor
    soft: Tensor  # zero where a word has no soft target
    has_soft: Tensor  # bool [windows, words]

    @property
    def inputs(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What the network takes."""
        return self.ids, self.mask, self.features, self.first


def make_examples(
    articles: Iterable[Article],
    encoder: PieceEncoder,
    size: WindowSize,
    *,
    gold: bool = True,
    soft: Mapping[str, NDArray[np.float32]] | None = None,
) -> list[Example]:
    """The windows of `articles`; `gold` takes their labels, `soft` has probabilities [words, labels] by article."""
    out = []
    for number, article in enumerate(articles):
        words = split_words(article.text)
        labels = np.full(len(words), IGNORED)
        known = None if soft is None else soft.get(article.name)
        if gold:
            attributions = [to_words(words, attribution) for attribution in article.attributions]
            labels = np.array(encode_labels(len(words), attributions), dtype=np.int64)
        for encoded in encoder.encode(words, size):
            window = encoded.window
            target = np.full(window.right - window.left, IGNORED)
            target[window.start - window.left : window.end - window.left] = labels[window.start : window.end]
            part = None if known is None else known[window.start : window.end]
            out.append(Example(encoded, number, target, part))
    return out


def collate(examples: Sequence[Example], padding: int) -> Batch:
    """One batch of padded tensors."""
    rows = len(examples)
    pieces = max(len(example.encoded.ids) for example in examples)
    words = max(len(example.encoded.first) for example in examples)
    ids = torch.full((rows, pieces), padding)
    mask, features = torch.zeros_like(ids), torch.zeros_like(ids)
    first = torch.zeros((rows, words), dtype=torch.long)
    gold = torch.full((rows, words), IGNORED)
    soft = torch.zeros((rows, words, len(LABELS)))
    has_soft = torch.zeros((rows, words), dtype=torch.bool)
    for row, example in enumerate(examples):
        encoded, window = example.encoded, example.encoded.window
        count = len(encoded.ids)
        ids[row, :count] = torch.from_numpy(encoded.ids)
        mask[row, :count] = 1
        features[row, :count] = torch.from_numpy(encoded.features)
        first[row, : len(encoded.first)] = torch.from_numpy(encoded.first)
        gold[row, : len(example.gold)] = torch.from_numpy(example.gold)
        if example.soft is not None:
            core = slice(window.start - window.left, window.end - window.left)
            soft[row, core] = torch.from_numpy(example.soft)
            has_soft[row, core] = True
    return Batch(ids, mask, features, first, gold, soft, has_soft)


def epoch_order(lengths: Sequence[int], size: int, seed: int, epoch: int) -> list[list[int]]:
    """The batches of one epoch as example numbers: shuffled, then sorted by length within groups.

    The order depends on `seed` and `epoch` alone, so a run can be taken up in the middle of an epoch.
    """
    rng = random.Random(f"{seed}/{epoch}")
    numbers = list(range(len(lengths)))
    rng.shuffle(numbers)
    out = []
    for at in range(0, len(numbers), size * GROUP):
        group = sorted(numbers[at : at + size * GROUP], key=lambda number: lengths[number])
        batches = [group[k : k + size] for k in range(0, len(group), size)]
        rng.shuffle(batches)
        out.extend(batches)
    return out


def by_length(examples: Sequence[Example], size: int) -> Iterator[list[int]]:
    """Example numbers in batches of similar length, for prediction."""
    numbers = sorted(range(len(examples)), key=lambda number: len(examples[number].encoded.ids))
    for at in range(0, len(numbers), size):
        yield numbers[at : at + size]
