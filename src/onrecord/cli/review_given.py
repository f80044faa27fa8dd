"""What the options of `review correct` put right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from onrecord.errors import UsageError
from onrecord.ledger.store import Query
from onrecord.review.given import find_entity, find_range, find_words

if TYPE_CHECKING:
    from onrecord.ledger.store import View
    from onrecord.review.verdicts import PutRight

__all__ = ["find_entity", "put_right"]


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
