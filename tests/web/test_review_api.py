"""Judging by JSON: the same verdicts, the same rules, an answer that is the line of the log."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

API = "/api/v1/review/"
Json = dict[str, Any]


@pytest.fixture
def one(room: TestClient) -> Json:
    rows = room.get("/statements.json").json()["rows"]
    found: Json = next(row for row in rows if row["source"] and row["figures"] and row["entity"])
    return found


def test_a_verdict_is_a_line_of_the_log_and_can_be_taken_back(desk: TestClient, one: Json) -> None:
    given = {"verdict": "confirm", "about": one["id"], "author": "Ida", "note": "tape", "seen": ""}
    line = desk.post(API + "verdicts", json=given).json()
    assert (line["number"], line["verdict"], line["author"], line["about"]) == (1, "confirm", "Ida", [one["id"]])
    assert line["holds"]
    assert desk.get(f"/statements/{one['id']}.json").json()["statement"]["review"] == "confirmed"
    again = desk.post(API + "verdicts", json=given)
    assert again.status_code == 409
    assert "Ida confirmed this meanwhile" in again.json()["detail"]
    undone = desk.post(API + "undo", json={"author": "Ida"}).json()
    assert undone["about"] == [line["id"]]
    assert desk.get(f"/statements/{one['id']}.json").json()["statement"]["review"] == "none"


def test_everything_of_a_statement_is_put_right_at_once(desk: TestClient, one: Json) -> None:
    start, _ = one["spans"][0]
    given = {
        "author": "Ida",
        "statement": one["id"],
        "source": [],
        "content": [[start, start + 3], [start + 5, start + 8]],
        "name": "Nils Aasen",
        "stance": "warns",
        "figures": [{"figure": one["figures"][0], "low": "12.5", "high": None}],
    }
    answer = desk.post(API + "corrections", json=given)
    assert answer.status_code == 200, answer.text
    now = desk.get(f"/statements/{one['id']}.json").json()["statement"]
    assert now["spans"] == given["content"]
    assert (now["who"], now["stance"], now["source"], now["review"]) == ("Nils Aasen", "warns", None, "corrected")


def test_entities_are_merged_and_split(desk: TestClient) -> None:
    rows = [row for row in desk.get("/speakers.json").json()["rows"] if row["id"]]
    merged = desk.post(API + "merges", json={"author": "Ida", "kept": rows[0]["id"], "others": [rows[1]["id"]]})
    assert merged.status_code == 200
    desk.post(API + "undo", json={"author": "Ida", "judgement": merged.json()["id"]})
    report = desk.get(f"/statements.json?who={rows[0]['id']}").json()["rows"][0]["report"]
    split = {"author": "Ida", "entity": rows[0]["id"], "reports": [report], "name": "Another"}
    assert desk.post(API + "splits", json=split).status_code == 200
    assert desk.get("/statements.json?who=Another").json()["rows"]


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("verdicts", {"verdict": "confirm", "author": " "}),
        ("verdicts", {"verdict": "confirm", "author": "\ud800"}),
        ("verdicts", {"verdict": "confirm", "author": "Ida", "note": "\udfff"}),
        ("verdicts", {"verdict": "confirm", "author": "Ida", "note": "x" * 4001}),
        ("verdicts", {"verdict": "delete", "author": "Ida"}),
        ("verdicts", {"verdict": "confirm", "author": "Ida", "other": 1}),
        ("corrections", {"author": "Ida"}),
        ("corrections", {"author": "Ida", "content": []}),
        ("corrections", {"author": "Ida", "content": [[5, 2]]}),
        ("corrections", {"author": "Ida", "content": [[0, 999999999]]}),
        ("corrections", {"author": "Ida", "content": [[0, 5], [3, 8]]}),
        ("corrections", {"author": "Ida", "content": [[-1, 5]]}),
        ("corrections", {"author": "Ida", "content": [[0, 5, 9]]}),
        ("corrections", {"author": "Ida", "stance": "shouts"}),
        ("corrections", {"author": "Ida", "name": "\ud800"}),
        ("corrections", {"author": "Ida", "speaker": "", "name": "\u0000"}),
        ("corrections", {"author": "Ida", "figures": [{"figure": "FIGURE", "low": None, "high": None}]}),
        ("corrections", {"author": "Ida", "figures": [{"figure": "FIGURE", "low": "1e400"}]}),
        ("corrections", {"author": "Ida", "figures": [{"figure": "FIGURE", "low": "NaN"}]}),
        ("corrections", {"author": "Ida", "figures": [{"figure": "FIGURE", "low": 5, "high": 4}]}),
        ("corrections", {"author": "Ida", "figures": [{"figure": "f-0", "low": 5}]}),
        ("merges", {"author": "Ida", "kept": "SPEAKER", "others": []}),
        ("merges", {"author": "Ida", "kept": "SPEAKER", "others": ["SPEAKER"]}),
        ("splits", {"author": "Ida", "entity": "SPEAKER"}),
        ("undo", {"author": ""}),
    ],
)
def test_what_cannot_be_is_told_in_words_and_writes_nothing(
    desk: TestClient, one: Json, path: str, given: Json
) -> None:
    whole = {"verdicts": {"about": one["id"]}, "corrections": {"statement": one["id"]}}.get(path, {}) | given
    text = json.dumps(whole).replace("FIGURE", one["figures"][0]).replace("SPEAKER", one["entity"])
    answer = desk.post(API + path, content=text, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"]
    assert desk.get("/review/log.json").json()["rows"] == []


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("verdicts", {"verdict": "reject", "about": "s-ffffffffffffffff"}),
        ("verdicts", {"verdict": "reject", "about": ""}),
        ("verdicts", {"verdict": "reject", "about": "\u0000"}),
        ("corrections", {"statement": "s-ffffffffffffffff", "stance": "warns"}),
        ("merges", {"kept": "e-f", "others": ["e-e"]}),
        ("splits", {"entity": "e-f", "statements": ["s-f"]}),
        ("undo", {"judgement": "j-f"}),
        ("undo", {}),
    ],
)
def test_an_id_that_is_not_there_is_not_found(desk: TestClient, path: str, given: Json) -> None:
    answer = desk.post(API + path, json={"author": "Ida", **given})
    assert answer.status_code == 404, answer.text
    assert answer.json()["detail"]


def test_the_api_is_described(desk: TestClient) -> None:
    paths = desk.get("/openapi.json").json()["paths"]
    assert {"/api/v1/review", "/api/v1/review/log", "/api/v1/review/precision"} <= set(paths)
    body = paths["/api/v1/review/verdicts"]["post"]["requestBody"]["content"]
    assert list(body) == ["application/json"]
    assert "409" in paths["/api/v1/review/verdicts"]["post"]["responses"]
