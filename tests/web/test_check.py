"""The page that holds a claim against the record."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient


def test_an_answer_says_who_says_so_and_links_to_the_words(room: TestClient) -> None:
    said = room.get("/statements.json").json()["rows"][0]
    found = room.get("/check.json", params={"claim": said["content"]}).json()
    sides = {side["side"]: side["voices"] for side in found["sides"]}
    assert said["id"] in {voice["id"] for voice in sides["says so"]}
    page = html.document_fromstring(room.get("/check", params={"claim": said["content"]}).text)
    assert f"/reports/{said['report']}#{said['id']}" in page.xpath("//a/@href")


def test_what_is_not_there_is_not_found_and_never_false(room: TestClient) -> None:
    text = room.get("/check", params={"claim": "The queen of Atlantis abdicated"}).text
    assert "Not found in this collection." in text
    assert "neither true nor false" in text
    assert room.get("/check.json", params={"claim": "The queen of Atlantis abdicated"}).json()["sides"] == []


def test_without_a_claim_it_offers_claims_of_the_record(room: TestClient) -> None:
    page = html.document_fromstring(room.get("/check").text)
    links = [link for link in page.xpath("//main//a/@href") if link.startswith("/check?claim=")]
    assert links
    assert room.get(links[0]).status_code == 200


def test_over_nothing_it_says_what_to_do(empty_room: TestClient) -> None:
    assert "onrecord add" in empty_room.get("/check").text


@pytest.mark.parametrize("claim", ["???", "x" * 2001, "word " * 390, "\x00"])
def test_what_is_no_claim_is_refused_in_words(room: TestClient, claim: str) -> None:
    assert room.get("/check", params={"claim": claim}).status_code == 422


def test_words_of_a_reader_are_escaped(room: TestClient) -> None:
    text = room.get("/check", params={"claim": "<script>alert(1)</script> 12 people"}).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
