"""What is counted, what is fitted and what ships, on sentences made up here."""

from dataclasses import replace
from itertools import product
from math import log
from pathlib import Path

import pytest

from training.rules.examples import Example, count, find_examples
from training.rules.fit import main
from training.rules.lexicon import CueRow, read_shares
from training.rules.logistic import chance, fit_weights
from training.rules.measure import Figures, calibration_error, measure
from training.rules.overlay import data
from training.rules.settings import FILE, read_settings
from training.rules.shares import Fitted, score_of, shares_of, weights_of
from training.rules.steps import OTHER, SPEECH, HeldOut, choose_thresholds, fill
from training.rules.tables import SHIPPED, TRIED, Tables, read_tables, write_tables
from training.tests.rules import marked

SETTINGS = read_settings()
SAY = CueRow("say", "verb", "asserts", "speech")
DENY = CueRow("deny", "verb", "denies", "speech")
HOPE = CueRow("hope", "verb", "asserts", "wish")
TABLES = Tables(
    "# By hand.\ncue\tkind\tstance\tattitude\tframes\n"
    "say\tverb\tasserts\tspeech\tthat=0.10\n"
    "watch\tverb\tasserts\tact\tobject=0.90\n"
    "according to\tmark\tasserts\tspeech\taccording=0.50\n"
    ":\tmark\tasserts\tspeech\tlabel=0.50\n",
    (SHIPPED / "attribution.toml").read_text("utf-8"),
    "cue\tkind\tstance\tattitude\nhope\tverb\tasserts\twish\n",
)
NEWS = marked(
    "[s The mayor] [q said] [c that the bridge was safe].\n"
    "[s Engineers] [q said] [c that the river rose by a metre].\n"
    "[s The owner] [q hopes] [c that boats return in May].\n"
    "[s Farmers] [q hope] [c that it rains before the harvest].\n"
    "Children watched the boats.\n"
    "The crowd watched the fireworks.\n"
    "A guard watches the door at night.\n"
    "Women watched the match on a screen.\n"
)


def fitted(examples: int, right: int, score: float, row: CueRow = SAY, frame: str = "that") -> Fitted:
    return Fitted({row.key: score}, {}, {}, {(row.key, frame): (examples, right)})


def test_candidates_are_right_where_somebody_marked_them() -> None:
    with data(TABLES.files):
        examples = list(find_examples([NEWS]))
    assert count(examples) == {(("say", "verb"), "that"): (2, 2), (("watch", "verb"), "object"): (4, 0)}
    assert "that+frame" in examples[0].traits


def test_unmarked_speech_inside_marked_content_is_no_example() -> None:
    article = marked("[s Ruiz] [q said] [c that the minister said that the bridge was safe].")
    with data(TABLES.files):
        assert [example.right for example in find_examples([article])] == [True]


def test_a_weight_without_much_penalty_is_the_log_odds() -> None:
    weights = fit_weights([["dry"]] * 4 + [["wet"]] * 5, [True] * 3 + [False] * 5 + [True], lambda _: 1e-3)
    assert weights["dry"] == pytest.approx(log(3), abs=0.02)
    assert weights["wet"] == pytest.approx(log(1 / 4), abs=0.02)
    assert list(weights) == ["dry", "wet"]


def test_a_penalty_draws_to_zero_and_only_counts_make_sure() -> None:
    few = fit_weights([["dry"]] * 2, [True] * 2, lambda _: 1.0)["dry"]
    many = fit_weights([["dry"]] * 200, [True] * 200, lambda _: 1.0)["dry"]
    assert 0 < few < 1 < many
    with pytest.raises(ValueError, match="penalty"):
        fit_weights([["dry"]], [True], lambda _: 0.0)


def test_the_slope_is_flat_where_the_fit_ends_though_features_overlap() -> None:
    rows, rights = [], []
    for number, (a, b, c) in enumerate(product((0, 1), (0, 1), range(9))):
        rows.append(["all", *["a"] * a, *["b"] * b, f"c{c}"])
        rights.append(number * 7 % 5 < 2 + a)
    weights = fit_weights(rows, rights, lambda _: 0.5)
    for name, weight in weights.items():
        excess = sum(
            chance(sum(weights[other] for other in row)) - right
            for row, right in zip(rows, rights, strict=True)
            if name in row
        )
        assert excess + 0.5 * weight == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(
    ("row", "frame", "examples", "right", "score", "expected"),
    [
        (SAY, "that", 20, 10, 0.3, 0.3),  # enough to go by
        (SAY, "that", 0, 0, 0.0, 1.2),  # never met: the usual
        (SAY, "that", 4, 3, 0.2, 0.7),  # half and half
        (SAY, "that", 6, 0, -1.0, None),  # never right
        (SAY, "quote", 6, 0, -1.0, -0.2),  # a quotation stays
        (SAY, "adjunct", 3, 3, 1.0, None),  # no usual share
        (SAY, "inf", 0, 0, 0.0, None),
        (SAY, "clause", 10, 2, 0.5, None),  # mostly no content
        (replace(SAY, cue="want"), "clause", 10, 9, 2.0, None),  # by hand
        (DENY, "object", 20, 1, -2.0, 0.6),  # an answer is an answer
        (HOPE, "that", 3, 0, -0.5, -0.5),
        (HOPE, "that", 4, 0, -0.5, None),
        (HOPE, "that", 0, 0, 0.0, None),
        (CueRow("according to", "mark", "asserts", "speech"), "according", 9, 1, -1.0, 1.4),
    ],
)
def test_what_ships_for_a_construction(
    row: CueRow, frame: str, examples: int, right: int, score: float, expected: float | None
) -> None:
    found = score_of(row, frame, fitted(examples, right, score, row, frame), SETTINGS)
    assert found == (expected if expected is None else pytest.approx(expected))


