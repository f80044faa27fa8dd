"""Who has how much: only those who may be shown are looked up, and the list is the same."""

from __future__ import annotations

import random

import pytest

from onrecord.ledger.counting import Said, count, count_speakers, largest, told
from onrecord.model import Entity, EntityKind


def _entity(identity: str) -> Entity:
    return Entity(identity, f"Name {identity[-2:]}", EntityKind.PERSON)


SAID = [
    Said(f"e-{n:02}" if n % 3 else None, f"source {n}", f"r-{draw.randrange(9)}", f"2025-03-{draw.randrange(1, 29):02}")
    for draw in (random.Random(7),)
    for n in (draw.randrange(40) for _ in range(300))
]


@pytest.mark.parametrize("most", [0, 1, 2, 7, 39, 40, 41, 1000, None])
def test_the_first_are_those_of_the_whole_list(most: int | None) -> None:
    few = told(largest(count(SAID), most), _entity)
    assert few[:most] == count_speakers(SAID, _entity)[:most]


def test_those_who_cannot_be_among_the_first_are_not_looked_up() -> None:
    asked: list[str] = []

    def look(identity: str) -> Entity:
        asked.append(identity)
        return _entity(identity)

    said = (
        [Said("e-01", "A", "r-1", None)] * 3 + [Said("e-02", "B", "r-1", None)] * 2 + [Said("e-03", "C", "r-1", None)]
    )
    assert [row.name for row in told(largest(count(said), 2), look)] == ["Name 01", "Name 02"]
    assert asked == ["e-01", "e-02"]
