"""One entity out of the parts that reports give."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UnknownId
from onrecord.ledger.entities import merge_entities
from onrecord.model import Entity, EntityKind, Role

NAME = st.text("ab ", min_size=1, max_size=6)
PARTS = st.lists(
    st.builds(
        Entity,
        st.just("e-1"),
        NAME,
        st.sampled_from([EntityKind.PERSON, EntityKind.GROUP]),
        aliases=st.lists(NAME, max_size=3).map(tuple),
        same_as=st.lists(NAME, max_size=2).map(tuple),
        geo=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
        country=st.none() | st.sampled_from(["SE", "NO"]),
        roles=st.lists(st.builds(Role, NAME, st.none() | NAME, st.none() | NAME), max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=4,
)


@given(PARTS, st.randoms())
def test_order_and_repetition_do_not_show(parts: list[Entity], random: object) -> None:
    shuffled = [*parts, parts[0]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge_entities(shuffled) == merge_entities(parts)


@given(PARTS)
def test_a_merged_entity_may_be_a_part_again(parts: list[Entity]) -> None:
    merged = merge_entities(parts)
    assert merge_entities([merged]) == merged
    assert merge_entities([merged, *parts]) == merged
    assert merge_entities([merge_entities(parts[:1]), *parts[1:]]) == merged


@pytest.mark.parametrize("names", list(permutations(["Bo Ek", "Bo Anders Ek", "Bo Andree Ek", "Bo Andrea Ek"])))
def test_the_fullest_name_wins(names: tuple[str, ...]) -> None:
    parts = [Entity("e-1", name, EntityKind.PERSON, ("Ek",)) for name in names]
    merged = merge_entities(parts)
    assert merged.name == "Bo Anders Ek"
    assert merged.aliases == ("Bo Anders Ek", "Bo Andrea Ek", "Bo Andree Ek", "Bo Ek", "Ek")


def test_a_long_alias_is_no_name() -> None:
    parts = [Entity("e-1", "Vesna", EntityKind.COUNTRY, ("the Republic of Vesna", "Vesna"))] * 2
    assert merge_entities(parts).name == "Vesna"


def test_nothing_cannot_be_merged() -> None:
    with pytest.raises(UnknownId):
        merge_entities([])
