"""How alike two sentences are in meaning, by a packaged sentence encoder: never a ground alone, always behind gates."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from onrecord.resources import open_network, weights

if TYPE_CHECKING:
    import numpy as np
    import onnxruntime  # type: ignore[import-untyped]
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

WEIGHTS = "sentences"
KEPT = 20_000  # vectors held in a process: 30 MB


def likeness(one: str, other: str) -> float:
    """Cosine of two sentences, -1..1: about 0 for unlike matters, 0.7 and more for the same said in other words."""
    return float(vector_of(one) @ vector_of(other))


@lru_cache(maxsize=KEPT)
def vector_of(text: str) -> NDArray[np.float32]:
    """The unit vector [384] of a sentence; what is past the encoder's length is not read."""
    import numpy as np

    ids = _tokenizer().encode(text).ids[: weights(WEIGHTS).about["longest"]]
    (found,) = _session().run(["vectors"], {"ids": np.array([ids], dtype=np.int64)})
    vector: NDArray[np.float32] = found[0]
    return vector


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(weights(WEIGHTS).file("tokenizer.json")))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@cache
def _session() -> onnxruntime.InferenceSession:
    return open_network(weights(WEIGHTS).file("sentences.onnx"))
