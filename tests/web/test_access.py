"""Who may do what: tokens and roles, the machine's own name, forms from our own pages alone, no endless bodies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.errors import UsageError
from onrecord.web.access import Guard
from onrecord.web.app import create_app
from onrecord.web.settings import Role, Settings, Token, is_loopback
from tests.web.conftest import HERE

READER, REVIEWER, ADMIN = "r" * 20, "v" * 20, "a" * 20
TOKENS = (Token(Role.READER, READER), Token(Role.REVIEWER, REVIEWER), Token(Role.ADMIN, ADMIN))


@pytest.fixture(scope="module")
def guarded(sample: Path) -> Iterator[TestClient]:
    """The reading room as other machines reach it."""
    settings = Settings(db=str(sample), host="0.0.0.0", tokens=TOKENS)
    with TestClient(create_app(settings), base_url="http://newsroom.example", follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/reports", "/reports.json", "/reports.csv", "/api/v1/statements", "/openapi.json"]
)
def test_without_a_token_nothing_is_read(guarded: TestClient, path: str) -> None:
    answer = guarded.get(path)
    assert answer.status_code == 403
    assert "token" in answer.text.lower()


@pytest.mark.parametrize("secret", [READER, REVIEWER, ADMIN])
def test_every_role_reads(guarded: TestClient, secret: str) -> None:
    assert guarded.get("/reports.json", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic cjpy", f"Bearer {READER}x", "Bearer é", "\x7f"])
def test_what_is_no_token_opens_nothing(guarded: TestClient, header: str) -> None:
    answer = guarded.get("/reports.json", headers={"Authorization": header.encode("latin-1")})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "cookie", ["onrecord-token", "onrecord-token=;", 'onrecord-token="\\', "a=b; onrecord-token=é", "=;=;"]
)
def test_a_broken_cookie_is_no_fault(guarded: TestClient, cookie: str) -> None:
    assert guarded.get("/reports", headers={"Cookie": cookie.encode("latin-1")}).status_code == 403


def test_signing_in_keeps_the_token_where_no_script_reads_it(guarded: TestClient) -> None:
    answer = guarded.post(
        "/sign-in", data={"token": f"reviewer:{REVIEWER}"}, headers={"Origin": "http://newsroom.example"}
    )
    assert answer.status_code == 303
    kept = answer.headers["set-cookie"].lower()
    assert "httponly" in kept
    assert "samesite=strict" in kept
    assert guarded.get("/reports").status_code == 200
    assert guarded.post("/sign-out").status_code == 303
    guarded.cookies.clear()
    assert guarded.get("/reports").status_code == 403


def test_a_wrong_token_is_told_so(guarded: TestClient) -> None:
    answer = guarded.post("/sign-in", data={"token": "nonsense"})
    assert answer.status_code == 403
    assert "No token" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://newsroom.example:81"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none", "Origin": "http://newsroom.example.evil.example"},
    ],
)
def test_a_form_of_another_site_changes_nothing(guarded: TestClient, headers: dict[str, str]) -> None:
    answer = guarded.post("/sign-in", data={"token": READER}, headers=headers)
    assert answer.status_code == 403
    assert "not sent from a page" in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8400", "", "[::2]:8400", "0x7f.1"]
)
def test_a_name_that_is_not_this_machine_s_gets_nothing_without_tokens(room: TestClient, host: str) -> None:
    assert room.get("/reports", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:8400", "127.0.0.1:1", "[::1]:8400", "[::1]", "127.8.9.1"])
def test_this_machine_s_own_names_are_served(room: TestClient, host: str) -> None:
    assert room.get("/reports", headers={"Host": host}).status_code == 200


def test_other_machines_need_a_token(sample: Path) -> None:
    with pytest.raises(UsageError, match="--token"):
        create_app(Settings(db=str(sample), host="0.0.0.0"))
    assert is_loopback("127.0.0.5")
    assert not is_loopback("192.0.2.1")


@pytest.mark.parametrize(
    "words", ["short", "boss:" + "x" * 20, "reader:", "reader:" + "x" * 15, "admin:with spaces in it, long"]
)
def test_a_token_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        Token.parse(words)


def test_a_body_that_says_it_is_too_large_is_not_read(sample: Path) -> None:
    settings = Settings(db=str(sample), most_bytes=1000)
    with TestClient(create_app(settings), base_url=HERE) as client:
        answer = client.post("/sign-in", content=b"x" * 2000)
        assert answer.status_code == 413
        assert "large" in answer.text


def test_a_body_without_a_length_is_read_as_far_as_is_allowed(sample: Path) -> None:
    settings = Settings(db=str(sample), most_bytes=1000, tokens=TOKENS)

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"token=" + b"x" * 500

    with TestClient(create_app(settings), base_url=HERE) as client:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        assert client.post("/sign-in", content=endless(), headers=headers).status_code in (400, 413)


def test_guard_lets_other_traffic_through() -> None:
    assert Guard.__call__ is not None
