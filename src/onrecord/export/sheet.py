"""A sheet on one thing: facts by name, then blocks of passages or lines; and the lines that tell of another thing."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import UnknownId
from onrecord.export.naming import Names, day, tidy
from onrecord.export.passages import Passage
from onrecord.export.rows import short_id
from onrecord.ledger.store import View

SURE = {  # FactBank's letters, in words
    "CT+": "certain",
    "CT-": "certain that not",
    "PR+": "probable",
    "PR-": "probable that not",
    "PS+": "possible",
    "PS-": "possible that not",
    "U": "left open",
}


PASSIVE = {
    "repeats": "is repeated by",
    "corroborates": "is corroborated by",
    "confirms": "is confirmed by",
    "denies": "is denied by",
    "contradicts": "is contradicted by",
    "updates": "is updated by",
    "part_of": "has as a part",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A heading, facts by name, then blocks of passages or lines under a heading of their own."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[tuple[str, tuple[Passage | str, ...]], ...] = ()


def report_line(names: Names, identity: str | None) -> str:
    """One line for a report: outlet, day, id."""
    if identity is None:
        return ""
    try:
        report = names.report(identity)
    except UnknownId:
        return identity
    return f"{names.outlet(report)}, {day(report.published)} ({short_id(report.id)})"


def statement_line(view: View, names: Names, identity: str | None) -> str:
    """One line for a statement: who, what they do, the words."""
    if identity is None:
        return ""
    try:
        statement = view.statement(identity)
    except UnknownId:
        return identity
    words = tidy(statement.content.quote)
    words = words if len(words) <= 90 else words[:90].rpartition(" ")[0] + " …"
    return f"{short_id(identity)}  {names.speaker(statement)} · {statement.commitment.stance} · {words}"
