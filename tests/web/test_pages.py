"""The one door: filters in words, pages of lists, CSV, what has not changed, errors as pages, text that stays text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.stores import open_store
from onrecord.web.app import create_app
from onrecord.web.settings import Settings
from tests.export.hand import Said, add_report
from tests.web.conftest import HERE
from tests.web.test_every_page import ADDRESSES, check_page

NASTY = '<script>alert(1)</script> "><img src=x onerror=alert(2)> {{7*7}} said so'
FORMULA = '=HYPERLINK("http://x")'
RUBBISH = (
    "", " ", "0", "-1", "1.5", "9" * 20, "é", "\u202e", "\x00", "%", "'", '"', "' OR 1=1 --", "<b>", "{{7*7}}",
    "2025-13-45", "2025-02-30", "s-", "r-zzzz", "x" * 301, "x" * 5000, "*", "NEAR(a b)", "a" * 200 + " " + "b " * 40,
    "٣", "\U0001f600",
)  # fmt: skip
PARAMETERS = "q who about stance status story report since until as_of page what state due claim at".split()


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A record whose texts would like to be more than text."""
    path = tmp_path_factory.mktemp("nasty") / "nasty.db"
    store = open_store(path)
    words = f"Otto Brand said {NASTY}.\n{FORMULA} is what the sheet showed, two clerks said."
    said = (Said("Otto Brand", "said", NASTY), Said("two clerks", "said", FORMULA))
    add_report(
        store, words, *said, outlet="<b>Herald</b>", published="2025-03-04", uri="javascript:alert(1)", title=NASTY
    )
    store.close()
    with TestClient(create_app(Settings(db=str(path))), base_url=HERE) as client:
        yield client


def test_filters_are_told_in_words_and_each_can_be_dropped(room: TestClient) -> None:
    page = room.get("/statements?who=Health+Ministry&stance=asserts&since=2025-03-04&as_of=2025-03-12")
    tree = html.document_fromstring(page.text)
    told = " ".join(" ".join(facet.text_content().split()) for facet in tree.xpath("//span[@class='facet']"))
    for words in ("said by Health Ministry", "that assert", "since 4 Mar 2025", "as of 12 Mar 2025"):
        assert words in told
    dropped = {link.get("href") for link in tree.xpath("//span[@class='facet']/a")}
    assert "/statements?who=Health+Ministry&since=2025-03-04&as_of=2025-03-12" in dropped
    assert len(dropped) == 4


def test_ids_in_filters_are_told_by_their_names(room: TestClient) -> None:
    story = room.get("/stories.json").json()["rows"][0]
    facets = room.get(f"/reports.json?story={story['id'][:8]}").json()["facets"]
    assert facets[0]["words"] == f"in the story “{story['title']}”"


def test_pages_of_a_list_make_up_the_whole(sample: Path) -> None:
    with TestClient(create_app(Settings(db=str(sample), rows=7)), base_url=HERE) as client:
        ids: list[str] = []
        page, has_more = 1, True
        while has_more:
            answer = client.get(f"/statements.json?page={page}").json()
            ids += [row["id"] for row in answer["rows"]]
            has_more, page = answer["has_more"], page + 1
        assert (
            len(ids)
            == len(set(ids))
            == answer["total"]
            == len(list(csv.DictReader(io.StringIO(client.get("/statements.csv").text))))
        )
        tree = html.document_fromstring(client.get("/statements?page=2").text)
        assert [link.get("href") for link in tree.xpath("//nav[@class='pager']/a")] == [
            "/statements",
            "/statements?page=3",
        ]
        assert "ends before page 900" in client.get("/statements?page=900").text


