"""Each kind of error has an example that falls into it; every error is in one kind; the table says so."""

from __future__ import annotations

import random
import re
import sys
import tomllib
from pathlib import Path

import pytest

from evals import errors
from evals.errors import (
    ALARMS,
    BEGIN,
    CONTENT,
    END,
    KINDS,
    Kind,
    count_errors,
    kind_of_alarm,
    kind_of_miss,
    read_kinds,
    render,
    show,
    spans_of,
    write,
)
from evals.kinds.scene import Scene
from evals.shared import ROOT
from evals.spans import Spans
from tests.evals.hand import found, spans

ROWS = read_kinds()
MISSES = [kind for kind in ROWS if kind.group != ALARMS]
FALSE = [kind for kind in ROWS if kind.group == ALARMS]


def name_of(kind: Kind) -> str:
    return kind.name


# --- kinds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MISSES, ids=name_of)
def test_an_example_of_a_miss_is_of_its_kind_and_the_only_one(kind: Kind) -> None:
    assert [kind_of_miss(miss) for miss in kind.scene.misses] == [kind.name]
    assert kind.scene.misses[0].gold.spans == kind.gold[0]


@pytest.mark.parametrize("kind", FALSE, ids=name_of)
def test_an_example_of_a_false_alarm_is_of_its_kind_and_the_only_one(kind: Kind) -> None:
    assert [kind_of_alarm(alarm) for alarm in kind.scene.alarms] == [kind.name]
    assert kind.scene.alarms[0].found.spans == kind.found[0].spans


def test_every_row_of_the_table_is_described_once_and_in_its_order() -> None:
    told = tomllib.loads(KINDS.read_text("utf-8"))
    described = [row["kind"] for row in (*told["miss"], *told["alarm"])]
    assert described == [kind.name for kind in ROWS]
    assert len(set(described)) == len(described) >= 20


@pytest.mark.parametrize("kind", ROWS, ids=name_of)
def test_a_description_fits_a_cell_of_a_table(kind: Kind) -> None:
    assert kind.about
    assert not set("|\n") & set(kind.about + kind.name)
    assert "|" not in kind.text


# Further cases: (kind, text, gold, found), rows as in kinds.toml.
CASES = [
    (
        "source cut at a relative clause or apposition",
        "The lawyer who had come from Riga by night train said it was safe.",
        ["The lawyer who had come from Riga by night train / said / it was safe"],
        ["The lawyer / said / it was safe"],
    ),
    (
        "content stops at an inner comma or quotation mark",
        "Holm called the bridge “a wonder” of the old harbour and its builders.",
        ["Holm / called / the bridge “a wonder” of the old harbour and its builders"],
        ["Holm / called / the bridge “a wonder”"],
    ),
    (
        "possessive and noun as cue",
        "Her fear that the bridge will fall is known.",
        ["Her / fear / that the bridge will fall"],
        [],
    ),
    ("possessive and noun as cue", "It was the fishermen’ view of it.", ["the fishermen / view of / it"], []),
    (
        "cue is a mark, or there is none",
        "“The bridge is safe.” —Ada Holm",
        ["Ada Holm / — / “The bridge is safe.”"],
        [],
    ),
    ("cue is a mark, or there is none", "For Holm it is safe to go.", ["Holm /  / it is safe to go"], []),
    (
        "attitude or act",
        "Keller is worried about what the river may bring.",
        ["Keller / is worried / about what the river may bring"],
        [],
    ),
    (
        "known word of speech",
        "According to Keller nobody asked for it.",
        ["Keller / According to / nobody asked for it"],
        [],
    ),
]


@pytest.mark.parametrize(("kind", "text", "gold", "finds"), CASES)
def test_a_miss_is_put_in_its_kind(kind: str, text: str, gold: list[str], finds: list[str]) -> None:
    scene = Scene(text, [spans_of(text, row) for row in gold], [found(spans_of(text, row)) for row in finds])
    assert [kind_of_miss(miss) for miss in scene.misses] == [kind]


# --- which find a miss is held against -------------------------------------------------------------------------------

TEXT = "Holm said the old bridge was safe, and Keller denied that he had been asked to look at it."
HOLM = spans(TEXT, source="Holm", cue="said", content="the old bridge was safe")
KELLER = spans(TEXT, source="Keller", cue="denied", content="that he had been asked to look at it")
KELLER_SAID = spans(TEXT, source="Keller", cue="said", content="the old bridge was safe")
HOLM_LONG = spans(TEXT, source="Holm", cue="said", content=TEXT[10:])


def test_a_find_that_has_the_content_comes_before_one_that_has_the_cue() -> None:
    (miss,) = Scene(TEXT, [HOLM], [found(HOLM_LONG), found(KELLER_SAID)]).misses
    assert miss.near is not None
    assert miss.near.spans == KELLER_SAID


def test_a_find_that_answers_another_is_held_against_a_miss_only_where_none_is_free() -> None:
    both = [KELLER_SAID, HOLM]
    (miss,) = Scene(TEXT, both, [found(HOLM)]).misses
    assert kind_of_miss(miss) == "two read as one"
    (miss,) = Scene(TEXT, both, [found(HOLM), found(HOLM_LONG)]).misses
    assert miss.free


def test_a_nested_find_is_an_inner_attribution_wherever_it_stands() -> None:
    scene = Scene(TEXT, [HOLM], [found(HOLM), found(KELLER, nested=True)])
    assert [kind_of_alarm(alarm) for alarm in scene.alarms] == ["inner attribution"]


