"""Logistic regression with a penalty, where the answer is known in closed form or can be checked."""

from __future__ import annotations

import numpy as np
import pytest

from training.attribution.ridge import fit_weights

LOOSE = 1e-9  # hardly a penalty


def test_a_free_trait_alone_has_the_log_odds_of_the_share() -> None:
    found = fit_weights([["any"]] * 10, [True] * 8 + [False] * 2, 5.0, free="any")
    assert found == {"any": pytest.approx(np.log(4), abs=1e-4)}


def test_without_penalty_a_trait_has_the_difference_of_the_log_odds() -> None:
    rows = [["any"]] * 10 + [["any", "quoted"]] * 10
    rights = [True] * 5 + [False] * 5 + [True] * 9 + [False]
    found = fit_weights(rows, rights, LOOSE, free="any")
    assert found["any"] == pytest.approx(0.0, abs=1e-4)
    assert found["quoted"] == pytest.approx(np.log(9), abs=1e-4)


def test_a_heavy_penalty_leaves_the_share_to_the_free_trait() -> None:
    rows = [["any"]] * 10 + [["any", "quoted"]] * 10
    rights = [True] * 5 + [False] * 5 + [True] * 9 + [False]
    found = fit_weights(rows, rights, 1e7, free="any")
    assert found["quoted"] == pytest.approx(0.0, abs=1e-5)
    assert found["any"] == pytest.approx(np.log(14 / 6), abs=1e-4)


def test_traits_that_always_come_together_share_the_weight() -> None:
    rows = [["any"]] * 6 + [["any", "one", "two"]] * 6
    rights = [True] * 3 + [False] * 3 + [True] * 5 + [False]
    found = fit_weights(rows, rights, 1.0, free="any")
    assert found["one"] == pytest.approx(found["two"])
    assert found["one"] > 0.1


def test_a_trait_that_is_always_right_has_a_finite_weight() -> None:
    found = fit_weights([["any"], ["any"], ["any", "sure"]], [True, False, True], 1.0, free="any")
    assert 0 < found["sure"] < 2


@pytest.mark.parametrize("seed", range(5))
def test_the_slope_at_the_answer_is_zero(seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = ["one", "two", "three", "four"]
    rows = [["any", *(name for name in names if rng.random() < 0.4)] for _ in range(60)]
    rights = [bool(rng.random() < 0.3 + 0.4 * ("two" in row)) for row in rows]
    penalty = 2.0
    found = fit_weights(rows, rights, penalty, free="any")
    chances = [1 / (1 + np.exp(-sum(found[name] for name in row))) for row in rows]
    for name, weight in found.items():
        pull = sum(chance - right for row, chance, right in zip(rows, chances, rights, strict=True) if name in row)
        assert pull + (0 if name == "any" else penalty * weight) == pytest.approx(0, abs=1e-3), name


def test_weights_come_in_order_of_first_appearance() -> None:
    assert list(fit_weights([["b", "c"], ["a", "b"]], [True, False], 1.0, free="b")) == ["b", "c", "a"]
