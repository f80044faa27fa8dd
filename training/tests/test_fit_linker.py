"""Training of the linker, on sentences made up here."""

import random

import numpy as np
import pytest

from onrecord.annotate.tagging.labels import decode_pieces
from onrecord.annotate.tagging.linker import Linker
from onrecord.annotate.tagging.pairs import ASKS, FEATURES
from tests.annotate.tagging.made import tagged
from training.attribution.fit_linker import ROWS, fit_chooser, questions, tensors, tie
from training.tests.marks import annotated

TWO = annotated("[s Ada] [q said] [c it works]. [s Ben] [q denied] [c it].", "0 1 2", "3 4 5")
SHARED = annotated("[s Ada] [q said] [c it works] and [q added] [c it is fast].", "0 1 2", "0 3 4")
SPLIT = annotated("[c “It works,”] [s Ada] [q said]. [c “It is fast.”] Then she left.", "0 1 2 3")


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


def test_questions_become_tables_with_room_for_all_candidates() -> None:
    found = list(questions(tie(TWO), "cue", random.Random(0), 0.0))
    features, real, answers = tensors(found)
    assert features.shape == (2, ROWS, FEATURES)
    assert real.sum(1).tolist() == [3, 3]
    assert np.array_equal(features[0, :3].numpy(), found[0][0].features)
    assert not features[:, 3:].any()
    assert answers.tolist() == [answer for _, answer in found]


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


def test_a_trained_linker_is_surer_than_a_coin(linker: Linker) -> None:
    words, labels = tagged("[s Eve] [q said] [c it rains].")
    (found,) = linker.tie(words, decode_pieces(labels))
    assert found.triple.source == ((0, 1),)
    assert 0.5 < found.source_chance <= 1.0
    assert 0.5 < found.content_chances[0] <= 1.0
