"""Figures as printed: the cases, the rows of the lexicons, and what holds for every text."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.figures import FindFigures
from onrecord.annotate.times import FindTimes
from onrecord.model import Figure, Report, Section, SectionKind, Span
from onrecord.resources import lexicon
from tests.effort import assert_linear

CASES = [json.loads(line) for line in Path("tests/cases/figures.jsonl").read_text("utf-8").splitlines()]


def figures_of(text: str) -> tuple[Figure, ...]:
    return FindFigures()(FindTimes()(Report("r", text, "", published="2025-03-10"))).figures


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_figures_are_found_to_the_letter(case: dict[str, object]) -> None:
    found = figures_of(case["text"])
    assert [figure.text for figure in found] == [row["text"] for row in case["figures"]]
    for figure, row in zip(found, case["figures"], strict=True):
        for field in ("low", "high", "approximate", "unit", "per", "direction"):
            if field in row:
                have = getattr(figure.amount, field)
                assert (float(have) if isinstance(have, Decimal) else have) == row[field], field


@pytest.mark.parametrize(
    "row", [r for r in lexicon("hedges.tsv") if r["words"][-1].isalpha()], ids=lambda r: f"{r['words']}-{r['place']}"
)
def test_every_hedge_does_what_its_row_says(row: dict[str, str]) -> None:
    text = f"They saw {row['words']} 700 ships." if row["place"] == "before" else f"They saw 700 {row['words']}."
    (figure,) = figures_of(text)
    amount, sense = figure.amount, row["sense"]
    assert (amount.low is None) == (sense == "below")
    assert (amount.high is None) == (sense == "above")
    assert amount.approximate == (sense == "about")
    assert figure.increment == (sense == "more")


@pytest.mark.parametrize("row", lexicon("currencies.tsv"), ids=lambda row: f"{row['form']}-{row['place']}")
def test_every_currency_is_read(row: dict[str, str]) -> None:
    text = f"It cost {row['form']}75 in all." if row["place"] == "before" else f"It cost 75 {row['form']} in all."
    assert [figure.amount.unit for figure in figures_of(text)] == [row["code"]]


@pytest.mark.parametrize("row", lexicon("units.tsv"), ids=lambda row: f"{row['form']}-{row['only']}")
def test_every_unit_is_read(row: dict[str, str]) -> None:
    blank = "" if row["only"] or not row["form"][0].isalpha() else " "
    (figure,) = figures_of(f"It was 75{blank}{row['form']}, they found.")
    assert figure.amount.unit == row["unit"]


@pytest.mark.parametrize("row", lexicon("moves.tsv"), ids=lambda row: row["word"])
def test_every_move_gives_its_direction(row: dict[str, str]) -> None:
    (figure,) = figures_of(f"Fares {row['word']} 40 percent.")
    assert figure.amount.direction == row["direction"]
    assert figure.increment


@pytest.mark.parametrize("row", [r for r in lexicon("labels.tsv") if r["word"].isalpha()], ids=lambda r: r["word"])
def test_a_label_makes_a_name_of_its_number(row: dict[str, str]) -> None:
    assert figures_of(f"They spoke of {row['word'].capitalize()} 46 and left.") == ()


@given(st.text(alphabet="0123456789 -/.,$£%abdeflmnoprtuw\n", max_size=200))
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    found = figures_of(text)
    assert all(f.text == text[f.span.start : f.span.end] and f.text for f in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for figure in found:
        low, high = figure.amount.low, figure.amount.high
        assert low is not None or high is not None
        assert low is None or high is None or low <= high


@pytest.mark.parametrize("piece", ["1", "1,", "one ", "$", "5-", "at least ", "1.000,5 ", "hundreds of ", "10 to "])
def test_long_odd_texts_stay_fast(piece: str) -> None:
    assert_linear(figures_of, lambda number: piece * number, 300)
    pieces = 60_000 // len(piece)
    assert len(figures_of(piece * pieces)) <= pieces


@pytest.mark.parametrize("number", ["9" * 400, "1.000,5", "1," * 300 + "1"])
def test_a_number_without_a_clear_value_is_no_figure(number: str) -> None:
    assert figures_of(f"The bill was {number} in all.") == ()


def test_boilerplate_has_no_figures() -> None:
    text = "Some 300 rescuers came.\nSign up: 5 stories a day, 3 times a week."
    cut = text.index("\n") + 1
    sections = (
        Section(Span(0, cut - 1), SectionKind.BODY),
        Section(Span(cut, len(text)), SectionKind.BOILERPLATE),
    )
    report = FindFigures()(FindTimes()(Report("r", text, "", sections=sections)))
    assert [figure.text for figure in report.figures] == ["Some 300"]


def test_every_row_of_things_undergone_has_a_case() -> None:
    counted = {figure["of"] for case in CASES for figure in case["figures"] if "of" in figure}
    assert {row["state"] for row in lexicon("undergone.tsv")} <= counted
