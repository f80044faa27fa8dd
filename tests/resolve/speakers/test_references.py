"""Contents that point back: the cases, and attributions built by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.annotate.attributions import FindAttributions
from onrecord.annotate.sentences import FindSentences
from onrecord.model import Attribution, Report, Span, Speaker
from onrecord.resolve.speakers.references import ResolveReferences

CASES = [json.loads(line) for line in Path("tests/cases/references.jsonl").read_text("utf-8").splitlines()]


def span(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_pointing_contents_find_what_they_stand_for(case: dict[str, object]) -> None:
    report = ResolveReferences()(FindAttributions()(FindSentences()(Report("r", str(case["text"]), ""))))
    assert report.attributions[case["index"]].refers_to == case["refers_to"]


def test_speakers_are_told_apart_by_entity_where_they_are_known() -> None:
    text = "The ministry said it rained. Ostia confirmed the report."
    first = Attribution(span(text, "it rained"), source=span(text, "The ministry"), speaker=Speaker("e-ostia"))
    second = Attribution(span(text, "the report"), source=span(text, "Ostia"), speaker=Speaker("e-ostia"))
    report = Report("r", text, "", attributions=(first, second))
    assert ResolveReferences()(report).attributions[1].refers_to is None


def test_what_stands_too_far_back_is_not_meant() -> None:
    text = "Norland said it rained. " + "So it went on. " * 200 + "Ostia confirmed the report."
    first = Attribution(span(text, "it rained"), source=span(text, "Norland"))
    second = Attribution(span(text, "the report"), source=span(text, "Ostia"))
    report = Report("r", text, "", attributions=(first, second))
    assert ResolveReferences()(report).attributions[1].refers_to is None
