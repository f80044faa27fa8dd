"""Words for events: which are found, of what type, with whom, how real; and which are none."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.events.find import FindEvents, read_events
from onrecord.annotate.events.rows import by_form, triggers, word_sets
from onrecord.export.verify import VOCABULARIES
from onrecord.flow import make_steps
from onrecord.model import Event, Report, Section, SectionKind, Span
from tests.build import doc
from tests.contracts.step import TEXTS, heaps, prepare
from tests.effort import assert_linear

CASES = [
    json.loads(line) for line in (Path(__file__).parents[2] / "cases" / "events.jsonl").read_text("utf-8").splitlines()
]


def told(text: str, event: Event) -> dict[str, Any]:
    """An event as a case writes it."""
    found: dict[str, Any] = {"text": event.text, "plover": [event.type, event.mode]}
    if event.actor_span:
        found["actor"] = event.actor_span.of(text)
    if event.target_span:
        found["target"] = event.target_span.of(text)
    return found | {"realis": event.realis}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [told(text, event) for event in read_events(text)] == case["events"]


def test_there_are_cases_of_every_type_and_of_none() -> None:
    types = {event["plover"][0] for case in CASES for event in case["events"]}
    assert types == VOCABULARIES["event type"]
    assert {event["realis"] for case in CASES for event in case["events"]} == VOCABULARIES["realis"]
    assert sum(not case["events"] for case in CASES) >= 20


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled the port.",
        "The port was shelled by rebels.",
        "The port shelled by rebels lies idle.",
        "The shelling of the port by rebels went on.",
        "Rebels have again shelled the port.",
        "Rebels began to shell the port.",
    ],
)
def test_active_passive_and_noun_have_the_same_roles(text: str) -> None:
    (event,) = read_events(text)
    actor, target = (span.of(text).lower() if span else None for span in (event.actor_span, event.target_span))
    assert (event.type, actor, target) == ("ASSAULT", "rebels", "the port")


# -- the rows


def test_every_row_has_a_type_of_plover_unless_it_lends_roles() -> None:
    for trigger in triggers():
        assert trigger.kind == "light" or trigger.type in VOCABULARIES["event type"], trigger.lemma


def test_every_row_can_be_met() -> None:
    met = {form.trigger for forms in by_form().values() for form in forms}
    assert met == set(triggers())


def test_sets_of_words_are_in_lower_case() -> None:
    assert all(word == word.lower() for words in word_sets().values() for word in words)


def test_forms_of_irregular_and_doubling_verbs() -> None:
    for text in (
        "Pirates hijacked the ship.",
        "Gunmen kidnapped a nurse.",
        "Rebels overran the base.",
        "Police beat him.",
    ):
        assert read_events(text), text


# -- quotations


def test_no_phrase_runs_over_the_marks_of_speech() -> None:
    text = "“Rebels attacked the bridge at dawn,” said the ferryman, “and soldiers shelled the mill on Sunday.”"
    assert [told(text, event) for event in read_events(text)] == [
        {
            "text": "attacked",
            "plover": ["ASSAULT", None],
            "actor": "Rebels",
            "target": "the bridge",
            "realis": "actual",
        },
        {
            "text": "shelled",
            "plover": ["ASSAULT", "heavy-weapons"],
            "actor": "soldiers",
            "target": "the mill",
            "realis": "actual",
        },
    ]


# -- the step


def step() -> FindEvents:
    return FindEvents()


def check(report: Report) -> None:
    """What holds for whatever is found."""
    spans = [event.span for event in report.events]
    assert spans == sorted(spans)
    assert len(set(spans)) == len(spans)
    for event in report.events:
        assert event.span.of(report.text) == event.text
        assert event.text.strip() == event.text != ""
        for role in (event.actor_span, event.target_span):
            assert role is None or (role.end <= len(report.text) and role.of(report.text).strip())
        assert 0 <= event.confidence <= 1
        assert event.type in VOCABULARIES["event type"]
        assert event.realis in VOCABULARIES["realis"]
        assert (event.actor, event.target, event.place, event.time, event.statement, event.id) == (None,) * 5 + ("",)


EVENTFUL = " ".join(case["text"] for case in CASES)


@pytest.mark.parametrize("text", [*TEXTS, EVENTFUL])
def test_what_it_finds_is_well_formed(text: str) -> None:
    report = prepare(text)
    after = step()(report)
    check(after)
    assert replace(after, events=()) == report, "nothing else is changed"


def test_what_it_finds_in_heaps_of_words_is_well_formed() -> None:
    for text in heaps(40):
        check(step()(prepare(text)))


def test_it_comes_with_what_it_needs() -> None:
    names = [one.name for one in make_steps()]
    assert names.index("sentences") < names.index("events") < names.index("happenings")


def test_boilerplate_has_no_events() -> None:
    text = "Rebels shelled the port."
    sections = (Section(Span(0, len(text)), SectionKind.BOILERPLATE),)
    assert step()(prepare(text, sections)).events == ()


def test_a_report_whose_sentences_nobody_found_has_none() -> None:
    assert step()(doc("Rebels shelled the port.")).events == ()


def test_the_seed_of_hashes_does_not_show() -> None:
    report = prepare(EVENTFUL)
    program = (
        "import pickle, sys; step, report = pickle.load(sys.stdin.buffer);pickle.dump(step(report), sys.stdout.buffer)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=pickle.dumps((step(), report)),
        env={"PYTHONHASHSEED": "3", "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        check=True,
    )
    assert pickle.loads(done.stdout) == step()(report)


# -- texts that are none, or no good


@pytest.mark.parametrize("text", ["", " ", "\n" * 200, "…", "9" * 400, "🌊" * 50, "\u200b", "“" * 300, "attack " * 3])
def test_where_nothing_is_told_nothing_breaks(text: str) -> None:
    check(step()(prepare(text)))


@pytest.mark.parametrize("text", ["A quiet harbour.", "The house on the hill, the boats, the gulls.", "Fog"])
def test_a_sentence_without_a_verb_tells_of_nothing(text: str) -> None:
    assert read_events(text) == ()


def test_capitals_throughout_break_nothing() -> None:
    text = "REBELS SHELLED THE PORT OF HARL AND POLICE ARRESTED NINE MEN, THE MINISTRY SAID."
    check(step()(prepare(text)))


def test_a_word_of_two_thousand_letters() -> None:
    check(step()(prepare(f"Rebels attacked {'x' * 2000} and shelled {'Y' * 2000}.")))


@pytest.mark.parametrize(
    "words", ["attacked ", "the attack on ", "and shelled ", "Harl, ", "to attack ", "if he attacks "]
)
def test_a_sentence_of_twenty_thousand_words_is_linear_work(words: str) -> None:
    assert_linear(step(), lambda number: prepare_sentences(words * number), 200)
    check(step()(prepare_sentences(words * (20_000 // len(words.split())))))


def prepare_sentences(text: str) -> Report:
    (find_sentences,) = make_steps(("sentences",))
    return find_sentences(doc(text))
