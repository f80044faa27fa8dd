"""Wire copy and partial reuse: which stretches of narration two reports share, quotations kept apart.

Reuse is measured with shingles, five words in a row (Broder 1997). The least shingle of every window of some
is a block key (winnowing: Schleimer, Wilkerson and Aiken 2003), so two reports that share a stretch longer than
a window meet for sure, without comparing all with all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.model import Copy, Report, SectionKind, Span, digest, make_id
from onrecord.resources import settings_file

Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

WORD = re.compile(r"\w+")
MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))  # odd, of many ones: spread neighbours
MEETINGS = 8  # places of one shingle that are looked at


@dataclass(frozen=True, slots=True, eq=False)
class Shingles:
    """The words of a report outside boilerplate, and the hash of the shingle that starts at each."""

    starts: Ints  # of the words, code points
    ends: Ints
    words: Hashes
    quoted: Flags  # whether a word lies in an outermost quotation
    sequence: Hashes
    inside: Flags  # shingles wholly within quotations
    across: Flags  # over a quotation mark
    sentences: Ints  # the number of the sentence of each word; -1 in none


@dataclass(frozen=True, slots=True)
class Reuse:
    """What one report has of another, in words."""

    words: int  # outside quotations
    copied: int  # of them, in runs and in sentences lightly rewritten
    quoted: int  # shared inside quotation marks
    all: int
    rewritten: tuple[tuple[int, int], ...] = ()  # numbers of sentences, here and there

    @property
    def share(self) -> float:
        """How much of the narration is copied, 0..1."""
        return self.copied / self.words if self.words else 0.0


def shingles_of(report: Report) -> Shingles:
    """The shingles of a report; needs its sentence and quotation layers."""
    size = int(settings_file("thresholds.toml")["copies"]["shingle"])
    found = list(WORD.finditer(report.text))
    starts, ends = (np.fromiter((at(m) for m in found), np.int64, len(found)) for at in (re.Match.start, re.Match.end))
    words = np.fromiter((_hash(m.group().lower()) for m in found), np.uint64, len(found))
    kept = ~_covered(starts, ends, [s.span for s in report.sections if s.kind is SectionKind.BOILERPLATE])
    starts, ends, words = starts[kept], ends[kept], words[kept]
    number = max(0, len(starts) - size + 1)
    sequence = np.zeros(number, np.uint64)
    for k in range(size):
        sequence = (sequence ^ (sequence >> np.uint64(29))) * MIX[0] + words[k : k + number]
    sequence = (sequence ^ (sequence >> np.uint64(32))) * MIX[1]
    quoted = _covered(starts, ends, [q.span for q in report.quotations if q.depth == 0])
    counts = np.concatenate([[0], np.cumsum(quoted)])
    within = counts[size : size + number] - counts[:number]
    begins = np.array([s.span.start for s in report.sentences], np.int64)
    sentences = np.searchsorted(begins, starts, side="right") - 1
    return Shingles(starts, ends, words, quoted, sequence, within == size, (within > 0) & (within < size), sentences)


def copy_keys(shingles: Shingles) -> frozenset[str]:
    """Block keys: two reports that share a long run of words have one in common, or two where both are long.

    What two long reports must share to have a line holds two keys; they are filed apart from the others.
    """
    window = int(settings_file("thresholds.toml")["copies"]["window"])
    first = "cl" if is_long(shingles) else "c"
    return frozenset(f"{first}:{value:016x}" for value in _winnowed(shingles.sequence, window))


def is_long(shingles: Shingles) -> bool:
    """Whether a report has so many words that no line is drawn for a few of them."""
    settings = settings_file("thresholds.toml")["copies"]
    return len(shingles.words) * float(settings["quoted_share"]) >= float(settings["quoted_words"])


def compare(a: tuple[Report, Shingles], b: tuple[Report, Shingles]) -> Copy | None:
    """The copy line of two reports, from the earlier to the later; None where they share too little."""
    settings = settings_file("thresholds.toml")["copies"]
    (source, ours), (target, theirs) = sorted((a, b), key=lambda pair: _order(pair[0]))
    is_source_shorter = _narration(ours) <= _narration(theirs)
    reuse = reuse_in(ours, theirs) if is_source_shorter else reuse_in(theirs, ours)
    has_copied = reuse.share >= settings["line_share"] and reuse.copied >= settings["least_words"]
    has_quoted = reuse.quoted >= settings["quoted_share"] * reuse.all or reuse.quoted >= settings["quoted_words"]
    if not has_copied and not (has_quoted and reuse.quoted):
        return None
    rewritten = reuse.rewritten if is_source_shorter else tuple((there, here) for here, there in reuse.rewritten)
    spans = _aligned(ours, theirs, rewritten, int(settings["shortest_run"]))
    share = round(reuse.share, 4) if has_copied else 0.0
    return Copy(make_id("y", source.id, target.id), source.id, target.id, share, spans)


def reuse_in(a: Shingles, b: Shingles) -> Reuse:
    """What of `a` stands in `b`. Words that stand between quotation marks in both are quoted, not copied."""
    shared = np.isin(a.sequence, b.sequence) & ~a.across
    in_quotes = shared & a.inside & np.isin(a.sequence, b.sequence[b.inside])
    quoted = _spread(in_quotes, len(a.words))
    copied = _spread(shared & ~in_quotes, len(a.words))
    rewritten = tuple(_rewritten(a, b, copied | quoted))
    for here, _ in rewritten:
        copied |= (a.sentences == here) & ~a.quoted
    narration = int((~a.quoted | copied).sum())
    return Reuse(narration, int(copied.sum()), int((quoted & ~copied).sum()), len(a.words), rewritten)


def _narration(shingles: Shingles) -> int:
    return int((~shingles.quoted).sum())


def _spread(flags: Flags, number: int) -> Flags:
    """Words of the shingles that are flagged."""
    size = number - len(flags) + 1
    words = np.zeros(number, np.bool_)
    for k in range(size if len(flags) else 0):
        words[k : k + len(flags)] |= flags
    return words


def _rewritten(a: Shingles, b: Shingles, known: Flags) -> Iterator[tuple[int, int]]:
    """Sentences of `a` not found word for word that a sentence of `b` has most words of, its own being few more."""
    settings = settings_file("thresholds.toml")["copies"]
    touched = np.isin(a.sentences, a.sentences[known])
    if not touched.any():
        return
    where, there = _holders(b, a.words[touched]), dict[int, Counter[int]]()
    for here, words in _by_sentence(a, touched & ~a.quoted).items():
        inside = a.sentences == here
        length = sum(words.values())
        if length < settings["sentence"] or known[inside].mean() >= settings["same_words"]:
            continue
        meetings = Counter(number for word in words for number in where.get(word, ()))
        for number, _ in sorted(meetings.items(), key=lambda item: (-item[1], item[0]))[:MEETINGS]:
            if number not in there:
                there[number] = Counter(b.words[b.sentences == number].tolist())
            others = there[number]
            if (words & others).total() >= settings["same_words"] * max(length, others.total()):
                yield here, number
                break


def _holders(shingles: Shingles, wanted: Hashes) -> dict[int, list[int]]:
    """The first sentences that have each of some words."""
    chosen = np.isin(shingles.words, wanted) & (shingles.sentences >= 0)
    found: dict[int, list[int]] = defaultdict(list)
    for number, word in zip(shingles.sentences[chosen].tolist(), shingles.words[chosen].tolist(), strict=True):
        held = found[word]
        if len(held) < MEETINGS and held[-1:] != [number]:
            held.append(number)
    return found


def _by_sentence(shingles: Shingles, chosen: Flags) -> dict[int, Counter[int]]:
    found: dict[int, Counter[int]] = defaultdict(Counter)
    chosen = chosen & (shingles.sentences >= 0)
    for number, word in zip(shingles.sentences[chosen].tolist(), shingles.words[chosen].tolist(), strict=True):
        found[number][word] += 1
    return found


def _order(report: Report) -> tuple[str, str, str]:
    return (report.published or "9999", report.retrieved or "9999", report.id)


@lru_cache(maxsize=50_000)
def _hash(word: str) -> int:
    return int(digest(word.encode())[:16], 16)


def _covered(starts: Ints, ends: Ints, spans: Sequence[Span]) -> Flags:
    """For each word whether it overlaps one of `spans`, which are in order and apart."""
    if not spans:
        return np.zeros(len(starts), np.bool_)
    first = np.searchsorted(np.array([span.end for span in spans]), starts, side="right")
    begins = np.array([span.start for span in spans] + [np.iinfo(np.int64).max])
    return np.asarray(begins[first] < ends)


def _winnowed(values: Hashes, window: int) -> list[int]:
    """The least of each window, each once; the least of all where there is no whole window."""
    if len(values) > window:
        values = np.lib.stride_tricks.sliding_window_view(values, window).min(axis=1)
    elif len(values):
        values = values.min(keepdims=True)
    return [int(value) for value in np.unique(values)]


def _aligned(
    a: Shingles, b: Shingles, rewritten: tuple[tuple[int, int], ...], shortest: int
) -> tuple[tuple[Span, Span], ...]:
    """Maximal runs of equal words, in order of `a`: greedy, each word of `a` in one run at most.

    A sentence that was rewritten is aligned as a whole, in the place of its runs.
    """
    ours, theirs = a.sequence.tolist(), b.sequence.tolist()
    if ours == theirs:
        return ((_stretch(a, 0, len(a.starts)), _stretch(b, 0, len(b.starts))),) if ours else ()
    where: dict[int, list[int]] = defaultdict(list)
    for k, value in enumerate(theirs):
        where[value].append(k)
    pairs = [(_sentence(a, here), _sentence(b, there)) for here, there in rewritten]
    runs, k = [], 0
    while k < len(ours):
        meetings = where.get(ours[k], ())[:MEETINGS]
        length, start = max(((_run(ours, theirs, k, other), -other) for other in meetings), default=(0, 0))
        words = length + len(a.starts) - len(ours)
        if length and words >= shortest:
            runs.append((_stretch(a, k, words), _stretch(b, -start, words)))
        k += max(1, length)
    apart = [run for run in runs if not any(run[0].overlaps(whole) for whole, _ in pairs)]
    return tuple(sorted(pairs + apart))


def _sentence(shingles: Shingles, number: int) -> Span:
    words = np.flatnonzero(shingles.sentences == number)
    return _stretch(shingles, int(words[0]), len(words))


def _run(a: list[int], b: list[int], i: int, j: int) -> int:
    """How many shingles in a row agree from word `i` of `a` and word `j` of `b`."""
    n = 0
    while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n]:
        n += 1
    return n


def _stretch(shingles: Shingles, first: int, words: int) -> Span:
    return Span(int(shingles.starts[first]), int(shingles.ends[first + words - 1]))
