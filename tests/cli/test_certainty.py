"""`certainty`: one answer a line, in order; a line that cannot be read costs only itself."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from onrecord.cli import certainty
from tests.cli.conftest import Run

TEXT = "The mill burned. It may reopen."


def write(folder: Path, *rows: object) -> str:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return "in.jsonl"


def answers(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").split("\n") if line]


@pytest.mark.parametrize("engine", ["accurate", "fast"])
def test_lines_come_back_in_order_with_their_certainty(run: Run, tmp_path: Path, engine: str) -> None:
    name = write(
        tmp_path,
        {"id": "b", "text": TEXT, "span": [24, 30], "note": "kept"},
        {"id": 7, "text": TEXT, "span": [9, 15]},
    )
    shown = run("certainty", name, "out.jsonl", "--engine", engine)
    assert (shown.code, shown.out, shown.err) == (0, "", "onrecord: answered 2 lines\n")
    first, second = answers(tmp_path)
    assert first == {"id": "b", "text": TEXT, "span": [24, 30], "note": "kept", "certainty": "PS+"}
    assert (second["id"], second["certainty"]) == (7, "CT+")


def test_standard_input_and_output(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"id": 1, "text": TEXT, "span": [9, 15]})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line.encode())))
    shown = run("certainty", "-", "-", "--engine", "fast")
    assert shown.code == 0
    assert json.loads(shown.out)["certainty"] == "CT+"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "bad-line: not JSON"),
        ("[1]", "bad-line: a JSON list where an object should be"),
        ('{"text": "x", "span": [0, 1]}', 'bad-line: no "id"'),
        ('{"id": true, "text": "x", "span": [0, 1]}', 'bad-line: no "id"'),
        ('{"id": 1, "span": [0, 1]}', 'bad-line: no "text"'),
        ('{"id": 1, "text": ["x"], "span": [0, 1]}', 'bad-line: no "text"'),
        ('{"id": 1, "text": "x"}', 'bad-line: "span" is not a list'),
        ('{"id": 1, "text": "x", "span": [0]}', 'bad-line: "span" is not a list'),
        ('{"id": 1, "text": "x", "span": [0, true]}', 'bad-line: "span" is not a list'),
        ('{"id": 1, "text": "x", "span": [0.0, 1.0]}', 'bad-line: "span" is not a list'),
        ('{"id": 1, "text": "x", "span": [0, 2]}', "bad-line: span [0, 2] selects nothing of a text of 1 code points"),
        ('{"id": 1, "text": "x", "span": [1, 0]}', "bad-line: span [1, 0] selects nothing"),
        ('{"id": 1, "text": "x", "span": [-1, 1]}', "bad-line: span [-1, 1] selects nothing"),
        ('{"id": 1, "text": "", "span": [0, 0]}', "bad-line: span [0, 0] selects nothing"),
        ('{"id": 1, "text": "a b", "span": [1, 2]}', "bad-line: span [1, 2] selects blank space"),
        ('{"id": 1, "text": "\\ud800", "span": [0, 1]}', "bad-encoding: half a surrogate pair"),
        ("[" * 100_000, "bad-line: not JSON"),
        ('{"id": 1, "text": "x", "span": [0, ' + "9" * 5000 + "]}", "bad-line"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_left_out(run: Run, tmp_path: Path, line: str, reason: str) -> None:
    name = write(tmp_path, {"id": 1, "text": TEXT, "span": [9, 15]}, "", line, {"id": 2, "text": TEXT, "span": [9, 15]})
    shown = run("certainty", name, "out.jsonl", "--engine", "fast")
    assert shown.code == 1
    assert f"refused in.jsonl:3: {reason}" in shown.err
    assert shown.err.endswith("onrecord: answered 2 lines, 1 refused\n")
    assert [row["id"] for row in answers(tmp_path)] == [1, 2]


def test_bytes_that_are_no_text_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(
        b'\xef\xbb\xbf{"id": 1, "text": "It rained.", "span": [3, 9]}\n{"id": "\xff"}\n'
    )
    shown = run("certainty", "in.jsonl", "out.jsonl", "--engine", "fast")
    assert shown.code == 1
    assert "refused in.jsonl:2: bad-encoding: not UTF-8 at byte 8 of the line" in shown.err
    assert [row["certainty"] for row in answers(tmp_path)] == ["CT+"]


@pytest.mark.parametrize(("lines", "words"), [(["{"], "no line could be read"), ([""], "there was nothing to read")])
def test_nothing_that_could_be_read_is_told_and_leaves_no_file(
    run: Run, tmp_path: Path, lines: list[str], words: str
) -> None:
    shown = run("certainty", write(tmp_path, *lines), "out.jsonl", "--engine", "fast")
    assert shown.code == 65
    assert words in shown.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl"]


def test_words_of_the_call_that_are_off(run: Run, tmp_path: Path) -> None:
    assert run("certainty", "no-such-file.jsonl", "out.jsonl").code == 2
    assert run("certainty", write(tmp_path, "{}")).code == 2
    assert run("certainty", write(tmp_path, "{}"), "out.jsonl", "--engine", "telepathy").code == 2


def test_a_place_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    name = write(tmp_path, {"id": 1, "text": TEXT, "span": [9, 15]})
    assert run("certainty", name, "no-such-folder/out.jsonl", "--engine", "fast").code == 74


def test_ten_thousand_lines_are_answered_in_portions(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certainty, "TOGETHER", 3000)
    rows = [{"id": k, "text": f"Mill {k // 5} burned. It may reopen.", "span": [5, 9]} for k in range(10_000)]
    name = write(tmp_path, *rows)
    assert run("certainty", name, "out.jsonl", "--engine", "fast").code == 0
    assert [row["id"] for row in answers(tmp_path)] == list(range(10_000))
