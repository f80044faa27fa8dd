"""What became of a claim: between versions, and from a text to its copy."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from onrecord.link.entry import Entry
from onrecord.link.views.aligning import compare_texts, what_became
from onrecord.link.views.drift import came_first, find_drift
from onrecord.model import Commitment
from tests.build import copy_between, doc, entry, figure, person, say
from tests.link.views.reports import only, saying

ADA, BEN = person("Ada Birk"), person("Ben Holt")


def number(words: str, low: int | None, high: int | None, of: str, **rest: Any) -> Any:
    return partial(figure, words=words, low=low, high=high, of=of, **rest)


CHANGES = [
    (("The ferry will sail on Friday",), ("The ferry will sail on Friday",), ("unchanged",)),
    (("The ferry may sail on Friday",), ("The ferry will sail on Friday",), ("hedge dropped",)),
    (("The ferry will sail on Friday",), ("The ferry will probably sail on Friday",), ("hedge added",)),
    (("The ferry has sailed",), ("The ferry has not sailed",), ("reversed",)),
    (("The ferry would sail in May",), ("The ferry will sail in May",), ("unchanged",)),  # told, not hedged
]


@pytest.mark.parametrize(("before", "after", "what"), CHANGES)
def test_what_becomes_of_the_words(before: tuple[str], after: tuple[str], what: tuple[str, ...]) -> None:
    early, late = (
        only(saying(words[0], who=ADA, certainty="CT-" if "not" in words[0] else "CT+")) for words in (before, after)
    )
    assert what_became(early, late) == what


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (("at least 40", 40, None), ("40", 40, 40), ("hedge dropped",)),
        (("40", 40, 40), ("up to 40", None, 40), ("hedge added",)),
        (("40", 40, 40), ("52", 52, 52), ("figure moved",)),
        (("some 40", 40, 40), ("40", 40, 40), ("unchanged",)),
    ],
)
def test_what_becomes_of_a_number(before: Any, after: Any, what: tuple[str, ...]) -> None:
    early, late = (
        only(saying(f"{words} boats were lost in the storm", who=ADA, figures=(number(words, low, high, "boats"),)))
        for words, low, high in (before, after)
    )
    assert what_became(early, late) == what


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Senator Ada Birk", "Senator Ben Holt", False),
        ("Ada Birk, the harbour master,", "Birk", True),
        ("the harbour board", "the board", True),
        ("a sailor", "the coast guard", False),
        ("her brother, Ben Holt,", "a friend of the family", False),
        ("Ada Birk", "she", True),  # may be
    ],
)
def test_another_voice_is_told_by_names_then_by_descriptions(before: str, after: str, same: bool) -> None:
    early, late = (only(saying("The bridge is closed to lorries", source)) for source in (before, after))
    assert ("re-attributed" in what_became(early, late)) is not same


def version(*sentences: tuple[str, str], day: str = "2025-03-01", tail: str = "") -> Entry:
    text = "\n".join(f"{content}, {source} said." for content, source in sentences) + tail
    found = tuple(
        say(text, content, source=source, commitment=Commitment("asserts", "CT+")) for content, source in sentences
    )
    return entry(doc(text, uri="https://paper.example/gate", published=day, attributions=found))


def test_versions_are_compared_claim_by_claim() -> None:
    old = version(("The gate held all night", "Ada Birk"), ("Nobody was on the dam", "Ben Holt"))
    new = version(
        ("The gate held all night", "Ada Birk"), ("Water stands in nine cellars", "Ada Birk"), day="2025-03-02"
    )
    told = [(c.what, c.before and c.before.statement.content.quote, c.after is None) for c in compare_texts(old, new)]
    assert told == [
        (("unchanged",), "The gate held all night", False),
        (("removed",), "Nobody was on the dam", True),
        (("added",), None, False),
    ]


def test_what_a_note_says_of_an_earlier_version_nobody_says() -> None:
    old = version(("The gate held all night", "Ada Birk"))
    new = version(
        ("The gate held all night", "Ada Birk"), ("it broke", "An earlier version of this story"), day="2025-03-02"
    )
    assert [c.what for c in compare_texts(old, new)] == [("unchanged",)]


def test_words_that_are_still_there_are_not_removed_and_without_their_source_nobody_says_them() -> None:
    old = version(("The gate held all night", "Ada Birk"))
    missed = entry(
        doc("The gate held all night, Ada Birk said.", uri="https://paper.example/gate", published="2025-03-02")
    )
    unsaid = entry(
        doc("The gate held all night. Rain is due.", uri="https://paper.example/gate", published="2025-03-02")
    )
    cued = entry(
        doc(
            old.report.text,
            attributions=(say(old.report.text, "The gate held all night", source="Ada Birk", cue="said"),),
        )
    )
    assert compare_texts(old, missed) == ()
    assert [c.what for c in compare_texts(cued, unsaid)] == [("attribution dropped",)]


def test_a_credited_retelling_that_lost_a_hedge_is_drift_from_the_credited_outlet() -> None:
    first = saying("Repairs to the lock could take nine weeks", who=ADA, outlet="Canal News", uri="made:a")
    later = saying(
        "Repairs to the lock will take nine weeks",
        who=ADA,
        outlet="Barge Daily",
        uri="made:b",
        after=" Canal News reported it.",
    )
    assert came_first(later, first) == (first, later)
    assert [c.what for c in find_drift(later, first)] == [("hedge dropped",)]


def test_of_one_day_and_without_a_credit_nobody_can_say_who_lost_what() -> None:
    one, other = (
        saying(
            f"Repairs to the old lock at Teal {modal} take nine weeks and cost the town dear",
            who=ADA,
            outlet=outlet,
            uri=uri,
        )
        for modal, outlet, uri in (("could", "Canal News", "made:a"), ("will", "Barge Daily", "made:b"))
    )
    assert came_first(one, other) is None
    assert find_drift(one, other, copy_between(one, other)) == ()


def test_who_is_quoted_twice_is_not_copied() -> None:
    one, other = (
        saying("Repairs to the lock will take nine weeks", source, outlet=outlet, uri=uri, published=day)
        for source, outlet, uri, day in (
            ("Ada Birk", "Canal News", "made:a", "2025-03-01"),
            ("Ben Holt", "Barge Daily", "made:b", "2025-03-02"),
        )
    )
    assert find_drift(one, other) == ()
