"""Candidates and their features, held against a plain and slow reference."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from onrecord.annotate.tagging import pairs
from onrecord.annotate.tagging.labels import ROLES, Piece, decode_pieces
from onrecord.annotate.tagging.pairs import ASKS, FEATURES, REACH, Layout
from onrecord.annotate.tagging.words import Words, split_words
from tests.annotate.tagging.made import IS_NEAREST, tagged
from tests.annotate.tagging.plain_pairs import PlainLayout

FORMS = 'Ada he said THAT saying denied it , ; . ? " “ ” ’ : — and who The was of to noted Its 7 \n'.split(" ")


def layout(marked: str) -> Layout:
    words, labels = tagged(marked)
    return Layout(words, decode_pieces(labels))


def assert_same(words: Words, pieces: Sequence[Piece], role: str) -> None:
    """Candidates and features are exactly those of the reference."""
    expected = list(PlainLayout(words, pieces).choices(role))
    found = list(Layout(words, pieces).choices(role))
    assert [choice.asker for choice in found] == [asker for asker, _, _ in expected]
    for choice, (_, candidates, rows) in zip(found, expected, strict=True):
        assert list(choice.candidates) == candidates
        assert np.array_equal(choice.features, np.array(rows, dtype=np.float32))


@pytest.mark.parametrize("role", sorted(ASKS))
@pytest.mark.parametrize("seed", range(40))
def test_features_are_those_of_the_plain_reference(seed: int, role: str) -> None:
    rng = random.Random(seed)
    count = (1, 2, 5, 20, 150)[seed % 5]
    words = split_words(" ".join(rng.choices(FORMS, k=count)))
    outside = rng.choice((0, 6, 30))  # few pieces, or one after the other
    labels = rng.choices(range(7), weights=(outside, *[1] * 6), k=len(words))
    assert_same(words, decode_pieces(labels), role)


@pytest.mark.parametrize("role", sorted(ASKS))
@pytest.mark.parametrize("seed", range(20))
def test_pieces_may_overlap(seed: int, role: str) -> None:
    rng = random.Random(seed)
    words = split_words(" ".join(rng.choices(FORMS, k=40)))
    starts = [rng.randrange(len(words)) for _ in range(20)]
    ends = [min(len(words), start + rng.randint(1, 12)) for start in starts]
    pieces = {Piece(start, end, rng.choice(ROLES)) for start, end in zip(starts, ends, strict=True)}
    assert_same(words, sorted(pieces), role)


def test_work_done_in_lots_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = layout("[s Ada] [q said] [c it works] and [q added] [c it is fast]. [q Asked] [c why], [s Ben] left.")
    whole = [choice.features for choice in subject.choices("cue")]
    monkeypatch.setattr(pairs, "AT_ONCE", 2)
    parts = [choice.features for choice in subject.choices("cue")]
    assert len(whole) == len(parts) == 3
    assert all(np.array_equal(one, two) for one, two in zip(whole, parts, strict=True))


@pytest.mark.parametrize("role", sorted(ASKS))
def test_every_row_has_all_features(role: str) -> None:
    for choice in layout("[s Ada] [q said] [c it works]. [s Ben] [q denied] [c it].").choices(role):
        assert choice.features.shape == (len(choice.candidates) + 1, FEATURES)
        assert choice.features[:, 0].tolist() == [1.0, 0.0, 0.0]


def test_a_lonely_piece_may_only_choose_nothing() -> None:
    (choice,) = layout("It was [q said] twice.").choices("cue")
    assert choice.candidates == ()
    assert len(choice.features) == 1


def test_candidates_come_nearest_first_and_are_few() -> None:
    marked = " ".join(f"[s N{k}] ran." for k in range(30)) + " [q said] [c no]."
    (choice,) = layout(marked).choices("cue")
    assert len(choice.candidates) == REACH
    starts = [piece.start for piece in choice.candidates]
    assert starts == sorted(starts, reverse=True)
    assert choice.features[1:, IS_NEAREST].tolist() == [1.0, 0.0, 0.0, 0.0]


def test_a_candidate_of_the_same_sentence_is_nearer_than_one_across_a_full_stop() -> None:
    (choice,) = layout("Then came [s Ada]. They [q said] so, or [s Ben] did.").choices("cue")
    assert choice.candidates[0] == Piece(9, 10, "source")


def test_of_two_equally_near_the_left_one_comes_first() -> None:
    (choice,) = layout("[s Ada] then [q said] then [s Ben] left.").choices("cue")
    assert [piece.start for piece in choice.candidates] == [0, 4]


def test_a_text_without_words_asks_nothing() -> None:
    assert list(Layout(split_words(""), []).choices("cue")) == []
