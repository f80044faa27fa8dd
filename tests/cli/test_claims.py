"""Claims, origins and series as a reader meets them."""

from __future__ import annotations

import json
from typing import Any

from tests.cli.conftest import Run

Rows = list[dict[str, Any]]


def listed(run: Run, sample: str, *filters: str) -> Rows:
    found: Rows = json.loads(run("claims", "--db", sample, "--format", "json", *filters).out)
    return found


def test_claims_say_who_how_many_and_how_it_stands(run: Run, sample: str) -> None:
    rows = listed(run, sample)
    assert {"single-source", "denied"} <= {row["status"] for row in rows}
    for row in rows:
        assert 1 <= row["independent_origins"] <= len(row["statements"])
        assert row["who"]
        assert row["reports"]
    assert [row["first_said"] for row in rows] == sorted(row["first_said"] for row in rows)


def test_claims_are_filtered_by_status_and_by_who_says_so(run: Run, sample: str) -> None:
    assert {row["status"] for row in listed(run, sample, "--status", "denied")} == {"denied"}
    solvang = listed(run, sample, "--who", "Ingrid Solvang")
    assert solvang
    assert all("Ingrid Solvang" in row["who"] for row in solvang)
    assert len(listed(run, sample, "--limit", "2")) == 2
    assert run("claims", "--db", sample, "--status", "true").code == 2


def test_claims_as_of_a_day_leave_out_what_came_later(run: Run, sample: str) -> None:
    rows = listed(run, sample, "--as-of", "2025-03-03")
    assert rows
    assert {row["status"] for row in rows} == {"single-source"}
    assert all(row["last_said"] <= "2025-03-03T24" for row in rows)
    (denied,) = listed(run, sample, "--status", "denied")
    assert denied["first_said"][:10] == "2025-03-03"


def test_a_claim_that_gained_statements_later_is_shown_as_it_was(run: Run, sample: str) -> None:
    row = max(listed(run, sample), key=lambda row: len(row["statements"]))
    assert len(row["statements"]) > 2
    now = json.loads(run("show", row["id"], "--db", sample, "--format", "json").out)
    then = run("show", row["id"][:10], "--db", sample, "--format", "json", "--as-of", row["first_said"][:10])
    assert then.code == 0, then.err
    was = json.loads(then.out)
    assert was["statements"] == [i for i in now["statements"] if i in was["statements"]]
    assert 0 < len(was["statements"]) < len(now["statements"])
    for one in listed(run, sample, "--as-of", row["first_said"][:10]):
        assert run("show", one["id"], "--db", sample, "--as-of", row["first_said"][:10]).code == 0
    early = run("show", row["id"], "--db", sample, "--as-of", "2001-01-01")
    assert early.code == 2
    assert "published by 2001-01-01" in early.err


def test_a_claim_shows_who_says_so_whence_and_who_answers(run: Run, sample: str) -> None:
    (row,) = listed(run, sample, "--status", "denied")
    shown = run("show", row["id"][:12], "--db", sample)
    assert shown.code == 0
    assert "denied: somebody denies it" in shown.out
    assert "is denied by s-" in shown.out
    line = json.loads(run("show", row["id"], "--db", sample, "--format", "json").out)
    assert (line["type"], line["statements"]) == ("claim", row["statements"])
    statement = json.loads(run("show", row["statements"][0], "--db", sample, "--format", "json").out)
    assert statement["claim"] == row["id"]
    origin = run("show", statement["origin"], "--db", sample)
    assert origin.out.startswith(f"origin {statement['origin']}")
    assert row["statements"][0][:10] in origin.out


def test_a_series_shows_each_number_and_what_they_come_to(run: Run, sample: str) -> None:
    figures = json.loads(run("figures", "--db", sample, "--format", "json").out)
    series = next(row["series"] for row in figures if row["series"])
    members = json.loads(run("figures", "--db", sample, "--series", series[:10], "--format", "json").out)
    assert {row["id"] for row in members} == {row["id"] for row in figures if row["series"] == series}
    assert len(members) > 1
    shown = run("show", series, "--db", sample)
    assert shown.code == 0
    assert shown.out.startswith(f"series {series}\n")
    assert all(row["id"][:10] in shown.out for row in members)
    line = json.loads(run("show", series, "--db", sample, "--format", "json").out)
    assert {row["id"] for row in line["figures"]} == {row["id"] for row in members}
    assert line["low"] is None or line["high"] is None or line["low"] <= line["high"]


def test_a_series_nobody_has_is_not_found(run: Run, sample: str) -> None:
    assert run("figures", "--db", sample, "--series", "q-ffffffffffffffff").code == 2
