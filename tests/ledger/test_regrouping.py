"""What becomes of stories when they are grouped again, and where an old id leads."""

from __future__ import annotations

import pytest

from onrecord.errors import UnknownId
from onrecord.ledger.asking import find_story, find_thing
from onrecord.ledger.regrouping import dump_change, find_changes, load_change, stories_after
from onrecord.model import Story, StoryChange, make_id
from onrecord.stores.memory import MemoryStore
from tests.contracts.pages import BORDER, DENIAL, EDITED, page_of


def stories(**groups: str) -> list[Story]:
    """`a="12"`: story st-a with the reports 1 and 2."""
    return [Story(f"st-{name}", name, tuple(reports)) for name, reports in groups.items()]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"a": "12", "b": "34"}, {"a": "12345"}, [("joined", "ab", "a", "5")]),
        ({"a": "1234"}, {"a": "12", "c": "345"}, [("parted", "a", "ac", "5")]),
        ({"b": "23"}, {"a": "123"}, [("renamed", "b", "a", "1")]),
        ({"a": "12", "b": "34"}, {"a": "13", "b": "24"}, [("regrouped", "ab", "ab", "")]),
        (
            {"a": "12", "b": "3", "c": "45"},
            {"a": "123", "c": "4", "d": "5"},
            [("joined", "ab", "a", ""), ("parted", "c", "cd", "")],
        ),
        ({"a": "12"}, {"a": "123", "b": "4"}, []),
        ({"a": "12"}, {"a": "12"}, []),
        ({}, {"a": "12"}, []),
        ({"a": "12"}, {}, []),
        ({"a": ""}, {"a": "", "b": ""}, []),
    ],
    ids=["joined", "parted", "renamed", "regrouped", "two at once", "grown", "same", "first", "gone", "empty"],
)  # fmt: skip
def test_what_became_of_stories(
    before: dict[str, str], after: dict[str, str], found: list[tuple[str, str, str, str]]
) -> None:
    changes = find_changes(stories(**before), stories(**after))
    names = [["".join(one[3:] for one in ids) for ids in (change.before, change.after)] for change in changes]
    told = [(c.kind, *ends, "".join(c.reports)) for c, ends in zip(changes, names, strict=True)]
    assert told == found


def test_the_order_of_stories_does_not_matter() -> None:
    before, after = stories(a="12", b="34", c="56"), stories(a="1234", d="5", c="6")
    assert find_changes(before, after) == find_changes(before[::-1], after[::-1])


def test_a_long_row_of_stories_that_share_reports_is_one_change() -> None:
    before = [Story(f"st-{k:05}", "", (f"{k}", f"{k}x")) for k in range(5_000)]
    after = [Story(f"st-n{k:05}", "", (f"{k}x", f"{k + 1}")) for k in range(5_000)]
    (change,) = find_changes(before, after)
    assert len(change.before) == len(change.after) == 5_000


def test_a_change_comes_back_as_it_was_kept() -> None:
    change = StoryChange("joined", ("st-a", "st-b"), ("st-a",), ("r-1",), 7)
    assert load_change(dump_change(change), 7) == change


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore()
    for text in (BORDER, DENIAL, EDITED):
        made.add(page_of(text))
    return made


ONE, TWO, THREE = (page_of(text).report.id for text in (BORDER, DENIAL, EDITED))


def test_an_old_id_leads_to_what_it_was_joined_into(store: MemoryStore) -> None:
    store.put_stories([Story("st-aaaa", "", (ONE,)), Story("st-bbbb", "", (TWO,))])
    store.put_stories([Story("st-aaaa", "", (ONE, TWO))])
    assert find_story(store, "st-bbbb") == "st-aaaa"
    assert find_story(store, "st-bb…") == "st-aaaa"


def test_an_old_id_leads_through_several_changes(store: MemoryStore) -> None:
    store.put_stories([Story("st-aaaa", "", (ONE,)), Story("st-bbbb", "", (TWO,))])
    store.put_stories([Story("st-aaaa", "", (ONE, TWO))])
    store.put_stories([Story("st-cccc", "", (ONE, TWO, THREE))])
    assert find_thing(store, "st-bbbb") == find_thing(store, "st-aaaa") == ("story", "st-cccc")


def test_an_old_id_of_what_lies_in_two_stories_names_both(store: MemoryStore) -> None:
    store.put_stories([Story("st-aaaa", "", (ONE, TWO))])
    store.put_stories([Story("st-bbbb", "", (ONE,)), Story("st-cccc", "", (TWO,))])
    with pytest.raises(UnknownId, match=r"its reports are in st-bbbb, st-cccc: give one of them"):
        find_story(store, "st-aaaa")


def test_a_story_that_was_parted_and_keeps_its_id_is_found_by_it(store: MemoryStore) -> None:
    store.put_stories([Story("st-aaaa", "", (ONE, TWO))])
    store.put_stories([Story("st-aaaa", "", (ONE,)), Story("st-cccc", "", (TWO,))])
    assert find_story(store, "st-aaaa") == "st-aaaa"


def test_an_id_that_another_database_gave_leads_to_the_report_that_began_the_story(store: MemoryStore) -> None:
    store.put_stories([Story("st-aaaa", "", (ONE, TWO))])
    assert find_story(store, make_id("st", TWO)) == "st-aaaa"


@pytest.mark.parametrize("asked", ["st-zzzz", "st-", "st-%", "st-'", "st-\x00", "st-" + "9" * 5000])
def test_an_id_that_nobody_gave_is_unknown(store: MemoryStore, asked: str) -> None:
    store.put_stories([Story("st-aaaa", "", (ONE, TWO))])
    with pytest.raises((UnknownId, ValueError)):
        find_story(store, asked)
    assert stories_after(store, "st-zzzz") == ()
    assert stories_after(store, "s-0000") == ()