def test_what_was_found_is_no_error() -> None:
    scene = Scene(TEXT, [HOLM, KELLER], [found(KELLER), found(HOLM)])
    assert count_errors([scene]) == {}


# --- sums ------------------------------------------------------------------------------------------------------------


def random_spans(rng: random.Random, text: str) -> Spans:
    def part(least: int) -> tuple[tuple[int, int], ...]:
        starts = sorted(rng.randrange(len(text)) for _ in range(rng.randint(least, 2)))
        return tuple((start, min(len(text), start + rng.randint(1, 30))) for start in starts)

    return Spans(part(0), part(0), part(1))


def test_every_miss_and_every_false_alarm_is_in_one_kind() -> None:
    rng = random.Random(7)
    text = TEXT + "\n“It is safe,” she said. “Look: it holds.”\nBridge Is “Safe”\n" + TEXT
    for _ in range(300):
        gold = [random_spans(rng, text) for _ in range(rng.randint(0, 6))]
        finds = [found(random_spans(rng, text), nested=rng.random() < 0.2) for _ in range(rng.randint(0, 6))]
        scene = Scene(text, gold, finds)
        counts = count_errors([scene])
        right = len(scene.right_gold)
        assert sum(counts[kind.name] for kind in MISSES) == len(gold) - right
        assert sum(counts[kind.name] for kind in FALSE) == len(finds) - right
        assert set(counts) <= {kind.name for kind in ROWS}


# --- the table -------------------------------------------------------------------------------------------------------

COUNTS = {"fast": count_errors([Scene(TEXT, [HOLM, KELLER], [])]), "accurate": count_errors([])}


def test_the_table_has_a_column_for_each_engine_and_sums_for_each_group() -> None:
    table = render(COUNTS, markdown=True)
    assert table.startswith("| kind | example | fast | accurate |\n|---|---|---:|---:|\n")
    assert "| **Missed: nothing found** |  | 2 | 0 |" in table
    assert len(table.splitlines()) == 2 + 4 + len(ROWS)
    assert all(line.count("|") == 5 for line in table.splitlines())


def test_the_plain_table_says_the_same() -> None:
    table = render(COUNTS, markdown=False)
    assert re.search(r"^ +2 +0 +Missed: nothing found$", table, re.MULTILINE)
    assert all(kind.name in table for kind in ROWS)
    assert len(table.splitlines()) == 1 + 2 * 4 + len(ROWS)  # a blank line before each group


@pytest.mark.parametrize("kind", ROWS, ids=name_of)
def test_of_an_example_the_line_is_shown_that_it_is_about(kind: Kind) -> None:
    first, after = kind.line
    assert "\n" not in kind.text[first:after]
    assert all(first <= start < end <= after for start, end in (*kind.shown.source, *kind.shown.content))


def test_an_example_shows_source_and_content_and_what_was_read() -> None:
    kind = next(kind for kind in ROWS if kind.group == CONTENT and kind.name == "content runs past its clause")
    assert errors.mark_up(kind) == (
        "*Holm* said **it was safe** before the council voted to close it."
        " → content read: it was safe before the council voted to close it"
    )


def test_every_error_of_a_kind_can_be_shown() -> None:
    scene = Scene(TEXT, [HOLM], [found(KELLER_SAID)])
    assert show("other words taken for the source", [scene]) == (
        "\n- Holm / said / the old bridge was safe\n+ Keller / said / the old bridge was safe"
    )
    assert show("other side of a miss: source", [scene]) == "\n+ Keller / said / the old bridge was safe"


def test_the_table_of_a_page_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    for _ in range(2):
        write(page, "| new |")
    assert page.read_text("utf-8") == f"before\n{BEGIN}\n| new |\n{END}\nafter\n"


def test_a_page_without_markers_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n", "utf-8")
    with pytest.raises(ValueError, match="must say where"):
        write(page, "| new |")
    assert page.read_text("utf-8") == "before\n"


def test_the_page_on_attribution_shows_the_kinds_as_they_are() -> None:
    page = (ROOT / "docs" / "attribution.md").read_text("utf-8")
    shown = page.partition(BEGIN)[2].partition(END)[0].strip()
    fresh = render(COUNTS, markdown=True)
    told = [[line.split("|")[1:3] for line in table.splitlines()[2:]] for table in (shown, fresh)]
    assert told[0] == told[1], "stale: python evals/errors.py --write docs/attribution.md"


def test_words_that_are_not_in_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="not all of"):
        spans_of("She said no.", "He / said / no")


# --- the command -----------------------------------------------------------------------------------------------------


def run(monkeypatch: pytest.MonkeyPatch, shared: Path, *words: str) -> int:
    monkeypatch.setenv("ONRECORD_SHARED", str(shared))
    monkeypatch.setattr(sys, "argv", ["errors.py", *words])
    return errors.main()


def test_without_gold_data_that_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, tmp_path) == 0
    assert "skipped: no gold data" in capsys.readouterr().err


def test_an_engine_that_is_not_installed_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(engine: str) -> str:
        return "needs its weights" if engine == "best" else ""

    monkeypatch.setattr(errors, "load_scorer", lambda _: None)
    monkeypatch.setattr(errors, "read_articles", lambda *_: ())
    monkeypatch.setattr(errors.finding, "why_missing", missing)
    assert run(monkeypatch, tmp_path, "--engine", "fast", "--engine", "best", "--markdown") == 0
    told = capsys.readouterr()
    assert "best is left out: needs its weights" in told.err
    assert told.out.startswith("| kind | example | fast |\n")
