"""The sheets on a claim, an origin and a series."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.errors import UnknownId
from onrecord.export.claims import points_of
from onrecord.export.naming import Names, day, tidy
from onrecord.export.rows import FigureRow, figure_row, number, short_id
from onrecord.export.sheet import PASSIVE, Sheet, report_line, statement_line
from onrecord.ledger.store import Query, View
from onrecord.link.series import Point, bounds_of
from onrecord.model import Claim, Origin

STATUS = {
    "single-source": "no second independent origin is known",
    "corroborated": "two or more independent origins say so",
    "disputed": "somebody contradicts it, or denies what several origins say",
    "denied": "somebody denies it",
    "superseded": "a later statement moves it",
}


def claim_sheet(view: View, names: Names, claim: Claim) -> Sheet:
    """What several statements say alike, where they come from and who answers them."""
    facts = (
        ("claim", tidy(claim.text)),
        ("status", f"{claim.status}: {STATUS.get(claim.status, '')}"),
        ("origins", f"{claim.independent_origins} independent, as far as is known"),
        ("first said", day(claim.first_said)),
        ("last said", day(claim.last_said)),
    )
    said = tuple(statement_line(view, names, identity) for identity in claim.statements)
    origins = dict.fromkeys(s.origin for s, _ in view.statements_of(claim.statements) if s.origin)
    whence = tuple(_origin_line(names, view.origin(identity)) for identity in sorted(origins))
    return Sheet(
        f"claim {claim.id}",
        facts,
        (("who says so", said), ("origins", whence), ("answers", _answers(view, names, claim))),
    )


def _answers(view: View, names: Names, claim: Claim) -> tuple[str, ...]:
    """Links between a statement of the claim and others."""
    inside = set(claim.statements)
    found = []
    for source, target, kind in view.ends(claim.statements):
        if (source in inside) != (target in inside):
            verb, other = (kind, target) if source in inside else (PASSIVE.get(kind, kind), source)
            found.append(f"{verb} {statement_line(view, names, other)}")
    return tuple(dict.fromkeys(found))


def _origin_line(names: Names, origin: Origin) -> str:
    return f"{short_id(origin.id)}  {_whence(names, origin)} · {len(origin.statements)} statements"


def _whence(names: Names, origin: Origin) -> str:
    who = names.entity_name(origin.speaker) or "a source without a name"
    kind = "an occasion that is not told" if origin.kind == "unknown" else origin.kind
    return f"{who} · {kind} · {day(origin.date) if origin.date else 'day not known'}"


def origin_sheet(view: View, names: Names, origin: Origin) -> Sheet:
    """The utterance or document that statements go back to."""
    facts = (
        ("who", names.entity_name(origin.speaker) or "not known by name"),
        ("what", origin.kind),
        ("when", day(origin.date) if origin.date else "not known"),
    )
    said = tuple(statement_line(view, names, identity) for identity in origin.statements)
    reports = tuple(report_line(names, identity) for identity in origin.reports)
    return Sheet(f"origin {origin.id}", facts, (("statements", said), ("reports", reports)))


def series_sheet(view: View, identity: str) -> Sheet:
    """A quantity over time: each number as it was given, and what the sides stand by last."""
    names, points = Names(view), _points(view, identity)
    bounds, first = bounds_of(points), points[0].figure
    facts = {
        "of": ", ".join(sorted({point.figure.of for point in points if point.figure.of}, key=lambda of: (len(of), of))),
        "where": names.entity_name(first.where) or "",
        "unit": " a ".join(filter(None, (first.amount.unit, first.amount.per))),
        "best": str(number(bounds.best)) if bounds.best is not None else "no number is given exactly",
        "low": str(number(bounds.low)) if bounds.low is not None else "",
        "high": str(number(bounds.high)) if bounds.high is not None else "",
    }
    lines = tuple(_point_line(view, names, point) for point in points)
    return Sheet(f"series {identity}", tuple((k, v) for k, v in facts.items() if v), (("figures", lines),))


def series_row(view: View, identity: str) -> dict[str, Any]:
    """Likewise for programs."""
    names, points = Names(view), _points(view, identity)
    bounds = bounds_of(points)
    return {
        "id": identity,
        "of": points[0].figure.of,
        "best": number(bounds.best),
        "low": number(bounds.low),
        "high": number(bounds.high),
        "figures": [{"day": point.day or None} | _row(view, names, point) for point in points],
    }


def _points(view: View, identity: str) -> tuple[Point, ...]:
    found = points_of(view, view.figures(Query(series=identity)))
    if not found:
        raise UnknownId(f"no series {identity!r} on the record")
    return found


def _row(view: View, names: Names, point: Point) -> FigureRow:
    figure = point.figure
    return figure_row(figure, names, view.statement(figure.statement) if figure.statement else None)


def _point_line(view: View, names: Names, point: Point) -> str:
    row = _row(view, names, point)
    parts = (day(point.day or None), row["whose"], row["text"], ", ".join(filter(None, _kinds(point))))
    return f"{short_id(point.figure.id)}  " + " · ".join(part for part in parts if part)


def _kinds(point: Point) -> Iterator[str]:
    figure = point.figure
    yield "an increment" if figure.increment else ""
    yield "planned" if figure.planned else "foreseen" if figure.forecast else ""
