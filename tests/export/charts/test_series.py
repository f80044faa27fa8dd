from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from onrecord.export.charts.points import DENIED, Point
from onrecord.export.charts.series import draw_series, speakers
from onrecord.export.charts.telling import COLUMNS, series_rows
from tests.export.charts.made import SVG, anchors, assert_readable, number, of_class, parsed, series

WHOSE = ("Ministry", "Hospital", "Harbour master", "Union", "Police", "Mayor", "Red Cross")
BOTH = pytest.mark.parametrize("width", [370, 640])


def centre(root: Any, index: int) -> tuple[float, float]:
    """Where the circle of a point stands."""
    circle = of_class(root, "point")[index].find(f"{SVG}circle")
    return float(circle.get("cx")), float(circle.get("cy"))


def every_kind() -> tuple[Point, ...]:
    return (
        number(10, 20, ident="part", whose="Police"),
        number(30, "open", ident="least", date="2025-03-04"),
        number("open", 50, whose="Red Cross", date="2025-03-05"),
        number(40, whose="Police", date="2025-03", about=True),
        number(60, whose="an agency with a name that is longer than any label may be", date="2025-05", forecast=True),
        number(70, whose="Mayor", date="2025-06-01", planned=True, forecast=True),
        number(5, whose="Hospital", increment=True, date="2025-03-06"),
        number(4, whose="Union", direction="down", date="2025-03-06"),
        number(90, whose="<b>Rebels & 'co\"", date="2025-03-02", struck=DENIED, by="Ministry"),
        number(25, whose="witnesses", date=None),
    )


@BOTH
@pytest.mark.parametrize(
    "points",
    [
        (),
        (number(12),),
        (number(0),),
        every_kind(),
        tuple(number(57, whose=whose) for whose in WHOSE),
        tuple(number(100 + at, date=None, whose=WHOSE[at % 3]) for at in range(9)),
        tuple(number(at * at, date=f"2025-{1 + at % 12:02}-{1 + at % 28:02}", whose=WHOSE[at % 7]) for at in range(39)),
        tuple(number(at % 97, date=f"20{at % 30:02}-{1 + at % 12:02}", whose=f"source {at % 9}") for at in range(500)),
        (number(3), number(4_500_000, date="2025-04-01"), number(0, date="2025-04-02")),
        (number("-3.5", unit="%"), number("1.25", unit="%", date="2024")),
        (number("1.0521"), number("1.0533", date="2025-03-09")),
        (number("1e300"), number(5)),
        (number("1e-7"), number("3e-7")),
        tuple(number(10 + at, 20 + 3 * at, whose=whose) for at, whose in enumerate(WHOSE)),
        tuple(number(at + 1, increment=True, date=f"2025-03-{at + 1:02}") for at in range(12)),
        (number(8_000_000_000, whose="W" * 300, date="1950"),),
        (number(1, date="0001"), number(2, date="9998")),
        (number(1, date="9999"), number(2, date="2025-02-31"), number(3, date="PRESENT_REF")),
        (number(7, whose="\u202e\x00\ud800港務局" * 4, text="\x1b[31m"),),
    ],
    ids=lambda points: f"{len(points)}-{hashlib.md5(repr(points).encode()).hexdigest()[:4]}",
)
def test_words_keep_apart_and_inside(points: tuple[Point, ...], width: int) -> None:
    shown = series(*points, title="people " * 30, parts=(("part", "least"),), updates=(("part", "least"),))
    assert_readable(draw_series(shown, lambda _: "/statements/s-1", width=width))
    assert_readable(draw_series(shown, width=width, standalone=True))


def test_larger_numbers_stand_higher_and_later_ones_farther_right() -> None:
    root = parsed(draw_series(series(number(3000), number(10_000, date="2025-03-11"))))
    (x1, y1), (x2, y2) = centre(root, 0), centre(root, 1)
    assert x1 < x2
    assert y1 > y2


def test_axis_begins_at_zero_with_round_numbers() -> None:
    root = parsed(draw_series(series(number(3000), number(10_000, date="2025-03-11"))))
    said = [element.text for element in of_class(root, "axis")]
    assert {"0", "2,500", "5,000", "7,500", "10,000"} <= set(said)
    (_, low), (_, high) = centre(root, 0), centre(root, 1)
    zero = next(float(e.get("y")) - 4 for e in of_class(root, "axis") if e.text == "0")
    assert (zero - high) / (zero - low) == pytest.approx(10 / 3, rel=0.01)


