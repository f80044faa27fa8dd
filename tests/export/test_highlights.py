"""A text cut into marked segments loses and moves no letter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.export.highlights import LONGEST, Block, Mark, cut_blocks, cut_pages, cut_segments, page_at
from onrecord.export.signs import split_signs
from onrecord.model import Section, SectionKind, Span, select
from tests.effort import assert_linear

ODD = "ab \n\té\u0301e\u0301𝒜😀👩\u200d🔬\u202e\u2066\u2069\u200b\u200f\ufeff\r\x0c\x85\u2028שלום“”"


def joined(blocks: tuple[Block, ...], label: str, key: str) -> dict[Span, str]:
    """What the segments under each piece of a mark say."""
    pieces: dict[Span, str] = {}
    for block in blocks:
        for segment in block.segments:
            for mark in segment.marks:
                if (mark.label, mark.key) == (label, key):
                    pieces[mark.span] = pieces.get(mark.span, "") + segment.text
    return pieces


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(alphabet=ODD, min_size=1, max_size=120))
    marks = []
    for number in range(draw(st.integers(0, 8))):
        edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)) if len(text) > 5 else {0, 1})
        for start, end in zip(edges[::2], edges[1::2], strict=False):
            marks.append(Mark(draw(st.sampled_from(("content", "source", "figure"))), f"s-{number}", Span(start, end)))
    return text, marks


@given(marked())
@settings(max_examples=300, deadline=None)
def test_segments_are_the_text_and_the_marks_to_the_letter(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    blocks = cut_segments(text, cut_blocks(text), marks)
    assert "".join(segment.text for block in blocks for segment in block.segments) == text
    assert all(segment.span.of(text) == segment.text for block in blocks for segment in block.segments)
    for mark in marks:
        assert joined(blocks, mark.label, mark.key)[mark.span] == mark.span.of(text)


@given(marked())
@settings(max_examples=200, deadline=None)
def test_each_mark_begins_once_and_ends_once(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    blocks = cut_segments(text, cut_blocks(text), marks)
    segments = [segment for block in blocks for segment in block.segments]
    assert sorted(m.span for s in segments for m in s.begins) == sorted(m.span for m in marks)
    assert sorted(m.span for s in segments for m in s.ends) == sorted(m.span for m in marks)


@given(st.text(alphabet=ODD, max_size=200))
def test_blocks_cover_the_text_and_runs_of_signs_too(text: str) -> None:
    assert "".join(block.span.of(text) for block in cut_blocks(text)) == text
    assert "".join(run.text for run in split_signs(text)) == text


def test_pieces_of_a_statement_join_to_its_words() -> None:
    text = "“We go,” 😀 said Ada Byron. “We stay.”\nNobody minds."
    pieces = (Span(1, 7), Span(29, 37))
    blocks = cut_segments(text, cut_blocks(text), [Mark("content", "s-1", span) for span in pieces])
    assert " ".join(joined(blocks, "content", "s-1")[span] for span in pieces) == select(text, pieces)


def test_the_innermost_mark_comes_first() -> None:
    text = "The mayor said that Lund denied that the pier fell."
    outer, inner = Mark("content", "s-1", Span(15, 51)), Mark("content", "s-2", Span(32, 51), depth=1)
    (block,) = cut_segments(text, cut_blocks(text), [outer, inner])
    assert [segment.keys("content") for segment in block.segments] == [(), ("s-1",), ("s-2", "s-1")]


def test_marks_of_one_span_are_ordered_by_depth_then_key() -> None:
    text = "It fell."
    marks = [Mark("content", key, Span(0, 7), depth) for key, depth in (("s-b", 0), ("s-a", 0), ("s-z", 1))]
    (block,) = cut_segments(text, cut_blocks(text), marks)
    assert block.segments[0].keys("content") == ("s-z", "s-a", "s-b")


def test_a_mark_over_a_line_break_goes_on_in_the_next_paragraph() -> None:
    text = "One two.\n\nThree four."
    blocks = cut_segments(text, cut_blocks(text), [Mark("content", "s-1", Span(4, 15))])
    assert [[s.text for s in block.segments] for block in blocks] == [["One ", "two.\n\n"], ["Three", " four."]]


def test_sections_tell_paragraphs_apart() -> None:
    text = "Pier falls\n\nIt fell on Monday.\nMore to read"
    kinds = (SectionKind.HEADLINE, SectionKind.BODY, SectionKind.BOILERPLATE)
    spans = (Span(0, 10), Span(12, 30), Span(31, 43))
    sections = [Section(span, kind) for span, kind in zip(spans, kinds, strict=True)]
    assert tuple(block.kind for block in cut_blocks(text, sections)) == kinds


def test_a_line_that_never_ends_is_shown_in_parts() -> None:
    text = "word " * LONGEST
    blocks = cut_blocks(text)
    assert len(blocks) > 4
    assert {block.number for block in blocks} == {1}
    assert [block.part for block in blocks] == list(range(len(blocks)))
    assert all(len(block.span) <= LONGEST and block.span.of(text).endswith(" ") for block in blocks)


def test_pages_hold_every_block_once_and_find_an_offset() -> None:
    text = "\n".join("Words stand here." for _ in range(500))
    blocks = cut_blocks(text)
    pages = cut_pages(blocks, range(0, len(text), 40), window=5_000)
    assert [n for page in pages for n in page] == list(range(500))
    assert len(pages) > 3
    for offset in (0, 17, 4_000, len(text) - 1, len(text) + 50):
        page = pages[page_at(blocks, pages, offset)]
        assert blocks[page.start].span.start <= offset
        assert offset < blocks[page.stop - 1].span.end or page.stop == 500


def test_an_empty_text_has_no_blocks_and_one_page() -> None:
    assert cut_blocks("") == ()
    assert cut_pages(()) == (range(0),)
    assert cut_segments("", (), [Mark("content", "s-1", Span(0, 0))]) == ()


def shown(text: str) -> None:
    blocks = cut_segments(text, cut_blocks(text), [Mark("content", "s-1", Span(0, len(text)))])
    assert len(blocks) <= len(text)
    assert sum(1 for _ in split_signs(text)) <= len(text)


@pytest.mark.parametrize("text", ["\n" * 100_000, "“" * 100_000, "x" * 1_000_000, "\u202e" * 100_000, "a\n" * 50_000])
def test_odd_texts_are_cut_in_little_time(text: str) -> None:
    blocks = cut_segments(text, cut_blocks(text), [Mark("content", "s-1", Span(0, len(text)))])
    assert sum(len(segment.text) for block in blocks for segment in block.segments) == len(text)
    assert sum(1 for _ in split_signs(text)) <= len(text)
    assert_linear(shown, lambda number: text[:number], 400)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("plain words", [""]),
        ("a\u202eb", ["", "U+202E", ""]),
        ("\u200b\u200b\u200bx", ["U+200B", ""]),
        ("👩\u200d🔬", [""]),
        ("pa\u200dss", ["", "U+200D", ""]),
        ("soft\u00adhyphen", [""]),
        ("e\u0301", [""]),
        ("a\rb", ["", "U+000D", ""]),
        ("a\u3164b", ["", "U+3164", ""]),
        ("שלום", [""]),
        ("a\u00a0b", [""]),
    ],
)
def test_what_nobody_sees_has_a_sign(text: str, codes: list[str]) -> None:
    assert [run.code for run in split_signs(text)] == codes
