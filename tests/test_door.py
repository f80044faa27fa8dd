"""The library's public names."""

from __future__ import annotations

import doctest

import pytest

import onrecord


@pytest.mark.parametrize("name", onrecord.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(onrecord, name) is not None
    assert name in dir(onrecord)


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="telepathy"):
        _ = onrecord.telepathy


def test_the_example_of_the_door_runs() -> None:
    outcome = doctest.testmod(onrecord)
    assert outcome.attempted >= 4
    assert outcome.failed == 0
