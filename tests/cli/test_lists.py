"""The lists: formats, filters, and what a spreadsheet or a terminal could take amiss."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from onrecord.cli.output import emit
from onrecord.export.cells import Column, as_json, safe
from onrecord.export.timeline_rows import spoken_date
from tests.cli.conftest import Run


def test_statements_name_who_and_keep_the_words(run: Run, db: str) -> None:
    lines = run("statements", "--db", db).out.splitlines()
    assert lines[0].split() == ["id", "published", "who", "stance", *"what, in the words of the report".split()]
    assert "Ida Falk" in lines[1]
    assert "at least 40 patients" in lines[1]
    assert "two clerks" in lines[3]


def test_json_is_one_list_and_jsonl_one_object_a_line(run: Run, db: str) -> None:
    rows = json.loads(run("statements", "--db", db, "--format", "json").out)
    lines = run("statements", "--db", db, "--format", "jsonl").out.splitlines()
    assert rows == [json.loads(line) for line in lines]
    assert [row["who"] for row in rows] == ["Ida Falk", "Otto Brand", "two clerks"]
    assert rows[0]["uri"] == "https://herald.example/1"
    assert rows[0]["spans"] == [[0, 53]]


def test_json_of_nothing_is_an_empty_list(run: Run, db: str) -> None:
    shown = run("statements", "--db", db, "--who", "Nobody Known", "--format", "json")
    assert json.loads(shown.out) == []
    assert shown.code == 0
    assert "nothing on the record fits" in shown.err


def test_a_csv_cell_is_no_formula(run: Run, db: str) -> None:
    rows = list(csv.DictReader(StringIO(run("statements", "--db", db, "--format", "csv").out)))
    assert rows[2]["content"] == "'=SUM(A1) is what the sheet showed"


@pytest.mark.parametrize(
    ("filters", "who"),
    [
        (("--who", "falk"), ["Ida Falk"]),
        (("--stance", "denies"), ["Otto Brand"]),
        (("--since", "2025-03-04"), ["Otto Brand", "two clerks"]),
        (("--until", "2025-03-04"), ["Ida Falk"]),
        (("--as-of", "2025-03-03"), ["Ida Falk"]),
        (("--plain",), ["Ida Falk", "Otto Brand"]),
        (("--limit", "1"), ["Ida Falk"]),
        (("--report", "https://post.example/2"), ["Otto Brand", "two clerks"]),
        (("sheet",), ["two clerks"]),
        (("patients", "--stance", "denies"), ["Otto Brand"]),
    ],
)
def test_filters(run: Run, db: str, filters: tuple[str, ...], who: list[str]) -> None:
    rows = json.loads(run("statements", *filters, "--db", db, "--format", "json").out)
    assert [row["who"] for row in rows] == who


def test_a_report_or_story_is_found_by_the_start_of_its_id(run: Run, db: str) -> None:
    story = json.loads(run("reports", "--db", db, "--format", "json").out)[0]["id"]
    assert run("statements", "--report", story[:8], "--db", db).code == 0
    assert run("statements", "--report", "r-ffffffffff", "--db", db).code == 2


def test_figures_say_whose_they_are(run: Run, db: str) -> None:
    (row,) = json.loads(run("figures", "--db", db, "--format", "json").out)
    assert (row["whose"], row["text"], row["of"], row["low"]) == ("Ida Falk", "at least 40", "patients", 40)


def test_speakers_and_reports(run: Run, db: str) -> None:
    speakers = json.loads(run("speakers", "--db", db, "--format", "json").out)
    assert {row["name"] for row in speakers} >= {"Ida Falk", "Otto Brand"}
    reports = json.loads(run("reports", "--db", db, "--format", "json").out)
    assert [row["outlet"] for row in reports] == ["City Herald", "Post"]


def test_stories_say_how_many_reports_they_have(run: Run, db: str) -> None:
    (row,) = json.loads(run("stories", "--db", db, "--format", "json").out)
    assert (row["title"], row["reports"]) == ("Patients in Lund", 2)


def test_timeline_rows_have_the_keys_that_programs_count_on(run: Run, db: str) -> None:
    rows = json.loads(run("timeline", "--db", db, "--format", "json").out)
    assert [set(row) for row in rows] == [{"date", "statement", "event", "spans"}] * 3
    assert rows[0]["date"] == "2025-03-03"
    assert rows[0]["spans"] == [{"uri": "https://herald.example/1", "start": 0, "end": 53}]


def test_a_timeline_of_somebody_has_what_they_say(run: Run, db: str) -> None:
    assert len(json.loads(run("timeline", "--entity", "Otto Brand", "--db", db, "--format", "json").out)) == 1
    assert json.loads(run("timeline", "--entity", "Nobody Known", "--db", db, "--format", "json").out) == []


def test_control_characters_are_written_out() -> None:
    assert safe("a\x1b[31mb\u202ec\td\n") == "a\\x1b[31mb\\u202ec\td\n"
    assert json.loads(as_json({"a": "\x9b\u2028\x1b"})) == {"a": "\x9b\u2028\x1b"}
    assert as_json("\x9b\u202e") == '"\\u009b\\u202e"'


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_every_beginning_of_a_formula_is_made_harmless(capsys: pytest.CaptureFixture[str], cell: str) -> None:
    emit([{"a": cell, "n": -5}], (Column("a", "a"),), "csv")
    value, number = next(csv.reader(StringIO(capsys.readouterr().out.split("\n", 1)[1])))
    assert value.startswith("'")
    assert number == "-5"


def test_a_name_that_nobody_has_is_answered_with_where_the_names_are(run: Run, db: str) -> None:
    assert "`onrecord speakers` lists who speaks" in run("statements", "--who", "Nobody", "--db", db).err
    assert "`onrecord speakers` lists who speaks" in run("timeline", "--entity", "Nobody", "--db", db).err
    assert "speakers" not in run("statements", "zzz", "--db", db).err


def test_a_season_is_written_out_for_people() -> None:
    assert [spoken_date(date) for date in ("2024-WI", "2025-Q1", "2025-03-04", None)] == [
        "winter 2024", "2025-Q1", "2025-03-04", None,
    ]  # fmt: skip


def test_a_part_of_a_name_is_answered_with_the_whole(run: Run, db: str) -> None:
    assert "there is also 'two clerks'" in run("statements", "--who", "clerks", "--db", db).err
    assert "there is also" not in run("statements", "--who", "Ida Falk", "--db", db).err
    assert "there is also" not in run("statements", "--who", "clerks", "--db", db, "--format", "json").err
