"""The step: events get their certainty, and a content that the rules misread is read again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.annotate.attributions import FindAttributions
from onrecord.annotate.commitment import JudgeCommitment
from onrecord.annotate.judging.asked import Asked, answer, has_weights
from onrecord.annotate.judging.levels import KINDS, NAMES
from onrecord.annotate.judging.step import JudgeCertainty, JudgeCertaintyByRules, overruled, weigh
from onrecord.annotate.sentences import FindSentences
from onrecord.errors import Unavailable
from onrecord.model import Event, Report, Span


def read(text: str, *words: str) -> Report:
    report = JudgeCommitment()(FindAttributions()(FindSentences()(Report("r", text, ""))))
    spans = [Span(text.index(word), text.index(word) + len(word)) for word in words]
    return replace(report, events=tuple(Event(span, span.of(text), span.of(text)) for span in spans))


@pytest.mark.parametrize("step", [JudgeCertainty(), JudgeCertaintyByRules()])
def test_every_event_gets_its_certainty(step: JudgeCertaintyByRules) -> None:
    text = "Rebels shelled the port. They may attack the town. Nobody fled."
    events = step(read(text, "attack", "shelled")).events
    assert [event.text for event in events] == ["attack", "shelled"]  # in the order that they had
    assert events[0].certainty in ("PS+", "PR+")
    assert events[1].certainty == "CT+"


@pytest.mark.parametrize("step", [JudgeCertainty(), JudgeCertaintyByRules()])
def test_nothing_but_certainty_changes(step: JudgeCertaintyByRules) -> None:
    before = read("The mayor said that rebels shelled the port.", "shelled")
    after = step(before)
    assert replace(after, events=(), attributions=()) == replace(before, events=(), attributions=())
    assert [replace(event, certainty=None) for event in after.events] == list(before.events)
    assert [a.content for a in after.attributions] == [a.content for a in before.attributions]


def test_the_rules_change_no_attribution() -> None:
    before = read("The mayor said that the army had not shelled the port.")
    assert JudgeCertaintyByRules()(before).attributions == before.attributions


def test_a_report_without_words_passes() -> None:
    empty = Report("r", "", "")
    assert JudgeCertainty()(empty) == empty


@pytest.mark.parametrize(
    ("by_rules", "kinds", "certainty"),
    [
        ("CT+", {"true": 0.97}, "CT+"),
        ("CT+", {"false": 0.95}, "CT-"),
        ("CT+", {"false": 0.6}, "CT+"),
        ("CT+", {"hedged": 0.95}, "PR+"),
        ("CT+", {"open": 0.6, "hedged": 0.35}, "PS+"),
        ("CT-", {"true": 0.95}, "CT+"),
        ("CT-", {"hedged": 0.95}, "CT-"),
        ("PS+", {"true": 0.99}, "PS+"),
    ],
)
def test_the_network_overrules_only_what_it_is_sure_of(by_rules: str, kinds: dict[str, float], certainty: str) -> None:
    assert overruled(by_rules, [kinds.get(kind, 0.0) for kind in KINDS]) == certainty


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said the bridge was closed on Monday.",
        "The mayor denied that the bridge was closed.",
        "The mayor said the bridge may be closed.",
        "The mayor asked whether the bridge was closed.",
    ],
)
def test_what_rules_and_network_read_alike_stays(text: str) -> None:
    (attribution,) = read(text).attributions
    assert weigh(text, attribution) == attribution


def test_without_weights_the_rules_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str = "certainty") -> None:
        raise Unavailable(f"no weights {name}")

    monkeypatch.setattr("onrecord.annotate.judging.model.load_model", gone)
    has_weights.cache_clear()
    try:
        report = read("They may attack the town.", "attack")
        assert JudgeCertainty()(report) == JudgeCertaintyByRules()(report)
        assert answer([Asked("They did not flee.", Span(13, 17))]) == ["CT-"]
    finally:
        has_weights.cache_clear()


def test_certainties_are_those_of_the_record() -> None:
    assert set(NAMES) == {"CT+", "PR+", "PS+", "U", "PS-", "PR-", "CT-"}
