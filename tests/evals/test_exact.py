"""Exact spans of one label a word."""

from __future__ import annotations

import pytest

from evals.exact import Exact, pieces
from onrecord.annotate.tagging.words import split_words
from tests.evals.hand import spans

TEXT = "Mayor Holm said on Friday that the old bridge was safe. Keller denies it."
HOLM = spans(TEXT, source="Mayor Holm", cue="said", content="that the old bridge was safe")
KELLER = spans(TEXT, source="Keller", cue="denies", content="it")


def test_only_the_very_span_counts() -> None:
    exact = Exact()
    near = spans(TEXT, source="Holm", cue="said", content="that the old bridge was safe")
    exact.add(TEXT, [HOLM, KELLER], [near, KELLER])
    assert exact.figures() == {"source": 50, "cue": 100, "content": 100}


def test_what_is_missed_and_what_is_made_up_both_cost() -> None:
    missed, extra = Exact(), Exact()
    missed.add(TEXT, [HOLM, KELLER], [HOLM])
    extra.add(TEXT, [HOLM], [HOLM, KELLER])
    assert missed.figures() == extra.figures()
    assert missed.figures()["cue"] == pytest.approx(200 / 3)


def test_a_discontinuous_content_is_two_pieces() -> None:
    split = spans(TEXT, source="Mayor Holm", cue="said", content="on Friday|the old bridge")
    assert sorted(piece.role for piece in pieces(split_words(TEXT), [split])) == ["content", "content", "cue", "source"]


def test_the_shorter_of_two_has_the_word() -> None:
    inner = spans(TEXT, source="the old bridge", cue="was", content="safe")
    roles = {(piece.start, piece.role) for piece in pieces(split_words(TEXT), [HOLM, inner])}
    assert (5, "content") in roles  # "that" alone is left of the longer one's content
    assert (6, "source") in roles


def test_nothing_of_nothing_is_no_division_by_zero() -> None:
    assert Exact().figures() == {"source": 0, "cue": 0, "content": 0}
