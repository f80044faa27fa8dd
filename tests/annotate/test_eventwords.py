"""Verbs and nouns for what happens, with who stands where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.eventwords import LONGEST, find_happenings, noun_words, verb_words, word_set
from onrecord.annotate.quotations import find_quotations
from onrecord.model import Happening, Span
from tests.effort import lines_run

CASES = [json.loads(line) for line in Path("tests/cases/happenings.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_words_for_what_happens_are_found_with_their_parties(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [
        [one.predicate, one.tense, *(",".join(span.of(text) for span in side) for side in (one.agents, one.patients))]
        for one in find_happenings(text, Span(0, len(text)))
    ] == case["found"]


def test_what_is_quoted_is_known() -> None:
    text = "“We sold the old mill,” said Ada."
    found = find_happenings(text, Span(0, len(text)), find_quotations(text))
    assert [(one.predicate, one.quoted) for one in found] == [("sell", True), ("say", False)]


@pytest.mark.parametrize("name", ["stative", "happening", "control", "kindword", "bodyword", "light", "mutual"])
def test_every_set_of_words_is_there(name: str) -> None:
    assert word_set(name)


def test_a_state_is_no_form_of_a_verb_that_happens() -> None:
    assert {"sold", "sells", "selling"} <= verb_words().keys()
    assert "deliveries" in noun_words()
    assert not word_set("stative") & word_set("light") - {"have"}


def happenings(text: str) -> tuple[Happening, ...]:
    return find_happenings(text, Span(0, len(text)))


@pytest.mark.parametrize("text", ["“" * 100_000, "x" * 100_000, "sold to " * 20_000])
def test_a_sentence_that_nobody_writes_holds_nothing(text: str) -> None:
    assert happenings(text) == ()


@pytest.mark.parametrize("text", ["sold, " * 300, "and " * 450])
def test_the_longest_sentences_that_are_read_are_bounded_work(text: str) -> None:
    assert 0.9 * LONGEST <= len(text) <= LONGEST
    assert lines_run(lambda: happenings(text)) < 3_000_000
