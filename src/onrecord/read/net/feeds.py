"""A feed: which pages it lists, and what it says of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from onrecord.errors import Refused
from onrecord.read.dates import parse_date

MOST_ENTRIES = 200
_LONGEST = 2_000  # characters of a field that is looked at; the parser is quadratic in some
_MOST_ELEMENTS = 200_000
_STARTS = (b"<rss", b"<feed", b"<rdf:rdf")
_HEAD = 2_000  # bytes
_ENTRIES = ("item", "entry")
_LONG = frozenset(("description", "summary", "content", "encoded"))  # texts of their own: not read from a feed


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed lists."""

    address: str
    title: str | None
    published: str | None  # ISO 8601, with the zone that the publisher wrote


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says."""

    title: str | None  # of the whole
    entries: tuple[Entry, ...]
    left_out: int  # entries beyond the first MOST_ENTRIES
    nameless: int  # entries without an address


def is_feed(data: bytes) -> bool:
    """Whether the bytes begin as a feed does.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0">'), is_feed(b"<html>")
    (True, False)
    """
    head = data[:_HEAD].lower()
    return b"<html" not in head and any(start in head for start in _STARTS)


def read_feed(data: bytes, address: str) -> Feed:
    """The entries of a feed that came from an address, in its order; Refused with `bad-feed` or `too-large`."""
    import feedparser

    capped, count = _capped(data)
    found = feedparser.parse(
        io.BytesIO(capped),
        response_headers={"content-location": address, "content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
    )
    entries = tuple(_entries(found.get("entries", ())))
    return Feed(
        title=_words(found.get("feed", {}).get("title")),
        entries=entries,
        left_out=max(0, count - MOST_ENTRIES),
        nameless=len(found.get("entries", ())) - len(entries),
    )


def _entries(found: Any) -> Iterator[Entry]:
    for one in found:
        link = _words(one.get("link"))
        if link:
            told = one.get("published") or one.get("updated") or ""
            yield Entry(link, _words(one.get("title")), parse_date(str(told)[:_LONGEST]))


def _capped(data: bytes) -> tuple[bytes, int]:
    """The feed with short fields and few entries, in UTF-8; and how many entries it has."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("bad-feed", f"no XML that can be read: {str(error)[:100]}") from error
    if root is None:
        raise Refused("bad-feed", "no XML that can be read")
    elements = list(islice(root.iter(), _MOST_ELEMENTS + 1))
    if len(elements) > _MOST_ELEMENTS:
        raise Refused("too-large", f"more than {_MOST_ELEMENTS:,} elements in one feed")
    entries = [element for element in elements if _name(element) in _ENTRIES]
    long = [element for element in elements if _name(element) in _LONG or not isinstance(element.tag, str)]
    for element in (*long, *entries[MOST_ENTRIES:]):
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    for element in elements:
        if isinstance(element.tag, str):
            _cap(element)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), len(entries)


def _cap(element: etree._Element) -> None:
    element.text = (element.text or "")[:_LONGEST]
    element.tail = (element.tail or "")[:_LONGEST]
    for key, value in element.attrib.items():
        if len(value) > _LONGEST:
            del element.attrib[key]


def _name(element: etree._Element) -> str:
    """The local name; empty for comments, instructions and entities."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def _words(value: object) -> str | None:
    plain = " ".join(str(value or "").split())
    return plain[:_LONGEST] or None
