"""How quick the reading room is over a thousand reports, and over a story of ten thousand statements.

    python evals/web.py [--reports 1000] [--db FILE] [--examples 500]

The reports are made by a seeded grammar and go through all the steps of the quick engine; most sentences stand in one
report, some in two or three, so that there are copies, links and claims of several. `--db` names a database that is
kept, and taken as it is where it is there.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import uvicorn
from playwright.sync_api import Browser, Request, sync_playwright
from starlette.testclient import TestClient

from evals import api
from evals.texts import make_sentence
from onrecord.flow import add_readings
from onrecord.model import Story, make_id
from onrecord.read.jsonl import read_jsonl
from onrecord.stores import open_store
from onrecord.web.app import create_app
from onrecord.web.settings import Settings

REPORTS, SENTENCES, DAYS, ROUNDS = 1_000, 16, 300, 10
SEED = 7
HERE = "http://127.0.0.1:8400"
CHROMIUM = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
KILOBYTE = 1_000
LISTS = ("stories", "reports", "statements", "claims", "speakers")
STORY = "/stories/{stories}"
PAGES = (  # of which a reader sees the first ones
    "/", STORY, "/reports", "/reports/{reports}", "/statements", "/statements?page=100", "/statements?q=harbour",
    "/statements/{statements}", "/claims", "/claims/{claims}", "/figures", "/figures/{series}", "/timeline", "/map",
    "/backing", "/speakers", "/speakers/{speakers}", "/check?claim=The+council+will+close+the+harbour", "/open",
    "/brief", "/review", "/add",
)  # fmt: skip
IN_STORY = ("statements", "claims", "figures", "timeline", "map", "backing", "speakers", "open", "brief", "reports")


def build(path: Path, number: int) -> None:
    """A database with `number` reports."""
    draw = random.Random(SEED)
    pool = [make_sentence(draw) for _ in range(number * 10)]

    def lines() -> Iterator[str]:
        for k in range(number):
            said = draw.sample(pool, SENTENCES)
            paragraphs = [" ".join(said[at : at + 2]) for at in range(0, SENTENCES, 2)]
            row = {
                "text": "\n".join(paragraphs),
                "id": f"made-{k}",
                "uri": f"https://example.org/{k}",
                "title": make_sentence(draw).rstrip("."),
                "outlet": f"Outlet {k % 17}",
                "published": (date(2025, 1, 1) + timedelta(days=k % DAYS)).isoformat(),
            }
            yield json.dumps(row)

    with closing(open_store(str(path))) as store:
        add_readings(read_jsonl("\n".join(lines()).encode("utf-8")), store, engine="fast")


def make_one_story(path: Path) -> int:
    """Makes one story of all that is there. How many statements it has."""
    with closing(open_store(str(path))) as store:
        ids = tuple(sorted(report.id for report in store.reports()))
        store.put_stories([Story(make_id("st", ids[0]), "All of it", ids, "2025-01-01", "2025-12-31")])
        return store.how_many("statement")


def addresses(client: TestClient) -> dict[str, str]:
    """The pages by the patterns above."""
    ids = {name: client.get(f"/{name}.json").json()["rows"][0]["id"] for name in LISTS}
    figures = client.get("/figures.json").json()["rows"]
    ids["series"] = next(row["series"] for row in figures if row["series"])
    return {page: page.format(**ids) for page in (*PAGES, *(f"/{name}?story={{stories}}" for name in IN_STORY))}


def take(client: TestClient, path: str) -> float:
    """Milliseconds of CPU that a page takes, redirects followed."""
    start = time.process_time()
    answer = client.get(path)
    taken = 1_000 * (time.process_time() - start)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return taken


def measure_pages(path: Path, rounds: int = ROUNDS) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Seconds to start, the first page of all, and each page: the first time, then warm."""
    start = time.process_time()
    with TestClient(create_app(Settings(db=str(path))), base_url=HERE) as client:
        told = {"start, s of CPU": time.process_time() - start, "first page of all, ms of CPU": take(client, "/")}
        pages = {name: [take(client, at) for _ in range(rounds + 1)] for name, at in addresses(client).items()}
    return told, pages