def test_numbers_far_apart_get_a_logarithmic_axis_that_says_so() -> None:
    svg = draw_series(series(number(3), number(4_500_000, date="2025-03-11")))
    assert "logarithmic: each line is ten times the one below" in " ".join(parsed(svg).itertext())
    assert "logarithmic" not in draw_series(series(number(3), number(3000)))


@pytest.mark.parametrize(
    ("point", "head"),
    [(number(40, "open"), -1), (number("open", 40), 1)],
    ids=["at least: up", "at most: down"],
)
def test_an_open_end_is_an_arrow(point: Point, head: int) -> None:
    path = of_class(parsed(draw_series(series(point))), "point")[0].find(f"{SVG}path").get("d")
    start, tip = (float(part) for part in path[1:].split("M")[0].split(" ")[1].split("V"))
    assert (tip - start) * head > 0


def test_a_range_is_a_bar_with_caps_between_its_numbers() -> None:
    group = of_class(parsed(draw_series(series(number(10, 20)))), "point")[0]
    circles = [float(circle.get("cy")) for circle in group.iter(f"{SVG}circle")]
    assert len(circles) == 2
    assert group.find(f"{SVG}path").get("d").count("H") == 2


def test_forecasts_are_hollow_and_plans_dashed() -> None:
    told = series(number(1), number(2, forecast=True), number(3, planned=True, forecast=True))
    circles = [found.find(f"{SVG}circle") for found in of_class(parsed(draw_series(told)), "point")]
    assert [circle.get("fill") for circle in circles] == ["currentColor", "none", "none"]
    assert [bool(circle.get("stroke-dasharray")) for circle in circles] == [False, False, True]


def test_a_part_has_a_ring_and_a_line_to_its_whole() -> None:
    told = series(number(8000, ident="part", where="Kursk"), number(10_000, ident="whole"), parts=(("part", "whole"),))
    root = parsed(draw_series(told))
    assert len(list(of_class(root, "point")[0].iter(f"{SVG}circle"))) == 2
    assert len(of_class(root, "part")) == 1
    assert "in Kursk" in " ".join(root.itertext())


def test_updates_are_joined_step_by_step() -> None:
    points = [number(at, ident=f"f{at}", date=f"2025-03-0{at}", whose=WHOSE[at]) for at in (1, 2, 3)]
    root = parsed(draw_series(series(*points, updates=(("f1", "f2"), ("f2", "f3"), ("f1", "f3")))))
    assert len(of_class(root, "update")) == 2
    assert all(found.get("stroke-dasharray") for found in of_class(root, "update"))


@pytest.mark.parametrize(("one", "other", "joined"), [("q-1", "q-1", True), ("q-1", "q-2", False), (None, None, False)])
def test_a_source_that_gives_another_number_later_is_joined_where_the_record_follows_it(
    one: str | None, other: str | None, joined: bool
) -> None:
    told = [number(1), number(2, date="2025-04-01")]
    told = [
        replace(point, figure=replace(point.figure, series=of)) for point, of in zip(told, (one, other), strict=True)
    ]
    assert bool(of_class(parsed(draw_series(series(*told))), "update")) is joined


def test_two_sources_are_not_joined_without_a_link() -> None:
    assert not of_class(parsed(draw_series(series(number(1), number(2, whose="Union", date="2025-04")))), "update")


def test_denied_numbers_are_struck() -> None:
    told = series(number(90, struck=DENIED, by="Ministry", whose="Rebels"))
    group = of_class(parsed(draw_series(told)), "point")[0]
    assert len(list(group.iter(f"{SVG}line"))) == 2  # through the mark, through the words
    assert "denied by Ministry" in "".join(group.itertext())


def test_changes_stand_apart_from_amounts() -> None:
    root = parsed(draw_series(series(number(3000), number(10_000, increment=True, date="2025-04"))))
    zero = next(float(e.get("y")) for e in of_class(root, "axis") if e.text == "0")
    assert centre(root, 1)[1] > zero
    assert "not on the scale" in " ".join(root.itertext())
    assert "10,000" not in {e.text for e in of_class(root, "axis")}


