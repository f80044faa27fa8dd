"""Spans, selections and evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BadSpan
from onrecord.model import Evidence, Span, checked_selection, hull, select

TEXT = "A flood 🌊 reached Holm."


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, len(TEXT)))
    return Span(start, draw(st.integers(start, len(TEXT))))


@given(spans())
def test_a_span_selects_what_slicing_selects(span: Span) -> None:
    assert span.of(TEXT) == TEXT[span.start : span.end]
    assert len(span.of(TEXT)) == len(span)


@given(spans(), spans())
def test_spans_overlap_where_they_share_a_character(a: Span, b: Span) -> None:
    shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
    if len(a) and len(b):
        assert a.overlaps(b) == bool(shared)
        assert a.contains(b) == (shared == set(range(b.start, b.end)))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_cannot_run_backwards_or_start_before_the_text(start: int, end: int) -> None:
    with pytest.raises(BadSpan):
        Span(start, end)


def test_offsets_are_code_points_beyond_the_basic_plane_too() -> None:
    assert Span(10, 17).of(TEXT) == "reached"


def test_strip_leaves_white_space_outside() -> None:
    assert Span(1, 8).strip(TEXT) == Span(2, 7)
    assert len(Span(1, 2).strip(TEXT)) == 0


def test_pieces_are_joined_with_one_space() -> None:
    assert select(TEXT, (Span(0, 1), Span(18, 22))) == "A Holm"
    assert hull((Span(0, 1), Span(18, 22))) == Span(0, 22)


@pytest.mark.parametrize("bad", [(Span(4, 6), Span(0, 2)), (Span(0, 5), Span(3, 7)), (Span(0, 999),)])
def test_a_selection_is_in_order_apart_and_inside(bad: tuple[Span, ...]) -> None:
    with pytest.raises(BadSpan):
        checked_selection(TEXT, bad)


def test_evidence_notices_a_changed_text() -> None:
    evidence = Evidence.of("r-1", TEXT, (Span(2, 7),))
    evidence.check(TEXT)
    with pytest.raises(BadSpan, match="flood"):
        evidence.check(TEXT.replace("flood", "storm"))
