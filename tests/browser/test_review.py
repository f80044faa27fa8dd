"""Review in a browser: by keys alone, by selecting text, with undo, and with scripts off; the log has it all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from onrecord.flow import add_readings
from onrecord.read.jsonl import read_jsonl
from onrecord.stores import open_store
from tests.browser.conftest import Room, reader, watched
from tests.browser.test_pages import violations

HARD = (
    "🚒 A fire in Holm\n\n"
    "🚒🚒 The fire chief 𝒜da Holm 👩‍🚒 said on Tuesday that 12 houses were lost, “the worst 😔 in years,” she said.\n\n"
    "Cafe\u0301 owner Per Lund denied that he had left the stove on.\n"
)
SELECT = """([from, to]) => {
  // Selects the words from the beginning of one to the end of another, as a hand with a mouse would.
  const find = (words) => {
    const walker = document.createTreeWalker(document.querySelector(".reading"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(words);
      if (at >= 0) return [node, at];
    }
  };
  const [start, first] = find(from), [end, last] = find(to);
  getSelection().setBaseAndExtent(start, first, end, last + to.length);
}"""


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Iterator[Room]:
    """A reading room over its own copy of the sample story."""
    path = tmp_path / "judged.db"
    shutil.copy(sample, path)
    room = Room(path)
    yield room
    room.close()


@pytest.fixture
def hard(tmp_path: Path) -> Iterator[Room]:
    """One report with letters that take two code units, and signs joined of several."""
    path = tmp_path / "hard.db"
    line = json.dumps({"id": "1", "text": HARD, "published": "2025-03-04", "outlet": "Harbour Post", "title": "Fire"})
    store = open_store(path)
    add_readings(read_jsonl(line.encode("utf-8")), store, engine="fast")
    store.close()
    room = Room(path)
    yield room
    room.close()


def log_of(page: Page, room: Room) -> list[str]:
    """The verdicts of the log, oldest first."""
    rows = page.request.get(f"{room.address}/review/log.json").json()["rows"]
    return [row["verdict"] for row in reversed(rows)]


def press(page: Page, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def give_name(page: Page) -> None:
    page.locator("form.verdicts input[name=author]").fill("Ida Berg")
    page.keyboard.press("Escape")


def words(page: Page) -> str:
    return page.locator(".evidence mark").all_inner_texts()[0]


def test_a_queue_is_worked_through_by_keys_alone(page: Page, desk: Room) -> None:
    page.goto(f"{desk.address}/review")
    first = words(page)
    give_name(page)
    press(page, "y")
    assert "Confirmed" in page.get_by_role("status").inner_text()
    second = words(page)
    assert second != first
    press(page, "x")
    third = words(page)
    press(page, "u")
    assert "Took back: rejected" in page.get_by_role("status").inner_text()
    assert words(page) == second
    press(page, "s")
    assert words(page) == third
    assert log_of(page, desk) == ["confirm", "reject", "undo"]
    assert violations(page) == []


def test_keys_are_told_and_can_be_turned_off(page: Page, desk: Room) -> None:
    page.goto(f"{desk.address}/review")
    give_name(page)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    assert "Confirm" in dialog.inner_text()
    assert violations(page) == []
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button").click()
    page.keyboard.press("y")
    page.wait_for_timeout(200)
    assert log_of(page, desk) == []


def test_letters_in_a_field_are_letters(page: Page, desk: Room) -> None:
    page.goto(f"{desk.address}/review")
    give_name(page)
    page.keyboard.press("n")
    page.keyboard.type("xyes, undone")
    assert page.locator("[name=note]").input_value() == "xyes, undone"
    page.keyboard.press("Escape")
    press(page, "y")
    row = page.request.get(f"{desk.address}/review/log.json").json()["rows"][0]
    assert row["note"] == "xyes, undone"


def test_a_name_is_asked_before_anything_is_written(page: Page, desk: Room) -> None:
    page.goto(f"{desk.address}/review")
    page.keyboard.press("y")
    page.wait_for_timeout(200)
    assert page.locator("form.verdicts input[name=author]").evaluate("one => one.matches(':invalid')")
    assert log_of(page, desk) == []


def test_words_are_put_right_by_selecting_them(page: Page, desk: Room) -> None:
    page.goto(f"{desk.address}/review?kind=figure")
    identity = page.locator("form.verdicts").get_attribute("action").rpartition("/")[2]  # type: ignore[union-attr]
    press(page, "e")
    content = page.locator("[name=content]").input_value()
    first, last = content.split()[0], content.split()[2]
    page.evaluate(SELECT, [first, last])
    page.get_by_role("button", name="the content").first.click()
    taken = page.locator("[name=content]").input_value()
    assert taken == " ".join(content.split()[:3])
    assert page.evaluate("[...CSS.highlights.get('content')].map(String).join('|')") == taken
    assert violations(page) == []
    page.locator("input[name=author]").fill("Ida Berg")
    page.keyboard.press("Escape")
    press(page, "w")
    assert "Corrected" in page.get_by_role("status").inner_text()
    now = page.request.get(f"{desk.address}/statements/{identity}.json").json()["statement"]
    assert (now["content"], now["review"]) == (taken, "corrected")


def test_places_are_code_points_where_letters_take_two_code_units(page: Page, hard: Room) -> None:
    rows = page.request.get(f"{hard.address}/statements.json").json()["rows"]
    row = next(row for row in rows if "12 houses" in row["content"])
    page.goto(f"{hard.address}/review/statements/{row['id']}/correct?whole=1")
    for part, key, start, end in (
        ("source", "1", "𝒜da", "👩‍🚒"),
        ("cue", "2", "said on", "Tuesday"),
        ("content", "3", "12 houses", "lost"),
        ("content", "4", "the worst 😔", "years"),
        ("content", "4", "Cafe\u0301", "Lund"),
    ):
        page.evaluate(SELECT, [start, end])
        page.keyboard.press(key)
        assert page.locator(f"[name={part}_at]").input_value()
    page.locator("input[name=author]").fill("Ida Berg")
    page.keyboard.press("Escape")
    press(page, "w")
    now = page.request.get(f"{hard.address}/statements/{row['id']}.json").json()["statement"]
    assert now["source"] == "𝒜da Holm 👩‍🚒"
    assert now["cue"] == "said on Tuesday"
    assert now["content"] == "12 houses were lost the worst 😔 in years Cafe\u0301 owner Per Lund"
    assert [HARD[start:end] for start, end in now["spans"]] == [
        "12 houses were lost",
        "the worst 😔 in years",
        "Cafe\u0301 owner Per Lund",
    ]


def test_a_key_takes_what_is_selected_now_though_the_page_was_not_told_yet(page: Page, hard: Room) -> None:
    row = page.request.get(f"{hard.address}/statements.json").json()["rows"][0]
    page.goto(f"{hard.address}/review/statements/{row['id']}/correct?whole=1")
    page.evaluate(SELECT, ["12 houses", "lost"])
    page.wait_for_function("document.querySelector('[data-chosen]').textContent.startsWith('“12')")
    page.evaluate(
        "([words, key]) => { (" + SELECT + ")(words); document.querySelector(`[data-key='${key}']`).click(); }",
        [["the worst 😔", "years"], "3"],
    )
    assert page.locator("[name=content]").input_value() == "the worst 😔 in years"


def test_a_selection_over_two_paragraphs_is_one_piece(page: Page, hard: Room) -> None:
    row = page.request.get(f"{hard.address}/statements.json").json()["rows"][0]
    page.goto(f"{hard.address}/review/statements/{row['id']}/correct?whole=1")
    page.evaluate(SELECT, ["years", "owner"])
    page.get_by_role("button", name="the content").first.click()
    page.locator("input[name=author]").fill("Ida Berg")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("status").wait_for()
    now = page.request.get(f"{hard.address}/statements/{row['id']}.json").json()["statement"]
    ((start, end),) = now["spans"]
    assert HARD[start:end] == "years,” she said.\n\nCafe\u0301 owner"


def test_what_was_judged_meanwhile_is_said(page: Page, desk: Room) -> None:
    page.goto(f"{desk.address}/review")
    give_name(page)
    identity = page.locator("form.verdicts").get_attribute("action").rpartition("/")[2]  # type: ignore[union-attr]
    other = {"verdict": "reject", "about": identity, "author": "Otto Brand"}
    page.request.post(f"{desk.address}/api/v1/review/verdicts", data=other)
    press(page, "y")
    assert "Otto Brand rejected this meanwhile" in page.get_by_role("alert").inner_text()
    assert log_of(page, desk) == ["reject"]
    assert violations(page) == []


def test_without_scripts_all_of_it_works(chromium: Browser, desk: Room) -> None:
    context = reader(chromium, java_script_enabled=False)
    page = context.new_page()
    wrong = watched(page)
    page.goto(f"{desk.address}/review?kind=figure")
    page.locator("form.verdicts input[name=author]").fill("Ida Berg")
    page.get_by_role("button", name="Confirm").click()
    assert "Confirmed" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="Correct").click()
    assert not page.get_by_role("toolbar").is_visible()
    page.locator("[name=content]").fill("words that stand nowhere")
    page.get_by_role("button", name="Write it down").click()
    assert "does not stand" in page.get_by_role("alert").inner_text()
    assert page.locator("[name=content]").input_value() == "words that stand nowhere"
    page.locator("[name=stance]").select_option("predicts")
    page.locator("[name=content]").fill("people")
    page.get_by_role("button", name="Write it down").click()
    assert "Corrected" in page.get_by_role("status").inner_text()
    page.goto(f"{desk.address}/review/log")
    assert page.locator("ol.log > li").count() == 3
    page.get_by_role("button", name="Undo").click()
    assert page.locator("ol.log > li").count() == 4
    assert wrong == []
    context.close()
