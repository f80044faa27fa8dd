"""Whether two nouns may count the same: "pupils" and "people", "houses" and "homes"; not "soldiers" and "people"."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.link.gates.fates import fate_called, is_fate
from onrecord.link.words import content_words, one_word
from onrecord.model import Figure
from onrecord.resources import lexicon

PEOPLE = "people"
PARTIAL = frozenset("men women boys girls children teenagers babies toddlers adults foreigners".split())


class Alike(NamedTuple):
    """Where a noun stands in counted_alike.tsv."""

    kind: str
    row: int
    rank: str  # general, nouns, only


def nouns_agree(f: Figure, g: Figure) -> bool:
    """Whether two nouns may count the same: one takes in the other, both name everybody, or there is none."""
    mine, theirs = named(f), named(g)
    if mine is None or theirs is None:
        one = alike().get(mine or theirs or "")
        bare = mine is None and theirs is None
        return bare or (one is not None and one.kind == PEOPLE and one.rank != "only" and _is_plain(f) and _is_plain(g))
    if one_word(mine) == one_word(theirs):
        words = content_words(f.of or ""), content_words(g.of or "")
        return words[0] <= words[1] or words[1] <= words[0]
    a, b = alike().get(mine), alike().get(theirs)
    if a is None or b is None or a.kind != b.kind or not (_is_plain(f) and _is_plain(g)):
        return False
    if a.row == b.row or (a.rank == b.rank == "general"):
        return not a.rank == b.rank == "only"
    return (a.rank == "general" and b.rank != "only") or (b.rank == "general" and a.rank != "only")


def is_wider(f: Figure, g: Figure) -> bool:
    """Whether the noun of one takes in that of the other and more: "people" and "pupils"."""
    return named(f) != named(g) and is_general(f)


def is_general(figure: Figure) -> bool:
    """Whether a noun names everybody: "people", "the dead", nothing; not "pupils"."""
    noun = named(figure)
    return noun is None or (noun in alike() and alike()[noun].rank == "general")


def named(figure: Figure) -> str | None:
    """The last word of what a figure counts; None where that only tells the fate, or nothing."""
    words = (figure.of or "").lower().split()
    if len(words) > 1 and words[-1] in ("member", "members"):  # "crew members"
        words.pop()
    return None if not words or (is_fate(words[-1]) and words[-1] not in alike()) else words[-1]


def _is_plain(figure: Figure) -> bool:
    """Whether nothing stands before the noun but what tells the fate: no "foreign", no "elderly"."""
    words = [word for word in (figure.of or "").lower().split() if word not in ("member", "members")]
    return named(figure) is None or all(fate_called(f"{word} those") for word in words[:-1])


def may_be_all(figure: Figure) -> bool:
    """Whether a noun may name all who were there: "people", "riders", not "children"; one that nobody listed may."""
    noun = named(figure)
    return noun not in PARTIAL and (noun is None or noun not in alike() or alike()[noun].rank != "only")


def is_of_people(figure: Figure) -> bool:
    """Whether a noun may be one of people: one that nobody has listed may."""
    noun = named(figure)
    return noun is None or noun not in alike() or alike()[noun].kind in ("people", "forces")


@cache
def alike() -> dict[str, Alike]:
    """The rows of counted_alike.tsv by noun."""
    found: dict[str, Alike] = {}
    for number, row in enumerate(lexicon("counted_alike.tsv")):
        for rank in ("general", "nouns", "only"):
            for word in row[rank].split():
                found.setdefault(word, Alike(row["class"], -1 if rank == "general" else number, rank))
    return found
