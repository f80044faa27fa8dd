"""What README.md and docs/ show of the command line is what it prints; links between pages lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)#\s:]*)(?:#([^)\s]+))?\)")


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh_docs", ROOT / "tools" / "refresh_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["refresh_docs"] = module
    spec.loader.exec_module(module)
    return module


tool = load_tool()
PAGES = {str(page.relative_to(ROOT)): page for page in tool.pages()}
WITH_CALLS = [name for name, page in PAGES.items() if "```console" in page.read_text("utf-8")]


def without_fences(text: str) -> str:
    return re.sub(r"(?ms)^```.*?^```$", "", text)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.+)$", without_fences(page.read_text("utf-8")))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", WITH_CALLS)
def test_a_page_shows_what_its_calls_print(name: str) -> None:
    text = PAGES[name].read_text("utf-8")
    assert tool.refreshed(text) == text, f"{name} is stale: make docs"


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_files_and_headings_that_exist(name: str) -> None:
    page = PAGES[name]
    for target, anchor in LINK.findall(without_fences(page.read_text("utf-8"))):
        file = page.parent / target if target else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), f"{target}#{anchor}"


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    named = {(index.parent / target).resolve() for target, _ in LINK.findall(index.read_text("utf-8")) if target}
    missing = [name for name, page in PAGES.items() if page != index and page.resolve() not in named]
    assert not [name for name in missing if name != "docs/scores.md"]  # written by make eval, where the gold data is


def test_a_stale_output_is_written_anew() -> None:
    page = "Text.\n\n```console\n$ echo one; echo two >&2\nold\n$ true\n```\n\n```\nleft alone\n```\n"
    assert tool.refreshed(page) == page.replace("old", "one\ntwo")


def test_blocks_share_a_shell_and_a_folder() -> None:
    page = "```sh\nexport WHO=Ada\necho hello > file\n```\n\n```console\n$ echo $WHO; cat file\n```\n"
    assert tool.refreshed(page).endswith("$ echo $WHO; cat file\nAda\nhello\n```\n")


def test_an_id_in_a_call_is_looked_up() -> None:
    page = "<!-- id: echo s-0123abcd -->\n```console\n$ echo s-ffffffff\ns-ffffffff\n```\n"
    assert tool.refreshed(page) == page.replace("s-ffffffff", "s-0123abcd")


def test_a_block_can_be_a_part_of_what_a_command_prints() -> None:
    page = "<!-- $ printf 'a\\nb\\n' | tail -n 1 -->\n```\nold\n```\n"
    assert tool.refreshed(page) == page.replace("old", "b")


@pytest.mark.parametrize("body", ["```sh\nfalse\n```\n", "```console\n$ no-such-command-here\n```\n"])
def test_a_call_that_does_not_work_is_a_fault(body: str) -> None:
    with pytest.raises(tool.StaleDocs):
        tool.refreshed(body)


def test_calls_about_the_checkout_are_not_run() -> None:
    page = "```sh\nmake no-such-target\n```\n"
    assert tool.refreshed(page) == page
