"""Sentences of plain news whose event words a teacher judged: what a smaller network learns from beside gold."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.sentences import find_sentences
from onrecord.annotate.tagging.pieces import PieceEncoder
from onrecord.annotate.tokens import read_tokens
from onrecord.model import Span
from training.certainty.batches import Example, make_example
from training.certainty.corpus import Sentence

VERBS = "VLdgsl"  # classes of words that may be verbs
SHORTEST, LONGEST = 20, 400  # code points of a sentence


def find_events(text: str, nouns: Collection[str]) -> list[int]:
    """Where the verbs of a sentence start, and those of its nouns that people have judged as events elsewhere."""
    tokens = read_tokens(text, Span(0, len(text)), ())
    tags = tokens.tags[: len(tokens)]
    return [tokens.starts[k] for k, tag in enumerate(tags) if tag in VERBS or (tag == "N" and tokens.lower[k] in nouns)]


def event_nouns(sentences: Iterable[Sentence]) -> frozenset[str]:
    """The words that people judged, in lower case."""
    return frozenset(
        word.lower() for s in sentences for start, _ in s.targets if (word := s.text[start:].split()[0]).isalpha()
    )


def read_plain(paths: Iterable[Path], seen: set[str]) -> Iterator[str]:
    """The sentences of JSON Lines of `text`, and of text files, each once."""
    for path in paths:
        lines = path.read_text("utf-8").split("\n")
        texts = (
            [json.loads(line).get("text") or "" for line in lines if line]
            if path.suffix == ".jsonl"
            else ["\n".join(lines)]
        )
        for text in texts:
            for sentence in find_sentences(text):
                words = sentence.span.of(text)
                if SHORTEST <= len(words) <= LONGEST and words not in seen:
                    seen.add(words)
                    yield words


def write_judged(folder: Path, judged: Iterable[tuple[str, list[int], NDArray[np.float32]]]) -> None:
    """Writes sentences, places and chances as `read_judged` reads them."""
    rows, chances = [], []
    for text, starts, found in judged:
        rows.append(json.dumps({"text": text, "starts": starts}, ensure_ascii=False) + "\n")
        chances.append(found.astype(np.float16))
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "chances.npy", np.concatenate(chances))
    (folder / "sentences.jsonl").write_text("".join(rows), encoding="utf-8")


def read_judged(folder: Path, encoder: PieceEncoder) -> list[Example]:
    """The sentences that a teacher judged, as examples of the main scale."""
    chances = np.load(folder / "chances.npy").astype(np.float32)
    out, at = [], 0
    for line in filter(None, (folder / "sentences.jsonl").read_text("utf-8").split("\n")):
        row = json.loads(line)
        count = len(row["starts"])
        example = make_example(row["text"], row["starts"], chances[at : at + count], 0, encoder)
        out += [example] if example else []
        at += count
    return out
