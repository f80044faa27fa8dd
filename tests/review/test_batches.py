"""A queue that is read once serves many verdicts, and is read anew where it must be."""

from __future__ import annotations

import pytest

from onrecord.ledger.store import Store
from onrecord.review import queue as queues
from onrecord.review.queue import LASTING, Batches
from onrecord.review.reading import Reviewed
from onrecord.review.verdicts import JudgedMeanwhile, PutRight, Reviewer


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often a queue was read."""
    times: list[int] = []
    real = queues.queue

    def counted(*given: object, **more: object) -> object:
        times.append(1)
        return real(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(queues, "queue", counted)
    return times


def open_ones(batches: Batches, view: Reviewed) -> list[str]:
    waiting, there = batches.waiting(view)
    return [one.id for one in waiting if one.id in there]


def test_what_was_judged_waits_no_longer_and_the_queue_is_not_read_again(
    store: Store, view: Reviewed, ida: Reviewer, read: list[int]
) -> None:
    batches = Batches()
    before = open_ones(batches, view)
    ida.confirm(before[0])
    ida.correct(before[1], PutRight(stance="warns"))
    assert open_ones(batches, view) == before[2:]
    ida.undo()
    assert open_ones(batches, view) == before[1:]
    assert len(read) == 1


def test_it_is_read_again_when_a_verdict_from_before_is_taken_back(
    view: Reviewed, ida: Reviewer, read: list[int]
) -> None:
    batches = Batches()
    first = open_ones(batches, view)[0]
    ida.reject(first)
    batches = Batches()
    assert first not in open_ones(batches, view)
    ida.undo()
    assert open_ones(batches, view)[0] == first
    assert len(read) == 3


def test_it_is_read_again_after_many_verdicts(view: Reviewed, ida: Reviewer, read: list[int]) -> None:
    batches = Batches()
    one = open_ones(batches, view)[0]
    for _ in range(LASTING + 1):
        ida.confirm(one)
    assert one not in open_ones(batches, view)
    assert len(read) == 2


def test_who_has_not_seen_the_newest_verdict_is_told(view: Reviewed, ida: Reviewer, store: Store) -> None:
    one = next(iter(store.statements())).id
    ida.expect(one, "")
    ida.expect(one, None)
    made = ida.reject(one)
    with pytest.raises(JudgedMeanwhile, match="Ida Berg rejected this meanwhile"):
        ida.expect(one, "")
    ida.expect(one, made.id)
    ida.undo()
    with pytest.raises(JudgedMeanwhile, match="taken back meanwhile"):
        ida.expect(one, made.id)
