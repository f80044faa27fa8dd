"""Batch lines: each read or refused on its own, text to the letter."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Failure, Reading, digest
from onrecord.read.given import Given
from onrecord.read.jsonl import read_jsonl

BODY = "The bridge was shut on Monday, the council said."


def lines(*rows: Any) -> bytes:
    return b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)


def test_a_line_gives_its_facts() -> None:
    row = {
        "id": "7",
        "uri": "bench:times/7",
        "text": BODY,
        "published": "2025-03-03",
        "outlet": "Herald",
        "title": "Bridge shut",
        "authors": ["Ann Lee", "Tom Roe"],
        "retrieved": "2025-03-04T10:00:00Z",
    }
    [reading] = read_jsonl(lines(row))
    assert isinstance(reading, Reading)
    report = reading.report
    assert (report.uri, report.published, report.outlet) == ("bench:times/7", "2025-03-03", "Herald")
    assert (report.title, report.authors, report.retrieved) == (
        "Bridge shut",
        ("Ann Lee", "Tom Roe"),
        "2025-03-04T10:00:00Z",
    )
    assert (report.text, report.sha256) == (BODY, digest(BODY.encode()))
    assert reading.source.data == BODY.encode()


@pytest.mark.parametrize(
    ("row", "uri"),
    [({"id": "a"}, "a"), ({"id": 3}, "3"), ({}, None), ({"id": "a", "uri": " A b "}, " A b "), ({"uri": None}, None)],
)
def test_a_line_without_uri_is_known_by_its_id(row: dict[str, Any], uri: str | None) -> None:
    [reading] = read_jsonl(lines({"text": BODY, **row}), Given(file_name="batch.jsonl"))
    assert isinstance(reading, Reading)
    assert reading.report.uri == uri


def test_null_is_unknown_and_given_facts_fill_in() -> None:
    row = {"text": BODY, "published": None, "outlet": None, "title": None, "authors": None, "uri": None}
    [reading] = read_jsonl(lines(row), Given(outlet="Herald"))
    assert isinstance(reading, Reading)
    assert (reading.report.published, reading.report.outlet, reading.report.authors) == (None, "Herald", ())


def test_a_lines_own_facts_win_over_those_of_the_call() -> None:
    [reading] = read_jsonl(lines({"text": BODY, "outlet": "Post", "authors": "Ann Lee"}), Given(outlet="Herald"))
    assert isinstance(reading, Reading)
    assert (reading.report.outlet, reading.report.authors) == ("Post", ("Ann Lee",))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{broken", "bad-line"),
        (b'{"text": "a"} trailing', "bad-line"),
        (b"[" * 100_000, "bad-line"),
        (b"[1]", "bad-line"),
        (b"3", "bad-line"),
        (b'{"id": "x"}', "bad-line"),
        (b'{"text": 3}', "bad-line"),
        (b'{"text": null, "html": null}', "bad-line"),
        (b'{"text": "a", "outlet": 3}', "bad-line"),
        (b'{"text": "a", "authors": 3}', "bad-line"),
        (b'{"text": "a", "authors": [3]}', "bad-line"),
        (b'{"text": "a", "id": [3]}', "bad-line"),
        (b'{"text": ""}', "empty"),
        (b'{"text": " \\n"}', "empty"),
        (b'{"html": "<p></p>"}', "empty"),
        (b'{"text": "\\ud800 a"}', "bad-encoding"),
        (b'{"html": "<p>\\ud800 a</p>"}', "bad-encoding"),
        (b'{"text": "caf\xe9"}', "bad-encoding"),
        (b'{"text": "a\\u0000b"}', "not-text"),
        (b'{"text": "a", "published": 2024}', "bad-line"),
        (b'{"text": "' + b"a " * 5_000_001 + b'"}', "too-large"),
        (b'{"text": "?"}', "no-words"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_line_costs_only_itself(line: bytes, reason: str) -> None:
    good = {"text": BODY}
    found = list(read_jsonl(lines(good, line, good), Given(file_name="b.jsonl")))
    assert [type(one) for one in found] == [Reading, Failure, Reading]
    assert isinstance(found[1], Failure)
    assert (found[1].input, found[1].reason, found[1].step) == ("b.jsonl:2", reason, "read")
    assert found[1].detail


def test_one_bad_line_among_a_hundred_is_named_by_its_number() -> None:
    rows: list[Any] = [{"id": str(number), "text": BODY} for number in range(100)]
    rows[41] = b"oops"
    found = list(read_jsonl(lines(*rows), Given(file_name="b.jsonl")))
    assert [one.input for one in found if isinstance(one, Failure)] == ["b.jsonl:42"]
    assert len(found) == 100


def test_blank_lines_carriage_returns_and_a_mark_are_passed_over() -> None:
    data = (
        b"\xef\xbb\xbf"
        + lines({"text": "One word."}).replace(b"\n", b"")
        + b"\r\n\r\n  \n"
        + lines({"text": "Two words."})
    )
    found = list(read_jsonl(data))
    assert [one.report.text for one in found if isinstance(one, Reading)] == ["One word.", "Two words."]
    assert len(found) == 2


def test_html_of_a_line_is_read_as_a_page_whatever_encoding_it_declares() -> None:
    page = '<html><head><meta charset="iso-8859-1"><title>Café shut</title></head><body><p>The café is shut.</p></body>'
    [reading] = read_jsonl(lines({"id": "p", "html": page, "published": "2025-03-03"}))
    assert isinstance(reading, Reading)
    assert (reading.report.title, reading.report.text) == ("Café shut", "Café shut\nThe café is shut.\n")
    assert (reading.report.uri, reading.report.published) == ("p", "2025-03-03")


@given(st.text(min_size=1).filter(lambda text: any(map(str.isalnum, text)) and "\x00" not in text))
def test_text_is_kept_to_the_letter(text: str) -> None:
    [found] = read_jsonl(lines({"text": text}))
    assert found.report.text == text if isinstance(found, Reading) else found.reason in {"not-text", "bad-encoding"}


@given(st.randoms(use_true_random=False))
def test_ids_do_not_depend_on_order(chance: random.Random) -> None:
    rows = [{"id": str(number), "text": f"{BODY} {number}"} for number in range(8)]
    shuffled = chance.sample(rows, len(rows))
    ids = {one.report.uri: one.report.id for one in read_jsonl(lines(*rows)) if isinstance(one, Reading)}
    again = {one.report.uri: one.report.id for one in read_jsonl(lines(*shuffled)) if isinstance(one, Reading)}
    assert ids == again
    assert len(set(ids.values())) == 8


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("soon", None),
        ("2013-09-15T3:25Z", "2013-09-15"),
        ("2009-12-4", "2009-12-04"),
        ("t_2013-09-09", "2013-09-09"),
        ("2013-19-09", None),
    ],
)
def test_a_date_that_cannot_be_read_costs_no_report(written: str, published: str | None) -> None:
    (found,) = read_jsonl(lines({"text": BODY, "published": written}), Given())
    assert isinstance(found, Reading)
    assert found.report.published == published
    assert "unread-date" in found.report.flags


def test_a_date_in_full_has_no_flag() -> None:
    (found,) = read_jsonl(lines({"text": BODY, "published": "2013-09-15"}), Given())
    assert isinstance(found, Reading)
    assert "unread-date" not in found.report.flags


def test_an_exported_record_is_no_batch() -> None:
    lines = b"""{"type":"mention","id":"m-1","report":"r-1","span":[0,3],"text":"Ada"}
{"type":"report","id":"r-1","sha256":"00","text":"Ada spoke."}
{"type":"entity","id":"e-1","name":"Ada"}
{"type":"report","id":"7","text":"Ada spoke."}
"""
    [refused] = read_jsonl(lines, Given(file_name="record.jsonl"))
    assert isinstance(refused, Failure)
    assert (refused.input, refused.reason) == ("record.jsonl", "exported-record")
    *within, kept = list(read_jsonl(b'{"text": "It rained, he said."}\n' + lines))[1:]
    assert [one.input for one in within if isinstance(one, Failure)] == ["-:2", "-:3", "-:4"]
    assert isinstance(kept, Reading)
