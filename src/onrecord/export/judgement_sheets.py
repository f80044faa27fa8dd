"""The sheet on one judgement: who said what of which statement, and what it puts right."""

from __future__ import annotations

from decimal import Decimal

from onrecord.export.naming import tidy
from onrecord.export.sheet import Sheet
from onrecord.model import Correction, Judgement


def judgement_sheet(one: Judgement) -> Sheet:
    """A judgement with the words it is about."""
    facts: list[tuple[str, str | None]] = [
        ("verdict", one.verdict),
        ("about", ", ".join(one.about)),
        ("author", one.author),
        ("when", one.when),
        ("note", one.note),
        ("name", one.name),
        *(corrected(one.correction) if one.correction else ()),
        ("line", str(one.number)),
        ("hash", one.hash),
    ]
    words = tuple(tidy(f"{a.prefix}«{a.content.quote}»{a.suffix}") for a in one.anchors)
    sections = (("the words it was given on", words),) if words else ()
    return Sheet(f"judgement {one.id}", tuple((name, value) for name, value in facts if value), sections)


def corrected(correction: Correction) -> tuple[tuple[str, str | None], ...]:
    """What a correction puts right, field by field, in words."""
    parts = (("source", correction.source), ("cue", correction.cue), ("content", correction.content))
    quoted = tuple((name, tidy(part.quote) or "none") for name, part in parts if part is not None)
    who = None if correction.speaker is None else correction.name or correction.speaker or "nobody"
    figures = tuple(("figure", f"{tidy(f.words.quote)}: {span_of(f.low, f.high)}") for f in correction.figures)
    return (*quoted, ("speaker", who), ("stance", correction.stance), *figures)


def span_of(low: Decimal | None, high: Decimal | None) -> str:
    """A range in words."""
    if low is not None and low == high:
        return f"{low:f}"
    if low is None or high is None:
        return f"at least {low:f}" if low is not None else f"at most {high:f}" if high is not None else "open"
    return f"{low:f} to {high:f}"
