"""The page of a report: its marks are the evidence to the letter, and untrusted text stays text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.ledger.statements import make_page
from onrecord.model import Attribution, Commitment, Copy, Page, Source, Span, Speaker
from onrecord.stores.memory import MemoryStore
from onrecord.web.app import create_app
from onrecord.web.settings import Settings
from tests.build import doc, pieces
from tests.export.hand import Said, add_report, link
from tests.web.conftest import HERE
from tests.web.test_every_page import check_page

HARD = (
    "Pier <b>closed</b> & “gone”\n\n"
    "“We go, 😀 𝒜da,” said Ada Byron of the Lund é́cole. “And <script>alert(1)</script> stays.”\n"
    "Tom Hale warned that the port denied that 40 ships & \u202e12 boats\u202c were lost.\n"
    'An official said\r the p\u200dier \u200b\u200b\u200bwas "onclick=alert(2)" closed,\n'
    "and that it would open again. Nobody minded.\n"
)


def add_hard(store: MemoryStore) -> Page:
    """Pieces, nesting, overlaps, a line break inside, astral characters, combining marks, controls, and mark-up."""
    return add_report(
        store,
        HARD,
        Said(
            "Ada Byron",
            "said",
            ("“We go, 😀 𝒜da,”", "“And <script>alert(1)</script> stays.”"),
            "Ada Byron",
            form="direct",
        ),
        Said(
            "Tom Hale",
            "warned",
            "the port denied that 40 ships & \u202e12 boats\u202c were lost",
            "Tom Hale",
            stance="warns",
            figures=(("40", "ships"), ("12", "boats")),
        ),
        Said(
            "the port",
            "denied",
            "40 ships & \u202e12 boats\u202c were lost",
            stance="denies",
            certainty="CT-",
            inside=1,
        ),
        Said(
            "An official",
            "said",
            'the p\u200dier \u200b\u200b\u200bwas "onclick=alert(2)" closed,\nand that it would open again',
            more={"venue": "<i>at the pier</i>"},
        ),
        title="Pier <b>closed</b> & “gone”",
        uri="javascript:alert(3)",
    )


@pytest.fixture(scope="module")
def hard() -> tuple[MemoryStore, Page]:
    store = MemoryStore()
    return store, add_hard(store)


@pytest.fixture(scope="module")
def hard_room(hard: tuple[MemoryStore, Page]) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(db="memory:"), store=hard[0]), base_url=HERE) as client:
        yield client


def text_of(tree: html.HtmlElement) -> str:
    """The text of the report as the page has it, without the numbers of the notes."""
    words = []
    for element in tree.xpath("//*[contains(concat(' ', @class, ' '), ' text ')]"):
        for number in element.xpath(".//a[contains(@class, 'ref')]"):
            number.drop_tree()
        words.append(element.text_content())
    return "".join(words)


def words_of(tree: html.HtmlElement, note: dict[str, Any]) -> str:
    """What the marks of a statement say, piece by piece."""
    marks = tree.xpath(f"//mark[contains(concat(' ', @data-ids, ' '), ' {note['id']} ')]")
    pieces = []
    for start, end in note["spans"]:
        inside = [mark.text_content() for mark in marks if start <= int(mark.get("data-at")) < end]
        pieces.append("".join(inside))
    return " ".join(pieces)


def check_words(client: TestClient, report: str) -> int:
    """Every statement's marks, joined, are its content, and the page has every letter of the text."""
    page = client.get(f"/reports/{report}.json").json()
    text = client.get(f"/reports/{report}").text
    assert text_of(html.document_fromstring(text)) == "".join(
        segment["text"] for item in page["paragraphs"] for segment in item["block"]["segments"]
    )
    tree = html.document_fromstring(text)
    notes = [note for item in page["paragraphs"] for note in item["notes"]]
    for note in notes:
        assert words_of(tree, note) == note["content"]
        first = tree.get_element_by_id(note["id"])
        assert first.tag in ("mark", "span")
        assert tree.xpath(f"//a[@href='#n-{note['id']}']")
        assert tree.get_element_by_id("n-" + note["id"]).tag == "details"
    return len(notes)


def test_marks_of_the_sample_story_are_the_evidence_to_the_letter(room: TestClient) -> None:
    rows = room.get("/reports.json").json()["rows"]
    assert sum(check_words(room, row["id"]) for row in rows) > 40


def test_marks_of_hard_texts_are_the_evidence_to_the_letter(
    hard: tuple[MemoryStore, Page], hard_room: TestClient
) -> None:
    page = hard[1]
    assert check_words(hard_room, page.report.id) == len(page.statements) == 4
    contents = {s.id: s.content.quote for s in page.statements}
    shown = hard_room.get(f"/reports/{page.report.id}.json").json()
    assert {n["id"]: n["content"] for item in shown["paragraphs"] for n in item["notes"]} == contents
    assert text_of(html.document_fromstring(hard_room.get(f"/reports/{page.report.id}").text)) == HARD


