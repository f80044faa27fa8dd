"""The steps of a fit, in order: numbers from articles, the same with parts held out, thresholds from those parts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from training.rules.corpus import Article
from training.rules.examples import find_examples
from training.rules.lexicon import open_lexicon, tried_by
from training.rules.measure import Figures, Found, figures, judged
from training.rules.overlay import data
from training.rules.settings import Settings
from training.rules.shares import fit
from training.rules.tables import CUES, Tables, filled, with_thresholds

SPEECH, OTHER = "keep-speech", "keep-other"  # names in attribution.toml

logger = logging.getLogger(__name__)

Thresholds = dict[str, float]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Articles, and tables whose numbers know nothing of them."""

    articles: tuple[Article, ...]
    tables: Tables


def fill(articles: Sequence[Article], tables: Tables, settings: Settings) -> Tables:
    """The tables with shares and weights from `articles`; each round tries the constructions that the last one left."""
    result = tables
    lexicon = open_lexicon(tables.rows, settings.tried_in)
    for _ in range(settings.rounds):
        with data({CUES: lexicon}):
            examples = list(find_examples(articles))
        result = filled(tables, fit(examples, settings), settings, tried_by(lexicon))
        lexicon = result.cues
    return result


def hold_out(articles: Sequence[Article], tables: Tables, settings: Settings) -> list[HeldOut]:
    """The corpus in parts, every so-manieth article in one, each with tables filled from the other parts."""
    parts = []
    for number in range(settings.folds):
        others = [article for k, article in enumerate(articles) if k % settings.folds != number]
        parts.append(HeldOut(tuple(articles[number :: settings.folds]), fill(others, tables, settings)))
    return parts


def measure_parts(parts: Sequence[HeldOut], thresholds: Thresholds) -> Figures:
    """The figures over all parts with other thresholds."""
    found: list[Found] = []
    for part in parts:
        with data(with_thresholds(part.tables, thresholds).files):
            for article in part.articles:
                found += judged(article)
    return figures(found, sum(len(article.marked) for part in parts for article in part.articles))


def choose_thresholds(parts: Sequence[HeldOut], settings: Settings) -> tuple[Thresholds, Figures]:
    """The thresholds for speech and for other attitudes, chosen in turn, and what they reach.

    Of those that cost no more than `settings.slack` points of F1 the highest is taken.
    """
    middle = settings.tried[len(settings.tried) // 2]
    chosen = {SPEECH: middle, OTHER: middle}
    reached = None
    for name in (OTHER, SPEECH):
        results: list[tuple[float, Figures]] = [
            (value, measure_parts(parts, {**chosen, name: value})) for value in settings.tried
        ]
        for value, result in results:
            logger.info("%s %.2f: %s", name, value, result)
        best = max(result.f1 for _, result in results)
        chosen[name], reached = max(
            (pair for pair in results if pair[1].f1 >= best - settings.slack), key=lambda pair: pair[0]
        )
    assert reached is not None
    return chosen, reached
