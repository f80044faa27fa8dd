"""Whose mouth a direct quotation is put in."""

from __future__ import annotations

import pytest

from evals.spans import Spans, View, Viewer
from evals.speakers import Speakers
from tests.evals.hand import spans

TEXT = "“The dam will hold,” said Ada Holm. “It will not,” Boris Keller answered. Holm said it would. “Wait and see.”"
VIEWER = Viewer(TEXT)
HOLM = spans(TEXT, source="Ada Holm", cue="said", content="“The dam will hold,”")
KELLER = spans(TEXT, source="Boris Keller", cue="answered", content="“It will not,”")
INDIRECT = spans(TEXT, source="Holm", cue="said", content="it would")
NOBODY = spans(TEXT, content="“Wait and see.”")


def views(*items: Spans) -> list[View]:
    return [VIEWER.view(item) for item in items]


def told(*found: Spans) -> dict[str, float]:
    speakers = Speakers()
    speakers.add(views(HOLM, KELLER, INDIRECT, NOBODY), views(*found))
    return speakers.figures()


def test_only_direct_gold_with_a_source_is_asked_for() -> None:
    assert told(HOLM, KELLER, INDIRECT, NOBODY) == {"gold": 2, "covered": 100, "right": 100, "same": 100}


def test_a_quotation_without_a_speaker_is_not_covered() -> None:
    assert told(HOLM, spans(TEXT, content="“It will not,”"))["covered"] == 50
    assert told() == {"gold": 2, "covered": 0, "right": 0, "same": 0}


def test_the_wrong_speaker_is_covered_and_wrong() -> None:
    swapped = spans(TEXT, source="Boris Keller", cue="said", content="“The dam will hold,”")
    assert told(swapped, KELLER) == {"gold": 2, "covered": 100, "right": 50, "same": 50}


def test_one_word_in_common_is_right_and_may_be_less_than_half() -> None:
    long = spans(TEXT, source="Ada Holm. “It will", content="“The dam will hold,”")
    assert told(long) == {"gold": 2, "covered": 50, "right": 100, "same": 100}
    longer = spans(TEXT, source="Holm. “It will not,” Boris", content="“The dam will hold,”")
    assert told(longer) == {"gold": 2, "covered": 50, "right": 100, "same": 0}


def test_counts_go_on_over_articles() -> None:
    speakers = Speakers()
    speakers.add(views(HOLM), views(HOLM))
    speakers.add(views(KELLER, KELLER), [])
    assert speakers.figures()["covered"] == pytest.approx(100 / 3)
