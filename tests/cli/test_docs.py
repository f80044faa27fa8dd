"""The commands reference names every command, option and exit code, and README and tutorial only what exists."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from onrecord.cli.app import COMMANDS, app
from onrecord.cli.options import STANCES

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
PAGES = ("README.md", "docs/index.md", "docs/tutorial.md", "docs/reference/commands.md")
CONTEXT = click.Context(app)


def options(name: str) -> set[str]:
    command = app.get_command(CONTEXT, name)
    assert command is not None
    return {word for parameter in command.params for word in parameter.opts if word.startswith("--")}


def section(name: str) -> str:
    return REFERENCE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section(name: str) -> None:
    assert section(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_told(name: str) -> None:
    common = REFERENCE.partition("\n## demo\n")[0]
    told = set(re.findall(r"--[a-z][a-z-]+", common + section(name)))
    assert options(name) <= told


def test_every_stance_is_told() -> None:
    assert all(stance in REFERENCE for stance in STANCES)


@pytest.mark.parametrize("page", PAGES)
def test_pages_call_only_what_exists(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    fenced = "\n".join(re.findall(r"(?ms)^```[a-z]*\n(.*?)^```", text))
    for call in re.findall(r"(?m)^(?:\$ )?onrecord ([a-z].*)$", fenced):
        name, *words = call.split()
        assert name in COMMANDS, call
        assert {word for word in words if re.fullmatch(r"--[a-z-]+", word)} <= options(name), call
