"""Judgements as rows for lists, and in words: what people said of a statement, and how it was found."""

from __future__ import annotations

from collections.abc import Iterator

from typing_extensions import TypedDict  # that of typing gives pydantic too little before 3.12

from onrecord.errors import UnknownId
from onrecord.ledger.judgements import in_force
from onrecord.model import Evidence, Judgement, Statement
from onrecord.review.applying import Orphan
from onrecord.review.reading import Reviewed

SHORT = 10  # characters of an id, as lists print it
PAST = {
    "confirm": "confirmed",
    "correct": "corrected",
    "reject": "rejected",
    "merge": "merged",
    "split": "split",
    "undo": "took back",
}
NOBODY = "nobody"


class JudgementRow(TypedDict):
    """A line of the log."""

    number: int
    id: str
    when: str
    author: str
    verdict: str
    about: list[str]
    holds: bool  # False: it was taken back, or takes one back
    note: str | None
    words: str  # that it is about


class OrphanRow(TypedDict):
    """A judgement that is about nothing now."""

    judgement: str
    verdict: str
    author: str
    when: str
    about: str  # the id that it was about
    why: str
    report: str | None
    uri: str | None
    words: str
    prefix: str
    suffix: str


def judgement_rows(view: Reviewed) -> Iterator[JudgementRow]:
    """The log, oldest first."""
    log = view.judgements()
    held = {one.id for one in in_force(log)}
    for one in log:
        yield judgement_row(one, holds=one.id in held)


def judgement_row(one: Judgement, *, holds: bool) -> JudgementRow:
    """A line of the log."""
    return {
        "number": one.number,
        "id": one.id,
        "when": one.when,
        "author": one.author,
        "verdict": one.verdict,
        "about": list(one.about),
        "holds": holds,
        "note": one.note,
        "words": _tidy(" … ".join(anchor.content.quote for anchor in one.anchors)),
    }


def orphan_row(orphan: Orphan) -> OrphanRow:
    """An orphan with the words that it is about."""
    one, anchor = orphan.judgement, orphan.anchor
    return {
        "judgement": one.id,
        "verdict": one.verdict,
        "author": one.author,
        "when": one.when,
        "about": orphan.about,
        "why": orphan.why,
        "report": anchor.report_id if anchor else None,
        "uri": anchor.uri if anchor else None,
        "words": _tidy(anchor.content.quote) if anchor else "",
        "prefix": anchor.prefix if anchor else "",
        "suffix": anchor.suffix if anchor else "",
    }


def history(view: Reviewed, identity: str) -> tuple[str, ...]:
    """What people said of a statement or link, oldest first, in words: "rejected by Ida Berg, 2031-05-10: twice"."""
    return tuple(told(one) for one in view.judged(identity))


def told(one: Judgement) -> str:
    """A judgement in words."""
    note = f": {_tidy(one.note)}" if one.note else ""
    return f"{PAST[one.verdict]} by {_tidy(one.author)}, {one.when[:10]} ({one.id[:SHORT]}){note}"


def as_found(view: Reviewed, statement: Statement) -> tuple[tuple[str, str], ...]:
    """What reads otherwise now than it was found: (part, what was found), in words; empty where nothing does."""
    before = view.found.statement(statement.id)
    pairs = (
        ("who", _who(view, before), _who(view, statement)),
        ("source", _quote(before.source), _quote(statement.source)),
        ("cue", _quote(before.cue), _quote(statement.cue)),
        ("content", _quote(before.content), _quote(statement.content)),
        ("does", before.commitment.stance, statement.commitment.stance),
        *_figures(view, statement),
    )
    return tuple((name, was) for name, was, now in pairs if was != now)


def _figures(view: Reviewed, statement: Statement) -> Iterator[tuple[str, str, str]]:
    before = {figure.id: figure.amount for figure, _ in view.found.figures_of(statement.figures)}
    for figure, _ in view.figures_of(statement.figures):
        was, now = before[figure.id], figure.amount
        yield f"figure {_tidy(figure.text)}", range_of(was.low, was.high), range_of(now.low, now.high)


def range_of(low: object, high: object) -> str:
    """A range in figures: "40", "40 to 50", "40 or more", "50 or fewer"."""
    if low is None or high is None:
        return f"{low} or more" if low is not None else f"{high} or fewer" if high is not None else "open"
    return f"{low}" if low == high else f"{low} to {high}"


def _who(view: Reviewed, statement: Statement) -> str:
    ones = (statement.speaker.entity, *statement.speaker.also)
    return ", ".join(_name(view, one) for one in ones if one) or NOBODY


def _name(view: Reviewed, entity: str) -> str:
    try:
        return view.entity(entity).name
    except UnknownId:
        return entity


def _quote(evidence: Evidence | None) -> str:
    return _tidy(evidence.quote) if evidence else "none"


def _tidy(text: str) -> str:
    return " ".join(text.split())
