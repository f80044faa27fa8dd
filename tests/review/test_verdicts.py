"""What a reviewer may say: each call is checked before it comes to the log."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from onrecord.errors import UsageError
from onrecord.ledger.store import Store
from onrecord.model import Span
from onrecord.review.reading import Reviewed
from onrecord.review.verdicts import PutRight, Range, Reviewer, spans_of_words
from tests.contracts.pages import ANNA, BORDER, VESNA, page_of, statement_with

Act = Callable[[Reviewer, str], object]
FAR = (Span(10**6, 10**6 + 3),)
CASES: list[tuple[Act, str]] = [
    (lambda r, s: r.confirm("s-none"), "no statement or link 's-none'"),
    (lambda r, s: r.correct("s-none", PutRight(stance="denies")), "'s-none'"),
    (lambda r, s: r.correct(s, PutRight()), "nothing is put right"),
    (lambda r, s: r.correct(s, PutRight(content=FAR)), "content does not lie in report"),
    (lambda r, s: r.correct(s, PutRight(source=FAR)), "source does not lie in report"),
    (lambda r, s: r.correct(s, PutRight(cue=(Span(5, 9), Span(0, 3)))), "cue does not lie in report"),
    (lambda r, s: r.correct(s, PutRight(cue=(Span(5, 5),))), "a piece without words"),
    (lambda r, s: r.correct(s, PutRight(content=())), "has a content"),
    (lambda r, s: r.correct(s, PutRight(stance="shouts")), "'shouts' is no stance"),
    (lambda r, s: r.correct(s, PutRight(speaker="e-none")), "'e-none'"),
    (lambda r, s: r.correct(s, PutRight(name="!?")), "is no name"),
    (lambda r, s: r.correct(s, PutRight(speaker=ANNA.id, name="Ida")), "not by both"),
    (lambda r, s: r.correct(s, PutRight(figures=(Range("f-none", Decimal(1), None),))), "no figure of"),
    (lambda r, s: r.merge(ANNA.id), "two entities or more"),
    (lambda r, s: r.merge(ANNA.id, ANNA.id), "one already"),
    (lambda r, s: r.merge(ANNA.id, "e-none"), "'e-none'"),
    (lambda r, s: r.split(ANNA.id), "nothing to split off"),
    (lambda r, s: r.split(VESNA.id, [s]), "is not by"),
    (lambda r, s: r.split(ANNA.id, reports=["r-none"]), "'r-none'"),
    (lambda r, s: r.undo(), "nothing to undo"),
    (lambda r, s: r.undo("j-none"), "no judgement 'j-none'"),
]


@pytest.mark.parametrize(("act", "words"), CASES)
def test_a_verdict_that_cannot_be_is_refused(store: Store, ida: Reviewer, act: Act, words: str) -> None:
    one = statement_with(store, "crossed the border")
    with pytest.raises(UsageError, match=words):
        act(ida, one.id)
    assert store.judgements() == ()


@pytest.mark.parametrize(
    ("low", "high"),
    [(None, None), (Decimal(5), Decimal(4)), (Decimal("NaN"), None), (None, Decimal("Infinity"))],
)
def test_a_range_that_is_none_is_refused(
    store: Store, ida: Reviewer, low: Decimal | None, high: Decimal | None
) -> None:
    one = statement_with(store, "crossed the border")
    with pytest.raises(UsageError, match=r"no range|low or a high"):
        ida.correct(one.id, PutRight(figures=(Range(one.figures[0], low, high),)))


@pytest.mark.parametrize("author", ["", " ", "\n"])
def test_a_verdict_has_an_author(store: Store, author: str) -> None:
    with pytest.raises(UsageError, match="author"):
        Reviewer(store, author)


def test_everybody_takes_back_their_own(store: Store, ida: Reviewer) -> None:
    one = statement_with(store, "talks")
    first = ida.confirm(one.id)
    otto = Reviewer(store, "Otto")
    with pytest.raises(UsageError, match=f"no judgement by Otto holds; the newest one is {first.id}"):
        otto.undo()
    assert otto.undo(first.id).about == (first.id,)
    with pytest.raises(UsageError, match="taken back already"):
        otto.undo(first.id)
    with pytest.raises(UsageError, match="judge anew"):
        otto.undo(store.judgements()[-1].id)


def test_a_verdict_carries_the_words_it_is_about(store: Store, ida: Reviewer) -> None:
    one = statement_with(store, "crossed the border")
    judgement = ida.reject(one.id, "  not news ")
    (anchor,) = judgement.anchors
    assert (anchor.content, anchor.cue, anchor.source) == (one.content, "said", "Prime Minister Anna Lindqvist")
    assert anchor.sha256 == store.report(one.report_id).sha256
    assert (judgement.note, judgement.author, judgement.when) == ("not news", "Ida Berg", "2031-06-01T12:00:00Z")


def test_the_time_of_a_verdict_has_a_zone(store: Store) -> None:
    assert Reviewer(store, "Otto").confirm(statement_with(store, "talks").id).when.endswith("Z")


def test_an_entity_that_was_merged_away_stands_for_the_kept_one(store: Store, ida: Reviewer) -> None:
    ida.merge(ANNA.id, VESNA.id)
    with pytest.raises(UsageError, match="one already"):
        ida.merge(VESNA.id, ANNA.id)
    one = statement_with(store, "was informed")
    ida.correct(one.id, PutRight(speaker=VESNA.id))
    assert Reviewed(store).statement(one.id).speaker.entity == ANNA.id


def test_words_are_looked_for_near_the_statement(store: Store) -> None:
    report = page_of(BORDER).report
    for start in (0, 10**6, report.text.rindex("Vesna")):
        (span,) = spans_of_words(report, "Vesna", start)
        places = [at for at in range(len(report.text)) if report.text.startswith("Vesna", at)]
        assert span.start == min(places, key=lambda at: abs(at - start))
    for words in ("", "  ", "nowhere at all"):
        with pytest.raises(UsageError):
            spans_of_words(report, words)
