"""The small parts of a briefing: paragraphs with their marks, dates for people, quotations cut to length, matters."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from onrecord.export.matters import find_matters
from onrecord.export.naming import day
from onrecord.export.passages import find_passages, paragraphs_of
from onrecord.export.wording import shortened, unquoted
from onrecord.model import Link, Span, Statement
from onrecord.stores.memory import MemoryStore
from tests.effort import assert_linear
from tests.export.hand import Said, add_report, link

TEXT = "Headline\n\nIda Falk said the gate held.\nThe end."


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    paragraphs = paragraphs_of(TEXT)
    assert [span.of(TEXT) for span in paragraphs.spans] == ["Headline", "Ida Falk said the gate held.", "The end."]
    assert [paragraphs.number(TEXT.index(word)) for word in ("Headline", "Ida", "held", "end")] == [1, 2, 2, 3]


def test_a_passage_is_the_paragraph_with_its_marks() -> None:
    gate, ida = TEXT.index("the gate"), TEXT.index("Ida")
    (passage,) = find_passages(
        TEXT,
        [("content", (Span(gate, gate + 13),)), ("source", (Span(ida, ida + 8),)), ("cue", (Span(gate, gate + 3),))],
    )
    assert passage.paragraph == 2
    assert passage.text == "Ida Falk said the gate held."
    assert [piece for piece in passage.pieces if piece[1]] == [
        ("Ida Falk", "source"),
        ("the", "content"),  # the mark given first wins
        (" gate held", "content"),
    ]


def test_words_over_two_paragraphs_give_two_passages() -> None:
    start = TEXT.index("the gate")
    passages = find_passages(TEXT, [("content", (Span(start, len(TEXT)),))])
    assert [passage.paragraph for passage in passages] == [2, 3]


def test_a_long_paragraph_is_cut_at_words_and_says_so() -> None:
    text = "word " * 400 + "the gate held " + "word " * 400
    start = text.index("the gate")
    (passage,) = find_passages(text, [("content", (Span(start, start + 13),))])
    assert len(passage.text) < 600
    assert passage.text.startswith("… word")
    assert passage.text.endswith("word …")


def test_no_words_have_no_passage() -> None:
    assert find_passages(TEXT, []) == ()
    assert find_passages("", [("content", (Span(0, 0),))]) == ()


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2025-03-06T13:20:00Z", "6 Mar 2025"),
        ("2025-03", "Mar 2025"),
        ("2025", "2025"),
        ("2025-SU", "2025-SU"),
        ("2024-W43", "2024-W43"),
        (None, "undated"),
        ("", "undated"),
    ],
)
def test_dates_for_people_are_as_coarse_as_they_are(date: str | None, shown: str) -> None:
    assert day(date) == shown


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        ("“We are counting,”", "We are counting"),
        ('"We are counting,"', "We are counting"),
        ("We are counting", "We are counting"),
        ("“He said ‘no,’”", "He said ‘no,’"),
        ("“‘No’ was all he said.”", "‘No’ was all he said."),
        ("''Not now,''", "Not now"),
        ("goes on in the next paragraph.”", "goes on in the next paragraph."),
        ("“the dogs’", "the dogs’"),
        ("", ""),
    ],
)
def test_outer_marks_go_and_inner_ones_stay(piece: str, shown: str) -> None:
    assert unquoted(piece) == shown


def test_a_quotation_ends_at_a_sentence() -> None:
    assert shortened("It held. It will hold. " + "And so on. " * 30, 30) == "It held. It will hold. …"
    assert shortened("It held.", 30) == "It held."


def test_a_long_sentence_is_shown_whole_and_a_very_long_one_cut_at_a_word() -> None:
    long = "the gate held and " * 20 + "stood."
    assert shortened(long, 30) == long
    cut = shortened("the gate held and " * 200, 30)
    assert len(cut) <= 702
    assert cut.endswith(" …")


def statements(count: int) -> list[Statement]:
    store = MemoryStore()
    for k in range(count):
        add_report(store, f"Ida Falk said pump {k} ran.", Said("Ida Falk", "said", f"pump {k} ran", "Ida Falk"),
                   published=f"2025-03-{k + 1:02}")  # fmt: skip
    return list(store.statements())


def test_an_answer_to_a_repetition_is_told_with_what_was_said_first() -> None:
    first, again, denial = statements(3)
    links = [link(again.id, "repeats", first.id), link(denial.id, "denies", again.id)]
    (matter,) = find_matters([first, again, denial], links)
    assert [(a.statement.id, a.depth) for a in matter.answers] == [(again.id, 1), (denial.id, 1)]


def test_updates_of_updates_stand_side_by_side() -> None:
    a, b, c = statements(3)
    (matter,) = find_matters([a, b, c], [link(b.id, "updates", a.id), link(c.id, "updates", b.id)])
    assert [answer.depth for answer in matter.answers] == [1, 1]


def test_a_repetition_found_backwards_still_follows_what_was_printed_first() -> None:
    a, b = statements(2)
    (matter,) = find_matters([a, b], [link(a.id, "repeats", b.id)])
    assert matter.head.id == a.id


def test_every_statement_is_told_once_whatever_the_links() -> None:
    many = statements(12)
    links = [link(x.id, kind, y.id) for x in many for y in many if x != y for kind in ("denies", "repeats", "updates")]
    matters = find_matters(many, links)
    told = [m.head.id for m in matters] + [a.statement.id for m in matters for a in m.answers]
    assert sorted(told) == sorted(s.id for s in many)


def test_a_long_chain_takes_no_long_time() -> None:
    (one,) = statements(1)

    def chained(number: int) -> tuple[list[Statement], list[Link]]:
        chain = [one, *(replace(one, id=f"s-{k}") for k in range(number))]
        return chain, [link(later.id, "repeats", earlier.id) for earlier, later in pairwise(chain)]

    assert_linear(lambda given: find_matters(*given), chained, 250)
    (matter,) = find_matters(*chained(5000))
    assert len(matter.answers) == 5000
