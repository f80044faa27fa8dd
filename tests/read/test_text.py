"""Plain text and Markdown: to the letter, or refused with its reason."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import Refused
from onrecord.model import Reading, Report, SectionKind, digest
from onrecord.read.given import Given
from onrecord.read.markdown import strip_markup
from onrecord.read.text import read_markdown, read_text
from tests.effort import assert_linear

MARKDOWN = [json.loads(line) for line in Path("tests/cases/markdown.jsonl").read_text("utf-8").splitlines()]
BODY = "The bridge was shut on Monday, the council said, after inspectors found cracks in two of its piers."


def read(text: str, **given: str) -> Report:
    return read_text(text.encode(), Given(**given)).report


@pytest.mark.parametrize("text", ["a b\r\nc\r\n", "a\rb", " a \n\n", "“Ä” é\u00a0x", "a\u2028b\x0cc"])
def test_text_is_kept_to_the_letter(text: str) -> None:
    reading = read_text(text.encode())
    assert reading.report.text == text
    assert reading.source.data == text.encode()
    assert reading.report.sha256 == digest(text.encode()) == reading.source.sha256


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_is_no_part_of_the_text(encoding: str) -> None:
    assert read_text(BODY.encode(encoding)).report.text == BODY


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"caf\xe9 shut", "bad-encoding"),
        (b"\xed\xa0\x80 half a pair", "bad-encoding"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "bad-encoding"),
        (b"a\x00b", "not-text"),
        (b"\x01\x02\x03\x04abc", "not-text"),
        (b"%PDF-1.7 ...", "not-text"),
        (b"PK\x03\x04...", "not-text"),
        (b'"' * 100_000, "no-words"),
        ("“”…—\n".encode() * 1_000, "no-words"),
    ],
)
def test_refusals_carry_their_reason(data: bytes, reason: str) -> None:
    for reader in (read_text, read_markdown):
        with pytest.raises(Refused) as caught:
            reader(data)
        assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        (BODY, ()),
        ("The coun\u200bcil said no.", ("invisible-characters",)),
        (BODY + "\x1b" + BODY, ("invisible-characters",)),
        ("The \u202ecouncil said no.", ("bidi-override",)),
        ("a\U000e0041b \u2066c", ("bidi-override", "invisible-characters")),
        ("The family 👩\u200d👩\u200d👧 said no.", ()),
        ("The coun\u200dcil said no.", ("invisible-characters",)),
    ],
)
def test_characters_that_hide_or_turn_words_are_flagged(text: str, flags: tuple[str, ...]) -> None:
    assert read(text).flags == flags


def test_headline_is_the_title_unless_one_is_given() -> None:
    text = f"Harbour bridge shut\n\n{BODY}\n"
    assert read(text).title == "Harbour bridge shut"
    assert read(text, title="Cracks in piers").title == "Cracks in piers"
    assert read(BODY).title is None


@pytest.mark.parametrize(
    ("top", "place", "outlet"),
    [
        ("PORT ELM — ", "PORT ELM", None),
        ("PORT ELM, Ireland (AP) — ", "PORT ELM, Ireland", "Associated Press"),
        ("PORT ELM, March 3 (Reuters) - ", "PORT ELM", "Reuters"),
        ("Port Elm (CNN) -- ", "Port Elm", "CNN"),
        ("(Reuters) - ", None, "Reuters"),
        ("LONDON/PORT ELM – ", "LONDON/PORT ELM", None),
        ("The council — all of it — ", None, None),
        ("Port Elm — ", None, None),
        ("“WE WAIT” — ", None, None),
        ("BREAKING: BRIDGE — ", None, None),
        ("", None, None),
    ],
)
def test_dateline_gives_place_and_agency(top: str, place: str | None, outlet: str | None) -> None:
    report = read(f"Harbour bridge shut\n{top}{BODY}\n")
    assert (report.dateline, report.outlet) == (place, outlet)


@pytest.mark.parametrize(
    ("line", "authors", "outlet"),
    [
        ("By Ann Lee", ("Ann Lee",), None),
        ("BY ANN LEE AND TOM ROE", ("ANN LEE", "TOM ROE"), None),
        ("By Ann Lee, Tom Roe and Mary Poe, Associated Press", ("Ann Lee", "Tom Roe", "Mary Poe"), "Associated Press"),
        ("By Ann Lee | Reuters", ("Ann Lee",), "Reuters"),
        ("By Ann de la Cruz, The Port Elm Herald", ("Ann de la Cruz",), "The Port Elm Herald"),
        ("By Ann Lee, Staff Writer", ("Ann Lee",), None),
        ("By Monday the bridge was shut", (), None),
        ("By The Numbers.", (), None),
    ],
)
def test_byline_gives_authors_and_outlet(line: str, authors: tuple[str, ...], outlet: str | None) -> None:
    report = read(f"Harbour bridge shut\n{line}\n{BODY}\n")
    assert (report.authors, report.outlet) == (authors, outlet)


def test_a_line_that_is_nothing_but_a_date_gives_the_publication_date() -> None:
    assert read(f"Harbour bridge shut\nPublished: 3 March 2025\n{BODY}\n").published == "2025-03-03"
    assert read(f"Harbour bridge shut\nMarch 3\n{BODY}\n").published is None


def test_given_date_wins_and_a_conflict_is_flagged() -> None:
    report = read(f"Harbour bridge shut\nMarch 3, 2025\n{BODY}\n", published="2025-03-04")
    assert (report.published, report.flags) == ("2025-03-04", ("conflicting-date",))
    assert read(f"Harbour bridge shut\nMarch 3, 2025\n{BODY}\n", published="2025-03").flags == ()


def test_a_given_date_that_is_none_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        read(BODY, published="last week")
    assert caught.value.reason == "bad-date"


def test_copyright_line_names_an_outlet_that_is_known() -> None:
    assert read(f"{BODY}\n© 2025 The Associated Press. All rights reserved.\n").outlet == "Associated Press"
    assert read(f"{BODY}\n© 2025 pictures/Ann Lee\n").outlet is None


def test_another_language_is_read_and_flagged() -> None:
    german = "Die Brücke wurde am Montag gesperrt, teilte der Rat mit, nachdem in zwei Pfeilern Risse waren. " * 3
    japanese = "橋は月曜日に閉鎖されたと市議会が発表した。" * 5
    for text in (german, japanese):
        assert (read(text).flags, read(text).language) == (("not-english",), None)
    assert read(BODY * 3).language == "en"


def test_ids_tell_bytes_and_given_facts_apart() -> None:
    ids = {
        read(BODY).id,
        read(BODY + "\n").id,
        read(BODY, uri="x:1").id,
        read(BODY, outlet="Herald").id,
        read(BODY, published="2025-03-03").id,
        read(BODY, file_name="a.txt").id,
    }
    assert len(ids) == 6
    assert read(BODY, published="2025-03-03").id == read(BODY, published="20250303").id


@pytest.mark.parametrize(("name", "uri"), [("a.txt", "file:a.txt"), ("é b.txt", "file:%C3%A9%20b.txt")])
def test_uri_of_a_local_file_is_its_base_name(name: str, uri: str) -> None:
    assert read(BODY, file_name=name).uri == uri
    assert read(BODY, file_name=name, uri="as given").uri == "as given"


@pytest.mark.parametrize("case", MARKDOWN, ids=lambda case: case["why"])
def test_markdown_loses_its_marks_and_keeps_its_words(case: dict[str, str]) -> None:
    assert strip_markup(case["markdown"]) == case["text"] + "\n"


@pytest.mark.parametrize(
    "front",
    [
        "title: Harbour bridge shut\ndate: 2025-03-03\noutlet: Herald\nauthors: [Ann Lee, 'Tom Roe']\nuri: x:1",
        'title: "Harbour bridge shut"\ndate: Mar. 3, 2025\nsource: Herald\nauthor:\n  - Ann Lee\n  - Tom Roe\nurl: x:1',
    ],
)
def test_front_matter_gives_facts(front: str) -> None:
    data = f"---\n{front}\n---\n# Harbour bridge shut\n\n{BODY}\n".encode()
    reading = read_markdown(data)
    report = reading.report
    assert (report.title, report.published, report.outlet) == ("Harbour bridge shut", "2025-03-03", "Herald")
    assert (report.authors, report.uri) == (("Ann Lee", "Tom Roe"), "x:1")
    assert report.text == f"Harbour bridge shut\n\n{BODY}\n"
    assert [section.kind for section in report.sections] == [SectionKind.HEADLINE, SectionKind.BODY]
    assert reading.source.data == data


def test_rules_of_dashes_are_no_front_matter() -> None:
    assert read_markdown(f"---\n{BODY}\n".encode()).report.text == BODY + "\n"


@pytest.mark.parametrize("unit", ["[", "*", "[a](", "`a ", "\\"])
def test_marks_without_end_take_a_moment(unit: str) -> None:
    assert_linear(read_markdown, lambda number: (unit * number + "a").encode(), 500)
    read_markdown((unit * 50_000 + "a").encode())


def outcome(reader: Callable[[bytes], Reading], data: bytes) -> Reading | str:
    """The reading, or the reason of its refusal."""
    try:
        return reader(data)
    except Refused as refused:
        return refused.reason


@given(st.text(min_size=1))
def test_reading_twice_gives_the_same(text: str) -> None:
    data = text.encode("utf-8", "replace")
    assert outcome(read_text, data) == outcome(read_text, data)


@given(st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for reader in (read_text, read_markdown):
        found = outcome(reader, data)
        if isinstance(found, str):
            assert found in {"empty", "not-text", "no-words", "bad-encoding"}
        else:
            assert found.source.data == data


def test_the_full_date_of_a_dateline_is_the_last_resort() -> None:
    report = read_text(b"LEEDS, March 3, 2025 - The council closed the bridge on Monday, a spokesman said.\n").report
    assert (report.published, report.dateline, report.flags) == ("2025-03-03", "LEEDS", ())


@pytest.mark.parametrize(("published", "flags"), [("2025-03-04", ()), ("2025-03-09", ("conflicting-date",))])
def test_a_report_may_be_filed_the_day_before(published: str, flags: tuple[str, ...]) -> None:
    text = b"LEEDS, 3 March 2025 (Reuters) - The council closed the bridge on Monday, a spokesman said.\n"
    report = read_text(text, Given(published=published)).report
    assert (report.published, report.flags) == (published, flags)


@pytest.mark.parametrize(
    ("retrieved", "flags"), [("2025-03-03T23:00:00Z", ()), ("2025-03-01T08:00:00Z", ("future-date",))]
)
def test_a_report_from_the_future_is_flagged(retrieved: str, flags: tuple[str, ...]) -> None:
    report = read_text(
        b"The council closed the bridge, a spokesman said.\n", Given("2025-03-04", retrieved=retrieved)
    ).report
    assert (report.published, report.flags) == ("2025-03-04", flags)
