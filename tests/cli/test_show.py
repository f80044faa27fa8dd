"""`show`, `source`, `brief` and the record as a whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from onrecord.stores import open_store
from tests.cli.conftest import COUNT, Run


def rows(run: Run, command: str, db: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(run(command, "--db", db, "--format", "json").out)
    return found


def test_show_quotes_the_evidence_in_its_paragraph(run: Run, db: str) -> None:
    denied = rows(run, "statements", db)[1]["id"]
    shown = run("show", denied[:10], "--db", db)
    assert shown.code == 0
    assert f"statement {denied}" in shown.out
    assert "¶1  Otto Brand denied «that any patients were there»." in shown.out
    assert "denies s-" in shown.out
    assert "because told so" in shown.out


def test_show_says_from_the_other_side_who_denies(run: Run, db: str) -> None:
    shown = run("show", rows(run, "statements", db)[0]["id"], "--db", db)
    assert "is denied by s-" in shown.out


def test_show_opens_every_type(run: Run, db: str) -> None:
    store = open_store(db)
    try:
        kinds = {kind: next(iter(store.records(kind)), None) for kind in store.counts()}
    finally:
        store.close()
    shown = [run("show", record.id, "--db", db) for record in kinds.values() if record]
    assert len(shown) >= 6
    assert all(call.code == 0 and call.out for call in shown), [call for call in shown if call.code]


def test_show_as_json_is_the_line_of_the_record_with_its_links(run: Run, db: str) -> None:
    identity = rows(run, "statements", db)[1]["id"]
    line = json.loads(run("show", identity, "--db", db, "--format", "json").out)
    assert (line["type"], line["id"], line["stance"]) == ("statement", identity, "denies")
    assert line["links"][0]["kind"] == "denies"


def test_an_id_that_nothing_has(run: Run, db: str) -> None:
    shown = run("show", "s-ffffffff", "--db", db)
    assert shown.code == 2
    assert "no thing on the record has an id that starts with 's-ffffffff'" in shown.err


def test_source_gives_the_text_to_the_byte(run: Run, db: str) -> None:
    report = rows(run, "reports", db)[0]["id"]
    assert run("source", report, "--db", db).out == COUNT
    assert run("source", "https://herald.example/1", "--db", db).out == COUNT
    assert run("source", report, "--original", "--db", db).out == COUNT


def test_source_of_an_unknown_report(run: Run, db: str) -> None:
    assert run("source", "https://nowhere.example/", "--db", db).code == 2


@pytest.mark.parametrize("form", ["md", "text", "json"])
def test_brief_in_each_format(run: Run, db: str, form: str) -> None:
    shown = run("brief", "--db", db, "--format", form)
    assert shown.code == 0
    assert "Ida Falk" in shown.out
    assert "this says who says what, not what is true" in shown.out


def test_brief_of_a_story_and_of_a_day(run: Run, db: str) -> None:
    store = open_store(db)
    story = store.stories()[0].id
    store.close()
    assert "Otto Brand" in run("brief", "--story", story, "--db", db).out
    assert "Otto Brand" not in run("brief", "--as-of", "2025-03-03", "--db", db).out


def test_brief_counts_the_lines_it_stopped(run: Run, db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.export.briefing_verify.Verifier.fault", lambda *_: "made to fail")
    shown = run("brief", "--db", db)
    assert shown.code == 0
    assert ": made to fail" in shown.err
    assert "Ida Falk" not in shown.out


def test_export_import_export_gives_the_same_bytes(run: Run, db: str, tmp_path: Path) -> None:
    assert run("export", "--db", db, "-o", "one.jsonl").code == 0
    assert run("import", "one.jsonl", "--db", "copy.db").code == 0
    assert run("export", "--db", "copy.db", "-o", "two.jsonl").code == 0
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    assert not (tmp_path / "one.jsonl.part").exists()


def test_export_to_a_folder_that_is_not_there_gives_74(run: Run, db: str) -> None:
    assert run("export", "--db", db, "-o", "nowhere/one.jsonl").code == 74


def test_import_of_something_else_gives_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"type": "statement"}\n')
    shown = run("import", "bad.jsonl", "--db", "new.db")
    assert shown.code == 1
    assert "line 1" in shown.err
    assert "`add` reads reports" in shown.err


def test_verify_says_it_once(run: Run, db: str) -> None:
    shown = run("verify", "--db", db)
    assert shown.out.count("all holds") == 1
    assert shown.err == ""


def test_verify_says_that_all_holds(run: Run, db: str) -> None:
    shown = run("verify", "--db", db)
    assert (shown.code, shown.out[:9]) == (0, "all holds"), shown


def test_verify_finds_what_does_not_hold(run: Run, db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.export.verify.verify", lambda _: ("s-1: the quotation is another",))
    shown = run("verify", "--db", db)
    assert shown.code == 1
    assert shown.out == "s-1: the quotation is another\n"


def test_backup_copies_and_replaces_nothing(run: Run, db: str, tmp_path: Path) -> None:
    assert run("backup", "copy.db", "--db", db).code == 0
    assert "Ida Falk" in run("statements", "--db", "copy.db").out
    assert run("backup", "copy.db", "--db", db).code == 2


def test_show_says_in_words_how_sure_somebody_was(run: Run, db: str) -> None:
    listed = json.loads(run("statements", "--db", db, "--format", "json").out)
    shown = run("show", listed[0]["id"], "--db", db).out
    assert "how sure  certain (CT+)" in shown
    assert "be told plainly" in shown


def test_show_says_how_sure_each_part_is_and_what_found_it(run: Run, sample: str) -> None:
    listed = [row for row in rows(run, "statements", sample) if row["cue_confidence"] is not None]
    assert listed
    assert all(":" in row["rule"] for row in listed)
    shown = run("show", listed[0]["id"], "--db", sample).out
    source, cue, content = (f"{float(listed[0][f'{part}_confidence']):.2f}" for part in ("source", "cue", "content"))
    assert re.search(rf"^  its parts  source {source}, cue {cue}, content {content}$", shown, re.MULTILINE)
    assert re.search(rf"^  found as   {listed[0]['rule']}$", shown, re.MULTILINE)


def test_an_engine_that_weighs_no_parts_has_none_to_show(run: Run, db: str) -> None:
    (first, *_) = rows(run, "statements", db)
    assert first["source_confidence"] is first["cue_confidence"] is first["content_confidence"] is None
    assert "its parts" not in run("show", first["id"], "--db", db).out
