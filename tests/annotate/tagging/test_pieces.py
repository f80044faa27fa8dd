"""Word pieces and windows, with a small tokenizer made here."""

import pytest

from onrecord.annotate.tagging.pieces import MAX_WORD_PIECES, SPECIAL, PieceEncoder, WindowSize, feature, find_windows
from onrecord.annotate.tagging.words import INSIDE, OUTSIDE, UNCLOSED, split_words
from tests.annotate.tagging.made import write_tokenizer


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> PieceEncoder:
    return PieceEncoder(write_tokenizer(tmp_path_factory.mktemp("tokenizer")))


def test_long_words_keep_their_beginning_and_strange_ones_are_unknown(encoder: PieceEncoder) -> None:
    assert len(encoder.pieces("a" * 50)) == MAX_WORD_PIECES
    assert encoder.pieces("漢") == (encoder.unknown,)


def test_windows_cover_every_word_once_and_fit(encoder: PieceEncoder) -> None:
    words = split_words("The mayor sat. " * 40 + "\n" + "The mayor ate. " * 40)
    size = WindowSize(core=30, left=8, right=4)
    seen: list[int] = []
    for encoded in encoder.encode(words, size):
        window = encoded.window
        seen.extend(range(window.start, window.end))
        assert window.left <= window.start < window.end <= window.right
        assert len(encoded.ids) == len(encoded.features) <= 30 + 8 + 4 + 2 + 2
        assert len(encoded.first) == window.right - window.left
    assert seen == list(range(len(words)))


def test_a_core_ends_with_a_sentence() -> None:
    words = split_words("The mayor sat. " * 20)
    windows = find_windows(words, [1] * len(words), WindowSize(core=10, left=0, right=0))
    assert {window.end % 4 for window in windows} == {0}


def test_one_endless_sentence_is_cut_all_the_same() -> None:
    words = split_words("a " * 500)
    windows = find_windows(words, [1] * 500, WindowSize(core=100))
    assert [window.end - window.start for window in windows] == [100] * 5


def test_a_word_longer_than_the_core_does_not_stop_the_cutting() -> None:
    words = split_words("a b c")
    assert len(find_windows(words, [12, 12, 12], WindowSize(core=4, left=0, right=0))) == 3


def test_paragraphs_are_told_apart_by_a_separator(encoder: PieceEncoder) -> None:
    (encoded,) = encoder.encode(split_words("The mayor\nthe mayor"), WindowSize())
    assert encoded.ids.tolist().count(encoder.separator) == 2
    assert encoded.first.tolist() == [1, 2, 4, 5]
    assert encoded.features[3] == SPECIAL


def test_features_tell_case_and_quotation() -> None:
    assert feature("the", OUTSIDE) == 0
    assert feature("Rome", OUTSIDE) == 1
    assert feature("EU", OUTSIDE) == 2
    assert feature("I", INSIDE) == 4
    assert feature(",", UNCLOSED) == 6
    assert len({feature(form, state) for form in ("a", "Ab", "AB") for state in (0, 1, 2)} | {SPECIAL}) == 10
