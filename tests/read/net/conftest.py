"""A site on loopback, and somebody who fetches from it alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.read.net.fetching import Fetcher, Manners
from tests.read.net.site import Site, serving

QUICK = Manners(connect=2.0, silence=1.0, whole=3.0, pause=0.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def waits() -> list[float]:
    """For how long was waited."""
    return []


@pytest.fixture
def fetcher(site: Site, waits: list[float]) -> Iterator[Fetcher]:
    """May fetch from the site, and waits without waiting."""
    with Fetcher([site.place], QUICK, sleep=waits.append) as made:
        yield made
