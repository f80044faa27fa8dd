"""The briefing as one HTML file: citations jump to the words, charts are inside, nothing is asked for."""

from __future__ import annotations

import re

import pytest
from lxml import html

from onrecord.errors import UsageError
from onrecord.export.briefing import export_briefing
from onrecord.stores.memory import MemoryStore
from tests.export.hand import Said, add_report

FIRST = "The mayor of Lund said 40 boats had left the port. A clerk said <script>alert(1)</script> was a joke."
SECOND = "The mayor of Lund said 55 boats had left the port."


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    add_report(
        store,
        FIRST,
        Said("The mayor of Lund", "said", "40 boats had left the port", "Ida Berg", figures=(("40", "fishing boats"),)),
        Said("A clerk", "said", "<script>alert(1)</script> was a joke"),
    )
    add_report(
        store,
        SECOND,
        Said("The mayor of Lund", "said", "55 boats had left the port", "Ida Berg", figures=(("55", "fishing boats"),)),
        published="2025-03-06",
    )
    return store


@pytest.fixture
def page(store: MemoryStore) -> str:
    written: list[str] = []
    export_briefing(store, written.append, "html")
    return "".join(written)


def test_every_citation_leads_to_a_note_with_the_words(page: str) -> None:
    root = html.fromstring(page)
    targets = {found.get("href")[1:] for found in root.iter("a")}
    ids = {found.get("id") for found in root.iter() if found.get("id")}
    assert targets
    assert targets <= ids
    marked = [mark.text_content() for mark in root.iter("mark")]
    assert "40 boats had left the port" in marked


def test_the_figures_are_drawn_and_each_point_leads_to_its_note(page: str) -> None:
    root = html.fromstring(page)
    (figure,) = root.iter("figure")
    assert figure.findtext("figcaption") == "fishing boats"
    points = [found for found in figure.iter("a") if found.get("class", "").startswith("point")]
    assert [bool(re.fullmatch(r"#n\d+", point.get("href"))) for point in points] == [True, True]
    assert len(figure.xpath(".//details//tr")) == 3


def test_the_file_asks_for_nothing_and_runs_nothing(page: str) -> None:
    root = html.fromstring(page)
    assert not root.xpath("//script | //link | //img | //iframe | //*[@src] | //*[@style]")
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)
    assert "default-src 'none'" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_headings_are_in_order_and_ids_stand_once(page: str) -> None:
    root = html.fromstring(page)
    assert [found.tag for found in root.iter("h1", "h2", "h3")][:2] == ["h1", "h2"]
    ids = [found.get("id") for found in root.iter() if found.get("id")]
    assert len(ids) == len(set(ids))
    assert root.get("lang") == "en"


def test_lists_are_closed_as_they_were_opened(page: str) -> None:
    for tag in ("ul", "li", "section", "table", "figure"):
        assert len(re.findall(f"<{tag}[ >]", page)) == page.count(f"</{tag}>")


def test_a_second_file_is_the_same_to_the_byte(store: MemoryStore, page: str) -> None:
    written: list[str] = []
    export_briefing(store, written.append, "html")
    assert "".join(written) == page


def test_a_record_of_nothing_is_a_page_that_says_so() -> None:
    written: list[str] = []
    export_briefing(MemoryStore(), written.append, "html")
    assert "Nothing on the record yet" in written[0]


def test_an_unknown_format_names_those_there_are(store: MemoryStore) -> None:
    with pytest.raises(UsageError, match="md, text, json, html"):
        export_briefing(store, print, "pdf")
