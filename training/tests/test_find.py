"""From scores to attributions, with a linker that always takes the nearest piece."""

import numpy as np
import pytest

from tests.annotate.tagging.made import nearest_linker, scored
from training.attribution.find import NO_SOURCE, Finder
from training.attribution.link import find_by_distance

TEXT = "[s Ada] [q said] [c it works]."


def test_a_plain_sentence_is_found_in_code_points() -> None:
    words, scores = scored(TEXT)
    (found,) = Finder(nearest_linker())(words, scores)
    assert (found.source, found.cue, found.content) == (((0, 3),), ((4, 8),), ((9, 17),))
    assert find_by_distance(words, scores) == (found,)


def test_a_weak_attribution_is_weighed_but_not_kept() -> None:
    words, scores = scored(TEXT, chance=0.4)
    assert len(Finder(nearest_linker()).weigh(words, scores)) == 1
    assert Finder(nearest_linker())(words, scores) == ()
    assert len(Finder(nearest_linker(), least=-9.0)(words, scores)) == 1


def test_strength_is_the_sum_of_parts_and_links() -> None:
    words, scores = scored(TEXT, chance=0.9)
    (found,) = Finder(nearest_linker()).weigh(words, scores)
    assert found.strength == pytest.approx(3 * np.log(0.9), abs=0.01)


def test_a_missing_source_counts_a_little() -> None:
    words, scores = scored("It was [q said] [c to work].", chance=0.9)
    (found,) = Finder(nearest_linker()).weigh(words, scores)
    assert found.triple.source == ()
    assert found.strength == pytest.approx(2 * np.log(0.9) + NO_SOURCE, abs=0.01)
