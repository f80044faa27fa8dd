"""Dates as coarse as they come."""

from __future__ import annotations

import pytest

from onrecord.ledger.dates import is_since, is_until, known_by, order_key


@pytest.mark.parametrize(
    ("date", "bound", "since", "until"),
    [
        ("2031-05-02", "2031-05-02", True, True),
        ("2031-05-02", "2031-05-03", False, True),
        ("2031-05-03", "2031-05-02", True, False),
        ("2031-05", "2031-05-02", True, True),
        ("2031", "2031-05-02", True, True),
        ("2031-05-02T23:59:00Z", "2031-05-02", True, True),
        ("2031-05-02T23:59:00Z", "2031-05", True, True),
        ("2031-05-02T10:00:00+02:00", "2031-05-02T08:00:00Z", True, True),
        ("2031-05-02T10:00:00+02:00", "2031-05-02T09:00:00Z", False, True),
        ("2031-05-02T10:00:00", "2031-05-02T09:00:00", True, False),
        ("2031-05-02Tnoon", "2031-05-02", True, True),
        ("0001-01-01T00:00:00+02:00", "0001-01-01T00:00:00Z", True, True),
        (None, "2031", False, False),
    ],
)
def test_a_date_fits_the_bounds_it_may_lie_within(date: str | None, bound: str, since: bool, until: bool) -> None:
    assert (is_since(date, bound), is_until(date, bound)) == (since, until)


def test_retrieval_counts_only_where_publication_is_unknown() -> None:
    assert known_by(None, "2031-05-01", "2031-05-02")
    assert not known_by(None, "2031-05-03", "2031-05-02")
    assert not known_by("2031-05-03", "2031-05-01", "2031-05-02")
    assert not known_by(None, None, "2031-05-02")


def test_moments_sort_by_utc_and_the_undated_last() -> None:
    dates = ["2031-05-02T10:00:00+02:00", "2031-05-02T09:00:00Z", "2031-05-02", "2031-06", None]
    assert sorted((dates[4], *dates[:4]), key=order_key) == [dates[2], dates[0], dates[1], dates[3], dates[4]]
