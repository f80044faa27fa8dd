"""The log of judgements: each line's hash covers the line and the hash before it. Pure; a store keeps the lines.

Whoever changes, drops or swaps a line has to write every later line anew, and the last hash shows it to everybody who
noted it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import zip_longest

from onrecord.errors import RecordError, UsageError
from onrecord.ledger.lines import canonical, line_of
from onrecord.model import Correction, Judgement, digest, make_id
from onrecord.model.ids import DIGITS
from onrecord.model.judgement import NOWHERE

VERDICTS = ("confirm", "correct", "reject", "merge", "split", "undo")
UNCHANGED = Correction()
LONGEST = {"author": 200, "note": 4000, "name": 200}  # characters


def hash_of(judgement: Judgement) -> str:
    """The SHA-256 of a judgement's canonical line without `id` and `hash`; `previous` is in it."""
    line = {key: value for key, value in line_of(judgement).items() if key not in ("id", "hash")}
    return digest(canonical(line).encode("utf-8"))


def sealed(draft: Judgement, last: Judgement | None) -> Judgement:
    """A judgement as the line that follows `last`, with its number, hash and id; UsageError where it cannot be one."""
    for wrong in wrong_in(draft):
        raise UsageError(wrong)
    number, previous = (last.number + 1, last.hash) if last else (1, NOWHERE)
    placed = replace(draft, id="", number=number, previous=previous, hash="")
    total = hash_of(placed)
    return replace(placed, id=id_of(total), hash=total)


def id_of(total: str) -> str:
    """The id of a judgement, from its hash."""
    return f"j-{total[:DIGITS]}"


def wrong_in(judgement: Judgement) -> Iterator[str]:
    """What is wrong with a judgement itself, in words."""
    verdict, about = judgement.verdict, judgement.about
    if verdict not in VERDICTS:
        yield f"{verdict!r} is no verdict; one of {', '.join(VERDICTS)}"
    if not judgement.author.strip():
        yield "a judgement needs an author: a name that is not empty"
    for name, longest in LONGEST.items():
        if len(getattr(judgement, name) or "") > longest:
            yield f"the {name} of a judgement has at most {longest} characters"
    if not is_moment(judgement.when):
        yield f"{judgement.when!r:.40} is no time with a zone, such as 2031-05-09T10:00:00Z"
    least, most = {"merge": (2, None), "split": (2, None)}.get(verdict, (1, 1))
    if not all(about) or len(set(about)) != len(about) or len(about) < least or (most and len(about) > most):
        yield f"{verdict} is about {'two things or more' if least > 1 else 'one thing'}, each named once"
    if (verdict == "correct") != (judgement.correction is not None and judgement.correction != UNCHANGED):
        yield "a correction puts something right, and nothing else than a correction does"


def is_moment(when: str) -> bool:
    """Whether a text is a point in time, to the second or finer, with a zone."""
    try:
        return len(when) >= len("2031-05-09T10:00:00Z") and datetime.fromisoformat(when).tzinfo is not None
    except ValueError:
        return False


def wrong_in_log(log: Iterable[Judgement]) -> Iterator[str]:
    """Where a log, in its order, is not the one that was written: a line changed, cut out, added or moved."""
    last: Judgement | None = None
    for place, one in enumerate(log, start=1):
        where = f"judgement {one.id} (line {place} of the log)"
        if one.number != place:
            yield f"{where}: its number is {one.number}; a line was cut out, added or moved"
        if one.previous != (last.hash if last else NOWHERE):
            yield f"{where}: it does not follow the line before it; one of the two was changed, cut out or moved"
        if hash_of(one) != one.hash or one.id != id_of(one.hash):
            yield f"{where}: it is not what its hash was taken of"
        last = one


def continued(log: Sequence[Judgement], other: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The lines by which another log goes on where this one ends; none where it ends earlier.

    RecordError where it is broken, or the two part ways: a chain has one past, so logs are never mixed.
    """
    new = sorted(other, key=lambda judgement: judgement.number)
    for wrong in (*wrong_in_log(new), *(wrong for one in new for wrong in wrong_in(one))):
        raise RecordError(wrong)
    for mine, theirs in zip_longest(log, new):
        if mine is not None and theirs is not None and mine.hash != theirs.hash:
            raise RecordError(
                f"judgement {theirs.id}: line {theirs.number} of this log is another one here ({mine.id}); "
                "two logs are never mixed, read this one into a database of its own"
            )
    return tuple(new[len(log) :])


def in_force(log: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that hold, in order: without those that were taken back, and without what took them back."""
    every = tuple(log)
    gone = {identity for one in every if one.verdict == "undo" for identity in one.about}
    return tuple(one for one in every if one.verdict != "undo" and one.id not in gone)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the judgements about one thing come to."""

    review: str = "none"  # none, confirmed, corrected, rejected
    correction: Correction = UNCHANGED
    swaps: Mapping[str, str] = field(default_factory=dict)  # entity -> the one that was split off from it
    judgements: tuple[str, ...] = ()  # ids, oldest first

    def after(self, one: Judgement) -> Standing:
        """With one more judgement. Corrections add up, field by field; who confirms confirms them too."""
        correction, swaps = self.correction, self.swaps
        if one.correction is not None:
            correction = combined(correction, one.correction)
            swaps = {} if one.correction.speaker is not None else swaps
        if one.verdict == "split":
            swaps = {**swaps, one.about[0]: split_id(one)}
        is_changed = correction != UNCHANGED or bool(swaps)
        review = "rejected" if one.verdict == "reject" else "corrected" if is_changed else "confirmed"
        return Standing(review, correction, swaps, (*self.judgements, one.id))


def combined(old: Correction, new: Correction) -> Correction:
    """Two corrections of one statement: the newer wins where both say something."""
    figures = {figure.words.spans: figure for figure in (*old.figures, *new.figures)}
    return Correction(
        source=old.source if new.source is None else new.source,
        cue=old.cue if new.cue is None else new.cue,
        content=old.content if new.content is None else new.content,
        speaker=old.speaker if new.speaker is None else new.speaker,
        name=old.name if new.speaker is None else new.name,
        stance=old.stance if new.stance is None else new.stance,
        figures=tuple(figures[spans] for spans in sorted(figures)),
    )


def split_id(one: Judgement) -> str:
    """The id of the entity that a split makes."""
    return make_id("e", "split", one.id)


def judged(one: Judgement) -> tuple[str, ...]:
    """The statements or the link that a judgement is about, as they were called then; none of a merge."""
    return {"merge": (), "undo": (), "split": one.about[1:]}.get(one.verdict, one.about)


def standings(placed: Iterable[tuple[str, Judgement]]) -> dict[str, Standing]:
    """What judgements in force come to, by the id of what each is about now, given in the order of the log."""
    found: dict[str, Standing] = {}
    for identity, one in placed:
        found[identity] = found.get(identity, Standing()).after(one)
    return found


def merged(log: Iterable[Judgement]) -> dict[str, str]:
    """Entity -> the one that stands for it, for every entity that a merge in force took into another."""
    kept: dict[str, str] = {}

    def stands(identity: str) -> str:
        while identity in kept:
            identity = kept[identity]
        return identity

    for one in in_force(log):
        if one.verdict == "merge":
            first = stands(one.about[0])
            for other in map(stands, one.about[1:]):
                if other != first:
                    kept[other] = first
    return {identity: stands(identity) for identity in kept}
