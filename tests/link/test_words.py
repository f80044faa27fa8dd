"""Content words, their stems, and how much two texts share."""

from __future__ import annotations

import pytest

from onrecord.link.words import content_words, jaccard, overlap, stem, terms_of
from onrecord.model import SpanIndex
from tests.build import country, doc, mention

NORTH = country("North Korea", "KP", "DPRK")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Troops", "troop"),
        ("deployed", "deploy"),
        ("cities", "city"),
        ("news", "news"),
        ("status", "status"),
        ("us", "us"),
    ],
)
def test_stem_takes_off_plural_and_verbal_endings(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_content_words_leave_function_words_out() -> None:
    assert content_words("The dam was about to break, they said") == {"dam", "break"}


def test_terms_put_an_entity_in_the_place_of_its_names() -> None:
    one, other = "DPRK soldiers arrived", "soldiers of North Korea arrived"
    a = doc(one, mentions=(mention(one, "DPRK", NORTH),))
    b = doc(other, mentions=(mention(other, "North Korea", NORTH),))
    spans = [(s.sections[0].span,) for s in (a, b)]
    found = [terms_of(r.text, s, SpanIndex(r.mentions)) for r, s in zip((a, b), spans, strict=True)]
    assert found[0] == found[1] == {NORTH.id, "soldier", "arriv"}


def test_overlap_and_jaccard_of_nothing_are_zero() -> None:
    assert overlap(frozenset(), frozenset({"a"})) == 0
    assert jaccard((), ()) == 0
    assert overlap(frozenset("ab"), frozenset("abcd")) == 1
    assert jaccard("ab", "abcd") == 0.5
