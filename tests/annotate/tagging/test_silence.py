"""Boilerplate and datelines are nobody's words; sentences are left alone."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.annotate.tagging.labels import LABELS, decode_labels
from onrecord.annotate.tagging.silence import NEVER, silence, silent
from onrecord.annotate.tagging.words import split_words
from onrecord.model import Section, SectionKind, Span
from tests.annotate.tagging.made import scored
from tests.build import doc


def silenced(text: str) -> list[str]:
    report = doc(text)
    return [span.of(text).strip() for span in silent(report)]


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("SKARHAVN — The mayor said no.", "SKARHAVN —"),
        ("SKARHAVN, Norway — The mayor said no.", "SKARHAVN, Norway —"),
        ("SKARHAVN, Norway (Wire) — “No,” the mayor said.", "SKARHAVN, Norway (Wire) —"),
        ("SKARHAVN (Wire) - 12 boats sank, she said.", "SKARHAVN (Wire) -"),
        ("PORT ELMA (Wire) -- The mayor said no.", "PORT ELMA (Wire) --"),
        ("ST. ELMA'S – He agreed.", "ST. ELMA'S –"),
        ("Harbour closed\n\nSKARHAVN — The mayor said no.", "SKARHAVN —"),
        ("  SKARHAVN — The mayor said no.", "SKARHAVN —"),
    ],
)
def test_a_dateline_is_nobodys(text: str, dateline: str) -> None:
    assert silenced(text) == [dateline]


@pytest.mark.parametrize(
    "text",
    [
        "NATO — which has no say in it — said nothing.",
        "The mayor of SKARHAVN — She said no.",
        "Ada — The Mayor — said no.",
        "SKARHAVN said no - The rest agreed.",
        "NATO-Ukraine talks went well, she said.",
        "SKARHAVN: The mayor said no.",
        "A — B",
        "",
    ],
)
def test_a_sentence_is_no_dateline(text: str) -> None:
    assert silenced(text) == []


def test_words_of_boilerplate_are_outside_and_all_others_as_they_were() -> None:
    words, scores = scored("[s Ada] [q said] [c no].\n[s Ben] [q said] [c subscribe].")
    text = words.text
    cut = text.index("\n") + 1
    sections = (Section(Span(0, cut), SectionKind.BODY), Section(Span(cut, len(text)), SectionKind.BOILERPLATE))
    before = scores.copy()
    found = silence(doc(text, sections=sections), words, scores)
    assert [LABELS[label] for label in decode_labels(found)] == ["B-source", "B-cue", "B-content", "O", *["O"] * 4]
    assert np.array_equal(found[:4], before[:4])
    assert found[4:].tolist() == [[0.0, *[NEVER] * 6]] * 4
    assert np.array_equal(scores, before)


def test_the_words_after_a_dateline_are_as_they_were() -> None:
    words, scores = scored("[s SKARHAVN] [q —] [c No], the mayor said.")
    found = silence(doc(words.text), words, scores)
    assert [LABELS[label] for label in decode_labels(found)] == ["O", "O", "B-content", *["O"] * 5]


@pytest.mark.parametrize("text", ["A" * 50_000, "A' " * 20_000, "AB " * 20_000, "AB, C" * 10_000, "AB (" * 10_000])
def test_a_line_of_capitals_is_read_in_time(text: str) -> None:
    assert silenced(text) == []
    assert len(split_words(text)) > 0