def test_a_coarse_date_is_a_bar_as_long_as_it_is_coarse() -> None:
    told = series(number(1, date="2025-01-01"), number(2, date="2025-03"), number(3, date="2025-05-01"))
    root = parsed(draw_series(told))
    bar = of_class(root, "point")[1].find(f"{SVG}path").get("d")
    left, right = float(bar[1:].split(" ")[0]), float(bar.split("H")[1].split("M")[0])
    first, last = centre(root, 0)[0], centre(root, 2)[0]
    assert (right - left) / (last - first) == pytest.approx(31 / 120, rel=0.05)


def test_an_empty_stretch_of_time_is_cut_short_and_said() -> None:
    told = series(number(1, date="2025-01-01"), number(2, date="2025-01-08"), number(3, date="2027-01-01"))
    root = parsed(draw_series(told))
    first, second, third = (centre(root, at)[0] for at in range(3))
    assert second - first > third - second
    assert of_class(root, "cut")
    assert "cut short" in " ".join(root.itertext())


def test_numbers_without_a_date_stand_in_a_strip_of_their_own() -> None:
    root = parsed(draw_series(series(number(1, date=None), number(2))))
    assert "no date known" in {found.text for found in of_class(root, "tick")}
    assert centre(root, 0)[0] < centre(root, 1)[0]


def test_each_point_opens_its_words() -> None:
    told = series(number(1, ident="f-a"), number(2, ident="f-b"))
    root = parsed(draw_series(told, lambda point: f"/statements/{point.figure.id}#s"))
    assert [found.get("href") for found in anchors(root)] == ["/statements/f-a#s", "/statements/f-b#s"]
    assert root.get("role") == "group"  # an image would hide the links from a screen reader
    assert parsed(draw_series(told)).get("role") == "img"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/\\", "file:///x", " /x"]
)
def test_an_address_that_is_no_page_is_no_link(address: str) -> None:
    assert not anchors(parsed(draw_series(series(number(1)), lambda _: address)))


def test_the_words_of_reports_are_escaped() -> None:
    svg = draw_series(series(number(1, whose="<script>alert(1)</script>", text='"><b>')))
    assert "<script" not in svg
    assert "<b>" not in svg


def test_every_source_has_its_own_shape_and_colour() -> None:
    told = series(*(number(at + 1, whose=whose) for at, whose in enumerate(WHOSE)))
    assert [speakers(told)[whose] for whose in WHOSE] == [0, 1, 2, 3, 4, 5, 5]
    classes = [found.get("class") for found in of_class(parsed(draw_series(told)), "point")]
    assert classes[:3] == ["point w0", "point w1", "point w2"]


def test_title_and_description_name_the_chart() -> None:
    root = parsed(draw_series(series(number(3000, text="3,000"), title="boats")))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title.text == "boats"
    assert "3,000, Ministry, said 3 Mar 2025" in (desc.text or "")
    assert root.get("aria-labelledby") == title.get("id")


def test_the_table_says_what_the_chart_shows() -> None:
    told = series(
        number(8000, ident="part", text="About 8,000", about=True, where="Kursk"),
        number(10_000, ident="whole", text="some 10,000", about=True),
        parts=(("part", "whole"),),
    )
    first, second = series_rows(told)
    assert len(first.cells) == len(COLUMNS)
    assert first.cells == ("3 Mar 2025 (said)", "Ministry", "About 8,000", "boats, Kursk", "a part of ≈ 10,000", "1")
    assert second.cells[4] == ""


def test_a_drawing_is_the_same_bytes_in_another_process() -> None:
    call = (
        "from tests.export.charts.test_series import every_kind, draw_series, series;"
        "import sys, hashlib; sys.stdout.write(hashlib.sha256(draw_series(series(*every_kind())).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", call], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1


def test_a_file_of_its_own_asks_for_nothing_else() -> None:
    svg = draw_series(series(number(1)), standalone=True)
    assert "var(" not in svg
    assert "url(" not in svg
    assert "prefers-color-scheme: dark" in svg
    assert svg.count("http") == 1  # the namespace
