"""A resolved report becomes a page: ids, evidence, figures and references between statements."""

from __future__ import annotations

from dataclasses import replace

from onrecord.ledger.statements import is_plain, make_statements
from onrecord.model import Speaker
from tests.build import doc, figure, page, person, say

ADA = person("Ada Berg")
TEXT = "Ada Berg said 40 people had fled, as the mayor told her that 12 people were missing."
OUTER = "40 people had fled, as the mayor told her that 12 people were missing"
INNER = "12 people were missing"


def nested() -> tuple:
    outer = say(TEXT, OUTER, source="Ada Berg", cue="said", who=ADA)
    return outer, say(TEXT, INNER, source="the mayor", cue="told", nested_in=0)


def test_references_between_attributions_become_statement_ids() -> None:
    outer, inner = make_statements(doc(TEXT, attributions=nested()))
    assert inner.nested_in == outer.id
    assert outer.nested_in is None


def test_a_figure_belongs_to_the_innermost_statement_that_holds_it() -> None:
    figures = (figure(TEXT, "40", 40, 40), figure(TEXT, "12", 12, 12))
    made = page(doc(TEXT, attributions=nested(), figures=figures))
    outer, inner = made.statements
    assert [f.statement for f in made.report.figures] == [outer.id, inner.id]
    assert outer.figures == tuple(f.id for f in made.report.figures)
    assert inner.figures == (made.report.figures[1].id,)


def test_ids_depend_on_the_words_alone() -> None:
    a, b = nested()
    once = make_statements(doc(TEXT, attributions=(a, b)))
    again = make_statements(doc(TEXT, attributions=(replace(a, confidence=0.1, rule="other"), b)))
    assert [s.id for s in once] == [s.id for s in again]
    assert make_statements(doc(TEXT, uri="made:2", attributions=(a,)))[0].id != once[0].id


def test_the_same_evidence_twice_is_one_statement() -> None:
    outer, _ = nested()
    assert len(make_statements(doc(TEXT, attributions=(outer, outer)))) == 1


def test_an_attribution_without_content_says_nothing() -> None:
    empty = replace(nested()[0], content=())
    assert make_statements(doc(TEXT, attributions=(empty,))) == ()


def test_a_speaker_who_could_be_two_is_flagged_and_never_plain() -> None:
    speaker = Speaker(ADA.id, ambiguous=True, confidence=1.0)
    (statement,) = make_statements(doc(TEXT, attributions=(replace(nested()[0], speaker=speaker, confidence=1.0),)))
    assert statement.flags == ("ambiguous-speaker",)
    assert not statement.plain


def test_plain_needs_a_speaker_confidence_and_no_flag() -> None:
    known = Speaker(ADA.id)
    assert is_plain(known, 0.9, ())
    assert not is_plain(known, 0.1, ())
    assert not is_plain(known, 0.9, ("scare-quotes",))
    assert not is_plain(Speaker(None), 0.9, ())


def test_evidence_quotes_the_text_to_the_letter() -> None:
    for statement in make_statements(doc(TEXT, attributions=nested())):
        for evidence in (statement.content, statement.cue, statement.source):
            assert evidence is not None
            evidence.check(TEXT)
