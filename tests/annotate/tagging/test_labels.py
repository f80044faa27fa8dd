"""Labels of words and their decoding."""

import itertools

import numpy as np
import pytest

from onrecord.annotate.tagging.labels import (
    LABELS,
    Triple,
    decode_labels,
    decode_pieces,
    decode_shifted,
    encode_labels,
    to_characters,
    to_words,
    transitions,
)
from onrecord.annotate.tagging.words import split_words

TEXT = "The baker said bread is cheap."


def names(labels: list[int]) -> list[str]:
    return [LABELS[label] for label in labels]


def test_ranges_of_code_points_become_ranges_of_words_and_back() -> None:
    words = split_words(TEXT)
    attribution = Triple(((0, 9),), ((10, 14),), ((15, 29),))
    by_word = to_words(words, attribution)
    assert by_word == Triple(((0, 2),), ((2, 3),), ((3, 6),))
    assert to_characters(words, by_word) == attribution


def test_a_range_that_cuts_a_word_takes_the_word() -> None:
    assert to_words(split_words(TEXT), Triple((), (), ((17, 22),))).content == ((3, 5),)


def test_labels_begin_and_continue() -> None:
    labels = encode_labels(7, [Triple(((0, 2),), ((2, 3),), ((3, 6),))])
    assert names(labels) == ["B-source", "I-source", "B-cue", "B-content", "I-content", "I-content", "O"]


def test_the_shorter_attribution_wins_where_two_overlap() -> None:
    outer = Triple(((0, 1),), ((1, 2),), ((2, 6),))
    inner = Triple(((2, 3),), ((3, 4),), ((4, 5),))
    assert names(encode_labels(6, [inner, outer])) == [
        "B-source",
        "B-cue",
        "B-source",
        "B-cue",
        "B-content",
        "B-content",
    ]


def test_neighbours_of_one_role_but_two_attributions_stay_apart() -> None:
    labels = encode_labels(4, [Triple((), (), ((0, 2),)), Triple((), (), ((2, 4),))])
    assert names(labels) == ["B-content", "I-content", "B-content", "I-content"]
    assert [(piece.start, piece.end) for piece in decode_pieces(labels)] == [(0, 2), (2, 4)]


def test_no_step_into_the_middle_of_another_role() -> None:
    table = transitions()
    assert table[LABELS.index("O"), LABELS.index("I-cue")] < 0
    assert table[LABELS.index("B-cue"), LABELS.index("I-source")] < 0
    assert table[LABELS.index("B-cue"), LABELS.index("I-cue")] == 0
    assert table[LABELS.index("I-cue"), LABELS.index("B-content")] == 0


@pytest.mark.parametrize("seed", range(12))
def test_decoding_finds_the_best_legal_sequence(seed: int) -> None:
    scores = np.log(np.random.default_rng(seed).dirichlet(np.ones(7), size=5)).astype(np.float32)
    table = transitions()

    def total(path: tuple[int, ...]) -> float:
        if (path[0] and path[0] % 2 == 0) or any(table[a, b] < 0 for a, b in itertools.pairwise(path)):
            return -np.inf
        return float(sum(scores[k, label] for k, label in enumerate(path)))

    best = max(itertools.product(range(7), repeat=5), key=total)
    assert decode_labels(scores) == list(best)


def test_nothing_decodes_to_nothing() -> None:
    assert decode_labels(np.zeros((0, 7), dtype=np.float32)) == []


def test_a_lower_score_outside_finds_more_and_leaves_the_scores_alone() -> None:
    scores = np.log(np.array([[0.5, 0.0, 0.0, 0.45, 0.0, 0.05, 0.0]], dtype=np.float32) + 1e-6)
    assert decode_shifted(scores, 0.0) == [0]
    assert decode_shifted(scores, -0.5) == [LABELS.index("B-cue")]
    assert scores[0, 0] == pytest.approx(np.log(0.5), abs=1e-4)
