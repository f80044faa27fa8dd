"""Choosing a reader, opening files and folders, and the list of reason codes."""

from __future__ import annotations

import ast
import io
import os
from pathlib import Path

import pytest

from onrecord.model import Failure, Reading
from onrecord.read.choose import choose_reader, read_any
from onrecord.read.dates import parse_date, same_day
from onrecord.read.fetch import Limits, open_inputs
from onrecord.read.given import Given
from onrecord.resources import lexicon

BODY = b"The bridge was shut on Monday, the council said."
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        ("a.txt", BODY, "text"),
        ("a", BODY, "text"),
        ("a.md", BODY, "markdown"),
        ("a.MARKDOWN", BODY, "markdown"),
        ("a.html", BODY, "html"),
        ("a.jsonl", b"oops", "jsonl"),
        ("a.ndjson", b'{"text": "a"}', "jsonl"),
        ("a.txt", b' {"id": 1, "text": "a"}\n', "jsonl"),
        ("a.txt", b"{curly brackets} open this text", "text"),
        ("a.txt", b"<!DOCTYPE html><title>x", "html"),
        ("-", b"\xef\xbb\xbf\n<html lang=en>", "html"),
        ("a.txt", "<html>x".encode("utf-16"), "html"),
        ("a.txt", b'<?xml version="1.0"?>\n<html>', "html"),
        ("a.txt", b"<3 is how she signed it", "text"),
        ("a.html", b"%PDF-1.4", "text"),
        ("a.md", b"<div>x</div>", "html"),
    ],
)
def test_content_decides_before_the_name(name: str, data: bytes, reader: str) -> None:
    assert choose_reader(name, data) == reader


def test_read_any_gives_a_reading_or_a_failure_with_the_inputs_name() -> None:
    [reading] = read_any("folder/sub/a.txt", BODY, Given(published="2025-03-03"))
    assert isinstance(reading, Reading)
    assert (reading.report.uri, reading.report.published) == ("file:a.txt", "2025-03-03")
    [failure] = read_any("folder/a.txt", b"")
    assert failure == Failure("folder/a.txt", "empty", "nothing but white space")
    [piped] = read_any("-", BODY)
    assert isinstance(piped, Reading)
    assert piped.report.uri is None


def test_the_same_file_in_another_folder_has_the_same_id() -> None:
    [one], [other] = read_any("/x/a.txt", BODY), read_any("y\\a.txt", BODY)
    assert isinstance(one, Reading)
    assert isinstance(other, Reading)
    assert one.report == other.report


def names(found: list[tuple[str, bytes] | Failure], below: Path) -> list[str]:
    return [
        f"{Path(one.input).relative_to(below).as_posix()}: {one.reason}"
        if isinstance(one, Failure)
        else Path(one[0]).relative_to(below).as_posix()
        for one in found
    ]


