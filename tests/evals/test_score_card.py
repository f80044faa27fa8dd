"""The score card: what was measured stands with its bar."""

from __future__ import annotations

from evals.score_card import render


def test_a_benchmark_with_bars_has_a_table_of_them() -> None:
    figures = {"value_f1": 79.0, "value_p": 78.0}
    card = render({"bench": {"times": {"timex_tbaq": {"figures": figures, "seconds": 1, "peak_mb": 2}}}})
    assert "| value_f1 | 79 | ≥ 80 | **missed** |" in card
    assert "| value_p" not in card


def test_relations_are_held_to_their_bars() -> None:
    figures = {"right, all": 91.0, "false contradictions": 1}
    card = render({"relations": {"items": figures, "held_out": figures}})
    tuned, held_out = card.split("### ")[1:]
    assert "| right, all | 91 | ≥ 90 | met |" in tuned
    assert "| false contradictions | 1 | ≤ 0 | **missed** |" in tuned
    assert "| right, all | 91 |  |  |" in held_out


def test_every_list_of_a_large_record_is_held_to_one_bar() -> None:
    lists = {"reports --who, rare": 4.0, "speakers": 101.0, "check, rare words": 101.0}
    card = render({"growth": {"reports": 100_000, "rounds": 12, "lists": lists}})
    assert "A database of 100,000 made reports" in card
    assert "| reports --who, rare | 4 | ≤ 100 | met |" in card
    assert "| speakers | 101 | ≤ 100 | **missed** |" in card
    assert "| check, rare words | 101 | ≤ 300 | met |" in card
    assert "Adding one report" not in card


def test_one_more_report_is_held_to_what_it_costs_among_few() -> None:
    figures = {"after 100 reports": 40.0, "after 10,000 reports": 64.0, "times as much": 1.6}
    card = render({"growth": {"reports": 10_000, "one more": figures}})
    assert "| times as much | 1.6 | ≤ 1.5 | **missed** |" in card
    assert "| after 10,000 reports | 64 |  |  |" in card
    assert "95th percentile" not in card
