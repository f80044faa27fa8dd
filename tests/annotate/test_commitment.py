"""Commitment: the cases, the lexicon, and the certainty of single words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.attributions import FindAttributions
from onrecord.annotate.certainty import bands, certainty_of, clause_certainty, head_of, probability_of
from onrecord.annotate.commitment import JudgeCommitment, cue_of, judge
from onrecord.annotate.cues import STANCES
from onrecord.annotate.sentences import FindSentences
from onrecord.model import Attribution, Report, Span

CASES = [json.loads(line) for line in Path("tests/cases/commitment.jsonl").read_text("utf-8").splitlines()]
CERTAINTIES = {"CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "U"}


def judged(text: str) -> Report:
    return JudgeCommitment()(FindAttributions()(FindSentences()(Report("r", text, ""))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_commitment_is_read(case: dict[str, object]) -> None:
    report = judged(str(case["text"]))
    commitment = report.attributions[case["nth"]].commitment
    found = (commitment.stance, commitment.certainty, commitment.attitude)
    assert found == (case["stance"], case["certainty"], case["attitude"])
    assert [span.of(report.text) for span in commitment.condition] == case.get("condition", [])
    if "probability" in case:
        assert list(commitment.probability) == case["probability"]


@pytest.mark.parametrize(
    ("text", "word", "certainty"),
    [
        ("The troops left the town.", "left", "CT+"),
        ("The troops did not leave the town.", "leave", "CT-"),
        ("The troops may leave the town.", "leave", "PS+"),
        ("The troops refused to leave the town.", "leave", "CT-"),
        ("The troops want to leave the town.", "leave", "PS+"),
        ("The troops managed to leave the town.", "leave", "CT+"),
        ("If the troops leave, schools open.", "leave", "U"),
        ("Did the troops leave?", "leave", "U"),
        ("The troops probably left.", "left", "PR+"),
    ],
)
def test_certainty_of_a_word(text: str, word: str, certainty: str) -> None:
    start = text.index(word)
    assert certainty_of(text, Span(start, start + len(word))) == certainty


def test_certainty_is_read_in_the_words_own_sentence() -> None:
    text = "They may stay. The others left."
    start = text.index("left")
    assert certainty_of(text, Span(start, start + 4)) == "CT+"


@pytest.mark.parametrize("form", sorted(bands()))
def test_every_word_of_probability_has_its_band(form: str) -> None:
    low, high = probability_of(f"It is {form} now")
    assert (low, high) == bands()[form]
    assert 0 < low < high < 1


def test_the_first_clause_decides() -> None:
    assert clause_certainty("they have left, and they may return") == "CT+"
    assert clause_certainty("that they may have left") == "PS+"


@pytest.mark.parametrize(
    ("content", "certainty"),
    [
        ("to keep its branches open", "PR+"),
        ("not to close its branches", "PR-"),
        ("to have found the files", "CT+"),
        ("it was early and no date had been set", "CT+"),
        ("the army and the police do not know who fired", "U"),
        ("no less than 40 homes were lost", "CT+"),
        ("the gate could not have been opened", "CT-"),
        ("the bridge would have stood but for the flood", "CT-"),
        ("the bridge would not have stood but for the new piers", "CT+"),
        ("it has no plans to close the school", "CT-"),
        ("in all probability the school will close", "PR+"),
        ("a house with no heating stands empty", "CT+"),
        ("drivers who did not pay the toll were stopped", "CT+"),
        ("drivers who paid the toll were not stopped", "CT-"),
        ("the guards who had been told did not come", "CT-"),
    ],
)
def test_a_content_by_itself(content: str, certainty: str) -> None:
    assert clause_certainty(content) == certainty


@pytest.mark.parametrize(
    ("clause", "head"),
    [
        ("The dam has not been repaired.", "repaired"),
        ("The dam was closed on Monday.", "closed"),
        ("The dam may burst.", "burst"),
        ("The dam is unsafe.", "is"),
        ("The valve that they opened was rusty.", None),
        ("No comment.", None),
        ("", None),
    ],
)
def test_the_head_of_a_clause(clause: str, head: str | None) -> None:
    at = head_of(clause)
    assert (None if at is None else clause[at:].split(maxsplit=1)[0].strip(".")) == head


def test_a_rule_without_a_row_is_plain_saying() -> None:
    assert cue_of("quote:no such cue").lemma == "say"
    assert cue_of("clause:deny").stance == "denies"


@pytest.mark.parametrize(
    ("rule", "form", "attitude"),
    [
        ("tagger:has gone after", "indirect", "act"),
        ("tagger:has gone after", "direct", "speech"),
        ("tagger:has gone after", "mixed", "speech"),
        ("tagger::", "indirect", "speech"),
        ("tagger:—", "indirect", "speech"),
        ("tagger:say", "indirect", "speech"),
        ("tagger:fear", "indirect", "fear"),
        ("clause:has gone after", "indirect", "speech"),
    ],
)
def test_a_cue_that_only_the_tagger_knows_is_an_act_where_nothing_is_quoted(
    rule: str, form: str, attitude: str
) -> None:
    assert cue_of(rule, form).attitude == attitude


def test_the_form_of_an_attribution_decides_what_an_unknown_cue_is() -> None:
    text = "Ada went after the bridge plan. Ben went after “the bridge plan”."
    told, quoted = (
        Attribution(content=(Span(start, end),), cue=(Span(cue, cue + 10),), form=form, rule="tagger:went after")
        for cue, start, end, form in ((4, 15, 30, "indirect"), (36, 47, 64, "direct"))
    )
    assert (judge(text, told).attitude, judge(text, told).stance) == ("act", "asserts")
    assert judge(text, quoted).attitude == "speech"


@given(st.text(alphabet="if may not said, ”“.?", max_size=60), st.integers(0, 59), st.integers(0, 59))
def test_any_span_of_any_text_has_a_certainty(text: str, a: int, b: int) -> None:
    span = Span(min(a, b, len(text)), min(max(a, b), len(text)))
    assert certainty_of(text, span) in CERTAINTIES


@given(st.lists(st.sampled_from(["Lee", "said", "denied", "if", "it", "may", "rain,", "that", "will", "not", "fail."])))
def test_stance_and_certainty_are_of_the_vocabularies(words: list[str]) -> None:
    for attribution in judged(" ".join(words)).attributions:
        assert attribution.commitment.stance in STANCES
        assert attribution.commitment.certainty in CERTAINTIES
