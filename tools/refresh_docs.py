"""Runs the calls that README.md and docs/ show and writes what they print in place.

What a page may hold, all of it run from top to bottom in one shell and one empty folder a page:

    ```sh                     commands; each has to succeed (a block that begins with make or git is not run)
    ```console                `$ command`, then what it prints, again and again
    <!-- $ command -->        in front of a block without a language: the block is what it prints (errors left out)
    <!-- id: command -->      in front of a console block: an id in its commands is the one that the command prints
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARK = "\x1e"  # stands before what each command prints and before its exit status
NOT_RUN = ("make", "git")  # first words of blocks that are about the checkout, not about onrecord
WRONG_CALL = {2, 126, 127}  # exit statuses of calls that are no example of anything
BLOCK = re.compile(
    r"(?ms)^(?:<!-- (?P<order>\$|id:) (?P<command>[^\n]+) -->\n)?```(?P<language>[a-z]*)\n(?P<body>.*?)^```$"
)
ID = re.compile(r"\b[a-z]{1,2}-[0-9a-f]{8}\b")


class StaleDocs(Exception):
    """A page calls what does not work."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a page."""

    line: str
    finds_id: str = ""  # the command that prints the id to use
    must_succeed: bool = False
    streams: str = "2>&1"


def pages() -> list[Path]:
    """README.md and everything below docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands_of(block: re.Match[str]) -> Iterator[Command]:
    """The commands of a fenced block, in order."""
    if block["order"] == "$":
        yield Command(block["command"], streams="2>/dev/null")
    elif block["language"] == "sh" and not block["body"].startswith(NOT_RUN):
        yield Command(block["body"], must_succeed=True)
    elif block["language"] == "console":
        for line in block["body"].splitlines():
            if line.startswith("$ "):
                yield Command(line.removeprefix("$ "), (block["command"] or "") if ID.search(line) else "")


def run(commands: list[Command]) -> list[str]:
    """What each command prints, both streams together, without white space at the end."""
    script = []
    for command in commands:
        line = command.line
        if command.finds_id:
            line = f"ONE=$({command.finds_id})\nprintf '%s\\n' \"$ONE\"\n" + ID.sub('"$ONE"', line, count=1)
        script.append(f"printf '{MARK}'\n{{ {line.rstrip()}\n}} {command.streams}\nprintf '{MARK}%s' $?\n")
    with tempfile.TemporaryDirectory() as folder:
        tools, work = Path(folder, "tools"), Path(folder, "work")
        tools.mkdir()
        work.mkdir()
        onrecord = tools / "onrecord"
        onrecord.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m onrecord "$@"\n')
        onrecord.chmod(0o755)
        path = os.pathsep.join([str(tools), os.environ.get("PATH", os.defpath)])
        settings = {"PATH": path, "HOME": folder, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(
            ["bash", "-c", "".join(script)],
            cwd=work,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            check=False,
        )
    printed = done.stdout.decode("utf-8").split(MARK)[1:]
    for command, output, status in zip(commands, printed[::2], printed[1::2], strict=True):
        if int(status) in WRONG_CALL or (command.must_succeed and status != "0"):
            raise StaleDocs(f"exit status {status} of\n{command.line.rstrip()}\n{output}")
    return [output.rstrip() for output in printed[::2]]


def refreshed(text: str) -> str:
    """The page with what its calls print today."""
    outputs = iter(run([command for block in BLOCK.finditer(text) for command in commands_of(block)]))

    def renew(block: re.Match[str]) -> str:
        commands = list(commands_of(block))
        if not commands:
            return block[0]
        body = "".join(_shown(command, next(outputs), block) for command in commands)
        return block[0] if block["language"] == "sh" else block[0].replace(block["body"], body)

    return BLOCK.sub(renew, text)


def _shown(command: Command, output: str, block: re.Match[str]) -> str:
    line = command.line
    if command.finds_id:
        identity, _, output = output.partition("\n")
        if not ID.fullmatch(identity):
            raise StaleDocs(f"{command.finds_id!r} prints {identity!r}, which is no id")
        line = ID.sub(identity, line, count=1)
    call = "" if block["order"] == "$" else f"$ {line}\n"
    return call + (output + "\n" if output else "")


def main() -> int:
    """Refreshes or checks the pages; exit status 1 where one is stale."""
    parser = argparse.ArgumentParser(description="Refresh what README.md and docs/ show of the command line.")
    parser.add_argument("--check", action="store_true", help="write nothing, say what is stale")
    parser.add_argument("page", nargs="*", type=Path, help="pages; all of them by default")
    given = parser.parse_args()
    stale = 0
    for page in [path.resolve() for path in given.page] or pages():
        old = page.read_text("utf-8")
        name = str(page.relative_to(ROOT))
        try:
            new = refreshed(old)
        except StaleDocs as fault:
            print(f"{name}: {fault}", file=sys.stderr)
            stale += 1
            continue
        if new == old:
            continue
        if given.check:
            stale += 1
            print("".join(unified_diff(old.splitlines(True), new.splitlines(True), name, f"{name} refreshed")))
        elif page.read_text("utf-8") != old:  # somebody wrote to it while its calls ran
            stale += 1
            print(f"{name} changed meanwhile and was left alone; run this again", file=sys.stderr)
        else:
            page.write_text(new, "utf-8")
            print(f"refreshed {name}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
