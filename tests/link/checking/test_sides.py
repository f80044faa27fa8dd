"""A statement is on the side of a claim that its words, stance, certainty and numbers put it on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.link.checking.passages import read_claim, read_words
from onrecord.link.checking.sides import SIDES, bears_numbers, is_about, side_of
from onrecord.model import Commitment

CASES = [
    json.loads(line) for line in (Path(__file__).parents[2] / "cases" / "check.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['claim']} | {case['text']}")
def test_side(case: dict[str, Any]) -> None:
    commitment = None if case.get("own") else Commitment(case.get("stance", "asserts"), case.get("certainty", "CT+"))
    found = side_of(read_claim(case["claim"]), case["text"], read_words(case["text"]), commitment)
    assert found == case["side"]


def test_every_side_has_a_case() -> None:
    assert {case["side"] for case in CASES} == set(SIDES)


def test_what_shares_a_word_or_is_far_in_meaning_is_about_something_else() -> None:
    asked = read_claim("The bridge over the river was closed")
    weight = dict.fromkeys(asked.words.terms, 1 / len(asked.words.terms))
    assert is_about(asked, read_words("the bridge across the river is closed"), 0.8, weight)
    assert not is_about(asked, read_words("the bridge across the river is closed"), 0.1, weight)
    assert not is_about(asked, read_words("the mayor crossed a bridge"), 0.9, weight)


@pytest.mark.parametrize("number", ["9" * 400, "1.2.3.4", "1,2,3", "0", "1e999"])
def test_numbers_of_any_length_are_read(number: str) -> None:
    assert bears_numbers(f"{number} sheep", f"{number} sheep and a dog") in SIDES
