"""How proposals are judged, their traits fitted and their chances measured, on rows and texts made here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from onrecord.annotate.tagging.labels import Triple
from onrecord.annotate.tagging.merge import Weighed, weigh
from onrecord.annotate.tagging.model import Model
from onrecord.annotate.tagging.traits import Proposal
from onrecord.annotate.tagging.words import split_words
from tests.annotate.tagging.made import model_with, scored
from training.attribution.weigh import (
    FOLDS,
    Judged,
    calibration_error,
    choose,
    crossed,
    figures,
    fit,
    judge,
    with_weights,
)
from training.rules.agreement import Gold, Parts, WordNumbers
from training.tests.marks import annotated

TEXT = "[s Ada] [q said] [c the bridge is safe]. [s Ben] [q said] [c it sways]."
PARTS = ("source", "cue", "content")


def right(whole: bool, **parts: bool) -> dict[str, bool]:
    return {"all": whole, **dict.fromkeys(PARTS, whole), **parts}


def by_hand(rows: list[tuple[str, ...]], rights: list[dict[str, bool]]) -> Judged:
    """Judged proposals of a text without words."""
    words = split_words("")
    none = Parts(frozenset(), frozenset(), frozenset())
    proposal = Proposal(Triple((), (), ()), None, None)
    count = len(rows)
    return Judged(
        words,
        np.zeros((0, 7), dtype=np.float32),
        (proposal,) * count,
        tuple(rows),
        tuple(rights),
        (none,) * count,
        Gold(WordNumbers(""), []),
    )


def model() -> Model:
    return model_with(scored(TEXT)[1])


# calibration


@pytest.mark.parametrize(
    ("chances", "error"),
    [
        ([], 0.0),
        ([(1.0, True)] * 4, 0.0),
        ([(0.75, True)] * 3 + [(0.75, False)], 0.0),
        ([(0.9, False)] * 5, 0.9),
        ([(0.05, True), (1.0, True)], 0.475),
        ([(0.92, True), (0.98, False)], 0.45),  # one bin: .95 believed, .5 right
        ([(0.88, True), (0.92, False)], 0.52),  # two bins: .12 and .92 apart
    ],
)
def test_the_gap_between_belief_and_truth(chances: list[tuple[float, bool]], error: float) -> None:
    assert calibration_error(chances) == pytest.approx(error, abs=1e-9)


# fitting


def test_every_part_has_weights_of_its_own() -> None:
    rows: list[tuple[str, ...]] = [("any",)] * 10 + [("any", "near")] * 10
    rights = [right(k % 2 == 0) for k in range(10)] + [right(k < 9, source=True, cue=k < 5) for k in range(10)]
    found = fit([by_hand(rows[:7], rights[:7]), by_hand(rows[7:], rights[7:])], 1.0)
    assert list(found) == ["all", *PARTS]
    assert found["source"]["near"] > found["all"]["near"] == found["content"]["near"] > 0
    assert "near" not in found["cue"]  # says nothing there


def test_what_is_held_by_another_is_not_learned_from() -> None:
    rows: list[tuple[str, ...]] = [("any",), ("any",), ("any",), (), ()]
    rights = [right(True), right(True), right(False), right(False), right(False)]
    assert fit([by_hand(rows, rights)], 1.0)["all"] == {"any": pytest.approx(np.log(2), abs=1e-3)}


def test_weights_are_written_with_three_digits() -> None:
    found = fit([by_hand([("any",)] * 3, [right(True), right(True), right(False)])], 1.0)
    assert found["all"]["any"] == 0.693


# judging


def test_proposals_are_held_against_what_people_marked() -> None:
    _, scores = scored(TEXT)
    judged = judge(annotated(TEXT, "0 1 2"), scores, model())
    tied = [k for k, proposal in enumerate(judged.proposals) if proposal.tie is not None]
    assert [judged.right[k]["all"] for k in tied] == [True, False]
    assert [judged.right[k]["content"] for k in tied] == [True, False]
    assert all(names[0] == "any" for names in judged.traits)


def test_a_proposal_with_the_wrong_source_is_right_in_its_content_alone() -> None:
    marked = "[s Ben] met [s Ada], who [q said] [c the bridge is safe]."
    _, scores = scored("Ben met [s Ada], who [q said] [c the bridge is safe].")
    judged = judge(annotated(marked, "0 2 3"), scores, model_with(scores))
    (found,) = (
        rights for proposal, rights in zip(judged.proposals, judged.right, strict=True) if proposal.tie is not None
    )
    assert found == {"all": False, "source": False, "cue": True, "content": True}


def test_a_proposal_inside_another_content_is_not_judged() -> None:
    marked = "[s Ada] [q said] [c Ben had told her it was over]."
    _, scores = scored(marked)
    judged = judge(annotated(marked, "0 1 2"), scores, model_with(scores))
    held = [names for proposal, names in zip(judged.proposals, judged.traits, strict=True) if proposal.held]
    assert held
    assert set(held) == {()}


def test_of_two_marked_contents_the_one_with_most_of_the_words_judges() -> None:
    marked = annotated("[s Ada] [q said] [c the bridge] [c is safe and sound].", "0 1 2", "0 1 3")
    _, scores = scored("[s Ada] [q said] [c the bridge is safe and sound].")
    judged = judge(marked, scores, model_with(scores))
    assert judged.right[0] == {"all": True, "source": True, "cue": True, "content": True}


def test_a_dateline_is_judged_as_silence() -> None:
    _, scores = scored("[s SKARHAVN] [q —] [c The bridge is safe].")
    assert judge(annotated("SKARHAVN — The bridge is safe."), scores, model_with(scores)).proposals == ()


# figures


def judged_text() -> Judged:
    return judge(annotated(TEXT, "0 1 2", "3 4 5"), scored(TEXT)[1], model())


def of_tagger(judged: Judged, *chances: float, speaks: bool = True) -> list[Weighed]:
    """The tagger's proposals with these chances, all others with none."""
    mine = iter(chances)
    out = []
    for proposal in judged.proposals:
        chance = next(mine) if proposal.tie is not None else 0.0
        out.append(Weighed(proposal, chance, (chance, chance, chance), speaks))
    return out


