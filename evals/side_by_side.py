"""onrecord's engines, textacy and a bare spaCy parse over the same texts, in one run: speed, memory, attribution F1."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evals import finding, pace
from evals.gold import DEV, SCORER, Article, load_scorer, official, read_articles
from evals.pace import Pace
from evals.shared import ROOT
from evals.spans import Spans
from onrecord.registry import ENGINES
from onrecord.resources import read_text

PEERS = {"textacy": "textacy, by paragraph", "spacy": "a bare spaCy parse (small model)"}
PEER_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
LEAST_WORDS = 20_000  # of the sample story, repeated, where there is no gold


@dataclass(frozen=True, slots=True)
class Row:
    """One tool."""

    name: str
    pace: Pace | None = None
    f1: float | None = None  # attribution F1 in %; None where there is no gold, or nothing is attributed
    missing: str = ""  # why it was not measured


@dataclass(frozen=True, slots=True)
class Texts:
    """What all are measured on; with gold where there is some."""

    articles: tuple[Article, ...]
    about: str
    shared: Path | None


def choose_texts(shared: Path, limit: int | None = None) -> Texts:
    """The articles of dev, or, without them, the sample story as often as it takes."""
    try:
        articles = read_articles(shared / DEV, load_scorer(shared / SCORER), limit)
    except FileNotFoundError:
        return Texts(sample(limit), "The sample story, repeated: no gold data in ../shared, so no F1", None)
    return Texts(articles, f"{len(articles)} articles of PolNeAR dev", shared)


def sample(limit: int | None = None) -> tuple[Article, ...]:
    """The reports of the sample story, once with a limit, else until they have LEAST_WORDS words."""
    texts = [json.loads(line)["text"] for line in read_text("sample/reports.jsonl").splitlines()]
    times = 1 if limit else -(-LEAST_WORDS // sum(len(text.split()) for text in texts))
    return tuple(Article(f"sample-{k}", text, (), {}) for k, text in enumerate((texts * times)[:limit]))


def measure(texts: Texts) -> Iterator[Row]:
    """A row for each tool, onrecord's engines first."""
    plain = [article.text for article in texts.articles]
    for engine in ENGINES:
        work = partial(pace.measure, engine, "attribution", plain)
        yield _row(f"onrecord, {engine}", finding.why_missing(engine), texts, work)
    missing = make_environment()
    for peer, name in PEERS.items():
        yield _row(name, missing, texts, partial(pace.apart, PEER_PYTHON, "evals.peers", peer, texts=plain))


def make_environment() -> str:
    """Brings the peers' environment up to date; why that failed, or nothing."""
    try:
        done = subprocess.run([str(ROOT / "tools" / "env.sh"), "peers"], capture_output=True, text=True, check=False)
    except OSError as error:
        return f"tools/env.sh peers: {error.strerror}"
    said = done.stderr.strip().splitlines() or ["tools/env.sh peers failed"]
    return said[-1].removeprefix("onrecord: ") if done.returncode else ""


def _row(name: str, missing: str, texts: Texts, work: Callable[[], Pace]) -> Row:
    if missing:
        return Row(name, missing=missing)
    try:
        taken = work()
    except RuntimeError as error:
        return Row(name, missing=str(error))
    return Row(name, taken, _f1(texts, taken))


def _f1(texts: Texts, taken: Pace) -> float | None:
    if texts.shared is None or not any(taken.found):
        return None
    found = {one.name: list(map(Spans.of, rows)) for one, rows in zip(texts.articles, taken.found, strict=True)}
    scores = official(load_scorer(texts.shared / SCORER), texts.articles, found)
    return float(scores["attribution"]["f1"])


def render(texts: Texts, rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    words = sum(len(article.text.split()) for article in texts.articles)
    how = "one process each with one thread, its start apart"
    lines = [
        "## Attribution side by side",
        "",
        f"{texts.about}, {words:,} words; {how}. onrecord: the steps that find attributions, not resolving and filing.",
        "",
        "| | words a CPU second | peak memory, MB | attribution F1 |",
        "|---|---|---|---|",
    ]
    for row in rows:
        if row.pace is None:
            lines.append(f"| {row.name} | not measured: {row.missing} | | |")
        else:
            f1 = "" if row.f1 is None else f"{row.f1:.1f}"
            lines.append(f"| {row.name} | {row.pace.words_per_s:,.0f} | {row.pace.peak:,.0f} | {f1} |")
    return "\n".join((*lines, ""))
