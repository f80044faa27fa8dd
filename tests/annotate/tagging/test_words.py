"""Words, sentences, paragraphs and quotation regions."""

import pytest

from onrecord.annotate.tagging.words import INSIDE, OUTSIDE, UNCLOSED, split_words


def quoted(text: str) -> list[str]:
    words = split_words(text)
    return [form for form, state in zip(words.forms, words.quotes, strict=True) if state != OUTSIDE]


def test_spans_give_back_the_forms() -> None:
    words = split_words("The clerk’s 3-page note, she didn't say.")
    assert [words.text[start:end] for start, end in words.spans] == list(words.forms)
    assert words.forms[:4] == ("The", "clerk", "’", "s")


def test_a_line_break_begins_a_paragraph_and_a_sentence() -> None:
    words = split_words("Budget grows\n\nThe council met.")
    assert words.paragraphs == (0, 0, 1, 1, 1, 1)
    assert words.sentences == (0, 0, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It rained. Nobody came.", 2),
        ("Sen. Olive Marsh spoke. She left.", 2),
        ("The U.S. Senate met.", 1),
        ("J. Doyle won.", 1),
        ("“We won.” He smiled.", 2),
        ("He paid 3.5 percent. no more", 1),
        ("Why? Because.", 2),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    assert split_words(text).sentences[-1] + 1 == sentences


def test_straight_marks_toggle_and_curly_marks_open_and_close() -> None:
    assert quoted('A "b c" d “e” f') == ['"', "b", "c", '"', "“", "e", "”"]


def test_a_mark_never_closed_is_unclosed_to_the_end_of_its_paragraph_only() -> None:
    words = split_words("“One two.\n“Three,” she said.")
    assert words.quotes[:4] == (UNCLOSED,) * 4
    assert words.quotes[4:8] == (INSIDE,) * 4
    assert words.quotes[8:] == (OUTSIDE,) * 3


def test_a_closing_mark_without_an_opening_one_changes_nothing() -> None:
    assert quoted("No” she said") == []


def test_two_apostrophes_in_a_row_are_a_quotation_mark_and_one_is_not() -> None:
    assert "".join(quoted("She said ''no'' to the boys' club.")) == "''no''"
    assert "".join(quoted("``Yes,'' he said.")) == "``Yes,''"
