"""`doctor`: what is well and what is ill, engine by engine."""

from __future__ import annotations

import re
import sys

import pytest

from onrecord.errors import BadResource, Unavailable
from onrecord.flow import make_steps
from onrecord.resources import weights
from tests.cli.conftest import Run


def test_doctor_checks_everything(run: Run, db: str) -> None:
    shown = run("doctor", "--db", db)
    checks = [line[6:].partition(":")[0] for line in shown.out.splitlines()]
    assert checks == [
        *("onrecord", "python", "libraries", "data files", "steps"),
        *("engine accurate", "engine best", "engine fast"),
        *("full-text search", "disk", "database"),
    ]
    assert "holds 2 reports, 3 statements" in shown.out
    assert shown.code == (1 if "ILL" in shown.out else 0)


def test_doctor_tells_which_engines_are_there(run: Run) -> None:
    shown = run("doctor").out
    assert re.search(r"ok    engine accurate: reads a sentence, finds 1 attribution; weights [0-9a-f]{12}\n", shown)
    assert "ok    engine fast: reads a sentence, finds 1 attribution; needs no weights\n" in shown


def test_doctor_takes_no_offence_at_an_engine_that_is_not_installed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.resources.entry_points", lambda group: [])
    forget_engines()
    shown = run("doctor")
    assert "ok    engine best: not here: the weights 'best' are not installed: pip install onrecord-best" in shown.out
    assert shown.code == 0


@pytest.mark.parametrize(
    ("target", "raised", "words"),
    [
        ("onrecord.flow.weights", BadResource("tagger.onnx: torn"), "tagger.onnx: torn"),
        ("onrecord.flow.weights", Unavailable("not installed"), "not installed"),
        ("onrecord.flow.process", RuntimeError("no such operator"), "cannot read a sentence: RuntimeError: no such op"),
        ("onrecord.flow.process", ImportError("libgomp.so.1"), "cannot read a sentence: ImportError: libgomp.so.1"),
    ],
)
def test_doctor_says_why_the_default_engine_is_ill(
    run: Run, monkeypatch: pytest.MonkeyPatch, target: str, raised: Exception, words: str
) -> None:
    def fail(*_: object) -> None:
        raise raised

    monkeypatch.setattr(target, fail)
    forget_engines()
    shown = run("doctor")
    assert shown.code == 1
    assert f"ILL   engine accurate: {words}" in shown.out
    assert "Traceback" not in shown.err


def forget_engines() -> None:
    """No engine has been opened by an earlier test."""
    weights.cache_clear()
    make_steps.cache_clear()


def test_doctor_names_what_is_ill(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    shown = run("doctor")
    assert shown.code == 1
    assert "ILL   python" in shown.out
