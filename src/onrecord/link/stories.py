"""Reports about one matter, grouped as they arrive: the same whatever the order of adding, without reading all again.

How rare a word is comes from a table of news at large, not from the collection, so the likeness of two reports is a
function of the two. Reports that share two of their heaviest terms are compared; those alike enough have an edge; what
hangs together by edges is grouped by average linkage, heaviest edge first: two groups become one when the mean
cosine of their reports is high enough and their dates are near (a veto).
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations

from onrecord.link.words import WORD, stem, stop_words
from onrecord.model import Report, SectionKind, Story, make_id
from onrecord.resources import lexicon, settings_file

Vector = dict[str, float]
Edge = tuple[str, str, float]  # ids of two reports, the lesser first, and how alike they are


@dataclass(frozen=True, slots=True)
class Gist:
    """What grouping looks at of a report."""

    report_id: str
    title: str
    published: str | None
    terms: Mapping[str, float]  # weights; together a unit vector

    @property
    def day(self) -> int | None:
        """The day of publication as an ordinal number."""
        try:
            return date.fromisoformat((self.published or "")[:10]).toordinal()
        except ValueError:
            return None

    def dump(self) -> str:
        """As one line, for a store to keep."""
        return json.dumps([self.report_id, self.title, self.published, self.terms], ensure_ascii=False)

    @classmethod
    def load(cls, line: str) -> Gist:
        """From such a line."""
        return cls(*json.loads(line))


@dataclass(slots=True)
class _Group:
    members: list[int]
    vector: Vector  # sum of the members' unit vectors
    first: int | None  # ordinal days
    last: int | None


def gist_of(report: Report) -> Gist:
    """The gist of a report: the heaviest terms of its words outside boilerplate."""
    settings = settings_file("thresholds.toml")["stories"]
    counts = _counts(report)
    weights = {term: (1 + math.log(n)) * _rarity(term) for term, n in counts.items()}
    heaviest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[: int(settings["terms"])]
    norm = math.sqrt(math.fsum(w * w for _, w in heaviest)) or 1.0
    title = report.title or report.text.strip().split("\n")[0][:120]
    return Gist(report.id, title, report.published, {term: round(w / norm, 5) for term, w in heaviest})


def story_keys(gist: Gist) -> frozenset[str]:
    """Block keys: pairs of the heaviest terms."""
    most = int(settings_file("thresholds.toml")["stories"]["key_terms"])
    heaviest = sorted(list(gist.terms)[:most])
    return frozenset(f"s:{one}:{other}" for one, other in combinations(heaviest, 2))


def edge_between(a: Gist, b: Gist) -> Edge | None:
    """The edge of two reports; None where they are too little alike or too far apart in time."""
    settings = settings_file("thresholds.toml")["stories"]
    if a.day is not None and b.day is not None and abs(a.day - b.day) > settings["days"]:
        return None
    score = round(_dot(a.terms, b.terms), 6)
    one, other = sorted((a.report_id, b.report_id))
    return (one, other, score) if score >= settings["edge"] else None


def is_near(a: Gist, b: Gist) -> bool:
    """Whether two reports are alike enough, and near enough in time, for what their sources say to be compared."""
    settings = settings_file("thresholds.toml")["stories"]
    if a.day is not None and b.day is not None and abs(a.day - b.day) > settings["compared_days"]:
        return False
    return _dot(a.terms, b.terms) >= float(settings["compared"])


def find_stories(reports: Iterable[Report]) -> tuple[Story, ...]:
    """Stories of all `reports`, each report in just one, by (first, id)."""
    gists = {report.id: gist_of(report) for report in reports}
    holders: dict[str, list[Gist]] = defaultdict(list)
    for gist in gists.values():
        for key in story_keys(gist):
            holders[key].append(gist)
    pairs = {(a.report_id, b.report_id) for held in holders.values() for a, b in combinations(held, 2)}
    edges = (edge_between(gists[a], gists[b]) for a, b in pairs)
    return group(gists.values(), [edge for edge in edges if edge])


def group(gists: Iterable[Gist], edges: Iterable[Edge]) -> tuple[Story, ...]:
    """The stories of reports that hang together by `edges` and of those that stand alone, by (first, id)."""
    ordered = sorted(gists, key=lambda gist: gist.report_id)
    stories = [_story([ordered[k] for k in members]) for members in _cluster(ordered, edges)]
    return tuple(sorted(stories, key=lambda s: (s.first or "9999", s.id)))


def _counts(report: Report) -> Counter[str]:
    skipped = [s.span for s in report.sections if s.kind is SectionKind.BOILERPLATE]
    text, kept, at = report.text, [], 0
    for span in skipped:
        kept.append(text[at : span.start])
        at = span.end
    kept.append(text[at:])
    if report.title and not text.startswith(report.title):
        kept.append(report.title)
    words = WORD.findall(" ".join(kept))
    return Counter(stem(w) for w in words if w.lower() not in stop_words() and len(w) > 1)


@cache
def _texts() -> dict[str, int]:
    """In how many texts of news at large each stem stands; most stems in none."""
    return {word: int(row["texts"]) for row in lexicon("word_counts.tsv") for word in row["stems"].split()}


def _rarity(term: str) -> float:
    """What a term weighs: log((N + 1) / (n + 1)), more for figures, which tell look-alike matters apart."""
    settings = settings_file("thresholds.toml")["stories"]
    rarity = math.log((settings["background"] + 1) / (_texts().get(term, 0) + 1))
    return rarity * float(settings["figures"]) if term[0].isdigit() else rarity


def _cluster(gists: Sequence[Gist], edges: Iterable[Edge]) -> list[list[int]]:
    settings = settings_file("thresholds.toml")["stories"]
    place = {gist.report_id: k for k, gist in enumerate(gists)}
    groups = {k: _Group([k], dict(g.terms), g.day, g.day) for k, g in enumerate(gists)}
    home = list(range(len(gists)))
    for a, b, _ in sorted(edges, key=lambda edge: (-edge[2], edge[0], edge[1])):
        left, right = groups[home[place[a]]], groups[home[place[b]]]
        if left is right or not _near(left, right, settings["days"]):
            continue
        if len(left.members) < len(right.members):  # the smaller goes into the larger: near-linear
            left, right = right, left
        if _dot(left.vector, right.vector) / (len(left.members) * len(right.members)) < settings["join"]:
            continue
        del groups[home[right.members[0]]]
        into = home[left.members[0]]
        for k in right.members:
            home[k] = into
        _merge(left, right)
    return sorted(sorted(one.members) for one in groups.values())


def _near(a: _Group, b: _Group, most: int) -> bool:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    return max(a.last, b.last) - min(a.first, b.first) <= most


def _merge(into: _Group, other: _Group) -> None:
    into.members += other.members
    for term, weight in other.vector.items():
        into.vector[term] = into.vector.get(term, 0.0) + weight
    into.first = min((d for d in (into.first, other.first) if d is not None), default=None)
    into.last = max((d for d in (into.last, other.last) if d is not None), default=None)


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return math.fsum(w * large[t] for t, w in small.items() if t in large)


def _story(gists: list[Gist]) -> Story:
    """Titled by its most central report; its id is that of the report that began it, so it stays while others join."""
    centre: Vector = defaultdict(float)
    for gist in gists:
        for term, weight in gist.terms.items():
            centre[term] += weight
    title = min(gists, key=lambda gist: (-round(_dot(gist.terms, centre), 6), gist.report_id)).title
    began = min(gists, key=lambda gist: (gist.published or "9999", gist.report_id))
    dates = sorted(gist.published for gist in gists if gist.published)
    ids = tuple(sorted(gist.report_id for gist in gists))
    story_id = make_id("st", began.report_id)
    return Story(story_id, title, ids, dates[0] if dates else None, dates[-1] if dates else None)
