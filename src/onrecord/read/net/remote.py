"""An address -> readings: of its page, or of the pages that a feed lists."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from onrecord.errors import Refused
from onrecord.model import Failure, Reading
from onrecord.read.choose import read_any
from onrecord.read.given import Given
from onrecord.read.net.feeds import MOST_ENTRIES, Entry, is_feed, read_feed
from onrecord.read.net.fetching import TYPES, Fetched, Fetcher


def read_address(address: str, given: Given | None, fetcher: Fetcher) -> Iterator[Reading | Failure]:
    """The report of a page, or of each page of a feed; a Failure for each that cannot be had.

    A report's address is the one that the page came from in the end, unless `given` names another. The facts of a
    page win over those of the feed that lists it; those given win over both, but a feed takes neither title nor uri.
    """
    given = given or Given()
    try:
        page = fetcher.fetch(address)
        if not is_feed(page.data):
            yield from _read(page, address, given)
            return
        feed = read_feed(page.data, page.address)
    except Refused as refused:
        yield Failure(address, refused.reason, refused.detail)
        return
    given = replace(given, title=None, uri=None)
    if not feed.entries:
        yield Failure(address, "empty", "the feed lists no page")
    for entry in feed.entries:
        try:
            yield from _read_entry(fetcher.fetch(entry.address), entry, feed.title, given)
        except Refused as refused:
            yield Failure(entry.address, refused.reason, refused.detail)
    if feed.nameless:
        yield Failure(address, "bad-feed", f"{feed.nameless:,} of its entries have no address")
    if feed.left_out:
        yield Failure(address, "too-large", f"{feed.left_out:,} entries were left out; {MOST_ENTRIES} are read")


def _read_entry(page: Fetched, entry: Entry, outlet: str | None, given: Given) -> Iterator[Reading | Failure]:
    if is_feed(page.data):
        raise Refused("bad-feed", "a feed that a feed lists is not followed")
    for item in _read(page, entry.address, given):
        if not isinstance(item, Reading):
            yield item
            continue
        told = replace(
            given,
            published=given.published or (None if item.report.published else entry.published),
            outlet=given.outlet or (None if item.report.outlet else outlet),
            title=None if item.report.title else entry.title,
        )
        yield from (item,) if told == given else _read(page, entry.address, told)


def _read(page: Fetched, address: str, given: Given) -> Iterator[Reading | Failure]:
    """The readings of a page; failures carry the address that was asked for."""
    name = "page" + TYPES[page.media_type] if TYPES[page.media_type] else urlsplit(page.address).path or "page"
    name = name.rstrip("/").rpartition("/")[2] or "page"
    facts = replace(given, uri=given.uri or page.address, retrieved=page.retrieved)
    for item in read_any(name, page.data, facts, charset=_usable(page.charset, page.data)):
        if isinstance(item, Failure):
            yield replace(item, input=address + item.input.removeprefix(name))
        else:
            yield item


def _usable(charset: str | None, data: bytes) -> str | None:
    """The encoding that the server names, where it fits the bytes; else the page itself may name one.

    Bytes that are UTF-8 are read as such: servers name an encoding for all their pages, whatever they are in.
    """
    if charset is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return "utf-8"
    try:
        found = codecs.lookup(charset).name
        found = "cp1252" if found in ("iso8859-1", "ascii") else found  # as every browser reads them
        data.decode(found)
    except (LookupError, UnicodeError, ValueError, AttributeError):
        return None
    return found
