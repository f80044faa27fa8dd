"""Text, bytes and what is known of them -> the Reading that every reader hands over."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from onrecord.model import Reading, Report, Section, SectionKind, Source, digest, make_id
from onrecord.read.dates import days_between, same_day
from onrecord.read.decode import character_flags
from onrecord.read.given import Given, checked
from onrecord.read.headlines import Heading, read_heading
from onrecord.read.language import is_english
from onrecord.read.sections import find_sections, lines_of

FILED_BEFORE = 2  # days that a report may be filed before it is published
LONGEST_TEXT = 10_000_000  # bytes of one report; the setting `Limits.report` starts from it


def build(
    text: str,
    data: bytes,
    given: Given,
    *,
    media_type: str,
    found: Given | None = None,
    dateline: str | None = None,
    flags: tuple[str, ...] = (),
    sections: tuple[Section, ...] | None = None,
) -> Reading:
    """The report of `text` with the bytes it was read from.

    `given` wins over `found` (what the page or the front matter says of itself), and both over what the top of the
    text says. Where the dates of two of them disagree the report has the flag `conflicting-date`.
    """
    given, found = checked(given), found or Given()
    sections = sections if sections is not None else find_sections(text, given.title or found.title)
    heading = _heading(text, sections)
    sha256 = digest(data)
    uri = given.uri or found.uri or _file_uri(given.file_name)
    published = given.published or found.published or heading.published or heading.filed
    retrieved = given.retrieved or found.retrieved
    flags = (*flags, *_date_flags(published, retrieved, (given.published, found.published, heading.published), heading))
    english = is_english(text)
    report = Report(
        id=make_id("r", sha256, given.uri or _file_uri(given.file_name), given.outlet, given.title, given.published),
        text=text,
        sha256=sha256,
        uri=uri,
        outlet=given.outlet or found.outlet or heading.outlet,
        title=given.title or found.title or _headline(text, sections),
        authors=given.authors or found.authors or heading.authors,
        dateline=dateline or heading.dateline,
        published=published,
        retrieved=retrieved,
        language="en" if english else None,
        flags=tuple(
            sorted(
                {
                    *flags,
                    *given.flags,
                    *character_flags(text),
                    *(() if english else ("not-english",)),
                }
            )
        ),
        sections=sections,
    )
    return Reading(report, Source(sha256, data, media_type))


def _date_flags(
    published: str | None, retrieved: str | None, told: tuple[str | None, ...], heading: Heading
) -> Iterator[str]:
    """What is odd about the day of publication, given what was told of it where."""
    if published is None:
        return
    late = heading.filed is not None and abs(days_between(heading.filed, published) or 0) > FILED_BEFORE
    if late or any(date and not same_day(date, published) for date in told):
        yield "conflicting-date"
    if retrieved and (days_between(retrieved, published) or 0) > 1:  # a day apart: the zones may differ
        yield "future-date"


def _heading(text: str, sections: tuple[Section, ...]) -> Heading:
    """What the top of the text says, given its sections."""
    spans = lines_of(text)
    kinds: list[SectionKind] = []
    at = 0
    for span in spans:
        while sections[at].span.end <= span.start:
            at += 1
        kinds.append(sections[at].kind)
    return read_heading([span.of(text) for span in spans], kinds)


def _headline(text: str, sections: tuple[Section, ...]) -> str | None:
    return next((section.span.of(text) for section in sections if section.kind is SectionKind.HEADLINE), None)


def _file_uri(name: str | None) -> str | None:
    """`file:` and the base name, percent-encoded: never a path, so that it is the same on every machine."""
    return "file:" + quote(name.encode("utf-8", "surrogateescape")) if name else None
