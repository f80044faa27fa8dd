"""Terms as bits give what counting them gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.link.holding import bits_by_term, bits_sharing, picked

TERMS = st.frozensets(st.sampled_from("abcdefgh"))


@given(st.lists(TERMS, max_size=70), TERMS, st.integers(1, 5))
def test_those_that_share_enough_are_found(contents: list[frozenset[str]], terms: frozenset[str], least: int) -> None:
    found = picked(contents, bits_sharing(bits_by_term(contents), terms, least))
    assert list(found) == [content for content in contents if len(content & terms) >= least]


def test_nothing_is_shared_with_nothing() -> None:
    assert bits_sharing({}, {"a"}, 1) == bits_sharing(bits_by_term([{"a"}]), (), 1) == 0
