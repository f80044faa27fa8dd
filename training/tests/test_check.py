"""The fit of the classifiers of check: deterministic, and it finds what is there."""

from __future__ import annotations

import numpy as np

from training.check.logistic import f1, fit, folds, one_hot, shares_of
from training.check.twosided import fit_two_sided, minimise


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


def test_large_groups_are_folds_of_their_own() -> None:
    groups = np.array(["large"] * 50 + [f"g{k % 7}" for k in range(70)])
    fold = folds(groups, 3, alone=1)
    assert set(groups[fold == 3].tolist()) == {"large"}
    assert set(fold.tolist()) == {0, 1, 2, 3}


def test_a_large_group_and_a_large_class_do_not_rule() -> None:
    groups, labels = np.array(["large"] * 100 + ["small"] * 4), np.array([0] * 102 + [1] * 2)
    shares = shares_of(groups, labels, 2)
    assert np.isclose(shares.sum(), 1)
    assert shares[-1] > shares[-4] > shares[0]


def test_the_lowest_place_is_found() -> None:
    wanted = np.array([3.0, -2.0, 0.5])
    steep = np.array([1.0, 50.0, 4.0])
    found = minimise(lambda x: (float(steep @ (x - wanted) ** 2), 2 * steep * (x - wanted)), np.zeros(3))
    assert np.allclose(found, wanted, atol=1e-3)


def test_sides_of_claims_and_reports_are_told_from_their_pairs() -> None:
    kinds = np.array([(open_, against) for open_ in (0, 1) for against in (0, 1)], dtype=float)
    claims, reports = (np.tile(kinds, (20, 1)), np.repeat(kinds, 20, axis=0))
    labels = np.where((claims[:, 0] + reports[:, 0]) > 0, 2, (claims[:, 1] != reports[:, 1]).astype(int))
    shares = np.full(len(labels), 1 / len(labels))
    names = ("claim hedge", "claim refuted"), ("lead hedge", "lead refuted")
    model, again = (
        fit_two_sided(claims, reports, labels, shares, names, penalty=0.001, slopes=(0.5, 0.2)) for _ in range(2)
    )
    assert np.array_equal(model.chances(claims, reports).argmax(axis=1), labels)
    assert model.claim.slopes[1, 1] > 0
    assert model.report.slopes[1, 1] > 0
    assert np.array_equal(model.claim.slopes, again.claim.slopes)
