"""Speed and memory in a process of its own, and other tools beside onrecord."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from evals import pace, peers, side_by_side
from evals.gold import Article
from evals.pace import Pace
from evals.side_by_side import Row, Texts, choose_texts, measure, render

TEXT = "Ada Holm said the bridge was safe."
TEXTS = Texts((Article("a", TEXT, (), {}),), "one text", None)


def test_words_a_second_are_of_cpu_time_over_all_texts() -> None:
    assert Pace(300, (1.0, 2.0), 50.0, ((), ())).words_per_s == 100


def test_an_engine_answers_from_a_process_of_its_own() -> None:
    taken = pace.measure("fast", "attribution", [TEXT, TEXT])
    assert taken.words == 14
    assert len(taken.cpu) == len(taken.found) == 2
    assert all(seconds > 0 for seconds in taken.cpu)
    assert 10 < taken.peak < 1000
    assert taken.found[0][0]["source"] == [[0, 8]]


def test_all_steps_find_the_same_statement() -> None:
    (found,) = pace.measure("fast", "all", [TEXT]).found
    assert found[0]["source"] == [[0, 8]]


def test_a_process_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(RuntimeError, match=r"evals\.pace all nobody ended with 1: .*no engine is called 'nobody'"):
        pace.measure("nobody", "all", [TEXT])


def test_getting_ready_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr("time.process_time", lambda: next(clock))
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(["one", "two"])))
    monkeypatch.setattr(sys, "stdout", told := io.StringIO())

    def prepare(text: str) -> str:
        next(clock)
        return text.upper()

    seen: list[str] = []
    pace.answer(lambda text: seen.append(text) or [], prepare)
    assert json.loads(told.getvalue())["cpu"] == [1, 1]
    assert seen[1:] == ["ONE", "TWO"]  # after a warm-up that is not told


def test_growth_weighs_the_long_text_against_the_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "measure", lambda *_: Pace(9, (1.0, 6.0, 2.0), 1.0, ((), (), ())))
    assert pace.growth("fast", "short", "long") == 4


def test_growth_that_is_soon_measured_is_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(engine: str, part: str, texts: list[str]) -> Pace:
        cpu = [0.4 if text == "long" else 0.1 for text in texts]
        cpu[1] = 0.9  # something else ran meanwhile
        return Pace(9, tuple(cpu), 1.0, ())

    monkeypatch.setattr(pace, "measure", measure)
    assert pace.growth("fast", "short", "long") == pytest.approx(4)


def test_a_missing_engine_is_a_row_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side.finding, "why_missing", lambda engine: "not installed" if engine == "best" else "")
    monkeypatch.setattr(side_by_side, "make_environment", lambda: "the disk is full")
    monkeypatch.setattr(side_by_side.pace, "measure", lambda *_: Pace(7, (0.5,), 60.0, ((),)))
    rows = {row.name: row for row in measure(TEXTS)}
    assert rows["onrecord, best"].missing == "not installed"
    assert rows["onrecord, fast"].pace is not None
    assert rows["textacy, by paragraph"].missing == "the disk is full"
    table = render(TEXTS, list(rows.values()))
    assert "| onrecord, fast | 14 | 60 |  |" in table
    assert "| onrecord, best | not measured: not installed | | |" in table


def test_a_peer_that_breaks_costs_only_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> Pace:
        raise RuntimeError("evals.peers textacy ended with 1: no module named textacy")

    monkeypatch.setattr(side_by_side.finding, "why_missing", lambda engine: "not asked for")
    monkeypatch.setattr(side_by_side, "make_environment", lambda: "")
    monkeypatch.setattr(side_by_side.pace, "apart", breaks)
    assert [row.missing for row in measure(TEXTS)][-1].endswith("no module named textacy")


def test_f1_is_shown_where_there_is_gold() -> None:
    row = Row("onrecord, fast", Pace(7, (0.5,), 60.0, ((),)), 62.34)
    assert "| onrecord, fast | 14 | 60 | 62.3 |" in render(TEXTS, [row])


def test_without_gold_data_the_sample_story_is_repeated(tmp_path: Path) -> None:
    texts = choose_texts(tmp_path)
    words = sum(len(article.text.split()) for article in texts.articles)
    assert side_by_side.LEAST_WORDS <= words < 2 * side_by_side.LEAST_WORDS
    assert texts.shared is None
    assert "no gold data" in texts.about
    assert len({article.name for article in texts.articles}) == len(texts.articles)
    assert len(choose_texts(tmp_path, 2).articles) == 2


class Token:
    """A token as spaCy has it."""

    def __init__(self, idx: int, text: str) -> None:
        self.idx, self.text = idx, text

    def __len__(self) -> int:
        return len(self.text)


class Content:
    start_char, end_char = 0, 10


class Triple:
    speaker = (Token(17, "Ada"), Token(21, "Holm"))
    cue = (Token(12, "said"),)
    content = Content()


def test_what_a_paragraph_gives_stands_in_the_whole_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The bridge.\n\n“It holds” said Ada Holm.\n“Open"

    class Library:
        @staticmethod
        def direct_quotations(paragraph: str) -> list[type[Triple]]:
            if paragraph == "“Open":
                raise ValueError("an open quotation")
            return [Triple] if paragraph.startswith("“") else []

    monkeypatch.setattr(peers, "import_module", lambda _: Library)
    monkeypatch.setattr(peers, "_nlp", lambda: lambda paragraph: paragraph)
    start = text.index("“")
    expected = {
        "source": [[start + 17, start + 20], [start + 21, start + 25]],
        "cue": [[start + 12, start + 16]],
        "content": [[start, start + 10]],
    }
    assert peers.quotations(text) == [expected]
