"""tools/env.sh says in one line what a machine lacks, and does nothing when there is nothing to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BASH = shutil.which("bash")

pytestmark = pytest.mark.skipif(BASH is None or os.name == "nt", reason="make and its scripts need a POSIX shell")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What env.sh reads, in a folder whose name has a space."""
    folder = tmp_path / "a check out"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "env.sh", folder / "tools")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    return folder


def fake(path: Path, *lines: str) -> Path:
    """A program made of shell lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(("#!/bin/sh", *lines, "")), "utf-8")
    path.chmod(0o755)
    return path


def fake_environment(checkout: Path, *, pip: str) -> None:
    """A .venv whose Python is this one, except that its pip runs the shell words `pip`."""
    fake(checkout / ".venv" / "bin" / "python", f'case "$*" in *pip*) {pip} ;; esac', f'exec "{sys.executable}" "$@"')
    (checkout / ".venv" / "bin" / "pip").write_text(f"#!{checkout.resolve()}/.venv/bin/python\n", "utf-8")


def run(checkout: Path, kind: str = "core", **environment: str) -> subprocess.CompletedProcess[str]:
    assert BASH
    return subprocess.run(
        [BASH, str(checkout / "tools" / "env.sh"), kind],
        env={"PATH": os.environ["PATH"], "HOME": str(checkout)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def only_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_old_python_is_named_in_one_line(checkout: Path) -> None:
    old = fake(checkout / "old python", "exit 1")
    line = only_line(run(checkout, PYTHON=str(old)))
    assert line.startswith("onrecord: Python 3.11 or newer is needed")
    assert str(old) in line


def test_missing_venv_package_is_named_in_one_line(checkout: Path) -> None:
    bare = fake(checkout / "python", 'case "$*" in *ensurepip*) exit 1 ;; esac', f'exec "{sys.executable}" "$@"')
    assert "apt-get install python3-venv" in only_line(run(checkout, PYTHON=str(bare)))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Failed to establish a new connection: NewConnectionError", "the package index cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "its hash differs"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: something else went wrong", "ERROR: something else went wrong"),
        ("not a word of use", "pip failed"),
    ],
)
def test_what_stopped_pip_is_told_in_one_line(checkout: Path, said: str, told: str) -> None:
    fake_environment(checkout, pip=f"echo '{said}'; exit 1")
    done = run(checkout)
    assert done.returncode == 1
    assert told in done.stderr.splitlines()[-1]
    assert not (checkout / ".venv" / "core.stamp").exists()


def test_second_run_does_nothing(checkout: Path) -> None:
    fake_environment(checkout, pip="exit 0")
    assert "installing onrecord itself" in run(checkout).stderr
    assert run(checkout).stderr == ""


def test_developers_environment_serves_users_too(checkout: Path) -> None:
    fake_environment(checkout, pip="exit 0")
    assert run(checkout, "dev").returncode == 0
    assert run(checkout, "core").stderr == ""


def test_what_onrecord_is_measured_beside_has_its_own_environment(checkout: Path) -> None:
    fake_environment(checkout, pip="exit 0")
    (checkout / ".venv").rename(checkout / ".venv-peers")
    (checkout / ".venv-peers" / "bin" / "pip").write_text(f"#!{checkout.resolve()}/.venv-peers/bin/python\n", "utf-8")
    assert "installing onrecord itself" not in run(checkout, "peers").stderr
    assert run(checkout, "peers").stderr == ""
    assert not (checkout / ".venv").exists()


def test_an_environment_nobody_knows_is_refused(checkout: Path) -> None:
    assert "tools/env.sh peers" in only_line(run(checkout, "everything"))


def test_changed_requirements_are_installed(checkout: Path) -> None:
    fake_environment(checkout, pip="exit 0")
    run(checkout)
    with (checkout / "requirements" / "core.txt").open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert "installing" in run(checkout).stderr


def test_moved_folder_is_noticed(checkout: Path) -> None:
    fake_environment(checkout, pip="exit 0")
    run(checkout)
    moved = checkout.rename(checkout.with_name("elsewhere"))
    bare = fake(moved / "python", 'case "$*" in *ensurepip*) exit 1 ;; esac', f'exec "{sys.executable}" "$@"')
    assert "python3-venv" in only_line(run(moved, PYTHON=str(bare)))  # it wanted to make .venv anew
