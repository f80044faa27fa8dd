"""Articles with gold attributions in PolNeAR's form, and the official scorer that reads and scores them."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from evals.spans import ROLES, Spans

SCORER = Path("bench", "score_attribution.py")  # in the folder of the gold data
DEV = Path("data", "polnear", "dev")


@dataclass(frozen=True, slots=True)
class Article:
    """One article, what is known of it, and its attributions by its first annotator."""

    name: str
    text: str
    gold: tuple[Spans, ...]
    facts: Mapping[str, str]  # published, outlet, title, where they are known


@cache
def load_scorer(path: Path) -> ModuleType:
    """The scorer's script as a module; FileNotFoundError where there is none."""
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def read_articles(folder: Path, scorer: ModuleType, limit: int | None = None) -> tuple[Article, ...]:
    """The articles of `folder` (text/ and attributions/) by name, at most `limit` of them."""
    gold = scorer.load_gold(str(folder / "text"), str(folder / "attributions"))
    about = _facts(folder)
    return tuple(
        Article(name, text, tuple(map(Spans.of, annotations[min(annotations)][0])), about.get(name, {}))
        for name, (text, annotations) in list(gold.items())[:limit]
    )


def _facts(folder: Path) -> dict[str, Mapping[str, str]]:
    """Article -> what metadata.tsv, in the folder or above it, knows of it."""
    columns = {"published": "publication_date", "outlet": "publisher", "title": "title"}
    for place in (folder, folder.parent):
        if (place / "metadata.tsv").exists():
            with (place / "metadata.tsv").open(encoding="utf-8", newline="") as handle:
                rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
            return {row["filename"]: {name: row[column] for name, column in columns.items()} for row in rows}
    return {}


def official(scorer: ModuleType, articles: Iterable[Article], found: Mapping[str, Iterable[Spans]]) -> dict[str, Any]:
    """Precision, recall and F1 by the official scorer, by the name of its measure."""
    gold: dict[str, Any] = {one.name: (one.text, {"": ([rows(item) for item in one.gold], [])}) for one in articles}
    return dict(scorer.score(gold, {name: [rows(item) for item in items] for name, items in found.items()}))


def rows(item: Spans) -> dict[str, list[list[int]]]:
    """An attribution as the scorer takes it."""
    return {role: [list(pair) for pair in item.of_role(role)] for role in ROLES}
