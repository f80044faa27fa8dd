"""One page from the network: asked for politely, within limits, from public addresses alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from onrecord import __version__
from onrecord.errors import Refused
from onrecord.read.net.addresses import PORTS, Place, take_apart

if TYPE_CHECKING:
    import httpx2

    from onrecord.read.net.robots import Rules

AGENT = f"onrecord/{__version__} (reads a page that somebody asked for; robots.txt: onrecord)"
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/plain;q=0.9,*/*;q=0.5"
TYPES = {  # what is read, by the beginning of its type; the values name a reader's file ending
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": "",
    "text/markdown": ".md",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/rss+xml": "",
    "application/atom+xml": "",
    "application/rdf+xml": "",
    "application/xml": "",
    "text/xml": "",
    "application/octet-stream": "",
    "": "",
}
OK, MOVED, GONE, BUSY = 200, (301, 302, 303, 307, 308), (404, 410), (429, 503)
FIRST_ERROR = 400
FIRST_FAULT = 500


@dataclass(frozen=True, slots=True)
class Manners:
    """How long and how much."""

    connect: float = 10.0  # seconds for a connection
    silence: float = 20.0  # seconds without a byte
    whole: float = 60.0  # seconds for a page, its redirects apart
    most: int = 10_000_000  # bytes of a page, unpacked
    redirects: int = 5
    tries: int = 3  # where a server is busy
    longest_wait: float = 30.0  # seconds that a busy server may ask for
    pause: float = 1.0  # seconds between two pages of one host


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came."""

    address: str  # after redirects
    data: bytes
    media_type: str  # lower case, "" where the server names none
    charset: str | None  # as the server names it
    retrieved: str  # ISO 8601, in UTC


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx2.Headers
    data: bytes = b""


