"""Every rule that draws a link has a heading in the reference, and every heading a rule."""

from __future__ import annotations

import re
from pathlib import Path

from onrecord.resources import settings_file

ROOT = Path(__file__).resolve().parents[2]
UNTOLD = {"How often a link is wrong in the news", "Independent or not", "What is not drawn yet"}


def drawn_rules() -> set[str]:
    """The rule codes in the sources of the link stage; `{kind}-...` stands for both kinds of answer."""
    source = "".join(path.read_text("utf-8") for path in sorted((ROOT / "src/onrecord/link").rglob("*.py")))
    found = set()
    for call in re.findall(r"make_link\((.*?)\)\n", source, flags=re.DOTALL):
        for code in re.findall(r'f?"((?:\{kind\}|[a-z]+)(?:-[a-z]+)+)"', call):
            found |= {code.replace("{kind}", kind) for kind in ("confirms", "denies")}
    return found


def test_what_was_measured_is_a_rule() -> None:
    measured = settings_file("relations.toml")["measured"]
    assert set(measured) <= drawn_rules()
    assert all(0 < share < 1 for share in measured.values())


def test_every_rule_has_its_heading() -> None:
    headings = set(
        re.findall(r"^## (.+)$", (ROOT / "docs/reference/relations.md").read_text("utf-8"), flags=re.MULTILINE)
    )
    rules = drawn_rules()
    assert len(rules) >= 9
    assert rules == headings - UNTOLD
