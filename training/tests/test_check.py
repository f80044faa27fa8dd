"""The fit of the classifiers of check: deterministic, and it finds what is there."""

from __future__ import annotations

import numpy as np

from training.check.logistic import f1, fit, folds, one_hot


def test_what_can_be_told_apart_is_told_apart() -> None:
    rows = np.array([[float(k), 1.0] for k in range(40)])
    labels = np.array([0] * 20 + [1] * 20)
    scale = fit(rows, one_hot(labels, 2), 10.0)
    assert np.array_equal(scale.chances(rows).argmax(axis=1), labels)
    assert np.allclose(scale.chances(rows).sum(axis=1), 1)


def test_the_same_rows_give_the_same_coefficients() -> None:
    rows = np.random.default_rng(3).normal(size=(50, 4))
    labels = (rows[:, 0] > 0).astype(np.int64)
    one, other = (fit(rows, one_hot(labels, 2), 0.1) for _ in range(2))
    assert np.array_equal(one.slopes, other.slopes)


def test_a_measure_that_never_changes_weighs_nothing() -> None:
    rows = np.c_[np.arange(10.0), np.full(10, 7.0)]
    scale = fit(rows, one_hot(np.array([0] * 5 + [1] * 5), 2), 1.0)
    assert np.all(scale.slopes[:, 1] == 0)


def test_groups_stay_together() -> None:
    groups = np.array([f"g{k % 7}" for k in range(70)])
    fold = folds(groups, 3)
    assert all(len(set(fold[groups == g].tolist())) == 1 for g in set(groups.tolist()))
    assert set(fold.tolist()) == {0, 1, 2}


def test_f1_of_each_class() -> None:
    assert f1(np.array([0, 0, 1]), np.array([0, 1, 1]), 3).tolist() == [2 / 3, 2 / 3, 0]
