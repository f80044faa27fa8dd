"""The reading room in a real browser: Debian's Chromium, driven by Playwright, over a server on loopback."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the reading room needs the extra: pip install 'onrecord[web]'")
pytest.importorskip("playwright.sync_api", reason="tests in a browser need playwright")

import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from onrecord.flow import add_readings
from onrecord.read.jsonl import read_jsonl
from onrecord.resources import read_text
from onrecord.stores import open_store
from onrecord.web.app import create_app
from onrecord.web.settings import Settings

CHROMIUM = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
WAIT = 20_000  # milliseconds that anything in a page may take on a busy machine
WATCH = """
addEventListener("securitypolicyviolation", (event) => {
  console.error("policy violated: " + event.violatedDirective + " " + event.blockedURI);
});
"""


class Room:
    """A server of its own over a database of its own."""

    def __init__(self, db: Path, **settings: object) -> None:
        config = uvicorn.Config(
            create_app(Settings(db=str(db), **settings)),  # type: ignore[arg-type]
            host="127.0.0.1",
            port=0,
            log_level="error",
            lifespan="on",
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        until = time.monotonic() + 30
        while not self.server.started:
            assert self.thread.is_alive(), "the server did not start"
            assert time.monotonic() < until, "the server took too long to start"
            time.sleep(0.02)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"

    def close(self) -> None:
        """Stops it."""
        self.server.should_exit = True
        self.thread.join(timeout=20)


def make_sample(path: Path) -> Path:
    """A database with the sample story, read by rules alone."""
    store = open_store(path)
    add_readings(read_jsonl(read_text("sample/reports.jsonl").encode("utf-8")), store, engine="fast")
    store.close()
    return path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample story, for tests that only read."""
    return make_sample(tmp_path_factory.mktemp("browser") / "sample.db")


@pytest.fixture(scope="session")
def address(sample: Path) -> Iterator[str]:
    """Where the reading room is."""
    room = Room(sample)
    yield room.address
    room.close()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of this folder; its driver holds an event loop, which others would stumble over."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium; tools/browser.sh installs Debian's, ONRECORD_CHROMIUM names another")
    with sync_playwright() as driver:
        # Chromium refuses its sandbox to root, which is who runs in a container
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader with no cookies yet; a test may make others with `reader`."""
    with_watch = reader(chromium)
    yield with_watch
    with_watch.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; the test fails where it asked another origin for anything, broke the policy, or a script of it failed."""
    page = context.new_page()
    wrong = watched(page)
    yield page
    assert wrong == []


def reader(chromium: Browser, **settings: object) -> BrowserContext:
    """A context that notes violations of the policy."""
    made = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})  # type: ignore[arg-type]
    made.set_default_timeout(WAIT)
    made.add_init_script(WATCH)
    return made


def watched(page: Page) -> list[str]:
    """What goes wrong in a page from now on."""
    wrong: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:  # a page that is refused says so itself
            wrong.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
            wrong.append(f"asked {request.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    return wrong
