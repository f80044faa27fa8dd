"""The licence gate lets through what may be shipped and nothing else."""

from __future__ import annotations

import importlib.util
import sys
from email.message import Message
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parent.parent / "tools" / "licences.py"
spec = importlib.util.spec_from_file_location("licences", TOOL)
assert spec
assert spec.loader
licences = importlib.util.module_from_spec(spec)
sys.modules["licences"] = licences  # dataclasses look their module up
spec.loader.exec_module(licences)

PERMISSIVE = frozenset({"MIT", "Apache-2.0", "BSD-3-Clause"})


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("MIT OR GPL-2.0-only", True),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-2.0-only", False),
        ("MIT AND (GPL-2.0-only OR Apache-2.0)", True),
        ("(MIT AND GPL-2.0-only) OR LGPL-3.0-only", False),
        # AND binds tighter than OR
        ("GPL-2.0-only AND MIT OR BSD-3-Clause", True),
        ("MIT OR BSD-3-Clause AND GPL-2.0-only", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("MIT/GPL", False),
        ("(MIT", False),
        ("MIT MIT", False),
        ("MIT OR", False),
        ("OR MIT", False),
        ("", False),
        ("no licence stated", False),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", False),
    ],
)
def test_expression_is_weighed(expression: str, allowed: bool) -> None:
    assert licences.is_allowed(expression, PERMISSIVE) is allowed


def about(**headers: str | list[str]) -> Message:
    message = Message()
    for name, values in headers.items():
        for value in [values] if isinstance(values, str) else values:
            message[name.replace("_", "-")] = value
    return message


WORDS = {"License :: OSI Approved :: MIT License": "MIT", "BSD": "BSD-3-Clause"}
GPL = "License :: OSI Approved :: GNU General Public License v3 (GPLv3)"
MIT = "License :: OSI Approved :: MIT License"


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        (about(License_Expression="MIT", License="GPL", Classifier=[GPL]), "MIT"),
        (about(Classifier=[MIT]), "MIT"),
        (about(Classifier=["Typing :: Typed", MIT, GPL]), f"MIT AND {GPL}"),
        (about(License="BSD"), "BSD-3-Clause"),
        (about(License="do as you like"), "do as you like"),
        (about(), "no licence stated"),
    ],
)
def test_licence_is_read_from_what_the_package_states(metadata: Message, licence: str) -> None:
    assert licences.stated_licence(metadata, WORDS) == licence


RULES = licences.Rules(
    permissive=PERMISSIVE,
    words={},
    exceptions={
        "runs": {"licence": "MPL-2.0", "use": "run", "why": "x"},
        "helps": {"licence": "MPL-2.0", "use": "dev", "why": "x"},
    },
)


def objections(monkeypatch: pytest.MonkeyPatch, packages: dict[str, tuple[str, str]]) -> list[str]:
    """What the gate says about packages given as name -> (use, licence)."""
    monkeypatch.setattr(licences, "metadata", lambda name: about(License_Expression=packages[name][1]))
    return licences.check(RULES, {name: use for name, (use, _) in packages.items()})


def test_exception_holds_for_its_package_and_use_only(monkeypatch: pytest.MonkeyPatch) -> None:
    packages = {"runs": ("run", "MPL-2.0"), "helps": ("dev", "MPL-2.0"), "other": ("run", "MPL-2.0")}
    assert objections(monkeypatch, packages) == ["other (run): MPL-2.0 is not allowed by tools/licences.toml"]


def test_developers_exception_does_not_reach_users(monkeypatch: pytest.MonkeyPatch) -> None:
    said = objections(monkeypatch, {"runs": ("run", "MPL-2.0"), "helps": ("run", "MPL-2.0")})
    assert said[0].startswith("helps (run): MPL-2.0 is not allowed")


def test_exception_that_nothing_needs_is_an_objection(monkeypatch: pytest.MonkeyPatch) -> None:
    said = objections(monkeypatch, {"runs": ("run", "MIT"), "helps": ("dev", "MPL-2.0")})
    assert said == ["runs: its exception in tools/licences.toml is not needed"]


def test_package_that_is_not_installed_is_an_objection() -> None:
    said = licences.check(RULES, {"surely-not-installed": "run"})
    assert said[0] == "surely-not-installed: pinned but not installed here, so its licence cannot be read"


def test_pins_are_read_without_hashes_comments_and_other_systems(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(
        "# a comment\nSome_Thing==1.0 \\\n    --hash=sha256:00\n    # via x\n"
        "colorama==0.4 ; sys_platform == 'none such' \\\n    --hash=sha256:00\n",
        "utf-8",
    )
    assert list(licences.pinned(path)) == ["some-thing"]
