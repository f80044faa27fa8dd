"""Judgements find their words again: in the same report read otherwise, in a later version, or they are orphans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.ledger.statements import make_page
from onrecord.ledger.store import Query, Store
from onrecord.model import Anchor, Attribution, Entity, Evidence, Report, Source, Span, Statement
from onrecord.review.anchors import locate, make_anchor, share
from onrecord.review.applying import NO_REPORT, NO_STATEMENT, NO_WORDS
from onrecord.review.reading import Reviewed
from onrecord.review.verdicts import PutRight, Reviewer, spans_of_words
from onrecord.stores.memory import MemoryStore
from tests.build import doc, person, say
from tests.effort import assert_linear

IDA = person("Ida Falk")
OTTO = person("Otto Brand")
TEXT = (
    "\U0001f30a High water in Lund\n\n"
    "The dam held, Ida Falk said. “No house was lost.” The dam held, Otto Brand said too, and 40 people were safe.\n"
)
LATER = TEXT.replace("High water", "Very high water").replace(" too,", " as well,")


def read(text: str, *said: Attribution, uri: str = "made:dam", published: str = "2031-05-02") -> Store:
    """A store of one report, read so."""
    store = MemoryStore()
    put(store, text, *said, uri=uri, published=published)
    return store


def put(store: Store, text: str, *said: Attribution, uri: str = "made:dam", published: str = "2031-05-02") -> Report:
    report = doc(text, uri=uri, published=published, attributions=said, entities=people())
    store.add(make_page(report, Source(report.sha256, text.encode())))
    return report


def people() -> tuple[Entity, ...]:
    return tuple(sorted((IDA, OTTO), key=lambda one: one.id))


def first(text: str = TEXT) -> Attribution:
    """As one engine reads it."""
    return say(text, "The dam held", source="Ida Falk", cue="said", who=IDA)


def wider(text: str = TEXT) -> Attribution:
    """As another engine does: a comma more."""
    return say(text, "The dam held,", source="Ida Falk", cue="said", who=IDA)


def carried(old: Store, new: Store) -> Reviewed:
    """The log of one store in another."""
    new.put_log(old.judgements())
    return Reviewed(new)


def only(store: Store) -> Statement:
    (one,) = store.statements()
    return one


@pytest.mark.parametrize("act", ["confirm", "reject"])
def test_a_verdict_holds_for_the_same_words_read_again(act: str) -> None:
    old, new = read(TEXT, first()), read(TEXT, wider())
    getattr(Reviewer(old, "Ida"), act)(only(old).id)
    view = carried(old, new)
    (again,) = view.statements(Query(review="all"))
    assert again.id != only(old).id
    assert again.review == {"confirm": "confirmed", "reject": "rejected"}[act]
    assert view.orphans == ()


def test_a_verdict_on_a_reading_does_not_hold_for_another() -> None:
    old = read(TEXT, first())
    new = read(TEXT, say(TEXT, "The dam held", source="Otto Brand", cue="said too", who=OTTO))
    Reviewer(old, "Ida").reject(only(old).id)
    view = carried(old, new)
    assert [one.review for one in view.statements()] == ["none"]
    assert [orphan.why for orphan in view.orphans] == [NO_STATEMENT]


def test_a_correction_holds_for_what_is_read_in_its_stead() -> None:
    old = read(TEXT, say(TEXT, "No house was lost", cue="said"))
    report = next(old.reports())
    Reviewer(old, "Ida").correct(
        only(old).id, PutRight(content=spans_of_words(report, "“No house was lost.”"), speaker=IDA.id)
    )
    new = read(TEXT, say(TEXT, "“No house was lost.”", source="Otto Brand", who=OTTO))
    (again,) = carried(old, new).statements()
    assert (again.speaker.entity, again.content.quote, again.review) == (IDA.id, "“No house was lost.”", "corrected")


def test_words_that_stand_twice_are_told_by_what_is_around_them() -> None:
    second = TEXT.rindex("The dam held")
    said = say(TEXT, "The dam held", source="Otto Brand", cue="said too", who=OTTO)
    said = replace(said, content=(Span(second, second + len("The dam held")),))
    old = read(TEXT, said)
    Reviewer(old, "Ida").confirm(only(old).id)
    anchor = old.judgements()[0].anchors[0]
    place = locate(anchor, LATER)
    assert place is not None
    assert place[0].start == LATER.rindex("The dam held")


def test_a_later_version_is_found_by_its_address() -> None:
    old = read(TEXT, first())
    report = next(old.reports())
    cue = spans_of_words(report, "said", only(old).content.spans[0].end)
    Reviewer(old, "Ida").correct(only(old).id, PutRight(speaker=OTTO.id, cue=cue))
    new = read(LATER, first(LATER), published="2031-05-03")
    view = carried(old, new)
    (again,) = view.statements()
    assert again.speaker.entity == OTTO.id
    assert again.cue is not None
    again.cue.check(LATER)
    assert again.cue.quote == "said"
    assert view.applied.found_again == {(old.judgements()[0].id, only(old).id): again.id}


def test_a_report_of_the_same_bytes_comes_before_a_later_version() -> None:
    old = read(TEXT, first())
    Reviewer(old, "Ida").reject(only(old).id)
    new = MemoryStore()
    put(new, LATER, first(LATER), published="2031-05-01")
    same = put(new, TEXT, wider(), published="2031-05-09")
    view = carried(old, new)
    assert [one.report_id for one in view.statements(Query(review="rejected"))] == [same.id]


def test_what_is_not_there_any_more_is_an_orphan_and_never_lost() -> None:
    old = read(TEXT, first())
    Reviewer(old, "Ida").confirm(only(old).id)
    for text, uri, why in (
        ("Nothing of it.\n", "made:dam", NO_WORDS),
        (TEXT, "made:dam", NO_STATEMENT),
        ("Another.\n", "made:2", NO_REPORT),
    ):
        new = read(text, uri=uri)
        view = carried(old, new)
        assert [orphan.why for orphan in view.orphans] == [why]
        assert view.judgements() == old.judgements()
        assert list(view.statements()) == []


def test_an_orphan_finds_its_words_when_the_report_comes() -> None:
    old = read(TEXT, first())
    Reviewer(old, "Ida").confirm(only(old).id)
    new = MemoryStore()
    view = carried(old, new)
    assert [orphan.why for orphan in view.orphans] == [NO_REPORT]
    put(new, TEXT, wider())
    view.refresh()
    assert view.orphans == ()
    assert [one.review for one in view.statements()] == ["confirmed"]


def test_two_ids_that_meet_in_one_statement_add_up() -> None:
    old = read(TEXT, first(), say(TEXT, "The dam held", source="Ida Falk", who=IDA))
    one, other = (statement.id for statement in old.statements())
    reviewer = Reviewer(old, "Ida")
    reviewer.correct(one, PutRight(stance="denies"))
    reviewer.correct(other, PutRight(speaker=OTTO.id))
    (again,) = carried(old, read(TEXT, wider())).statements()
    assert (again.commitment.stance, again.speaker.entity) == ("denies", OTTO.id)


def test_prefix_and_suffix_count_code_points() -> None:
    store = read(TEXT, first())
    anchor = make_anchor(next(store.reports()), only(store))
    assert anchor.prefix == TEXT[: TEXT.index("The dam")]
    assert anchor.suffix == TEXT[TEXT.index("The dam") + 12 :][:32]


def spans(*ends: tuple[int, int]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in ends)


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (spans((0, 10)), spans((0, 10)), 1.0),
        (spans((0, 10)), spans((5, 15)), 5 / 15),
        (spans((0, 10)), spans((10, 20)), 0.0),
        (spans((0, 5), (10, 15)), spans((0, 15)), 10 / 15),
        (spans((0, 5), (10, 15)), spans((4, 11)), 2 / 15),
        ((), (), 0.0),
    ],
)
def test_what_two_selections_share(one: tuple[Span, ...], other: tuple[Span, ...], common: float) -> None:
    assert share(one, other) == pytest.approx(common)
    assert share(other, one) == pytest.approx(common)


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence("r-1", (), ""),
        Evidence("r-1", (Span(0, 3),), "much longer than its span"),
        Evidence("r-1", (Span(0, 90),), "short"),
        Evidence("r-1", (Span(3, 3),), ""),
    ],
)
def test_an_anchor_that_does_not_hang_together_finds_nothing(evidence: Evidence) -> None:
    anchor = Anchor("s-1", "r-1", "ab", None, evidence, "", "")
    assert locate(anchor, TEXT) is None


def test_words_that_a_text_repeats_without_end_are_found_quickly() -> None:
    text = "“no” " * 200_000
    anchor = Anchor("s-1", "r-1", "ab", None, Evidence("r-1", (Span(500_000, 500_004),), "“no”"), "", "", "x", "y")
    assert_linear(lambda words: locate(anchor, words), lambda number: "“no” " * number, 1000)
    assert locate(anchor, text) is not None
