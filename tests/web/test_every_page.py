"""What holds of every page: it answers, as JSON too, and nothing in it runs, comes from elsewhere or is unescaped."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

# The addresses of all pages, a file for each module of routes; {statement} and the like stand for one of the sample.
ADDRESSES = tuple(
    line for path in sorted((Path(__file__).parent / "addresses").glob("*.txt")) for line in path.read_text().split()
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_whole_and_nothing_in_it_runs(room: TestClient, ids: dict[str, str], address: str) -> None:
    answer = room.get(address.format(**ids))
    assert answer.status_code == 200, answer.text
    check_page(answer.text)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_answers_json_and_the_api_gives_the_same(room: TestClient, ids: dict[str, str], address: str) -> None:
    path, mark, search = address.format(**ids).partition("?")
    twin = room.get(f"{path}.json{mark}{search}")
    assert twin.status_code == 200, twin.text
    assert twin.headers["content-type"] == "application/json"
    assert room.get(f"/api/v1{path}{mark}{search}").json() == twin.json()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_over_nothing_is_whole_too(empty_room: TestClient, address: str) -> None:
    if "{" in address:
        pytest.skip("there is nothing of the kind")
    answer = empty_room.get(address)
    assert answer.status_code == 200, answer.text
    check_page(answer.text)


def check_page(text: str) -> None:
    """No inline script or style, no handler, nothing from elsewhere; one h1, a language, a label on each field."""
    assert text.startswith("<!doctype html>")
    tree = html.document_fromstring(text)
    assert tree.get("lang") == "en"
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("//main")
    assert not tree.xpath("//style | //*[@style] | //script[not(@src)] | //iframe | //object | //embed | //base")
    handlers = [name for element in tree.iter() for name in element.attrib if name.lower().startswith("on")]
    assert not handlers
    for element in tree.xpath("//script[@src] | //link[@href] | //img[@src]"):
        address = element.get("src") or element.get("href")
        assert address.startswith(("/static/", "data:image/")), address
    for link in tree.xpath("//a[@href]"):
        address = link.get("href")
        assert re.match(r"/(?!/)|#|https?://", address), address
        if address.startswith("http"):
            assert set(link.get("rel", "").split()) >= {"noopener", "noreferrer", "nofollow"}
    for field in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        labelled = (
            field.get("aria-label")
            or field.xpath("ancestor::label")
            or tree.xpath(f"//label[@for='{field.get('id')}']")
        )
        assert labelled, html.tostring(field)
    seen = [element.get("id") for element in tree.xpath("//*[@id]")]
    assert len(seen) == len(set(seen))
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels
