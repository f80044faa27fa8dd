"""Whom or what a name asks for."""

from __future__ import annotations

import pytest

from onrecord.ledger.calling import Called, is_slip, named_in, pattern_of, whom_it_calls
from onrecord.model import Entity, EntityKind, Span
from tests.effort import assert_linear

ADA = Entity("e-ada", "Ada Byron", EntityKind.PERSON, ("Ada Byron", "Byron"))
ALAN = Entity("e-alan", "Alan Byron", EntityKind.PERSON, ("Alan Byron",))
BOARD = Entity("e-board", "Lund Air Board", EntityKind.ORGANIZATION, ("LAB", "Lund Air Board"))
ORLA = Entity("e-orla", "Orla", EntityKind.ORGANIZATION, ("Orla",))
BUYERS = Entity("e-buyers", "Orla K12 buyers", EntityKind.GROUP, ("Orla K12 buyers",))
KNOWN = (ADA, ALAN, BOARD, ORLA, BUYERS)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("ada byron", {"e-ada"}),
        ("Byron", {"e-ada"}),  # it is her name; of Alan it is but a part
        ("e-alan", {"e-alan"}),
        ("Air Board", {"e-board"}),
        ("Lund Air Baord", {"e-board"}),
        ("Norra Lund Air Board", {"e-board"}),
        ("Orla K12 buyers", {"e-buyers"}),
        ("Orla K12", set()),
        ("Nobody", set()),
        ("", set()),
    ],
)
def test_a_name_calls_whoever_has_it_or_nearly_has_it(name: str, ids: set[str]) -> None:
    assert whom_it_calls(name, KNOWN).ids == ids


def test_a_guess_is_said_and_a_name_of_two_names_both() -> None:
    assert "taken for Lund Air Board" in (whom_it_calls("Lund Air Baord", KNOWN).note or "")
    assert "may be" in (
        whom_it_calls("Byron", (ALAN, Entity("e-x", "Eva Byron", EntityKind.PERSON, ("Eva Byron",)))).note or ""
    )
    assert whom_it_calls("Ada Byron", KNOWN).note is None


def test_a_thing_is_looked_for_by_what_is_its_own() -> None:
    assert whom_it_calls("Orla K12 Swift", KNOWN).phrases == ("Orla K12 Swift", "K12 Swift", "K12", "Swift")
    assert whom_it_calls("Orla 4", KNOWN).phrases == ("Orla 4", "4")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("lund harbour", "lund harbuor", True),
        ("lund harbour", "lund habour", True),
        ("lund harbour", "lund harbours", True),
        ("lund harbour", "lund xarbour", False),  # another first letter is another name
        ("orla", "orle", False),
        ("board 747", "board 737", False),
        ("lund harbour", "land harbuor", False),
    ],
)
def test_a_slip_is_one_letter_of_a_long_word(one: str, other: str, near: bool) -> None:
    assert is_slip(one, other) is is_slip(other, one) is near


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two K12s and a K12-B sank.", ["K12s", "K12-B"]),
        ("It cost $K12 and 1.K12 and K12%.", []),
        ("The Orla Maxi Store and the Orla store", ["Orla Maxi Store", "Orla store"]),
    ],
)
def test_a_thing_is_found_in_its_forms(text: str, found: list[str]) -> None:
    pattern = pattern_of(("K12", "Orla Store"), thing=True)
    assert pattern is not None
    assert [one.group() for one in pattern.finditer(text)] == found


def test_the_common_word_of_a_thing_is_not_its_name() -> None:
    called = Called(phrases=("Orla Store", "Store"), thing=True)
    assert [span.of("The store of Orla") for span in named_in("The store of Orla", called, ())] == []


def test_a_long_text_and_a_long_name_are_read_in_linear_time() -> None:
    def named(number: int) -> int:
        spans = [Span(5 * k, 5 * k + 4) for k in range(number)]
        return len(named_in("Orla " * number, Called(frozenset({"e"}), ("Orla Air Board",)), spans))

    def long_name(number: int) -> str:
        return "x" * number + " y" * number

    assert_linear(named, lambda number: number, 500)
    assert named(100_000) == 100_000
    assert_linear(lambda name: whom_it_calls(name, KNOWN), long_name, 500)
