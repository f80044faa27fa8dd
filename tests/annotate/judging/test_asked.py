"""Questions about single words: each is answered from its own sentence, in order, whatever the text is like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.judging.asked import AROUND, LONGEST, Asked, answer, by_sentence
from onrecord.annotate.judging.levels import NAMES
from onrecord.model import Span
from tests.effort import assert_linear


def asked(text: str, word: str) -> Asked:
    start = text.index(word)
    return Asked(text, Span(start, start + len(word)))


@pytest.mark.parametrize("trained", [True, False])
def test_answers_stand_in_the_order_of_the_questions(trained: bool) -> None:
    stays, goes = "The ferry sailed on time.", "The ferry might sail on time."
    questions = [asked(goes, "sail"), asked(stays, "sailed"), asked(goes, "sail")]
    first, second, third = answer(questions, trained=trained)
    assert first == third == "PS+"
    assert second == "CT+"


@pytest.mark.parametrize(
    ("text", "word", "kinds"),
    [
        ("The council approved the plan on Monday.", "approved", {"CT+"}),
        ("The council did not approve the plan.", "approve", {"CT-", "PR-"}),
        ("The council may approve the plan on Monday.", "approve", {"PS+", "PR+"}),
        ("The council hopes to approve the plan.", "approve", {"PS+", "PR+", "U"}),
        ("The council failed to approve the plan.", "approve", {"CT-", "PR-"}),
        ("The council will never approve the plan, its leader said.", "approve", {"CT-", "PR-"}),
        ("The council refused to approve the plan.", "approve", {"CT-", "PR-"}),
        ("Without an engineer the council cannot approve the plan.", "approve", {"CT-", "PR-"}),
        ("A vote could delay the plan.", "delay", {"PS+", "PR+", "U"}),
    ],
)
def test_the_network_reads_what_every_reader_reads(text: str, word: str, kinds: set[str]) -> None:
    assert answer([asked(text, word)])[0] in kinds


@pytest.mark.parametrize("trained", [True, False])
def test_a_sentence_is_judged_by_itself(trained: bool) -> None:
    text = "They may stay. The others left."
    assert answer([asked(text, "left")], trained=trained) == ["CT+"]
    assert answer([asked(text, "left"), asked(text, "stay")], trained=trained)[0] == "CT+"


@pytest.mark.parametrize("text", ["   ", "!", "\n\n", "…", "\u200b\u200b"])
@pytest.mark.parametrize("trained", [True, False])
def test_text_without_words_is_answered(text: str, trained: bool) -> None:
    assert answer([Asked(text, Span(0, 1))], trained=trained)[0] in NAMES


def test_a_text_that_never_ends_a_sentence_is_read_around_the_word() -> None:
    text = "the gate was shut and " * 2000 + "they may leave"
    spans = list(by_sentence([Span(0, len(text))], [(len(text) - 5, 0)]))
    assert len(text) > LONGEST
    assert spans == [(Span(len(text) - 5 - AROUND, len(text)), [0])]
    assert answer([Asked(text, Span(len(text) - 5, len(text)))])[0] in NAMES


def test_many_questions_about_one_long_text_take_linear_time() -> None:
    def asked(number: int) -> list[Asked]:
        text = "The pumps did not run. " * number
        return [Asked(text, Span(at + 18, at + 21)) for at in range(0, len(text) - 22, 23)]

    assert_linear(lambda questions: answer(questions, trained=False), asked, 100)
    assert answer(asked(4000), trained=False) == ["CT-"] * 4000


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=80), st.integers(0, 79))
def test_any_text_is_answered(text: str, at: int) -> None:
    text = text.encode("utf-8", "ignore").decode("utf-8") or "x"
    start = min(at, len(text) - 1)
    for trained in (True, False):
        assert answer([Asked(text, Span(start, start + 1))], trained=trained)[0] in NAMES
