"""Weights are opened by name and held against their digests; what is missing is told with the line that installs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from onrecord import flow, registry, resources
from onrecord.errors import BadResource, Unavailable
from onrecord.model import Reading, Report, Source
from onrecord.resources import open_weights, weights
from onrecord.stores.memory import MemoryStore
from tests.build import doc

FILES = {"tagger.onnx": b"a net", "tokenizer.json": b"{}"}


def make_weights(folder: Path, **about: Any) -> Path:
    """A folder of weights that are none, described as they should be; `about` changes the description."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    digests = {name: sha256(data).hexdigest() for name, data in FILES.items()}
    (folder / "about.json").write_text(json.dumps({"sha256": digests} | about))
    return folder


# --- a folder of weights


def test_weights_are_their_files_and_what_is_said_of_them(tmp_path: Path) -> None:
    folder = make_weights(tmp_path / "w", labels=["O"])
    found = open_weights(folder)
    assert found.file("tagger.onnx").read_bytes() == FILES["tagger.onnx"]
    assert found.about["labels"] == ["O"]
    assert found.digest == sha256((folder / "about.json").read_bytes()).hexdigest()


def test_what_is_said_of_weights_cannot_be_changed(tmp_path: Path) -> None:
    found = open_weights(make_weights(tmp_path))
    with pytest.raises(TypeError):
        found.about["labels"] = []  # type: ignore[index]


def test_a_file_that_is_not_the_one_it_was_is_named(tmp_path: Path) -> None:
    folder = make_weights(tmp_path)
    (folder / "tagger.onnx").write_bytes(b"another net")
    with pytest.raises(BadResource, match=r"tagger\.onnx: its SHA-256 is not the one in about\.json; install"):
        open_weights(folder)


@pytest.mark.parametrize("name", ["tagger.onnx", "about.json"])
def test_a_file_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    folder = make_weights(tmp_path)
    (folder / name).unlink()
    with pytest.raises(BadResource, match=rf"{name}: cannot be read \(No such file or directory\)"):
        open_weights(folder)


@pytest.mark.parametrize("said", ["", "{", "[]", "{}", '{"sha256": 3}', '{"sha256": null}', "\x00"])
def test_a_description_that_is_none_is_refused(tmp_path: Path, said: str) -> None:
    folder = make_weights(tmp_path)
    (folder / "about.json").write_text(said)
    with pytest.raises(BadResource, match=r"about\.json: is no description of weights"):
        open_weights(folder)


def test_a_file_without_a_digest_is_not_opened(tmp_path: Path) -> None:
    folder = make_weights(tmp_path)
    (folder / "extra.bin").write_bytes(b"who knows")
    with pytest.raises(BadResource, match=r"lists no extra\.bin"):
        open_weights(folder).file("extra.bin")


# --- by name


def test_weights_nobody_has_come_with_the_line_that_installs_them() -> None:
    with pytest.raises(Unavailable, match=r"'telepathy' are not installed: pip install onrecord-telepathy"):
        weights("telepathy")


def test_our_own_weights_that_are_gone_ask_for_onrecord_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    with pytest.raises(Unavailable, match="pip install --force-reinstall onrecord"):
        resources.find_weights("accurate")


def installed(
    folder: Path, body: str, entry: str = "[onrecord.weights]\ndreams = dreams_pack:FOLDER"
) -> dict[str, str]:
    """The environment of a process in which a package dreams_pack of this body and entry point is installed."""
    made = folder / "site"
    (made / "dreams_pack-1.0.dist-info").mkdir(parents=True)
    (made / "dreams_pack-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: dreams-pack\nVersion: 1.0\n"
    )
    (made / "dreams_pack-1.0.dist-info" / "entry_points.txt").write_text(entry + "\n")
    (made / "dreams_pack.py").write_text(body)
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(made), str(Path(resources.__file__).parents[1])))}


