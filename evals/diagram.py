"""A reliability diagram as SVG: what share was right of what was held so sure, and how much there was of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from evals.calibration import Bin, calibration_error, interval
from evals.shared import ROOT

IMAGES = ROOT / "docs" / "images"

WIDTH, HEIGHT = 520, 620
LEFT, TOP, SIDE = 76, 76, 400  # of the square in which both axes run from 0 to 1
BARS = 56  # height of the strip below that shows how many there are
INK, FAINT, LINE, RANGE = "#1f2328", "#d8dee4", "#0b5cad", "#8fb8de"
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def write_diagram(told: Mapping[str, Any], folder: Path = IMAGES) -> Path:
    """The reliability diagram of a measured engine, as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"reliability-{told['engine']}.svg"
    bins = [Bin(**row) for row in told["reliability"]["attributions"]]
    path.write_text(draw(told["engine"], bins), "utf-8")
    return path


def draw(engine: str, bins: Sequence[Bin]) -> str:
    """The diagram of an engine, from bins of the confidence of its attributions."""
    total = sum(one.n for one in bins)
    title = f"Engine {engine}: how sure, and how often right"
    told = f"{total:,} attributions, expected calibration error {calibration_error(bins):.3f}"
    body = "\n".join((*_heading(title, told), *_axes(), *_points(bins), *_counts(bins)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(title)}; {escape(told)}" font-family="Helvetica, Arial, sans-serif" '
        f'font-size="13" fill="{INK}">\n<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _x(value: float) -> float:
    return LEFT + SIDE * value


def _y(value: float) -> float:
    return TOP + SIDE * (1 - value)


def _heading(title: str, told: str) -> Iterator[str]:
    yield f'<text x="{LEFT}" y="28" font-size="15" font-weight="bold">{escape(title)}</text>'
    yield f'<text x="{LEFT}" y="50">{escape(told)}</text>'


def _axes() -> Iterator[str]:
    for tick in TICKS:
        x, y = _x(tick), _y(tick)
        yield f'<path d="M{x:g} {TOP}V{TOP + SIDE}M{LEFT} {y:g}H{LEFT + SIDE}" stroke="{FAINT}"/>'
        yield f'<text x="{x:g}" y="{TOP + SIDE + BARS + 20}" text-anchor="middle">{tick:.1f}</text>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:g}" text-anchor="end">{tick:.1f}</text>'
    yield f'<path d="M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}" stroke="{INK}" stroke-dasharray="5 4"/>'
    yield f'<text x="{_x(0.5):g}" y="{TOP + SIDE + BARS + 42}" text-anchor="middle">confidence</text>'
    note = "light bars: where the true share lies, 19 times in 20; below: how many attributions"
    yield f'<text x="24" y="{HEIGHT - 14}" font-size="11">{note}</text>'
    turned = f'transform="rotate(-90 24 {_y(0.5):g})"'
    yield f'<text x="24" y="{_y(0.5):g}" text-anchor="middle" {turned}>share that was right</text>'


def _points(bins: Sequence[Bin]) -> Iterator[str]:
    for one in bins:
        low, high = interval(one)
        yield (
            f'<path d="M{_x(one.confidence):.1f} {_y(low):.1f}V{_y(high):.1f}" stroke="{RANGE}" stroke-width="5" '
            f'stroke-linecap="round"/>'
        )
    line = " ".join(f"{_x(one.confidence):.1f},{_y(one.right):.1f}" for one in bins)
    yield f'<polyline points="{line}" fill="none" stroke="{LINE}" stroke-width="2"/>'
    for one in bins:
        told = f"confidence {one.confidence:.2f}, right {one.right:.2f}, {one.n} attributions"
        yield (
            f'<circle cx="{_x(one.confidence):.1f}" cy="{_y(one.right):.1f}" r="4.5" fill="{LINE}">'
            f"<title>{told}</title></circle>"
        )


def _counts(bins: Sequence[Bin]) -> Iterator[str]:
    most, floor = max((one.n for one in bins), default=1), TOP + SIDE + BARS
    for one in bins:
        height, x = (BARS - 18) * one.n / most, _x(one.confidence)
        yield f'<rect x="{x - 7:.1f}" y="{floor - height:.1f}" width="14" height="{height:.1f}" fill="{RANGE}"/>'
        yield f'<text x="{x:.1f}" y="{floor - height - 4:.1f}" text-anchor="middle" font-size="10">{one.n}</text>'
