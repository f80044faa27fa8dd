"""Sentences with their targets as padded tensors, in an order that a seed decides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.annotate.judging.levels import EDGES, MIDDLES
from onrecord.annotate.judging.runtime import words_at
from onrecord.annotate.tagging.pieces import Encoded, PieceEncoder, WindowSize
from onrecord.annotate.tagging.words import split_words
from training.certainty.corpus import Sentence

WHOLE = WindowSize(core=400, left=0, right=0)  # word pieces: no sentence of news is longer


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence as the network reads it; one row of `steps` a target."""

    encoded: Encoded
    words: NDArray[np.int64]  # number of the word of each target
    steps: NDArray[np.float32]  # wanted chances [targets, steps]
    scale: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors; targets of all sentences one after the other."""

    ids: Tensor
    mask: Tensor
    features: Tensor
    first: Tensor  # position of the first piece of each target's word [sentences, most targets]
    rows: Tensor  # sentence of each target
    columns: Tensor  # and its place in `first`
    scales: Tensor
    steps: Tensor


def spread(value: float, blur: float = 0.0) -> NDArray[np.float32]:
    """The wanted chances of the steps: 1 for that of `value`, less `blur`, which its neighbours share.

    >>> spread(-3.0).tolist()[:3]
    [1.0, 0.0, 0.0]
    """
    at = bisect_left(EDGES, value)
    out = np.zeros(len(MIDDLES), dtype=np.float32)
    sides = [k for k in (at - 1, at + 1) if 0 <= k < len(out)]
    out[at] = 1 - blur
    out[sides] += blur / len(sides)
    return out


def make_examples(sentences: Iterable[Sentence], encoder: PieceEncoder, blur: float = 0.0) -> list[Example]:
    """The judged sentences as examples."""
    out = []
    for sentence in sentences:
        steps = np.array([spread(value, blur) for _, value in sentence.targets])
        example = make_example(sentence.text, [start for start, _ in sentence.targets], steps, sentence.scale, encoder)
        out += [example] if example else []
    return out


def make_example(
    text: str, starts: Sequence[int], steps: NDArray[np.float32], scale: int, encoder: PieceEncoder
) -> Example | None:
    """One sentence with the wanted chances of the words at `starts`; None where there is none, or it is too long."""
    words = split_words(text)
    windows = list(encoder.encode(words, WHOLE))
    if len(windows) != 1 or not starts:
        return None
    return Example(windows[0], np.array(words_at(words, starts)), steps, scale)


def collate(examples: Sequence[Example], padding: int) -> Batch:
    """One batch of padded tensors."""
    pieces = max(len(example.encoded.ids) for example in examples)
    most = max(len(example.words) for example in examples)
    ids = torch.full((len(examples), pieces), padding)
    mask, features = torch.zeros_like(ids), torch.zeros_like(ids)
    first = torch.zeros((len(examples), most), dtype=torch.long)
    rows, columns, scales = [], [], []
    for row, example in enumerate(examples):
        encoded, count = example.encoded, len(example.encoded.ids)
        ids[row, :count] = torch.from_numpy(encoded.ids)
        mask[row, :count] = 1
        features[row, :count] = torch.from_numpy(encoded.features)
        first[row, : len(example.words)] = torch.from_numpy(encoded.first[example.words])
        rows += [row] * len(example.words)
        columns += list(range(len(example.words)))
        scales += [example.scale] * len(example.words)
    return Batch(
        ids,
        mask,
        features,
        first,
        torch.tensor(rows),
        torch.tensor(columns),
        torch.tensor(scales),
        torch.from_numpy(np.concatenate([example.steps for example in examples])),
    )


def by_length(examples: Sequence[Example], size: int) -> Iterator[list[int]]:
    """Example numbers in batches of similar length, for prediction."""
    numbers = sorted(range(len(examples)), key=lambda number: len(examples[number].encoded.ids))
    for at in range(0, len(numbers), size):
        yield numbers[at : at + size]
