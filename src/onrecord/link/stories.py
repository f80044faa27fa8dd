"""Reports about one matter: groups by tf-idf over the whole collection, the same whatever the order of adding.

Average linkage over the edges that an inverted index finds, heaviest first: two groups become one when the
mean cosine of their reports is high enough and their dates are near (a veto).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.link.words import WORD, stem, stop_words
from onrecord.model import Report, SectionKind, Story, make_id
from onrecord.resources import settings_file

Vector = dict[str, float]


@dataclass(slots=True)
class _Group:
    members: list[int]
    vector: Vector  # sum of the members' unit vectors
    first: int | None  # ordinal days
    last: int | None


def find_stories(reports: Sequence[Report]) -> tuple[Story, ...]:
    """Stories of all `reports`, each report in just one, by (first, id)."""
    ordered = sorted(reports, key=lambda r: r.id)
    vectors = _vectors(ordered)
    groups = _cluster(ordered, vectors)
    stories = [_story([ordered[k] for k in group], [vectors[k] for k in group]) for group in groups]
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


def _vectors(reports: Sequence[Report]) -> list[Vector]:
    """Unit tf-idf vectors, (1 + log tf) * log((N + B + 1) / (df + bB)), cut to the heaviest terms.

    B reports stand for the news at large, each term in a share b of them: so two reports that share their
    words are of one matter also where they are all there is.
    """
    settings = settings_file("thresholds.toml")["stories"]
    counts = [_counts(r) for r in reports]
    frequency = Counter(term for c in counts for term in c)
    most, background = int(settings["terms"]), float(settings["background"])
    total, floor = len(reports) + background + 1, background * float(settings["background_rate"])
    rarity = {term: math.log(total / (n + floor)) for term, n in frequency.items()}
    out = []
    for count in counts:
        weights = {t: (1 + math.log(n)) * rarity[t] for t, n in count.items()}
        heaviest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]
        norm = math.sqrt(math.fsum(w * w for _, w in heaviest)) or 1.0
        out.append({t: w / norm for t, w in heaviest})
    return out


def _cluster(reports: Sequence[Report], vectors: list[Vector]) -> list[list[int]]:
    settings = settings_file("thresholds.toml")["stories"]
    days = [_day(r) for r in reports]
    groups = {k: _Group([k], dict(v), days[k], days[k]) for k, v in enumerate(vectors)}
    home = list(range(len(reports)))
    for _, a, b in _edges(vectors, settings["edge"]):
        left, right = groups[home[a]], groups[home[b]]
        if left is right or not _near(left, right, settings["days"]):
            continue
        if _dot(left.vector, right.vector) / (len(left.members) * len(right.members)) < settings["join"]:
            continue
        del groups[home[b]]
        _merge(left, right)
        for k in right.members:
            home[k] = home[a]
    return [sorted(g.members) for _, g in sorted(groups.items())]


def _edges(vectors: list[Vector], least: float) -> list[tuple[float, int, int]]:
    """Pairs of reports with a cosine of at least `least`, heaviest first."""
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    edges = []
    for k, vector in enumerate(vectors):
        scores: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for other, theirs in holders[term]:
                scores[other] += weight * theirs
            holders[term].append((k, weight))
        edges += [(-round(score, 9), other, k) for other, score in scores.items() if score >= least]
    return sorted(edges)


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


def _dot(a: Vector, b: Vector) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return math.fsum(w * large[t] for t, w in small.items() if t in large)


def _day(report: Report) -> int | None:
    try:
        return date.fromisoformat((report.published or "")[:10]).toordinal()
    except ValueError:
        return None


def _story(reports: list[Report], vectors: list[Vector]) -> Story:
    """Titled by its most central report; the id hashes the reports, so the same group is the same story."""
    centre: Vector = defaultdict(float)
    for vector in vectors:
        for term, weight in vector.items():
            centre[term] += weight
    ranked = sorted(zip(reports, vectors, strict=True), key=lambda rv: (-round(_dot(rv[1], centre), 9), rv[0].id))
    dates = sorted(r.published for r in reports if r.published)
    ids = tuple(sorted(r.id for r in reports))
    title = next((r.title for r, _ in ranked if r.title), None) or ranked[0][0].text.strip().split("\n")[0][:120]
    return Story(make_id("st", *ids), title, ids, dates[0] if dates else None, dates[-1] if dates else None)
