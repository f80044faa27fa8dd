"""Wire copy and partial reuse: which stretches of narration two reports share, quotations kept apart.

Reuse is measured with shingles, five words in a row (Broder 1997); a sample of their hashes, those that
are 0 modulo a power of two, are block keys, so that two reports that share a stretch meet without comparing
all with all (Manber 1994).
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.model import Copy, Report, SectionKind, Span, make_id
from onrecord.resources import settings_file

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingles of a report: hash -> index of its first word, for narration and for quoted words."""

    words: tuple[Span, ...]
    narration: dict[int, int]
    quoted: dict[int, int]
    sequence: tuple[int, ...]  # hash of the shingle that starts at each word


def shingles_of(report: Report) -> Shingles:
    """The shingles of a report's words outside boilerplate; needs its quotation layer."""
    size = int(settings_file("thresholds.toml")["copies"]["shingle"])
    spans = _words(report)
    folded = [span.of(report.text).lower().encode() for span in spans]
    sequence = tuple(zlib.crc32(b" ".join(folded[k : k + size])) for k in range(len(folded) - size + 1))
    in_quotes = _quoted(report, spans)
    narration: dict[int, int] = {}
    quoted: dict[int, int] = {}
    for k, value in enumerate(sequence):
        inside = sum(in_quotes[k : k + size])
        if inside in (0, size):  # a shingle across a quotation mark is neither
            (quoted if inside else narration).setdefault(value, k)
    return Shingles(spans, narration, quoted, sequence)


def narration_keys(shingles: Shingles) -> frozenset[str]:
    """Block keys of narration: two reports that share too few of them share too little."""
    sample = settings_file("thresholds.toml")["copies"]["sample"]
    return frozenset(f"c:{value:08x}" for value in shingles.narration if value % sample == 0)


def quotation_keys(shingles: Shingles) -> frozenset[str]:
    """Block keys of quoted words: one shared quotation is enough."""
    sample = settings_file("thresholds.toml")["copies"]["sample_quoted"]
    return frozenset(f"u:{value:08x}" for value in shingles.quoted if value % sample == 0)


def compare(a: tuple[Report, Shingles], b: tuple[Report, Shingles]) -> Copy | None:
    """The copy line of two reports, from the earlier to the later; None where they share too little."""
    settings = settings_file("thresholds.toml")["copies"]
    (source, ours), (target, theirs) = sorted((a, b), key=lambda pair: _order(pair[0]))
    shorter = min(len(ours.narration), len(theirs.narration))
    shared = len(ours.narration.keys() & theirs.narration.keys())
    share = shared / shorter if shorter else 0.0
    quotes = len(ours.quoted.keys() & theirs.quoted.keys())
    if share < settings["line_share"] and quotes < settings["quote_shingles"]:
        return None
    share = round(share, 4) if share >= settings["line_share"] else 0.0
    spans = _aligned(ours, theirs, int(settings["shortest_run"]))
    return Copy(make_id("y", source.id, target.id), source.id, target.id, share, spans)


def _order(report: Report) -> tuple[str, str, str]:
    return (report.published or "9999", report.retrieved or "9999", report.id)


def _words(report: Report) -> tuple[Span, ...]:
    skipped = [s.span for s in report.sections if s.kind is SectionKind.BOILERPLATE]
    found = (Span(*m.span()) for m in WORD.finditer(report.text))
    return tuple(_without(found, skipped))


def _without(spans: Iterable[Span], skipped: Sequence[Span]) -> Iterator[Span]:
    """`spans` that overlap none of `skipped`; both in order."""
    at = 0
    for span in spans:
        while at < len(skipped) and skipped[at].end <= span.start:
            at += 1
        if at == len(skipped) or not skipped[at].overlaps(span):
            yield span


def _quoted(report: Report, words: tuple[Span, ...]) -> list[bool]:
    """For each word whether it lies in an outermost quotation."""
    outer = [q.span for q in report.quotations if q.depth == 0]
    flags, at = [], 0
    for word in words:
        while at < len(outer) and outer[at].end <= word.start:
            at += 1
        flags.append(at < len(outer) and outer[at].overlaps(word))
    return flags


def _aligned(a: Shingles, b: Shingles, shortest: int) -> tuple[tuple[Span, Span], ...]:
    """Maximal runs of equal words, in order of `a`: greedy, each word of `a` in one run at most."""
    if a.sequence == b.sequence:
        return ((_stretch(a, 0, len(a.words)), _stretch(b, 0, len(b.words))),)
    where: dict[int, list[int]] = defaultdict(list)
    for k, value in enumerate(b.sequence):
        where[value].append(k)
    runs, k = [], 0
    while k < len(a.sequence):
        length, start = max(
            ((_run(a, b, k, other), -other) for other in where.get(a.sequence[k], ())[:8]), default=(0, 0)
        )
        words = length + len(a.words) - len(a.sequence)
        if length and words >= shortest:
            runs.append((_stretch(a, k, words), _stretch(b, -start, words)))
        k += max(1, length)
    return tuple(runs)


def _run(a: Shingles, b: Shingles, i: int, j: int) -> int:
    """How many shingles in a row agree from word `i` of `a` and word `j` of `b`."""
    n = 0
    while i + n < len(a.sequence) and j + n < len(b.sequence) and a.sequence[i + n] == b.sequence[j + n]:
        n += 1
    return n


def _stretch(shingles: Shingles, first: int, words: int) -> Span:
    return Span(shingles.words[first].start, shingles.words[first + words - 1].end)
