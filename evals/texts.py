"""Reports for measuring speed, made from the sample story by a seeded generator: any number, all different."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from onrecord.annotate.sentences import FindSentences
from onrecord.model import Report
from onrecord.resources import read_text

WORDS = 800


def sample_sentences() -> list[str]:
    """The sentences of the sample story, in order."""
    sentences = []
    for line in read_text("sample/reports.jsonl").splitlines():
        text = json.loads(line)["text"]
        report = FindSentences()(Report(id="", text=text, sha256=""))
        sentences += [s.span.of(text) for s in report.sentences]
    return sentences


def make_reports(number: int, *, words: int = WORDS, seed: int = 1) -> Iterator[dict[str, str]]:
    """`number` batch lines of about `words` words: sentences drawn from the sample, with numbers of their own."""
    draw = random.Random(seed)
    sentences = sample_sentences()
    for k in range(number):
        chosen: list[str] = []
        while sum(len(s.split()) for s in chosen) < words:
            chosen.append(draw.choice(sentences))
        marked = [s.replace("12", str(draw.randint(13, 99))) for s in chosen]
        paragraphs = [
            "Day " + str(k) + " of the matter",
            *(" ".join(marked[i : i + 3]) for i in range(0, len(marked), 3)),
        ]
        day = date(2025, 1, 1) + timedelta(days=k % 300)
        yield {
            "id": f"made-{k}",
            "uri": f"made:{seed}/{k}",
            "text": "\n".join(paragraphs),
            "outlet": f"Outlet {k % 17}",
            "published": day.isoformat(),
        }


def write_reports(path: Path, number: int, **options: int) -> Path:
    """The same as a JSON Lines file."""
    with path.open("w", encoding="utf-8") as handle:
        for row in make_reports(number, **options):
            handle.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path
