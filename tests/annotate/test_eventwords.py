"""Verbs and nouns for what happens, with who stands where."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.eventwords import find_happenings, noun_words, verb_words, word_set
from onrecord.annotate.quotations import find_quotations
from onrecord.model import Span

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


@pytest.mark.parametrize("text", ["“" * 100_000, "x" * 100_000, "sold to " * 20_000, "sold, " * 300, "and " * 450])
def test_bad_input_is_read_in_linear_time(text: str) -> None:
    begun = time.process_time()
    find_happenings(text, Span(0, len(text)))
    assert time.process_time() - begun < 3
