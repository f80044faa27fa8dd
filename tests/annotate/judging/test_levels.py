"""Chances of steps become one of the seven certainties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.judging.levels import (
    EDGES,
    KIND_OF_STEP,
    KINDS,
    MIDDLES,
    NAMES,
    Chances,
    Decision,
    decide,
    kind_chances,
)


def chances(**steps: float) -> Chances:
    """Chances of single steps, by number."""
    out = np.zeros((1, len(MIDDLES)), dtype=np.float32)
    for name, chance in steps.items():
        out[0, int(name[1:])] = chance
    return out


def said(found: Chances, decision: Decision | None = None) -> str:
    return NAMES[decide(found, decision or Decision())[0]]


@pytest.mark.parametrize(
    ("steps", "certainty"),
    [
        ({"s10": 1.0}, "CT+"),
        ({"s9": 0.6, "s8": 0.4}, "CT+"),
        ({"s8": 0.7, "s10": 0.3}, "PR+"),
        ({"s6": 0.7, "s10": 0.3}, "PS+"),
        ({"s4": 1.0}, "U"),
        ({"s5": 0.5, "s3": 0.3, "s10": 0.2}, "U"),
        ({"s0": 1.0}, "CT-"),
        ({"s1": 1.0}, "PR-"),
        ({"s2": 1.0}, "PS-"),
    ],
)
def test_the_likeliest_kind_and_the_mean_within_it_decide(steps: dict[str, float], certainty: str) -> None:
    assert said(chances(**steps)) == certainty


def test_steps_of_one_kind_count_together() -> None:
    assert said(chances(s10=0.4, s6=0.2, s7=0.2, s8=0.2)) == "PR+"


def test_a_weight_above_one_makes_a_kind_more_frequent() -> None:
    undecided = chances(s10=0.6, s4=0.4)
    assert said(undecided) == "CT+"
    assert said(undecided, Decision(weights=(1.0, 2.0, 1.0, 1.0))) == "U"


def test_every_step_lies_between_its_edges_and_in_its_kind() -> None:
    bounds = (-3.0, *EDGES, 3.0)
    for step, middle in enumerate(MIDDLES):
        assert bounds[step] <= middle <= bounds[step + 1]
        kind = "true" if middle >= 2.5 else "hedged" if middle >= 1 else "open" if middle > -1 else "false"
        assert KINDS[KIND_OF_STEP[step]] == kind


@given(st.lists(st.floats(0, 1), min_size=11, max_size=11).filter(lambda row: sum(row) > 0.01))
def test_any_chances_give_a_certainty_and_kinds_that_add_up(row: list[float]) -> None:
    found = np.array([row], dtype=np.float32) / np.float32(sum(row))
    assert said(found) in NAMES
    assert kind_chances(found).sum() == pytest.approx(1, abs=1e-4)
