"""What several statements say alike, how many independent origins stand behind it, and what it goes back to.

Assembled from statements and links: the same set of reports gives the same claims in any order of adding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from onrecord.link.entry import Told
from onrecord.link.origins import INDEPENDENT, SAME, compare_origins, shares_quotation
from onrecord.link.whence import UNKNOWN, WIRE, is_wire_copy, kind_of_origin, place_of, said_in
from onrecord.model import Claim, Copy, Origin, Statement, make_id

JOINING = frozenset("repeats corroborates confirms".split())  # kinds of link whose two ends say alike
CLAIMING = frozenset("asserts confirms denies estimates warns predicts speculates promises".split())
SUREST = ("CT", "PR", "PS", "U")
MOST_COMPARED = 24  # statements of a claim of which each two are compared
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
CopyOf = Callable[[str, str], Copy | None]  # two report ids -> their copy line
Ends = tuple[str, str, str]  # (source, target, kind) of a link


def makes_claim(statement: Statement) -> bool:
    """Whether a statement puts something forward: no question, request, silence or mere pointing back."""
    commitment = statement.commitment
    return commitment.attitude == "speech" and commitment.stance in CLAIMING and not statement.refers_to


def make_claim(members: Sequence[Told], links: Sequence[Ends], independent: int) -> Claim:
    """The claim of statements that joining links connect; `links` are all those from or to one of them.

    `independent` says how many of them are independent; see `independent_of`.
    """
    told = sorted(members, key=lambda t: t.order)
    inside = Counter(end for *ends, kind in links if kind in JOINING for end in ends)
    days = sorted(day for t in told if (day := t.entry.when(t.statement)))
    return Claim(
        id=make_id("c", told[0].statement.id),
        text=clearest_of(told, inside).statement.content.quote,
        statements=tuple(t.statement.id for t in told),
        status=_status(told, links, independent),
        independent_origins=independent,
        first_said=days[0] if days else None,
        last_said=days[-1] if days else None,
    )


def heads_of(told: Iterable[Told], origins: Mapping[str, str] | None = None) -> tuple[Told, ...]:
    """Those of a claim's statements that are compared for independence, named sources first.

    All where they are few. Else the first of each source and origin: whoever says a thing again is no other source.
    """
    ranked = sorted(told, key=lambda t: (t.statement.speaker.anonymous or not t.statement.speaker.entity, t.order))
    if len(ranked) <= MOST_COMPARED:
        return tuple(ranked)
    voices: dict[object, Told] = {}
    for one in ranked:
        voices.setdefault(voice_of(one), one)
    firsts: dict[str, Told] = {}
    for one in voices.values():
        firsts.setdefault(_origin_of(one, origins), one)
    return tuple(firsts.values())[:MOST_COMPARED]


def _origin_of(one: Told, origins: Mapping[str, str] | None) -> str:
    """The id of what a statement goes back to: as given, else as it is on the record, else itself alone."""
    return (origins or {}).get(one.statement.id) or one.statement.origin or one.statement.id


def independent_of(told: Iterable[Told], copy_of: CopyOf, origins: Mapping[str, str] | None = None) -> tuple[Told, ...]:
    """The most statements of which each two are independent, the earlier ones of two such sets; one at least.

    Unknown never counts, and what was traced to one origin (`origins`: its id, by statement) is not independent, along
    whatever chain it came. Only the `heads_of` the statements are compared.
    """
    some = heads_of(told, origins)
    of = [_origin_of(one, origins) for one in some]
    beside = [0] * len(some)  # bit k: independent of the k-th
    for k, one in enumerate(some):
        for j in range(k):
            if of[j] != of[k] and _are_independent(one, some[j], copy_of):
                beside[k] |= 1 << j
                beside[j] |= 1 << k
    return tuple(some[k] for k in _largest((), (1 << len(some)) - 1, beside))


def _largest(picked: tuple[int, ...], left: int, beside: Sequence[int]) -> tuple[int, ...]:
    """The largest set that holds `picked` and else only what is `left`, all beside one another."""
    best = picked
    while left and len(picked) + left.bit_count() > len(best):
        first = (left & -left).bit_length() - 1
        left &= left - 1
        found = _largest((*picked, first), left & beside[first], beside)
        best = found if len(found) > len(best) else best
    return best


def voice_of(one: Told) -> tuple[object, ...]:
    """Who speaks, as far as the statement alone tells."""
    statement, speaker = one.statement, one.statement.speaker
    words = statement.source.quote.lower() if statement.source and not speaker.entity else ""
    return speaker.anonymous, speaker.entity, speaker.also, speaker.affiliation, words


def origin_key(one: Told) -> tuple[str, ...] | None:
    """(speaker, day, kind, place) of the utterance that a statement goes back to; None where speaker or day is unknown.

    Who speaks at a press conference and gives an interview on one day has two utterances, and so has who speaks in
    two towns; the place is left out where it is not told.
    """
    speaker, day = one.statement.speaker, (one.statement.said_at or "")[:10]
    if speaker.anonymous or not speaker.entity or len(day) < len("2024-10-23"):
        return None
    place = said_in(one)
    return (speaker.entity, day, kind_of_origin(one), *([place] if place else []))


def own_origin(one: Told) -> Origin:
    """What a statement goes back to where its words are taken from no other; statements and reports not filled in."""
    key = origin_key(one)
    if key:
        return Origin(make_id("o", *key), kind=key[2], speaker=key[0], date=key[1], place=said_in(one))
    speaker = None if one.statement.speaker.anonymous else one.statement.speaker.entity
    kind = kind_of_origin(one)
    if kind == UNKNOWN and is_wire_copy(one):
        kind = WIRE
    return Origin(make_id("o", one.statement.id), kind, speaker, one.statement.said_at, place_of(one))


def is_taken(one: Told, earlier: Told, copy: Copy | None) -> bool:
    """Whether a later statement brings the very words of an earlier one, or credits it.

    Who only speaks again on another day brings another utterance, though of the same source.
    """
    verdict = compare_origins(one, earlier, copy)
    return verdict.independence == SAME and verdict.reason.rule not in ("same-source", "same-side")


def speaks_again(one: Statement, other: Statement) -> bool:
    """Whether somebody with a name speaks twice and no quotation is shared: nothing is taken then unless copied."""
    if one.speaker.anonymous or other.speaker.anonymous:
        return False
    speakers = {i for i in (one.speaker.entity, *one.speaker.also) if i}
    return not speakers.isdisjoint((other.speaker.entity, *other.speaker.also)) and not shares_quotation(one, other)


def _are_independent(one: Told, other: Told, copy_of: CopyOf) -> bool:
    copy = copy_of(one.entry.report.id, other.entry.report.id)
    return compare_origins(one, other, copy).independence == INDEPENDENT


def clearest_of(told: Sequence[Told], linked: Mapping[str, int] | None = None) -> Told:
    """The statement of a claim that a reader is shown; `linked`: how many links each has with others.

    One that makes a claim, plain, in the text and not in a headline, without a number that nobody else gives, linked
    with most of the others, put as certain, well found, early.
    """
    given = Counter(number for one in told for number in _numbers(one))

    def rank(one: Told) -> tuple[bool, bool, bool, bool, int, int, float]:
        level = (one.statement.commitment.certainty or "U")[:2]
        sure = SUREST.index(level if level in SUREST else "U")
        return (
            not makes_claim(one.statement),
            not one.statement.plain,
            one.is_headline,
            any(given[number] == 1 for number in _numbers(one)),
            -linked.get(one.statement.id, 0) if linked else 0,
            sure,
            -one.statement.confidence,
        )

    return min(told, key=lambda t: (*rank(t), t.order))


def _numbers(one: Told) -> set[str]:
    return set(_NUMBER.findall(one.statement.content.quote))


def _status(told: Sequence[Told], links: Sequence[Ends], independent: int) -> str:
    """superseded, disputed, denied, corroborated or single-source, the first that holds."""
    inside = {t.statement.id for t in told}
    last = told[-1].statement.id
    outer = [(source, target, kind) for source, target, kind in links if not {source, target} <= inside]
    if any(kind == "updates" and target == last for _, target, kind in outer):
        return "superseded"
    if any(kind == "contradicts" for _, _, kind in outer):
        return "disputed"
    if any(kind == "denies" and target in inside for _, target, kind in outer):
        return "disputed" if independent > 1 else "denied"
    return "corroborated" if independent > 1 else "single-source"
