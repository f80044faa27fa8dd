"""Getting one page: from public addresses alone, within limits, politely; each refusal has its reason."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from onrecord.errors import Refused
from onrecord.read.net.fetching import AGENT, Fetcher, Manners, _wanted_wait
from onrecord.read.net.guard import GuardedBackend
from tests.read.net.conftest import QUICK
from tests.read.net.site import Site, page

PAGE = page("Dam holds", "The dam holds, Mayor Ida Falk said on Monday.")


def refusal(get: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        get()
    return refused.value


def test_a_page_comes_with_its_address_type_and_encoding(site: Site, fetcher: Fetcher) -> None:
    found = fetcher.fetch(site.put("/a?b=1", PAGE, 'Text/HTML; Charset="UTF-8"') + "#part")
    assert (found.address, found.media_type, found.charset) == (site.address + "/a?b=1", "text/html", "utf-8")
    assert found.data == PAGE.encode()
    assert found.retrieved.endswith("Z")
    assert site.headers[-1]["User-Agent"] == AGENT
    assert site.headers[-1]["Accept-Encoding"] == "gzip, deflate"


def test_loopback_is_refused_before_anything_is_asked(site: Site) -> None:
    with Fetcher(manners=QUICK) as stranger:
        assert refusal(lambda: stranger.fetch(site.address)).reason == "blocked-address"  # already for its port
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0", "[::1]", "[::ffff:127.0.0.1]", "[::]", "10.0.0.1",
     "169.254.169.254", "[fe80::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"],
)  # fmt: skip
def test_every_way_to_write_an_inner_address_is_refused(host: str) -> None:
    with Fetcher(manners=QUICK) as stranger:
        refused = refusal(lambda: stranger.fetch(f"http://{host}/"))
    assert refused.reason in ("blocked-address", "bad-address"), refused
    if refused.reason == "blocked-address":
        assert host.strip("[]") in refused.detail


@pytest.mark.parametrize("address", ["http://8.8.8.8:22/", "https://herald.example:8080/", "http://herald.example:25/"])
def test_other_ports_are_refused_without_looking_anything_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked up"))
    with Fetcher(manners=QUICK) as stranger:
        refused = refusal(lambda: stranger.fetch(address))
    assert (refused.reason, "only 80 and 443" in refused.detail) == ("blocked-address", True)


def lookup(*answers: tuple[str, ...]) -> Callable[..., list[Any]]:
    """A name server that gives these answers, one after the other."""
    left = list(answers)

    def found(host: str, port: int, **_: object) -> list[Any]:
        addresses = left.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return found


def test_a_name_is_looked_up_once_and_the_very_address_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = GuardedBackend(lookup=lookup(("8.8.8.8",), ("127.0.0.1",)))
    asked: list[str] = []

    def connect(host: str, *_: object) -> Any:
        asked.append(host)
        return object()

    monkeypatch.setattr(guard._plain, "connect_tcp", connect)
    guard.connect_tcp("news.example", 80, 1.0)
    assert asked == ["8.8.8.8"]
    assert refusal(lambda: guard.connect_tcp("news.example", 80, 1.0)).reason == "blocked-address"  # turned since
    assert asked == ["8.8.8.8"]


def test_of_several_addresses_only_public_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = GuardedBackend(lookup=lookup(("10.0.0.1", "8.8.8.8", "127.0.0.1")))
    monkeypatch.setattr(guard._plain, "connect_tcp", lambda host, *_: host)
    stream: Any = guard.connect_tcp("news.example", 443, 1.0)
    assert stream._stream == "8.8.8.8"


def test_what_is_allowed_is_allowed_at_this_port_alone(site: Site, fetcher: Fetcher) -> None:
    fetcher.fetch(site.put("/", PAGE))
    assert refusal(lambda: fetcher.fetch(f"http://127.0.0.1:{site.port + 1}/")).reason == "blocked-address"
    assert refusal(lambda: fetcher.fetch(f"http://localhost:{site.port}/")).reason == "blocked-address"


def test_redirects_are_followed(site: Site, fetcher: Fetcher) -> None:
    site.put("/new/c", PAGE)
    site.move("/b", "c", 307)
    site.move("/new/b", "c#part", 308)
    site.answers["/a"] = (301, {"Location": f"{site.address}/new/b"}, b"moved")
    assert fetcher.fetch(site.address + "/a").address == site.address + "/new/c"


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data", "blocked-address"),
        ("http://127.0.0.1/", "blocked-address"),
        ("http://[::1]:22/", "blocked-address"),
        ("//localhost/", "blocked-address"),
        ("file:///etc/passwd", "bad-address"),
        ("ftp://herald.example/", "bad-address"),
        ("http://u:p@herald.example/", "bad-address"),
        ("http://[broken", "bad-address"),
    ],
)
def test_each_redirect_is_looked_at_anew(site: Site, fetcher: Fetcher, to: str, reason: str) -> None:
    assert refusal(lambda: fetcher.fetch(site.move("/a", to))).reason == reason


def test_redirects_end(site: Site, fetcher: Fetcher) -> None:
    assert refusal(lambda: fetcher.fetch(site.move("/a", "/a"))).reason == "too-many-redirects"
    assert site.asked.count("/a") == QUICK.redirects + 1


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "not-found"), (410, "not-found"), (401, "http-status"), (403, "http-status"), (451, "http-status"),
     (500, "http-status"), (204, "http-status"), (206, "http-status"), (302, "http-status"),
     (429, "busy"), (503, "busy")],
)  # fmt: skip
def test_an_answer_that_is_no_page_has_its_reason(site: Site, fetcher: Fetcher, status: int, reason: str) -> None:
    site.answers["/a"] = (status, {}, b"")
    refused = refusal(lambda: fetcher.fetch(site.address + "/a"))
    assert (refused.reason, str(status) in refused.detail) == (reason, True)


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "video/mp4", "application/zip", "x", "text/css"])
def test_a_type_that_is_not_read_is_refused(site: Site, fetcher: Fetcher, kind: str) -> None:
    assert refusal(lambda: fetcher.fetch(site.put("/a", PAGE, kind))).reason == "not-text"


def test_a_page_without_bytes_is_empty(site: Site, fetcher: Fetcher) -> None:
    assert refusal(lambda: fetcher.fetch(site.put("/a", ""))).reason == "empty"


@pytest.mark.parametrize("packing", ["gzip", "x-gzip", "deflate", "DEFLATE"])
def test_a_packed_page_is_unpacked(site: Site, fetcher: Fetcher, packing: str) -> None:
    body = PAGE.encode() * 2_000
    packed = gzip.compress(body) if "gzip" in packing else zlib.compress(body)
    assert fetcher.fetch(site.put("/a", packed, Content_Encoding=packing)).data == body


def test_bare_deflate_is_unpacked_too(site: Site, fetcher: Fetcher) -> None:
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(PAGE.encode()) + packer.flush()
    assert fetcher.fetch(site.put("/a", packed, Content_Encoding="deflate")).data == PAGE.encode()


def test_a_packing_that_was_not_asked_for_is_refused(site: Site, fetcher: Fetcher) -> None:
    assert refusal(lambda: fetcher.fetch(site.put("/a", b"x", Content_Encoding="br"))).reason == "not-text"
    assert refusal(lambda: fetcher.fetch(site.put("/a", b"x", Content_Encoding="gzip, gzip"))).reason == "not-text"


@pytest.mark.parametrize("body", [gzip.compress(PAGE.encode())[:-12], b"no gzip", b"\x1f\x8b\x08\x00broken!"])
def test_what_cannot_be_unpacked_is_truncated(site: Site, fetcher: Fetcher, body: bytes) -> None:
    assert refusal(lambda: fetcher.fetch(site.put("/a", body, Content_Encoding="gzip"))).reason == "truncated"


def test_a_small_page_that_unpacks_to_a_large_one_is_refused_in_little_memory(site: Site, fetcher: Fetcher) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    assert len(bomb) < 400_000
    assert refusal(lambda: fetcher.fetch(site.put("/a", bomb, Content_Encoding="gzip"))).reason == "too-large"


def test_a_large_page_is_refused_by_what_it_says_and_by_what_it_is(site: Site, waits: list[float]) -> None:
    with Fetcher([site.place], Manners(most=1_000, pause=0.0)) as fetcher:
        said = refusal(lambda: fetcher.fetch(site.put("/a", b"x" * 1_001)))
        assert (said.reason, "1,001" in said.detail) == ("too-large", True)

        def endless(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", "text/plain")
            handler.end_headers()
            while True:
                handler.wfile.write(b"x" * 1_000)

        site.answers["/b"] = endless
        assert refusal(lambda: fetcher.fetch(site.address + "/b")).reason == "too-large"
        assert fetcher.fetch(site.put("/c", b"x" * 1_000)).data == b"x" * 1_000


def test_a_page_that_ends_early_is_truncated(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = (
        200,
        {"Content-Type": "text/html", "Content-Length": "9000", "Connection": "close"},
        b"<p>half",
    )

    def half(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "9000")
        handler.end_headers()
        handler.wfile.write(b"<p>half")

    site.answers["/a"] = half
    assert refusal(lambda: fetcher.fetch(site.address + "/a")).reason == "truncated"


def test_a_server_that_says_nothing_times_out(site: Site) -> None:
    site.answers["/a"] = lambda handler: time.sleep(1)
    with Fetcher([site.place], Manners(silence=0.2, pause=0.0)) as fetcher:
        assert refusal(lambda: fetcher.fetch(site.address + "/a")).reason == "timeout"


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_server_that_drips_times_out_as_a_whole(site: Site, where: str) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        if where == "body":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        with suppress(ConnectionError):  # the client hangs up, which is what is tested
            for _ in range(10_000):  # minutes, for a client that waits as long as something comes
                handler.wfile.write(b"x" if where == "body" else b"H")
                handler.wfile.flush()
                time.sleep(0.05)

    site.answers["/a"] = drip
    with Fetcher([site.place], Manners(silence=0.5, whole=0.6, pause=0.0)) as fetcher:
        assert refusal(lambda: fetcher.fetch(site.address + "/a")).reason in ("timeout", "unreachable")


def test_what_is_no_http_is_unreachable(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
    assert refusal(lambda: fetcher.fetch(site.address + "/a")).reason == "unreachable"
    assert refusal(lambda: fetcher.fetch(f"https://127.0.0.1:{site.port}/a")).reason == "unreachable"


def test_a_port_where_nobody_listens_is_unreachable(site: Site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with Fetcher([("127.0.0.1", port)], QUICK) as fetcher:
            assert refusal(lambda: fetcher.fetch(f"http://127.0.0.1:{port}/")).reason == "unreachable"


def test_a_name_that_nobody_has_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with Fetcher(manners=QUICK) as fetcher:
        refused = refusal(lambda: fetcher.fetch("http://nobody.example/"))
    assert (refused.reason, "nobody.example" in refused.detail) == ("unreachable", True)


def test_no_proxy_of_the_environment_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, site.address)
    with Fetcher(manners=QUICK) as fetcher:
        assert refusal(lambda: fetcher.fetch("http://10.1.2.3/")).reason == "blocked-address"
    assert site.asked == []


# what a site asks of programs


def test_a_page_that_a_site_keeps_from_programs_is_not_asked_for(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /kept/\nAllow: /kept/open\n", "text/plain")
    refused = refusal(lambda: fetcher.fetch(site.put("/kept/a", PAGE)))
    assert (refused.reason, "/kept/a" not in site.asked) == ("robots", True)
    fetcher.fetch(site.put("/kept/open", PAGE))
    fetcher.fetch(site.put("/b", PAGE))
    assert site.asked.count("/robots.txt") == 1


def test_a_site_may_speak_to_us_by_name(site: Site, fetcher: Fetcher) -> None:
    rules = "User-agent: Other\nUser-agent: *\nDisallow: /\n\nUser-agent: OnRecord # us\nDisallow: /b\n"
    site.put("/robots.txt", rules, "text/plain")
    fetcher.fetch(site.put("/a", PAGE))
    assert refusal(lambda: fetcher.fetch(site.put("/b", PAGE))).reason == "robots"


def test_what_is_asked_of_others_does_not_bind_us(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: GPTBot\nDisallow: /\n", "text/plain")
    fetcher.fetch(site.put("/a", PAGE))


def test_a_redirect_does_not_lead_around_the_wishes_of_a_site(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /kept\n", "text/plain")
    site.put("/kept", PAGE)
    assert refusal(lambda: fetcher.fetch(site.move("/a", "/kept"))).reason == "robots"


@pytest.mark.parametrize(
    ("status", "reason"), [(404, None), (401, None), (403, None), (410, None), (500, "robots"), (503, "robots")]
)
def test_a_site_without_wishes_has_none_and_one_that_cannot_tell_is_left_alone(
    site: Site, fetcher: Fetcher, status: int, reason: str | None
) -> None:
    site.answers["/robots.txt"] = (status, {}, b"Disallow: /")
    address = site.put("/a", PAGE)
    if reason is None:
        assert fetcher.fetch(address).data == PAGE.encode()
    else:
        assert refusal(lambda: fetcher.fetch(address)).reason == reason
        assert "/a" not in site.asked


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\n" + "Disallow: /x\n" * 60_000,
        "".join(f"User-agent: bot{n}\n" for n in range(20_000)) + "".join(f"Disallow: /{n}\n" for n in range(20_000)),
        "User-agent: *\nDisallow: /" + "*a" * 100_000 + "\n",
        "\ufeffUser-agent: *\nDisallow:\n\x00\xff" * 1_000,
        "Disallow " * 50_000,
        "<html>not found</html>",
    ],
)
def test_a_hostile_robots_txt_is_read_in_time(site: Site, fetcher: Fetcher, text: str) -> None:
    site.put("/robots.txt", text, "text/plain")
    fetcher.fetch(site.put("/" + "a" * 1_000, PAGE))


def test_between_two_pages_of_a_host_is_a_pause_and_a_longer_one_where_it_asks(site: Site) -> None:
    waits: list[float] = []
    with Fetcher([site.place], Manners(pause=5.0), sleep=waits.append) as fetcher:
        for path in ("/a", "/b"):
            fetcher.fetch(site.put(path, PAGE))
    assert waits == [pytest.approx(5.0, abs=0.5)]
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 9999\n", "text/plain")
    waits.clear()
    with Fetcher([site.place], Manners(pause=5.0), sleep=waits.append) as fetcher:
        for path in ("/a", "/b"):
            fetcher.fetch(site.put(path, PAGE))
    assert waits == [pytest.approx(10.0, abs=0.5)]  # no longer than that


# servers that are busy


def test_a_busy_server_is_asked_again_when_it_says(site: Site, fetcher: Fetcher, waits: list[float]) -> None:
    site.answers["/a"] = [
        (429, {"Retry-After": "7"}, b""),
        (503, {}, b""),
        (200, {"Content-Type": "text/html"}, PAGE.encode()),
    ]
    assert fetcher.fetch(site.address + "/a").data == PAGE.encode()
    assert waits == [7.0, 2.0]


def test_a_busy_server_is_asked_three_times_at_most(site: Site, fetcher: Fetcher, waits: list[float]) -> None:
    site.answers["/a"] = (503, {}, b"")
    assert refusal(lambda: fetcher.fetch(site.address + "/a")).reason == "busy"
    assert (site.asked.count("/a"), waits) == (3, [1.0, 2.0])


def test_who_asks_for_more_patience_than_we_have_is_left_alone(
    site: Site, fetcher: Fetcher, waits: list[float]
) -> None:
    site.answers["/a"] = (429, {"Retry-After": "3600"}, b"")
    refused = refusal(lambda: fetcher.fetch(site.address + "/a"))
    assert (refused.reason, "3,600 seconds" in refused.detail, waits) == ("busy", True, [])
    assert site.asked.count("/a") == 1


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("12", 12), ("0", 0), (" 3 ", 3), ("", 4), ("soon", 4), ("-1", 4), ("1.5", 4), ("9" * 400, 999_999_999), ("²", 4),
     ("Wed, 01 Jan 2020 00:00:00 GMT", 0), ("Wed, 01 Jan 2020 00:00:00", 0), ("Wed, 99 Jan 2020", 4)],
)  # fmt: skip
def test_what_a_server_says_of_later_is_read(words: str, seconds: float) -> None:
    assert _wanted_wait(words, 4.0) == seconds
