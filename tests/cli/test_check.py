"""`check`: a claim against the record, one report, or many claims in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.stores import open_store
from onrecord.stores.memory import MemoryStore
from tests.cli.conftest import Run
from tests.export.hand import Said, add_report, assemble_claims, link

SHIP = "The ferry to Lund was late by two hours, the harbour master Ida Falk said. The crew waited on the pier."
NO_SHIP = "Otto Brand denied that the ferry to Lund was late by two hours. He spoke to the paper on the pier."
SHIP_2 = "The ferry to Lund was late by two hours, the pilot Eva Holm said. Nobody was hurt."


@pytest.fixture
def ferry(tmp_path: Path) -> str:
    path = tmp_path / "ferry.db"
    store = open_store(str(path))
    said = Said("the harbour master Ida Falk", "said", "The ferry to Lund was late by two hours", "Ida Falk")
    # the words of a statement are looked for in order of the text
    first = add_report(store, SHIP, said, uri="https://herald.example/1")
    second = add_report(
        store,
        NO_SHIP,
        Said("Otto Brand", "denied", "that the ferry to Lund was late by two hours", "Otto Brand", stance="denies"),
        outlet="Post",
        published="2025-03-05",
        uri="https://post.example/2",
    )
    third = add_report(
        store,
        SHIP_2,
        Said("the pilot Eva Holm", "said", "The ferry to Lund was late by two hours", "Eva Holm"),
        outlet="Coast",
        published="2025-03-06",
        uri="https://coast.example/3",
    )
    store.put_links(
        [
            link(second.statements[0].id, "denies", first.statements[0].id),
            link(third.statements[0].id, "corroborates", first.statements[0].id),
        ]
    )
    assemble_claims(store, first, second, third)
    store.close()
    return str(path)


def test_who_says_so_and_who_denies_it(run: Run, ferry: str) -> None:
    call = run("check", "The ferry to Lund was late", "--db", ferry, "--format", "json")
    found = json.loads(call.out)
    assert call.code == 0
    assert [(v["side"], v["who"]) for v in found["voices"]] == [
        ("says so", "Ida Falk"),
        ("says so", "Eva Holm"),
        ("denies it", "Otto Brand"),
    ]
    assert found["verdict"] == "discuss"
    assert found["independent_origins"] == 2
    assert (found["first_said"], found["last_said"]) == ("2025-03-03", "2025-03-06")
    (claim,) = found["claims"]
    assert (claim["status"], claim["independent_origins"]) == ("disputed", 2)


def test_every_voice_opens_the_words_behind_it(run: Run, ferry: str) -> None:
    found = json.loads(run("check", "The ferry to Lund was late", "--db", ferry, "--format", "json").out)
    for voice in found["voices"]:
        text = run("source", voice["report"], "--db", ferry).out
        assert " ".join(text[start:end] for start, end in voice["spans"]) == voice["content"]
        assert run("show", voice["id"], "--db", ferry).code == 0


def test_another_number_is_no_denial(run: Run, ferry: str) -> None:
    found = json.loads(run("check", "The ferry to Lund was late by nine hours", "--db", ferry, "--format", "json").out)
    assert {v["side"] for v in found["voices"] if v["stance"] != "denies"} == {"gives another figure"}
    assert found["independent_origins"] == 0


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_what_is_not_there_is_not_found_and_never_false(run: Run, ferry: str, form: str) -> None:
    call = run("check", "The central bank lowered its rate", "--db", ferry, "--format", form)
    assert call.code == 0
    assert "not found in this collection" in call.out + call.err
    assert "false" not in call.out


def test_a_table_begins_with_the_sides(run: Run, ferry: str) -> None:
    lines = run("check", "The ferry to Lund was late", "--db", ferry).out.splitlines()
    assert lines[0].startswith(
        "says so: 2 statements, of 2 independent origins; denies it: 1 statement; first 2025-03-03"
    )
    assert "Ida Falk" in lines[3]


def test_lines_hold_one_voice_each(run: Run, ferry: str) -> None:
    call = run("check", "The ferry to Lund was late", "--db", ferry, "--format", "jsonl")
    assert [json.loads(line)["side"] for line in call.out.splitlines()] == ["says so", "says so", "denies it"]


def test_as_of_leaves_out_what_came_later(run: Run, ferry: str) -> None:
    call = run("check", "The ferry to Lund was late", "--db", ferry, "--as-of", "2025-03-04", "--format", "jsonl")
    assert [json.loads(line)["who"] for line in call.out.splitlines()] == ["Ida Falk"]


def test_both_stores_find_the_same(ferry: str) -> None:
    from onrecord.export.checks import Checker, ask
    from onrecord.ledger.store import Query

    held = open_store(ferry)
    memory = MemoryStore()
    add_report(memory, SHIP, Said("the harbour master Ida Falk", "said", "The ferry to Lund was late by two hours"))
    try:
        found = Checker(held).across(ask("The ferry was late"), Query(until="2025-03-03"))
    finally:
        held.close()
    other = Checker(memory).across(ask("The ferry was late"), Query())
    assert [v.quote for v in found.voices] == [v.quote for v in other.voices] != []


def test_one_report(run: Run, ferry: str) -> None:
    call = run(
        "check",
        "Ferry to Lund late by two hours",
        "--report",
        "https://herald.example/1",
        "--db",
        ferry,
        "--format",
        "json",
    )
    found = json.loads(call.out)
    assert found["verdict"] in ("agree", "discuss")
    assert (
        found["evidence"][0]["content"] == "The ferry to Lund was late by two hours, the harbour master Ida Falk said."
    )
    assert run("check", "Ferry to Lund late", "--report", "https://herald.example/1", "--db", ferry).code == 0


def test_many_claims_keep_their_order(run: Run, ferry: str, tmp_path: Path) -> None:
    asked = [
        {"id": 2, "claim": "Ferry to Lund late by two hours", "report_uri": "https://post.example/2"},
        {"id": "b", "claim": "The central bank lowered its rate", "report_uri": "https://herald.example/1"},
        {"id": 1, "claim": "The ferry to Lund was late"},
        {"id": "d", "claim": "The moon is far away"},
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in asked))
    call = run("check", "--claims", "in.jsonl", "-o", "out.jsonl", "--db", ferry)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert call.code == 0
    assert [row["id"] for row in rows] == [2, "b", 1, "d"]
    assert (rows[1]["verdict"], rows[1]["evidence"]) == ("unrelated", [])
    assert (rows[2]["verdict"], rows[2]["independent_origins"]) == ("discuss", 2)
    assert rows[3]["verdict"] == "unrelated"
    for row in rows:
        assert all(e["start"] < e["end"] and e["uri"] for e in row["evidence"])


BAD = [
    ("not json", "bad-line"),
    ("[1]", "bad-line"),
    ('{"claim": "The ferry was late"}', "bad-line"),
    ('{"id": 1}', "bad-line"),
    ('{"id": true, "claim": "The ferry was late"}', "bad-line"),
    ('{"id": 1, "claim": 7}', "bad-line"),
    ('{"id": 1, "claim": "  "}', "empty"),
    ('{"id": 1, "claim": "?!"}', "bad-line"),
    ('{"id": 1, "claim": "The ferry", "report_uri": 4}', "bad-line"),
    ('{"id": 1, "claim": "The ferry", "report_uri": "https://nowhere.example/"}', "not-found"),
    ('{"id": 1, "claim": "The ferry \\ud800"}', "bad-encoding"),
    (json.dumps({"id": 1, "claim": "word " * 10_000}), "bad-line"),
    ("[" * 100_000, "bad-line"),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=[line[:40] for line, _ in BAD])
def test_a_bad_line_is_named_and_the_others_go_on(run: Run, ferry: str, tmp_path: Path, line: str, reason: str) -> None:
    good = '{"id": 9, "claim": "Ferry to Lund late", "report_uri": "https://herald.example/1"}'
    (tmp_path / "in.jsonl").write_text(f"{line}\n\n{good}\n")
    call = run("check", "--claims", "in.jsonl", "-o", "-", "--db", ferry)
    assert call.code == 1
    assert f"refused in.jsonl:1: {reason}" in call.err
    assert json.loads(call.out)["id"] == 9


@pytest.mark.parametrize("data", [b"", b"\n\n", b"not json\n", b"\xff\xfe\n"])
def test_a_file_without_a_claim_answers_nothing(run: Run, ferry: str, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "in.jsonl").write_bytes(data)
    call = run("check", "--claims", "in.jsonl", "-o", "out.jsonl", "--db", ferry)
    assert call.code == 65
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check"], "give one claim"),
        (["check", ""], "the claim is empty"),
        (["check", " \n "], "the claim is empty"),
        (["check", "?!"], "not one letter"),
        (["check", "word " * 10_000], "10,000 words"),
        (["check", "a" * 100_000], "is the most"),
        (["check", "The ferry", "--claims", "in.jsonl"], "one claim"),
        (["check", "The ferry", "-o", "out.jsonl"], "-o goes with --claims"),
        (["check", "The ferry", "--report", "r-00000000"], "no report"),
    ],
)
def test_words_of_a_call_that_are_off(run: Run, ferry: str, tmp_path: Path, words: list[str], told: str) -> None:
    (tmp_path / "in.jsonl").write_text("")
    call = run(*words, "--db", ferry)
    assert call.code == 2
    assert told in call.err


def test_a_database_without_reports(run: Run, tmp_path: Path) -> None:
    open_store(str(tmp_path / "empty.db")).close()
    call = run("check", "The ferry was late", "--db", "empty.db")
    assert call.code == 65
    assert "no reports yet" in call.err
    assert run("check", "The ferry was late", "--db", "none.db").code == 2


@pytest.mark.parametrize(
    "claim",
    ['"ferry" OR lund*', "ferry NEAR(late) - : ^", "'; DROP TABLE reports; --", "ferry\x00late", "ﬀerry ＬＵＮＤ"],
)
def test_no_word_of_a_claim_is_an_operator(run: Run, ferry: str, claim: str) -> None:
    assert run("check", claim, "--db", ferry).code == 0


def test_help_ends_in_examples(run: Run) -> None:
    assert "onrecord check --claims claims.jsonl" in run("check", "--help").out
