"""Claim by claim: which statements of two texts are one, and what became of each on the way.

For two versions of an article, or a text and its copy. Names of what became of a statement: `unchanged`,
`hedge dropped`, `hedge added`, `figure moved`, `re-attributed`, `reversed`, `attribution dropped`, `removed`, `added`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from onrecord.link.entry import Entry, Told
from onrecord.link.kinds.quantities import head_of
from onrecord.link.words import WORD, content_words, stem, stop_words
from onrecord.model import Evidence, Figure, hull
from onrecord.resources import lexicon, settings_file

UNCHANGED, REMOVED, ADDED = "unchanged", "removed", "added"
DROPPED, PUT_ON, MOVED, GIVEN_TO, REVERSED = "hedge dropped", "hedge added", "figure moved", "re-attributed", "reversed"
UNSAID = "attribution dropped"
LEVELS = {"PS": 1, "PR": 2, "CT": 3}
PRONOUNS = frozenset("he she it they we i who that this one them both".split())
VERSION = re.compile(r"\b(?:earlier|previous|original|prior) version\b", re.IGNORECASE)
MEETINGS = 64  # statements that have a word in common with one, and are looked at


@dataclass(frozen=True, slots=True)
class Change:
    """One claim in two texts, and what became of it."""

    before: Told | None  # None: it is new
    after: Told | None  # None: it is gone, or nobody says it any more
    what: tuple[str, ...]  # one or more of the names above


def compare_texts(old: Entry, new: Entry) -> tuple[Change, ...]:
    """What became of each statement of `old`, then what `new` adds, each in order of its text.

    What the reader of one text did not take for a statement, though its words stand there, is neither gone nor new.
    """
    mine, theirs = ([t for t in sayings(entry) if _is_speech(t)] for entry in (old, new))
    pairs = align(mine, theirs)
    found: list[Change] = []
    for one in mine:
        if other := pairs.get(one.statement.id):
            found.append(Change(one, other, what_became(one, other)))
        elif not _stands_in(one, new):
            found.append(Change(one, None, (REMOVED,)))
        elif _is_unsaid(one, new):
            found.append(Change(one, None, (UNSAID,)))
    kept = {other.statement.id for other in pairs.values()}
    found += (Change(None, t, (ADDED,)) for t in theirs if t.statement.id not in kept and not _stands_in(t, old))
    return tuple(found)


def sayings(entry: Entry) -> list[Told]:
    """The statements of a report without those that only pass on another: what an outlet reports that a man said."""
    return [
        t
        for t in entry.told
        if not _is_of_version(t)
        and not any(_is_most_of(inner.content, t) for inner in entry.nested.get(t.statement.id, ()))
    ]


def _is_of_version(one: Told) -> bool:
    """Whether a note says it of an earlier version of the article: nobody says it."""
    source = one.statement.source
    return source is not None and bool(VERSION.search(source.quote))


def align(mine: Sequence[Told], theirs: Sequence[Told]) -> dict[str, Told]:
    """Id of a statement of `mine` -> the one of `theirs` that is the same claim, each in one pair, the best first."""
    settings = settings_file("changes.toml")["alignment"]
    where: dict[str, list[int]] = defaultdict(list)
    for number, other in enumerate(theirs):
        for word in _kept_words(other):
            where[word].append(number)
    scored = []
    for at, one in enumerate(mine):
        counts = Counter(number for word in _kept_words(one) for number in where.get(word, ()))
        for number, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MEETINGS]:
            other = theirs[number]
            score, is_same = alikeness(one, other), same_voice(one, other)
            if score >= settings["alike"] or (is_same and score >= settings["same_voice"]):
                scored.append((-score - (0.2 if is_same else 0.0), abs(at - number), at, number))
    pairs: dict[str, Told] = {}
    taken: set[int] = set()
    for _, _, at, number in sorted(scored):
        if mine[at].statement.id not in pairs and number not in taken:
            pairs[mine[at].statement.id] = theirs[number]
            taken.add(number)
    return pairs


def alikeness(one: Told, other: Told) -> float:
    """Share of the words of two contents that both have, 0..1 (Dice); 0 where there are none."""
    a, b = (words_of(t.statement.content.quote) for t in (one, other))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def what_became(before: Told, after: Told) -> tuple[str, ...]:
    """What is another on the way from one statement to the other; `unchanged` alone where nothing is."""
    found = []
    if same_voice(before, after) is False:
        found.append(GIVEN_TO)
    ends = [(t.statement.commitment.certainty or "U")[-1] for t in (before, after)]
    if set(ends) == {"+", "-"} and _is_negated(before) != _is_negated(after):
        found.append(REVERSED)
    hedges = {h for h in (_hedging(before, after), *_bounds(before, after)) if h}
    found += [h for h in (DROPPED, PUT_ON) if h in hedges]
    if any(_moved(before, after)):
        found.append(MOVED)
    return tuple(found) or (UNCHANGED,)


# --- who says it -----------------------------------------------------------------------------------------------------


def same_voice(one: Told, other: Told) -> bool | None:
    """Whether two statements have one source; None where the words leave it open, as a pronoun does."""
    a, b = one.statement, other.statement
    if a.source is None or b.source is None:
        return None
    if a.speaker.entity and a.speaker.entity == b.speaker.entity:
        return True
    if _is_pronoun(a.source) or _is_pronoun(b.source) or a.speaker.ambiguous or b.speaker.ambiguous:
        return None
    mine, theirs = _names_in(one), _names_in(other)
    if mine & theirs:
        return True
    if mine and theirs:
        return None if one.side & other.side else False
    described = [content_words(s.quote) - _first_names() for s in (a.source, b.source)]
    if described[0] & described[1]:
        return True
    return None if one.side & other.side else False


def _names_in(one: Told) -> frozenset[str]:
    """The words of the names in a source that tell people and bodies apart: no titles, no first names."""
    source = one.statement.source
    if source is None:
        return frozenset()
    words = re.findall(r"[^\W\d_]+", source.quote)
    named = [w.lower() for w in words if w[0].isupper() and len(w) > 1 and w.lower() not in stop_words() | _titles()]
    rare = [w for w in named if w not in _first_names()]
    return frozenset(rare or named)


def _is_pronoun(source: Evidence) -> bool:
    return source.quote.lower().strip(" ,.") in PRONOUNS


@cache
def _titles() -> frozenset[str]:
    return frozenset(word.lower() for row in lexicon("titles.tsv") for word in row["title"].split())


@cache
def _first_names() -> frozenset[str]:
    return frozenset(row["name"].lower() for row in lexicon("first_names.tsv"))


# --- how sure --------------------------------------------------------------------------------------------------------


def _hedging(before: Told, after: Told) -> str | None:
    """Whether a word that left the content open went or came; "would" for "will" is no hedge."""
    plans = [t.statement.commitment.attitude == "plan" for t in (before, after)]
    if plans[0] != plans[1] and "promises" in (before.statement.commitment.stance, after.statement.commitment.stance):
        return DROPPED if plans[0] else PUT_ON  # "promises payments", then "plans payments"
    lost, won = (_hedges(a) - _hedges(b) for a, b in ((before, after), (after, before)))
    early, late = (LEVELS.get((t.statement.commitment.certainty or "U")[:2]) for t in (before, after))
    if lost and not won and not _hedges(after) and (early is None or late is None or early <= late):
        return DROPPED
    if won and not lost and not _hedges(before) and (early is None or late is None or late <= early):
        return PUT_ON
    return None


def _hedges(one: Told) -> frozenset[str]:
    """The words in a content that leave it open."""
    settings = settings_file("changes.toml")["hedges"]
    words = [w.lower() for w in WORD.findall(one.statement.content.quote)]
    plain = {w for w in words if w in settings["words"]}
    if "May" in one.statement.content.quote and "may" not in one.statement.content.quote:
        plain.discard("may")  # the month
    verbs = {w for w, after in pairwise(words) if w in settings["verbs"] and after in ("to", "that")}
    return frozenset(plain | verbs)


def _is_negated(one: Told) -> bool:
    words = {w.lower() for w in WORD.findall(one.statement.content.quote)}
    return bool(words & {"not", "no", "never", "nobody", "none", "nothing", "t", "without", "neither"})


# --- figures ---------------------------------------------------------------------------------------------------------


def figures_in(one: Told) -> tuple[Figure, ...]:
    """The figures of a statement, in order of the text."""
    found = (one.entry.figures[i] for i in one.statement.figures if i in one.entry.figures)
    return tuple(sorted(found, key=lambda f: (f.span, f.id)))


def same_number(f: Figure, g: Figure) -> bool:
    """Whether two figures have one number, whatever stands before it: "at least 40" and "40"."""
    return f.amount.unit == g.amount.unit and bool(_ends(f) & _ends(g))


def _ends(figure: Figure) -> frozenset[object]:
    return frozenset(end for end in (figure.amount.low, figure.amount.high) if end is not None)


def _bounds(before: Told, after: Told) -> Iterator[str | None]:
    """What became of "at least", "up to" and "about" before the same number."""
    for f in figures_in(before):
        g = next((g for g in figures_in(after) if same_number(f, g)), None)
        if g is not None:
            loose, tight = _is_loose(f), _is_loose(g)
            yield DROPPED if loose and not tight else PUT_ON if tight and not loose else None


def _is_loose(figure: Figure) -> bool:
    amount = figure.amount
    return amount.approximate or amount.low is None or amount.high is None or amount.low != amount.high


def _moved(before: Told, after: Told) -> Iterator[bool]:
    """For each number that only the earlier has: whether the later counts the same and comes to another."""
    ours, theirs = figures_in(before), figures_in(after)
    left = [f for f in ours if not any(same_number(f, g) for g in theirs)]
    right = [g for g in theirs if not any(same_number(f, g) for f in ours)]
    for f in left:
        yield any(_counts_alike(f, g) for g in right)


def _counts_alike(f: Figure, g: Figure) -> bool:
    if f.amount.unit != g.amount.unit or f.amount.per != g.amount.per:
        return False
    return head_of(f) == head_of(g) or not f.of or not g.of


# --- words -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def words_of(text: str) -> Counter[str]:
    """The stems of the words of a text, with how often each occurs; articles and "that" are none."""
    return Counter(stem(w) for w in WORD.findall(text.lower()) if w not in ("the", "a", "an", "that"))


def _kept_words(one: Told) -> Iterable[str]:
    kept = sorted(content_words(one.statement.content.quote))
    return kept or sorted(words_of(one.statement.content.quote))


def _is_speech(one: Told) -> bool:
    return one.statement.commitment.attitude in ("speech", "plan")


def _is_most_of(inner: Evidence, outer: Told) -> bool:
    return 2 * sum(map(len, inner.spans)) >= sum(map(len, outer.statement.content.spans))


def _stands_in(one: Told, entry: Entry) -> bool:
    """Whether the words of a content stand in a text to the letter, white space and marks at its ends apart."""
    text = _spaced(entry.report.text)
    pieces = (span.of(one.entry.report.text) for span in one.statement.content.spans)
    return all(_spaced(piece).strip(" ,.;:\"“”'‘’") in text for piece in pieces)


@lru_cache(maxsize=256)
def _spaced(text: str) -> str:
    return " ".join(text.split())


def _is_unsaid(one: Told, entry: Entry) -> bool:
    """Whether a text has the words of a statement, and around them neither its source nor its cue."""
    source, cue = one.statement.source, one.statement.cue
    if source is None or cue is None or _is_pronoun(source) or len(one.statement.content.spans) > 1:
        return False
    text = _spaced(entry.report.text)
    words = _spaced(hull(one.statement.content.spans).of(one.entry.report.text)).strip(" ,.;:\"“”'‘’")
    start = text.find(words)
    around = int(settings_file("changes.toml")["alignment"]["around"])
    near = text[max(0, start - around) : start] + " " + text[start + len(words) : start + len(words) + around]
    near_words = {w.lower() for w in WORD.findall(near)}
    of_source = {w.lower() for w in WORD.findall(source.quote)} - stop_words()
    return not of_source & near_words and not {w.lower() for w in WORD.findall(cue.quote)} - stop_words() & near_words
