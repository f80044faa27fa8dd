"""Which reader an input needs: by its content first, by its name where the content leaves it open."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import replace

from onrecord.errors import Refused
from onrecord.model import Failure, Reading
from onrecord.read.decode import signature
from onrecord.read.given import Given
from onrecord.registry import load

_START = 2_000  # bytes looked at
_HTML = ("<!doctype html", "<html", "<head", "<body", "<article", "<meta ", "<title", "<div", "<main", "<p>")
_NAMES = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


def choose_reader(name: str, data: bytes) -> str:
    """The name of the reader for `data` that came under `name`: html, jsonl, markdown or text.

    >>> choose_reader("story.txt", b"<!DOCTYPE html><title>Flood</title>")
    'html'
    """
    if signature(data):
        return "text"  # which refuses it and says what it is
    start = _start(data)
    low = start.lower()
    if low.startswith(_HTML) or (low.startswith(("<?xml", "<!--")) and "<html" in low):
        return "html"
    if start.startswith("{") and _is_object_line(data):
        return "jsonl"
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
    return _NAMES.get(suffix, "text")


def _start(data: bytes) -> str:
    head = data[:_START]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore").lstrip()
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").lstrip()


def _is_object_line(data: bytes) -> bool:
    """Whether the first line looks like an object of JSON with a field that batch lines have."""
    start = data[: 4 * _START].removeprefix(codecs.BOM_UTF8).lstrip()
    after = start[1:].lstrip()
    return after.startswith(b'"') and b'":' in start.replace(b" ", b"")


def read_any(
    name: str, data: bytes, given: Given | None = None, *, charset: str | None = None
) -> Iterator[Reading | Failure]:
    """Every reading of an input, and a Failure where there is none; a batch gives one of them a line.

    `charset` is the encoding of a page, where whoever sent it has named it.
    """
    given = given or Given()
    base = name.replace("\\", "/").rpartition("/")[2]
    given = replace(given, file_name=base if base != "-" else None)
    kind = choose_reader(base, data)
    reader = load("reader", kind)
    try:
        read = reader(data, given, charset=charset) if kind == "html" else reader(data, given)
        if isinstance(read, Reading):
            yield read
        else:
            yield from read
    except Refused as refused:
        yield Failure(name, refused.reason, refused.detail)
