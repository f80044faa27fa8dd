"""What a report's page is made of: voices with letters, notes, words compared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UnknownId, UsageError
from onrecord.export.annotated import Wanted, added_by, annotate_report
from onrecord.export.compared import compare_reports
from onrecord.export.margin import flag_words, kind_of, shorten
from onrecord.export.naming import Names
from onrecord.export.shelf import Shelf
from onrecord.export.voices import letter_of
from onrecord.export.wordwise import MOST_LINES, compare_words, pair_lines
from onrecord.model import Link, Reason, Span
from onrecord.resources import settings_file
from onrecord.stores.memory import MemoryStore
from tests.export.hand import Said, add_report, link

TEXT = (
    "Ada Byron said the pier fell. Two clerks said the bridge fell. Tom Hale denied that.\n"
    "Ada Byron said if it rains, the dam may fall. Two clerks said nothing fell."
)


def stored() -> tuple[MemoryStore, str]:
    store = MemoryStore()
    page = add_report(
        store,
        TEXT,
        Said("Ada Byron", "said", "the pier fell", "Ada Byron"),
        Said("Two clerks", "said", "the bridge fell"),
        Said("Tom Hale", "denied", "that", "Tom Hale", stance="denies", certainty="CT-"),
        Said("Ada Byron", "said", "the dam may fall", "Ada Byron", certainty="PS+", condition="if it rains"),
        Said("Two clerks", "said", "nothing fell", certainty="PR-"),
    )
    return store, page.report.id


def test_voices_have_letters_by_how_much_they_say_and_notes_numbers_by_where() -> None:
    store, report = stored()
    page = annotate_report(Shelf(store), Names(store), report)
    notes = [note for item in page.paragraphs for note in item.notes]
    assert [(voice.letter, voice.words, voice.count) for voice in page.voices] == [
        ("A", "Ada Byron", 2),
        ("B", "Two clerks", 2),
        ("C", "Tom Hale", 1),
    ]
    assert [f"{note.letter}{note.number}" for note in notes] == ["A1", "B2", "C3", "A4", "B5"]
    assert [note.kind for note in notes] == ["says", "says", "denies", "asks", "hedges"]
    assert [note.paragraph for note in notes] == [1, 1, 1, 2, 2]


def test_a_note_says_how_the_source_was_found_and_what_the_condition_is() -> None:
    store, report = stored()
    page = annotate_report(Shelf(store), Names(store), report)
    ada, clerks, *_, last = (note for item in page.paragraphs for note in item.notes)
    assert (ada.how, ada.written, ada.open_who) == ("named here in full", None, None)
    assert clerks.how == "described, not named"
    assert last.sure == "probable that not"
    assert next(n for item in page.paragraphs for n in item.notes if n.number == 4).condition == "if it rains"


def test_links_are_seen_from_both_ends() -> None:
    store, report = stored()
    ids = [s.id for s in sorted(store.statements(), key=lambda s: s.content.spans[0].start)]
    store.put_links([link(ids[2], "denies", ids[1]), Link("l-2", ids[4], ids[1], "repeats", (Reason("r", ""),), 0.5)])
    notes = {n.id: n for item in annotate_report(Shelf(store), Names(store), report).paragraphs for n in item.notes}
    assert [(a.words, a.other.number, a.reasons) for a in notes[ids[2]].answers] == [("denies", 2, ("told so",))]
    assert {(a.words, a.other.number) for a in notes[ids[1]].answers} == {("is denied by", 3), ("is repeated by", 5)}
    assert {a.gist for a in notes[ids[1]].answers} == {"is denied by Tom Hale", "again at 5"}
    assert notes[ids[4]].answers[0].reasons == ("r",)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(who="Ada Byron"), [1, 4]),
        (Wanted(who="byron"), [1, 4]),
        (Wanted(who="B"), [2, 5]),
        (Wanted(who="two clerks"), [2, 5]),
        (Wanted(stance="denies"), [3]),
        (Wanted(who="C", stance="asserts"), []),
        (Wanted(statement="s-unknown", at=Span(900, 901)), [1, 2, 3, 4, 5]),
    ],
)
def test_filters_leave_the_numbers_as_they_are(wanted: Wanted, numbers: list[int]) -> None:
    store, report = stored()
    page = annotate_report(Shelf(store), Names(store), report, wanted)
    assert [note.number for item in page.paragraphs for note in item.notes] == numbers
    assert page.statements == 5


def test_unknown_reports_and_pages_are_refused() -> None:
    store, report = stored()
    with pytest.raises(UnknownId):
        annotate_report(Shelf(store), Names(store), "r-none")
    with pytest.raises(UnknownId):
        added_by(Shelf(store), Names(store), "r-none")
    with pytest.raises(UsageError, match="has 1"):
        annotate_report(Shelf(store), Names(store), report, Wanted(page=2))


def test_every_kind_of_line_and_every_stance_has_words() -> None:
    table = settings_file("reader_words.toml")
    assert set(table["stances"].values()) <= set(table["kinds"])
    assert flag_words(("undated", "never-heard-of")) == (
        ("undated", "says nowhere when it was published"),
        ("never-heard-of", "never heard of"),
    )


def test_a_no_shows_before_a_doubt_and_a_condition_before_a_doubt() -> None:
    store, _ = stored()
    one = next(s for s in store.statements() if s.condition)
    assert kind_of(one) == "asks"
    assert kind_of(replace(one, condition=None)) == "hedges"
    assert kind_of(replace(one, commitment=replace(one.commitment, stance="denies"))) == "denies"


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")]
)
def test_letters_go_on_after_z(number: int, letters: str) -> None:
    assert letter_of(number) == letters


def test_words_are_cut_behind_a_word() -> None:
    assert shorten("one two three", 9) == "one two …"
    assert shorten("one", 9) == "one"
    assert shorten("x" * 20, 9) == "x" * 9 + " …"


@given(st.text(alphabet="ab 1,.é\u0301😀\n", max_size=60), st.text(alphabet="ab 1,.é\u0301😀\n", max_size=60))
def test_compared_words_are_both_texts_to_the_letter(before: str, after: str) -> None:
    left, right = compare_words(before, after)
    assert "".join(words for words, _ in left) == before
    assert "".join(words for words, _ in right) == after


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("57 people were hurt", "54 people were hurt", ["57"], ["54"]),
        ("3,000 troops", "13,000 troops", ["3,000"], ["13,000"]),
        ("it may fall", "it fall", ["may "], []),
        ("the same", "the  same", [], []),
        ("", "new words", [], ["new words"]),
    ],
)
def test_only_other_words_are_marked(before: str, after: str, gone: list[str], come: list[str]) -> None:
    left, right = compare_words(before, after)
    assert [words for words, is_other in left if is_other] == gone
    assert [words for words, is_other in right if is_other] == come


def test_paragraphs_pair_up_in_order() -> None:
    before = ["Head", "The pier was closed on Monday by the port.", "It rained.", "The end."]
    after = ["Head", "New here.", "The pier was closed on Tuesday by the port.", "The end."]
    assert [(pair.kind, pair.before, pair.after) for pair in pair_lines(before, after) or ()] == [
        ("same", 0, 0),
        ("added", None, 1),
        ("changed", 1, 2),
        ("removed", 2, None),
        ("same", 3, 3),
    ]


def test_texts_too_long_to_pair_are_left_alone_in_little_time() -> None:
    assert pair_lines(["a"] * (MOST_LINES + 1), ["a"]) is None
    assert pair_lines([f"a {k % 3}" for k in range(MOST_LINES)], [f"a {k % 5}" for k in range(MOST_LINES)]) is not None
    assert compare_words("word " * 50_000, "other " * 50_000)


def test_versions_tell_removed_added_and_another_speaker() -> None:
    store = MemoryStore()
    old = add_report(
        store,
        "Ada Byron said the pier fell on Monday after the storm.\nTom Hale said the bridge is safe for all.",
        Said("Ada Byron", "said", "the pier fell on Monday after the storm", "Ada Byron"),
        Said("Tom Hale", "said", "the bridge is safe for all", "Tom Hale"),
        uri="https://herald.example/pier",
    )
    new = add_report(
        store,
        "Joan Reed said the pier fell on Monday after the storm.\nLee Moss said divers had searched the harbour.",
        Said("Joan Reed", "said", "the pier fell on Monday after the storm", "Joan Reed"),
        Said("Lee Moss", "said", "divers had searched the harbour", "Lee Moss"),
        uri="https://herald.example/pier",
        published="2025-03-04",
    )
    page = compare_reports(Shelf(store), Names(store), old.report.id, new.report.id)
    assert [(row.words, row.is_other_voice) for row in page.changed] == [
        ("given to another speaker", True),
        ("removed", False),
        ("added", False),
    ]
    assert page.text is not None
    assert {line.kind for stretch in page.text for line in stretch.lines} <= {"changed", "removed", "added"}
    with pytest.raises(UsageError):
        compare_reports(Shelf(store), Names(store), old.report.id, old.report.id)
