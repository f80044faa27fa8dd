"""What a report adds to what was on the record before it: claims, speakers, figures, a known speaker who moved.

A reprint adds nothing. Reports that came out at the same time, as far as their dates tell, count as there before: which
of them was first, nobody can say. Unnamed sources are no new speakers, for they may have spoken before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onrecord.link.claims import JOINING, makes_claim
from onrecord.link.entry import Entry, Told, plain_terms
from onrecord.link.gates.bounds import TELLING
from onrecord.link.gates.scope import may_be_one
from onrecord.link.kinds.quantities import head_of
from onrecord.link.views.aligning import (
    MOVED,
    REVERSED,
    align,
    alikeness,
    figures_in,
    same_number,
    same_voice,
    sayings,
    what_became,
)
from onrecord.link.views.drift import is_credit
from onrecord.link.words import content_words, overlap
from onrecord.model import EntityKind, Figure
from onrecord.resources import settings_file

MOVING = frozenset(("updates",))
LEAST, HALF = 2, 0.5  # terms that a retelling under credit shares, and their share of the shorter content
ANSWERS = frozenset(("denies", "confirms"))
Linked = Callable[[str], Iterable[tuple[str, bool, Told]]]  # statement id -> (kind, whether from it, the other end)


@dataclass(frozen=True, slots=True)
class Move:
    """A known speaker who moved."""

    now: Told
    before: Told  # what he said before, or what he answers now for the first time


@dataclass(frozen=True, slots=True)
class News:
    """What a report adds; all empty: nothing."""

    claims: tuple[Told, ...] = ()
    speakers: tuple[tuple[str, Told], ...] = ()  # (entity id, the first statement)
    figures: tuple[tuple[Figure, Told | None], ...] = ()  # with who gives it; None: the report itself
    moved: tuple[Move, ...] = ()
    told_before: tuple[tuple[Told, Told], ...] = ()  # (statement, the earlier one that says the same)


def find_news(mine: Entry, earlier: Sequence[Entry], linked: Linked, has_spoken: Callable[[str], bool]) -> News:
    """What `mine` adds to the reports `earlier`, which may be about its matter.

    `linked` gives the links of a statement, `has_spoken` whether an entity was a source on the record before.
    """
    known = {entry.report.id for entry in earlier}
    claiming = [t for t in sayings(mine) if _says_something(t)]
    told: dict[str, Told] = {}
    for one in claiming:
        if joined := _joined(one, linked, known):
            told[one.statement.id] = joined
    for entry in earlier:
        left = [t for t in claiming if t.statement.id not in told]
        pairs = align(left, [t for t in entry.told if t.statement.commitment.attitude == "speech"])
        for one in left:
            other = pairs.get(one.statement.id)
            if other and _is_one_claim(one, other):
                told[one.statement.id] = other
            elif again := next((t for t in entry.told if _passes_on(one, t) or _counts_again(one, t)), None):
                told[one.statement.id] = again
    old_figures = [f for entry in earlier for f in entry.report.figures]
    return News(
        claims=tuple(t for t in claiming if t.statement.id not in told),
        speakers=tuple(_new_speakers(mine, earlier, has_spoken)),
        figures=tuple(_new_figures(mine, old_figures)),
        moved=tuple(_moves(claiming, told, linked, known, has_spoken)),
        told_before=tuple((t, told[t.statement.id]) for t in claiming if t.statement.id in told),
    )


def _says_something(one: Told) -> bool:
    return makes_claim(one.statement) and one.statement.source is not None


def _joined(one: Told, linked: Linked, known: set[str]) -> Told | None:
    """An earlier statement of the same claim, through any number of links that join; the earliest."""
    seen, beyond, found = {one.statement.id}, [one], []
    while beyond:
        for kind, _, other in linked(beyond.pop().statement.id):
            if kind in JOINING and other.statement.id not in seen:
                seen.add(other.statement.id)
                if other.entry.report.id in known:
                    if not _differs(one, other):
                        found.append(other)
                    beyond.append(other)
    return min(found, key=lambda t: t.order, default=None)


def _is_one_claim(one: Told, other: Told) -> bool:
    """Whether two statements with most words in common claim the same: no other number, no "not", no other names."""
    what = what_became(other, one)
    if MOVED in what or REVERSED in what or _differs(one, other):
        return False
    is_other = same_voice(one, other) is False
    return not is_other or alikeness(one, other) >= settings_file("changes.toml")["news"]["alike"]


def _passes_on(one: Told, other: Told) -> bool:
    """Whether the source is the outlet of the earlier report, and the words are mostly those of a statement there."""
    if not is_credit(one, other.entry) or _differs(one, other) or other.statement.commitment.attitude != "speech":
        return False
    return len(one.terms & other.terms) >= LEAST and overlap(one.terms, other.terms) >= HALF


def _counts_again(one: Told, other: Told) -> bool:
    """Whether one voice gives one telling number of one thing again, in other words."""
    mine, theirs = figures_in(one), figures_in(other)
    if not mine or len(mine) != len(theirs) or same_voice(one, other) is False or not may_be_one(one, other):
        return False
    if not all(any(_is_telling(f, g) for g in theirs) for f in mine):
        return False
    return bool(plain_terms(one) & plain_terms(other))


def _is_telling(f: Figure, g: Figure) -> bool:
    most = max((end for end in (f.amount.low, f.amount.high) if end is not None), default=0)
    return most >= TELLING and same_number(f, g) and bool(f.of) and head_of(f) == head_of(g)


def _differs(one: Told, other: Told) -> bool:
    """Whether each gives a figure that the other does not."""
    mine, theirs = figures_in(one), figures_in(other)
    return bool(mine and theirs) and not any(same_number(f, g) for f in mine for g in theirs)


def _new_speakers(
    mine: Entry, earlier: Sequence[Entry], has_spoken: Callable[[str], bool]
) -> Iterable[tuple[str, Told]]:
    """Named sources of which no report before has a statement, by name or as described."""
    names = {_key(e.sources[i]) for e in map(_Sources, earlier) for i in e.sources}
    names |= {_key(entry.report.outlet) for entry in (mine, *earlier) if entry.report.outlet}
    seen: set[str] = set()
    for one in mine.told:
        speaker = one.statement.speaker
        entity = mine.entities.get(speaker.entity or "")
        if entity is None or entity.kind is EntityKind.GROUP or entity.id in seen:
            continue
        if one.statement.commitment.attitude != "speech" or not any(c.isupper() for c in entity.name):
            continue
        seen.add(entity.id)
        if not has_spoken(entity.id) and _key(entity.name) not in names:
            yield entity.id, one


class _Sources:
    """The names of those who speak in a report, by entity id."""

    def __init__(self, entry: Entry) -> None:
        ids = {i for s in entry.statements for i in (s.speaker.entity, *s.speaker.also) if i}
        self.sources = {i: entry.entities[i].name for i in sorted(ids) if i in entry.entities}


def _key(name: str) -> str:
    return " ".join(name.lower().removeprefix("the ").split())


def _new_figures(mine: Entry, old: Sequence[Figure]) -> Iterable[tuple[Figure, Told | None]]:
    """Figures that count something, of which no report before has the number, in order of the text."""
    by_number: dict[object, list[Figure]] = {}
    for figure in old:
        for end in {figure.amount.low, figure.amount.high} - {None}:
            by_number.setdefault(end, []).append(figure)
    holders = {figure.id: one for one in sayings(mine) for figure in figures_in(one)}
    for figure in sorted(mine.report.figures, key=lambda f: (f.span, f.id)):
        ends = {figure.amount.low, figure.amount.high} - {None}
        alike = (g for end in ends for g in by_number.get(end, ()))
        if (figure.of or figure.id in holders) and not any(_same_thing(figure, g) for g in alike):
            for end in ends:
                by_number.setdefault(end, []).append(figure)
            yield figure, holders.get(figure.id)


def _same_thing(f: Figure, g: Figure) -> bool:
    """Whether two figures of one number may count one thing."""
    if f.amount.unit != g.amount.unit:
        return False
    return not f.of or not g.of or head_of(f) == head_of(g) or bool(content_words(f.of) & content_words(g.of))


def _moves(
    claiming: Sequence[Told], told: dict[str, Told], linked: Linked, known: set[str], has_spoken: Callable[[str], bool]
) -> Iterable[Move]:
    """Statements by which a known speaker takes back, moves a number, or answers what he had left open."""
    for one in claiming:
        if one.statement.id in told:
            continue
        ends = [
            (kind, other)
            for kind, is_from, other in linked(one.statement.id)
            if is_from and other.entry.report.id in known
        ]
        own = [o for kind, o in ends if kind in MOVING and (o.side & one.side or same_voice(o, one))]
        answered = [o for kind, o in ends if kind in ANSWERS]
        speaker = one.statement.speaker.entity
        if own:
            yield Move(one, min(own, key=lambda t: t.order))
        elif answered and speaker and not one.statement.speaker.anonymous and has_spoken(speaker):
            yield Move(one, min(answered, key=lambda t: t.order))
