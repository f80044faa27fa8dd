"""Marked sentences, the scores that a tagger would give them, a nearest-piece linker and a small tokenizer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from onrecord.annotate.tagging.labels import LABELS, Triple, encode_labels
from onrecord.annotate.tagging.linker import Chooser, Linker
from onrecord.annotate.tagging.model import Model
from onrecord.annotate.tagging.pairs import ASKS, FEATURES
from onrecord.annotate.tagging.traits import PARTS
from onrecord.annotate.tagging.words import Words, split_words

IS_NEAREST = 29  # feature: the candidate comes first by distance
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
FORMS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", "the", "mayor", *ALPHABET, *("##" + c for c in ALPHABET))


def unmark(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without marks and its pieces as (letter, start, end) in code points; pieces are not nested.

    >>> unmark("[s Ada] left.")
    ('Ada left.', [('s', 0, 3)])
    """
    text, pieces = "", []
    letter, opened, k = "", 0, 0
    while k < len(marked):
        if marked[k] == "[":
            letter, opened, k = marked[k + 1], len(text), k + 3
        elif marked[k] == "]":
            pieces.append((letter, opened, len(text)))
            k += 1
        else:
            text += marked[k]
            k += 1
    return text, pieces


def tagged(marked: str) -> tuple[Words, list[int]]:
    """The words of a marked text (`[s Ada] [q said] [c it works].`) and their labels; every piece begins anew."""
    text, pieces = unmark(marked)
    words = split_words(text)
    starts = [start for start, _ in words.spans]
    ends = [end for _, end in words.spans]
    found = []
    for letter, start, end in pieces:
        span = ((starts.index(start), ends.index(end) + 1),)
        found.append(Triple(*(span if letter == name else () for name in "sqc")))
    return words, encode_labels(len(words), found)


def scored(marked: str, chance: float = 0.99) -> tuple[Words, NDArray[np.float32]]:
    """The words of a marked text, and log-probabilities that give each of its labels `chance`."""
    words, labels = tagged(marked)
    scores = np.full((len(words), len(LABELS)), np.log((1 - chance) / 6), dtype=np.float32)
    scores[np.arange(len(words)), labels] = np.log(chance)
    return words, scores


def nearest_linker() -> Linker:
    """Gives the nearest candidate 9, anything else 0."""
    hidden = np.zeros((FEATURES, 1), dtype=np.float32)
    hidden[IS_NEAREST] = 9.0
    chooser = Chooser(hidden, np.zeros(1, dtype=np.float32), np.ones(1, dtype=np.float32))
    return Linker(dict.fromkeys(ASKS, chooser))


def write_tokenizer(folder: Path) -> Path:
    """A tokenizer that knows single letters and two words, written to `folder`."""
    tokenizer = Tokenizer(models.WordPiece({form: k for k, form in enumerate(FORMS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    path = folder / "tokenizer.json"
    tokenizer.save(str(path))
    return path


class FixedTagger:
    """A tagger that gives the same scores whatever it reads."""

    def __init__(self, scores: NDArray[np.float32]) -> None:
        self.fixed = scores

    def scores(self, words: Words) -> NDArray[np.float32]:
        """Log-probabilities [words, labels]."""
        assert len(words) == len(self.fixed)
        return self.fixed


def model_with(scores: NDArray[np.float32], **rest: Any) -> Model:
    """A model around fixed scores; `everything` and `parts` are its log-odds by trait, none by default."""
    parts = rest.pop("parts", {})
    weights = {"all": rest.pop("everything", {}), **dict.fromkeys(PARTS, parts)}
    settings = {"outside": 0.0, "least": 0.4, "least_other": 0.5, "least_held": 0.7, "weights": weights, **rest}
    return Model(FixedTagger(scores), nearest_linker(), **settings)  # type: ignore[arg-type]
