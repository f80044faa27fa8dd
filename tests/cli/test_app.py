"""The whole command line: help, versions, exit codes, what it does not import."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import click
import pytest

import onrecord
from onrecord.cli.app import COMMANDS, app
from onrecord.cli.doctor import LIBRARIES
from onrecord.cli.options import Command
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
MODELS = ("numpy", "onnxruntime", "safetensors", "tokenizers", "onrecord.annotate.tagging")  # what an engine runs on
HEAVY = ("rich", "sqlalchemy", "lxml", "trafilatura", "rapidfuzz", "onrecord.flow", "onrecord.model", *MODELS)
READING = (  # one call of each command that reads no report
    *("reports", "statements", "figures", "speakers", "claims", "stories", "timeline", "brief", "export", "verify"),
    *("show s-", "source r-", "backup copy.db", "import nothing.jsonl"),
)


def python(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, timeout=60, **settings)  # type: ignore[call-overload,no-any-return]


def test_help_names_every_command(run: Run) -> None:
    shown = run("--help")
    assert shown.code == 0
    assert all(f"  {name} " in shown.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(run: Run, name: str) -> None:
    shown = run(name, "--help")
    assert shown.code == 0
    assert "Examples:\n  onrecord " in shown.out or "Examples:\n  " in shown.out
    assert "--db" in shown.out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_overview_and_the_command_agree_on_what_it_does(name: str) -> None:
    command = app.get_command(click.Context(app), name)
    assert isinstance(command, Command)
    assert (command.help or "").strip()
    assert any(name in example for example in command.examples)


def test_version(run: Run) -> None:
    assert run("--version").out == f"onrecord {onrecord.__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from onrecord.cli import main; main(['--help']); "
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    assert python("-c", code).stderr == "[]\n"


def loaded_by(db: str, folder: Path, *calls: str) -> str:
    """Which of MODELS are loaded after these calls in one process."""
    code = (
        f"import sys; from onrecord.cli import main; [main([*call.split(), '--db', {db!r}]) for call in {calls!r}]; "
        f"print(sorted(set({MODELS!r}) & set(sys.modules)), file=sys.stderr)"
    )
    return python("-c", code, cwd=folder).stderr.splitlines()[-1]


def test_what_reads_no_report_loads_no_model(db: str, tmp_path: Path) -> None:
    comparing = {"check", "diff", "drift", "new", "open"}  # reports with each other, as linking does
    others = {"add", "certainty", "demo", "doctor", "mcp", "review", "serve"} | comparing  # servers check claims
    assert set(COMMANDS) - {call.split()[0] for call in READING} == others
    assert loaded_by(db, tmp_path, *READING) == "[]"


def test_rules_load_no_model_and_a_tagger_does(tmp_path: Path) -> None:
    db = str(tmp_path / "new.db")  # nothing is there to compare with, which would take the sentence encoder
    (tmp_path / "a.txt").write_text("The pumps are dry, Mayor Ida Falk said.")
    assert loaded_by(db, tmp_path, "add a.txt --engine fast") == "['numpy']"  # linking reckons with it
    (tmp_path / "a.txt").write_text("The pumps are wet, Mayor Ida Falk said.")
    assert loaded_by(db, tmp_path, "add a.txt --engine accurate") == str(sorted(MODELS))


def test_python_m_onrecord_is_the_command() -> None:
    assert python("-m", "onrecord", "--version").stdout == f"onrecord {onrecord.__version__}\n"


@pytest.mark.parametrize(
    "call",
    [
        ("shout",),
        ("add",),
        ("statements", "--since", "yesterday"),
        ("statements", "--since", "2025-13"),
        ("statements", "--stance", "sayz"),
        ("statements", "--limit", "-1"),
        ("brief", "--format", "rtf"),
        ("export", "--format", "stix"),
        ("show", "s-1"),
    ],
)
def test_words_that_are_off_give_2_and_say_so(run: Run, db: str, call: tuple[str, ...]) -> None:
    shown = run(*call, *(("--db", db) if len(call) > 1 else ()))
    assert shown.code == 2
    assert shown.err
    assert "Traceback" not in shown.err


def test_reading_makes_no_database(run: Run, tmp_path: Path) -> None:
    shown = run("statements", "--db", "not-there.db")
    assert shown.code == 2
    assert "there is no database not-there.db" in shown.err
    assert not (tmp_path / "not-there.db").exists()


def test_the_environment_names_the_database(run: Run, db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_DB", db)
    assert "Ida Falk" in run("statements").out


def test_a_file_of_another_program_gives_74_and_is_not_touched(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database")
    shown = run("statements", "--db", str(path))
    assert shown.code == 74
    assert path.read_text() == "not a database"


def test_ctrl_c_gives_130_in_one_line(run: Run, db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.cli.lists._print", interrupt)
    shown = run("statements", "--db", db)
    assert shown.code == 130
    assert shown.err.count("\n") <= 2
    assert "interrupted" in shown.err


def test_a_reader_that_has_seen_enough_is_no_error(db: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "export", "--db", db], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 0
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_gives_74(db: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", "export", "--db", db], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 74
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_completion_is_written_for_the_shell_in_use(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    monkeypatch.setenv("HOME", str(tmp_path))
    shown = run("--install-completion")
    assert shown.code == 0
    script = tmp_path / ".config/fish/completions/onrecord.fish"
    assert "_ONRECORD_COMPLETE" in script.read_text()
    assert str(script) in shown.err


def test_completion_for_an_unknown_shell_says_which_are_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    shown = run("--install-completion")
    assert shown.code == 2
    assert "bash, zsh, fish" in shown.err


def test_nothing_is_written_in_colour_into_a_pipe(db: str) -> None:
    done = python("-m", "onrecord", "statements", "--db", db, env={**os.environ, "FORCE_COLOR": "1"})
    assert "\x1b" not in done.stdout


def test_a_call_that_was_interrupted_carries_on_where_it_stopped(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for k in range(60):
        (folder / f"{k:03}.txt").write_text(f"The mayor, Ida Falk, said on Monday that pump {k} was dry.\n" * 2)
    db = tmp_path / "cut.db"
    call = [sys.executable, "-m", "onrecord", "add", str(folder), "--db", str(db)]
    quick = {**os.environ, "ONRECORD_ENGINE": "fast"}
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=quick)
    while not db.exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    # a shell shows 130 for both: Python ends by the signal itself where it came in the middle of a dataclass
    assert process.returncode in {0, 130, -signal.SIGINT}
    assert "Traceback" not in errors
    if process.returncode:
        assert "interrupted" in errors
    again = python(*call[1:], env=quick)
    assert again.returncode == 0
    reports = python("-m", "onrecord", "reports", "--db", str(db), "--format", "jsonl").stdout.splitlines()
    assert len(reports) == 60
    assert python("-m", "onrecord", "verify", "--db", str(db)).returncode == 0


def test_a_command_misspelt_is_answered_with_the_one_that_was_meant(run: Run) -> None:
    shown = run("statments")
    assert shown.code == 2
    assert "Did you mean 'statements'?" in shown.err
    assert "Did you mean" not in run("xyzzy").err


def test_the_doctor_looks_for_the_libraries_that_are_needed() -> None:
    described = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needed = {re.split(r"[^\w-]", line)[0].replace("-", "_") for line in described["project"]["dependencies"]}
    assert set(LIBRARIES) == needed
