"""`add URL`: a page, a feed; only where an address is given, and only from where it may."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run
from tests.read.net.site import Site, item, page, rss, serving

BODY = "The dam at Oster holds, Mayor Ida Falk told reporters on Monday after a night of rain in the upper valley."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


def test_a_page_is_added_and_a_second_time_adds_nothing(run: Run, site: Site) -> None:
    address = site.put("/dam", page("Dam holds", BODY))
    call = ("add", address, "--allow-address", f"127.0.0.1:{site.port}", "--engine", "fast", "--db", "a.db")
    first = run(*call)
    assert (first.code, "added 1 report" in first.err) == (0, True), first.err
    second = run(*call)
    assert (second.code, "1 already known" in second.err) == (0, True), second.err
    assert address in run("reports", "--format", "csv", "--db", "a.db").out


def test_a_feed_is_added_and_what_is_refused_is_named(run: Run, site: Site) -> None:
    site.put("/1", page("Dam holds", BODY))
    feed = site.put("/feed", rss(item("/1"), item("http://192.168.0.1/")), "application/rss+xml")
    shown = run("add", feed, "--allow-address", f"127.0.0.1:{site.port}", "--engine", "fast", "--db", "a.db")
    assert shown.code == 1
    assert "refused http://192.168.0.1/: blocked-address: 192.168.0.1 is private" in shown.err
    assert "2025-03-04T21:30:00-05:00" in run("reports", "--format", "csv", "--db", "a.db").out


def test_without_leave_this_machine_is_not_asked(run: Run, site: Site) -> None:
    shown = run("add", site.put("/a", page("Dam", BODY)), "--engine", "fast", "--db", "a.db")
    assert (shown.code, site.asked) == (65, [])
    assert "blocked-address" in shown.err


@pytest.mark.parametrize("words", ["127.0.0.1", ":80", "http://127.0.0.1:80"])
def test_what_is_no_host_and_port_is_told_before_anything_is_read(run: Run, words: str) -> None:
    shown = run("add", "https://herald.example/a", "--allow-address", words, "--db", "a.db")
    assert (shown.code, "HOST:PORT" in shown.err) == (2, True)


def test_other_schemes_are_refused(run: Run) -> None:
    shown = run("add", "ftp://herald.example/a", "--engine", "fast", "--db", "a.db")
    assert (shown.code, "bad-address" in shown.err) == (65, True)


def test_files_touch_no_network(run: Run, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("connected"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked up"))
    with open("a.txt", "w") as file:  # noqa: PTH123  in the folder of the test
        file.write(f"Dam\n\n{BODY} See https://herald.example/dam for more.\n")
    assert run("add", "a.txt", "--engine", "fast", "--db", "a.db").code == 0
