"""Which addresses are public, and which may be asked at all."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from onrecord.errors import Refused, UsageError
from onrecord.read.net.addresses import is_address, parse_allowed, take_apart, why_not_public


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.7", "192.88.99.1",
        "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.250",
        "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "100::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8", "::8.8.8.8", "::7f00:1",
        "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::a00:1",
        "2002:7f00:1::", "2002:808:808::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1",
        "2001:20::1", "2001:db8::1", "3fff::1", "2a00:1450:4001:81b:0:5efe:a00:1",
        "2a00:1450:4001:81b:200:5efe:808:808", "4000::1", "5f00::1", "8000::1",
    ],
)  # fmt: skip
def test_what_is_not_public_is_told(address: str) -> None:
    assert why_not_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
     "198.17.0.1", "198.20.0.1", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e",
     "2001:4860:4860::8888"],
)  # fmt: skip
def test_what_is_public_is_let_through(address: str) -> None:
    assert why_not_public(ip_address(address)) == ""


@pytest.mark.parametrize(
    ("address", "whole", "host", "port"),
    [
        ("https://Herald.Example", "https://herald.example", "herald.example", 443),
        ("  http://herald.example/a?b=1&c=%20#d ", "http://herald.example/a?b=1&c=%20", "herald.example", 80),
        ("HTTPS://herald.example:443/a", "https://herald.example/a", "herald.example", 443),
        ("http://herald.example:8080/", "http://herald.example:8080/", "herald.example", 8080),
        ("http://[2001:DB8::1]/x", "http://[2001:DB8::1]/x", "2001:db8::1", 80),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4", "xn--bcher-kva.example", 443),
    ],
)
def test_an_address_is_taken_apart(address: str, whole: str, host: str, port: int) -> None:
    place = take_apart(address)
    assert (place.host, place.port) == (host, port)
    assert place.address.rstrip("/") == whole.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        "", "herald.example", "ftp://herald.example/a", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
        "http://", "https:///a", "http://user:secret@herald.example/", "http://user@herald.example/", "http://a b/",
        "http://herald.example:99999/", "http://herald.example:x/", "http://[::1", "http://a\x00b/", "http://a\u202eb/",
        "https://herald.example/" + "a" * 2_000, "http://xn--\u00fc.example/", "http://a..b/", "//herald.example/a",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(address: str) -> None:
    with pytest.raises(Refused) as refused:
        take_apart(address)
    assert refused.value.reason == "bad-address"
    assert "secret" not in refused.value.detail


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("News.Internal:80", ("news.internal", 80)),
        ("[::1]:8080", ("::1", 8080)),
    ],
)
def test_one_address_may_be_allowed(words: str, place: tuple[str, int]) -> None:
    assert parse_allowed(words) == place


@pytest.mark.parametrize(
    "words", ["", ":80", "a", "a:", "a:x", "a:0", "a:65536", "::1:80", "http://a:80", "a/b:80", "[a]:80", "a:²"]
)
def test_what_is_no_host_and_port_is_a_usage_error(words: str) -> None:
    with pytest.raises(UsageError):
        parse_allowed(words)


def test_a_path_is_no_address() -> None:
    assert [is_address(one) for one in ("http.txt", "a/b", "-", "C:\\a.txt", "https:", "ftp://x", "HTTP://x")] == [
        False, False, False, False, False, True, True,
    ]  # fmt: skip
