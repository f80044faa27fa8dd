"""What a page says of itself: JSON-LD first, then <meta>, <time> and the headings. Nothing here is guessed."""

from __future__ import annotations

import html
import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml.html import HtmlElement

from onrecord.read.dates import parse_date
from onrecord.read.given import Given
from onrecord.resources import lexicon

_ARTICLES = ("article", "posting", "reportage", "newsarticle")
_LONGEST = 300  # characters of one fact
_MOST_NODES = 20_000  # of JSON-LD looked at
_MOST_AUTHORS = 20


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page's own facts, and every form of its title (best first): the main text may hold any of them."""

    given: Given
    titles: tuple[str, ...] = ()


def read_metadata(page: HtmlElement) -> PageFacts:
    """The title, authors, outlet, publication date (zone kept) and address that the page states."""
    article = _article(page)
    metas = _metas(page)
    outlet = _name(article.get("publisher")) or _first(metas, "outlet")
    titles = [_text(article.get("headline")), *metas.get("title", ()), *_headings(page)]
    titles = list(dict.fromkeys(_without_outlet(title, outlet) for title in titles if title))
    dates = [_text(article.get("datePublished")), *metas.get("published", ()), *_times(page)]
    published = next((found for found in map(parse_date, filter(None, dates)) if found), None)
    authors = _authors(article.get("author")) or _meta_authors(metas)
    uri = _canonical(page) or _first(metas, "uri")
    return PageFacts(
        Given(
            published=published,
            outlet=outlet,
            uri=uri if uri and uri.startswith(("http://", "https://")) else None,
            title=titles[0] if titles else None,
            authors=tuple(author for author in authors if author != outlet),
        ),
        tuple(titles),
    )


def _article(page: HtmlElement) -> Mapping[str, Any]:
    """The article among the page's JSON-LD, the shallowest first; empty where there is none."""
    for script in page.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads((script.text or "").strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if _is_article(node):
                return node
    return {}


def _nodes(data: object) -> Iterator[Mapping[str, Any]]:
    waiting = deque([data])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, (dict, list)))
        elif isinstance(node, list):
            waiting.extend(value for value in node if isinstance(value, (dict, list)))


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.lower().endswith(_ARTICLES) for name in names)


def _text(value: object) -> str | None:
    """A short text without entities and line ends; None for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return None
    plain = " ".join(html.unescape(value[: 4 * _LONGEST]).split())
    return plain if 0 < len(plain) <= _LONGEST else None


def _name(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _authors(value: object) -> tuple[str, ...]:
    people = value if isinstance(value, list) else [value]
    names = [_name(person) for person in people[:_MOST_AUTHORS] if not _is_organization(person)]
    return _clean_authors([name for name in names if name])


def _is_organization(value: object) -> bool:
    return isinstance(value, dict) and "organization" in str(value.get("@type", "")).lower()


def _meta_authors(metas: Mapping[str, list[str]]) -> tuple[str, ...]:
    return _clean_authors(metas.get("author", [])[:_MOST_AUTHORS])


def _clean_authors(names: list[str]) -> tuple[str, ...]:
    """Names without "By", addresses left out, several in one string told apart."""
    pieces: list[str] = []
    for name in names:
        bare = name[3:] if name[:3].lower() == "by " else name
        pieces.extend(bare.replace(" and ", ",").replace(";", ",").split(","))
    people = [piece.strip() for piece in pieces]
    people = [person for person in people if " " in person and "/" not in person and "@" not in person]
    return tuple(dict.fromkeys(people))


def _metas(page: HtmlElement) -> dict[str, list[str]]:
    """Fact -> contents of its <meta> tags, in the order of the table's rows."""
    seen: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        content = _text(meta.get("content"))
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content and name.strip().lower() in _meta_facts():
            seen.setdefault(name.strip().lower(), []).append(content)
    facts: dict[str, list[str]] = {}
    for name, fact in _meta_facts().items():
        facts.setdefault(fact, []).extend(seen.get(name, ()))
    return facts


@cache
def _meta_facts() -> dict[str, str]:
    return {row["name"]: row["fact"] for row in lexicon("page_meta.tsv")}


def _first(metas: Mapping[str, list[str]], fact: str) -> str | None:
    return next(iter(metas.get(fact, ())), None)


def _headings(page: HtmlElement) -> list[str]:
    """The texts of <h1> and <title>."""
    found = [_text("".join(heading.itertext())) for tag in ("h1", "title") for heading in page.iter(tag)]
    return [text for text in found[:20] if text]


def _without_outlet(title: str, outlet: str | None) -> str:
    """A title without the outlet after a bar: "Flood in Linton | Linton Daily"."""
    for bar in (" | ", " - ", " – ", " — ", " · "):
        head, found, tail = title.rpartition(bar)
        if found and outlet and tail.strip().casefold() == outlet.casefold() and head:
            return head.strip()
    return title


def _times(page: HtmlElement) -> list[str]:
    """The `datetime` of <time> elements: those marked as publication first, then the first of all."""
    times = [element for element in page.iter("time") if element.get("datetime")][:50]
    marked = [t for t in times if t.get("pubdate") is not None or t.get("itemprop") == "datePublished"]
    return [element.get("datetime") or "" for element in (*marked, *times[:1])]


def _canonical(page: HtmlElement) -> str | None:
    for link in page.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return _text(link.get("href"))
    return None
