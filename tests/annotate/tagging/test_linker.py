"""Linking with weights made here: what is chosen, how sure, and the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from onrecord.annotate.tagging.labels import Piece, decode_pieces
from onrecord.annotate.tagging.linker import Chooser, Linker, load_linker
from onrecord.annotate.tagging.pairs import ASKS, FEATURES, Layout
from tests.annotate.tagging.made import nearest_linker, tagged

TEXT = (
    "[s Ada] [q said] [c it works] and [q added] [c it is fast]. [c “Not so,”] [s Ben] [q replied]. [c “It is slow.”]"
)


def random_linker(seed: int = 1, units: int = 5) -> Linker:
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    return Linker({role: Chooser(some(FEATURES, units), some(units), some(units)) for role in ASKS})


def nothing_linker() -> Linker:
    hidden = np.zeros((FEATURES, 1), dtype=np.float32)
    hidden[0] = 9.0
    return Linker(dict.fromkeys(ASKS, Chooser(hidden, np.zeros(1, dtype=np.float32), np.ones(1, dtype=np.float32))))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("role", sorted(ASKS))
def test_a_choice_is_the_softmax_of_the_network_over_all_features(role: str, seed: int) -> None:
    words, labels = tagged(TEXT)
    layout = Layout(words, decode_pieces(labels))
    chooser = random_linker(seed).choosers[role]
    found = chooser.choose(layout, role)
    assert len(found) == len(layout.by_role[role])
    for (piece, chance), choice in zip(found, layout.choices(role), strict=True):
        scores = np.maximum(choice.features @ chooser.hidden + chooser.hidden_bias, 0) @ chooser.out
        chances = np.exp(scores) / np.exp(scores).sum()
        best = int(scores.argmax())
        assert piece == (choice.candidates[best - 1] if best else None)
        assert chance == pytest.approx(chances[best], abs=1e-5)


def test_a_second_cue_shares_the_source_and_a_split_quotation_is_joined() -> None:
    words, labels = tagged(TEXT)
    said, added, replied = nearest_linker().link(words, labels)
    assert said.source == added.source == ((0, 1),)
    assert replied.source == ((15, 16),)
    assert len(replied.content) == 2


def test_a_tie_without_content_is_left_out() -> None:
    words, labels = tagged("[s Ada] [q spoke] for an hour.")
    assert nearest_linker().tie(words, decode_pieces(labels)) == ()


def test_a_cue_may_choose_no_source() -> None:
    words, labels = tagged("It was [q said] [c to work].")
    (tie,) = nearest_linker().tie(words, decode_pieces(labels))
    assert (tie.source, tie.source_chance) == (None, 1.0)
    assert tie.triple.source == ()


def test_nothing_can_win() -> None:
    words, labels = tagged("[s Ada] [q said] [c it works].")
    layout = Layout(words, decode_pieces(labels))
    ((piece, chance),) = nothing_linker().choosers["cue"].choose(layout, "cue")
    assert piece is None
    assert chance == pytest.approx(1 / (1 + np.exp(-9)), abs=1e-5)


def test_a_tie_says_how_sure_its_links_are() -> None:
    words, labels = tagged("[s Ada] [q said] [c it works].")
    (tie,) = nearest_linker().tie(words, decode_pieces(labels))
    assert tie.source == Piece(0, 1, "source")
    assert tie.source_chance == pytest.approx(1 / (1 + np.exp(-9)), abs=1e-5)
    assert tie.content_chances == pytest.approx([1 / (1 + np.exp(-9))], abs=1e-5)


def test_nothing_is_linked_in_a_text_without_pieces() -> None:
    words, labels = tagged("It rains.")
    assert random_linker().link(words, labels) == ()


def test_weights_survive_the_disk(tmp_path: Path) -> None:
    linker = random_linker()
    linker.save(tmp_path / "linker.safetensors")
    again = load_linker(tmp_path / "linker.safetensors")
    for role in ASKS:
        for name in ("hidden", "hidden_bias", "out"):
            assert np.array_equal(getattr(again.choosers[role], name), getattr(linker.choosers[role], name))
