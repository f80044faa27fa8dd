"""What several statements say alike, how many independent origins stand behind it, and what it goes back to.

Assembled from statements and links: the same set of reports gives the same claims in any order of adding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from onrecord.link.entry import Told
from onrecord.link.origins import INDEPENDENT, SAME, compare_origins, kind_of
from onrecord.model import Claim, Copy, Link, Origin, make_id

JOINING = frozenset("repeats corroborates confirms".split())  # kinds of link whose two ends say alike
CLAIMING = frozenset("asserts confirms denies estimates warns predicts speculates promises".split())
SUREST = ("CT", "PR", "PS", "U")
CopyOf = Callable[[str, str], Copy | None]  # two report ids -> their copy line


def makes_claim(one: Told) -> bool:
    """Whether a statement puts something forward: no question, request, silence or mere pointing back."""
    commitment = one.statement.commitment
    return commitment.attitude == "speech" and commitment.stance in CLAIMING and not one.statement.refers_to


def make_claim(members: Sequence[Told], links: Iterable[Link], copy_of: CopyOf) -> Claim:
    """The claim of statements that joining links connect; `links` are all those from or to one of them."""
    told = sorted(members, key=lambda t: t.order)
    days = sorted(day for t in told if (day := t.entry.when(t.statement)))
    independent = len(independent_of(told, copy_of))
    return Claim(
        id=make_id("c", told[0].statement.id),
        text=_clearest(told).statement.content.quote,
        statements=tuple(t.statement.id for t in told),
        status=_status(told, tuple(links), independent),
        independent_origins=independent,
        first_said=days[0] if days else None,
        last_said=days[-1] if days else None,
    )


def independent_of(told: Sequence[Told], copy_of: CopyOf) -> tuple[Told, ...]:
    """Statements of which each two are independent, the earliest first; one at least. Unknown never counts."""
    picked: list[Told] = []
    for one in sorted(told, key=lambda t: (t.statement.speaker.anonymous or not t.statement.speaker.entity, t.order)):
        if all(_are_independent(one, other, copy_of) for other in picked):
            picked.append(one)
    return tuple(picked)


def origin_key(one: Told) -> tuple[str, str, str] | None:
    """(speaker, day, kind) of the utterance that a statement goes back to; None where speaker or day is unknown.

    Who speaks at a press conference and gives an interview on one day has two utterances.
    """
    speaker, day = one.statement.speaker, (one.statement.said_at or "")[:10]
    if speaker.anonymous or not speaker.entity or len(day) < len("2024-10-23"):
        return None
    return speaker.entity, day, kind_of(one)


def origins_of(claim: Sequence[Told], copy_of: CopyOf) -> dict[str, Origin]:
    """What each statement of one claim goes back to, by statement id; its statements and reports are not filled in.

    A passage copied, a quotation shared or an outlet credited leads to what the earlier statement goes back to.
    Who speaks again on another day is another origin, though the same source.
    """
    heads: list[tuple[Told, Origin]] = []
    found: dict[str, Origin] = {}
    for one in sorted(claim, key=lambda t: t.order):
        origin = next((there for head, there in heads if _is_taken(one, head, copy_of)), None) or _origin(one)
        heads.append((one, origin))
        found[one.statement.id] = origin
    return found


def _is_taken(one: Told, head: Told, copy_of: CopyOf) -> bool:
    """Whether a later statement brings the very words of an earlier one."""
    verdict = compare_origins(one, head, copy_of(one.entry.report.id, head.entry.report.id))
    return verdict.independence == SAME and verdict.reason.rule != "same-source"


def _origin(one: Told) -> Origin:
    key = origin_key(one)
    speaker = None if one.statement.speaker.anonymous else one.statement.speaker.entity
    identity = make_id("o", *key) if key else make_id("o", one.statement.id)
    return Origin(identity, kind_of(one), speaker, one.statement.said_at)


def _are_independent(one: Told, other: Told, copy_of: CopyOf) -> bool:
    copy = copy_of(one.entry.report.id, other.entry.report.id)
    return compare_origins(one, other, copy).independence == INDEPENDENT


def _clearest(told: Sequence[Told]) -> Told:
    """The statement that a reader is shown: plain, put as certain, well found, early."""

    def rank(one: Told) -> tuple[bool, int, float]:
        level = (one.statement.commitment.certainty or "U")[:2]
        return not one.statement.plain, SUREST.index(level if level in SUREST else "U"), -one.statement.confidence

    return min(told, key=lambda t: (*rank(t), t.order))


def _status(told: Sequence[Told], links: Sequence[Link], independent: int) -> str:
    """superseded, disputed, denied, corroborated or single-source, the first that holds."""
    inside = {t.statement.id for t in told}
    last = told[-1].statement.id
    kinds = {link.kind for link in links if link.target in inside and link.source not in inside}
    if any(link.kind == "updates" and link.target == last and link.source not in inside for link in links):
        return "superseded"
    if any(link.kind == "contradicts" and not {link.source, link.target} <= inside for link in links):
        return "disputed"
    if "denies" in kinds:
        return "disputed" if independent > 1 else "denied"
    return "corroborated" if independent > 1 else "single-source"
