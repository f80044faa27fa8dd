"""Statements grouped by matter: each below the one that it answers, repeats or updates. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.model import Link, Statement

# Which of several links of one statement says where it belongs: what repeats an answer is told with that answer.
PRIORITY = ("repeats", "denies", "confirms", "contradicts", "corroborates", "updates", "part_of")

SYMMETRIC = frozenset({"repeats", "corroborates", "contradicts"})  # whichever comes first in print stands above
WEIGHTY = frozenset({"denies", "confirms", "contradicts", "corroborates"})  # somebody else takes a side

Parents = dict[str, tuple[Link, str]]  # statement id -> the link to what it stands below, and the id of that


@dataclass(frozen=True, slots=True)
class Answer:
    """A statement below another, by the link that put it there."""

    statement: Statement
    link: Link
    depth: int  # from 1


@dataclass(frozen=True, slots=True)
class Matter:
    """A statement that answers nothing, and all that answers it, each after the one that it answers."""

    head: Statement
    answers: tuple[Answer, ...] = ()

    @property
    def weight(self) -> tuple[int, int]:
        """How much is going on: sides taken, then all answers."""
        return (sum(answer.link.kind in WEIGHTY for answer in self.answers), len(self.answers))

    @property
    def members(self) -> tuple[Statement, ...]:
        """Head and answers."""
        return (self.head, *(answer.statement for answer in self.answers))


@dataclass(slots=True)
class Together:
    """Things that were joined, one by one or over others."""

    _above: dict[str, str] = field(default_factory=dict)

    def top(self, identity: str) -> str:
        """The same for all that are joined."""
        return _follow(identity, self._above)

    def join(self, one: str, other: str) -> None:
        """From now on both have one top."""
        if self.top(one) != self.top(other):
            self._above[self.top(one)] = self.top(other)


def find_repetitions(
    statements: Sequence[Statement], links: Iterable[Link], key: Callable[[Statement], tuple[str, str]]
) -> dict[str, str]:
    """The id of what repeats -> the id of what was said first, by the same words or by a link.

    `key` gives the source and the words of a statement.
    """
    place = {statement.id: at for at, statement in enumerate(statements)}
    keys = {statement.id: key(statement) for statement in statements}
    together = Together()
    seen: dict[tuple[str, str], str] = {}
    for identity, words in keys.items():
        together.join(identity, seen.setdefault(words, identity))
    for link in links:
        inside = link.kind == "repeats" and link.source in place and link.target in place
        if inside and keys[link.source][0] == keys[link.target][0]:
            together.join(link.source, link.target)
    firsts: dict[str, str] = {}
    for identity in place:
        firsts.setdefault(together.top(identity), identity)
    first = {identity: firsts[together.top(identity)] for identity in place}
    return {identity: head for identity, head in first.items() if identity != head}


def find_matters(
    statements: Sequence[Statement], links: Iterable[Link], first: Mapping[str, str] | None = None
) -> tuple[Matter, ...]:
    """Every statement once, as a head or as an answer; heads and answers in the order of `statements`.

    `first` says for what is not in `statements` which of them says the same: its links count for that.
    """
    place = {statement.id: at for at, statement in enumerate(statements)}
    parents = _parents(links, place, first or {})
    below: dict[str, list[str]] = defaultdict(list)
    # an answer to a repetition answers what was said first
    said_first = {identity: other for identity, (link, other) in parents.items() if link.kind == "repeats"}
    for identity in sorted(parents, key=lambda identity: place[identity]):
        below[_follow(parents[identity][1], said_first)].append(identity)
    return tuple(
        Matter(
            head,
            tuple(Answer(statements[place[i]], parents[i][0], depth) for i, depth in _walk(head.id, below, parents)),
        )
        for head in statements
        if head.id not in parents
    )


def group_matters(matters: Iterable[Matter], pairs: Iterable[tuple[str, str]]) -> list[tuple[Matter, ...]]:
    """Matters that `pairs` of statement ids connect, also over statements of no matter; the weightiest first."""
    together = Together()
    for one, other in pairs:
        together.join(one, other)
    groups: dict[str, list[Matter]] = defaultdict(list)
    for matter in matters:
        for answer in matter.answers:
            together.join(answer.statement.id, matter.head.id)
    for matter in matters:
        groups[together.top(matter.head.id)].append(matter)
    ranked = [tuple(sorted(group, key=lambda m: (-m.weight[0], -m.weight[1]))) for group in groups.values()]
    return sorted(ranked, key=lambda group: (-sum(m.weight[0] for m in group), -sum(m.weight[1] for m in group)))


def _parents(links: Iterable[Link], place: dict[str, int], first: Mapping[str, str]) -> Parents:
    """For each statement that answers another, its best link; never in a circle."""
    candidates: dict[str, list[tuple[Link, str]]] = defaultdict(list)
    for link in links:
        source, target = first.get(link.source, link.source), first.get(link.target, link.target)
        if source in place and target in place and source != target and link.kind in PRIORITY:
            if link.kind in SYMMETRIC and place[source] < place[target]:
                source, target = target, source
            candidates[source].append((link, target))
    parents: Parents = {}
    tops: dict[str, str] = {}  # a step towards the head
    for identity in sorted(candidates, key=lambda identity: place[identity]):
        ranked = sorted(
            candidates[identity], key=lambda one: (PRIORITY.index(one[0].kind), -one[0].confidence, one[0].id)
        )
        chosen = next((one for one in ranked if _follow(one[1], tops) != identity), None)
        if chosen:
            parents[identity] = chosen
            tops[identity] = chosen[1]
    return parents


def _follow(identity: str, steps: dict[str, str]) -> str:
    """Where the steps from `identity` end; the way is shortened for the next time."""
    end = identity
    while end in steps:
        end = steps[end]
    while identity != end:
        steps[identity], identity = end, steps[identity]
    return end


def _walk(head: str, below: dict[str, list[str]], parents: Parents) -> Iterator[tuple[str, int]]:
    """(id, depth) of everything below `head`, each after what it answers. One update of another stands beside it."""
    stack = [(identity, 1) for identity in reversed(below.get(head, ()))]
    while stack:
        identity, depth = stack.pop()
        yield identity, depth
        for child in reversed(below.get(identity, ())):
            both_move = parents[child][0].kind == parents[identity][0].kind == "updates"
            stack.append((child, depth if both_move else depth + 1))
