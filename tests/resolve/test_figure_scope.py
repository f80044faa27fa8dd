"""Scope of figures in whole sentences, through every step: where, as of when, to come, meant, whose, part of what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord import registry
from onrecord.flow import process
from onrecord.model import Figure, Report, Span, TimeExpression, TimeValue
from onrecord.resolve.figures.parts import figure_id
from onrecord.resolve.figures.times import as_of_value
from onrecord.resources import lexicon
from tests.effort import assert_linear

CASES = [json.loads(line) for line in Path("tests/cases/figure_scope.jsonl").read_text("utf-8").splitlines()]


def read(text: str) -> Report:
    return process(Report("r", text, "", published="2025-03-10"), registry.steps("fast"))


def figures_of(text: str) -> tuple[Figure, ...]:
    return read(text).figures


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_figures_have_the_scope_that_their_sentence_gives_them(case: dict[str, object]) -> None:
    report = read(case["text"])
    names = {entity.id: {entity.name, *entity.aliases} for entity in report.entities}
    texts = {figure_id(report, figure.span): figure.text for figure in report.figures}
    assert [figure.text for figure in report.figures] == [row["text"] for row in case["figures"]]
    for figure, row in zip(report.figures, case["figures"], strict=True):
        assert figure.of == row.get("of")
        assert figure.where is None if "where" not in row else row["where"] in names[figure.where]
        assert figure.as_of == row.get("as_of")
        assert figure.increment == row.get("increment", False)
        assert figure.forecast == row.get("forecast", False)
        assert figure.planned == row.get("planned", False)
        assert (figure.whose_span.of(report.text) if figure.whose_span else None) == row.get("whose")
        assert texts.get(figure.part_of or "") == row.get("part_of")


FRAMES = {
    "plan_to": "The town {} build 300 homes.",
    "plan_of": "The town {} 300 homes.",
    "plan_after": "Some 300 homes {}.",
    "coming": "The town {} get 300 homes.",
    "coming_after": "Some 300 homes {} in May.",
    "happening": "Texas recorded 300 {}.",
}


@pytest.mark.parametrize("row", lexicon("figure_scope.tsv"), ids=lambda row: f"{row['kind']}-{row['words']}")
def test_every_row_does_what_its_kind_says(row: dict[str, str]) -> None:
    (figure,) = figures_of(FRAMES[row["kind"]].format(row["words"]))
    assert figure.planned == row["kind"].startswith("plan")
    assert figure.forecast == (row["kind"] in ("plan_to", "coming", "coming_after"))
    assert (figure.where is not None) == (row["kind"] == "happening")


@pytest.mark.parametrize(
    "text",
    [
        "The town built 300 homes.",
        "Some 300 homes were ordered to close.",
        "Some 300 homes were lost due to fire.",
        "In May, 300 homes were sold.",
        "The town, which had planned a park, built 300 homes.",
        "They expected rain and saw 300 boats.",
    ],
)
def test_what_has_been_is_neither_to_come_nor_meant(text: str) -> None:
    (figure,) = figures_of(text)
    assert (figure.forecast, figure.planned) == (False, False)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2024-Q1", "2024-01/2024-03"),
        ("2024-H2", "2024-07/2024-12"),
        ("2024-W10", "2024-W10"),
        ("2024-03-05T15:30", "2024-03-05T15:30"),
        ("2024-03-05TEV", "2024-03-05"),
        ("2024-SU", None),
        ("XXXX-Q1", None),
        ("PRESENT_REF", None),
    ],
)
def test_as_of_is_an_iso_date_or_nothing(value: str, date: str | None) -> None:
    assert as_of_value(TimeExpression(Span(0, 1), "x", "", value=TimeValue(value, "DATE"))) == date


def test_a_part_is_never_larger_than_its_whole() -> None:
    _, second = figures_of("Some 40 people fled, including 900 children.")
    assert second.part_of is None


def test_the_source_of_the_statement_is_not_told_twice() -> None:
    (figure,) = figures_of("According to the Red Cross, 40 people fled.")
    assert figure.whose is None


@pytest.mark.parametrize(
    "piece",
    ["300 of them ", "In Paris, 40 ", "of whom 3, ", "by its count 5 ", "in Paris and 40 in Lyon ", "40 by May "],
)
def test_long_sentences_stay_fast(piece: str) -> None:
    from onrecord.annotate.figures import FindFigures
    from onrecord.annotate.mentions import FindMentions
    from onrecord.annotate.times import FindTimes
    from onrecord.resolve.howmuch import resolve_figures

    def sentence(number: int) -> Report:
        report = Report("r", piece * number, "", published="2025-03-10")
        return FindFigures()(FindTimes()(FindMentions()(report)))

    assert_linear(resolve_figures, sentence, 100)
    pieces = 20_000 // len(piece)
    assert len(resolve_figures(sentence(pieces))) <= pieces
