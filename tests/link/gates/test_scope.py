"""Whether two statements may speak of one thing, say that it is so, or go by one voice."""

from __future__ import annotations

import pytest

from onrecord.link.entry import Entry
from onrecord.link.gates.bodies import body_label, body_name
from onrecord.link.gates.ordering import order_in, tell_the_reverse
from onrecord.link.gates.polarity import is_ahead, is_negated, leaves_matter_alone
from onrecord.link.gates.scope import kinds_differ, may_be_one
from onrecord.link.words import kinds_in
from tests.build import Entity, doc, entry, mention, person, say

MAYOR = person("Ada Berg", "Berg")


def said(content: str, more: str = "", who: Entity = MAYOR, **rest: object) -> Entry:
    text = f"{who.name} said {content}. {more}"
    return entry(
        doc(
            text,
            entities=(who,),
            mentions=(mention(text, who.name, who),),
            attributions=(say(text, content, source=who.name, who=who),),
            **rest,
        )
    )


@pytest.mark.parametrize(
    ("content", "negated"),
    [
        ("no warden struck the boy", True),
        ("the firm has never dumped paint there", True),
        ("the gate wasn't locked", True),
        ("nobody was on the raft", True),
        ("no more than 40 came", False),
        ("11 were aboard, not 17", False),
        ("the roof fell because nobody mended it", False),
        ("the north gate is locked", False),
        ("", False),
        ("—" * 2000, False),
    ],
)
def test_the_first_clause_tells_whether_something_is_not_so(content: str, negated: bool) -> None:
    assert is_negated(content) is negated


@pytest.mark.parametrize(
    ("content", "alone"),
    [
        ("he had no recollection of a dinner", True),
        ("we do not discuss our suppliers", True),
        ("the guards never beat him", False),
    ],
)
def test_who_recalls_nothing_denies_nothing(content: str, alone: bool) -> None:
    assert leaves_matter_alone(said(content).told[0]) is alone


@pytest.mark.parametrize(
    ("content", "ahead"),
    [
        ("the pool will open again in May", True),
        ("the pool is to open in May", True),
        ("the pool opened in May", False),
        ("the pool, which will be sold, is dry", False),
    ],
)
def test_verbs_that_look_ahead(content: str, ahead: bool) -> None:
    assert is_ahead(said(content).told[0]) is ahead


def test_a_condition_is_no_forecast() -> None:
    text = "Ada Berg said if it rains the dam will break."
    made = say(text, "if it rains the dam will break", source="Ada Berg", who=MAYOR)
    assert is_ahead(entry(doc(text, entities=(MAYOR,), attributions=(made,))).told[0])


@pytest.mark.parametrize(
    ("one", "other", "reverse"),
    [
        ("the shed burned before the mast fell", "the mast fell and only then the shed burned", True),
        ("the shed was already burning when the mast fell", "the shed burned only after the mast fell", True),
        ("the shed burned before the mast fell", "the shed burned before the tall mast fell", False),
        ("the shed burned before the mast fell", "the shed burned for an hour", False),
        (
            "the mast swayed over the yard right before the crew cut the old wire",
            "a second tall mast stood in the yard of the new kiln after the fire to hold the wire",
            False,
        ),
        (
            "the clerk took the keys of the shed and a ladder before running off and leading the guards on a hunt",
            "the clerk who took the keys of the shed and a ladder was caught after a hunt",
            False,
        ),
    ],
)
def test_two_accounts_of_what_came_first(one: str, other: str, reverse: bool) -> None:
    assert tell_the_reverse(one, other) is reverse
    assert tell_the_reverse(other, one) is reverse


def test_no_order_without_two_sides_to_it() -> None:
    assert order_in("before the mast fell") is None


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("a night train left the rails", "a freight train left the rails", True),
        ("turnout in the mayoral election was low", "turnout in the election for the council was low", True),
        ("profit fell in the second quarter", "profit fell in the third quarter", True),
        ("the train left the rails", "the night train left the rails", False),
        ("a deadly fire burned the market", "a huge fire burned the market", False),
        ("five people drowned", "eleven people drowned", False),
    ],
)
def test_nouns_of_two_kinds(one: str, other: str, differ: bool) -> None:
    a, b = said(one), said(other, uri="made:2")
    assert kinds_differ(a.told[0], b.told[0]) is differ
    assert kinds_differ(b.told[0], a.told[0]) is differ


def test_a_kind_that_the_other_report_names_too_tells_nothing_apart() -> None:
    a, b = said("the night train was late", "It was a freight train as well."), said("the freight train was late")
    assert not kinds_differ(a.told[0], b.told[0])


def test_long_contents_are_read_in_one_pass() -> None:
    assert len(kinds_in("grain of wheat " * 50_000)) == 2


def test_each_content_names_what_the_other_report_does_not() -> None:
    a, b = said("the Finch has weak brakes"), said("the Heron has weak brakes", uri="made:2")
    assert not may_be_one(a.told[0], b.told[0])
    assert may_be_one(a.told[0], said("the Finch has weak brakes", uri="made:3").told[0])


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("the fire brigade", "body:fire brigade"),
        ("relief agency Open Hand", "name:open hand"),
        ("researchers at the Vellin University", "name:vellin university"),
        ("officials in Holm", None),
        ("a witness", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_labels_of_described_bodies(name: str, label: str | None) -> None:
    assert body_label(name) == label


def test_a_company_is_known_without_what_kind_it_is() -> None:
    assert body_name("The Norlink AB") == body_name("Norlink") == "name:norlink"
    assert body_name("Ltd") == "name:ltd"


def test_a_person_is_no_it() -> None:
    assert MAYOR.id not in said("it has a net around its tail").told[0].terms
    assert MAYOR.id in said("she has a net around her arm").told[0].terms
