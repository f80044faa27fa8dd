"""Content words, their stems, and how much two texts share."""

from __future__ import annotations

import pytest

from onrecord.link.words import Banding, content_words, jaccard, overlap, rarity, stem, terms_of
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
        ("boxes", "box"),
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
    found = [terms_of(r.text, s, SpanIndex(r.mentions), SpanIndex(r.times)) for r, s in zip((a, b), spans, strict=True)]
    assert found[0] == found[1] == {NORTH.id, "troop", "arriv"}


def test_overlap_and_jaccard_of_nothing_are_zero() -> None:
    assert overlap(frozenset(), frozenset({"a"})) == 0
    assert jaccard((), ()) == 0
    assert overlap(frozenset("ab"), frozenset("abcd")) == 1
    assert jaccard("ab", "abcd") == 0.5


def test_what_all_speak_of_weighs_little() -> None:
    weights = rarity([frozenset({"troop", "river"}), frozenset({"troop", "bridge"})])
    assert weights == {"troop": 0.5, "river": 1, "bridge": 1}
    assert overlap(frozenset({"troop", "river"}), frozenset({"troop", "bridge"}), weights) == pytest.approx(1 / 3)


def test_equal_terms_share_every_key_and_others_none() -> None:
    banding = Banding(bands=8, rows=2)
    terms, others = frozenset("abcdef"), frozenset("uvwxyz")
    assert banding.keys(terms) == banding.keys(frozenset("fedcba"))
    assert len(banding.keys(terms)) == 8
    assert not set(banding.keys(terms)) & set(banding.keys(others))
    assert banding.keys(frozenset("abc")) == ()


def test_terms_alike_in_half_of_their_words_meet_about_as_often_as_computed() -> None:
    banding = Banding(bands=8, rows=2)
    met = 0
    for k in range(200):
        shared = {f"s{k}-{i}" for i in range(8)}
        a, b = (frozenset(shared | {f"{side}{k}-{i}" for i in range(4)}) for side in "ab")
        met += bool(set(banding.keys(a)) & set(banding.keys(b)))
    assert 0.82 <= met / 200 <= 0.97  # 1 - (1 - 0.5^2)^8 = 0.90
