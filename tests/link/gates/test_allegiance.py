"""For whom somebody speaks, as the words of the source tell, and how a name is known again in its adjective."""

from __future__ import annotations

import pytest

from onrecord.link.entry import Entry
from onrecord.link.gates.allegiance import allegiance
from onrecord.link.gates.offices import name_root, owners_in
from onrecord.link.gates.voices import is_one_voice
from tests.build import Entity, doc, entry, mention, person, say
from tests.effort import assert_linear

REE, QUIST = person("Anton Ree", "Ree"), person("Lars Quist", "Quist")


@pytest.mark.parametrize(
    ("source", "owner"),
    [
        ("the Sardian foreign ministry", "sard"),
        ("Sardia's envoy", "sard"),
        ("a spokeswoman for Brightcall", "brightcall"),
        ("Northern Rail's chief negotiator, Oscar Thiel,", "northern rail"),
        ("the space agency of Galdor", "galdor"),
        ("the defence ministry in Oslo", "country:NO"),
        ("Norway's army", "country:NO"),
    ],
)
def test_a_source_tells_whom_it_serves(source: str, owner: str) -> None:
    assert owner in owners_in(source)


@pytest.mark.parametrize("source", ["Defence Minister Pavel Osten", "the chief executive", "Dr. Mary Cole", "she", ""])
def test_a_title_alone_tells_nobody(source: str) -> None:
    assert owners_in(source) == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tavria", "Tavrian"), ("Sorland", "Sorlandian"), ("Hanova", "Hanovan"), ("Dutch", "Netherlands")],
)
def test_a_country_is_known_by_its_adjective_listed_or_not(one: str, other: str) -> None:
    assert name_root(one) == name_root(other) != ""


def two_sources(first: str, second: str, who: Entity | None = None, gap: str = " ") -> Entry:
    text = f"{first} said the pass was open.{gap}{second} said the snow was deep."
    return entry(
        doc(
            text,
            entities=(who,) if who else (),
            mentions=(mention(text, who.name, who),) if who else (),
            attributions=(
                say(text, "the pass was open", source=first),
                say(text, "the snow was deep", source=second, who=who),
            ),
        )
    )


def test_a_spokesman_right_behind_a_body_speaks_for_it() -> None:
    first, second = two_sources("Coldline", "spokesman Anton Ree", REE).told
    assert "coldline" in allegiance(second)
    assert is_one_voice(first, second)


def test_a_spokesman_of_the_next_paragraph_does_not() -> None:
    _, second = two_sources("Coldline", "spokesman Anton Ree", REE, gap="\n\n").told
    assert "coldline" not in allegiance(second)


def test_a_minister_speaks_for_a_state_and_no_hospital() -> None:
    _, second = two_sources("The hospital", "Health Minister Anton Ree", REE).told
    assert not {key for key in allegiance(second) if not key.startswith("id:")}


def test_the_company_is_the_only_one_that_spoke() -> None:
    assert "coldline" in allegiance(two_sources("Coldline", "The company").told[1])


def test_the_company_is_nobody_where_two_spoke() -> None:
    text = "Coldline said the pass was open. Vantiq said the snow was deep. The company said the road was shut."
    parts = ("the pass was open", "Coldline"), ("the snow was deep", "Vantiq"), ("the road was shut", "The company")
    made = entry(doc(text, attributions=tuple(say(text, words, source=who) for words, who in parts)))
    assert not {"coldline", "vantiq"} & allegiance(made.told[2])


def test_unnamed_officials_speak_for_themselves() -> None:
    from onrecord.model import Speaker

    text = "Two Sardian officials said the pass was open."
    who = Speaker(None, anonymous=True, method="description", confidence=0.9)
    said = say(text, "the pass was open", source="Two Sardian officials", speaker=who)
    assert allegiance(entry(doc(text, attributions=(said,))).told[0]) == frozenset()


def test_thousands_of_spokesmen_and_names_of_thousands_of_letters_take_no_time() -> None:
    def made(number: int) -> Entry:
        text = " ".join(f"The spokesman said it was day {k}." for k in range(number))
        said = tuple(say(text, f"it was day {k}.", source="The spokesman") for k in range(0, number, 3))
        return entry(doc(text, attributions=said))

    def known(one: Entry) -> None:
        assert all(allegiance(told) is not None for told in one.told)

    assert_linear(known, made, 300)
    assert owners_in("A" * 20_000 + "'s minister") == frozenset()
    assert owners_in("Aa-" * 20_000) == frozenset()
