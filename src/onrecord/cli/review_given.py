"""What a reviewer types as what it stands for: words or places as spans, names as entities, ranges as numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from onrecord.errors import UnknownId, UsageError
from onrecord.ledger.asking import find_id
from onrecord.ledger.store import Query
from onrecord.model import Selection, Span

if TYPE_CHECKING:
    from onrecord.ledger.store import View
    from onrecord.model import Report, Statement
    from onrecord.review.verdicts import PutRight, Range

_PLACES = re.compile(r"@\d{1,12}:\d{1,12}(,\d{1,12}:\d{1,12})*")
_ENTITY = re.compile(r"e-[0-9a-f]{2,}…?")
SHOWN = 6  # entities of one name


def put_right(view: View, statement_id: str, given: Mapping[str, Any]) -> PutRight:
    """What the options of `review correct` put right; UsageError where two of them say different things."""
    from onrecord.review.verdicts import PutRight

    statement = view.statement(statement_id)
    report = next(iter(view.reports(Query(report=statement.report_id))))
    for one, other in (("source", "no_source"), ("cue", "no_cue"), ("speaker", "nobody"), ("new_speaker", "nobody")):
        if given[one] is not None and given[other]:
            raise UsageError(f"--{one.replace('_', '-')} and --{other.replace('_', '-')} say different things")
    if given["speaker"] is not None and given["new_speaker"] is not None:
        raise UsageError("--speaker names who is on the record, --new-speaker who is not; give one of them")
    speaker = "" if given["nobody"] else None if given["speaker"] is None else find_entity(view, given["speaker"])
    return PutRight(
        source=() if given["no_source"] else find_words(report, given["source"], statement),
        cue=() if given["no_cue"] else find_words(report, given["cue"], statement),
        content=find_words(report, given["content"], statement),
        speaker=speaker,
        name=given["new_speaker"],
        stance=given["stance"],
        figures=tuple(find_range(view, statement, one) for one in given["figures"]),
    )


def find_words(report: Report, words: str | None, near: Statement) -> Selection | None:
    """Words of a report, or places such as @120:134,150:160, as spans; None for None."""
    from onrecord.review.verdicts import spans_of_words

    if words is None:
        return None
    if not _PLACES.fullmatch(words):
        return spans_of_words(report, words, near.content.spans[0].start)
    ends = (piece.split(":") for piece in words[1:].split(","))
    return tuple(Span(int(start), int(end)) for start, end in ends)


def find_entity(view: View, name: str) -> str:
    """The one entity of a name or an id; UnknownId where there is none or could be two."""
    if _ENTITY.fullmatch(name):
        return find_id(view, name, "entity")
    found = view.called(name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownId(f"nobody on the record is called {name!r}; `onrecord speakers` lists who speaks")
    ones = ", ".join(f"{identity} ({view.entity(identity).name})" for identity in found[:SHOWN])
    raise UnknownId(f"{name!r} could be {ones}{' …' if len(found) > SHOWN else ''}; give an id")


def find_range(view: View, statement: Statement, given: str) -> Range:
    """A range such as 40, 40..50, 40.. or ..50 of the figure that stands before =, or of the only one there is."""
    from onrecord.review.verdicts import Range

    name, mark, words = given.rpartition("=")
    if mark:
        figure = find_id(view, name, "figure")
    elif len(statement.figures) == 1:
        figure = statement.figures[0]
    else:
        several = f"it has {', '.join(statement.figures)}" if statement.figures else "it has none"
        raise UsageError(f"which figure of {statement.id} is {given!r}? {several}; give FIGURE=RANGE")
    low, dots, high = words.partition("..")
    return Range(figure, _number(low, given), _number(high, given) if dots else _number(low, given))


def _number(words: str, given: str) -> Decimal | None:
    if not words.strip():
        return None
    try:
        number = Decimal(words.strip().replace(",", ""))
    except InvalidOperation:
        raise UsageError(f"{given!r} is no range such as 40, 40..50, 40.. or ..50") from None
    if not number.is_finite():
        raise UsageError(f"{given!r} is no range such as 40, 40..50, 40.. or ..50")
    return number
