"""Time expressions: the cases, the rows of the lexicon, and what holds for every text."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.numbers.numerals import read_numeral, read_ordinal, read_words, read_year
from onrecord.annotate.times import FindTimes
from onrecord.annotate.timewords import entries
from onrecord.model import Report, Sentence, Span, TimeExpression
from onrecord.resources import lexicon
from tests.effort import assert_linear

CASES = [json.loads(line) for line in Path("tests/cases/times.jsonl").read_text("utf-8").splitlines()]


def times_of(text: str, **layers: object) -> tuple[TimeExpression, ...]:
    return FindTimes()(Report("r", text, "", **layers)).times


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_expressions_are_found_to_the_letter(case: dict[str, object]) -> None:
    assert [expression.text for expression in times_of(case["text"])] == [row[0] for row in case["times"]]


@pytest.mark.parametrize("row", lexicon("holidays.tsv"), ids=lambda row: row["word"])
def test_every_holiday_is_found(row: dict[str, str]) -> None:
    found = times_of(f"Shops shut on {row['word'].capitalize()} again.")
    assert [dict(expression.parts).get("holiday") for expression in found] == [row["rule"]]


def test_every_row_of_the_lexicon_can_be_looked_up() -> None:
    known = {" ".join(entry.words) for of in entries().values() for entry in of}
    assert len(known) >= len({row["word"] for row in lexicon("times.tsv")}) * 0.95


def test_a_sentence_ends_an_expression() -> None:
    text = "They left in May 5 people stayed"
    cut = text.index("5")
    sentences = (Sentence(Span(0, cut), 0), Sentence(Span(cut, len(text)), 0))
    assert [e.text for e in times_of(text, sentences=sentences)] == ["May"]
    assert [e.text for e in times_of(text)] == ["May 5"]


def test_a_blank_line_ends_an_expression() -> None:
    assert times_of("It rained in May\n\n2024 was dry")[0].text == "May"


@given(st.text(alphabet="0123456789 -/.,:'aegholmnpstuwyMTJ\n", max_size=200))
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    found = times_of(text)
    assert all(e.text == text[e.span.start : e.span.end] and e.text for e in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize("piece", ["the ", "1", "one ", "last ", "Jan. ", "“", "2024-", "a few ", "early late "])
def test_long_odd_texts_stay_fast(piece: str) -> None:
    assert_linear(times_of, lambda number: piece * number, 300)
    pieces = 60_000 // len(piece)
    assert len(times_of(piece * pieces)) <= pieces


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two hundred and five", 205),
        ("a dozen", 12),
        ("three million two hundred thousand", 3_200_000),
        ("twelve hundred", 1200),
    ],
)
def test_number_words_are_read(words: str, value: int) -> None:
    assert read_words(words.split()) == value


@pytest.mark.parametrize("words", ["five six", "twenty thirty", "2 3"])
def test_words_that_make_no_single_number_are_left(words: str) -> None:
    assert read_words(words.split()) is None


@pytest.mark.parametrize("printed", ["1.000,5", "12,34", "1,2,3", "9" * 400])
def test_unclear_numerals_have_no_value(printed: str) -> None:
    assert read_numeral(printed) is None


def test_years_and_ordinals_in_words() -> None:
    assert read_year("nineteen ninety - six".split()) == 1996
    assert read_year("two thousand five".split()) == 2005
    assert read_year(["forty"]) is None
    assert read_ordinal("twenty - first".split()) == 21
    assert read_ordinal(["banana"]) is None
