"""A small database built by hand, and a way to call the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.cli import main
from onrecord.stores import open_store
from tests.export.hand import Said, add_report, link, make_story

COUNT = "Health officials counted at least 40 patients by noon, Mayor Ida Falk said."
DENIED = "Otto Brand denied that any patients were there.\n=SUM(A1) is what the sheet showed, two clerks said."


@dataclass(frozen=True)
class Call:
    """What a call gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Call]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line in an empty folder, as in: statements, --who, Falk."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_DB", raising=False)
    monkeypatch.delenv("ONRECORD_ENGINE", raising=False)

    def call(*arguments: str) -> Call:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Call(code, out, err)

    return call


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a person looked at standard output, a hundred columns wide."""
    for module in ("output", "sheets", "show", "briefs"):
        monkeypatch.setattr(f"onrecord.cli.{module}.is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the sample story, which the tests only read."""
    from onrecord.cli.adding import add_sample

    path = tmp_path_factory.mktemp("sample") / "sample.db"
    store = open_store(str(path))
    try:
        add_sample(store)
    finally:
        store.close()
    return str(path)


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A database of two reports, three statements, a link and a story."""
    path = tmp_path / "hand.db"
    store = open_store(str(path))
    try:
        first = add_report(
            store,
            COUNT,
            Said(
                "Mayor Ida Falk",
                "said",
                "Health officials counted at least 40 patients by noon",
                "Ida Falk",
                figures=(("at least 40", "patients"),),
            ),
            uri="https://herald.example/1",
            title="Patients in Lund",
        )
        second = add_report(
            store,
            DENIED,
            Said("Otto Brand", "denied", "that any patients were there", "Otto Brand", stance="denies"),
            Said("two clerks", "said", "=SUM(A1) is what the sheet showed"),
            outlet="Post",
            published="2025-03-05",
            uri="https://post.example/2",
        )
        store.put_links([link(second.statements[0].id, "denies", first.statements[0].id)])
        store.put_stories([make_story("Patients in Lund", (first, second))])
    finally:
        store.close()
    return str(path)
