from __future__ import annotations

import builtins
import struct
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import StoreError, Unavailable, UsageError
from onrecord.export.charts.files import write_drawing
from onrecord.export.charts.png import as_png
from onrecord.export.charts.series import draw_series
from onrecord.export.charts.sheet import draw_several
from tests.export.charts.made import assert_readable, number, parsed, series

DRAWING = draw_series(series(number(40)), standalone=True)


def test_a_name_that_ends_in_svg_holds_the_drawing(tmp_path: Path) -> None:
    write_drawing(DRAWING, tmp_path / "a chart.SVG")
    assert (tmp_path / "a chart.SVG").read_text("utf-8") == DRAWING
    assert [path.name for path in tmp_path.iterdir()] == ["a chart.SVG"]


def test_a_name_that_ends_in_png_holds_a_picture_twice_as_wide(tmp_path: Path) -> None:
    pytest.importorskip("resvg")
    write_drawing(DRAWING, tmp_path / "chart.png")
    data = (tmp_path / "chart.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">I", data[16:20])[0] == 2 * int(parsed(DRAWING).get("width", "0"))


@pytest.mark.parametrize("name", ["chart.gif", "chart", "chart.svg.gz", ".svg"])
def test_any_other_ending_is_refused_with_those_that_go(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"ends in \.svg or \.png"):
        write_drawing(DRAWING, tmp_path / name)


@pytest.mark.parametrize("name", ["not there/chart.svg", "file/chart.svg"])
def test_a_place_that_takes_no_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(StoreError, match=r"chart\.svg"):
        write_drawing(DRAWING, tmp_path / name)


def test_without_the_extra_the_line_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def no_resvg(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("resvg"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", no_resvg)
    with pytest.raises(Unavailable, match=r"pip install 'onrecord\[charts\]'"):
        as_png(DRAWING)


@pytest.mark.parametrize("count", [0, 1, 2, 5, 30])
def test_several_charts_keep_apart(count: int) -> None:
    charts = [series(number(at + 1), number(at + 9, date="2025-06"), title=f"boats {at}") for at in range(count)]
    svg = draw_several(charts, lambda _: "https://herald.example/1")
    root = parsed(svg)
    assert len(root.xpath("//*[@role='group' and @transform]")) == min(count, 12)
    assert ("18 more charts" in " ".join(root.itertext())) == (count == 30)
    if count < 2:
        assert_readable(svg)
