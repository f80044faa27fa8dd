"""What a confidence is worth, in bins, as one figure and as a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from evals.calibration import Bin, calibration_error, equal_mass, equal_width, interval
from evals.diagram import draw, write_diagram

HONEST = [(0.75, True)] * 3 + [(0.75, False)] + [(0.25, True)] + [(0.25, False)] * 3
BOASTFUL = [(0.95, True), (0.95, False)]
SVG = "{http://www.w3.org/2000/svg}"


def test_honest_confidence_has_no_error() -> None:
    assert equal_width(HONEST) == (Bin(0.25, 0.25, 4), Bin(0.75, 0.75, 4))
    assert calibration_error(equal_width(HONEST)) == 0


def test_overconfidence_is_told_by_size() -> None:
    assert calibration_error(equal_width(BOASTFUL)) == pytest.approx(0.45)
    assert calibration_error(equal_width(HONEST + BOASTFUL)) == pytest.approx(0.45 * 2 / 10)


def test_underconfidence_costs_as_much() -> None:
    assert calibration_error(equal_width([(0.05, True), (0.05, False)])) == pytest.approx(0.45)


def test_a_bin_has_its_lower_end_and_the_last_one_both() -> None:
    assert [one.n for one in equal_width([(0.0, True), (0.1, True), (0.9, True), (1.0, True)])] == [1, 1, 2]


def test_bins_of_equal_mass_hold_about_equally_many() -> None:
    judged = [(k / 100, k % 2 == 0) for k in range(100)]
    assert [one.n for one in equal_mass(judged)] == [10] * 10
    assert [one.n for one in equal_mass(judged[:3])] == [1, 1, 1]


def test_equal_confidences_stay_in_one_bin() -> None:
    judged = [(0.5, True)] * 30 + [(0.6, False)] * 10
    assert [one.n for one in equal_mass(judged)] == [30, 10]
    assert equal_mass(reversed(judged)) == equal_mass(judged)


def test_nothing_judged_is_no_error() -> None:
    assert equal_width([]) == equal_mass([]) == ()
    assert calibration_error(()) == 0


def test_more_attributions_make_the_interval_narrower() -> None:
    few, many = interval(Bin(0.8, 0.8, 10)), interval(Bin(0.8, 0.8, 1000))
    assert few[0] < many[0] < 0.8 < many[1] < few[1]
    assert interval(Bin(0.9, 1.0, 5))[1] == 1


def test_the_diagram_shows_every_bin_where_it_belongs() -> None:
    bins = (Bin(0.25, 0.5, 4), Bin(0.75, 1.0, 40))
    tree = etree.fromstring(draw("fast", bins).encode("utf-8"))
    points = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in tree.iter(f"{SVG}circle")]
    assert points == [(176, 276), (376, 76)]  # the square runs from 76 to 476, upwards
    words = [text.text for text in tree.iter(f"{SVG}text")]
    assert {"confidence", "share that was right", "4", "40"} <= set(words)
    assert any("fast" in (word or "") for word in words)
    assert any("44 attributions" in (word or "") for word in words)


def test_a_diagram_without_bins_can_be_drawn() -> None:
    assert etree.fromstring(draw("best", ()).encode("utf-8")).tag == f"{SVG}svg"


def test_the_diagram_is_named_for_its_engine(tmp_path: Path) -> None:
    told = {"engine": "fast", "reliability": {"attributions": [{"confidence": 0.5, "right": 0.4, "n": 9}]}}
    path = write_diagram(told, tmp_path / "images")
    assert path.name == "reliability-fast.svg"
    assert "9 attributions" in path.read_text("utf-8")
