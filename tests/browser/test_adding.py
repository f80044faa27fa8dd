"""Adding in a browser: paste, choose, drop, fetch; progress without a reload; what is refused keeps what was typed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, Page, expect

from onrecord.model import Failure, Reading
from onrecord.stores import open_store
from onrecord.web import jobs
from tests.browser.conftest import Room, reader
from tests.browser.test_pages import violations
from tests.read.net.site import Site, item, rss, serving
from tests.read.net.site import page as article

NUMBERS = count(40)


def story() -> str:
    """A report that is not on the record yet."""
    number = next(NUMBERS)
    return f"Dam at Oster holds\n\nAbout {number} families left their homes, Mayor Ida Falk said on Monday.\n"


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("adding") / "blank.db"
    open_store(path).close()
    return path


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture(scope="module")
def room(blank: Path, site: Site) -> Iterator[Room]:
    """A reading room over a record that starts empty."""
    db = blank.with_name("adding.db")
    shutil.copyfile(blank, db)
    made = Room(db, engine="fast", allowed=(site.place,))
    yield made
    made.close()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Reading of a file that is named slow.txt waits for it."""
    opened, read = Event(), jobs.Input.read

    def slowly(one: jobs.Input) -> Iterator[Reading | Failure]:
        if one.name == "slow.txt":
            opened.wait(30)
        yield from read(one)

    monkeypatch.setattr(jobs.Input, "read", slowly)
    yield opened
    opened.set()


def file(name: str, text: str | bytes) -> dict[str, object]:
    return {
        "name": name,
        "mimeType": "text/plain",
        "buffer": text if isinstance(text, bytes) else text.encode("utf-8"),
    }


def choose(page: Page, *files: dict[str, object]) -> None:
    page.get_by_label("Choose files, or drop them here").set_input_files(list(files))  # type: ignore[arg-type]


def paste(page: Page, text: str, **facts: str) -> None:
    form = page.locator("section[aria-labelledby=h-paste]")
    form.get_by_label("Text of the report").fill(text)
    for name, value in facts.items():
        form.get_by_label(name.capitalize(), exact=True).fill(value)
    form.get_by_role("button", name="Add text").click()


def test_a_pasted_text_is_added_and_its_words_are_one_click_away(page: Page, room: Room) -> None:
    page.goto(room.address + "/")
    page.locator("header").get_by_role("link", name="Add", exact=True).click()
    text = story()
    paste(page, text, published="2025-03-03", outlet="City Herald")
    expect(page.locator("#words")).to_have_text("Added 1 report.")
    expect(page.locator("h1")).to_have_text("Adding a pasted text")
    assert violations(page) == []
    number = text.split()[5]
    page.get_by_role("link", name=f"About {number} families left their homes").click()
    expect(page.locator("mark:target, mark[id]:focus").first).to_contain_text(f"About {number}")


def test_a_job_is_told_as_it_goes_without_a_reload(page: Page, room: Room, gate: Event) -> None:
    page.goto(room.address + "/add")
    choose(page, file("a.txt", story()), file("scan.pdf", b"%PDF-1.4"), file("slow.txt", story()))
    expect(page.locator(".chosen li")).to_have_count(3)
    page.get_by_role("button", name="Add files").click()
    words = page.locator("#words")
    expect(words).to_have_text("2 of 3 read; added 1 report, 1 refused so far.")
    assert words.get_attribute("aria-live") == "polite"
    expect(page.get_by_text("This is a PDF")).to_be_visible()
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="Stop after this report").focus()
    assert violations(page) == []
    gate.set()
    expect(words).to_have_text("Added 2 reports, 1 refused.")
    assert page.evaluate("window.stayed")
    assert page.get_by_role("button", name="Stop after this report").count() == 0
    assert page.locator("#told h2").all_inner_texts()[0].lower().startswith("refused")


def test_without_scripts_the_page_of_a_job_loads_itself_again(chromium: Browser, room: Room, gate: Event) -> None:
    context = reader(chromium, java_script_enabled=False)
    page = context.new_page()
    page.goto(room.address + "/add")
    choose(page, file("slow.txt", story()))
    page.get_by_role("button", name="Add files").click()
    assert "loads itself again" in page.locator("#told").inner_text()
    gate.set()
    expect(page.locator("#words")).to_have_text("Added 1 report.", timeout=15_000)
    context.close()


def test_a_job_is_stopped_with_a_button(page: Page, room: Room, gate: Event) -> None:
    page.goto(room.address + "/add")
    choose(page, file("slow.txt", story()), file("b.txt", story()))
    page.get_by_role("button", name="Add files").click()
    page.get_by_role("button", name="Stop after this report").click()
    gate.set()
    expect(page.locator("#words")).to_contain_text("Stopped.")


def test_a_second_time_says_that_nothing_was_added(page: Page, room: Room) -> None:
    text = story()
    for _ in range(2):
        page.goto(room.address + "/add")
        paste(page, text)
        page.wait_for_selector("#job[data-state=done]")
    expect(page.locator("#words")).to_have_text("Nothing was added: it is on the record already.")
    page.get_by_role("link", name="Dam at Oster holds").click()
    expect(page.locator("h1")).to_contain_text("Dam at Oster")


