"""What waits for a verdict, and how often the machine was right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.ledger.store import Query, Store
from onrecord.review.precision import precision, wilson
from onrecord.review.queue import queue, score
from onrecord.review.reading import Reviewed
from onrecord.review.verdicts import PutRight, Reviewer
from tests.contracts.pages import ANNA, BORDER, EDITED, page_of, statement_with


def asked(view: Reviewed, **given: object) -> list[str]:
    query = given.pop("query", Query())
    return [one.statement.id for one in queue(view, query, **given)]  # type: ignore[arg-type]


def test_the_least_certain_and_most_linked_come_first(view: Reviewed) -> None:
    scores = [one.score for one in queue(view)]
    assert scores == sorted(scores, reverse=True)
    assert asked(view) == asked(view), "the same every time"


def test_a_doubt_and_a_link_make_a_statement_more_urgent(view: Reviewed) -> None:
    one = statement_with(view, "crossed the border")
    assert score(replace(one, confidence=0.2), 0) > score(replace(one, confidence=0.9), 0)
    assert score(one, 3) > score(one, 1) > score(one, 0)
    assert score(replace(one, flags=("truncated",)), 0) > score(one, 0)
    assert score(replace(one, confidence=1.0), 100) == 0.0


def test_what_is_said_alike_waits_once(view: Reviewed) -> None:
    twice = [one for one in queue(view) if "crossed the border" in one.statement.content.quote]
    assert [(one.alike, one.statement.speaker.entity) for one in twice] == [(1, ANNA.id)]
    every = [one for one in queue(view, sample=True) if "crossed the border" in one.statement.content.quote]
    assert {one.statement.report_id for one in every} == {page_of(BORDER).report.id, page_of(EDITED).report.id}


def test_what_was_judged_does_not_wait(view: Reviewed, ida: Reviewer) -> None:
    for act in (ida.confirm, ida.reject, lambda one: ida.correct(one, PutRight(stance="denies"))):
        first = asked(view)[0]
        act(first)
        assert first not in asked(view)
    ida.undo()
    assert first in asked(view)
    assert first not in asked(view, skipped=[first])


@pytest.mark.parametrize(
    ("kind", "contents"),
    [
        ("denies", {"no soldier had left its land"}),
        ("mixed", {"they would meet"}),
        ("ambiguous-speaker", {"no soldier its land"}),
        ("unnamed", set()),
        ("song", set()),
    ],
)
def test_a_kind_narrows_the_queue(view: Reviewed, kind: str, contents: set[str]) -> None:
    assert {one.statement.content.quote for one in queue(view, kind=kind)} == contents


def test_figures_and_links_are_kinds(view: Reviewed) -> None:
    assert all(one.statement.figures for one in queue(view, kind="figure"))
    assert {one.statement.id for one in queue(view, kind="linked")} <= {
        end for x in view.links() for end in (x.source, x.target)
    }


def test_a_query_narrows_and_cuts_the_queue(view: Reviewed) -> None:
    report = page_of(BORDER).report.id
    assert {one.statement.report_id for one in queue(view, Query(report=report))} == {report}
    every = asked(view)
    assert asked(view, query=Query(limit=2)) == every[:2]
    assert asked(view, query=Query(limit=2, skip=1)) == every[1:3]


def test_an_empty_record_asks_nothing(tmp_path: object) -> None:
    from onrecord.stores.memory import MemoryStore

    assert queue(Reviewed(MemoryStore())) == []
    assert precision(Reviewed(MemoryStore())) == []


@pytest.mark.parametrize(
    ("right", "judged", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 100, 0.7222, 0.8749),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_interval_is_wilson_s(right: int, judged: int, low: float, high: float) -> None:
    assert wilson(right, judged) == pytest.approx((low, high), abs=5e-5)


def test_precision_counts_what_was_right_as_found(store: Store, view: Reviewed, ida: Reviewer) -> None:
    one, two, three, four = [s.id for s in store.statements()][:4]
    ida.confirm(one)
    ida.reject(two)
    ida.correct(three, PutRight(speaker="", stance="denies"))
    ida.confirm(three)
    ida.confirm(four)
    rows = {(row.group, row.kind): row for row in precision(view)}
    every = rows["all", "all"]
    assert (every.judged, every.right, every.corrected, every.rejected) == (4, 2, 1, 1)
    assert every.precision == 0.5
    assert (every.low, every.high) == tuple(round(end, 4) for end in wilson(2, 4))
    assert dict(every.parts) == {"speaker": 1, "stance": 1}
    assert sum(row.judged for (group, _), row in rows.items() if group == "form") == 4
    assert ("stance", "denies") not in rows or rows["stance", "denies"].corrected == 0, "kinds are as found"


def test_precision_may_be_one_reviewer_s(store: Store, view: Reviewed, ida: Reviewer) -> None:
    one, two, *_ = [s.id for s in store.statements()]
    ida.confirm(one)
    Reviewer(store, "Otto").reject(one)
    Reviewer(store, "Otto").reject(two)
    assert [(r.judged, r.right) for r in precision(view) if r.group == "all"] == [(2, 0)]
    assert [(r.judged, r.right) for r in precision(view, "Ida Berg") if r.group == "all"] == [(1, 1)]
    assert precision(view, "Nobody") == []
