"""An HTML page -> Reading: its main text a paragraph a line, its own facts, nothing that it hides."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from onrecord.errors import Refused
from onrecord.model import Reading, Section, SectionKind
from onrecord.read.build import LONGEST_TEXT, build
from onrecord.read.decode import character_flags, checked_text, decode, signature
from onrecord.read.given import Given
from onrecord.read.headlines import letters_of
from onrecord.read.hidden import drop_hidden
from onrecord.read.metadata import read_metadata
from onrecord.read.sections import find_sections, lines_of

DEEPEST = 240  # levels; past about 255 the parser below gives empty text without a word
_MOST_TAGS = 100_000  # of "<"; a long live blog has 40,000
_DECLARED = 4_096  # bytes in which a page declares its encoding
_ENCODINGS = ("utf-8", "iso8859", "cp", "koi8", "gb", "big5", "shift_jis", "euc")
_TOP = 8  # lines in which the title may stand
_BLOCKS = frozenset("p head item quote row list table lb body div code ab".split())
_INLINE = tuple("abbr acronym b bdi big cite em font i ins mark q small strong sub sup u wbr".split())
_BREAK = "\u2029"  # stands for <br> while the extractor works
_UNSEEN = frozenset("script style template noscript".split())
_FEWEST_LINK_WORDS = 4


def read_html(data: bytes, given: Given | None = None, *, charset: str | None = None) -> Reading:
    """The report of a page; `charset` is known for sure where given (a batch line), else it is looked for.

    Refused with `too-large`, `too-deep`, `empty`, `not-text` or `bad-encoding`.
    """
    text, flags = _decoded(data, charset)
    page = _parse(text)
    if drop_hidden(page):
        flags.append("hidden-text")
    flags.extend(character_flags("".join(_seen(page))))
    facts = read_metadata(page)
    captions, links = _captions(page), _lone_links(page)
    lines = _main_text(page)
    title, lines = _with_title(lines, (given and given.title) or None, facts.titles)
    article = checked_text("\n".join(lines) + "\n" if lines else "")
    sections = _overlay(article, find_sections(article, title), title, captions, links)
    return build(
        article,
        data,
        given or Given(),
        media_type="text/html",
        found=replace(facts.given, title=title),
        flags=tuple(flags),
        sections=sections,
    )


def _decoded(data: bytes, charset: str | None) -> tuple[str, list[str]]:
    """The page's characters by its byte order mark, `charset`, its own word or UTF-8; else as browsers fall back."""
    if len(data) > LONGEST_TEXT:
        raise Refused("too-large", f"{len(data):,} bytes; one page has at most {LONGEST_TEXT:,}")
    if signature(data) or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data), []
    declared = charset or _declared(data)
    try:
        return data.decode(declared or "utf-8"), []
    except UnicodeDecodeError as error:
        if declared:
            raise Refused("bad-encoding", f"not {declared.upper()} at byte {error.start}, as it says it is") from error
    try:
        return data.decode("cp1252"), ["guessed-encoding"]
    except UnicodeDecodeError as error:
        raise Refused("bad-encoding", f"neither UTF-8 nor Windows-1252 at byte {error.start}") from error


def _declared(data: bytes) -> str | None:
    """The encoding a page declares, where it is one that pages use."""
    head = data[:_DECLARED].lower()
    at = head.find(b"charset=")
    if at < 0:
        return None
    name = head[at + 8 : at + 40].lstrip(b"\"' ").split(b'"')[0].split(b"'")[0].split(b">")[0].split(b";")[0]
    try:
        found = codecs.lookup(name.strip(b" /").decode("ascii")).name
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    if found in ("iso8859-1", "ascii"):
        return "cp1252"  # as every browser reads them
    return found if found.startswith(_ENCODINGS) else None


def _parse(text: str) -> HtmlElement:
    """The page as a tree whose depth and size are known to be fit."""
    if text.isspace() or not text:
        raise Refused("empty", "nothing but white space")
    if "\x00" in text:
        raise Refused("not-text", "a zero character: this is a binary file")
    tags = text.count("<")
    if tags > _MOST_TAGS:
        raise Refused("too-large", f"{tags:,} tags; one page has at most {_MOST_TAGS:,}")
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        page = lxml_html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError as error:
        raise Refused("empty", "no element in it") from error
    depth = _depth(page)
    if depth > DEEPEST or any("Excessive depth" in entry.message for entry in parser.error_log):
        raise Refused("too-deep", f"elements within elements to level {depth}; at most {DEEPEST}")
    return page


