"""An address -> readings: of a page, or of the pages of a feed, with the facts that each states."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import Refused
from onrecord.flow import add_readings
from onrecord.flow.again import as_before
from onrecord.model import Failure, Reading, Report
from onrecord.read.given import Given
from onrecord.read.net.feeds import MOST_ENTRIES, is_feed, read_feed
from onrecord.read.net.fetching import Fetcher
from onrecord.read.net.remote import read_address
from onrecord.stores import open_store
from tests.read.net.site import Site, item, page, rss

BODY = "The dam at Oster holds, Mayor Ida Falk told reporters on Monday after a night of rain in the upper valley."
DATED = (
    '<meta property="article:published_time" content="2025-03-03T23:10:00-05:00">'
    '<meta property="og:site_name" content="City Herald">'
)
XML = "application/rss+xml"


def read(site: Site, fetcher: Fetcher, address: str, given: Given | None = None) -> list[Report]:
    """The reports of an address; a failure fails the test."""
    found = list(read_address(address, given, fetcher))
    assert all(isinstance(one, Reading) for one in found), found
    return [one.report for one in found if isinstance(one, Reading)]


def failures(fetcher: Fetcher, address: str) -> list[tuple[str, str]]:
    return [(one.input, one.reason) for one in read_address(address, None, fetcher) if isinstance(one, Failure)]


def test_a_page_has_the_address_it_came_from_and_its_own_facts(site: Site, fetcher: Fetcher) -> None:
    site.put("/dam", page("Dam holds", BODY, head=DATED))
    [report] = read(site, fetcher, site.move("/short", "/dam"))
    assert report.uri == site.address + "/dam"
    assert (report.published, report.outlet, report.title) == ("2025-03-03T23:10:00-05:00", "City Herald", "Dam holds")
    assert report.retrieved is not None
    assert BODY in report.text


def test_what_is_given_wins_over_what_a_page_says(site: Site, fetcher: Fetcher) -> None:
    given = Given(published="2025-03-01", outlet="The Post", uri="https://post.example/dam", title="Dam")
    [report] = read(site, fetcher, site.put("/dam", page("Dam holds", BODY, head=DATED)), given)
    assert (report.published, report.outlet, report.uri) == ("2025-03-01", "The Post", "https://post.example/dam")


@pytest.mark.parametrize(
    ("charset", "kind"),
    [
        ("iso-8859-1", "text/html; charset=ISO-8859-1"),
        ("cp1252", "text/html; charset=latin1"),
        ("utf-8", "text/html; charset=no-such-charset"),
        ("utf-8", "text/html; charset=us-ascii"),  # which it is not
        ("utf-8", "text/html; charset=iso-8859-1"),  # likewise
        ("utf-8", "text/html"),
        ("koi8-r", "text/html; charset=koi8-r"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_the_server_names_where_it_fits(
    site: Site, fetcher: Fetcher, charset: str, kind: str
) -> None:
    name = "Иван" if charset == "koi8-r" else "Zoë"
    [report] = read(site, fetcher, site.put("/a", page("Dam", f"{BODY} {name} agreed.").encode(charset), kind))
    assert f"{name} agreed." in report.text


@pytest.mark.parametrize(("path", "kind"), [("/a.md", "text/plain"), ("/a", "text/markdown"), ("/a.md", "")])
def test_markdown_is_read_as_such(site: Site, fetcher: Fetcher, path: str, kind: str) -> None:
    [report] = read(site, fetcher, site.put(path, f"# Dam holds\n\n*{BODY}*\n", kind))
    assert report.text.startswith("Dam holds\n")


def test_plain_text_is_kept_to_the_letter(site: Site, fetcher: Fetcher) -> None:
    [report] = read(site, fetcher, site.put("/a.txt", f"Dam\r\n\r\n{BODY}", "text/plain"))
    assert report.text == f"Dam\r\n\r\n{BODY}"


def test_a_batch_is_read_line_by_line_and_its_failures_name_the_address(site: Site, fetcher: Fetcher) -> None:
    address = site.put("/a.jsonl", '{"text": "It rained, he said."}\nno\n', "application/x-ndjson")
    first, second = read_address(address, None, fetcher)
    assert isinstance(first, Reading)
    assert isinstance(second, Failure)
    assert (second.input, second.reason) == (f"{address}:2", "bad-line")


def test_a_failure_names_the_address_that_was_given(site: Site, fetcher: Fetcher) -> None:
    site.put("/new", "<html><body></body></html>")
    address = site.move("/a", "/new")
    assert failures(fetcher, address) == [(address, "empty")]
    assert failures(fetcher, "http://127.0.0.1/") == [("http://127.0.0.1/", "blocked-address")]


# feeds


def gist(data: bytes) -> str:
    """How many entries a feed has, or why it is refused."""
    try:
        feed = read_feed(data, "https://herald.example/feed")
    except Refused as refused:
        return refused.reason
    assert len(str(feed)) < 2_000_000
    return f"{len(feed.entries)} entries"


def test_the_pages_of_a_feed_are_read_with_the_zone_of_the_publisher(site: Site, fetcher: Fetcher) -> None:
    site.put("/1", page("Dam holds", BODY))
    site.put("/2", page("Dam leaks", BODY, head=DATED))
    feed = site.put("/feed", rss(item("/1"), item(site.address + "/2")), XML)
    first, second = read(site, fetcher, feed)
    assert (first.published, first.outlet, first.uri) == (
        "2025-03-04T21:30:00-05:00",
        "Oster Post",
        site.address + "/1",
    )
    assert (second.published, second.outlet) == ("2025-03-03T23:10:00-05:00", "City Herald")  # what the page says


def test_an_atom_feed_is_read_too(site: Site, fetcher: Fetcher) -> None:
    site.put("/1", page("Dam holds", BODY))
    entry = (
        '<entry><title>Dam</title><link rel="alternate" href="/1"/><updated>2025-03-04T08:00:00+01:00</updated></entry>'
    )
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Oster Post</title>{entry}</feed>'
    [report] = read(site, fetcher, site.put("/atom", atom, "application/atom+xml"))
    assert (report.published, report.outlet) == ("2025-03-04T08:00:00+01:00", "Oster Post")


def test_title_and_address_of_the_call_are_not_for_the_pages_of_a_feed(site: Site, fetcher: Fetcher) -> None:
    site.put("/1", page("Dam holds", BODY))
    given = Given(title="T", uri="https://a.example/", outlet="The Post", published="2025-01-01")
    [report] = read(site, fetcher, site.put("/feed", rss(item("/1")), XML), given)
    assert (report.title, report.uri) == ("Dam holds", site.address + "/1")
    assert (report.outlet, report.published) == ("The Post", "2025-01-01")


def test_a_page_that_cannot_be_had_costs_only_itself(site: Site, fetcher: Fetcher) -> None:
    site.put("/1", page("Dam holds", BODY))
    site.put("/x.pdf", b"%PDF-1.4", "application/pdf")
    site.put("/feed2", rss(item("/1")), XML)
    links = ("/gone", "/1", "/x.pdf", "http://10.0.0.1/", "javascript:alert(1)", "/feed2")
    feed = site.put("/feed", rss(*map(item, links), "<item><title>no link</title></item>"), XML)
    found = list(read_address(feed, None, fetcher))
    assert [one.reason for one in found if isinstance(one, Failure)] == [
        "not-found", "not-text", "blocked-address", "bad-address", "bad-feed", "bad-feed",
    ]  # fmt: skip
    assert sum(isinstance(one, Reading) for one in found) == 1


def test_a_feed_without_entries_is_told(site: Site, fetcher: Fetcher) -> None:
    assert failures(fetcher, site.put("/feed", rss(), XML))[0][1] == "empty"


@pytest.mark.parametrize(
    "data", [b"<rss", b"<rss version='2.0'><channel><item><link>/a", b"<rss/>", b"<feed>\x00", b"<rdf:RDF>&x;"]
)
def test_a_broken_feed_gives_what_it_has_or_a_reason(data: bytes) -> None:
    assert is_feed(data)
    assert gist(data) in ("bad-feed", "0 entries", "1 entries")


def test_a_feed_reads_no_file_and_no_entity(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret"><!ENTITY y "words">]>'
    entry = "<item><link>/a</link><title>b &y;</title></item>"
    data = f'<?xml version="1.0"?>{head}<rss><channel><title>&x;</title>{entry}</channel></rss>'
    feed = read_feed(data.encode(), "https://herald.example/feed")
    assert "secret" not in str(feed)
    assert feed.entries[0].address == "https://herald.example/a"


def test_many_entries_are_left_out_and_told(site: Site, fetcher: Fetcher) -> None:
    site.put("/feed", rss(*(item("/1") for _ in range(MOST_ENTRIES + 5))), XML)
    site.put("/1", page("Dam holds", BODY))
    found = list(read_address(site.address + "/feed", None, fetcher))
    assert len(found) == MOST_ENTRIES + 1
    assert isinstance(found[-1], Failure)
    assert (found[-1].reason, "5 entries" in found[-1].detail) == ("too-large", True)


LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))


@pytest.mark.parametrize(
    "data",
    [
        rss(f"<item><link>/a</link><author>{'a@b (' * 200_000}</author></item>"),
        rss(f"<item><link>/a</link><description>{'&lt;div&gt;' * 500_000}</description></item>"),
        rss("<item>" * 5_000 + "</item>" * 5_000),
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>' + rss("<item><link>/a</link><title>&l9;</title></item>"),
        rss("<item><link>/a</link></item>" * 30_000),
        "<rss>" + "<!--" * 200_000,
        "<rss>" + "<a>" * 100_000,
        rss(f"<item {''.join(f' a{n}=' + chr(34) + 'x' * 50 + chr(34) for n in range(5_000))}><link>/a</link></item>"),
    ],
    ids=["author", "description", "nested", "laughs", "many", "comments", "deep", "attributes"],
)
def test_a_hostile_feed_is_read_in_time(data: str) -> None:
    told = gist(data.encode())
    assert told in ("bad-feed", "too-large", "0 entries", "1 entries", f"{MOST_ENTRIES} entries")


# a second time


def test_a_page_whose_text_is_the_same_is_known_whatever_stands_around_it(site: Site, fetcher: Fetcher) -> None:
    store = open_store("memory:")

    def add() -> tuple[int, int]:
        outcome = add_readings(as_before(read_address(address, None, fetcher), store), store, engine="fast")
        return outcome.added, outcome.known

    address = site.put("/1", page("Dam holds", BODY, head="<script>visit = 1</script>"))
    assert add() == (1, 0)
    site.put("/1", page("Dam holds", BODY, head="<script>visit = 2</script>"))
    assert add() == (0, 1)
    site.put("/1", page("Dam holds", BODY + " The sluice was opened at dawn, she said."))
    assert add() == (1, 0)  # another version
    assert len(list(store.reports())) == 2
    store.close()