def python(program: str, environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_a_package_that_offers_weights_is_found(tmp_path: Path) -> None:
    folder = make_weights(tmp_path / "data", labels=["dream"])
    environment = installed(tmp_path, f"from pathlib import Path\nFOLDER = Path({str(folder)!r})\n")
    program = (
        "from onrecord.resources import weights; found = weights('dreams'); print(found.about['labels'], found.folder)"
    )
    assert python(program, environment) == f"['dream'] {folder}\n"


@pytest.mark.parametrize("body", ["", "FOLDER = 3\n", "import no_such_package_at_all\n"])
def test_a_package_that_offers_no_folder_is_named(tmp_path: Path, body: str) -> None:
    program = "from onrecord.cli.app import main; from onrecord import resources, flow\nresources.weights('dreams')"
    assert "BadResource: entry point 'dreams_pack:FOLDER' of the weights 'dreams'" in python(
        program, installed(tmp_path, body)
    )


def test_a_package_does_not_replace_our_weights(tmp_path: Path) -> None:
    environment = installed(
        tmp_path, "raise SystemExit('imported')\n", "[onrecord.weights]\naccurate = dreams_pack:FOLDER"
    )
    program = "from onrecord.resources import find_weights; print(find_weights('accurate').parent.parent.name)"
    assert python(program, environment) == "data\n"


PLUGIN = """
from onrecord.annotate.attributions import FindAttributions

class Dream(FindAttributions):
    def __call__(self, report):
        print("dreaming")
        return report
"""


def test_a_package_that_offers_a_step_adds_an_engine(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said the dam will hold.")
    environment = installed(tmp_path, PLUGIN, "[onrecord.step]\nattributions-dreams = dreams_pack:Dream")
    program = (
        "from onrecord import registry; from onrecord.cli import main; print(registry.engines());"
        f"main(['add', {str(tmp_path / 'a.txt')!r}, '--engine', 'dreams', '--db', 'memory:'])"
    )
    assert python(program, environment) == (
        "('accurate', 'best', 'fast', 'dreams')\ndreaming\nonrecord: added 1 report\n"
    )


# --- a step that needs them


class Dreams:
    """A step that needs weights nobody has."""

    name = "attributions"
    weights: str | None = "dreams"
    requires: tuple[str, ...] = ()
    assigns: tuple[str, ...] = ("attributions",)

    def __call__(self, report: Report) -> Report:
        raise AssertionError("a report was read")


class TornNet(Dreams):
    """A step that needs no weights and cannot run all the same."""

    weights = None

    def __call__(self, report: Report) -> Report:
        raise BadResource("the net is torn")


class NoLibrary(Dreams):
    """A step whose library is not there."""

    weights = None

    def __call__(self, report: Report) -> Report:
        raise ModuleNotFoundError("No module named 'dreaming'", name="dreaming")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of an engine whose step is the class of the test's parameter."""
    monkeypatch.setitem(registry.BUILT_IN, ("step", "attributions-dreams"), f"{__name__}:{request.param}")
    registry.targets.cache_clear()
    flow.make_steps.cache_clear()
    yield "dreams"
    registry.targets.cache_clear()
    flow.make_steps.cache_clear()


def readings() -> list[Reading]:
    report = doc("The mayor said the dam will hold.")
    return [Reading(report, Source(report.sha256, report.text.encode()))]


@pytest.mark.parametrize("engine", ["Dreams"], indirect=True)
def test_missing_weights_stop_before_the_first_report_is_opened(engine: str) -> None:
    def unread() -> Any:
        raise AssertionError("a reading was asked for")
        yield

    with pytest.raises(Unavailable, match="pip install onrecord-dreams"):
        flow.add_readings(unread(), MemoryStore(), engine=engine)


@pytest.mark.parametrize(
    ("engine", "error", "words"),
    [("TornNet", BadResource, "the net is torn"), ("NoLibrary", Unavailable, "dreaming.*onrecord doctor")],
    indirect=["engine"],
)
def test_what_is_missing_for_every_report_is_no_fault_of_one(engine: str, error: type[Exception], words: str) -> None:
    store = MemoryStore()
    with pytest.raises(error, match=words):
        flow.add_readings(readings(), store, engine=engine)
    assert store.failures() == ()
    assert list(store.reports()) == []
