"""Scope of figures: what, where, as of when, still to come."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import registry
from onrecord.annotate.figures import FindFigures
from onrecord.annotate.sentences import FindSentences
from onrecord.annotate.times import FindTimes
from onrecord.flow import process
from onrecord.model import Attribution, Entity, EntityKind, Figure, Mention, Report
from onrecord.resolve.howmuch import ResolveHowMuch
from onrecord.resolve.when import ResolveWhen
from tests.build import at, doc, pieces

CASES = [json.loads(line) for line in Path("tests/cases/figures.jsonl").read_text("utf-8").splitlines()]
COUNTRIES = ("Norland", "Sudria")
PLACES = ("Port Elm", "Kesk")


def figures_of(text: str, *, said_at: str | None = None, content: str | None = None) -> tuple[Figure, ...]:
    report = doc(text)
    names = [name for name in (*COUNTRIES, *PLACES) if name in text]
    mentions = sorted(
        (Mention(at(text, name), name, None, "name", entity=f"e-{name}") for name in names), key=lambda m: m.span
    )
    entities = tuple(
        Entity(f"e-{name}", name, EntityKind.COUNTRY if name in COUNTRIES else EntityKind.PLACE) for name in names
    )
    attributions = (Attribution(pieces(text, content), said_at=said_at),) if content else ()
    report = replace(report, mentions=tuple(mentions), entities=entities, attributions=attributions)
    for step in (FindSentences(), FindTimes(), FindFigures(), ResolveWhen(), ResolveHowMuch()):
        report = step(report)
    return report.figures


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_figures_get_their_scope(case: dict[str, object]) -> None:
    for figure, row in zip(figures_of(case["text"]), case["figures"], strict=True):
        assert figure.of == row.get("of", figure.of)
        assert figure.increment == row.get("increment", False)
        assert figure.forecast == row.get("forecast", False)
        if "as_of" in row:
            assert figure.as_of == row["as_of"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("At least 300 rescuers have been sent to Norland.", "Norland"),
        ("There are 300 rescuers now in all of Norland.", "Norland"),
        ("About 300 rescuers are in Norland’s Kesk region.", "Kesk"),
        ("Some 300 rescuers landed in Port Elm. Norland thanked them.", "Port Elm"),
        ("Norland sent 300 rescuers.", None),
        ("Some 300 rescuers sang. In Norland nobody heard it.", None),
    ],
)
def test_where_is_the_place_tied_to_the_figure(text: str, place: str | None) -> None:
    assert figures_of(text)[0].where == (f"e-{place}" if place else None)


def test_an_increment_takes_noun_and_place_of_the_figure_before() -> None:
    first, second = figures_of("Some 300 rescue workers are in Norland, with another 200 due by May.")
    assert (first.of, second.of, second.where) == ("rescue workers", "rescue workers", "e-Norland")
    assert (first.as_of, second.as_of, second.forecast) == (None, "2025-05", True)


def test_the_time_of_the_clause_is_as_of() -> None:
    assert figures_of("At least 300 rescuers arrived in Norland in early February.")[0].as_of == "2025-02"


def test_a_present_tense_content_is_as_of_its_saying() -> None:
    text = "The army said 300 rescuers are in Norland."
    content = "300 rescuers are in Norland"
    assert figures_of(text, said_at="2025-03-05", content=content)[0].as_of == "2025-03-05"
    assert figures_of(text, content=content)[0].as_of is None


def test_will_before_a_figure_makes_a_forecast() -> None:
    assert figures_of("Norland will send 300 rescuers.")[0].forecast
    assert not figures_of("Norland sent 300 rescuers.")[0].forecast


def test_now_is_as_of_the_statement_before_it() -> None:
    text = "Some 300 rescuers are in Norland, the army said. There are now 200 rescuers in Sudria."
    first, second = figures_of(text, said_at="2025-03-05", content="Some 300 rescuers are in Norland")
    assert (first.as_of, second.as_of) == ("2025-03-05", "2025-03-05")


def test_now_in_another_paragraph_is_the_day_of_the_report() -> None:
    text = "Some 300 rescuers are in Norland, the army said.\nThere are now 200 rescuers in Sudria."
    assert figures_of(text, said_at="2025-03-05", content="Some 300 rescuers are in Norland")[1].as_of == "2025-03-10"


def test_now_in_words_of_no_date_is_as_of_the_statement_before_them() -> None:
    text = "The army said on March 5 that 300 rescuers are in Norland. Officials said there are now 200 in all."
    report = process(Report("r", text, "", published="2025-03-10"), registry.steps("fast"))
    assert [figure.as_of for figure in report.figures] == ["2025-03-05", "2025-03-05"]
