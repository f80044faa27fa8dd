"""Several charts in one drawing, side by side where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.export.charts.points import Series
from onrecord.export.charts.series import Link, drawn_series
from onrecord.export.charts.svg import document, element, text
from onrecord.resources import settings_file

COLUMN, GAP, ALONE = 480.0, 20.0, 640.0


def draw_several(series: Sequence[Series], link: Link | None = None, *, title: str = "Figures over time") -> str:
    """The charts of these series as one file; how many are left out is said below. One has the width of a page."""
    most = int(settings_file("charts/charts.toml")["figures"]["several"])
    shown, columns = series[:most], 1 if len(series) < 2 else 2
    width = ALONE if columns == 1 else COLUMN
    body, y = [], 0.0
    for at in range(0, len(shown), columns):
        tall = 0.0
        for column, one in enumerate(shown[at : at + columns]):
            drawn, high = drawn_series(one, link, width)
            moved = f"translate({column * (width + GAP):.0f} {y:.1f})"
            body.append(element("g", *drawn, transform=moved, role="group", aria_label=one.title))
            tall = max(tall, high)
        y += tall + GAP
    if not shown:
        body.append(text("No figures are on the record yet.", 8, 24, class_="axis"))
        y = 40.0
    elif left_out := len(series) - len(shown):
        body.append(
            text(f"{left_out:,} more {'chart is' if left_out == 1 else 'charts are'} not here.", 8, y, class_="axis")
        )
        y += GAP
    return document(
        body,
        width=width * columns + GAP * (columns - 1),
        height=y,
        identity="figures",
        title=shown[0].title if len(shown) == 1 else title,
        desc="; ".join(one.title for one in shown) or "No figures.",
        standalone=True,
    )
