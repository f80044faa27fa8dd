"""From scores to attributions, with a linker that always takes the nearest piece."""

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord.annotate.tagging.labels import LABELS, decode_shifted
from onrecord.annotate.tagging.linker import Chooser, Linker
from onrecord.annotate.tagging.pairs import ASKS, FEATURES
from onrecord.annotate.tagging.words import Words
from training.attribution.find import NO_SOURCE, Finder
from training.attribution.link import find_by_distance
from training.tests.marks import tagged

TEXT = "[s Ada] [q said] [c it works]."
IS_NEAREST = 29  # feature: the candidate comes first by distance


def nearest() -> Linker:
    """Gives the nearest candidate 9, anything else 0."""
    hidden = np.zeros((FEATURES, 1), dtype=np.float32)
    hidden[IS_NEAREST] = 9.0
    chooser = Chooser(hidden, np.zeros(1, dtype=np.float32), np.ones(1, dtype=np.float32))
    return Linker(dict.fromkeys(ASKS, chooser))


def scored(marked: str, chance: float = 0.99) -> tuple[Words, NDArray[np.float32]]:
    """The words of a marked text, and scores that give its labels the probability `chance`."""
    words, labels = tagged(marked)
    scores = np.full((len(words), len(LABELS)), np.log((1 - chance) / 6), dtype=np.float32)
    scores[np.arange(len(words)), labels] = np.log(chance)
    return words, scores


def test_a_plain_sentence_is_found_in_code_points() -> None:
    words, scores = scored(TEXT)
    (found,) = Finder(nearest())(words, scores)
    assert (found.source, found.cue, found.content) == (((0, 3),), ((4, 8),), ((9, 17),))
    assert find_by_distance(words, scores) == (found,)


def test_a_weak_attribution_is_weighed_but_not_kept() -> None:
    words, scores = scored(TEXT, chance=0.4)
    assert len(Finder(nearest()).weigh(words, scores)) == 1
    assert Finder(nearest())(words, scores) == ()
    assert len(Finder(nearest(), least=-9.0)(words, scores)) == 1


def test_strength_is_the_sum_of_parts_and_links() -> None:
    words, scores = scored(TEXT, chance=0.9)
    (found,) = Finder(nearest()).weigh(words, scores)
    assert found.strength == pytest.approx(3 * np.log(0.9), abs=0.01)


def test_a_missing_source_counts_a_little() -> None:
    words, scores = scored("It was [q said] [c to work].", chance=0.9)
    (found,) = Finder(nearest()).weigh(words, scores)
    assert found.triple.source == ()
    assert found.strength == pytest.approx(2 * np.log(0.9) + NO_SOURCE, abs=0.01)


def test_a_lower_score_outside_finds_more_and_leaves_the_scores_alone() -> None:
    scores = np.log(np.array([[0.5, 0.0, 0.0, 0.45, 0.0, 0.05, 0.0]], dtype=np.float32) + 1e-6)
    assert decode_shifted(scores, 0.0) == [0]
    assert decode_shifted(scores, -0.5) == [LABELS.index("B-cue")]
    assert scores[0, 0] == pytest.approx(np.log(0.5), abs=1e-4)
