"""What was said earlier and is told again, and what unnamed people said and whoever it is about then says himself.

Both need two reports of one matter: a statement that its report dates back ("had insisted on Monday that") repeats
what the same side said then; "she was stepping down", said by herself, confirms what three officials had told of her.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, numbers_in
from onrecord.link.gates.allegiance import allegiance
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.offices import is_office, name_root
from onrecord.link.gates.polarity import is_ahead
from onrecord.link.gates.scope import may_be_one
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.gates.wording import alike, core_words, denied, denied_core, is_clause, names_part, shared_roots
from onrecord.link.kinds.quantities import gives_other_numbers
from onrecord.link.meaning import likeness
from onrecord.link.remembering import remembered
from onrecord.model import EntityKind, Link
from onrecord.resources import settings_file

CAPITAL = re.compile(r"\b[A-Z][\w-]*")
LONGEST = 400  # code points of a content in which names are looked for
MOST = 200  # statements of a report that are looked at
TELLING = frozenset("asserts denies confirms".split())
BACK = re.compile(r"\bhad\b|[’']d\b", re.IGNORECASE)


def find_retold(a: Entry, b: Entry) -> Iterator[Link]:
    """`repeats` from what is dated back to what was said then; `confirms` from whom it is about to unnamed sources."""
    if a.report.id == b.report.id or not is_one_matter(a, b):
        return
    for here, there in ((a, b), (b, a)):
        for late in here.told[:MOST]:
            if _is_told_back(late):
                yield from _again(late, there)
            if _is_plain(late) and (concerned := _keys(late)):
                yield from _own_words(late, there, concerned)


def _again(late: Told, there: Entry) -> Iterator[Link]:
    """The most alike of what the same side said before, of one sign."""
    bars = settings_file("relations.toml")["retold"]
    found = []
    for early in there.told[:MOST]:
        if early.statement.commitment.stance not in TELLING or early.statement.refers_to or not is_clause(early):
            continue
        if not early.order[0] <= late.order[0] or _printed(early) >= _printed(late):
            continue
        if bool(denied(early)) != bool(denied(late)) or _count_apart(early, late):
            continue
        mine, theirs = (denied_core(t) if denied(t) else core_words(t) for t in (late, early))
        share = len(shared_roots(mine, theirs)) / max(1, min(len(mine), len(theirs)))
        is_back = BACK.search(late.statement.cue.quote if late.statement.cue else "")
        bar = bars["again_whole" if share == 1 else "again_back" if is_back else "again"]
        if (
            (share >= bars["again_share"] or is_back)
            and (sense := _sense(early, late)) >= bar
            and not names_part(early, late)
            and is_one_voice(early, late)
        ):
            found.append((sense, early))
    if found:
        sense, early = max(found, key=lambda pair: (round(pair[0], 9), pair[1].order))
        yield make_link("repeats", late, early, "told-again", "what the same side said then", min(0.9, sense))


def _count_apart(early: Told, late: Told) -> bool:
    """Whether only one gives numbers, or both do and none in common."""
    mine, theirs = numbers_in(early), numbers_in(late)
    return bool(mine or theirs) and not mine & theirs


def _printed(one: Told) -> str:
    return (one.entry.report.published or "9999")[:10]


def _sense(early: Told, late: Told) -> float:
    """The likeness of two contents, or of what the two say is not so."""
    if denied(early):
        return likeness(denied(early), denied(late))
    return max(alike(early, late), likeness(early.statement.content.quote, late.statement.content.quote))


@remembered
def _is_told_back(one: Told) -> bool:
    """Whether a report tells what had been said before: "had insisted", "said on Monday", where it is of Thursday."""
    cue, commitment = one.statement.cue, one.statement.commitment
    if (
        cue is None
        or not is_clause(one)
        or commitment.stance not in TELLING
        or commitment.attitude != "speech"
        or one.statement.refers_to
    ):
        return False
    said, printed = (one.statement.said_at or "")[:10], (one.entry.report.published or "")[:10]
    return bool(BACK.search(cue.quote)) or bool(said and printed and said < printed)


def _own_words(late: Told, there: Entry, concerned: frozenset[str]) -> Iterator[Link]:
    """What unnamed people told of the speaker before."""
    bars = settings_file("relations.toml")["retold"]
    for early in there.told[:MOST]:
        if not early.statement.speaker.anonymous or not early.order < late.order or not _is_plain(early):
            continue
        if not _is_unnamed(early) or allegiance(early) or not _names_in(early) & concerned:
            continue
        if gives_other_numbers(early, late) or names_part(early, late) or not may_be_one(early, late):
            continue
        bar = "own_words" if shared_roots(core_words(early), core_words(late)) else "own"
        if (sense := alike(early, late)) >= bars[bar] and not is_one_voice(early, late):
            words_for = "whom it is about says so too"
            yield make_link("confirms", late, early, "confirmed-by-whom-it-is-about", words_for, min(0.8, sense))


@remembered
def _is_plain(one: Told) -> bool:
    """Whether somebody says that something is so, for certain or as good as."""
    commitment = one.statement.commitment
    if commitment.attitude != "speech" or commitment.stance not in ("asserts", "confirms") or one.statement.condition:
        return False
    is_sure = (commitment.certainty or "U")[:2] in ("CT", "PR") or is_ahead(one)
    return is_sure and is_clause(one) and not denied(one) and not one.statement.refers_to


def _is_unnamed(one: Told) -> bool:
    """Whether a source is some people or one of them, and no paper, and nobody told of before: "the lawmaker"."""
    source = one.statement.source.quote if one.statement.source else ""
    some, papers = ("|".join(settings_file("relations.toml")["retold"][kind]) for kind in ("some", "papers"))
    people = rf"(?i:{some})\b|(?!(?:his|its|this|whose|{papers})\b)[a-z]{{3,}}s\s"
    return re.match(people, source + " ") is not None


def _keys(one: Told) -> frozenset[str]:
    """Keys of who speaks and of the bodies that he speaks for, where they are named."""
    if one.statement.source is None or (one.statement.speaker.anonymous and not is_office(one.statement.source.quote)):
        return frozenset()
    return frozenset(key for key in allegiance(one) if not key.startswith("body:"))


@remembered
def _names_in(one: Told) -> frozenset[str]:
    """Keys of what a content names: people, and the bodies and countries as `allegiance` has them."""
    entities = one.entry.entities
    people = {f"id:{i}" for i in one.terms if i in entities and entities[i].kind is EntityKind.PERSON}
    named = {name_root(entities[i].name) for i in one.terms if i in entities}
    words = {name_root(word) for word in CAPITAL.findall(one.statement.content.quote[:LONGEST])}
    return frozenset((people | named | words) - {""})
