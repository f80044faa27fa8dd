"""Reports for measuring speed, made by a seeded grammar of news sentences: any number, no two alike.

They have the mix of a news text (direct and indirect speech, figures, dates, narration) and next to no run of
five words in common, so that what is measured is reading and filing, not comparing copies.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

WORDS = 800
LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
AGAIN = ("place", "thing", "quality")  # lists from which a sentence may take two


def make_sentence(draw: random.Random) -> str:
    """One sentence of the grammar."""
    chosen = {name: draw.choice(words) for name, words in LISTS.items() if name != "sentences"}
    chosen |= {name: _compound(draw, name) for name in ("last", *AGAIN)}
    again = {f"{name}2": _compound(draw, name) for name in AGAIN}
    return str(draw.choice(LISTS["sentences"])).format(
        **chosen,
        **again,
        verb2=draw.choice(LISTS["verb"]).removesuffix("e") + "ed",
        number=f"{draw.randint(13, 98_000):,}",
        million=draw.randint(2, 900),
        percent=draw.randint(2, 97),
        small=draw.randint(2, 12),
    )


def _compound(draw: random.Random, name: str) -> str:
    """A word of a list, with a beginning or an ending that makes thousands of them."""
    word = str(draw.choice(LISTS[name]))
    if name in ("last", "place"):
        return word + str(draw.choice(LISTS["ending"]))
    return str(draw.choice(LISTS["beginning"])) + word


def make_text(draw: random.Random, words: int) -> str:
    """A headline and paragraphs of one to three sentences, about `words` words in all."""
    place, quality, thing = (_compound(draw, name) for name in AGAIN)
    lines = [f"{place} argues over a {quality} {thing}"]
    while sum(len(line.split()) for line in lines) < words:
        lines.append(" ".join(make_sentence(draw) for _ in range(draw.randint(1, 3))))
    return "\n".join(lines)


def make_reports(number: int, *, words: int = WORDS, seed: int = 1) -> Iterator[dict[str, str]]:
    """`number` batch lines of about `words` words, from 17 outlets over 300 days."""
    draw = random.Random(seed)
    for k in range(number):
        yield {
            "id": f"made-{k}",
            "uri": f"made:{seed}/{k}",
            "text": make_text(draw, words),
            "outlet": f"Outlet {k % 17}",
            "published": (date(2025, 1, 1) + timedelta(days=k % 300)).isoformat(),
        }


def write_reports(path: Path, number: int, *, words: int = WORDS, seed: int = 1) -> Path:
    """The same as a JSON Lines file."""
    rows = make_reports(number, words=words, seed=seed)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path