def test_shares_have_two_decimals_and_speech_nouns_are_never_left_without() -> None:
    claim = CueRow("claim", "noun", "asserts", "speech")
    shares = shares_of([SAY, claim], fitted(50, 49, 9.0), SETTINGS, lambda _, kind: ("that", "noun")[kind == "noun" :])
    assert shares[SAY.key]["that"] == 0.99
    assert shares[claim.key] == {"noun": 0.5}


def test_what_people_know_ships_instead_of_what_was_counted() -> None:
    settings = replace(SETTINGS, known={"say": {"clause": 0.65, "that": 0.3}}, known_weights={"that+dry": 1})
    shares = shares_of([SAY], fitted(50, 25, 0.0), settings, lambda *_: ("that", "clause"))
    assert shares[SAY.key] == {"that": 0.3, "clause": 0.65}
    assert weights_of(Fitted({}, {}, {"that+dry": -1.0, "that+wet": 2.0}, {}), settings) == {
        "that+dry": 1,
        "that+wet": 2,
    }


def test_tables_that_changed_meanwhile_are_not_written_over(tmp_path: Path) -> None:
    for name in ("cues.tsv", "attribution.toml", "tried.tsv"):
        (tmp_path / name).write_text("# changed\n", encoding="utf-8")
    with pytest.raises(FileExistsError, match="run it again"):
        write_tables(TABLES, TABLES, tmp_path, tmp_path / "tried.tsv")
    assert (tmp_path / "cues.tsv").read_text("utf-8") == "# changed\n"


def test_weights_near_zero_do_not_ship() -> None:
    traits = {"that+modal": -0.456, "that+left": 0.04}
    assert weights_of(Fitted({}, {}, traits, {}), replace(SETTINGS, known_weights={})) == {"that+modal": -0.46}


def test_filling_counts_again_with_what_is_left() -> None:
    result = fill([NEWS], TABLES, SETTINGS)
    shares = read_shares(result.cues)
    assert result.cues.startswith("# By hand.\n")
    assert shares["say", "verb"]["that"] > 0.6
    assert shares["hope", "verb"]["that"] > 0.5
    assert ("watch", "verb") not in shares
    assert "watch\tverb\tasserts\tact\n" in result.tried
    assert "hope" not in result.tried
    assert fill([NEWS], TABLES, SETTINGS) == result


def test_of_thresholds_that_cost_hardly_anything_the_strictest_is_taken() -> None:
    parts = [HeldOut((NEWS,), fill([NEWS], TABLES, SETTINGS))]
    chosen, figures = choose_thresholds(parts, SETTINGS)
    assert chosen == {SPEECH: max(SETTINGS.tried), OTHER: max(SETTINGS.tried)}
    assert (figures.right, figures.found, figures.marked) == (4, 4, 4)


def test_figures_count_each_attribution_once() -> None:
    with data(fill([NEWS], TABLES, SETTINGS).files):
        figures = measure([NEWS, marked("The mayor said that the bridge was safe.")])
    assert (figures.right, figures.found, figures.marked) == (4, 5, 4)
    assert figures.precision == pytest.approx(80)
    assert Figures(0, 0, 0, 0.0).f1 == 0


def test_confidence_that_means_what_it_says_has_no_error() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0)
    assert calibration_error([(0.9, False), (0.1, True)]) == pytest.approx(0.9)
    assert calibration_error([]) == 0


def test_the_command_writes_then_finds_nothing_to_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "a.txt").write_text(NEWS.text, encoding="utf-8")
    lines = []
    for number, item in enumerate(NEWS.marked):
        for digit, (role, spans) in enumerate(
            (("Source", item.source), ("Cue", item.cue), ("Content", item.content)), start=1
        ):
            lines.append(f"T{number}{digit}\t{role} {spans[0].start} {spans[0].end}\t")
        lines.append(f"E{number}\tAttribution:T0 Source:T{number}1 Cue:T{number}2 Content:T{number}3")
    (tmp_path / "attributions" / "a_x.ann").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "cues.tsv").write_text(TABLES.cues, encoding="utf-8")
    (tmp_path / "attribution.toml").write_text(TABLES.weights, encoding="utf-8")
    (tmp_path / "tried.tsv").write_text(TABLES.tried, encoding="utf-8")
    options = ["--corpus", str(tmp_path), "--data", str(tmp_path), "--tried", str(tmp_path / "tried.tsv")]
    options += ["--keep-thresholds", "--measure", str(tmp_path)]
    assert main([*options, "--check"]) == 1
    assert (tmp_path / "cues.tsv").read_text("utf-8") == TABLES.cues
    assert main(options) == 0
    assert "fitted: F1 100.00" in capsys.readouterr().out
    assert read_tables(tmp_path, tmp_path / "tried.tsv") == fill([NEWS], TABLES, SETTINGS)
    assert main([*options, "--check"]) == 0
    assert FILE.exists()
    assert TRIED.exists()


def test_counts_are_by_cue_and_construction() -> None:
    examples = [Example(SAY.key, "that", (), True), Example(SAY.key, "that", (), False)]
    assert count(examples) == {(SAY.key, "that"): (2, 1)}
