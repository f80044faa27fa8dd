"""Quotation regions: the cases, and what holds for every text."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.quotations import find_quotations
from tests.effort import assert_linear

CASES = [json.loads(line) for line in Path("tests/cases/quotations.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_regions_are_found(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = [[q.inner.of(text), q.depth, q.is_open, q.continues] for q in find_quotations(text)]
    assert found == case["quotations"]


@given(st.text(alphabet="ab ,.“”‘’\"'«»„`\n", max_size=60))
def test_regions_hold_their_words_and_stay_in_their_paragraph(text: str) -> None:
    for quotation in find_quotations(text):
        assert quotation.span.contains(quotation.inner)
        assert quotation.inner.of(text).strip()
        assert "\n" not in quotation.span.of(text)


@given(st.text(alphabet="ab ,.“”‘’\"'\n", max_size=60))
def test_outer_regions_do_not_overlap(text: str) -> None:
    outer = [q.span for q in find_quotations(text) if q.depth == 0]
    assert all(before.end <= after.start for before, after in pairwise(outer))


@pytest.mark.parametrize("unit", ['"', "“", "”", "' ", "“a” ", '"a\n', "‘a"])
def test_a_hundred_thousand_marks_take_linear_time(unit: str) -> None:
    assert_linear(find_quotations, lambda number: unit * number, 500)
    assert len(find_quotations(unit * 100_000)) <= 100_000
