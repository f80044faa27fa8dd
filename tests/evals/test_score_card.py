"""The score card: what was measured stands with its bar."""

from __future__ import annotations

from evals.score_card import render


def test_a_benchmark_with_bars_has_a_table_of_them() -> None:
    figures = {"value_f1": 79.0, "value_p": 78.0}
    card = render({"bench": {"times": {"timex_tbaq": {"figures": figures, "seconds": 1, "peak_mb": 2}}}})
    assert "| value_f1 | 79 | ≥ 80 | **missed** |" in card
    assert "| value_p" not in card


def test_relations_are_held_to_their_bars() -> None:
    card = render({"relations": {"right, all": 91.0, "false contradictions": 1}})
    assert "| right, all | 91 | ≥ 90 | met |" in card
    assert "| false contradictions | 1 | ≤ 0 | **missed** |" in card
