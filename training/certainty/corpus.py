"""Reads sentences whose event words people judged for factuality, on a scale from -3 (certainly not) to 3."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCALES = ("main", "other")  # a head for each: the scale that the package speaks, and one that helps to learn it
NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]}”…]+|''|['’](?:s|re|ve|ll|d|m|t)?|n['’]t", re.IGNORECASE)
NO_SPACE_AFTER = re.compile(r"[(\[{$£€“‘]|``")
WRITTEN = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as running text; `targets` are the code point at which an event word starts, and its value."""

    name: str
    text: str
    targets: tuple[tuple[int, float], ...]
    scale: int = 0  # index into SCALES


def read_sentences(path: Path, scale: int = 0) -> tuple[Sentence, ...]:
    """The sentences of a JSON Lines file of `id`, `tokens` and `targets`."""
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    out = []
    for row in rows:
        text, starts = join_tokens(row["tokens"])
        targets = tuple((starts[target["start"]], float(target["factuality"])) for target in row["targets"])
        out.append(Sentence(row["id"], text, targets, scale))
    return tuple(out)


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[int]]:
    """Running text made of tokens, with the place where each of them starts.

    >>> join_tokens(["``", "Go", ",", "''", "he", "said", "."])
    ('“Go,” he said.', [0, 1, 3, 4, 6, 9, 13])
    """
    text, starts, glued, is_open = "", [], True, False
    for k, token in enumerate(tokens):
        opens, closes = bool(NO_SPACE_AFTER.fullmatch(token)), bool(NO_SPACE_BEFORE.fullmatch(token))
        if token == '"':
            is_open = not is_open and k + 1 < len(tokens)
            opens, closes = is_open, not is_open
        text += "" if glued or closes else " "
        starts.append(len(text))
        text += WRITTEN.get(token, token)
        glued = opens
    return text, starts


def fold_of(number: int, count: int, folds: int) -> int:
    """The fold of sentence `number` of `count`: neighbours, which come from one article, stay together."""
    blocks = folds * 4
    return (number * blocks // max(1, count)) % folds
