"""What a reviewer types finds its place: to the letter, white space however it runs, nearest to where it was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from onrecord.errors import UsageError
from onrecord.review.given import find_number, find_pieces, written
from tests.build import doc
from tests.effort import assert_linear

TEXT = "🚒 Ida  Falk\n\nsaid: “no house”, Otto Brand said, “was lost … not one”. Otto Brand said so.\n"


def found(words: str, near: int = 0) -> list[str]:
    return [span.of(TEXT) for span in find_pieces(doc(TEXT), words, near)]


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("no house", ["no house"]),
        ("  no   house ", ["no house"]),
        ("Ida Falk said", ["Ida  Falk\n\nsaid"]),
        ("no house … was lost", ["no house", "was lost"]),
        ("was lost … not one", ["was lost … not one"]),
        ("🚒 … Otto", ["🚒", "Otto"]),
        ("no house … ", ["no house"]),
    ],
)
def test_words_are_found_as_they_stand(words: str, pieces: list[str]) -> None:
    assert found(words) == pieces


@pytest.mark.parametrize("words", ["nobody", "was lost … no house", "No house", "…  …", " "])
def test_words_that_do_not_stand_so_are_refused(words: str) -> None:
    with pytest.raises(UsageError):
        found(words)


def test_the_nearest_place_counts() -> None:
    last = TEXT.rindex("Otto Brand said")
    assert find_pieces(doc(TEXT), "Otto Brand said", last)[0].start == last
    assert find_pieces(doc(TEXT), "Otto  Brand said", last)[0].start == last
    assert find_pieces(doc(TEXT), "Otto  Brand said", 0)[0].start == TEXT.index("Otto Brand said")


def test_what_is_written_is_found_again() -> None:
    report = doc(TEXT)
    spans = find_pieces(report, "no house … was lost")
    assert find_pieces(report, written(report, spans)) == spans


def test_a_text_of_one_word_over_and_over_is_no_slower() -> None:
    def look(words: int) -> None:
        with pytest.raises(UsageError):
            find_pieces(doc("ha " * 40 * words), "ha\n" * words + "ho", 60 * words)

    assert_linear(look, lambda number: number, 100)
    look(5_000)


@pytest.mark.parametrize(("words", "number"), [("3,000", 3000), (" 2.5 ", Decimal("2.5")), ("", None), ("-4", -4)])
def test_a_number_is_read_as_typed(words: str, number: object) -> None:
    assert find_number(words) == number


@pytest.mark.parametrize("words", ["many", "NaN", "-Infinity", "1e31", "1e-31", "4 5", "9" * 61])
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        find_number(words)
