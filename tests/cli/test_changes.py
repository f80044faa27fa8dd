"""diff, drift, open and new on the sample story, the record as of a day, and what is asked wrongly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Run


def rows(run: Run, *call: str) -> list[dict[str, Any]]:
    shown = run(*call, "--format", "json")
    assert shown.code == 0, shown.err
    found: list[dict[str, Any]] = json.loads(shown.out)
    return found


@pytest.fixture
def versions(run: Run, sample: str) -> tuple[str, str]:
    """The ids of an article of the sample story that was edited: the old and the new one."""
    (new,) = (row for row in rows(run, "reports", "--db", sample) if row["supersedes"])
    return new["supersedes"], new["id"]


def test_diff_tells_what_moved_and_the_note_that_says_so(run: Run, sample: str, versions: tuple[str, str]) -> None:
    found = rows(run, "diff", *versions, "--db", sample)
    kinds = {kind for row in found for kind in row["what"]}
    assert {"figure moved", "hedge added", "removed", "note"} <= kinds
    assert "unchanged" not in kinds
    moved = next(row for row in found if row["what"] == ["figure moved"])
    assert "57 people" in moved["before"]["content"]
    assert "54 people" in moved["after"]["content"]
    assert "unchanged" in {
        kind for row in rows(run, "diff", *versions, "--all", "--db", sample) for kind in row["what"]
    }
    assert "figure moved" in run("diff", *versions, "--db", sample).out


def test_what_a_version_corrected_is_flagged_and_not_before_it_came_out(
    run: Run, sample: str, versions: tuple[str, str]
) -> None:
    def flagged(*given: str) -> list[str]:
        found = rows(run, "statements", "--report", versions[0], "--db", sample, *given)
        return [row["content"] for row in found if "later-corrected" in row["flags"] and not row["plain"]]

    assert any("57 people" in content for content in flagged())
    assert flagged("--as-of", "2025-03-06") == []


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("diff", "OLD", "OLD"), "is one report"),
        (("diff", "OLD", "OTHER"), "different addresses"),
        (("diff", "OLD", "r-ffffffff"), "no report on the record"),
        (("diff", "OLD", "NEW", "--as-of", "2025-03-06"), "no report on the record"),
        (("new", "r-ffffffff"), "no report on the record"),
        (("new", "r-"), "too short"),
        (("open", "--due", "soon"), "is not a date"),
    ],
)
def test_what_is_asked_wrongly(
    run: Run, sample: str, versions: tuple[str, str], call: tuple[str, ...], words: str
) -> None:
    first = rows(run, "reports", "--db", sample, "--limit", "1")[0]["id"]
    named = {"OLD": versions[0], "NEW": versions[1], "OTHER": first}
    shown = run(*(named.get(word, word) for word in call), "--db", sample)
    assert shown.code == 2
    assert words in shown.err
    assert shown.out == ""


def test_open_lists_what_is_due_and_what_is_overdue(run: Run, sample: str) -> None:
    found = rows(run, "open", "--db", sample)
    by_due = {row["due"]: row["status"] for row in found}
    assert by_due["2025-06-30"] == "open"
    assert by_due["2025-03-10"] == "overdue"
    early = rows(run, "open", "--as-of", "2025-03-09", "--due", "2025-03-10", "--db", sample)
    assert {row["due"]: row["status"] for row in early}["2025-03-10"] == "open"
    assert all(row["what"] == "promise" for row in rows(run, "open", "--what", "promise", "--db", sample))
    assert "2025-06-30" in run("open", "--db", sample).out


def test_the_first_report_is_all_new_and_a_copy_adds_little(run: Run, sample: str) -> None:
    reports = rows(run, "reports", "--db", sample)
    first = rows(run, "new", reports[0]["id"], "--db", sample)
    assert {"claim", "speaker", "figure"} <= {row["what"] for row in first}
    copy = next(row for row in reports if row["outlet"] == "The Harbour Gazette")
    told = [row for row in rows(run, "new", copy["id"], "--db", sample) if row["what"] in ("claim", "speaker")]
    assert told == []


def test_nothing_new_is_said_and_is_no_error(run: Run, sample: str) -> None:
    shown = run("drift", "--until", "2020", "--db", sample)
    assert (shown.code, shown.out) == (0, "")
    assert "nothing was lost" in shown.err


def test_a_story_has_the_reports_that_it_had_then(run: Run, sample: str) -> None:
    (story,) = rows(run, "stories", "--db", sample)
    (early,) = rows(run, "stories", "--as-of", "2025-03-04", "--db", sample)
    assert story["id"] == early["id"]
    assert rows(run, "stories", "--as-of", "2024", "--db", sample) == []


def test_a_link_is_not_shown_before_both_its_ends_were_there(run: Run, sample: str) -> None:
    links = json.loads(
        "["
        + ",".join(
            line
            for line in run("export", "--db", sample, "--format", "record", "-o", "-").out.splitlines()
            if '"type":"link"' in line.replace(" ", "")
        )
        + "]"
    )
    for link in links:
        ends = {row["id"]: row["published"] for row in rows(run, "statements", "--all", "--db", sample)}
        (early, late) = sorted((ends[link["from"]], ends[link["to"]]))
        if early[:10] < late[:10]:
            first = link["from"] if ends[link["from"]] == early else link["to"]
            shown = json.loads(run("show", first, "--format", "json", "--as-of", early[:10], "--db", sample).out)
            assert link["id"] not in {one["id"] for one in shown["links"]}
            assert run("show", link["id"], "--as-of", early[:10], "--db", sample).code == 2
            return
    pytest.fail("the sample story has no link between two days")
