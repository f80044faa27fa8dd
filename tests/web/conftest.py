"""The reading room over the sample story, read once by rules alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.flow import add_readings
from onrecord.read.jsonl import read_jsonl
from onrecord.resources import read_text
from onrecord.stores import open_store

pytest.importorskip("fastapi", reason="the reading room needs the extra: pip install 'onrecord[web]'")
pytest.importorskip("httpx2", reason="the tests of the reading room need httpx2")

from starlette.testclient import TestClient

from onrecord.review.queue import Batches
from onrecord.review.reading import Reviewed
from onrecord.web.app import create_app
from onrecord.web.keeping import Keeper
from onrecord.web.settings import Settings

HERE = "http://127.0.0.1:8400"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample story."""
    path = tmp_path_factory.mktemp("web") / "sample.db"
    store = open_store(path)
    add_readings(read_jsonl(read_text("sample/reports.jsonl").encode("utf-8")), store, engine="fast")
    store.close()
    return path


@pytest.fixture(scope="session")
def room(sample: Path) -> Iterator[TestClient]:
    """The reading room over the sample story; a fault in it fails the test."""
    with TestClient(create_app(Settings(db=str(sample))), base_url=HERE) as client:
        yield client


@pytest.fixture
def db(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample story, to be judged."""
    path = tmp_path / "judged.db"
    shutil.copy(sample, path)
    return path


@pytest.fixture(scope="session")
def workroom(sample: Path) -> Iterator[TestClient]:
    """One application for all tests that write; `desk` gives each a record of its own."""
    with TestClient(create_app(Settings(db=str(sample))), base_url=HERE) as client:
        yield client


@pytest.fixture
def desk(workroom: TestClient, db: Path) -> Iterator[TestClient]:
    """The reading room over a record of one's own, and nobody's name kept."""
    state, kept = workroom.app.state, {}  # type: ignore[attr-defined]
    store = open_store(db, create=False)
    own = {"store": store, "record": Reviewed(store), "keeper": Keeper(), "batches": Batches()}
    for name, value in own.items():
        kept[name] = getattr(state, name)
        setattr(state, name, value)
    workroom.cookies.clear()
    yield workroom
    for name, value in kept.items():
        setattr(state, name, value)
    store.close()


@pytest.fixture(scope="session")
def empty_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The reading room over a record with nothing in it."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    open_store(path).close()
    with TestClient(create_app(Settings(db=str(path))), base_url=HERE) as client:
        yield client


@pytest.fixture(scope="session")
def ids(room: TestClient) -> dict[str, str]:
    """An id of each kind, for the addresses above."""
    lists = {
        "speaker": "/speakers",
        "report": "/reports",
        "statement": "/statements",
        "story": "/stories",
        "claim": "/claims",
    }
    found = {kind: room.get(path + ".json").json()["rows"][0]["id"] for kind, path in lists.items()}
    figures = room.get("/figures.json").json()["rows"]
    series = next(row["series"] for row in figures if row["series"])
    return found | {"origin": room.get("/statements.json").json()["rows"][0]["origin"], "series": series}
