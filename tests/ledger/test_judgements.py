"""The log of judgements: whatever is done to it behind its back shows, and the newest verdict wins on reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import RecordError
from onrecord.ledger.judgements import continued, in_force, judged, merged, sealed, standings, wrong_in_log
from onrecord.ledger.lines import decode, encode
from onrecord.model import Correction, Evidence, Judgement, Span

WHEN = "2031-05-10T08:00:00Z"


def draft(verdict: str, *about: str, correction: Correction | None = None, name: str | None = None) -> Judgement:
    return Judgement("", verdict, about, "Ida Berg", WHEN, "because", correction, name)


def log_of(*drafts: Judgement) -> list[Judgement]:
    log: list[Judgement] = []
    for one in drafts:
        log.append(sealed(one, log[-1] if log else None))
    return log


LOG = log_of(
    draft("confirm", "s-1"),
    draft("correct", "s-2", correction=Correction(stance="denies", speaker="e-1")),
    draft("reject", "s-3"),
    draft("merge", "e-1", "e-2"),
)
LINES = [encode(one).encode() for one in LOG]


def read(lines: Sequence[bytes]) -> list[Judgement]:
    found = []
    for line in lines:
        record = decode(line.decode())
        assert isinstance(record, Judgement)
        if encode(record).encode() != line:
            raise RecordError("spelled otherwise")
        found.append(record)
    return found


def is_found(lines: Sequence[bytes]) -> bool:
    """Whether something is wrong with lines that were changed."""
    try:
        return bool(list(wrong_in_log(read(lines))))
    except (RecordError, UnicodeDecodeError):
        return True


def test_a_log_as_it_was_written_holds() -> None:
    assert not is_found(LINES)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_any_byte_of_any_line_that_changes_is_found(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(LINES) - 1))
    line = bytearray(LINES[at])
    place = data.draw(st.integers(0, len(line) - 1))
    line[place] ^= data.draw(st.integers(1, 255))
    assert is_found([*LINES[:at], bytes(line), *LINES[at + 1 :]])


@given(st.permutations(range(len(LINES))))
def test_lines_that_change_places_are_found(order: list[int]) -> None:
    assert is_found([LINES[at] for at in order]) == (order != sorted(order))


@pytest.mark.parametrize("at", range(len(LINES) - 1))
def test_a_line_that_is_cut_out_is_found(at: int) -> None:
    assert is_found([*LINES[:at], *LINES[at + 1 :]])


def test_a_line_sealed_anew_is_found_by_the_next() -> None:
    changed = sealed(replace(LOG[1], author="Nobody"), LOG[0])
    assert is_found([LINES[0], encode(changed).encode(), *LINES[2:]])


def test_a_log_that_is_cut_short_is_a_beginning() -> None:
    assert continued(LOG, LOG[:2]) == ()
    assert continued(LOG[:2], LOG) == tuple(LOG[2:])


def test_logs_that_part_ways_are_not_mixed() -> None:
    other = log_of(draft("reject", "s-1"))
    with pytest.raises(RecordError, match="never mixed"):
        continued(LOG, other)


def standing(*drafts: Judgement, of: str = "s-1") -> tuple[str, Correction]:
    log = log_of(*drafts)
    found = standings((about, one) for one in in_force(log) for about in judged(one))
    return found[of].review, found[of].correction


SPEAKER, STANCE = Correction(speaker="e-1"), Correction(stance="denies")


@pytest.mark.parametrize(
    ("drafts", "review", "correction"),
    [
        ([draft("confirm", "s-1")], "confirmed", Correction()),
        ([draft("confirm", "s-1"), draft("reject", "s-1")], "rejected", Correction()),
        ([draft("reject", "s-1"), draft("confirm", "s-1")], "confirmed", Correction()),
        ([draft("correct", "s-1", correction=SPEAKER)], "corrected", SPEAKER),
        (
            [draft("correct", "s-1", correction=SPEAKER), draft("correct", "s-1", correction=STANCE)],
            "corrected",
            Correction(speaker="e-1", stance="denies"),
        ),
        ([draft("correct", "s-1", correction=SPEAKER), draft("confirm", "s-1")], "corrected", SPEAKER),
        (
            [draft("correct", "s-1", correction=SPEAKER), draft("correct", "s-1", correction=Correction(speaker=""))],
            "corrected",
            Correction(speaker=""),
        ),
        ([draft("confirm", "s-2"), draft("reject", "s-1")], "rejected", Correction()),
    ],
)
def test_the_newest_verdict_wins_and_corrections_add_up(
    drafts: list[Judgement], review: str, correction: Correction
) -> None:
    assert standing(*drafts) == (review, correction)


def test_what_is_taken_back_does_not_hold() -> None:
    first, second = log_of(draft("confirm", "s-1"), draft("reject", "s-1"))
    log = [first, second, sealed(draft("undo", second.id), second)]
    assert in_force(log) == (first,)


def test_a_figure_corrected_twice_has_its_newest_range() -> None:
    words = Evidence("r-1", (Span(1, 3),), "40")
    from decimal import Decimal

    from onrecord.model import FigureCorrection

    old, new = (FigureCorrection(words, Decimal(n), Decimal(n)) for n in (40, 41))
    drafts = [draft("correct", "s-1", correction=Correction(figures=(figure,))) for figure in (old, new)]
    assert standing(*drafts)[1].figures == (new,)


@pytest.mark.parametrize(
    ("merges", "kept"),
    [
        ([("e-1", "e-2")], {"e-2": "e-1"}),
        ([("e-1", "e-2"), ("e-3", "e-1")], {"e-1": "e-3", "e-2": "e-3"}),
        ([("e-1", "e-2"), ("e-2", "e-1")], {"e-2": "e-1"}),
        ([("e-1", "e-2"), ("e-3", "e-2")], {"e-1": "e-3", "e-2": "e-3"}),
        ([("e-1", "e-2", "e-3")], {"e-2": "e-1", "e-3": "e-1"}),
    ],
)
def test_merges_end_in_one_entity(merges: list[tuple[str, ...]], kept: dict[str, str]) -> None:
    assert merged(log_of(*(draft("merge", *entities) for entities in merges))) == kept


def test_splitting_off_changes_who_spoke() -> None:
    (one,) = log_of(draft("split", "e-1", "s-1", "s-2", name="Ida of Lund"))
    assert judged(one) == ("s-1", "s-2")
    found = standings((about, one) for about in judged(one))
    assert found["s-2"].review == "corrected"
    assert set(found["s-2"].swaps) == {"e-1"}
