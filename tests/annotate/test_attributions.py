"""Attributions: the cases, and what holds for every text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.attributions import FindAttributions
from onrecord.annotate.cues import cue_rows
from onrecord.annotate.sentences import FindSentences
from onrecord.model import Attribution, Report, Section, SectionKind, Span, checked_selection, select
from tests.effort import assert_linear

CASES = [json.loads(line) for line in Path("tests/cases/attributions.jsonl").read_text("utf-8").splitlines()]


def read(text: str, **layers: object) -> tuple[Attribution, ...]:
    return FindAttributions()(FindSentences()(Report("r", text, "", **layers))).attributions


def words(text: str, attribution: Attribution) -> dict[str, object]:
    row: dict[str, object] = {
        "source": select(text, attribution.source) or None,
        "cue": select(text, attribution.cue),
        "content": [span.of(text) for span in attribution.content],
        "form": attribution.form,
    }
    return row if attribution.nested_in is None else row | {"nested_in": attribution.nested_in}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_attributions_are_found_to_the_letter(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert [words(text, attribution) for attribution in read(text)] == case["attributions"]


def test_boilerplate_never_carries_a_claim() -> None:
    text = "“Join us,” the editors said."
    assert read(text)
    assert not read(text, sections=(Section(Span(0, len(text)), SectionKind.BOILERPLATE),))


def test_headlines_and_summaries_do() -> None:
    text = "Ruiz says bridge is safe"
    assert len(read(text, sections=(Section(Span(0, len(text)), SectionKind.HEADLINE),))) == 1


def test_it_works_without_the_layer_of_sentences() -> None:
    text = "Ruiz said the road was closed."
    assert FindAttributions()(Report("r", text, "")).attributions == read(text)


def test_rule_names_construction_and_cue() -> None:
    (found,) = read("Ruiz said the road was closed.")
    assert found.rule == "clause:say"
    assert 0.5 < found.confidence <= 1


def test_every_cue_has_a_construction_and_shares_lie_between_0_and_1() -> None:
    for cue in cue_rows():
        assert cue.frames, cue.lemma
        assert all(0 < share < 1 for _, share in cue.frames), cue.lemma


WORDS = [
    *"Lee said that , . “ ” he and added according to the mayor was told claims by not wants leave ; : ( )".split(),
    '"',
    "\n",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_spans_are_selections_and_cue_and_content_apart(parts: list[str]) -> None:
    text = " ".join(parts)
    for attribution in read(text):
        for spans in (attribution.content, attribution.cue, attribution.source):
            checked_selection(text, spans)
        assert attribution.content
        assert not any(piece.overlaps(cue) for piece in attribution.content for cue in attribution.cue)
        assert attribution.nested_in is None or 0 <= attribution.nested_in < len(read(text))


@pytest.mark.parametrize("unit", ['"We go," he said. ', "Lee, saying ", '"', "He said if it rains, we go. ", '"a\n'])
def test_four_times_the_text_is_about_four_times_the_work(unit: str) -> None:
    assert_linear(read, lambda number: unit * number, 200)
    assert len(read(unit * 8_000)) <= 8_000
