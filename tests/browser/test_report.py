"""The report in a browser: its marks are the evidence to the letter, and keys go from one statement to the next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from onrecord.flow import add_readings
from onrecord.ledger.store import Query
from onrecord.model import Statement
from onrecord.read.jsonl import read_jsonl
from onrecord.stores import open_store
from tests.browser.conftest import Room

SHARED = Path(__file__).resolve().parents[3] / "shared" / "acceptance" / "nk-troops"
HARD = (
    "🚒🚒 The fire chief 𝒜da Holm 👩‍🚒 said on Tuesday that 12 houses were lost, “the worst 😔 in years,” she said.\n\n"
    "Cafe\u0301 owner Per Lund denied that he had left the stove on, and said “nobody, 🙂 nobody” had asked.\n\n"
    "“We have,” Holm told reporters, “at least 40 people without a home.” She warned that it could rain tonight.\n"
)


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, Path]]:
    """Text with letters outside the first plane, joined signs, and a quotation in pieces."""
    path = tmp_path_factory.mktemp("hard") / "hard.db"
    line = json.dumps({"id": "1", "text": HARD, "published": "2025-03-04", "outlet": "Harbour Post", "title": "Fire"})
    yield from served(path, line.encode("utf-8"))


@pytest.fixture(scope="module")
def troops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, Path]]:
    """The two acceptance reports."""
    if not SHARED.is_dir():
        pytest.skip("the acceptance reports are not there: ../shared/acceptance/nk-troops")
    days = {"000": "2024-10-23", "004": "2024-11-01"}
    lines = [
        json.dumps({"id": file.name, "text": file.read_text("utf-8"), "published": days[file.name[:3]]})
        for file in sorted(SHARED.glob("*.txt"))
    ]
    yield from served(tmp_path_factory.mktemp("troops") / "nk.db", "\n".join(lines).encode("utf-8"))


def served(path: Path, lines: bytes) -> Iterator[tuple[Room, Path]]:
    store = open_store(path)
    add_readings(read_jsonl(lines), store, engine="fast")
    store.close()
    room = Room(path)
    yield room, path
    room.close()


def check_marks(page: Page, address: str, db: Path) -> int:
    """Every mark of every statement against the evidence of the record; how many statements there were."""
    store = open_store(db, create=False)
    checked = 0
    for report in store.reports():
        page.goto(f"{address}/reports/{report.id}")
        shown = page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll("[data-ids]")]
                 .flatMap(mark => mark.dataset.ids.split(" ").map(id => [id, mark.textContent]))
                 .reduce((all, [id, text]) => all.set(id, (all.get(id) || "") + text), new Map()))"""
        )
        text = store.report(report.id).text
        for statement in store.statements(Query(report=report.id)):
            assert shown.get(statement.id) == words_of(statement, text)
            checked += 1
    store.close()
    return checked


def words_of(statement: Statement, text: str) -> str:
    """The letters of the content as they stand in the text, without breaks between paragraphs."""
    return "".join(span.of(text) for span in statement.content.spans)


def test_marks_of_the_sample_are_the_evidence_to_the_letter(page: Page, address: str, sample: Path) -> None:
    assert check_marks(page, address, sample) > 30


def test_marks_are_right_where_letters_take_two_code_units(page: Page, hard: tuple[Room, Path]) -> None:
    room, db = hard
    assert check_marks(page, room.address, db) >= 4


def test_marks_of_the_acceptance_reports_are_the_evidence_to_the_letter(page: Page, troops: tuple[Room, Path]) -> None:
    room, db = troops
    assert check_marks(page, room.address, db) > 30


def test_keys_go_from_statement_to_statement_and_open_one(page: Page, hard: tuple[Room, Path]) -> None:
    room, db = hard
    store = open_store(db, create=False)
    report = next(iter(store.reports()))
    store.close()
    page.goto(f"{room.address}/reports/{report.id}")
    seen = []
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
        seen.append(
            page.evaluate("document.activeElement.closest('[data-ids]')?.dataset.ids || document.activeElement.id")
        )
    assert seen[0] == seen[2] != seen[1]
    page.keyboard.press("?")
    assert page.locator("kbd").first.is_visible()


def test_a_mark_tells_who_and_how_sure_when_it_is_pointed_at(page: Page, address: str) -> None:
    report = page.request.get(f"{address}/reports.json").json()["rows"][0]
    page.goto(f"{address}/reports/{report['id']}")
    mark = page.locator("[data-ids]").first
    mark.hover()
    card = page.locator("aside.card")
    card.wait_for()
    said = page.request.get(f"{address}/statements/{mark.get_attribute('data-ids').split()[0]}.json").json()  # type: ignore[union-attr]
    assert said["statement"]["who"] in card.inner_text()
