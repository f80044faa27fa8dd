"""HTML pages: the main text, the page's own facts, what is hidden, and pages made to do harm."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import Refused
from onrecord.model import SectionKind
from onrecord.read.given import Given
from onrecord.read.html import read_html

CASES = [json.loads(line) for line in Path("tests/cases/html.jsonl").read_text("utf-8").splitlines()]
LINTON = Path("tests/read/pages/linton.html").read_bytes()
SENTENCE = "<p>The bridge was shut on Monday, the council said.</p>"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_page_gives_what_it_shows_and_says(case: dict[str, object]) -> None:
    report = read_html(case["html"].encode()).report
    seen = {name: getattr(report, name) for name in case["report"]}
    assert json.loads(json.dumps(seen)) == case["report"]


def test_whole_page() -> None:
    reading = read_html(LINTON, Given(file_name="linton.html"))
    report = reading.report
    assert report.text.splitlines() == [
        "River floods Linton’s market",
        "LINTON — The river rose two metres on Wednesday and flooded the market, the mayor said.",
        "“We were warned,” Mayor Rosa Kern told reporters, “but nobody listened.”",
        "- At least 40 shops are under water.",
        "- Two bridges are closed.",
        "See what the council decided about the old dam",
        "“We will rebuild,” the traders’ union wrote.",
        "Three people are missing, the police said on Wednesday night.",
    ]
    assert [s.kind.value for s in report.sections] == ["headline", "body", "boilerplate", "body"]
    assert report.sections[2].span.of(report.text) == "See what the council decided about the old dam"
    assert (report.uri, report.outlet) == ("https://linton.example/2024/10/flood", "Linton Daily")
    assert (report.title, report.authors) == ("River floods Linton’s market", ("Jane Doe", "Omar Reyes"))
    assert (report.published, report.dateline) == ("2024-10-23T21:05:00-04:00", "LINTON")
    assert report.flags == ("hidden-text",)
    assert reading.source.data == LINTON
    assert reading.source.media_type == "text/html"


def test_given_facts_win_over_the_page_and_a_conflict_is_flagged() -> None:
    given = Given(published="2024-10-25", outlet="Region Post", uri="post:1", title="Market under water")
    report = read_html(LINTON, given).report
    assert (report.published, report.outlet, report.uri) == ("2024-10-25", "Region Post", "post:1")
    assert report.title == "Market under water"
    assert "conflicting-date" in report.flags


def test_given_date_of_the_same_day_is_no_conflict() -> None:
    assert "conflicting-date" not in read_html(LINTON, Given(published="2024-10-23")).report.flags


def test_the_id_rests_on_the_bytes_and_the_given_facts_alone() -> None:
    assert read_html(LINTON).report.id == read_html(LINTON).report.id
    assert read_html(LINTON, Given(outlet="Region Post")).report.id != read_html(LINTON).report.id
    assert read_html(LINTON + b"\n").report.id != read_html(LINTON).report.id


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "ISO-8859-15"])
def test_declared_encoding_is_followed(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>The café is shut, the owner said.</p></body></html>'
    report = read_html(page.encode(charset)).report
    assert report.text == "The café is shut, the owner said.\n"
    assert report.flags == ()


def test_a_page_without_encoding_is_read_as_browsers_do_and_flagged() -> None:
    report = read_html("<html><body><p>“The café is shut,” the owner said.</p></body></html>".encode("cp1252")).report
    assert report.text == "“The café is shut,” the owner said.\n"
    assert report.flags == ("guessed-encoding",)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_wins_over_the_declaration(mark: str) -> None:
    page = (
        '<html><head><meta charset="windows-1252"></head><body><p>The café is shut, the owner said.</p></body></html>'
    )
    assert read_html(page.encode(mark)).report.text == "The café is shut, the owner said.\n"


def test_declared_codec_that_is_no_encoding_of_pages_is_ignored() -> None:
    page = f'<html><head><meta charset="unicode_escape"></head><body>{SENTENCE}\\u0041</body></html>'
    assert "\\u0041" in read_html(page.encode()).report.text or "A" not in read_html(page.encode()).report.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b'<html><head><meta charset="utf-8"></head><p>caf\xe9', "bad-encoding", id="not as declared"),
        pytest.param(b"<html><p>\x81\xe9", "bad-encoding", id="no encoding fits"),
        pytest.param(b"<html></html>", "empty", id="no text"),
        pytest.param(b"   ", "empty", id="white space"),
        pytest.param(b"<html><body><script>var x = 1;</script></body></html>", "empty", id="script only"),
        pytest.param(b"<html><p>a\x00b", "not-text", id="zero byte"),
        pytest.param(b"<html>" + b"<div>" * 300 + SENTENCE.encode(), "too-deep", id="deep"),
        pytest.param(b"<html>" + b"<div>" * 90_000 + SENTENCE.encode(), "too-deep", id="deeper than the parser goes"),
        pytest.param(b"<html><p>" + b"<b>" * 5_000 + b"x y z", "too-deep", id="inline marks never closed"),
        pytest.param(b"<html>" + b"<!--" * 500_000, "too-large", id="comments never closed"),
        pytest.param(b"<html>" + b"<p>x" * 500_000, "too-large", id="tags without end"),
        pytest.param(b"<html><p>" + b"word " * 2_100_000, "too-large", id="bytes without end"),
    ],
)
def test_refusals_are_quick_and_say_why(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        read_html(data)
    assert caught.value.reason == reason
    assert caught.value.detail


def test_depth_below_the_limit_keeps_every_word() -> None:
    page = "<html><body>" + "<div>" * 200 + SENTENCE + "</div>" * 200 + "</body></html>"
    assert read_html(page.encode()).report.text == "The bridge was shut on Monday, the council said.\n"


def test_large_page_is_read_whole() -> None:
    page = "<html><body><article>" + SENTENCE * 3_000 + "</article></body></html>"
    assert read_html(page.encode()).report.text.count("the council said") == 3_000


def test_captions_within_the_text_are_captions() -> None:
    caption = "Cranes at work on the harbour bridge"
    rest = "".join(f"<p>Sentence {number} of the report on the bridge that was shut.</p>" for number in range(9))
    page = f"<html><body><article>{SENTENCE}<p>{caption}</p>{rest}</article><figcaption>{caption}</figcaption></body>"
    report = read_html(page.encode()).report
    kinds = {s.span.of(report.text): s.kind for s in report.sections}
    assert kinds[caption] is SectionKind.CAPTION


def test_doctype_of_entities_reads_no_file() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>The bridge &x; is shut, he said.</p>'
    )
    assert "&x;" in read_html(page.encode()).report.text


TAGS = "<p> </p> <div> </div> <b> <br> <a> </a> <li> <td> <!-- --> <![CDATA[ <script> </script> <style>.a{ <h1> <title>"
MARKUP = st.sampled_from(
    [
        *TAGS.split(),
        "<p hidden>",
        "&lt;",
        "&#0;",
        "&#x202e;",
        "The bridge was shut on Monday, the council said. ",
        "“We wait,” she said. ",
        "é",
        "\x80",
        " ",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(MARKUP, max_size=40))
def test_any_page_is_read_or_refused(pieces: list[str]) -> None:
    data = "".join(["<html>", *pieces]).encode("cp1252", "replace")
    try:
        report = read_html(data).report
    except Refused:
        return
    assert "".join("".join(s.span.of(report.text) for s in report.sections).split()) == "".join(report.text.split())
    assert report == read_html(data).report


def test_the_extractor_is_loaded_when_the_first_page_is_read() -> None:
    code = "import sys, onrecord.read.choose, onrecord.read.html; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
