"""The sample story from end to end: what a newcomer is to see of it, whichever part it comes from."""

from __future__ import annotations

import json
import re

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def brief(run: Run, sample: str) -> str:
    return run("brief", "--db", sample, "--format", "text").out


def test_a_hospital_confirms_the_ministry(brief: str) -> None:
    assert "Health Ministry said" in brief
    assert "confirmed by Skarhavn General Hospital" in brief


def test_the_company_denies(brief: str) -> None:
    assert "  - but Brennvik Terminals denied that a faulty valve had been reported to it" in brief
    assert "Kari Lunde denied that any manager had known" in brief


def test_a_wire_report_printed_again_counts_as_the_same_text(brief: str) -> None:
    assert "in The Harbour Gazette, 4 Mar 2025 (the same text)" in brief


def test_the_figure_moves_and_is_corrected(brief: str) -> None:
    moved = brief.partition("\nMOVED\n")[2].partition("\n\n")[0]
    assert re.search(r"At least 40, .* → 57, .*\(in an earlier version of the report\) .* → 54, ", moved)


def test_what_is_to_come_has_its_date(brief: str) -> None:
    opened = brief.partition("\nOPEN\n")[2].partition("\n\n")[0]
    assert ", due 31 Mar 2025 [" in opened
    assert ", was due 10 Mar 2025 [" in opened
    assert "If the wind turns east, ammonia could reach the coast of Sweden" in opened


def test_a_source_without_a_name_is_told_in_the_reports_words(brief: str) -> None:
    assert "A person with knowledge of the inquiry said" in brief


def test_no_line_of_a_replaced_version_is_told_as_current(brief: str) -> None:
    before_moved = brief.partition("\nMOVED\n")[0]
    assert "57 people" not in before_moved


def test_lines_that_are_no_news_say_nothing(run: Run, sample: str) -> None:
    said = json.loads(run("statements", "--all", "--db", sample, "--format", "json").out)
    assert not [row for row in said if re.search("newsletter|inbox|subscribe|breaking news", row["content"])]


def test_the_edited_article_is_a_newer_version(run: Run, sample: str) -> None:
    reports = json.loads(run("reports", "--db", sample, "--format", "json").out)
    newer = [report for report in reports if report["supersedes"]]
    assert [report["published"][:10] for report in newer] == ["2025-03-07"]


def test_the_whole_record_holds(run: Run, sample: str) -> None:
    assert run("verify", "--db", sample).code == 0


def test_every_number_and_quotation_stands_in_its_note(run: Run, sample: str) -> None:
    """Checked without the verifier: from what is printed alone."""
    found = json.loads(run("brief", "--db", sample, "--format", "json").out)
    notes = {n["number"]: " ".join("".join(p["text"] for p in n["quote"]).split()) for n in found["notes"]}
    clauses = [clause for section in found["sections"] for line in section["lines"] for clause in line["clauses"]]
    assert len(clauses) > 30
    for clause in clauses:
        words = notes[clause["note"]]
        told = "".join(p["text"] for p in clause["parts"] if p["kind"] not in {"day", "due", "as of", "outlet"})
        for number in re.findall(r"\d[\d.,]*\d|\d", told):
            assert number in words, clause["text"]
        for part in clause["parts"]:
            if part["kind"] == "quote":
                assert all(piece.strip() in words for piece in part["text"].split("…")), clause["text"]


def test_every_sentence_names_who_the_note_names(run: Run, sample: str) -> None:
    found = json.loads(run("brief", "--db", sample, "--format", "json").out)
    entities = [
        json.loads(line) for line in run("export", "--db", sample).out.splitlines() if '"type":"entity"' in line
    ]
    aliases = {e["name"]: {e["name"], *e["aliases"]} for e in entities}
    texts = {n["number"]: n["statement"] for n in found["notes"]}
    for section in found["sections"]:
        for line in section["lines"]:
            for clause in line["clauses"]:
                who = next((p["text"] for p in clause["parts"] if p["kind"] == "who"), None)
                if who is None:
                    assert clause["text"].startswith("also in ")
                    continue
                report = json.loads(run("show", texts[clause["note"]], "--db", sample, "--format", "json").out)[
                    "report"
                ]
                text = run("source", report, "--db", sample).out
                assert any(name in text for name in aliases.get(who, {who})), clause["text"]


def test_the_title_says_whose_headline_it_is(brief: str) -> None:
    title, header, *_ = brief.splitlines()
    assert "“" not in title
    assert re.search(r" · headline: [A-Z][A-Za-z ]+, \d+ Mar 2025 · ", header)
