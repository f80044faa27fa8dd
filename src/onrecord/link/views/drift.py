"""What is lost along a chain of copies and credited retellings: a hedge, an "up to", an attribution, the speaker.

Two reports are steps of a chain where one took a passage from the other or credits its outlet. Which came first, the
credit tells, then the dates; where neither does, nothing is told but what stayed the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.link.entry import Entry, Told
from onrecord.link.origins import is_copied
from onrecord.link.views.aligning import UNCHANGED, Change, align, sayings, what_became
from onrecord.model import Copy, hull


def find_drift(a: Entry, b: Entry, copy: Copy | None = None) -> tuple[Change, ...]:
    """What became of the statements that one of two reports took from the other, from the earlier to the later.

    `copy` is what the two share; who quotes the same words copies nothing. Two versions of one article are no copies.
    """
    if a.report.id == b.report.id or (a.report.uri and a.report.uri == b.report.uri):
        return ()
    order = came_first(a, b)
    early, late = order or sorted((a, b), key=lambda entry: entry.report.id)
    mine = [t for t in sayings(early) if t.statement.commitment.attitude == "speech"]
    theirs = [t for t in sayings(late) if t.statement.commitment.attitude == "speech" and not is_credit(t, early)]
    found = []
    for one, other in _pairs(mine, theirs):
        if (copy and copy.share and is_copied(one, other, copy)) or credits_outlet(other, early):
            what = what_became(one, other)
            if order or what == (UNCHANGED,):
                found.append(Change(one, other, what))
    return tuple(found)


def came_first(a: Entry, b: Entry) -> tuple[Entry, Entry] | None:
    """The two reports, the one that the other credits first, else the one published on an earlier day; None: open."""
    credited = [names_outlet(late, early) for early, late in ((a, b), (b, a))]
    if credited[0] != credited[1]:
        return (a, b) if credited[0] else (b, a)
    days = [(entry.report.published or "") for entry in (a, b)]
    length = min(map(len, days))
    if not length or days[0][:length] == days[1][:length]:
        return None
    return (a, b) if days[0] < days[1] else (b, a)


def names_outlet(late: Entry, early: Entry) -> bool:
    """Whether a report names the outlet of another anywhere, its own outlet apart."""
    pattern = _outlet(early.report.outlet, late.report.outlet)
    return bool(pattern and pattern.search(late.report.text))


def credits_outlet(late: Told, early: Entry) -> bool:
    """Whether the line that a statement stands in names the outlet of another report."""
    pattern = _outlet(early.report.outlet, late.entry.report.outlet)
    if pattern is None:
        return False
    text, whole = late.entry.report.text, hull(late.statement.content.spans)
    end = text.find("\n", whole.end)
    return bool(pattern.search(text, text.rfind("\n", 0, whole.start) + 1, end if end >= 0 else len(text)))


def is_credit(late: Told, early: Entry) -> bool:
    """Whether the source of a statement is the outlet of another report: it passes on what stands there."""
    pattern = _outlet(early.report.outlet, late.entry.report.outlet)
    return bool(pattern and late.statement.source and pattern.search(late.statement.source.quote))


def _pairs(mine: list[Told], theirs: list[Told]) -> Iterator[tuple[Told, Told]]:
    pairs = align(mine, theirs)
    for one in mine:
        if other := pairs.get(one.statement.id):
            yield one, other


@lru_cache(maxsize=1024)
def _outlet(name: str | None, own: str | None) -> re.Pattern[str] | None:
    """An outlet's name as a whole; None for none, and for a text of the same outlet."""
    bare = re.sub(r"^the\s+", "", name or "", flags=re.IGNORECASE).strip()
    if len(bare) < 3 or (own or "").lower().removeprefix("the ").strip() == bare.lower():
        return None
    return re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)")
