"""Fits the numbers of the attribution rules on articles in which people marked who says what.

    python -m training.rules.fit --corpus POLNEAR/train

writes the shares of cues.tsv and the weights and thresholds of attribution.toml; what was made by hand stays.
`--check` writes nothing and says how far the shipped numbers are from those of the fit.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from training.rules.compare import differences
from training.rules.corpus import read_articles
from training.rules.measure import measure
from training.rules.overlay import data
from training.rules.settings import FILE, read_settings
from training.rules.steps import choose_thresholds, fill, hold_out
from training.rules.tables import SHIPPED, TRIED, read_tables, with_thresholds, write_tables


def main(arguments: list[str] | None = None) -> int:
    """Command line; 1 where --check finds a difference."""
    options = read_options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    settings = read_settings(options.settings)
    shipped = read_tables(options.data, options.tried)
    articles = read_articles(options.corpus)
    marked = sum(len(article.marked) for article in articles)
    print(f"{len(articles)} articles, {marked} attributions")
    fitted = fill(articles, shipped, settings)
    if not options.keep_thresholds:
        thresholds, figures = choose_thresholds(hold_out(articles, shipped, settings), settings)
        fitted = with_thresholds(fitted, thresholds)
        print(f"held-out parts: {figures}")
    found = list(differences(shipped, fitted))
    print(*found, sep="\n")
    if options.measure:
        others = read_articles(options.measure)
        for name, tables in (("shipped", shipped), ("fitted", fitted)):
            with data(tables.files):
                print(f"{name}: {measure(others)}")
    if options.check:
        return 0 if all(item.is_same for item in found) else 1
    write_tables(fitted, shipped, options.data, options.tried)
    return 0


def read_options(arguments: list[str] | None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    place = os.environ.get("POLNEAR")
    parser.add_argument(
        "--corpus", type=Path, default=place, required=not place, help="folder with text/ and attributions/; $POLNEAR"
    )
    parser.add_argument("--check", action="store_true", help="compare only; exit status 1 where numbers differ")
    parser.add_argument("--measure", type=Path, help="articles to measure old and new numbers on, such as POLNEAR/dev")
    parser.add_argument("--keep-thresholds", action="store_true", help="leave the thresholds: a quarter of the time")
    parser.add_argument("--settings", type=Path, default=FILE)
    parser.add_argument("--data", type=Path, default=SHIPPED, help="folder with cues.tsv and attribution.toml")
    parser.add_argument("--tried", type=Path, default=TRIED, help="cues without shares")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
