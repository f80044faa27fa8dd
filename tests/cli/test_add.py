"""`add` and `demo`: what goes in, what is refused and why, and the exit code of each."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from onrecord.cli.adding import SAMPLE
from onrecord.flow import make_steps
from onrecord.registry import ENGINES
from onrecord.resources import read_text, weights
from tests.cli.conftest import Run

STORY = "Bridge closed\nAbout 300 lorries a day must turn round, Mayor Ruth Calder said on Monday.\n"


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_report_goes_in_and_its_record_comes_out(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STORY)
    shown = run("add", "a.txt", "--outlet", "City Herald", "--published", "2025-05-12", "--title", "Bridge closed")
    assert (shown.code, shown.out) == (0, "")
    assert shown.err == "onrecord: added 1 report\n"
    (row,) = json.loads(run("statements", "--format", "json").out)
    assert (row["who"], row["outlet"], row["published"]) == ("Ruth Calder", "City Herald", "2025-05-12")
    (report,) = json.loads(run("reports", "--format", "json").out)
    assert report["title"] == "Bridge closed"
    assert run("source", report["id"]).out == STORY


def test_the_same_report_again_adds_nothing(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STORY)
    run("add", "a.txt")
    shown = run("add", "a.txt")
    assert shown.code == 0
    assert shown.err == "onrecord: added 0 reports, 1 already known\n"


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    assert run("add", "-", "--uri", "https://herald.example/bridge").code == 0
    assert json.loads(run("reports", "--format", "json").out)[0]["uri"] == "https://herald.example/bridge"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "not-text"),
        ("large.txt", b"a " * 10_000_000, "too-large"),
        ("latin.txt", "Die Brücke ist müde.".encode("latin-1"), "bad-encoding"),
        ("line.jsonl", b"{not json}\n", "bad-line"),
    ],
)
def test_bad_input_is_refused_by_name_with_its_reason(
    run: Run, tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    write(tmp_path, name, data)
    shown = run("add", name)
    assert shown.code == 65
    assert f"refused {name}" in shown.err
    assert f": {reason}: " in shown.err
    assert "no input could be read" in shown.err
    assert "Traceback" not in shown.err


def test_what_is_not_there_is_refused(run: Run) -> None:
    shown = run("add", "nowhere.txt")
    assert shown.code == 65
    assert "refused nowhere.txt: not-found: " in shown.err


def test_one_broken_file_of_ten_leaves_the_other_nine(run: Run, tmp_path: Path) -> None:
    for k in range(9):
        write(tmp_path, f"in/{k}.txt", STORY.replace("300", str(300 + k)))
    write(tmp_path, "in/broken.txt", b"\xff\xfe\x00\x00\xff")
    shown = run("add", "in")
    assert shown.code == 1
    assert "added 9 reports, 1 refused" in shown.err
    assert shown.err.count("refused in/") == 1
    assert run("add", "in", "--allow-partial").code == 0


def test_one_bad_line_of_a_batch_costs_only_itself(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"b-{k}", "text": STORY.replace("300", str(k + 300))}) for k in range(20)]
    lines[7] = '{"id": "b-7"}'
    write(tmp_path, "batch.jsonl", "\n".join(lines))
    shown = run("add", "batch.jsonl")
    assert shown.code == 1
    assert "refused batch.jsonl:8: bad-line: " in shown.err
    assert "added 19 reports, 1 refused" in shown.err


@pytest.mark.parametrize("option", ["--uri", "--title"])
def test_an_address_or_a_title_is_for_one_input(run: Run, tmp_path: Path, option: str) -> None:
    write(tmp_path, "in/a.txt", STORY)
    write(tmp_path, "b.txt", STORY)
    assert run("add", "in", option, "x").code == 2
    assert run("add", "in/a.txt", "b.txt", option, "x").code == 2


def test_a_server_that_is_not_there_gives_69(run: Run) -> None:
    assert run("statements", "--db", "postgresql://localhost/none").code == 69


# --- engines


@pytest.fixture
def unopened() -> None:
    """No engine has been opened by an earlier test."""
    weights.cache_clear()
    make_steps.cache_clear()


def test_every_engine_that_is_there_reads(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STORY)
    for engine in ("accurate", "fast"):
        assert run("add", "a.txt", "--engine", engine, "--db", f"{engine}.db").code == 0
        (row,) = json.loads(run("statements", "--format", "json", "--db", f"{engine}.db").out)
        assert row["who"] == "Ruth Calder"


@pytest.mark.usefixtures("unopened")
def test_rules_alone_need_no_model(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", STORY)
    monkeypatch.setattr("onrecord.flow.weights", lambda name: pytest.fail(f"weights {name} were opened"))
    assert run("add", "a.txt", "--engine", "fast").code == 0


@pytest.mark.usefixtures("unopened")
def test_an_engine_that_is_not_installed_gives_69_and_makes_no_database(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", STORY)
    monkeypatch.setattr("onrecord.resources.entry_points", lambda group: [])
    shown = run("add", "a.txt", "nowhere.txt", "--engine", "best", "--db", "new.db")
    assert shown.code == 69
    assert (
        shown.err
        == "onrecord: the weights 'best' are not installed: pip install onrecord-best (--engine fast needs none)\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.usefixtures("unopened")
def test_weights_that_were_changed_are_not_used(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", STORY)
    write(tmp_path, "torn/about.json", json.dumps({"sha256": {"tagger.onnx": "0" * 64}}))
    write(tmp_path, "torn/tagger.onnx", b"torn")
    monkeypatch.setattr("onrecord.resources.find_weights", lambda _: tmp_path / "torn")
    shown = run("add", "a.txt", "--db", "new.db")
    assert shown.code == 1
    assert "tagger.onnx: its SHA-256 is not the one in about.json" in shown.err
    assert not (tmp_path / "new.db").exists()


def test_an_engine_nobody_has_is_answered_with_those_there_are(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STORY)
    shown = run("add", "a.txt", "--engine", "telepathy")
    assert shown.code == 2
    assert all(f"'{name}'" in shown.err for name in ENGINES)


def test_the_environment_names_the_engine(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", STORY)
    monkeypatch.setenv("ONRECORD_ENGINE", "telepathy")
    assert run("add", "a.txt").code == 2
    assert run("add", "a.txt", "--engine", "fast").code == 0


def test_what_was_read_with_one_engine_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STORY)
    run("add", "a.txt", "--engine", "fast")
    before = run("export").out
    assert "1 already known" in run("add", "a.txt", "--engine", "accurate").err
    assert run("export").out == before


def test_an_empty_folder_is_nothing_to_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert run("add", "in").code == 65


def test_a_hundred_thousand_quotation_marks_do_no_harm(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "marks.txt", "She said: " + "“”\"'" * 25_000 + "\n")
    shown = run("add", "marks.txt")
    assert shown.code in {0, 65}
    assert "Traceback" not in shown.err


def test_a_name_with_control_characters_is_written_out(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a\x1b[31m.txt", b"")
    shown = run("add", "a\x1b[31m.txt")
    assert "\x1b" not in shown.err
    assert "\\x1b[31m.txt" in shown.err


def test_processes_make_the_same_record(run: Run, tmp_path: Path) -> None:
    for k in range(3):
        write(tmp_path, f"in/{k}.txt", STORY.replace("300", str(300 + k)))
    assert run("add", "in", "--db", "one.db").code == 0
    assert run("add", "in", "--db", "two.db", "--jobs", "2").code == 0
    assert run("export", "--db", "one.db").out == run("export", "--db", "two.db").out


# --- the sample story


def test_the_demo_puts_the_sample_on_record_and_prints_a_briefing(run: Run) -> None:
    shown = run("demo", "--db", "sample.db")
    assert shown.code == 0
    assert "this says who says what, not what is true" in shown.out
    for heading in ("Where it stands", "Figures", "Moved", "Open", "Not attributed by name"):
        assert f"\n## {heading}\n" in shown.out
    assert "onrecord show s-" in shown.err
    assert run("verify", "--db", "sample.db").code == 0


def test_the_demo_a_second_time_adds_nothing(run: Run) -> None:
    first = run("demo", "--db", "sample.db")
    second = run("demo", "--db", "sample.db")
    assert second.code == 0
    assert "added 0 reports, 6 already known" in second.err
    assert first.out == second.out


def test_the_demo_leaves_other_peoples_records_alone(run: Run, db: str) -> None:
    shown = run("demo", "--db", db)
    assert shown.code == 2
    assert "holds other reports" in shown.err


def test_the_sample_is_six_short_reports_with_all_their_facts() -> None:
    reports = [json.loads(line) for line in read_text(SAMPLE).splitlines()]
    assert len(reports) == 6
    for report in reports:
        assert 120 <= len(report["text"].split()) <= 230
        assert all(report[key] for key in ("id", "uri", "outlet", "title", "published"))
    addresses = [report["uri"] for report in reports]
    assert len(set(addresses)) == 5  # one article stands there in two versions
