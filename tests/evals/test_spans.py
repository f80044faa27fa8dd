"""What counts as the same attribution, and that nothing is counted twice."""

from __future__ import annotations

import pytest

from evals.gold import SCORER, load_scorer, rows
from evals.shared import shared_folder
from evals.spans import Spans, Viewer, attribution_alike, content_alike, match
from tests.evals.hand import spans

TEXT = "Ada Holm, the mayor of Riga, said the old bridge was safe. “Nobody is at risk,” she told reporters on Monday."
HOLM = spans(TEXT, source="Ada Holm, the mayor of Riga", cue="said", content="the old bridge was safe")
SHE = spans(TEXT, source="she", cue="told", content="“Nobody is at risk,”")
VIEWER = Viewer(TEXT)


def alike(gold: Spans, item: Spans) -> bool:
    return attribution_alike(VIEWER.view(gold), VIEWER.view(item)) is not None


@pytest.mark.parametrize(
    ("source", "content", "right"),
    [
        ("Ada Holm, the mayor of Riga", "the old bridge was safe", True),
        ("Ada Holm, the", "the old bridge was safe", True),  # three of six words
        ("Ada Holm", "the old bridge was safe", False),  # two of six
        ("Ada Holm, the mayor of Riga", "bridge was safe", True),  # three of five
        ("Ada Holm, the mayor of Riga", "was safe", False),
        ("", "the old bridge was safe", False),
        ("she", "the old bridge was safe", False),
    ],
)
def test_half_of_the_words_of_source_and_content_are_enough(source: str, content: str, right: bool) -> None:
    assert alike(HOLM, spans(TEXT, source=source, cue="said", content=content)) is right


def test_no_source_is_like_no_source() -> None:
    bare = spans(TEXT, cue="told", content="Nobody is at risk")
    assert alike(bare, bare)
    assert not alike(SHE, bare)


def test_marks_carry_no_weight() -> None:
    assert VIEWER.view(SHE).content == VIEWER.view(spans(TEXT, content="Nobody is at risk")).content


def test_empty_contents_are_not_alike() -> None:
    nothing = VIEWER.view(spans(TEXT, source="she"))
    assert content_alike(nothing, nothing) is None


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ("“Nobody is at risk,”", "direct"),
        ("the old bridge was safe", "indirect"),
        ("was safe. “Nobody", "mixed"),
    ],
)
def test_form_is_told_by_the_quotation_marks(content: str, form: str) -> None:
    assert VIEWER.view(spans(TEXT, content=content)).form == form


def test_one_find_answers_one_gold_and_the_likest_goes_first() -> None:
    gold = [VIEWER.view(HOLM)]
    part = VIEWER.view(spans(TEXT, source="Ada Holm, the mayor of Riga", content="bridge was safe"))
    whole = VIEWER.view(HOLM)
    assert match(gold, [part, whole], attribution_alike) == [(0, 1)]
    assert match(gold * 2, [whole], attribution_alike) == [(0, 0)]


@pytest.mark.skipif(not (shared_folder() / SCORER).is_file(), reason="needs the official scorer in ../shared")
def test_the_official_scorer_sees_the_same() -> None:
    scorer = load_scorer(shared_folder() / SCORER)
    units = scorer.Units(TEXT)
    gold = [HOLM, SHE, spans(TEXT, content="was safe. “Nobody")]
    near = spans(TEXT, source="Ada Holm, the", content="bridge was safe")
    mine = [spans(TEXT, content="safe. “Nobody is at risk"), SHE, near]
    theirs = [[units.view(rows(item)) for item in items] for items in (gold, mine)]
    ours = [[VIEWER.view(item) for item in items] for items in (gold, mine)]
    assert [view["kind"] for view in theirs[0]] == [view.form for view in ours[0]]
    pairs = match(*ours, attribution_alike)
    assert sorted(scorer.greedy(*theirs, scorer.headline_key)) == sorted(pairs) == [(0, 2), (1, 1)]