def test_untrusted_text_stays_text(hard: tuple[MemoryStore, Page], hard_room: TestClient) -> None:
    answer = hard_room.get(f"/reports/{hard[1].report.id}")
    check_page(answer.text)
    tree = html.document_fromstring(answer.text)
    assert not tree.xpath("//b[text()='closed'] | //i[text()='at the pier'] | //*[@onclick]")
    assert not tree.xpath("//a[starts-with(@href, 'javascript')]")
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_what_nobody_sees_is_shown_as_a_sign(hard: tuple[MemoryStore, Page], hard_room: TestClient) -> None:
    tree = html.document_fromstring(hard_room.get(f"/reports/{hard[1].report.id}").text)
    signs = [(sign.get("data-sign"), sign.text) for sign in tree.xpath("//bdi[@class='sign']")]
    assert ("U+202E", "\u202e") in signs
    assert ("U+200B ×3", "\u200b\u200b\u200b") in signs
    assert ("U+000D", "\r") in signs
    assert ("U+200D", "\u200d") in signs


def test_a_nested_denial_is_marked_as_the_denial(hard: tuple[MemoryStore, Page], hard_room: TestClient) -> None:
    outer, inner = hard[1].statements[1], hard[1].statements[2]
    tree = html.document_fromstring(hard_room.get(f"/reports/{hard[1].report.id}").text)
    nested = tree.xpath(f"//mark[@data-ids='{inner.id} {outer.id}']")
    assert nested
    assert all("d" in mark.get("class").split() for mark in nested)
    assert tree.xpath(f"//mark[@data-ids='{outer.id}']")


def test_a_filter_marks_only_what_fits_and_says_so(hard: tuple[MemoryStore, Page], hard_room: TestClient) -> None:
    report = hard[1].report.id
    for search, left in (("who=Ada+Byron", 1), ("stance=denies", 1), ("who=Hale&stance=warns", 1), ("who=Nobody", 0)):
        page = hard_room.get(f"/reports/{report}.json?{search}").json()
        assert (page["shown"], page["statements"]) == (left, 4), search
        tree = html.document_fromstring(hard_room.get(f"/reports/{report}?{search}").text)
        assert len({mark.get("data-ids") for mark in tree.xpath("//mark")}) == left
        assert f"{left} of 4 statements" in tree.text_content()
        assert text_of(tree) == HARD


def test_unknown_ids_and_bad_places_are_told_in_words(room: TestClient) -> None:
    report = room.get("/reports.json").json()["rows"][0]["id"]
    for path in ("/reports/r-0000", f"/reports/{report}/versions/r-0000", "/reports/r-0000/new"):
        answer = room.get(path)
        assert answer.status_code == 404
        assert "r-0000" in answer.text
    for search in ("at=x", "at=-1", "at=99999999999", "page=x", "stance=shouts", "s=" + "x" * 99):
        assert room.get(f"/reports/{report}?{search}").status_code == 422, search
    for search in ("at=9-3", "page=2"):
        assert room.get(f"/reports/{report}?{search}").status_code == 404, search
    assert room.get(f"/reports/{report}?at=0-999999999").status_code == 200
    assert room.get(f"/reports/{report}?s=s-nothing").status_code == 200


def test_a_place_is_marked_to_the_letter(hard: tuple[MemoryStore, Page], hard_room: TestClient) -> None:
    start = HARD.index("😀")
    tree = html.document_fromstring(hard_room.get(f"/reports/{hard[1].report.id}?at={start}-{start + 6}").text)
    assert "".join(e.text_content() for e in tree.xpath("//*[contains(@class, ' here')]")) == "😀 𝒜da,"
    assert tree.get_element_by_id("at") is not None


def test_copied_words_open_where_else_they_stand() -> None:
    store = MemoryStore()
    words = "The pier was closed on Monday after a storm."
    one = add_report(store, f"{words}\nIt rained.", outlet="Lund Wire")
    two = add_report(store, f"By our staff\n{words}", outlet="City Herald", published="2025-03-04")
    pair = (Span(0, len(words)), Span(13, 13 + len(words)))
    store.put_copies([Copy("cp-1", one.report.id, two.report.id, 0.9, (pair,))])
    with TestClient(create_app(Settings(db="memory:"), store=store), base_url=HERE) as client:
        tree = html.document_fromstring(client.get(f"/reports/{two.report.id}").text)
        (link_,) = tree.xpath("//*[contains(@class, 'copynote')]//a")
        assert "".join(e.text_content() for e in tree.xpath("//*[@class='copied']")) == words
        assert link_.text == "Lund Wire, 3 Mar 2025"
        there = html.document_fromstring(client.get(link_.get("href").partition("#")[0]).text)
        assert "".join(e.text_content() for e in there.xpath("//*[contains(@class, 'here')]")) == words
        beside = client.get(f"/reports/{one.report.id}/versions/{two.report.id}")
        assert beside.status_code == 200
        assert "A text and its copy" in beside.text
        check_page(beside.text)


