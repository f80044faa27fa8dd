"""The judge at run time: numpy, `tokenizers` and onnxruntime, no PyTorch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord.annotate.judging.levels import MIDDLES, Chances
from onrecord.annotate.tagging.pieces import Encoded, PieceEncoder, WindowSize
from onrecord.annotate.tagging.words import Words, split_words
from onrecord.resources import open_network


class OnnxJudge:
    """Chances of the steps of factuality from an exported model; one sentence at a time, whatever else is asked."""

    def __init__(self, model: Path, tokenizer_json: Path, size: WindowSize, *, threads: int = 1) -> None:
        self._session = open_network(model, threads=threads)
        self._pieces = PieceEncoder(tokenizer_json)
        self._size = size

    def chances(self, sentence: str, starts: Sequence[int]) -> Chances:
        """Chances [events, steps] of the event words of one sentence that hold or follow the code points `starts`."""
        words = split_words(sentence)
        out = np.zeros((len(starts), len(MIDDLES)), dtype=np.float32)
        out[:, -1] = 1.0  # of what has no word to read: nothing says that it is not so
        at = words_at(words, starts)
        for encoded in self._pieces.encode(words, self._size) if len(words) else ():
            window = encoded.window
            inside = [k for k, word in enumerate(at) if window.start <= word < window.end]
            if inside:
                out[inside] = self._run(encoded, [at[k] - window.left for k in inside])
        return out

    def _run(self, encoded: Encoded, places: Sequence[int]) -> Chances:
        first = encoded.first[list(places)]
        feed = {"ids": encoded.ids[None], "features": encoded.features[None], "first": first[None]}
        (chances,) = self._session.run(["chances"], feed)
        found: Chances = chances[0]
        return found


def words_at(words: Words, starts: Sequence[int]) -> list[int]:
    """The number of the word at each code point, or of the one before it."""
    begins = [start for start, _ in words.spans]
    return [max(0, bisect_right(begins, start) - 1) for start in starts]
