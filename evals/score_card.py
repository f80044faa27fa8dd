"""The score card: every figure with its bar, as Markdown."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TUNED = (
    "The rules were mended on what they got wrong in the stories and benchmarks below, so unseen text is read less "
    "well; what they made of three stories before that stands in `evals/stories/README.md`."
)
CRITERION = (
    "One is right where content and source share at least half of their words with one in the gold. Confidences are "
    "held against that; exact spans are those of one label a word, outermost attributions alone."
)
RELATIONS = (
    "Pairs and chains of short reports made for it (`evals/relations`): the share of expectations that the record "
    "fulfils. More than half of them are that nothing be drawn."
)
SETS = {
    "items": "Sixty items that the rules were tuned on",
    "unseen": "Twelve items in the prose of wires, mended on in general since they were first scored",
    "held_out": "Twenty items that no rule was mended on",
}
WEB = (
    "Over 1,000 reports that a grammar made (`evals/web.py`), then with all of them in one story. CPU time of the "
    "server with the client that asks it, warm unless it says otherwise. The API is asked over the sample story."
)
LISTS = (
    "A database of {:,} made reports (`evals/growth.py`): CPU time of each list of 50, and of a claim checked against "
    "all of them, in milliseconds, 95th percentile of {} calls in one process."
)
ONE_MORE = (
    "Adding one report of eight sentences by a call of its own, engine `fast`, in milliseconds of CPU, mean of sixty. "
    "Small and large turn by turn."
)
BARS = Path(__file__).with_name("bars.toml")
SPEED_WORDS = {
    "import_s": "`import onrecord`, seconds above a bare interpreter",
    "help_s": "`onrecord --help`, seconds",
    "cold_800_words_s": "one report of 800 words, cold start to record, seconds",
    "reports": "reports added in one call",
    "reports_per_s": "reports a second, two processes",
    "words_per_cpu_s": "words a CPU second, all steps, filing and linking",
    "peak_mb": "peak memory of the largest process, MB",
    "wall_s": "the call, seconds",
}


def read_bars() -> dict[str, Any]:
    """What each figure is held to."""
    return tomllib.loads(BARS.read_text("utf-8"))


def render(results: Mapping[str, Any]) -> str:
    """The card for the parts that were measured."""
    bars = read_bars()
    lines = [
        "# Scores",
        "",
        "What `make eval` measured last; percentages unless the name says otherwise.",
        "",
        TUNED,
        "",
    ]
    for story, figures in results.get("acceptance", {}).items():
        lines += [f"## Acceptance story {story}", "", *_table(figures, bars["acceptance"].get(story, {})), ""]
    if "attribution" in results:
        lines += ["## Attribution", "", *_attribution(results["attribution"], bars["attribution"])]
    for task, sets in sorted(results.get("bench", {}).items()):
        lines += [f"## Benchmark {task}", "", *_bench(sets, bars["bench"]), ""]
    if "relations" in results:
        lines += ["## Relations across reports", "", RELATIONS, ""]
        for name, figures in results["relations"].items():
            lines += [f"### {SETS[name]}", "", *_table(figures, bars["relations"].get(name, {})), ""]
    if "speed" in results:
        named = {SPEED_WORDS[k]: v for k, v in results["speed"].items()}
        speed_bars = {SPEED_WORDS[k]: v for k, v in bars["speed"].items()}
        lines += ["## Speed and memory", "", f"On {os.cpu_count()} cores, whole processes.", ""]
        lines += [*_table(named, speed_bars), ""]
    if "growth" in results:
        lines += ["## A large record", "", *growth(results["growth"], bars["growth"]), ""]
    if "web" in results:
        lines += ["## The reading room", "", WEB, "", *_table(results["web"], bars["web"]), ""]
    return "\n".join(lines)


def growth(told: Mapping[str, Any], bars: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """What lists of a large record cost, and what a claim checked against it and one more report do."""
    if "lists" in told:
        yield from (LISTS.format(told["reports"], told["rounds"]), "")
        yield from _table(told["lists"], {name: bars["check" if "check" in name else "list"] for name in told["lists"]})
        yield ""
    if "one more" in told:
        yield from (ONE_MORE, "")
        yield from _table(told["one more"], bars)


def _table(figures: Mapping[str, float], bars: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield from ("| what | measured | bar | |", "|---|---|---|---|")
    for name, value in figures.items():
        bar = bars.get(name, {})
        words = " ".join(f"{'≥' if side == 'least' else '≤'} {number}" for side, number in bar.items())
        yield f"| {name} | {_number(value)} | {words} | {_verdict(value, bar)} |"


def _attribution(engines: Mapping[str, Any], bars: Mapping[str, Any]) -> Iterator[str]:
    measured = {engine: told for engine, told in engines.items() if "figures" in told}
    for told in list(measured.values())[:1]:
        yield f"{told['reports']} reports, {told['words']:,} words, {told['gold']:,} attributions in the gold."
        yield from (CRITERION, "")
    for engine, told in engines.items():
        yield from (f"### Engine {engine}", "")
        if engine not in measured:
            yield from (f"not measured: {told['not available']}", "")
            continue
        yield from (*_table(told["figures"], bars.get(engine, {})), "")
        yield from ("| confidence | right, 0 to 1 | attributions |", "|---|---|---|")
        for row in told["reliability"]["attributions"]:
            yield f"| {row['confidence']:.2f} | {row['right']:.2f} | {row['n']:,} |"
        yield ""
        yield from (f"![How sure and how often right](images/reliability-{engine}.svg)", "")
    if measured:
        yield from ("### Recall by kind of attribution", "", *_slices(measured), "")


def _slices(measured: Mapping[str, Any]) -> Iterator[str]:
    yield f"| of the gold | n | {' | '.join(measured)} |"
    yield "|---|---|" + "---|" * len(measured)
    slices = next(iter(measured.values()))["slices"]
    for name, row in slices.items():
        cells = (_number(told["slices"][name]["recall"]) for told in measured.values())
        yield f"| {name} | {row['n']:,} | {' | '.join(cells)} |"


def _verdict(value: float, bar: Mapping[str, float]) -> str:
    if not bar:
        return ""
    return "met" if bar.get("least", value) <= value <= bar.get("most", value) else "**missed**"


def _bench(sets: Mapping[str, Any], bars: Mapping[str, Any]) -> Iterator[str]:
    for name, result in sets.items():
        size = f"{result.get('n', 0)} gold, {result.get('reports', 0)} reports"
        yield f"**{name}** ({size}, {result['seconds']} s, {result['peak_mb']} MB)"
        yield ""
        if "not available" in result:
            yield f"not available: {result['not available']}"
        else:
            held = bars.get(name, {})
            yield " · ".join(f"{k} {_number(v)}" for k, v in result["figures"].items() if v is not None)
            if held:
                yield ""
                yield from _table({k: v for k, v in result["figures"].items() if k in held}, held)
            if result.get("problems"):
                yield f"\nproblems: {result['problems']}"
        yield ""


def _number(value: float) -> str:
    return f"{value:,.3g}" if 0 < abs(value) < 1 else f"{value:,.1f}".removesuffix(".0")