class Fetcher:
    """Gets pages, one after the other; close it in the end."""

    def __init__(
        self,
        allowed: Iterable[tuple[str, int]] = (),
        manners: Manners | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        import httpx2

        from onrecord.read.net.transport import GuardedTransport

        self._allowed = frozenset(allowed)
        self.manners = manners or Manners()
        self._sleep = sleep
        self._transport = GuardedTransport(self._allowed)
        self._client = httpx2.Client(transport=self._transport, follow_redirects=False, trust_env=False)
        self._rules: dict[tuple[str, str, int], Rules | None] = {}  # of each site; None: it has none
        self._asked: dict[str, float] = {}  # host -> when it was asked last

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connections."""
        self._client.close()

    def fetch(self, address: str) -> Fetched:
        """The page at an address, after its redirects; Refused with a reason where there is none to be had."""
        for _ in range(self.manners.redirects + 1):
            place = self._checked(address)
            rules = self._rules_of(place)
            if rules and not rules.may(place.address):
                raise Refused("robots", f"the robots.txt of {place.host} asks programs not to read {place.address}")
            self._wait_for(place, rules)
            answer = self._ask(place, self.manners.most)
            if answer.status in MOVED and answer.headers.get("location"):
                address = self._joined(place, answer.headers["location"])
                continue
            return self._page(place, answer)
        raise Refused("too-many-redirects", f"{self.manners.redirects} addresses led from one to the next")

    def _checked(self, address: str) -> Place:
        place = take_apart(address)
        if place.port not in PORTS.values() and (place.host, place.port) not in self._allowed:
            raise Refused("blocked-address", f"port {place.port}; only 80 and 443 are asked")
        return place

    def _joined(self, place: Place, location: str) -> str:
        try:
            return urljoin(place.address, location)
        except ValueError as error:
            raise Refused("bad-address", f"it leads to {location[:80]!r}") from error

    def _page(self, place: Place, answer: _Answer) -> Fetched:
        if answer.status in GONE:
            raise Refused("not-found", f"the server has no such page ({answer.status})")
        if answer.status in BUSY:
            raise Refused("busy", f"the server asks to come back later ({answer.status})")
        if answer.status != OK:
            raise Refused("http-status", f"the server answers {answer.status} instead of a page")
        if not answer.data:
            raise Refused("empty", "the page has no bytes")
        kind, _, rest = answer.headers.get("content-type", "").partition(";")
        kind = kind.strip().lower()
        if kind not in TYPES:
            raise Refused("not-text", f"the server says that it is {kind[:60]}")
        charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'") or None
        now = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
        return Fetched(place.address, answer.data, kind, charset, now)

    def _rules_of(self, place: Place) -> Rules | None:
        """What the site asks of programs. Where a server fails to tell, nothing is read; where it has none, all is."""
        from onrecord.read.net.robots import MOST, Rules

        site = (place.scheme, place.host, place.port)
        if site in self._rules:
            return self._rules[site]
        address = urljoin(place.address, "/robots.txt")
        for _ in range(self.manners.redirects + 1):
            asked = self._checked(address)
            answer = self._ask(asked, MOST, cut=True)
            if answer.status not in MOVED or not answer.headers.get("location"):
                break
            address = self._joined(asked, answer.headers["location"])
        else:
            raise Refused("too-many-redirects", f"the robots.txt of {place.host} leads nowhere")
        if answer.status >= FIRST_FAULT or answer.status in BUSY:
            raise Refused("robots", f"the robots.txt of {place.host} cannot be read now ({answer.status})")
        text = answer.data.decode("utf-8", "replace") if answer.status < FIRST_ERROR else ""
        self._rules[site] = rules = Rules(text) if text.strip() else None
        return rules

    def _wait_for(self, place: Place, rules: Rules | None) -> None:
        pause = max(self.manners.pause, rules.delay if rules else 0.0)
        last = self._asked.get(place.host)
        if last is not None and (left := last + pause - time.monotonic()) > 0:
            self._sleep(left)
        self._asked[place.host] = time.monotonic()

    def _ask(self, place: Place, most: int, *, cut: bool = False) -> _Answer:
        """The answer, asked for again where the server is busy."""
        number = 0
        while True:
            number += 1
            answer = self._ask_once(place, most, cut)
            if answer.status not in BUSY or number >= self.manners.tries:
                return answer
            wait = _wanted_wait(answer.headers.get("retry-after", ""), 2.0 ** (number - 1))
            if wait > self.manners.longest_wait:
                raise Refused("busy", f"the server asks to come back in {wait:,.0f} seconds ({answer.status})")
            self._sleep(wait)

    def _ask_once(self, place: Place, most: int, cut: bool) -> _Answer:
        import httpcore2
        import httpx2

        from onrecord.read.net.bodies import PACKINGS, unpack

        headers = {"User-Agent": AGENT, "Accept": ACCEPT, "Accept-Encoding": PACKINGS, "Accept-Language": "en,*;q=0.5"}
        timeout = httpx2.Timeout(self.manners.silence, connect=self.manners.connect)
        self._transport.deadline = time.monotonic() + self.manners.whole
        try:
            with self._client.stream("GET", place.address, headers=headers, timeout=timeout) as answer:
                if answer.status_code != OK:
                    return _Answer(answer.status_code, answer.headers)
                said = answer.headers.get("content-length", "")
                if not cut and said.isdecimal() and int(said[:20]) > most:
                    raise Refused("too-large", f"{int(said[:20]):,} bytes; at most {most:,} are read")
                data = unpack(answer.iter_raw(), answer.headers.get("content-encoding", ""), most, cut=cut)
                return _Answer(answer.status_code, answer.headers, data)
        except (httpcore2.TimeoutException, httpx2.TimeoutException) as error:
            raise Refused("timeout", f"{place.host} took too long") from error
        except (httpcore2.RemoteProtocolError, httpx2.RemoteProtocolError) as error:
            reason = "truncated" if "complete" in str(error) else "unreachable"
            raise Refused(reason, f"{place.host} broke off: {str(error)[:120]}") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Refused("unreachable", f"{place.host}: {str(error)[:120] or type(error).__name__}") from error


def _wanted_wait(words: str, otherwise: float) -> float:
    """Seconds of a Retry-After: a number, or a date."""
    words = words.strip()
    if words.isdecimal() and words.isascii():
        return float(words[:9])
    try:
        when = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return otherwise
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
