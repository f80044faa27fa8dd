"""The tagger at run time: numpy, `tokenizers` and onnxruntime, no PyTorch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.tagging.labels import LABELS, OUTSIDE
from onrecord.annotate.tagging.pieces import PieceEncoder, WindowSize
from onrecord.annotate.tagging.words import Words
from onrecord.resources import open_network

UNLIKELY = -20.0  # log-probability of every label but the first, which is that of no part


class OnnxTagger:
    """Label scores from an exported model; one window at a time, which is the fastest on a CPU."""

    def __init__(self, model: Path, tokenizer_json: Path, size: WindowSize, *, threads: int = 1) -> None:
        self._session = open_network(model, threads=threads)
        self._pieces = PieceEncoder(tokenizer_json)
        self._size = size

    def scores(self, words: Words) -> NDArray[np.float32]:
        """Log-probabilities [words, labels]."""
        out = np.zeros((len(words), len(LABELS)), dtype=np.float32)
        for encoded in self._pieces.encode(words, self._size):
            window = encoded.window
            if not any(form[0].isalnum() for form in words.forms[window.start : window.end]):
                out[window.start : window.end, OUTSIDE + 1 :] = UNLIKELY  # a line of marks: nobody says anything in it
                continue
            core = encoded.first[window.start - window.left : window.end - window.left]
            (scores,) = self._session.run(
                ["scores"], {"ids": encoded.ids[None], "features": encoded.features[None], "first": core[None]}
            )
            shifted = scores[0] - scores[0].max(-1, keepdims=True)
            out[window.start : window.end] = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
        return out
