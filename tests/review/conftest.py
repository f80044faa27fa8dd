"""The pages of the store contract with what is derived from them, in both stores, for people to judge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.ledger.store import Store
from onrecord.review.reading import Reviewed
from onrecord.review.verdicts import Reviewer
from onrecord.stores.memory import MemoryStore
from onrecord.stores.sqlite import SqliteStore
from tests.contracts.pages import PAGES
from tests.contracts.store import a_claim, a_copy, a_link, some_figures

WHEN = "2031-06-01T12:00:00Z"


def fill(store: Store) -> None:
    """The pages, a link, a claim and a series; no judgement."""
    for page, keys in PAGES:
        store.add(page, keys)
    store.put_links([a_link(store)])
    store.put_copies([a_copy(store)])
    claim, origins = a_claim(store)
    store.put_claims([claim], origins)
    store.put_series([(figure, "q-1a2b3c4d") for figure in some_figures(store)[:2]])


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened: Store = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "review.db")
    with closing(opened):
        fill(opened)
        yield opened


@pytest.fixture
def ida(store: Store) -> Reviewer:
    return Reviewer(store, "Ida Berg", when=WHEN)


@pytest.fixture
def view(store: Store) -> Reviewed:
    return Reviewed(store)
