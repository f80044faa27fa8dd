"""Reports about one matter, grouped as they arrive: the same whatever the order of adding, without reading all again.

How rare a word is comes from a table of news at large, not from the collection, so the likeness of two reports is a
function of the two. Reports that share two of their heaviest terms are compared; those alike enough have an edge; what
hangs together by edges is grouped by average linkage, heaviest edge first: two groups become one when the mean
cosine of their reports is high enough and their dates are near (a veto). What two look-alike matters have brought
together is parted again; see `parting`.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations

from onrecord.link.parting import Vector, cosine, part, total
from onrecord.link.words import WORD, stem, stop_words
from onrecord.model import Report, SectionKind, Story, make_id
from onrecord.resources import lexicon, settings_file

Edge = tuple[str, str, float]  # ids of two reports, the lesser first, and how alike they are

LONGEST = 120  # characters of a first line that stands for a title
CUT = "…"
ENDS = frozenset("\n.!?:|/")  # what a word stands after that begins a line or a sentence
BEFORE = frozenset(" \t\"'“‘(")  # what may stand between


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
    weights = {term: use.weight(term) for term, use in _uses(report).items()}
    heaviest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[: int(settings["terms"])]
    norm = math.sqrt(math.fsum(w * w for _, w in heaviest)) or 1.0
    title = report.title or _beginning(report.text)
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
    score = round(cosine(a.terms, b.terms), 6)
    one, other = sorted((a.report_id, b.report_id))
    return (one, other, score) if score >= settings["edge"] else None


def is_near(a: Gist, b: Gist) -> bool:
    """Whether two reports are alike enough, and near enough in time, for what their sources say to be compared."""
    settings = settings_file("thresholds.toml")["stories"]
    if a.day is not None and b.day is not None and abs(a.day - b.day) > settings["compared_days"]:
        return False
    return cosine(a.terms, b.terms) >= float(settings["compared"])


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
    ordered, drawn = sorted(gists, key=lambda gist: gist.report_id), list(edges)
    texts = _texts_of(drawn)
    groups = ([ordered[k] for k in members] for members in _cluster(ordered, drawn))
    stories = [_story(some) for gists in groups for some in _parts(gists, texts)]
    return tuple(sorted(stories, key=lambda s: (s.first or "9999", s.id)))


@dataclass(slots=True)
class _Use:
    """How a report uses a word."""

    times: int = 0
    leads: bool = False  # it stands in the title or the lead
    capital: bool = False  # it has a capital within a sentence
    small: bool = False

    def weight(self, term: str) -> float:
        """More for the lead, for names and for figures, which tell look-alike matters apart."""
        settings = settings_file("thresholds.toml")["stories"]
        weight = (1 + math.log(self.times)) * _rarity(term)
        if term[0].isdigit():
            weight *= settings["figures"]
        elif self.capital and not self.small:
            weight *= settings["names"]
        return weight * float(settings["lead"]) if self.leads else weight


def _uses(report: Report) -> dict[str, _Use]:
    most = settings_file("thresholds.toml")["stories"]["lead_words"]
    text, found = _told(report), dict[str, _Use]()
    for number, match in enumerate(WORD.finditer(text)):
        word = match.group()
        if len(word) < 2 or word.lower() in stop_words():
            continue
        use = found.setdefault(stem(word), _Use())
        use.times += 1
        use.leads |= number < most
        use.capital |= word[0].isupper() and not _begins(text, match.start())
        use.small |= word[0].islower()
    return found


def _told(report: Report) -> str:
    """The title and the text outside boilerplate."""
    text, kept, at = report.text, [], 0
    for section in report.sections:
        if section.kind is SectionKind.BOILERPLATE:
            kept.append(text[at : section.span.start])
            at = section.span.end
    kept.append(text[at:])
    if report.title and not text.startswith(report.title):
        kept.insert(0, report.title + "\n")
    return " ".join(kept)


def _beginning(text: str) -> str:
    """The first line, for a report without a title, cut between words.

    >>> _beginning("Two boats sank." + " They were old." * 9)[-14:]
    'They were old…'
    """
    line = text.strip().partition("\n")[0]
    return line if len(line) <= LONGEST else line[:LONGEST].rpartition(" ")[0].rstrip(".,;:") + CUT


def _begins(text: str, at: int) -> bool:
    """Whether a word that starts here begins a line or a sentence."""
    while at and text[at - 1] in BEFORE:
        at -= 1
    return not at or text[at - 1] in ENDS


@cache
def _texts() -> dict[str, int]:
    """In how many texts of news at large each stem stands; most stems in none."""
    return {word: int(row["texts"]) for row in lexicon("word_counts.tsv") for word in row["stems"].split()}


def _rarity(term: str) -> float:
    """What a term weighs: log((N + 1) / (n + 1))."""
    background = settings_file("thresholds.toml")["stories"]["background"]
    return math.log((background + 1) / (_texts().get(term, 0) + 1))


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
        if cosine(left.vector, right.vector) / (len(left.members) * len(right.members)) < settings["join"]:
            continue
        del groups[home[right.members[0]]]
        into = home[left.members[0]]
        for k in right.members:
            home[k] = into
        _merge(left, right)
    return sorted(sorted(one.members) for one in groups.values())


def _texts_of(edges: Iterable[Edge]) -> dict[str, str]:
    """Reports that print one text with others -> one of them, which stands for all."""
    least = settings_file("thresholds.toml")["stories"]["same_text"]
    over: dict[str, str] = {}

    def top(report_id: str) -> str:
        while (above := over.get(report_id, report_id)) != report_id:
            over[report_id] = over.get(above, above)
            report_id = above
        return report_id

    for one, other, score in edges:
        if score >= least and (first := top(one)) != (second := top(other)):
            over[max(first, second)] = min(first, second)
    return {report_id: top(report_id) for report_id in over}


def _parts(gists: Sequence[Gist], texts: Mapping[str, str]) -> Iterator[list[Gist]]:
    """What a group falls into; of reports that print one text, the first two are looked at."""
    held: dict[str, list[Gist]] = {}
    for gist in gists:
        held.setdefault(texts.get(gist.report_id, gist.report_id), []).append(gist)
    printed = list(held.values())
    looked = [(k, gist.terms) for k, prints in enumerate(printed) for gist in prints[:2]]
    for members in part([terms for _, terms in looked], [k for k, _ in looked]):
        yield [gist for k in sorted({looked[m][0] for m in members}) for gist in printed[k]]


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


def _story(gists: list[Gist]) -> Story:
    """Titled by its most central report; its id is that of the report that began it, so it stays while others join."""
    centre = total(gist.terms for gist in gists)
    title = min(gists, key=lambda g: (g.title.endswith(CUT), -round(cosine(g.terms, centre), 6), g.report_id)).title
    began = min(gists, key=lambda gist: (gist.published or "9999", gist.report_id))
    dates = sorted(gist.published for gist in gists if gist.published)
    ids = tuple(sorted(gist.report_id for gist in gists))
    story_id = make_id("st", began.report_id)
    return Story(story_id, title, ids, dates[0] if dates else None, dates[-1] if dates else None)
