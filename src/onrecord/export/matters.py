"""Statements grouped by matter: each below the one that it answers, repeats or updates. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.model import Link, Statement

# Which of several links of one statement says where it belongs: an answer before an update before a repetition.
PRIORITY = ("denies", "confirms", "contradicts", "corroborates", "updates", "part_of", "repeats")

Parents = dict[str, Link]  # statement id -> the link to what it stands below


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
        """How much is going on: answers that are no repetition, then all of them."""
        return (sum(answer.link.kind != "repeats" for answer in self.answers), len(self.answers))


def find_matters(statements: Sequence[Statement], links: Iterable[Link]) -> tuple[Matter, ...]:
    """Every statement once, as a head or as an answer; heads and answers in the order of `statements`."""
    place = {statement.id: at for at, statement in enumerate(statements)}
    parents = _parents(links, place)
    below: dict[str, list[str]] = defaultdict(list)
    for identity in sorted(parents, key=lambda identity: place[identity]):
        below[_heard(identity, parents)].append(identity)
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
            candidates[link.source].append(link)
    parents: Parents = {}
    for identity in sorted(candidates, key=lambda identity: place[identity]):
        ranked = sorted(candidates[identity], key=lambda link: (PRIORITY.index(link.kind), -link.confidence, link.id))
        chosen = next((link for link in ranked if identity not in _above(link.target, parents)), None)
        if chosen:
            parents[identity] = chosen
    return parents


def _above(identity: str, parents: Parents) -> Iterator[str]:
    """The statement itself and what it stands below, up to the head."""
    yield identity
    while identity in parents:
        identity = parents[identity].target
        yield identity


def _heard(identity: str, parents: Parents) -> str:
    """Below which statement this one is told: an answer to a repetition answers what was said first."""
    target = parents[identity].target
    while target in parents and parents[target].kind == "repeats":
        target = parents[target].target
    return target


def _walk(head: str, below: dict[str, list[str]], parents: Parents) -> Iterator[tuple[str, int]]:
    """(id, depth) of everything below `head`, each after what it answers. One update of another stands beside it."""
    stack = [(identity, 1) for identity in reversed(below.get(head, ()))]
    while stack:
        identity, depth = stack.pop()
        yield identity, depth
        for child in reversed(below.get(identity, ())):
            both_move = parents[child].kind == parents[identity].kind == "updates"
            stack.append((child, depth if both_move else depth + 1))
