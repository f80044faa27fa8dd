"""What a person sees: tables that fit, styles, no raw control characters."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli.adding import _progress
from onrecord.flow import Progress
from onrecord.stores import open_store
from tests.cli.conftest import Run
from tests.export.hand import Said, add_report

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
EVERY_LIST = ("reports", "statements", "figures", "speakers", "stories", "timeline")


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What a call writes on a terminal of its own."""
    master, slave = pty.openpty()
    settings = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR"}}
    settings |= {"TERM": "xterm-256color", "COLUMNS": "100", **environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", *arguments], stdout=slave, stderr=slave, stdin=slave, env=settings
    )
    os.close(slave)
    read = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # how Linux says that the other side has closed
            break
        if not piece:
            break
        read += piece
    os.close(master)
    process.wait(60)
    return read.decode("utf-8", "replace")


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("name", EVERY_LIST)
def test_a_list_fits_the_width(run: Run, sample: str, name: str) -> None:
    shown = run(name, "--db", sample)
    assert shown.code == 0
    assert max(map(len, shown.out.splitlines())) <= 100


@pytest.mark.usefixtures("terminal")
def test_columns_without_a_value_are_left_out(run: Run, db: str) -> None:
    assert "newer version of" not in run("reports", "--db", db).out
    assert "title" in run("reports", "--db", db).out


@pytest.mark.usefixtures("terminal")
def test_the_briefing_says_the_same_as_in_a_file(run: Run, sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"\w+", text))

    seen = words(run("brief", "--db", sample).out)
    filed = words(run("brief", "--db", sample, "--format", "text").out.lower())
    assert {word.lower() for word in seen} == filed


@pytest.mark.usefixtures("terminal")
def test_show_opens_everything_on_a_terminal(run: Run, sample: str) -> None:
    store = open_store(sample)
    first = {kind: next(iter(store.records(kind))).id for kind, number in store.counts().items() if number}
    store.close()
    assert set(first) == set("report entity mention time figure statement event claim origin link story copy".split())
    for kind, identity in first.items():
        shown = run("show", identity, "--db", sample)
        assert shown.code == 0
        assert f"{kind} {identity}" in shown.out


def test_show_opens_everything_in_a_pipe(run: Run, sample: str) -> None:
    store = open_store(sample)
    every = [record.id for kind, number in store.counts().items() if number for record in list(store.records(kind))[:3]]
    store.close()
    for identity in every:
        shown = run("show", identity, "--db", sample)
        assert shown.code == 0
        assert identity in shown.out
        assert run("show", identity, "--format", "json", "--db", sample).code == 0


@pytest.mark.usefixtures("terminal")
def test_source_writes_control_characters_out_on_a_terminal(run: Run, tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "n.db"))
    page = add_report(store, "Ida Falk said \x1b[31mred\u202e.", Said("Ida Falk", "said", "\x1b[31mred", "Ida Falk"))
    store.close()
    shown = run("source", page.report.id, "--db", "n.db")
    assert shown.out == "Ida Falk said \\x1b[31mred\\u202e."
    assert "written out on a terminal" in shown.err


def test_styles_appear_on_a_terminal_and_not_with_no_color(sample: str) -> None:
    coloured = on_a_terminal("brief", "--db", sample)
    plain = on_a_terminal("brief", "--db", sample, NO_COLOR="1")
    assert re.search(r"\x1b\[[0-9;]*3[0-9]m", coloured)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", plain)
    assert ESCAPE.sub("", coloured) == ESCAPE.sub("", plain)


def test_what_a_text_holds_never_steers_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    store = open_store(str(path))
    nasty = "the gate \x1b]0;owned\x07 was \x9b2J open"
    page = add_report(store, f"Ida Falk said {nasty}.", Said("Ida Falk", "said", nasty, "Ida Falk"), outlet="A\x1bB")
    store.close()
    for call in (
        ("statements",),
        ("reports",),
        ("brief",),
        ("show", page.statements[0].id),
        ("source", page.report.id),
    ):
        seen = on_a_terminal(*call, "--db", str(path))
        assert "\x07" not in seen
        assert "\x1b]0;" not in seen
        assert "\x9b" not in seen


def test_progress_is_counted_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with _progress() as tell:
        tell(Progress("a", "added"))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with _progress() as tell:
        tell(Progress("a", "added"))


@pytest.mark.usefixtures("terminal")
def test_what_is_said_has_more_room_than_who_says_it(run: Run, sample: str) -> None:
    lines = run("statements", "--db", sample).out.splitlines()
    heading = next(line for line in lines if "who" in line and "what, in" in line)
    assert len(heading) <= 100
    assert heading.index("what, in") <= 65
