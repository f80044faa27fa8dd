"""Reads PolNeAR (articles with brat stand-off annotation) and plain news texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.annotate.tagging.labels import ROLES, Ranges, Triple

ENTITY_LINE = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
EVENT_LINE = re.compile(r"E\d+\t(.*)")
NO_SPACE_BEFORE = re.compile(r"\s+([,.;:!?%)\]”’]|'s\b|n't\b|'re\b|'ve\b|'ll\b|'d\b|'m\b)")
NO_SPACE_AFTER = re.compile(r"([(\[“$])\s+")


@dataclass(frozen=True, slots=True)
class Article:
    """One article; offsets of its attributions are code points of `text`, half-open."""

    name: str
    text: str
    attributions: tuple[Triple, ...] = ()


def read_split(folder: Path) -> tuple[Article, ...]:
    """The articles of a PolNeAR split (`text/` and `attributions/`), by name; the first annotator of each."""
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    out = []
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem in first:
            annotation = read_exactly(first[path.stem])
            out.append(Article(path.stem, read_exactly(path), tuple(parse_annotation(annotation))))
    if not out:
        raise FileNotFoundError(f"{folder}: no articles; expected text/*.txt and attributions/*.ann")
    return tuple(out)


def read_exactly(path: Path) -> str:
    """The text of a file with its line ends as they are: offsets count them."""
    with path.open(encoding="utf-8", newline="") as handle:
        return handle.read()


def parse_annotation(annotation: str) -> Iterator[Triple]:
    """The attributions of a brat file in its order.

    One E line is one attribution; arguments of one role are merged (`Content2` into the content); lines
    without content are dropped.
    """
    spans: dict[str, Ranges] = {}
    events: list[str] = []
    for line in annotation.split("\n"):
        if entity := ENTITY_LINE.match(line):
            pairs = (part.split() for part in entity[3].split(";"))
            spans[entity[1]] = tuple((int(start), int(end)) for start, end in pairs)
        elif event := EVENT_LINE.match(line):
            events.append(event[1])
    for arguments in events:
        found: dict[str, set[tuple[int, int]]] = {role: set() for role in ROLES}
        for argument in arguments.split()[1:]:
            role, _, name = argument.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in found:
                found[role].update(spans.get(name, ()))
        if found["content"]:
            yield Triple(*(tuple(sorted(found[role])) for role in ROLES))


def read_plain(paths: list[Path], minimum: int = 400) -> tuple[Article, ...]:
    """News texts without labels from JSON Lines files, each text once, in order of appearance.

    A row holds `text`, `paragraphs` of sentences, or `sents` of tokens that are put together again; texts of fewer
    than `minimum` code points and texts whose beginning was seen before are left out.
    """
    out: list[Article] = []
    seen: set[str] = set()
    for path in paths:
        with path.open(encoding="utf-8") as handle:
            for number, line in enumerate(handle):
                text = _row_text(json.loads(line)) if line.strip() else ""
                key = re.sub(r"\W+", "", text[:400]).lower()[:120]
                if len(text) >= minimum and key not in seen:
                    seen.add(key)
                    out.append(Article(f"{path.stem}:{number}", text))
    return tuple(out)


def _row_text(row: dict[str, object]) -> str:
    text = row.get("text")
    if isinstance(text, str):
        return text
    paragraphs = row.get("paragraphs")
    if isinstance(paragraphs, list):
        return "\n\n".join(" ".join(sentences) for sentences in paragraphs)
    sentences = row.get("sents")
    if not isinstance(sentences, list):
        return ""
    lines = []
    for sentence in sentences:
        tokens = sentence.get("tokens") or sentence.get("text") or () if isinstance(sentence, dict) else sentence
        lines.append(tokens if isinstance(tokens, str) else join_tokens(list(tokens)))
    return "\n".join(lines)


def join_tokens(tokens: list[str]) -> str:
    r"""A sentence from its tokens, with the usual spacing.

    >>> join_tokens(["He", "did", "n't", ",", "``", "yet", "''", "."])
    "He didn't, “yet”."
    """
    text = " ".join(tokens).replace("``", "“").replace("''", "”")
    pieces = text.split('"')
    for k in range(1, len(pieces), 2):  # straight marks open and close in turn
        pieces[k] = pieces[k].strip()
    text = '"'.join(pieces)
    return NO_SPACE_AFTER.sub(r"\1", NO_SPACE_BEFORE.sub(r"\1", text))