def test_links_are_told_with_reasons_and_open_the_other_words() -> None:
    store = MemoryStore()
    one = add_report(store, "The port said the pier fell.", Said("The port", "said", "the pier fell"))
    two = add_report(
        store,
        "Tom Hale denied that.",
        Said("Tom Hale", "denied", "that", "Tom Hale", stance="denies"),
        outlet="Lund Wire",
    )
    first, second = one.statements[0].id, two.statements[0].id
    store.put_links([link(second, "denies", first)])
    with TestClient(create_app(Settings(db="memory:"), store=store), base_url=HERE) as client:
        text = client.get(f"/reports/{two.report.id}").text
        assert f'href="/reports/{one.report.id}?s={first}#{first}"' in text
        assert "told so" in text
        assert "is denied by" in client.get(f"/reports/{one.report.id}").text


def test_it_says_why_nobody_is_named() -> None:
    store = MemoryStore()
    text = "Tom and Ada met. He said it fell."
    speaker = Speaker(None, ambiguous=True, method="pronoun", confidence=0.4)
    report = doc(
        text,
        attributions=(
            Attribution(
                pieces(text, "it fell"),
                pieces(text, "said"),
                pieces(text, "He"),
                speaker=speaker,
                commitment=Commitment("asserts", "CT+"),
            ),
        ),
    )
    store.add(make_page(report, Source(report.sha256, text.encode())))
    with TestClient(create_app(Settings(db="memory:"), store=store), base_url=HERE) as client:
        shown = client.get(f"/reports/{report.id}").text
        assert "speaker not resolved: could be two" in shown
        assert ">?1</a>" in shown


def test_a_long_report_comes_in_parts_and_a_statement_finds_its_own() -> None:
    store = MemoryStore()
    lines = [f"Tom Hale said the pier number {k} would be closed by the autumn." for k in range(600)]
    more = "\n".join(lines * 4)
    page = add_report(store, more, Said("Tom Hale", "said", "the pier number 599 would be closed", "Tom Hale"))
    one = page.statements[0].id
    with TestClient(create_app(Settings(db="memory:"), store=store), base_url=HERE) as client:
        first = client.get(f"/reports/{page.report.id}.json").json()
        assert first["pages"] > 2
        parts = [client.get(f"/reports/{page.report.id}.json?page={n + 1}").json() for n in range(first["pages"])]
        joined = "".join(s["text"] for p in parts for item in p["paragraphs"] for s in item["block"]["segments"])
        assert joined == more
        where = next(p["page"] for p in parts if any(item["notes"] for item in p["paragraphs"]))
        assert client.get(f"/reports/{page.report.id}.json?s={one}").json()["page"] == where
        tree = html.document_fromstring(client.get(f"/reports/{page.report.id}?s={one}").text)
        assert tree.get_element_by_id(one) is not None
        assert client.get(f"/reports/{page.report.id}?page={first['pages'] + 1}").status_code == 404


def test_versions_stand_side_by_side_claim_by_claim(room: TestClient) -> None:
    newer = next(row for row in room.get("/reports.json").json()["rows"] if row["supersedes"])
    path = f"/reports/{newer['supersedes']}/versions/{newer['id']}"
    page = room.get(path + ".json").json()
    assert page["are_versions"]
    assert {what for row in page["changed"] for what in row["what"]} >= {"figure moved"}
    assert page["corrections"]
    answer = room.get(path)
    check_page(answer.text)
    tree = html.document_fromstring(answer.text)
    assert {"57", "54"} <= {element.text_content() for element in tree.xpath("//del | //ins")}
    for side in ("before", "after"):
        for row in page["changed"]:
            if row[side]:
                joined = "".join(words for words, _ in row[side]["words"])
                told = room.get(f"/reports/{row[side]['report']}.json?s={row[side]['statement']}").json()
                notes = {n["id"]: n["content"] for item in told["paragraphs"] for n in item["notes"]}
                assert joined == " ".join(notes[row[side]["statement"]].split())


def test_reports_that_are_no_versions_are_told_so(room: TestClient) -> None:
    rows = room.get("/reports.json").json()["rows"]
    answer = room.get(f"/reports/{rows[0]['id']}/versions/{rows[-1]['id']}")
    assert answer.status_code == 404
    assert room.get(f"/reports/{rows[0]['id']}/versions/{rows[0]['id']}").status_code == 404


def test_what_a_report_adds_is_told_or_why_nobody_can_say(room: TestClient) -> None:
    rows = room.get("/reports.json").json()["rows"]
    assert "Adds to the record" in room.get(f"/reports/{rows[0]['id']}/new").text
    reprint = next(row for row in rows if row["outlet"] == "The Harbour Gazette")
    assert "Adds nothing" in room.get(f"/reports/{reprint['id']}/new").text
    store = MemoryStore()
    page = add_report(store, "The port said the pier fell.", Said("The port", "said", "the pier fell"), published=None)
    with TestClient(create_app(Settings(db="memory:"), store=store), base_url=HERE) as client:
        assert "no date" in client.get(f"/reports/{page.report.id}/new").text
        assert "undated" in client.get(f"/reports/{page.report.id}").text