def test_what_has_not_changed_is_not_sent_again(room: TestClient) -> None:
    first = room.get("/reports")
    again = room.get("/reports", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    assert "content-security-policy" in again.headers
    other = room.get("/reports?since=2025-03-04", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reports/r-0000000000000000", 404), ("/statements/s-ffffffff", 404), ("/claims/nothing-at-all", 404),
        ("/nowhere", 404), ("/stories/st-00000000", 404), ("/show/zzzz", 404), ("/show/z", 422),
        ("/reports?page=0", 422),
        ("/statements?stance=shouts", 422), ("/reports?since=yesterday", 422), ("/open?what=lunch", 422),
        ("/static/0/none.css", 404),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_told_as_a_page_and_as_json(room: TestClient, path: str, status: int) -> None:
    answer = room.get(path)
    assert answer.status_code == status
    check_page(answer.text)
    if not path.startswith("/static"):
        place, mark, search = path.partition("?")
        problem = room.get(f"{place}.json{mark}{search}")
        assert problem.status_code == status
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.json()["status"] == status
        assert problem.json()["detail"]


@pytest.mark.parametrize("address", sorted({a.partition("?")[0] for a in ADDRESSES}))
def test_no_value_of_a_parameter_is_too_much(room: TestClient, ids: dict[str, str], address: str) -> None:
    path = address.format(**ids)
    for name in PARAMETERS:
        for at, value in enumerate(RUBBISH):
            if (at + len(name) + len(path)) % 45:  # each parameter meets a few of them on each page
                continue
            answer = room.get(path + ".json", params={name: value})
            assert answer.status_code in (200, 404, 422), (path, name, value[:40], answer.text[:200])


@pytest.mark.parametrize(
    "value", ["..%2f..%2fetc%2fpasswd", "%00", "%ff%fe", "s-%", "a" * 4000, "%3Cscript%3E", "r-1234…", "*", "🙂🙂🙂🙂"]
)
@pytest.mark.parametrize(
    "path", ["/reports/", "/statements/", "/claims/", "/stories/", "/show/", "/static/x/", "/speakers/"]
)
def test_no_id_is_too_much(room: TestClient, path: str, value: str) -> None:
    assert room.get(path + value).status_code in (404, 422)
    assert room.get(path + value + ".json").status_code in (404, 422)


@pytest.mark.parametrize("path", ["/reports", "/statements", "/claims", "/brief", "/open"])
def test_text_of_reports_stays_text(nasty: TestClient, path: str) -> None:
    answer = nasty.get(path)
    assert answer.status_code == 200
    check_page(answer.text)
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert "49" not in re.findall(r"\{\{.*?\}\}|\b49\b", answer.text)
    assert 'href="javascript' not in answer.text


def test_one_statement_of_a_nasty_text_is_text_too(nasty: TestClient) -> None:
    for row in nasty.get("/statements.json").json()["rows"]:
        for path in (f"/statements/{row['id']}", f"/claims/{row['claim']}" if row["claim"] else "/claims"):
            answer = nasty.get(path)
            check_page(answer.text)
            assert "<script>alert" not in answer.text


def test_a_filter_is_text_as_well(room: TestClient) -> None:
    answer = room.get("/statements", params={"q": '"><script>alert(1)</script>'})
    check_page(answer.text)
    assert "<script>" not in answer.text


def test_no_cell_of_csv_is_a_formula(nasty: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(nasty.get("/statements.csv").text)))
    cells = [cell for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]


def test_json_is_what_it_says(nasty: TestClient) -> None:
    answer = nasty.get("/statements.json")
    assert any("<script>" in row["content"] for row in json.loads(answer.text)["rows"])
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_files_are_kept_for_good_and_small(room: TestClient) -> None:
    tree = html.document_fromstring(room.get("/reports").text)
    paths = [e.get("href") or e.get("src") for e in tree.xpath("//link[@href] | //script[@src]")]
    size = 0
    for path in paths:
        answer = room.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        size += int(answer.headers["content-length"])
    assert size < 60_000
    old = re.sub(r"/static/\w+/", "/static/0123456789ab/", paths[0])
    assert room.get(old).headers["cache-control"] == "no-cache"


def test_a_date_goes_along_from_page_to_page(room: TestClient) -> None:
    tree = html.document_fromstring(room.get("/reports?as_of=2025-03-06").text)
    links = [link.get("href") for link in tree.xpath("//main//a[starts-with(@href, '/reports/r-')]")]
    assert links
    assert all("as_of=2025-03-06" in link for link in links)


def test_the_api_is_described(room: TestClient) -> None:
    described = room.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert "/api/v1/statements" in described["paths"]
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    assert room.get("/docs").status_code == 404
    names = [op["operationId"] for methods in described["paths"].values() for op in methods.values()]
    assert len(names) == len(set(names))
    rows = described["components"]["schemas"]["StatementsPage"]["properties"]["rows"]
    assert "StatementRow" in json.dumps(rows)
    problem = described["paths"]["/api/v1/statements"]["get"]["responses"]["422"]["content"]
    assert list(problem) == ["application/problem+json"]
