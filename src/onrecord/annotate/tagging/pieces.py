"""Word pieces and the windows that a tagger reads, with numpy and `tokenizers` alone.

A window is a core that it labels and a little context on both sides that it only sees.  Cores cover the text
without overlap and end at a paragraph or sentence where possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.annotate.tagging.words import Words

MAX_WORD_PIECES = 12  # a longer word (an address, a line of dashes) keeps its beginning
SPECIAL = 9  # feature code of pieces that are no word
FEATURES = 10  # 3 kinds of letter case times 3 quotation states, and SPECIAL

Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open ranges of word numbers: `left <= start < end <= right`; [start, end) is the core."""

    left: int
    start: int
    end: int
    right: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window as the network reads it."""

    window: Window
    ids: Int64  # word pieces with special ones
    features: Int64  # letter case and quotation state of each piece
    first: Int64  # position of the first piece of each word of the window


@dataclass(frozen=True, slots=True)
class WindowSize:
    """How many word pieces a window may hold."""

    core: int = 224
    left: int = 32
    right: int = 16


class PieceEncoder:
    """Turns words into pieces; every word form is looked up once."""

    def __init__(self, tokenizer_json: Path) -> None:
        tokenizer = Tokenizer.from_file(str(tokenizer_json))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        vocabulary = tokenizer.get_vocab()

        def special(*names: str) -> int:
            return next(vocabulary[name] for name in names if name in vocabulary)

        self._tokenizer = tokenizer
        self.begin = special("[CLS]", "<s>")
        self.separator = special("[SEP]", "</s>")
        self.padding = special("[PAD]", "<pad>")
        self.unknown = special("[UNK]", "<unk>")
        self._known: dict[str, tuple[int, ...]] = {}

    def pieces(self, form: str) -> tuple[int, ...]:
        """The pieces of one word form, never empty, at most `MAX_WORD_PIECES`."""
        found = self._known.get(form)
        if found is None:
            ids = self._tokenizer.encode(form[:200], add_special_tokens=False).ids[:MAX_WORD_PIECES]
            found = tuple(ids) or (self.unknown,)
            self._known[form] = found
        return found

    def encode(self, words: Words, size: WindowSize) -> Iterator[Encoded]:
        """The windows of a text, left to right."""
        pieces = [self.pieces(form) for form in words.forms]
        codes = [feature(form, quote) for form, quote in zip(words.forms, words.quotes, strict=True)]
        for window in find_windows(words, [len(ids) for ids in pieces], size):
            yield self._encode(words, pieces, codes, window)

    def _encode(self, words: Words, pieces: list[tuple[int, ...]], codes: list[int], window: Window) -> Encoded:
        ids, features, first = [self.begin], [SPECIAL], []
        for k in range(window.left, window.right):
            if k > window.left and words.paragraphs[k] != words.paragraphs[k - 1]:
                ids.append(self.separator)
                features.append(SPECIAL)
            first.append(len(ids))
            ids.extend(pieces[k])
            features.extend([codes[k]] * len(pieces[k]))
        ids.append(self.separator)
        features.append(SPECIAL)
        return Encoded(window, np.array(ids), np.array(features), np.array(first))


def feature(form: str, quote: int) -> int:
    """One code for letter case (lower or none, capitalised, all capitals) and quotation state.

    The encoders are uncased and see one window at a time; this gives back what they lose.
    """
    case = 0 if not form[0].isupper() else 2 if len(form) > 1 and form.isupper() else 1
    return 3 * quote + case


def find_windows(words: Words, lengths: list[int], size: WindowSize) -> list[Window]:
    """Cuts a text into windows; a core prefers to end with a paragraph, then with a sentence."""
    out, start = [], 0
    while start < len(words):
        end = _core_end(words, lengths, start, size.core)
        left, room = start, size.left
        while left > 0 and lengths[left - 1] <= room:
            left -= 1
            room -= lengths[left]
        right, room = end, size.right
        while right < len(words) and lengths[right] <= room:
            room -= lengths[right]
            right += 1
        out.append(Window(left, start, end, right))
        start = end
    return out


def _core_end(words: Words, lengths: list[int], start: int, room: int) -> int:
    end, paragraph, sentence = start, start, start
    while end < len(words) and lengths[end] <= room:
        room -= lengths[end]
        end += 1
        if end < len(words) and words.sentences[end] != words.sentences[end - 1]:
            sentence = end
            if words.paragraphs[end] != words.paragraphs[end - 1]:
                paragraph = end
    if end == len(words):
        return end
    if paragraph - start > 0.5 * (end - start):
        return paragraph
    return sentence if sentence > start else max(end, start + 1)
