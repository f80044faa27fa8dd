"""`review` on the command line: verdicts, lists, and what every other command makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _author(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_AUTHOR", "Ida Berg")


def call(db: str, capsys: Capture, *words: str, code: int = 0) -> str:
    """What a call prints."""
    assert main([*words, "--db", db]) == code, capsys.readouterr().err
    return capsys.readouterr().out


def rows(db: str, capsys: Capture, *words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(call(db, capsys, *words, "--format", "json"))
    return found


def statement(db: str, capsys: Capture, words: str) -> str:
    return next(str(row["id"]) for row in rows(db, capsys, "statements") if words in str(row["content"]))


def test_a_verdict_is_told_and_logged(db: str, capsys: Capture) -> None:
    one = statement(db, capsys, "40 patients")
    assert f"Ida Berg confirmed {one}" in call(db, capsys, "review", "confirm", one[:10])
    call(db, capsys, "review", "reject", one, "--author", "Otto", "--note", "twice")
    log = rows(db, capsys, "review", "log")
    assert [(line["verdict"], line["author"], line["note"]) for line in log] == [
        ("confirm", "Ida Berg", None),
        ("reject", "Otto", "twice"),
    ]
    table = call(db, capsys, "review", "log")
    assert "twice" in table
    assert "all holds" in call(db, capsys, "verify")
    assert len(rows(db, capsys, "review", "log", "--by", "Otto")) == 1
    assert [line["verdict"] for line in rows(db, capsys, "review", "log", "--limit", "1")] == ["reject"]


def test_a_rejected_statement_is_in_no_list_and_can_be_shown(db: str, capsys: Capture) -> None:
    one = statement(db, capsys, "40 patients")
    call(db, capsys, "review", "reject", one, "--note", "a headline")
    assert one not in call(db, capsys, "statements", "--format", "json")
    assert [row["review"] for row in rows(db, capsys, "statements", "--review", "rejected")] == ["rejected"]
    assert len(rows(db, capsys, "statements", "--review", "all")) == len(rows(db, capsys, "statements")) + 1
    assert rows(db, capsys, "figures") == []
    sheet = call(db, capsys, "show", one)
    assert "rejected by Ida Berg" in sheet
    assert "a headline" in sheet
    assert "rests on rejected" in sheet
    assert json.loads(call(db, capsys, "show", one, "--format", "json"))["found"]["review"] == "none"
    for words in (["brief"], ["open"], ["claims"], ["timeline"], ["drift"], ["check", "40 patients"]):
        assert one[:10] not in call(db, capsys, *words)
    call(db, capsys, "review", "undo")
    assert one in call(db, capsys, "statements", "--format", "json")


def test_a_correction_is_read_everywhere(db: str, capsys: Capture) -> None:
    one = statement(db, capsys, "40 patients")
    words = ["--content", "at least 40 patients", "--stance", "estimates", "--figure", "40..45", "--no-cue"]
    call(db, capsys, "review", "correct", one, "--speaker", "Otto Brand", *words)
    (row,) = (r for r in rows(db, capsys, "statements", "--who", "Otto Brand") if r["id"] == one)
    assert (row["content"], row["stance"], row["cue"], row["review"]) == (
        "at least 40 patients",
        "estimates",
        None,
        "corrected",
    )
    assert [(f["low"], f["high"]) for f in rows(db, capsys, "figures")] == [(40, 45)]
    sheet = call(db, capsys, "show", one)
    for line in ("who: Ida Falk", "does: asserts", "figure at least 40: 40", "cue: said"):
        assert line in sheet
    call(db, capsys, "review", "correct", one, "--source", "@0:4")
    assert rows(db, capsys, "statements", "--review", "corrected")[0]["source"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "nothing is put right"),
        (["--content", "words of no report"], "does not stand in report"),
        (["--content", "@5:99999"], "does not lie in report"),
        (["--source", "Ida", "--no-source"], "say different things"),
        (["--speaker", "Ida Falk", "--nobody"], "say different things"),
        (["--speaker", "Ida Falk", "--new-speaker", "Jo"], "give one of them"),
        (["--speaker", "Nobody Known"], "nobody on the record is called"),
        (["--speaker", "e-0000000000"], "no entity"),
        (["--figure", "many"], "is no range"),
        (["--figure", "50..40"], "is no range"),
        (["--figure", ".."], "low or a high"),
        (["--figure", "f-0000000000=4"], "no figure"),
        (["--stance", "shouts"], "shouts"),
        (["--author", "", "--nobody"], "who judges"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(db: str, capsys: Capture, words: list[str], told: str) -> None:
    one = statement(db, capsys, "40 patients")
    assert main(["review", "correct", one, *words, "--db", db]) == 2
    assert told in capsys.readouterr().err
    assert rows(db, capsys, "review", "log") == []


@pytest.mark.parametrize("verdict", ["confirm", "reject", "correct", "undo", "merge", "split"])
def test_an_id_that_nobody_has_is_named(db: str, capsys: Capture, verdict: str) -> None:
    more = {"merge": ["Otto Brand"], "correct": ["--nobody"]}.get(verdict, [])
    assert main(["review", verdict, "x-12345", *more, "--db", db]) == 2
    assert "x-12345" in capsys.readouterr().err


def test_a_report_is_no_statement(db: str, capsys: Capture) -> None:
    report = str(rows(db, capsys, "reports")[0]["id"])
    assert main(["review", "confirm", report, "--db", db]) == 2
    assert "is of type report" in capsys.readouterr().err


def test_nothing_to_undo_is_said(db: str, capsys: Capture) -> None:
    assert main(["review", "undo", "--db", db]) == 2
    assert "nothing to undo" in capsys.readouterr().err


def test_a_link_is_judged_like_a_statement(db: str, capsys: Capture) -> None:
    one = statement(db, capsys, "any patients were there")
    (link,) = json.loads(call(db, capsys, "show", one, "--format", "json"))["links"]
    call(db, capsys, "review", "reject", link["id"])
    assert json.loads(call(db, capsys, "show", one, "--format", "json"))["links"] == []
    assert "rejected by Ida Berg" in call(db, capsys, "show", link["id"])


def test_who_is_one_and_who_is_two(db: str, capsys: Capture) -> None:
    call(db, capsys, "review", "merge", "Ida Falk", "Otto Brand")
    assert len(rows(db, capsys, "statements", "--who", "Otto Brand")) == 2
    assert [row["name"] for row in rows(db, capsys, "speakers", "--who", "Otto Brand")] == ["Ida Falk"]
    assert main(["review", "merge", "Ida Falk", "Otto Brand", "--db", db]) == 2
    capsys.readouterr()
    one = statement(db, capsys, "any patients were there")
    call(db, capsys, "review", "split", "Ida Falk", "--statement", one, "--name", "Otto Brand of Lund")
    assert [row["id"] for row in rows(db, capsys, "statements", "--who", "Otto Brand of Lund")] == [one]


def test_the_queue_the_precision_and_the_orphans_are_lists(db: str, capsys: Capture) -> None:
    waiting = rows(db, capsys, "review", "next")
    assert [row["score"] for row in waiting] == sorted((row["score"] for row in waiting), reverse=True)  # type: ignore[type-var]
    assert "=SUM" in json.dumps(waiting)
    assert "'=SUM" in call(db, capsys, "review", "next", "--format", "csv")
    call(db, capsys, "review", "confirm", str(waiting[0]["id"]))
    assert waiting[0]["id"] not in {row["id"] for row in rows(db, capsys, "review", "next")}
    assert rows(db, capsys, "review", "next", "--kind", "song") == []
    assert len(rows(db, capsys, "review", "next", "--sample", "--limit", "1")) == 1
    every = rows(db, capsys, "review", "precision")[0]
    assert (every["group"], every["judged"], every["right"]) == ("all", 1, 1)
    assert rows(db, capsys, "review", "orphans") == []


def test_a_log_is_taken_to_another_database(db: str, capsys: Capture, tmp_path: Path) -> None:
    one = statement(db, capsys, "40 patients")
    call(db, capsys, "review", "reject", one)
    call(db, capsys, "review", "confirm", statement(db, capsys, "any patients"))
    lines = call(db, capsys, "review", "log", "--format", "jsonl")
    record = tmp_path / "record.jsonl"
    assert main(["export", "--db", db, "-o", str(record)]) == 0
    assert '"review":"rejected"' in record.read_text("utf-8")
    whole, only = str(tmp_path / "whole.db"), str(tmp_path / "only.db")
    assert main(["import", str(record), "--db", whole]) == 0
    assert "2 judgements" in capsys.readouterr().err
    assert main(["export", "--db", whole, "-o", str(tmp_path / "again.jsonl")]) == 0
    assert (tmp_path / "again.jsonl").read_bytes() == record.read_bytes()
    (tmp_path / "log.jsonl").write_text(lines, "utf-8")
    assert main(["import", str(tmp_path / "log.jsonl"), "--db", only]) == 0
    capsys.readouterr()
    orphans = rows(only, capsys, "review", "orphans")
    assert next((row["about"], row["why"]) for row in orphans) == (one, "its report is not on the record")
    assert "all holds" in call(only, capsys, "verify")


def test_a_log_that_was_cut_off_is_known_by_its_hash(db: str, capsys: Capture) -> None:
    call(db, capsys, "review", "reject", statement(db, capsys, "40 patients"))
    head = str(rows(db, capsys, "review", "log")[0]["hash"])
    assert "all holds" in call(db, capsys, "verify", "--head", head)
    assert "no line of hash" in call(db, capsys, "verify", "--head", "ab" * 32, code=1)


def test_a_judgement_can_be_shown(db: str, capsys: Capture) -> None:
    one = statement(db, capsys, "40 patients")
    made = json.loads(call(db, capsys, "review", "correct", one, "--new-speaker", "Jo Lind", "--format", "json"))
    sheet = call(db, capsys, "show", made["id"])
    for words in ("correct", "Ida Berg", "Jo Lind", one, made["hash"]):
        assert words in sheet


@pytest.mark.parametrize("name", ["next", "confirm", "correct", "reject", "merge", "split", "undo", "log", "precision"])
def test_help_ends_in_examples(capsys: Capture, name: str) -> None:
    assert main(["review", name, "--help"]) == 0
    assert f"onrecord review {name}" in capsys.readouterr().out.partition("Examples:")[2]


def test_names_of_reviewers_reach_no_terminal_raw(db: str, capsys: Capture) -> None:
    one = statement(db, capsys, "40 patients")
    assert "\x1b" not in call(db, capsys, "review", "reject", one, "--author", "I\x1b[31mda", "--note", "\x1b]0;x\x07")
    assert "\x1b" not in call(db, capsys, "show", one)
    assert "\x1b" not in call(db, capsys, "review", "log")
