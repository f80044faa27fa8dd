"""The measures together, on a story with a gold of three; and what is said where something is missing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from evals import attribution, finding, score_card
from evals.attribution import Tally, headline
from evals.gold import SCORER, Article, load_scorer, read_articles
from evals.shared import shared_folder
from evals.spans import Spans
from onrecord.errors import Unavailable
from tests.evals.hand import found, spans

TEXT = (
    "Mayor Ada Holm said the bridge was safe. “We will open it,” she told reporters. "
    "According to Boris Keller, nobody had asked."
)
HOLM = spans(TEXT, source="Mayor Ada Holm", cue="said", content="the bridge was safe")
SHE = spans(TEXT, source="she", cue="told", content="“We will open it,”")
KELLER = spans(TEXT, source="Boris Keller", cue="According to", content="nobody had asked")
ARTICLE = Article("bridge", TEXT, (HOLM, SHE, KELLER), {})
ANNOTATION = """\
T1\tSource 0 14\tMayor Ada Holm
T2\tCue 15 19\tsaid
T3\tContent 20 39\tthe bridge was safe
E1\tAttribution:T3 Source:T1 Cue:T2 Content:T3
"""


def test_each_measure_sees_what_it_is_for() -> None:
    tally = Tally()
    wrong = Spans(HOLM.source, SHE.cue, KELLER.content)
    tally.add(
        ARTICLE,
        [
            found(HOLM, sure=0.8, confidence=0.4),
            found(SHE, form="direct", plain=False, sure=0.8),
            found(wrong, sure=0.6, confidence=0.6),
        ],
    )
    figures = tally.figures()
    assert tally.right == 2
    assert figures["recall on common speech verbs"] == 100
    assert figures["direct quotations: found with a speaker"] == 100
    assert figures["plain direct quotations: found with a speaker"] == 0
    assert figures["calibration error of attributions, 0 to 1"] == pytest.approx((2 * 0.2 + 0.6) / 3)
    assert figures["calibration error of statements, 0 to 1"] == pytest.approx((0.6 + 0.1 + 0.6) / 3)
    assert [row["n"] for row in tally.reliability()["attributions"]] == [1, 2]
    assert tally.recall.figures()["according to"]["recall"] == 0


def test_statements_within_statements_are_left_out_of_exact_spans_alone() -> None:
    inner = Spans(cue=KELLER.cue, content=((HOLM.content[0][0], HOLM.content[0][0] + 3),))
    flat, nested = Tally(), Tally()
    flat.add(ARTICLE, [found(HOLM), found(inner)])
    nested.add(ARTICLE, [found(HOLM), found(inner, nested=True)])
    name = "exact spans of the content, F1"
    assert flat.figures()[name] < nested.figures()[name]
    assert len(nested.attributions) == 2


def test_headline_is_the_scorer_s() -> None:
    scores = {name: {"p": 50.0, "r": 25.0, "f1": value} for value, name in enumerate(headline_names())}
    told = headline(scores)
    assert told["attribution precision"] == 50
    assert told["attribution recall"] == 25
    assert [told[f"{name} F1"] for name in headline_names()] == [0, 1, 2, 3]


def headline_names() -> tuple[str, ...]:
    return ("attribution", "direct", "indirect", "mixed")


def test_every_bar_holds_a_figure_that_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution.pace, "growth", lambda *_: 4.0)
    monkeypatch.setattr(attribution.pace, "measure", lambda *_: attribution.pace.Pace(10, (2.0,), 50.0, ((),)))
    scores = {name: {"p": 0.0, "r": 0.0, "f1": 0.0} for name in headline_names()}
    names = set(headline(scores) | Tally().figures() | attribution.measure_pace("fast", [TEXT]))
    for engine, bars in tomllib.loads(score_card.BARS.read_text("utf-8"))["attribution"].items():
        assert not set(bars) - names, engine


def test_the_statements_of_an_engine_are_seen_as_the_gold_is() -> None:
    (one,) = finding.find("fast", "The mayor of Riga said that the bridge was safe.")
    assert one.spans.of_role("cue") == ((18, 22),)
    assert 0 < one.confidence <= 1
    assert 0 < one.attribution_confidence <= 1
    assert not one.nested


def test_only_the_steps_that_attribute_are_timed() -> None:
    assert finding.attributing("fast") == ("sentences", "attributions-fast")


def test_an_engine_that_is_not_installed_is_said_and_skipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def lacking(engine: str, report: object) -> None:
        raise Unavailable(f"engine {engine!r} needs its weights")

    monkeypatch.setattr(finding, "attribute", lacking)
    told = attribution.measure("best", tmp_path, tmp_path)
    assert told == {"engine": "best", "not available": "engine 'best' needs its weights"}
    card = score_card.render({"attribution": {"best": told}})
    assert "not measured: engine 'best' needs its weights" in card


def test_without_gold_data_that_is_said(tmp_path: Path) -> None:
    told = attribution.measure("fast", tmp_path, tmp_path)
    assert told["not available"] == "no gold data in ../shared: score_attribution.py is not there"


def test_the_card_shows_figures_bars_and_slices() -> None:
    told = {
        "reports": 1,
        "words": 20,
        "gold": 3,
        "figures": {"attribution F1": 40.0},
        "slices": {"direct": {"n": 2, "recall": 50.0}},
        "reliability": {"attributions": [{"confidence": 0.75, "right": 0.7, "n": 12}]},
    }
    card = score_card.render({"attribution": {"fast": told | {"engine": "fast"}}})
    assert "| attribution F1 | 40 | ≥ 50 | **missed** |" in card
    assert "| direct | 2 | 50 |" in card
    assert "| 0.75 | 0.70 | 12 |" in card
    assert "images/reliability-fast.svg" in card


@pytest.mark.skipif(not (shared_folder() / SCORER).is_file(), reason="needs the official scorer in ../shared")
def test_a_folder_of_articles_is_measured(tmp_path: Path) -> None:
    for folder, name, text in (("text", "a.txt", TEXT), ("attributions", "a_x.ann", ANNOTATION)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, "utf-8")
    rows = "filename\tpublisher\tpublication_date\ttitle\na\tRiga Post\t2024-05-06\tThe bridge\n"
    (tmp_path / "metadata.tsv").write_text(rows, "utf-8")
    scorer = load_scorer(shared_folder() / SCORER)
    (article,) = read_articles(tmp_path, scorer)
    assert article.gold == (HOLM,)
    assert article.facts["outlet"] == "Riga Post"
    told = attribution.measure_quality("fast", [article], scorer)
    assert told["figures"]["attribution recall"] == 100
    assert told["gold"] == 1
    assert told["found"] >= 1