def test_figures_count_what_is_kept() -> None:
    judged = judged_text()
    both = figures([judged], [of_tagger(judged, 1.0, 1.0)], model())
    assert both == {"p": 100.0, "r": 100.0, "f1": 100.0, "ece": 0.0}
    one = figures([judged], [of_tagger(judged, 0.9, 0.1)], model())
    assert (one["p"], one["r"]) == (100.0, 50.0)
    assert one["f1"] == pytest.approx(200 / 3)
    assert one["ece"] == pytest.approx(0.1)


def test_what_is_held_counts_as_found_but_is_not_held_against_its_chance() -> None:
    marked = "[s Ada] [q said] [c Ben had told her it was over]."
    _, scores = scored(marked)
    judged = judge(annotated(marked, "0 1 2"), scores, model_with(scores))
    all_kept = [Weighed(one, 1.0, (1.0,) * 3, speaks=True) for one in judged.proposals]
    found = figures([judged], [all_kept], model_with(scores))
    assert (found["p"], found["r"], found["ece"]) == (50.0, 100.0, 0.0)


def test_the_bar_for_speech_is_the_lowest_that_lets_nothing_wrong_in() -> None:
    judged = judge(annotated(TEXT, "0 1 2"), scored(TEXT)[1], model())
    low, high = (choose([judged], [of_tagger(judged, 0.9, chance)], model()) for chance in (0.1, 0.32))
    assert high.least == 0.35
    assert low.least < high.least


def test_the_bar_for_others_is_the_highest_that_leaves_nothing_right_out() -> None:
    judged = judged_text()
    low, high = (choose([judged], [of_tagger(judged, 0.9, chance, speaks=False)], model()) for chance in (0.42, 0.9))
    assert low.least_other == 0.4
    assert high.least_other > low.least_other


def test_every_article_is_weighed_by_what_the_others_taught() -> None:
    few = (("any", "pieces-1"), ("any", "indirect"))
    right_twice = replace(judge(annotated(TEXT, "0 1 2", "3 4 5"), scored(TEXT)[1], model()), traits=few)
    others = [replace(judge(annotated(TEXT, "0 1 2"), scored(TEXT)[1], model()), traits=few) for _ in range(FOLDS - 1)]

    def weighed_by(*taught: Judged) -> list[Weighed]:
        fitted = with_weights(model(), fit(taught, 2.0))
        return weigh(right_twice.words, right_twice.scores, fitted, right_twice.proposals)

    found = [one.chance for one in crossed([right_twice, *others], model(), 2.0)[0]]
    assert found == [one.chance for one in weighed_by(*others)]
    assert found != [one.chance for one in weighed_by(right_twice, *others)]
