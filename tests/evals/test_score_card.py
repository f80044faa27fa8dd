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


def test_every_list_of_a_large_record_is_held_to_one_bar() -> None:
    lists = {"reports --who, rare": 4.0, "speakers": 101.0}
    card = render({"growth": {"reports": 100_000, "rounds": 12, "lists": lists}})
    assert "A database of 100,000 made reports" in card
    assert "| reports --who, rare | 4 | ≤ 100 | met |" in card
    assert "| speakers | 101 | ≤ 100 | **missed** |" in card
