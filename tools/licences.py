"""The licence gate: every pinned package is under a licence that tools/licences.toml allows.

Reads requirements/core.txt (what users install) and requirements/dev.txt (what people who work on onrecord install),
and the metadata of the packages in this environment. An exception that nothing needs any more fails as well.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
TOKEN = re.compile(r"\(|\)|[A-Za-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rows of licences.toml."""

    permissive: frozenset[str]
    words: Mapping[str, str]
    exceptions: Mapping[str, Mapping[str, str]]

    def allowed(self, package: str, use: str) -> frozenset[str]:
        """Identifiers that `package` may be under when it is used for "run" or "dev"."""
        row = self.exceptions.get(package)
        # what is allowed for users is allowed for developers, not the other way round
        return self.permissive | {row["licence"]} if row and row["use"] in ("run", use) else self.permissive


def read_rules(path: Path) -> Rules:
    """The rules as written in `path`."""
    table = tomllib.loads(path.read_text("utf-8"))
    return Rules(frozenset(table["permissive"]), table["words"], table["exceptions"])


def pinned(path: Path) -> Iterator[str]:
    """Canonical names of the packages that `path` pins for this interpreter and system, in order of the file."""
    for line in path.read_text("utf-8").splitlines():
        if not line or line[0] in " #":
            continue
        requirement = Requirement(line.rstrip("\\ "))
        if requirement.marker is None or requirement.marker.evaluate():
            yield canonicalize_name(requirement.name)


def stated_licence(about: Any, words: Mapping[str, str]) -> str:
    """The SPDX expression that a package's metadata states; its own words where the rules do not know them."""
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [line for line in about.get_all("Classifier") or () if line.startswith("License :: OSI Approved ::")]
    stated = classifiers or [about.get("License") or "no licence stated"]
    return " AND ".join(words.get(one, one) for one in stated)


def is_allowed(expression: str, allowed: frozenset[str]) -> bool:
    """Whether an SPDX expression can be satisfied with `allowed`: any side of OR, every side of AND.

    Words that are not an expression are allowed only when they stand in `allowed` as they are.
    """
    tokens = TOKEN.findall(expression)
    if "".join(tokens) != re.sub(r"\s+", "", expression):
        return False
    try:
        value, rest = _either(tokens, allowed)
    except ValueError:
        return False
    return value and not rest


def _either(tokens: list[str], allowed: frozenset[str]) -> tuple[bool, list[str]]:
    value, rest = _every(tokens, allowed)
    while rest[:1] == ["OR"]:
        other, rest = _every(rest[1:], allowed)
        value = value or other
    return value, rest


def _every(tokens: list[str], allowed: frozenset[str]) -> tuple[bool, list[str]]:
    value, rest = _one(tokens, allowed)
    while rest[:1] == ["AND"]:
        other, rest = _one(rest[1:], allowed)
        value = value and other
    return value, rest


def _one(tokens: list[str], allowed: frozenset[str]) -> tuple[bool, list[str]]:
    if tokens[:1] == ["("]:
        value, rest = _either(tokens[1:], allowed)
        if rest[:1] != [")"]:
            raise ValueError("a parenthesis is left open")
        return value, rest[1:]
    if not tokens or tokens[0] in (")", "AND", "OR", "WITH"):
        raise ValueError("a licence is missing")
    # "X WITH exception" grants more than X, so X decides
    rest = tokens[3:] if tokens[1:2] == ["WITH"] else tokens[1:]
    return tokens[0] in allowed, rest


def check(rules: Rules, uses: Mapping[str, str]) -> list[str]:
    """What is wrong, one line each. `uses` gives "run" or "dev" for each package's name."""
    wrong = []
    needed = set()
    for package, use in sorted(uses.items()):
        try:
            licence = stated_licence(metadata(package), rules.words)
        except PackageNotFoundError:
            wrong.append(f"{package}: pinned but not installed here, so its licence cannot be read")
            continue
        if not is_allowed(licence, rules.allowed(package, use)):
            wrong.append(f"{package} ({use}): {licence} is not allowed by tools/licences.toml")
        elif not is_allowed(licence, rules.permissive):
            needed.add(package)
    unneeded = sorted(set(rules.exceptions) - needed)
    return wrong + [f"{package}: its exception in tools/licences.toml is not needed" for package in unneeded]


def main() -> int:
    """0 when every package may be installed."""
    uses = dict.fromkeys(pinned(ROOT / "requirements/dev.txt"), "dev")
    uses |= dict.fromkeys(pinned(ROOT / "requirements/core.txt"), "run")
    wrong = check(read_rules(ROOT / "tools/licences.toml"), uses)
    for line in wrong:
        print(line)
    print(f"{len(uses)} packages, {len(wrong)} objections")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
