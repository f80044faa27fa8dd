"""What a content says with its pronouns filled in, what it says is not so, and what two contents share."""

from __future__ import annotations

import pytest

from onrecord.link.entry import Told
from onrecord.link.gates.polarity import leaves_matter_alone, tells_of_a_denial
from onrecord.link.gates.wording import (
    core_words,
    denied,
    denied_core,
    is_clause,
    is_of_others,
    may_meet,
    names_part,
    plainly,
    shared_roots,
)
from tests.build import doc, entry, person, say
from tests.effort import assert_linear

BERG = person("Ada Berg", "Berg")


def told(content: str, stance: str = "asserts", **rest: object) -> Told:
    text = f"Ada Berg said {content}."
    said = say(text, content, source="Ada Berg", who=BERG, stance=stance, **rest)
    return entry(doc(text, entities=(BERG,), attributions=(said,))).told[0]


def test_a_pronoun_is_filled_in_with_the_speaker() -> None:
    assert plainly(told("she was stepping down")) == "Ada Berg was stepping down"
    assert plainly(told("“I was stepping down”")) == "“Ada Berg was stepping down”"


def test_it_is_no_person() -> None:
    assert plainly(told("it was raining")) == "it was raining"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("there was no leak", "leak"),
        ("no guard struck him", "guard struck him"),
        ("the report that the bridge was closed was false", "the bridge was closed"),
        ("our forces did not carry out a strike", "our forces did carry out a strike"),
        ("there was no evidence of a leak", "a leak"),
        ("reports the crew had sold the ferry were 'lies'", "the crew had sold the ferry"),
        ("residents cannot enter the park", "residents enter the park"),
        ("the ship was not overloaded and had every certificate", "the ship was overloaded"),
    ],
)
def test_what_is_said_not_to_be_so(content: str, what: str) -> None:
    assert denied(told(content)) == what


@pytest.mark.parametrize(
    "content",
    [
        "the dam holds",
        "he was criticised for not paying",
        "the president should clear the table by doing whatever he can so that small issues do not stand in the way",
        "no more than 40 came",
        "a house with no heating stands empty",
    ],
)
def test_what_affirms_or_only_has_a_no_somewhere_denies_nothing(content: str) -> None:
    assert denied(told(content)) == ""


@pytest.mark.parametrize(
    ("content", "is_left"),
    [
        ("it could not confirm that the film was real", True),
        ("she had no idea that the film was there", True),
        ("the film was not real", False),
    ],
)
def test_who_cannot_confirm_leaves_the_matter_alone(content: str, is_left: bool) -> None:
    assert leaves_matter_alone(told(content)) is is_left


def test_who_passes_a_denial_on_is_known() -> None:
    assert tells_of_a_denial(told("that Korda still denies having sold the ferry"))
    assert not tells_of_a_denial(told("the ferry was sold, which Korda denies"))
    assert not tells_of_a_denial(told("the plan will be rejected by the board"))


def test_a_denial_is_of_its_content() -> None:
    assert denied(told("that the dam burns", stance="denies")) == "that the dam burns"
    assert denied_core(told("that the dam burns", stance="denies")) == {"dam", "fire"}


def test_words_of_one_root_are_shared() -> None:
    assert shared_roots(frozenset({"encryption", "warning", "sheep"}), frozenset({"encrypt", "warn", "ship"})) == {
        "encryption",
        "warning",
    }
    assert shared_roots(frozenset({"injure"}), frozenset({"kill"})) == {"injure"}


def test_two_names_are_two_things() -> None:
    one, other = told("the wolves in the Enz valley are grey"), told("wolves have settled in the Arl valley")
    assert names_part(one, other)
    assert not may_meet(one, other)
    assert core_words(one) == {"wolve", "valley", "grey"}


def test_other_teachers_are_not_that_teacher() -> None:
    assert is_of_others(told("other teachers had been dismissed"))
    assert not is_of_others(told("it was never dumped in April or at any other hour"))


def test_an_object_is_no_clause() -> None:
    assert not is_clause(told("him for not paying", rule="object:criticise"))
    assert is_clause(told("the dam leaks", rule="that:say"))


def test_a_content_of_a_hundred_thousand_words_takes_no_time() -> None:
    def read(one: Told) -> object:
        return denied(one), plainly(one), core_words(one), is_of_others(one)

    assert_linear(read, lambda number: told("no " * number + "leak"), 500)
    read(told("no " * 100_000 + "leak"))