def test_folders_are_walked_by_name_and_what_is_broken_is_named(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "c/z.txt", "c/.git/x", "c/y.txt", "d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(BODY)
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    found = list(open_inputs([str(tmp_path)]))
    assert names(found, tmp_path) == [
        "a.txt",
        "b.txt",
        "broken: not-found",
        "c/y.txt",
        "c/z.txt",
        "d.txt",
        "pipe: unreadable",
    ]


def test_a_missing_path_is_a_failure_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(BODY)
    found = list(open_inputs([str(tmp_path / "no"), str(tmp_path / "a.txt"), "a\x00b"]))
    assert [one.reason if isinstance(one, Failure) else one[1] for one in found] == ["not-found", BODY, "not-found"]


def test_a_file_that_may_not_be_read_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(BODY)

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    monkeypatch.setattr(os, "scandir", denied)
    found = list(open_inputs([str(tmp_path / "a.txt"), str(tmp_path)]))
    assert [(one.reason, one.detail) for one in found if isinstance(one, Failure)] == [
        ("unreadable", "permission denied")
    ] * 2


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(20_000_000)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it was opened"))
    [failure] = open_inputs([str(large)])
    assert isinstance(failure, Failure)
    assert failure.reason == "too-large"
    assert "20,000,000" in failure.detail


def test_a_batch_may_be_larger_than_a_report(tmp_path: Path) -> None:
    limits = Limits(report=100, batch=300)
    for name, size in (("a.jsonl", 200), ("b.txt", 200), ("c.jsonl", 301), ("d.txt", 100)):
        (tmp_path / name).write_bytes(b"x" * size)
    found = list(open_inputs([str(tmp_path)], limits=limits))
    assert names(found, tmp_path) == ["a.jsonl", "b.txt: too-large", "c.jsonl: too-large", "d.txt"]


@pytest.mark.parametrize(
    ("data", "size"),
    [(b"x" * 100, 100), (b"x" * 101, None), (b'{"text": "' + b"x" * 200, 210), (b"{" * 301, None)],
)
def test_standard_input_is_held_to_the_same_limits(data: bytes, size: int | None) -> None:
    [found] = open_inputs(["-"], io.BytesIO(data), Limits(report=100, batch=300))
    assert (found.reason == "too-large") if isinstance(found, Failure) else found == ("-", data[:size])
    assert isinstance(found, Failure) == (size is None)


@pytest.mark.parametrize("address", ["https://x.example/a", "HTTP://x.example", "ftp://x.example"])
def test_addresses_on_the_network_are_refused(address: str) -> None:
    [failure] = open_inputs([address])
    assert isinstance(failure, Failure)
    assert (failure.input, failure.reason) == (address, "no-network")


def test_no_standard_input_is_a_failure() -> None:
    [failure] = open_inputs(["-"], None)
    assert isinstance(failure, Failure)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024", "2024"),
        ("2024-10", "2024-10"),
        ("2024-10-23", "2024-10-23"),
        ("20241023", "2024-10-23"),
        ("2024-10-23T14:05:00Z", "2024-10-23T14:05:00Z"),
        ("2024-10-23T14:05:00.123+02:00", "2024-10-23T14:05:00+02:00"),
        ("2024-10-23 14:05:00 -0400", "2024-10-23T14:05:00-04:00"),
        ("2024-10-23 14:05:00 UTC", "2024-10-23T14:05:00Z"),
        ("2024-10-23T14:05", "2024-10-23T14:05:00"),
        ("Wed, 23 Oct 2024 14:05:00 -0400", "2024-10-23T14:05:00-04:00"),
        ("Wednesday, October 23, 2024", "2024-10-23"),
        ("Oct. 23, 2024", "2024-10-23"),
        ("Sept. 3rd, 2024", "2024-09-03"),
        ("23 October 2024", "2024-10-23"),
        ("  2024-10-23 ", "2024-10-23"),
        ("", None),
        ("October 23", None),
        ("2024-13", None),
        ("2024-02-30", None),
        ("30 February 2024", None),
        ("23/10/2024", None),
        ("10-11-2024", None),
        ("0000", None),
        ("Tuesday", None),
        ("12:05", None),
        ("Mayor 23, 2024", None),
        ("٢٠٢٤", None),
        ("2024-10-23" * 20, None),
    ],
)
def test_dates_are_read_as_coarse_as_they_are(written: str, iso: str | None) -> None:
    assert parse_date(written) == iso
    assert iso is None or parse_date(iso) == iso


def test_dates_agree_as_far_as_both_go() -> None:
    assert same_day("2024-10", "2024-10-23T14:05:00Z")
    assert not same_day("2024-10-22", "2024-10-23")


def codes_in_use() -> set[str]:
    """The reasons of every Refused(...) and Failure(...) that the package makes."""
    found = set()
    for module in (ROOT / "src" / "onrecord").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            position = {"Refused": 0, "Failure": 1}.get(node.func.id)
            if position is not None and len(node.args) > position and isinstance(node.args[position], ast.Constant):
                found.add(str(node.args[position].value))
    return found


def test_every_reason_code_is_listed_once_and_used() -> None:
    listed = [row["code"] for row in lexicon("reasons.tsv")]
    assert listed == sorted(set(listed))
    assert set(listed) == codes_in_use()


def test_the_page_of_reason_codes_says_what_the_table_says() -> None:
    page = (ROOT / "docs" / "reference" / "reasons.md").read_text("utf-8").splitlines()
    rows = [line for line in page if line.startswith("| `")]
    assert rows == [f"| `{row['code']}` | {row['means']} | {row['next']} |" for row in lexicon("reasons.tsv")]


def test_every_flag_is_explained() -> None:
    page = (ROOT / "docs" / "reference" / "reading.md").read_text("utf-8").partition("## Flags")[2].partition("##")[0]
    explained = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    rooms = [*(ROOT / "src/onrecord/read").glob("*.py"), ROOT / "src/onrecord/resolve/when.py"]
    source = "".join(module.read_text("utf-8") for module in rooms)
    assert explained == sorted(explained)
    assert len(explained) == 9
    assert all(f'"{flag}"' in source for flag in explained)