def late(times: list[float]) -> float:
    """The 95th percentile of the warm ones."""
    return sorted(times[1:])[round(0.95 * (len(times) - 2))]


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The address of a server over the database, on a port of its own."""
    config = uvicorn.Config(create_app(Settings(db=str(path))), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def open_page(browser: Browser, address: str) -> tuple[float, int]:
    """Milliseconds to the first paint, and bytes that were loaded, in a browser that knows nothing yet."""
    page = browser.new_context().new_page()
    requests: list[Request] = []

    def keep(request: Request) -> None:
        requests.append(request)

    page.on("requestfinished", keep)
    page.goto(address, wait_until="networkidle")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    loaded = sum(request.sizes()["responseBodySize"] for request in requests)
    page.context.close()
    return painted, loaded


def measure_paint(path: Path, runs: int = 5) -> dict[str, float]:
    """Seconds to the first paint of the first page, and what pages load, in a browser that knows nothing yet."""
    paints: list[float] = []
    loads: list[int] = []
    with serving(path) as here, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        story = browser.new_context().request.get(f"{here}/stories.json").json()["rows"][0]["id"]
        for at in ("/", f"/stories/{story}", "/reports", "/figures", "/map"):
            for _ in range(runs):
                painted, loaded = open_page(browser, here + at)
                if at == "/":
                    paints.append(painted / 1_000)
                loads.append(loaded)
        browser.close()
    return {
        "first paint in Chromium, s, median": median(paints),
        f"first paint in Chromium, s, slowest of {runs}": max(paints),
        "a page with all it loads, KB": max(loads) / KILOBYTE,
    }


def measure(
    reports: int = REPORTS, db: Path | None = None, examples: int = api.EXAMPLES, rounds: int = ROUNDS, paints: int = 5
) -> dict[str, float]:
    """All of it."""
    logging.getLogger("onrecord").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        small = db or Path(folder) / "reports.db"
        if not small.exists():
            build(small, reports)
        told, pages = measure_pages(small, rounds)
        named = {"first page": "/", "a story": STORY, "reports": "/reports", "a report": "/reports/{reports}"}
        named |= {"statements": "/statements", "search": "/statements?q=harbour"}
        for words, name in named.items():
            told[f"{words}, ms of CPU, median"] = median(pages[name][1:])
            told[f"{words}, ms of CPU, 95th percentile"] = late(pages[name])
        told["any page, ms of CPU, 95th percentile of the slowest"] = max(map(late, pages.values()))
        told["any page, ms of CPU, the first time"] = max(times[0] for times in pages.values())
        if CHROMIUM:
            told |= measure_paint(small, paints)
        large = Path(folder) / "story.db"
        shutil.copyfile(small, large)
        told["statements of the large story"] = make_one_story(large)
        _, pages = measure_pages(large, rounds)
        told["large story: any page, ms of CPU, 95th percentile of the slowest"] = max(map(late, pages.values()))
        told["large story: any page, ms of CPU, the first time"] = max(times[0] for times in pages.values())
        for name, times in sorted(pages.items(), key=lambda pair: -pair[1][0])[:5]:
            print(f"{name}: {times[0]:,.0f} ms the first time, {median(times[1:]):,.0f} ms warm", file=sys.stderr)
    return told | measure_api(examples)


def measure_api(examples: int) -> dict[str, float]:
    """What the API makes of requests as it describes them, and not."""
    with api.sample_room() as client:
        tried = [api.try_operation(client, name, one, examples) for name, one in api.operations(client).items()]
    for failure in (failure for one in tried for failure in one.failures):
        print(failure, file=sys.stderr)
    return {
        "API: operations": len(tried),
        "API: examples an operation, at least": min(one.examples for one in tried),
        "API: failures": sum(len(one.failures) for one in tried),
    }


def main() -> None:
    """Measures and tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--examples", type=int, default=api.EXAMPLES)
    args = parser.parse_args()
    print(json.dumps(measure(args.reports, args.db, args.examples), indent=1))


if __name__ == "__main__":
    main()
