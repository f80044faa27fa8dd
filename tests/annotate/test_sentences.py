"""Sentences: the cases, their sections and what holds for every text."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.sentences import FindSentences, find_sentences
from onrecord.model import Report, Section, SectionKind, Span

CASES = [json.loads(line) for line in Path("tests/cases/sentences.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_text_is_cut_into_sentences(case: dict[str, object]) -> None:
    assert [sentence.span.of(case["text"]) for sentence in find_sentences(case["text"])] == case["sentences"]


def test_sections_say_what_a_sentence_is_for() -> None:
    text = "Big News\nIt rained. It poured.\nRead more"
    sections = (
        Section(Span(0, 8), SectionKind.HEADLINE),
        Section(Span(9, 30), SectionKind.BODY),
        Section(Span(31, len(text)), SectionKind.BOILERPLATE),
    )
    found = [(s.span.of(text), s.section, s.paragraph) for s in find_sentences(text, sections)]
    assert found == [
        ("Big News", SectionKind.HEADLINE, 0),
        ("It rained.", SectionKind.BODY, 1),
        ("It poured.", SectionKind.BODY, 1),
        ("Read more", SectionKind.BOILERPLATE, 2),
    ]


def test_without_sections_all_is_body() -> None:
    assert {s.section for s in find_sentences("One. Two.")} == {SectionKind.BODY}


def test_the_step_fills_both_layers() -> None:
    report = FindSentences()(Report("r", "He said “no.” She left.", ""))
    assert len(report.sentences) == 2
    assert [q.inner.of(report.text) for q in report.quotations] == ["no."]


@given(st.text(alphabet="Aab .!?“”\"'’\n-U5", max_size=80))
def test_sentences_are_in_order_apart_and_trimmed(text: str) -> None:
    spans = [sentence.span for sentence in find_sentences(text)]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    covered = "".join(span.of(text) for span in spans)
    assert sum(c.isalnum() for c in covered) == sum(c.isalnum() for c in text)
