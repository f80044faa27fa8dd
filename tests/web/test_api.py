"""The API answers as its description says, whatever it is asked."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

pytest.importorskip("schemathesis", reason="asking the API by its description needs schemathesis")

from evals.api import operations, try_operation
from onrecord.errors import UsageError
from onrecord.ledger.asking import is_date
from onrecord.web.parameters import DATE, read_date, read_page_number, read_words

EXAMPLES = 10  # of each operation; `evals/api.py` asks 500


@pytest.mark.parametrize("part", range(4))
def test_every_answer_is_as_described(room: TestClient, part: int) -> None:
    described = list(operations(room).items())[part::4]
    tried = [try_operation(room, name, operation, EXAMPLES) for name, operation in described]
    assert [failure for one in tried for failure in one.failures] == []
    assert all(one.examples >= EXAMPLES for one in tried)


def test_the_description_is_of_version_3_1_and_tells_of_problems(room: TestClient) -> None:
    described = room.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for path, found in described["paths"].items():
        for operation in found.values():
            for status in ("403", "404", "422"):
                assert list(operation["responses"][status]["content"]) == ["application/problem+json"], path


@pytest.mark.parametrize(
    "search",
    ["who=Austin&who=Byron", "page=1&page=2", "q=&q=", "as_of=2025&as_of=2026", "x=1&x=2", "&".join(["z=1"] * 999)],
)
def test_what_is_asked_twice_is_refused(room: TestClient, search: str) -> None:
    answer = room.get("/api/v1/statements?" + search)
    assert answer.status_code == 422
    assert "more than once" in answer.json()["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_another_method_is_told_to_be_none(room: TestClient, method: str) -> None:
    for path in ("/api/v1/statements", "/statements.json", "/statements", "/openapi.json"):
        answer = room.request(method, path, content=b"\xff\x00", headers={"Content-Type": b"text/\xff"})
        assert answer.status_code == 405, path
        assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    "search",
    ["q=%ED%A0%80", "q=%FF%FE", "who=%F0%9F", "about=%80", "claim=%ED%B0%80", "entity=%C3", "q=%", "%ff=1", "=&&="],
)
def test_bytes_that_are_no_text_are_no_fault(room: TestClient, search: str) -> None:
    for path in ("/api/v1/statements", "/api/v1/check", "/api/v1/timeline", "/statements"):
        assert room.get(f"{path}?{search}").status_code in (200, 404, 422)


@pytest.mark.parametrize("name", ["q", "who", "story", "report", "page", "since"])
@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: x=1", "\x00", "x" * 20_000, "\x1b[31m"])
def test_no_value_becomes_a_header(room: TestClient, name: str, value: str) -> None:
    answer = room.get("/api/v1/statements", params={name: value})
    assert answer.status_code == 422
    assert "x=1" not in answer.headers.get("set-cookie", "")
    assert len(answer.text) < 2_000


@pytest.mark.parametrize(
    "kind", ["text/html", "application/xml", "*/*;q=nonsense", "", "application/json;charset=utf-7"]
)
def test_json_is_json_whatever_one_would_rather_have(room: TestClient, kind: str) -> None:
    answer = room.get("/api/v1/reports", headers={"Accept": kind})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"


def test_the_pattern_of_dates_is_what_is_read_as_one() -> None:
    days = [date(2023, 12, 1) + timedelta(days=n) for n in range(800)]
    made = [day.isoformat() for day in days] + ["2023", "2023-01", "2023-12", "0001-01-01", "9999-12-31", "2000-02-29"]
    made += [f"2025-03-04T{clock}" for clock in ("11:05", "23:59:59", "00:00Z", "11:05+05:30", "11:05:01-23:59")]
    for words in made:
        assert re.fullmatch(DATE, words), words
        assert is_date(words), words
    for words in (
        "", "0000", "0000-01-01", "2025-00", "2025-13", "2025-02-29", "1900-02-29", "2100-02-29", "2025-04-31",
        "2025-3-4", "20250304", "2025-03-04T", "2025-03-04T24:00", "2025-03-04T11:60", "2025-03T11:05",
        "2025-03-04T11:05+24:00", "٢٠٢٥", "2025 ", "2025-W10", "12025",
    ):  # fmt: skip
        assert not re.fullmatch(DATE, words), words
        assert not is_date(words), words


def test_words_are_read_as_they_look() -> None:
    assert read_words("who", " Ada\u00a0\u202eByron\u200b ") == "Ada Byron"
    assert read_words("who", "\u200b\u00ad ") is None
    assert read_words("who", "می\u200cخواهم") == "می\u200cخواهم"
    assert read_date("since", " 2025-03 ") == "2025-03"
    assert read_page_number("") == 1
    with pytest.raises(UsageError, match="control character"):
        read_words("who", "Ada\x00")
