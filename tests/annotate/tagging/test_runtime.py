"""The tagger at run time."""

from __future__ import annotations

from onrecord.annotate.tagging.labels import OUTSIDE
from onrecord.annotate.tagging.model import load_model
from onrecord.annotate.tagging.words import split_words


def test_lines_of_marks_are_no_part_of_anything() -> None:
    marks = split_words("“ ”\n" * 400)
    scores = load_model("accurate").tagger.scores(marks)
    assert (scores.argmax(-1) == OUTSIDE).all()


def test_a_line_of_marks_does_not_change_the_words_before_it() -> None:
    text = "The bridge is closed, Mayor Ann Lee said on Monday."
    tagger = load_model("accurate").tagger
    alone = tagger.scores(split_words(text))
    assert (alone.argmax(-1) != OUTSIDE).any()
    beside = tagger.scores(split_words(text + "\n" + "* " * 2_000))[: len(alone)]
    assert (beside.argmax(-1) == alone.argmax(-1)).all()
