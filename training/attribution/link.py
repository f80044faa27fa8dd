"""Puts labelled pieces together: every cue with its source and its content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.tagging.labels import Piece, Ranges, Triple, decode_labels, decode_pieces, to_characters
from onrecord.annotate.tagging.words import Words


@dataclass(frozen=True, slots=True)
class Costs:
    """What lies between a piece and a cue, in words."""

    sentence: float = 12.0
    paragraph: float = 40.0
    cue: float = 15.0
    limit: float = 150.0  # no link beyond
    neighbours: int = 4  # cues looked at on each side


def link_pieces(words: Words, labels: Sequence[int], costs: Costs = Costs()) -> tuple[Triple, ...]:
    """The attributions of one text in ranges of words, by cue; each has content.

    Sources and contents go to the cheapest cue; a cue left without a source takes that of the cue before it in
    its sentence ("she said A and added B").
    """
    pieces = decode_pieces(labels)
    cues = [piece for piece in pieces if piece.role == "cue"]
    if not cues:
        return ()
    starts = [cue.start for cue in cues]

    def cost(piece: Piece, number: int) -> float:
        cue = cues[number]
        near, far = (piece.end, cue.start) if piece.end <= cue.start else (cue.end, piece.start)
        edge = piece.end - 1 if piece.end <= cue.start else piece.start
        between = abs(bisect_left(starts, piece.start) - number) - (piece.start > cue.start)
        return (
            max(0, far - near)
            + costs.sentence * abs(words.sentences[edge] - words.sentences[cue.start])
            + costs.paragraph * abs(words.paragraphs[edge] - words.paragraphs[cue.start])
            + costs.cue * between
        )

    def nearest(piece: Piece) -> tuple[float, int]:
        at = bisect_left(starts, piece.start)
        around = range(max(0, at - costs.neighbours), min(len(cues), at + costs.neighbours))
        return min((cost(piece, number), number) for number in around)

    sources: list[list[tuple[float, Piece]]] = [[] for _ in cues]
    contents: list[list[Piece]] = [[] for _ in cues]
    for piece in pieces:
        if piece.role == "cue":
            continue
        price, number = nearest(piece)
        if price < costs.limit:
            if piece.role == "source":
                sources[number].append((price, piece))
            else:
                contents[number].append(piece)
    chosen: list[Ranges] = [_best(found) for found in sources]
    for number in range(1, len(cues)):
        same = words.sentences[cues[number].start] == words.sentences[cues[number - 1].start]
        if same and not chosen[number]:
            chosen[number] = chosen[number - 1]
    return tuple(
        Triple(source, ((cue.start, cue.end),), tuple((piece.start, piece.end) for piece in content))
        for cue, source, content in zip(cues, chosen, contents, strict=True)
        if content
    )


def _best(found: list[tuple[float, Piece]]) -> Ranges:
    if not found:
        return ()
    _, piece = min(found)
    return ((piece.start, piece.end),)


def find_by_distance(words: Words, scores: NDArray[np.float32]) -> tuple[Triple, ...]:
    """The attributions of one text without a trained linker."""
    return tuple(to_characters(words, found) for found in link_pieces(words, decode_labels(scores)))
