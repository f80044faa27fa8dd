"""Takes a picture of every page of the reading room over the sample story, for docs/images/pages.

Run by `make screenshots`. It needs a Chromium (tools/browser.sh) and what the tests need. Pictures are of the sample,
which is invented; they are looked at by a person before they are committed.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from onrecord.cli import main  # noqa: E402
from tests.browser.conftest import Room  # noqa: E402

OUT = ROOT / "docs" / "images" / "pages"
WIDE, PHONE = ViewportSize(width=1280, height=860), ViewportSize(width=390, height=844)
PAGES = {  # name -> address; {report} and the like stand for one of the sample
    "story": "/stories/{story}",
    "report": "/reports/{report}",
    "claims": "/claims",
    "claim": "/claims/{claim}",
    "statement": "/statements/{statement}",
    "statements": "/statements",
    "figures": "/figures",
    "timeline": "/timeline",
    "map": "/map",
    "backing": "/backing",
    "speakers": "/speakers",
    "speaker": "/speakers/{speaker}",
    "check": "/check?claim=The+tank+had+been+inspected",
    "open": "/open",
    "briefing": "/brief",
    "review": "/review",
    "adding": "/add",
}
ALSO_DARK = ("story", "report")
ALSO_ON_A_PHONE = ("story", "report")


def ids(browser: Browser, address: str) -> dict[str, str]:
    """One of each kind: the first of its list, and for reports the one with most statements."""
    request = browser.new_context().request

    def rows(path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = request.get(f"{address}{path}.json").json()["rows"]
        return found

    said = [row["report"] for row in rows("/statements")]
    return {
        "story": rows("/stories")[0]["id"],
        "report": max(sorted(set(said)), key=said.count),
        "statement": rows("/statements")[0]["id"],
        "claim": rows("/claims")[0]["id"],
        "speaker": rows("/speakers")[0]["id"],
    }


def take(browser: Browser, address: str, name: str, *, dark: bool = False, phone: bool = False) -> None:
    """One picture of what is seen first."""
    context = browser.new_context(
        viewport=PHONE if phone else WIDE, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    page = context.new_page()
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{address} answers {answer.status if answer else 'nothing'}")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=OUT / f"{name}.png")
    context.close()
    print(f"docs/images/pages/{name}.png")


def run() -> None:
    """All pages, in light; two in the dark and on a phone too."""
    chromium = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("there is no Chromium; tools/browser.sh installs Debian's, ONRECORD_CHROMIUM names another")
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        db = Path(folder) / "sample.db"
        if main(["demo", "--db", str(db)]):
            raise SystemExit("the sample story did not go in")
        room = Room(db)
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        known = ids(browser, room.address)
        for name, path in PAGES.items():
            whole = room.address + path.format(**known)
            take(browser, whole, name)
            if name in ALSO_DARK:
                take(browser, whole, f"{name}-dark", dark=True)
            if name in ALSO_ON_A_PHONE:
                take(browser, whole, f"{name}-phone", phone=True)
        browser.close()
        room.close()


if __name__ == "__main__":
    run()
