"""Every page: whole for somebody who cannot see it, on a phone, in the dark, on paper, with the keyboard alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import reader, watched
from tests.web.test_every_page import ADDRESSES

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
BAD = ("serious", "critical")
MOST_BYTES = 200_000  # of the files that one page loads, compressed
LISTS = {
    "speaker": "/speakers",
    "report": "/reports",
    "statement": "/statements",
    "story": "/stories",
    "claim": "/claims",
}


@pytest.fixture(scope="package")
def ids(chromium: Browser, address: str) -> dict[str, str]:
    """An id of each kind, for the addresses."""
    request = chromium.new_context().request

    def rows(path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = request.get(f"{address}{path}.json").json()["rows"]
        return found

    found = {kind: rows(path)[0]["id"] for kind, path in LISTS.items()}
    found["origin"] = rows("/statements")[0]["origin"]
    found["series"] = next(row["series"] for row in rows("/figures") if row["series"])
    return found


def violations(page: Page) -> list[str]:
    """What axe-core finds serious, in a line each."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{one['impact']} {one['id']}: {node['target']} {node.get('failureSummary', '')[:300]}"
        for one in found
        if one["impact"] in BAD
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_has_no_serious_barrier_and_fits_a_phone(
    page: Page, address: str, ids: dict[str, str], path: str
) -> None:
    page.goto(address + path.format(**ids))
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} pixels too wide for a phone"


@pytest.mark.parametrize("path", [path for path in ADDRESSES if "?" not in path])
def test_a_page_in_the_dark_has_no_serious_barrier(
    chromium: Browser, address: str, ids: dict[str, str], path: str
) -> None:
    context = reader(chromium, color_scheme="dark")
    page = context.new_page()
    wrong = watched(page)
    page.goto(address + path.format(**ids))
    shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(json.loads(shade.replace("rgb(", "[").replace(")", "]"))) < 200, shade
    assert violations(page) == []
    assert wrong == []
    context.close()


@pytest.mark.parametrize("path", ["/stories/{story}", "/reports/{report}", "/figures", "/map"])
def test_what_a_page_loads_is_small(page: Page, address: str, ids: dict[str, str], path: str) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(address + path.format(**ids))
    page.wait_for_load_state("networkidle")
    assert len(sizes) > 1
    assert sum(sizes) < MOST_BYTES


@pytest.mark.parametrize("path", ["/stories/{story}", "/reports/{report}", "/brief"])
def test_paper_has_the_words_and_no_controls(page: Page, address: str, ids: dict[str, str], path: str) -> None:
    page.goto(address + path.format(**ids))
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for control in page.locator("nav, form, button").all():
        assert not control.is_visible(), control.evaluate("one => one.outerHTML.slice(0, 200)")
    assert page.pdf()[:5] == b"%PDF-"


def test_the_first_tab_skips_to_the_content(page: Page, address: str) -> None:
    page.goto(address + "/reports")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_link_of_the_bar_can_be_reached_and_opened_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + "/reports")
    names = page.locator("header nav a").all_inner_texts()
    reached = []
    for _ in range(len(names) + 12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText"))
    assert set(names) <= set(reached)


def test_filters_are_told_in_words_and_each_can_be_dropped(page: Page, address: str) -> None:
    page.goto(address + "/statements")
    whole = page.locator("main blockquote").count()
    page.locator("details.filters summary").click()
    page.get_by_label("Stance").select_option("denies")
    page.locator("details.filters button").click()
    facet = page.locator(".facet")
    assert "den" in facet.inner_text()
    assert 0 < page.locator("main blockquote").count() < whole
    assert "stance=denies" in page.url
    facet.locator("a").click()
    assert page.locator("main blockquote").count() == whole


def test_a_claim_is_checked_from_any_page(page: Page, address: str) -> None:
    page.goto(address + "/reports")
    box = page.locator("header input[name=claim]")
    box.fill("The queen of Atlantis abdicated")
    box.press("Enter")
    assert page.get_by_text("Not found in this collection.").is_visible()


def test_without_scripts_every_statement_opens_its_words(chromium: Browser, address: str) -> None:
    context = reader(chromium, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/statements")
    page.locator("blockquote a.words").first.click()
    identity = page.url.partition("#")[2]
    assert identity.startswith("s-")
    assert page.locator(f"[id='{identity}']").count() == 1
    context.close()