def test_files_can_be_dropped(page: Page, room: Room) -> None:
    page.goto(room.address + "/add")
    page.evaluate(
        """(texts) => {
             const carried = new DataTransfer();
             for (const [name, text] of texts) carried.items.add(new File([text], name));
             for (const kind of ["dragenter", "dragover", "drop"])
               document.querySelector(".drop").dispatchEvent(
                 new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
           }""",
        [["a.txt", story()], ["b.txt", story()]],
    )
    expect(page.locator(".chosen li")).to_have_text(["a.txt87 bytes", "b.txt87 bytes"])
    page.get_by_role("button", name="Add files").click()
    expect(page.locator("#words")).to_have_text("Added 2 reports.")


def test_too_many_files_are_told_before_they_are_sent(page: Page, room: Room) -> None:
    page.goto(room.address + "/add")
    choose(page, *(file(f"{n}.txt", "x") for n in range(101)))
    expect(page.locator(".chosen li")).to_have_count(13)
    expect(page.locator(".chosen li").last).to_have_text("and 89 more")
    expect(page.get_by_role("alert")).to_have_text("These are 101 files: at most 100 are sent at once.")
    page.get_by_role("button", name="Add files").click()
    assert page.url.endswith("/add")
    assert violations(page) == []
    choose(page, file("a.txt", story()))
    assert page.get_by_role("alert").count() == 0
    page.get_by_role("button", name="Add files").click()
    expect(page.locator("#words")).to_have_text("Added 1 report.")


def test_a_form_that_is_off_keeps_what_was_typed_and_leads_to_the_fault(page: Page, room: Room) -> None:
    page.goto(room.address + "/add")
    typed = "\n\n  A “text” <b> & 🚒\n\nIt rained, Ida Falk said."
    paste(page, typed, published="last Tuesday", title="A <title>", address="https://a.example/")
    form = page.locator("section[aria-labelledby=h-paste]")
    assert form.get_by_label("Text of the report").input_value() == typed
    assert form.get_by_label("Title").input_value() == "A <title>"
    assert form.get_by_label("Address").input_value() == "https://a.example/"
    date = form.get_by_label("Published")
    assert date.input_value() == "last Tuesday"
    expect(date).to_be_focused()
    expect(form.get_by_role("alert")).to_contain_text("No date that can be read")
    assert violations(page) == []
    date.fill("2025-03-04")
    form.get_by_role("button", name="Add text").click()
    expect(page.locator("#words")).to_have_text("Added 1 report.")


def test_files_of_a_form_that_is_off_need_not_be_chosen_again(page: Page, room: Room) -> None:
    page.goto(room.address + "/add")
    form = page.locator("section[aria-labelledby=h-files]")
    choose(page, file("a.txt", story()))
    form.get_by_label("Published").fill("soon")
    form.get_by_role("button", name="Add files").click()
    expect(form.get_by_text("1 file sent before is kept: a.txt")).to_be_visible()
    form.get_by_label("Published").fill("2025-03-04")
    form.get_by_role("button", name="Add files").click()
    expect(page.locator("#words")).to_have_text("Added 1 report.")
    expect(page.locator("time").first).to_have_attribute("datetime", "2025-03-04")


def test_a_feed_is_fetched(page: Page, room: Room, site: Site) -> None:
    site.put(
        "/dam", article("Dam holds", "The dam at Oster holds, Mayor Ida Falk told reporters after a night of rain.")
    )
    feed = site.put("/feed", rss(item("/dam"), item("http://10.0.0.1/")), "application/rss+xml")
    page.goto(room.address + "/add")
    page.get_by_label("Addresses, one on each line").fill(feed)
    page.get_by_role("button", name="Fetch and add").click()
    expect(page.locator("#words")).to_have_text("Added 1 report, 1 refused.")
    expect(page.locator("#told")).to_contain_text("blocked-address")
    expect(page.locator("#told h3")).to_have_text("Dam holds")


def test_a_server_that_is_gone_is_told_and_a_job_that_is_lost_too(
    chromium: Browser, blank: Path, gate: Event, tmp_path: Path
) -> None:
    shutil.copyfile(blank, tmp_path / "adding.db")
    room = Room(tmp_path / "adding.db", engine="fast")
    context = reader(chromium)
    page = context.new_page()
    page.goto(room.address + "/add")
    choose(page, file("slow.txt", story()))
    page.get_by_role("button", name="Add files").click()
    job = page.url.rpartition("/")[2]
    context.set_offline(True)
    expect(page.locator("#words")).to_contain_text("does not answer")
    context.set_offline(False)
    gate.set()
    expect(page.locator("#words")).to_have_text("Added 1 report.")
    room.close()
    again = Room(tmp_path / "adding.db", engine="fast")
    page.goto(f"{again.address}/add/{job}")
    expect(page.get_by_role("link", name="Add the rest again")).to_be_visible()
    page.get_by_role("link", name="The reports").click()
    expect(page.locator("main")).to_contain_text("Dam at Oster")
    again.close()
    context.close()


def test_the_page_of_a_job_fits_a_phone_in_the_dark(chromium: Browser, room: Room) -> None:
    context = reader(chromium, color_scheme="dark", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(room.address + "/add")
    rows = [{"text": story(), "published": "2025-03-03"}, {"text": story(), "published": "2025-03-05"}]
    choose(page, file("b.jsonl", "\n".join(map(json.dumps, rows))), file("n" * 120 + ".pdf", b"%PDF-1.4"))
    page.get_by_role("button", name="Add files").click()
    page.wait_for_selector("#job[data-state=done]")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()
