"""Drawings in place of lists: `figures --chart`, `timeline --chart`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.cli.options import reading
from onrecord.cli.output import say
from onrecord.export.charts.files import check_path, write_drawing
from onrecord.ledger.asking import make_query


def chart_figures(db: str, path: Path, given: Mapping[str, Any]) -> None:
    """Draws the quantities among the figures that fit: those with two numbers and more, single ones where none has."""
    from onrecord.export.asof import as_known
    from onrecord.export.charts.gathering import gather_series
    from onrecord.export.charts.sheet import draw_several

    check_path(path)
    with reading(db) as store:
        view = as_known(store, given.get("as_of"))
        query = make_query(store, **given)
        series = gather_series(view, query) or gather_series(view, query, least=1)
        addresses = {report.id: report.uri for report in view.reports()}
    svg = draw_several(series, lambda point: addresses.get(point.figure.report_id))
    write_drawing(svg, path)
    if not series:
        say("nothing on the record fits; the drawing says so")
    count = sum(len(one.points) for one in series)
    say(f"wrote {path}: {len(series):,} chart{'' if len(series) == 1 else 's'}, {count:,} numbers")


def chart_timeline(rows: Sequence[Mapping[str, Any]], path: Path, entity: str | None) -> None:
    """Draws the rows of a timeline."""
    from onrecord.export.charts.timeline import draw_timeline, moments_of

    check_path(path)
    addresses = {row.get("statement") or row.get("event") or row.get("report") or "": row.get("uri") for row in rows}
    svg = draw_timeline(
        moments_of(rows),
        lambda moments: addresses.get(moments[0].id) if len(moments) == 1 else None,
        title=f"Timeline of {entity}" if entity else "Timeline",
        standalone=True,
    )
    write_drawing(svg, path)
    say(f"wrote {path}: {len(rows):,} entries")
