"""Events on the command line: shown by their id, with the statement that tells them, and in the timeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXT = (
    "Rebels shelled the port of Sochi on 4 March 2025, Otto Brand said. "
    "Police in Lyon arrested nine men on 2 March 2025. Ukraine accused Russia of lying."
)


@pytest.fixture
def port(run: Run, tmp_path: Path) -> str:
    """A database with one report of three events."""
    path = tmp_path / "port.txt"
    path.write_text(TEXT, "utf-8")
    db = str(tmp_path / "port.db")
    added = run("add", path, "--db", db, "--engine", "fast", "--published", "2025-03-05", "--outlet", "Herald")
    assert added.code == 0, added.err
    return db


def lines(run: Run, db: str, kind: str) -> list[dict[str, str]]:
    run("export", "--db", db, "--format", "record", "-o", "out.jsonl")
    every = [json.loads(line) for line in Path("out.jsonl").read_text("utf-8").splitlines()]
    return [line for line in every if line["type"] == kind]


def test_show_an_event_says_who_did_what_to_whom(run: Run, port: str) -> None:
    (event,) = [line for line in lines(run, port, "event") if line["text"] == "accused"]
    shown = run("show", event["id"], "--db", port).out
    assert f"event {event['id']}" in shown
    assert "ACCUSE (allege)" in shown
    assert "Ukraine" in shown
    assert "Russia" in shown
    assert "the report itself" in shown
    assert "«accused»" in shown


def test_show_a_statement_lists_the_events_that_it_tells(run: Run, port: str) -> None:
    (statement,) = (line for line in lines(run, port, "statement") if "shelled" in line["content"]["text"])  # type: ignore[index]
    shown = run("show", statement["id"], "--db", port).out
    assert "events" in shown
    assert "ASSAULT · heavy-weapons · shelled" in shown


def test_the_timeline_has_what_is_said_and_what_the_report_tells(run: Run, port: str) -> None:
    rows = json.loads(run("timeline", "--db", port, "--format", "json").out)
    told = {line["text"]: line["id"] for line in lines(run, port, "event")}
    assert [(row["date"], row["event"], row["statement"] is None) for row in rows[:2]] == [
        ("2025-03-02", told["arrested"], True),
        ("2025-03-04", told["shelled"], False),
    ]
    start = TEXT.index("arrested")
    assert [(span["start"], span["end"]) for span in rows[0]["spans"]] == [(start, start + len("arrested"))]
    assert run("timeline", "--db", port).code == 0


def test_the_timeline_of_somebody_has_the_events_that_they_have_a_part_in(run: Run, port: str) -> None:
    rows = json.loads(run("timeline", "--entity", "Lyon", "--db", port, "--format", "json").out)
    assert [row["date"] for row in rows] == ["2025-03-02"]
    assert json.loads(run("timeline", "--entity", "Nobody Known", "--db", port, "--format", "json").out) == []


def test_a_record_with_events_is_verified(run: Run, port: str) -> None:
    assert run("verify", "--db", port).code == 0
