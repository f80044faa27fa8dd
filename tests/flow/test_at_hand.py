"""What is held while links are drawn stays within bounds."""

from __future__ import annotations

from onrecord.flow.at_hand import Held


def test_what_was_used_longest_ago_is_let_go() -> None:
    held: Held[str] = Held(2)
    for name in ("a", "b"):
        held.put(name, name)
    assert held.get("a", str.upper) == "a"
    held.put("c", "c")
    assert ("a" in held, "b" in held, "c" in held) == (True, False, True)
    assert held.get("b", str.upper) == "B"


def test_heavy_things_leave_room_for_fewer() -> None:
    held: Held[str] = Held(10, len)
    for name in ("four", "five", "ninethree"):
        held.put(name, name)
    assert ("four" in held, "five" in held, "ninethree" in held) == (False, False, True)


def test_one_that_is_too_heavy_is_held_alone_and_goes_with_the_next() -> None:
    held: Held[str] = Held(3, len)
    assert held.get("long", lambda _: "longer than all") == "longer than all"
    assert "long" in held
    held.put("s", "s")
    assert ("long" in held, "s" in held) == (False, True)


def test_the_same_again_weighs_once() -> None:
    held: Held[str] = Held(4, len)
    for _ in range(5):
        held.put("a", "aaa")
    held.put("b", "b")
    assert ("a" in held, "b" in held) == (True, True)
