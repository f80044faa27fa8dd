"""The sources, and one of them."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.model import Entity, EntityKind, Role
from onrecord.web.routes.speakers import _roles


@pytest.fixture(scope="module")
def named(room: TestClient) -> dict[str, object]:
    """The named source with most statements."""
    rows = room.get("/speakers.json").json()["rows"]
    return next(row for row in rows if row["id"] and row["kind"] != "group")


def test_sources_come_with_most_statements_first(room: TestClient) -> None:
    rows = room.get("/speakers.json").json()["rows"]
    counts = [row["statements"] for row in rows]
    assert counts == sorted(counts, reverse=True)


def test_one_source_has_everything_it_said(room: TestClient, named: dict[str, object]) -> None:
    found = room.get(f"/speakers/{named['id']}.json").json()
    said = room.get("/statements.json", params={"who": str(named["id"])}).json()["rows"]
    assert [row["id"] for row in found["rows"]] == [row["id"] for row in said]
    assert len(said) == named["statements"]


def test_moves_are_its_own_and_answers_are_of_others(room: TestClient) -> None:
    pairs = {"moved": 0, "answered": 0}
    for row in room.get("/speakers.json").json()["rows"]:
        if not row["id"]:
            continue
        found = room.get(f"/speakers/{row['id']}.json").json()
        for pair in found["moved"]:
            assert {pair["later"]["entity"], pair["earlier"]["entity"]} == {row["id"]}
        for pair in found["answered"]:
            assert row["id"] in (pair["earlier"]["entity"], *pair["earlier"]["also"])
            assert row["id"] not in (pair["later"]["entity"], *pair["later"]["also"])
        pairs = {kind: count + len(found[kind]) for kind, count in pairs.items()}
    assert all(pairs.values()), pairs


def test_a_role_stands_once_with_the_dates_it_was_given(room: TestClient) -> None:
    roles = [Role("mayor", None, day) for day in ("2025-03-06", "2025-03-04")] + [Role("teacher")]
    rows = _roles(Entity("e-1", "Ada", EntityKind.PERSON, roles=tuple(roles)))
    assert [(row["title"], row["first"], row["last"]) for row in rows] == [
        ("teacher", None, None),
        ("mayor", "2025-03-04", "2025-03-06"),
    ]


def test_a_source_that_is_not_there_is_a_page_that_helps(room: TestClient) -> None:
    answer = room.get("/speakers/e-0000000000000000")
    assert answer.status_code == 404
    assert html.document_fromstring(answer.text).xpath("//main//a")


def test_as_of_a_day_before_everything_it_has_said_nothing(room: TestClient, named: dict[str, object]) -> None:
    answer = room.get(f"/speakers/{named['id']}.json?as_of=1900")
    assert answer.status_code in (200, 404)
    assert not answer.json().get("rows")
