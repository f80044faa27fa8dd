"""Candidates, features and the trained linker, on sentences made up here."""

import random
from pathlib import Path

import numpy as np
import pytest

from onrecord.annotate.tagging.labels import Piece, decode_pieces
from onrecord.annotate.tagging.linker import Linker, load_linker
from onrecord.annotate.tagging.pairs import ASKS, FEATURES, REACH, Layout
from training.attribution.fit_linker import fit_chooser, questions, tie
from training.tests.marks import annotated, tagged

TWO = annotated("[s Ada] [q said] [c it works]. [s Ben] [q denied] [c it].", "0 1 2", "3 4 5")
SHARED = annotated("[s Ada] [q said] [c it works] and [q added] [c it is fast].", "0 1 2", "0 3 4")
SPLIT = annotated("[c “It works,”] [s Ada] [q said]. [c “It is fast.”] Then she left.", "0 1 2 3")


def layout(marked: str) -> Layout:
    words, labels = tagged(marked)
    return Layout(words, decode_pieces(labels))


def test_gold_pieces_are_tied_as_the_annotation_says() -> None:
    tied = tie(SHARED)
    ada, said, works, added, fast = tied.pieces
    assert tied.source_of == {said: ada, added: ada}
    assert tied.cue_of == {works: said, fast: added}


def test_a_piece_whose_partner_is_hidden_has_to_choose_nothing() -> None:
    found = list(questions(tie(TWO), "content", random.Random(0), 0.0))
    assert [answer for _, answer in found] == [1, 1]

    class Hide(random.Random):
        """Leaves out the second piece, the first cue."""

        count = 0

        def random(self) -> float:
            self.count += 1
            return 0.0 if self.count == 2 else 1.0

    assert [answer for _, answer in questions(tie(TWO), "content", Hide(), 0.5)] == [0, 1]


@pytest.mark.parametrize("role", sorted(ASKS))
def test_every_row_has_all_features(role: str) -> None:
    for choice in layout("[s Ada] [q said] [c it works]. [s Ben] [q denied] [c it].").choices(role):
        assert {len(row) for row in choice.features} == {FEATURES}
        assert len(choice.features) == len(choice.candidates) + 1
        assert choice.features[0][0] == 1.0


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


def test_counting_pieces_between_is_half_open() -> None:
    subject = layout("[s Ada] [q said] [c no] and [q added] [c yes].")
    said, added = subject.by_role["cue"]
    assert subject.inside("content", said.end, added.start) == 1
    assert subject.inside("cue", said.start, added.start) == 1
    assert subject.inside("cue", 9, 2) == 0


@pytest.fixture(scope="module")
def linker() -> Linker:
    tied = [tie(article) for article in (TWO, SHARED, SPLIT)] * 60
    return Linker({role: fit_chooser(tied, role, units=8, passes=12, hide=0.1, seed=1) for role in ASKS})


def test_a_trained_linker_shares_a_source_and_joins_a_split_quotation(linker: Linker) -> None:
    words, labels = tagged("[s Eve] [q said] [c it rains] and [q added] [c it is cold].")
    assert [item.source for item in linker.link(words, labels)] == [((0, 1),), ((0, 1),)]
    words, labels = tagged("[c “It rains,”] [s Eve] [q said]. [c “It is cold.”] Then she slept.")
    (found,) = linker.link(words, labels)
    assert len(found.content) == 2


def test_nothing_is_linked_in_a_text_without_pieces(linker: Linker) -> None:
    words, labels = tagged("It rains.")
    assert linker.link(words, labels) == ()


def test_probabilities_are_probabilities(linker: Linker) -> None:
    choices = list(layout("[s Eve] [q said] [c it rains].").choices("cue"))
    ((piece, chance),) = linker.choosers["cue"].choose(choices)
    assert piece == Piece(0, 1, "source")
    assert 0.5 < chance <= 1.0


def test_weights_survive_the_disk(linker: Linker, tmp_path: Path) -> None:
    linker.save(tmp_path / "linker.npz")
    again = load_linker(tmp_path / "linker.npz")
    for role in ASKS:
        assert np.array_equal(again.choosers[role].hidden, linker.choosers[role].hidden)
