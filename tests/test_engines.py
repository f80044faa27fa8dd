"""The three engines keep one contract, and the contract can fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord import registry
from onrecord.errors import BadSpan, Unavailable, UsageError
from onrecord.flow import Step
from onrecord.model import Attribution, PartConfidence, Report, Span
from onrecord.resources import weights
from tests.contracts import step as contract
from tests.contracts.step import AttributionContract, prepare


def missing(name: str) -> str:
    """Why weights are not there; nothing where they are."""
    try:
        weights(name)
    except Unavailable as error:
        return str(error)
    return ""


class OurEngine(AttributionContract):
    """The contract for an engine by its name."""

    engine: str

    def make(self) -> Step:
        step: Step = registry.load("step", registry.ATTRIBUTIONS + self.engine)()
        return step


class TestAccurate(OurEngine):
    engine = "accurate"


@pytest.mark.skipif(bool(missing("best")), reason=missing("best"))
class TestBest(OurEngine):
    engine = "best"


class TestFast(OurEngine):
    engine = "fast"


def test_every_engine_of_ours_is_held_to_the_contract() -> None:
    assert [kind.engine for kind in (TestAccurate, TestBest, TestFast)] == list(registry.ENGINES)


def test_steps_differ_in_what_is_trained_alone() -> None:
    for engine in registry.ENGINES:
        names = registry.steps(engine)
        assert len(names) == len(registry.STEPS)
        trained = {"attributions-accurate", f"attributions-{engine}", "certainty", "certainty-fast"}
        assert set(names) ^ set(registry.STEPS) <= trained
    assert "certainty-fast" in registry.steps("fast")
    assert registry.steps() == registry.steps("accurate") == registry.STEPS


def test_an_engine_nobody_has_is_named() -> None:
    with pytest.raises(UsageError, match="no engine is called 'telepathy'; one of accurate, best, fast"):
        registry.steps("telepathy")


# --- the contract sees what is wrong ----------------------------------------------------------------------------------

TEXT = "“We saw it,” said Per Holm. Ida Falk said that he told her that the gate was “open”. Nora denied it."
GOOD = (
    Attribution((Span(0, 12),), (Span(13, 17),), (Span(18, 26),), "direct", "quote:say", 0.9),
    Attribution((Span(42, 83),), (Span(37, 41),), (Span(28, 36),), "mixed", "clause:say", 0.8),
    Attribution((Span(59, 83),), (Span(50, 54),), (Span(47, 49),), "mixed", "clause:tell", 0.7, nested_in=1),
)


def report_of(*attributions: Attribution) -> Report:
    return replace(prepare(TEXT), attributions=attributions)


def test_what_is_right_passes() -> None:
    assert [span.of(TEXT) for span in GOOD[2].content] == ["that the gate was “open”"]
    contract.check(report_of(*GOOD))


@pytest.mark.parametrize(
    ("invariant", "number", "change"),
    [
        (contract.spans_stand_in_the_text, 0, {"content": (Span(0, 5000),)}),
        (contract.spans_stand_in_the_text, 0, {"content": (Span(6, 12), Span(0, 5))}),
        (contract.spans_stand_in_the_text, 0, {"cue": (Span(12, 13),)}),
        (contract.content_is_words, 0, {"content": ()}),
        (contract.content_is_words, 0, {"content": (Span(0, 1),)}),
        (contract.attributions_are_in_order_of_content, 0, {"content": (Span(90, 94),)}),
        (
            contract.no_attribution_stands_twice,
            2,
            {"content": (Span(42, 83),), "cue": GOOD[1].cue, "source": GOOD[1].source},
        ),
        (contract.form_is_what_the_marks_say, 0, {"form": "indirect"}),
        (contract.form_is_what_the_marks_say, 1, {"form": "direct"}),
        (contract.form_is_what_the_marks_say, 1, {"form": "shouted"}),
        (contract.nested_in_holds_the_cue, 2, {"nested_in": 0}),
        (contract.nested_in_holds_the_cue, 2, {"nested_in": 2}),
        (contract.nested_in_holds_the_cue, 2, {"nested_in": 3}),
        (contract.nested_in_holds_the_cue, 2, {"nested_in": -2}),
        (contract.nesting_ends, 1, {"nested_in": 2}),
        (contract.confidence_is_a_share, 0, {"confidence": 1.01}),
        (contract.confidence_is_a_share, 0, {"confidence": float("nan")}),
        (contract.confidence_is_a_share, 0, {"part_confidence": PartConfidence(0.9, -0.1, 0.9)}),
        (contract.rule_is_construction_and_lemma, 0, {"rule": ""}),
        (contract.rule_is_construction_and_lemma, 0, {"rule": "tagger"}),
        (contract.what_later_steps_assign_is_left_to_them, 0, {"said_at": "2025"}),
    ],
)
def test_what_is_wrong_is_caught(invariant: object, number: int, change: dict[str, object]) -> None:
    assert invariant in contract.INVARIANTS
    wrong = list(GOOD)
    wrong[number] = replace(wrong[number], **change)
    with pytest.raises((AssertionError, BadSpan)):
        invariant(report_of(*wrong))  # type: ignore[operator]


def test_every_invariant_is_shown_to_fail() -> None:
    (mark,) = test_what_is_wrong_is_caught.pytestmark  # type: ignore[attr-defined]
    assert {row[0] for row in mark.args[1]} == set(contract.INVARIANTS)
