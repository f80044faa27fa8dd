"""`stories --changes`, `show` of a story and `--story` with an id of old."""

from __future__ import annotations

import json

import pytest

from onrecord.flow import add_readings
from onrecord.model import Reading
from onrecord.read import jsonl
from onrecord.stores.sqlite import SqliteStore
from tests.cli.conftest import Run
from tests.export.test_storylines import avalanches


@pytest.fixture(scope="module")
def fallen(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database to which the reports came one by one, the latest first."""
    path = tmp_path_factory.mktemp("fallen") / "a.db"
    store = SqliteStore(path)
    for line in reversed(avalanches()):
        add_readings([r for r in jsonl.read_jsonl(line) if isinstance(r, Reading)], store, engine="fast")
    store.close()
    return str(path)


def test_the_command_line_tells_what_joined_and_parted_stories(run: Run, fallen: str) -> None:
    rows = [
        json.loads(line) for line in run("stories", "--db", fallen, "--changes", "--format", "jsonl").out.splitlines()
    ]
    assert "parted" in {row["kind"] for row in rows}
    assert [row["when"] for row in rows] == sorted((row["when"] for row in rows), reverse=True)
    assert "parted" in run("stories", "--db", fallen, "--changes").out
    gone = next(one for row in rows for one in row["before"] if one not in rows[0]["after"])
    shown = run("show", "--db", fallen, gone)
    assert shown.code == 0
    assert f"{gone} is no story any more" in shown.err
    assert "as published" in shown.out
    assert "as recorded here" in shown.out
    assert "fell into" in shown.out


def test_a_story_as_json_has_its_changes_by_both_clocks(run: Run, fallen: str) -> None:
    story = json.loads(run("stories", "--db", fallen, "--format", "jsonl", "--limit", "1").out)["id"]
    line = json.loads(run("show", "--db", fallen, story, "--format", "json").out)
    assert {change["clock"] for change in line["changes"]} == {"published", "recorded"}


def test_a_filter_takes_an_old_id(run: Run, fallen: str) -> None:
    rows = [
        json.loads(line) for line in run("stories", "--db", fallen, "--changes", "--format", "jsonl").out.splitlines()
    ]
    gone = next(one for row in rows for one in row["before"] if one not in rows[0]["after"])
    assert run("reports", "--db", fallen, "--story", gone).code == 0


def test_as_of_the_first_day_the_command_line_shows_what_there_was(run: Run, fallen: str) -> None:
    told = run("stories", "--db", fallen, "--as-of", "2025-03-01", "--format", "jsonl").out.splitlines()
    assert sum(json.loads(line)["reports"] for line in told) == 2
    for line in told:
        assert run("show", "--db", fallen, json.loads(line)["id"], "--as-of", "2025-03-01").code == 0


@pytest.mark.parametrize("asked", ["st-0000000000000000", "st-zz", "st-%%%%"])
def test_an_id_that_was_never_given_is_a_wrong_call(run: Run, fallen: str, asked: str) -> None:
    shown = run("show", "--db", fallen, asked)
    assert (shown.code, shown.out) == (2, "")
    assert "Traceback" not in shown.err
