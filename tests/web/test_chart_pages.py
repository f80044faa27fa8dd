"""Figures, timeline, map, who backs whom: a drawing whose points open their words, and a table that says the same."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.web.routes import backing, figures, timeline
from onrecord.web.routes import map as places


def opened(room: TestClient, address: str) -> html.HtmlElement:
    answer = room.get(address)
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def test_every_point_of_a_chart_is_a_row_of_its_table_and_opens_its_words(room: TestClient) -> None:
    found = room.get("/figures.json").json()
    assert found["charts"]
    page = opened(room, "/figures")
    for chart, drawn in zip(found["charts"], page.xpath("//figure[contains(@class, 'drawn')]"), strict=True):
        assert len(drawn.xpath(".//tbody/tr")) == len(chart["points"])
        links = set(drawn.xpath(".//*[local-name()='svg']//*[local-name()='a']/@href"))
        words = {f"/reports/{point['report']}#{point['statement'] or point['figure']}" for point in chart["points"]}
        assert links
        assert links <= words


def test_one_quantity_has_a_page_and_keeps_the_date_it_is_looked_at(room: TestClient) -> None:
    series = room.get("/figures.json").json()["charts"][0]["series"][0]
    whole = room.get(f"/figures/{series}.json").json()["chart"]["points"]
    early = room.get(f"/figures/{series}.json?as_of=2025-03-04")
    assert early.status_code == 404 or len(early.json()["chart"]["points"]) < len(whole)
    assert room.get("/figures/q-0000000000000000").status_code == 404


@pytest.mark.parametrize("address", ["/timeline", "/map", "/backing"])
def test_a_drawing_has_a_table_twin_with_links(room: TestClient, address: str) -> None:
    page = opened(room, address)
    assert page.xpath("//figure//*[local-name()='svg'][@aria-labelledby]")
    rows = room.get(address + ".json").json()["rows"]
    assert len(page.xpath("//main//tbody/tr | //ol[contains(@class, 'timeline')]/li")) == len(rows)
    assert page.xpath("//main//tbody//a | //ol[contains(@class, 'timeline')]//a")


def test_places_link_to_what_is_said_about_them(room: TestClient) -> None:
    row = room.get("/map.json").json()["rows"][0]
    said = room.get("/statements.json", params={"about": row["id"]}).json()["rows"]
    assert len(said) == row["statements"]


def test_the_timeline_of_one_entity_is_shorter(room: TestClient) -> None:
    whole = room.get("/timeline.json").json()["rows"]
    some = room.get("/timeline.json", params={"entity": "Brennvik"}).json()["rows"]
    assert 0 < len(some) < len(whole) or room.get("/timeline.json?page=2").json()["rows"]
    nobody = room.get("/timeline", params={"entity": "Nobody at all"})
    assert "Nothing on the record fits" in nobody.text


@pytest.mark.parametrize(
    ("module", "address"),
    [(figures, "/figures"), (timeline, "/timeline"), (places, "/map"), (backing, "/backing")],
)
def test_more_than_can_be_drawn_is_said(
    room: TestClient, monkeypatch: pytest.MonkeyPatch, module: object, address: str
) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    page = opened(room, address)
    assert not page.xpath("//figure")
    assert "/stories" in page.xpath("//p[@class='nothing']/a/@href")
