"""Which slice of the gold an attribution falls in, and what recall comes to."""

from __future__ import annotations

import pytest

from evals.slices import SLICES, Recall, cue_kind, slices_of
from evals.spans import Spans, Viewer
from tests.evals.hand import spans

TEXT = "They said it rained. According to Lee it will snow. The head of the harbour board in Riga hopes for sun. ― Wim"
VIEWER = Viewer(TEXT)
SAID = spans(TEXT, source="They", cue="said", content="it rained")
LEE = spans(TEXT, source="Lee", cue="According to", content="it will snow")
BOARD = spans(TEXT, source="The head of the harbour board in Riga", cue="hopes", content="for|sun")
WIM = spans(TEXT, cue="―", content="The head of the harbour")


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        ("said", "one common speech verb"),
        ("told", "one common speech verb"),
        ("written", "one common speech verb"),
        ("replying", "one common speech verb"),
        ("hopes", "any other cue"),
        ("the claim that", "speech verb and more words"),
        ("has said", "speech verb and more words"),
        ("according to", "according to"),
        ("", "punctuation"),
    ],
)
def test_cue_is_put_in_one_slice(cue: str, kind: str) -> None:
    assert cue_kind(cue.split()) == kind


@pytest.mark.parametrize(
    ("item", "slices"),
    [
        (SAID, {"one common speech verb", "indirect", "source a pronoun", "content of one to three words"}),
        (LEE, {"according to", "indirect", "content of one to three words"}),
        (
            BOARD,
            {
                "any other cue",
                "indirect",
                "source of six words and more",
                "content of one to three words",
                "discontinuous content",
            },
        ),
        (WIM, {"punctuation", "indirect", "no source in the text"}),
    ],
)
def test_gold_falls_in_its_slices(item: Spans, slices: set[str]) -> None:
    told = list(slices_of(VIEWER.view(item), VIEWER))
    assert set(told) == slices
    assert set(told) <= set(SLICES)


def test_gold_without_a_cue_is_no_punctuation() -> None:
    bare = spans(TEXT, source="Lee", content="it will snow")
    assert "any other cue" in slices_of(VIEWER.view(bare), VIEWER)


def test_recall_is_what_was_found_of_the_slice() -> None:
    recall = Recall()
    gold = [VIEWER.view(item) for item in (SAID, LEE, BOARD)]
    recall.add(VIEWER, gold, [(0, 1), (2, 0)])
    recall.add(VIEWER, gold, [])
    told = recall.figures()
    assert told["one common speech verb"] == {"n": 2, "recall": 50.0}
    assert told["according to"] == {"n": 2, "recall": 0.0}
    assert told["indirect"] == {"n": 6, "recall": pytest.approx(100 / 3)}
    assert "punctuation" not in told
