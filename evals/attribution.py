"""Attribution against gold: `python evals/attribution.py --engine accurate [--gold DIR] [--limit N] [--json OUT]`.

How much is found and how exactly, where it is missed, whether quotations get the right speaker, what a confidence is
worth, and how fast and how small it runs. Needs the gold data and its scorer in ../shared or ONRECORD_SHARED.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals import finding, pace, score_card
from evals.calibration import Judged, calibration_error, equal_mass, equal_width
from evals.diagram import write_diagram
from evals.exact import Exact
from evals.finding import Found
from evals.gold import DEV, SCORER, Article, load_scorer, official, read_articles
from evals.shared import ROOT, shared_folder
from evals.slices import COMMON, Recall
from evals.spans import Viewer, attribution_alike, match
from evals.speakers import Speakers
from evals.texts import make_text
from onrecord.registry import ENGINES

LONG = 20_000  # words of the text that is taken once and four times
MARKS = 25_000  # quotation marks, likewise, after the one word without which no text is read


class Tally:
    """Every measure of quality but the official ones, over articles."""

    def __init__(self) -> None:
        self.right = 0
        self.recall = Recall()
        self.exact = Exact()
        self.speakers = {"direct": Speakers(), "plain direct": Speakers()}
        self.attributions: list[Judged] = []
        self.statements: list[Judged] = []

    def add(self, article: Article, found: Sequence[Found]) -> None:
        """One article and what was found in it."""
        viewer = Viewer(article.text)
        gold = [viewer.view(spans) for spans in article.gold]
        views = [viewer.view(one.spans) for one in found]
        pairs = match(gold, views, attribution_alike)
        self.right += len(pairs)
        self.recall.add(viewer, gold, pairs)
        self.exact.add(article.text, article.gold, (one.spans for one in found if not one.nested))
        direct = [(one, view) for one, view in zip(found, views, strict=True) if one.form == "direct"]
        self.speakers["direct"].add(gold, [view for _, view in direct])
        self.speakers["plain direct"].add(gold, [view for one, view in direct if one.plain])
        good = {number for _, number in pairs}
        self.attributions += [(one.attribution_confidence, k in good) for k, one in enumerate(found)]
        self.statements += [(one.confidence, k in good) for k, one in enumerate(found)]

    def figures(self) -> dict[str, float]:
        """By the names that bars.toml holds them to."""
        out = {f"exact spans of the {role}, F1": value for role, value in self.exact.figures().items()}
        slices = self.recall.figures()
        out["recall on common speech verbs"] = slices.get(COMMON, {"recall": 0.0})["recall"]
        for name, speakers in self.speakers.items():
            told = speakers.figures()
            out[f"{name} quotations: found with a speaker"] = told["covered"]
            out[f"{name} quotations: the right one of these"] = told["right"]
            out[f"{name} quotations: and in half of its words"] = told["same"]
        for name, judged in (("attributions", self.attributions), ("statements", self.statements)):
            out[f"calibration error of {name}, 0 to 1"] = calibration_error(equal_width(judged))
            out[f"calibration error of {name}, bins of equal size"] = calibration_error(equal_mass(judged))
        return out

    def reliability(self) -> dict[str, list[dict[str, float]]]:
        """The bins, of equal width, of both confidences."""
        both = {"attributions": self.attributions, "statements": self.statements}
        return {name: [asdict(one) for one in equal_width(judged)] for name, judged in both.items()}


def measure_quality(engine: str, articles: Sequence[Article], scorer: Any) -> dict[str, Any]:
    """Figures by name, slices and reliability of an engine on the articles."""
    tally = Tally()
    found = {}
    for article in articles:
        statements = finding.find(engine, article.text, article.facts)
        tally.add(article, statements)
        found[article.name] = [one.spans for one in statements]
    scores = official(scorer, articles, found)
    if scores["attribution"]["tp"] != tally.right:  # slices and calibration would be of something else
        raise RuntimeError(f"the scorer counts {scores['attribution']['tp']} right, the slices {tally.right}")
    return {
        "figures": headline(scores) | tally.figures(),
        "slices": tally.recall.figures(),
        "reliability": tally.reliability(),
        "gold": scores["attribution"]["gold"],
        "found": scores["attribution"]["pred"],
    }


def headline(scores: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The official figures by the names that bars.toml holds them to."""
    whole = scores["attribution"]
    out = {"attribution F1": whole["f1"], "attribution precision": whole["p"], "attribution recall": whole["r"]}
    return out | {f"{kind} F1": scores[kind]["f1"] for kind in ("direct", "indirect", "mixed")}


def measure_pace(engine: str, texts: Sequence[str], long: int = LONG, marks: int = MARKS) -> dict[str, float]:
    """Speed, memory and growth of an engine, each in a process of its own."""
    text = make_text(random.Random(1), long)
    alone, everything = (pace.measure(engine, part, texts) for part in ("attribution", "all"))
    return {
        "words a CPU second, attribution alone": alone.words_per_s,
        "words a CPU second, all steps": everything.words_per_s,
        "peak memory, attribution alone, MB": alone.peak,
        "peak memory, all steps, MB": everything.peak,
        "times as long, for 4 times the text": pace.growth(engine, text, "\n".join([text] * 4)),
        "times as long, for 4 times the quotation marks": pace.growth(
            engine, "So " + '"' * marks, "So " + '"' * 4 * marks
        ),
    }


def measure(engine: str, folder: Path, shared: Path, limit: int | None = None) -> dict[str, Any]:
    """All of it; with a limit on fewer articles, and growth on shorter texts."""
    missing = finding.why_missing(engine)
    if missing:
        return {"engine": engine, "not available": missing}
    try:
        scorer = load_scorer(shared / SCORER)
        articles = read_articles(folder, scorer, limit)
    except FileNotFoundError as error:
        lacking = Path(error.filename or str(error)).name
        return {"engine": engine, "not available": f"no gold data in ../shared: {lacking} is not there"}
    told = measure_quality(engine, articles, scorer)
    size = (LONG, MARKS) if limit is None else (LONG // 40, MARKS // 40)
    told["figures"] |= measure_pace(engine, [article.text for article in articles], *size)
    words = sum(len(article.text.split()) for article in articles)
    return {"engine": engine, "reports": len(articles), "words": words} | told


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=ENGINES, default="accurate")
    parser.add_argument("--gold", type=Path, help="folder with text/ and attributions/ (default: dev of the gold data)")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures here, print no card")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N articles; no diagram is written")
    args = parser.parse_args()
    shared = shared_folder()
    told = measure(args.engine, args.gold or shared / DEV, shared, args.limit)
    if args.json:
        args.json.write_text(json.dumps(told, indent=1), "utf-8")
        return 0
    print(score_card.render({"attribution": {args.engine: told}}))
    if "figures" in told and not args.limit and not args.gold:
        print(f"written to {write_diagram(told).relative_to(ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
