"""What is looked at in a claim and in the sentences of a report."""

from __future__ import annotations

import pytest

from onrecord.link.checking.passages import KINDS, MOST_PARTS, find_cues, read_claim, read_passages, read_words
from onrecord.model import Span
from onrecord.resources import lexicon
from tests.effort import assert_linear


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The picture is a hoax", {"refuted"}),
        ("The picture isn’t real", {"refuted", "negation"}),
        ("The ministry has rejected it", {"deny"}),
        ("There is no evidence of a leak", {"doubt", "negation", "confirm"}),
        ("It could not be independently verified", {"doubt", "negation", "hedge", "confirm"}),
        ("It allegedly rained", {"hedge", "passed"}),
        ("According to two clerks it rained", {"source", "passed"}),
        ("It was officially announced", {"confirm"}),
        ("They didn't come", {"negation"}),
        ("They came", set()),
        ("A mix-up at the mill", {"false"}),
    ],
)
def test_cues(text: str, kinds: set[str]) -> None:
    assert find_cues(text) == kinds


def test_every_row_is_found_as_its_kind() -> None:
    for row in lexicon("check_cues.tsv"):
        assert row["kind"] in KINDS
        form = row["form"]
        text = f"has{form[1:]}" if form.startswith("*") else form.replace("*", "ed")
        assert row["kind"] in find_cues(f"Yesterday {text} again"), form


def test_a_claim_falls_into_the_parts_that_can_be_looked_for() -> None:
    asked = read_claim("  The old mill burnt down in March, and two\nbrothers rebuilt the stone walls.")
    assert asked.parts == ("The old mill burnt down in March", "two brothers rebuilt the stone walls.")
    assert asked.whole


def test_short_parts_stay_with_what_is_beside_them() -> None:
    assert read_claim("He came, and saw the old stone mill").parts == ("He came, and saw the old stone mill",)
    assert len(read_claim("the old stone mill burnt, " * 40).parts) <= MOST_PARTS


def test_a_headline_is_no_sentence() -> None:
    assert not read_claim("Old mill burns down in March").whole
    assert not read_claim("So it is.").whole


def test_numbers_are_the_same_in_words_and_digits() -> None:
    assert read_words("Forty-two of 3,000 sheep").numbers == {"42", "3000"}


def test_a_name_that_opens_the_sentence_is_not_told_from_another_word() -> None:
    assert read_words("Sheep of Ida Falk").names == {"ida", "falk"}


def test_passages_without_a_letter_are_left_out() -> None:
    text = "It rained. *** It snowed."
    found = read_passages(text, [Span(0, 10), Span(11, 14), Span(15, 25)])
    assert [passage.span for passage in found] == [Span(0, 10), Span(15, 25)]


@pytest.mark.parametrize("unit", ['"', "a", "not ", "1,", ", and "])
def test_time_is_linear_in_the_length(unit: str) -> None:
    assert_linear(read_words, lambda number: unit * number, 500)
    assert_linear(read_claim, lambda number: unit * number, 500)
    text = unit * (200_000 // (len(unit) + 1))
    read_words(text)
    assert len(read_claim(text).parts) <= MOST_PARTS
