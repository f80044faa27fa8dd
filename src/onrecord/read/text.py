"""Plain text and Markdown -> Reading. Plain text is kept to the letter, line ends included."""

from __future__ import annotations

from onrecord.model import Reading
from onrecord.read.build import build
from onrecord.read.decode import decode
from onrecord.read.given import Given
from onrecord.read.markdown import split_front_matter, strip_markup


def read_text(data: bytes, given: Given | None = None) -> Reading:
    r"""The report of a plain text, first line headline where it reads like one; Refused where there is none.

    >>> read_text(b"Mayor resigns\n\nThe mayor resigned on Friday, a spokeswoman said.\n").report.title
    'Mayor resigns'
    """
    return build(decode(data), data, given or Given(), media_type="text/plain")


def read_markdown(data: bytes, given: Given | None = None) -> Reading:
    """The report of a Markdown text: front matter as facts, markup removed, words and their order kept.

    Offsets hold in the text without markup; the bytes as they came are the reading's source.
    """
    found, body = split_front_matter(decode(data))
    return build(strip_markup(body), data, given or Given(), media_type="text/markdown", found=found)
