"""Statements grouped by matter: each below the one that it answers, repeats or updates. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.model import Link, Statement

# Which of several links of one statement says where it belongs: what repeats an answer is told with that answer.
PRIORITY = ("repeats", "denies", "confirms", "contradicts", "corroborates", "updates", "part_of")

SYMMETRIC = frozenset({"repeats", "corroborates", "contradicts"})  # whichever comes first in print stands above

Parents = dict[str, Link]  # statement id -> the link to what it stands below


@dataclass(frozen=True, slots=True)
class Answer:
    """A statement below another, by the link that put it there."""

    statement: Statement
    link: Link
    depth: int  # from 1

    @property
    def answered(self) -> str:
        """The id of the statement at the other end of the link."""
        return _other(self.link, self.statement.id)


@dataclass(frozen=True, slots=True)
class Matter:
    """A statement that answers nothing, and all that answers it, each after the one that it answers."""

    head: Statement
    answers: tuple[Answer, ...] = ()

    @property
    def weight(self) -> tuple[int, int]:
        """How much is going on: answers that are no repetition, then all of them."""
        return (sum(answer.link.kind != "repeats" for answer in self.answers), len(self.answers))


def find_matters(statements: Sequence[Statement], links: Iterable[Link]) -> tuple[Matter, ...]:
    """Every statement once, as a head or as an answer; heads and answers in the order of `statements`."""
    place = {statement.id: at for at, statement in enumerate(statements)}
    parents = _parents(links, place)
    below: dict[str, list[str]] = defaultdict(list)
    # an answer to a repetition answers what was said first
    first = {i: _other(link, i) for i, link in parents.items() if link.kind == "repeats"}
    for identity in sorted(parents, key=lambda identity: place[identity]):
        below[_follow(_other(parents[identity], identity), first)].append(identity)
    return tuple(
        Matter(
            head, tuple(Answer(statements[place[i]], parents[i], depth) for i, depth in _walk(head.id, below, parents))
        )
        for head in statements
        if head.id not in parents
    )


def _parents(links: Iterable[Link], place: dict[str, int]) -> Parents:
    """For each statement that answers another, its best link; never in a circle."""
    candidates: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.source in place and link.target in place and link.kind in PRIORITY:
            both_ways = link.kind in SYMMETRIC and place[link.source] < place[link.target]
            candidates[link.target if both_ways else link.source].append(link)
    parents: Parents = {}
    tops: dict[str, str] = {}  # a step towards the head
    for identity in sorted(candidates, key=lambda identity: place[identity]):
        ranked = sorted(candidates[identity], key=lambda link: (PRIORITY.index(link.kind), -link.confidence, link.id))
        chosen = next((link for link in ranked if _follow(_other(link, identity), tops) != identity), None)
        if chosen:
            parents[identity] = chosen
            tops[identity] = _other(chosen, identity)
    return parents


def _follow(identity: str, steps: dict[str, str]) -> str:
    """Where the steps from `identity` end; the way is shortened for the next time."""
    end = identity
    while end in steps:
        end = steps[end]
    while identity != end:
        steps[identity], identity = end, steps[identity]
    return end


def _other(link: Link, identity: str) -> str:
    """The end of a link that is not `identity`."""
    return link.target if link.source == identity else link.source


def _walk(head: str, below: dict[str, list[str]], parents: Parents) -> Iterator[tuple[str, int]]:
    """(id, depth) of everything below `head`, each after what it answers. One update of another stands beside it."""
    stack = [(identity, 1) for identity in reversed(below.get(head, ()))]
    while stack:
        identity, depth = stack.pop()
        yield identity, depth
        for child in reversed(below.get(identity, ())):
            both_move = parents[child].kind == parents[identity].kind == "updates"
            stack.append((child, depth if both_move else depth + 1))
