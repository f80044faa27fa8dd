"""Label scores of whole articles, put together from their windows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from onrecord.annotate.tagging.labels import LABELS
from onrecord.annotate.tagging.pieces import PieceEncoder, WindowSize
from onrecord.annotate.tagging.words import split_words
from training.attribution.batches import by_length, collate, make_examples
from training.attribution.corpus import Article
from training.attribution.network import Tagger


def predict_scores(
    network: Tagger, articles: Sequence[Article], pieces: PieceEncoder, size: WindowSize, *, batch: int = 8
) -> list[NDArray[np.float32]]:
    """Log-probabilities [words, labels] of each article."""
    network.eval()
    examples = make_examples(articles, pieces, size, gold=False)
    out = [np.zeros((len(split_words(article.text)), len(LABELS)), dtype=np.float32) for article in articles]
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for numbers in by_length(examples, batch):
            tensors = collate([examples[number] for number in numbers], pieces.padding)
            logs = functional.log_softmax(network(*tensors.inputs).float(), -1).numpy()
            for row, number in enumerate(numbers):
                window = examples[number].encoded.window
                core = slice(window.start - window.left, window.end - window.left)
                out[examples[number].article][window.start : window.end] = logs[row, core]
    return out
