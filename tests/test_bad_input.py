"""What nobody should feed to onrecord, and will: each gets its reason and its exit code, and the rest is in."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MANY = 40
NEWS = "Dam holds for now\nThe mayor of Holm said on Monday that at least {n} people had left their homes.\n"
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "ONRECORD_DB"} | {"NO_COLOR": "1"}
QUICK = {"ONRECORD_ENGINE": "fast"}  # where nothing depends on what is found in a text


def onrecord(
    *words: object, limit: Callable[[], None] | None = None, env: dict[str, str] = QUICK
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=120,
        env=ENVIRONMENT | env,
        preexec_fn=limit,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def add(*words: object, db: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return onrecord("add", *words, "--db", db, **options)


def reports(db: Path) -> int:
    return len(json.loads(onrecord("reports", "--db", db, "--format", "json").stdout))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n ", "empty"),
        (b"\x00\x01\x02\x03" * 500, "not-text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "not-text"),
        (b"The mayor said \xff\xfe\xfa it would hold.\n" * 3, "bad-encoding"),
        (b"The dam holds. " * 1_400_000, "too-large"),
    ],
    ids=["empty", "blank", "nul-bytes", "a-picture", "invalid-utf-8", "20-megabytes"],
)
def test_an_input_that_cannot_be_read_is_refused_with_its_reason(
    tmp_path: Path, db: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "input.txt"
    path.write_bytes(content)
    done = add(path, db=db)
    assert done.returncode == 65
    assert f"{reason}:" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_hundred_thousand_quotation_marks_are_read_in_linear_time(tmp_path: Path, db: Path) -> None:
    for name, mark in (("straight", '"'), ("open", "“"), ("close", "”"), ("single", "'"), ("mixed", "“‘")):
        (tmp_path / f"{name}.txt").write_text(NEWS.format(n=4) + mark * 100_000, "utf-8")
    done = add(*sorted(tmp_path.glob("*.txt")), db=db, env={"ONRECORD_ENGINE": "accurate"})
    assert done.returncode == 0, done.stderr
    assert reports(db) == 5


def test_one_broken_file_among_ten_leaves_nine_on_the_record(tmp_path: Path, db: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for n in range(9):
        (folder / f"report{n}.txt").write_text(NEWS.format(n=n + 20), "utf-8")
    (folder / "report9.txt").write_bytes(b"\x00" * 400)
    done = add(folder, db=db)
    assert done.returncode == 1
    assert "report9.txt" in done.stderr
    assert reports(db) == 9


def test_partial_is_fine_where_it_is_allowed(tmp_path: Path, db: Path) -> None:
    (tmp_path / "good.txt").write_text(NEWS.format(n=20), "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    assert add(tmp_path / "good.txt", tmp_path / "bad.txt", "--allow-partial", db=db).returncode == 0


def test_bad_lines_among_a_hundred_are_named_by_their_numbers(tmp_path: Path, db: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": f"Line {n} holds."}) for n in range(100)]
    bad = {12: "{", 23: "[]", 34: '"text"', 45: "{}", 56: '{"text": 5}', 67: '{"text": ""}', 78: "\x00"}
    for number, line in bad.items():
        lines[number - 1] = line
    path = tmp_path / "batch.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    done = add(path, db=db)
    assert done.returncode == 1
    assert [int(number) for number in re.findall(r"batch\.jsonl:(\d+)", done.stderr)] == [*bad]
    assert reports(db) == 100 - len(bad)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path, db: Path) -> None:
    done = add(tmp_path / "nowhere.txt", db=db)
    assert done.returncode in (2, 65)
    assert "nowhere.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_of_another_program_stays_as_it_is(tmp_path: Path, db: Path) -> None:
    with sqlite3.connect(db) as other:
        other.execute("create table songs (title text)")
    other.close()
    before = db.read_bytes()
    (tmp_path / "good.txt").write_text(NEWS.format(n=20), "utf-8")
    done = add(tmp_path / "good.txt", db=db)
    assert done.returncode == 74
    assert "Traceback" not in done.stderr
    assert db.read_bytes() == before


def test_a_file_that_is_no_database_stays_as_it_is(tmp_path: Path, db: Path) -> None:
    db.write_text("Dear diary, " * 500, "utf-8")
    before = db.read_bytes()
    done = onrecord("statements", "--db", db)
    assert done.returncode == 74
    assert db.read_bytes() == before


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, db: Path) -> None:
    for n in range(12):
        (tmp_path / f"report{n:02}.txt").write_text(NEWS.format(n=n + 20) * 8, "utf-8")

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))

    done = add(*sorted(tmp_path.glob("*.txt")), db=db, limit=small_files)
    assert done.returncode == 74, done.stderr
    assert "Traceback" not in done.stderr
    assert onrecord("verify", "--db", db).returncode == 0
    cut = reports(db)
    again = add(*sorted(tmp_path.glob("*.txt")), db=db)
    assert again.returncode == 0, again.stderr
    assert 0 < cut < 12
    assert reports(db) == 12


def test_an_interrupted_run_is_taken_up_where_it_stopped(tmp_path: Path, db: Path) -> None:
    path = tmp_path / "batch.jsonl"
    draw = random.Random(7)
    rows = [{"id": str(n), "text": f"Day {n}\n" + "\n".join(_line(draw) for _ in range(20))} for n in range(MANY)]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "add", str(path), "--db", str(db)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT | QUICK,
    )
    for _ in range(3000):
        time.sleep(0.01)
        if db.exists() and child.poll() is None and _filed(db) > 2:
            break
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130, said
    assert "Traceback" not in said
    cut = reports(db)
    assert 0 < cut < MANY
    assert onrecord("verify", "--db", db).returncode == 0
    assert add(path, db=db).returncode == 0
    assert reports(db) == MANY


def _line(draw: random.Random) -> str:
    """A sentence of made-up words, like no other."""
    who, what, where = ("".join(draw.choices("aeioubdgklmnprstv", k=8)) for _ in range(3))
    return f"{who.title()} {where.title()} said the {what} of {where} had lost {draw.randint(20, 90_000)} {what}s."


def _filed(db: Path) -> int:
    try:
        with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
            (count,) = connection.execute("select count(*) from reports").fetchone()
        connection.close()
    except sqlite3.Error:
        return 0
    return int(count)


@pytest.fixture(scope="module")
def one_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of one report, which no call below may change."""
    folder = tmp_path_factory.mktemp("one")
    (folder / "good.txt").write_text(NEWS.format(n=20), "utf-8")
    assert add(folder / "good.txt", db=folder / "record.db").returncode == 0
    return folder / "record.db"


@pytest.mark.parametrize(
    "words",
    [
        ("statements", "--since", "soon"),
        ("statements", "--limit", "-1"),
        ("show", "s-0000000000000000"),
        ("show", "x"),
        ("nonsense",),
        ("export", "--format", "telegram"),
        ("import", "nowhere.jsonl"),
        ("add",),
        ("brief", "--as-of", "2024-13-45"),
    ],
)
def test_words_that_are_off_end_with_two_and_one_clear_line(one_report: Path, words: tuple[str, ...]) -> None:
    done = onrecord(*words, "--db", one_report)
    assert done.returncode == 2, done.stderr
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
