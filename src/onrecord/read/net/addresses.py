"""Which addresses are public, and what may be asked of an address that somebody typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from onrecord.errors import Refused, UsageError
from onrecord.resources import lexicon

LONGEST = 2_000  # characters of an address
LAST_PORT = 65_535
PORTS = {"http": 80, "https": 443}
_GLOBAL = IPv6Network("2000::/3")  # all that was ever given out; mapped, translated and local forms lie outside
_ISATAP = (0x00005EFE, 0x02005EFE)  # what the third quarter of an address is that ends in an IPv4 one
_SCHEMES = ("http", "https", "ftp", "ftps", "sftp", "feed")


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart."""

    address: str  # without its fragment
    scheme: str
    host: str  # lower case, without brackets
    port: int


def is_address(words: str) -> bool:
    """Whether an input of a call is on the network.

    >>> is_address("https://herald.example/"), is_address("notes/http.txt")
    (True, False)
    """
    scheme, colon, _ = words.partition("://")
    return bool(colon) and scheme.lower() in _SCHEMES


def take_apart(address: str) -> Place:
    """Refused with `bad-address` for one that cannot be asked: no http, no host, or with a name and password in it."""
    import httpx2

    address = address.strip()
    if len(address) > LONGEST:
        raise Refused("bad-address", f"{len(address):,} characters; at most {LONGEST:,}")
    if not address.isprintable() or " " in address:
        raise Refused("bad-address", "a space or a control character in it")
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError) as error:
        raise Refused("bad-address", f"it cannot be read: {str(error)[:80]}") from error
    if url.scheme not in PORTS:
        raise Refused("bad-address", "it does not begin with https:// or http://")
    host = url.raw_host.decode("ascii").lower()
    if not all(host.removesuffix(".").split(".")):
        raise Refused("bad-address", "no host in it")
    if url.userinfo:
        raise Refused("bad-address", "a name or a password in it, which would be kept with the report")
    port = PORTS[url.scheme] if url.port is None else url.port
    if not 1 <= port <= LAST_PORT:
        raise Refused("bad-address", f"no port is {port}")
    return Place(str(url.copy_with(fragment=None)), url.scheme, host, port)


def parse_allowed(words: str) -> tuple[str, int]:
    """The host and port of HOST:PORT; UsageError for anything else.

    >>> parse_allowed("127.0.0.1:8099"), parse_allowed("[::1]:80")
    (('127.0.0.1', 8099), ('::1', 80))
    """
    host, colon, port = words.strip().rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    is_bracketed = host.startswith("[") and host.endswith("]")
    if not colon or not bare or "/" in host or (":" in bare) != is_bracketed or not (port.isascii() and port.isdigit()):
        raise UsageError(f"{words[:80]!r} is not HOST:PORT, as in 127.0.0.1:8080 or [::1]:8080")
    if not 1 <= int(port[:6]) <= LAST_PORT:
        raise UsageError(f"{words[:80]!r}: a port is a number from 1 to 65535")
    return bare.lower(), int(port)


def why_not_public(ip: IPv4Address | IPv6Address) -> str:
    """What an address is that is no public one, in words; empty for a public one.

    An IPv6 address with an IPv4 one inside is none, whatever lies inside.

    >>> from ipaddress import ip_address
    >>> why_not_public(ip_address("10.1.2.3")), why_not_public(ip_address("::ffff:8.8.8.8"))
    ('private', 'no global address')
    """
    if isinstance(ip, IPv6Address):
        if ip not in _GLOBAL:
            return "no global address"
        if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP:
            return "an IPv4 address inside an IPv6 one (ISATAP)"
    return next((words for network, words in _special() if network.version == ip.version and ip in network), "")


@cache
def _special() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    return tuple((ip_network(row["network"]), row["words"]) for row in lexicon("networks.tsv"))