def _depth(page: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _seen(page: HtmlElement) -> Iterable[str]:
    """The text of the page outside scripts and styles."""
    for element in page.iter():
        if isinstance(element.tag, str) and element.tag not in _UNSEEN and element.text:
            yield element.text
        if element.tail:
            yield element.tail


def _main_text(page: HtmlElement) -> list[str]:
    """The paragraphs of the article, in order."""
    import trafilatura

    _smooth(page)
    document = trafilatura.bare_extraction(page, favor_recall=True, include_comments=False, with_metadata=False)
    body = getattr(document, "body", None)
    return [] if body is None else _blocks(body)


def _smooth(page: HtmlElement) -> None:
    """Takes inline marks out and writes line breaks and quotation marks as characters.

    For a short page the extractor joins the pieces between tags with line feeds: "on <i>Monday</i>, he said" would
    become "on Monday , he said", and a <br> no break at all.
    """
    for element in page.iter("br"):
        element.tail = _BREAK + (element.tail or "")
    for element in page.iter("q"):
        element.text = "“" + (element.text or "")
        element.tail = "”" + (element.tail or "")
    etree.strip_tags(page, *_INLINE)


def _joined(pieces: Iterable[str]) -> Iterable[str]:
    """The lines of a block's pieces, white space made single, none before the marks that follow a word."""
    text = "".join(pieces)
    for mark in ",.;:!?)”’":
        text = text.replace("\n" + mark, mark)
    for mark in "(“‘":
        text = text.replace(mark + "\n", mark)
    lines = (" ".join(line.split()) for line in text.split(_BREAK))
    return [line for line in lines if line]


def _blocks(body: etree._Element) -> list[str]:
    """The text of each block of trafilatura's tree as a line; a point of a list begins with "- "."""
    lines: list[str] = []
    buffer: list[str] = []
    mark = ""

    def flush() -> None:
        nonlocal mark
        for line in _joined(buffer):
            lines.append(mark + line)
            mark = ""
        buffer.clear()

    for event, element in etree.iterwalk(body, events=("start", "end")):
        block = element.tag in _BLOCKS
        if block:
            flush()
        if event == "start":
            mark = "- " if element.tag == "item" else "" if block else mark
            buffer.append(element.text or "")
        else:
            if element.tag == "cell":
                buffer.append(" | ")
            if element is not body:
                buffer.append(element.tail or "")
    flush()
    return [line.removesuffix(" |") for line in lines]


def _with_title(lines: list[str], given: str | None, titles: tuple[str, ...]) -> tuple[str | None, list[str]]:
    """The title, and the lines with it at their head: the form of it that the text has, else the best one."""
    top = {letters_of(line): line for line in reversed(lines[:_TOP])}
    candidates = [title for title in (given, *titles) if title]
    for title in candidates:
        if letters_of(title) in top:
            return top[letters_of(title)], lines
    if not candidates or not lines:
        return None, lines
    return candidates[0], [candidates[0], *lines]


def _captions(page: HtmlElement) -> frozenset[str]:
    return frozenset(letters_of("".join(caption.itertext())) for caption in page.iter("figcaption"))


def _lone_links(page: HtmlElement) -> frozenset[str]:
    """Texts of links that are the whole of the paragraph or point they stand in: titles of other stories."""
    found = set()
    for link in page.iter("a"):
        words = "".join(link.itertext())
        parent = link.getparent()
        if parent is None or parent.tag not in ("p", "li", "div", "strong", "b", "em", "h3", "h4", "h5"):
            continue
        if len(words.split()) >= _FEWEST_LINK_WORDS and len(parent) <= 2:
            whole = letters_of("".join(parent.itertext()))
            if whole == letters_of(words) and parent.tag != "h1":
                found.add(whole)
    return frozenset(found)


def _overlay(
    text: str, sections: tuple[Section, ...], title: str | None, captions: frozenset[str], links: frozenset[str]
) -> tuple[Section, ...]:
    """The sections with what the page's own marks say of a line: captions, and links to other stories."""
    kept: list[Section] = []
    at = 0
    for span in lines_of(text):
        while sections[at].span.end <= span.start:
            at += 1
        kind = sections[at].kind
        letters = letters_of(span.of(text))
        if kind is SectionKind.BODY and letters in captions:
            kind = SectionKind.CAPTION
        elif kind is SectionKind.BODY and letters in links and letters != letters_of(title or ""):
            kind = SectionKind.BOILERPLATE
        if kept and kept[-1].kind is kind:
            kept[-1] = Section(type(span)(kept[-1].span.start, span.end), kind)
        else:
            kept.append(Section(span, kind))
    return tuple(kept)
