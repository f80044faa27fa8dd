"""Articles with the attributions that people marked in them, from PolNeAR-style folders (`text/`, `attributions/`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import Selection, Span

SPANS_LINE = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
EVENT_LINE = re.compile(r"E\d+\t(.*)")


@dataclass(frozen=True, slots=True)
class Marked:
    """An attribution as a person marked it; each part may have several pieces, source and cue may be empty."""

    source: Selection
    cue: Selection
    content: Selection


@dataclass(frozen=True, slots=True)
class Article:
    """One article and what was marked in it."""

    name: str
    text: str
    marked: tuple[Marked, ...] = ()


def read_articles(folder: Path) -> tuple[Article, ...]:
    """The articles of a folder, by name; of several annotators of one article the first by name counts.

    `folder` holds `text/*.txt` and `attributions/*.ann`, or is a corpus whose `train` does.
    """
    if not (folder / "text").is_dir():
        folder = folder / "train"
    texts = {path.stem: path for path in sorted((folder / "text").glob("*.txt"))}
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem if path.stem in texts else path.stem.rsplit("_", 1)[0]
        first.setdefault(name, path)
    articles = [
        Article(name, read_exactly(path), tuple(parse_marked(read_exactly(first[name]))))
        for name, path in texts.items()
        if name in first
    ]
    if not articles:
        raise FileNotFoundError(f"{folder}: no articles; expected text/*.txt and attributions/*.ann")
    return tuple(articles)


def read_exactly(path: Path) -> str:
    """The text of a file with its line ends as they are: offsets count them."""
    with path.open(encoding="utf-8", newline="") as handle:
        return handle.read()


def parse_marked(annotation: str) -> Iterator[Marked]:
    """The attributions of a brat file in its order.

    One E line is one attribution; arguments of one role are merged (`Content2` into the content); lines without content
    are dropped.
    """
    pieces: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in annotation.split("\n"):
        if spans := SPANS_LINE.match(line):
            pairs = (pair.split() for pair in spans[3].split(";"))
            pieces[spans[1]] = [Span(int(start), int(end)) for start, end in pairs]
        elif event := EVENT_LINE.match(line):
            events.append(event[1])
    for arguments in events:
        roles: dict[str, set[Span]] = {"source": set(), "cue": set(), "content": set()}
        for argument in arguments.split()[1:]:
            role, _, name = argument.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in roles:
                roles[role].update(pieces.get(name, ()))
        if roles["content"]:
            yield Marked(*(tuple(sorted(roles[role])) for role in ("source", "cue", "content")))
