"""The words that comparing contents goes by: each row of the lexicons has a case that it decides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.link.kinds.agreement import antonyms
from onrecord.link.words import content_words, one_word, stem
from onrecord.resources import lexicon

CASES = Path(__file__).resolve().parents[1] / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("synonyms.jsonl"), ids=lambda case: case["word"])
def test_synonyms_make_one_term(case: dict[str, Any]) -> None:
    assert stem(case["word"]) in content_words(case["one"]) & content_words(case["other"])


def test_every_row_of_synonyms_has_a_case() -> None:
    assert [row["word"] for row in lexicon("synonyms.tsv")] == [case["word"] for case in cases("synonyms.jsonl")]


@pytest.mark.parametrize("case", cases("antonyms.jsonl"), ids=lambda case: f"{case['one']}-{case['other']}")
def test_antonyms_exclude_each_other(case: dict[str, Any]) -> None:
    says, against = content_words(case["says"]), content_words(case["against"])
    assert any(antonyms().get(term, frozenset()) & (against - says) for term in says - against)


def test_every_row_of_antonyms_has_a_case() -> None:
    rows = {(row["one"], row["other"]) for row in lexicon("antonyms.tsv")}
    assert rows == {(case["one"], case["other"]) for case in cases("antonyms.jsonl")}


@pytest.mark.parametrize("row", lexicon("irregular.tsv"), ids=lambda row: row["word"])
def test_irregular_forms_are_one_word(row: dict[str, str]) -> None:
    assert {one_word(form) for form in row["others"].split()} == {one_word(row["word"])}


def test_the_past_of_carry_is_carry() -> None:
    assert stem("carried") == "carry"
