"""The wheel of the larger tagger: it builds from weights/, offers its folder, and stays out of onrecord's own wheel."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from onrecord import resources

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "weights"
BASH = shutil.which("bash")
FILES = ("CARD.md", "about.json", "linker.safetensors", "tagger.onnx", "tokenizer.json")


def described(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text("utf-8"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The project of the wheel without weights, the tools that build it, and this environment as .venv."""
    folder = tmp_path / "check out"
    shutil.copytree(PROJECT, folder / "weights", ignore=shutil.ignore_patterns("best", "__pycache__", "dist"))
    (folder / "tools").mkdir()
    for name in ("best.sh", "check_weights.py"):
        shutil.copy(ROOT / "tools" / name, folder / "tools")
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return folder


def put_weights(checkout: Path) -> Path:
    """Files that are no weights, described as they should be."""
    folder = checkout / "weights" / "src" / "onrecord_best" / "best"
    folder.mkdir()
    digests = {}
    for name in FILES:
        data = f"this stands for {name}".encode()
        (folder / name).write_bytes(data)
        digests[name] = sha256(data).hexdigest()
    (folder / "about.json").write_text(json.dumps({"sha256": {k: v for k, v in digests.items() if k != "about.json"}}))
    return folder


def run(checkout: Path, *call: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(call, cwd=checkout, capture_output=True, text=True, check=False)


def make_best(checkout: Path) -> subprocess.CompletedProcess[str]:
    assert BASH
    return run(checkout, BASH, "tools/best.sh")


@pytest.mark.slow
def test_the_wheel_builds_and_its_weights_are_found(checkout: Path, tmp_path: Path) -> None:
    put_weights(checkout)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    done = run(
        checkout, *pip, "wheel", "--no-index", "--no-build-isolation", "--no-deps", "--wheel-dir", "dist", "./weights"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (checkout / "dist").glob("onrecord_best-*-py3-none-any.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        packed.extractall(site)
    assert {f"onrecord_best/best/{name}" for name in FILES} <= set(names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert not [name for name in names if not name.startswith("onrecord_best")]

    program = "from onrecord.resources import weights; print(weights('best').file('tagger.onnx').read_text())"
    path = os.pathsep.join((str(site), str(Path(resources.__file__).parents[1])))
    found = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == "this stands for tagger.onnx\n"


@pytest.mark.skipif(BASH is None, reason="make and its scripts need a POSIX shell")
def test_make_best_says_where_the_weights_should_be(checkout: Path) -> None:
    done = make_best(checkout)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "the weights of the engine best are not in weights/src/onrecord_best/best" in line


@pytest.mark.skipif(BASH is None, reason="make and its scripts need a POSIX shell")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tagger.onnx", "tagger.onnx: cannot be read"),
        ("tokenizer.json", "tokenizer.json: cannot be read"),
        ("CARD.md", "CARD.md: cannot be read"),
    ],
)
def test_make_best_builds_nothing_of_weights_that_are_not_whole(checkout: Path, name: str, words: str) -> None:
    (put_weights(checkout) / name).unlink()
    done = make_best(checkout)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert words in line
    assert not (checkout / "dist").exists()


@pytest.mark.parametrize("left_out", ["tagger.onnx", "CARD.md"])
def test_weights_without_a_file_that_belongs_to_them_are_not_whole(checkout: Path, left_out: str) -> None:
    folder = put_weights(checkout)
    about = json.loads((folder / "about.json").read_text())
    about["sha256"].pop(left_out, None)
    (folder / "about.json").write_text(json.dumps(about))
    (folder / left_out).unlink()
    done = run(checkout, sys.executable, "tools/check_weights.py", str(folder))
    assert done.returncode == 1
    assert left_out in done.stderr


def test_the_two_projects_fit_each_other() -> None:
    ours, theirs = described(ROOT / "pyproject.toml"), described(PROJECT / "pyproject.toml")
    about = theirs["project"]
    assert isinstance(about, dict)
    assert about["entry-points"] == {"onrecord.weights": {"best": "onrecord_best:FOLDER"}}
    assert about["license"] == ours["project"]["license"]  # type: ignore[index]
    assert about["requires-python"] == ours["project"]["requires-python"]  # type: ignore[index]
    assert theirs["build-system"] == ours["build-system"]
    assert (PROJECT / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_larger_weights_stay_out_of_onrecord_itself() -> None:
    build = described(ROOT / "pyproject.toml")["tool"]["hatch"]["build"]["targets"]  # type: ignore[index]
    assert build["wheel"]["packages"] == ["src/onrecord"]
    assert not [path for path in build["sdist"]["include"] if path.startswith("/weights") or path in ("/", "*")]
