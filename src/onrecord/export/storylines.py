"""How stories came to be what they are: grouped as of a day, and what joined or parted them, by either clock.

By the clock of publication, the reports of a day are grouped as if nothing had come out later: the same whatever the
order of adding. By the clock of recording, what was noted in this store when reports came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.export.naming import day
from onrecord.export.rows import short_id
from onrecord.ledger.dates import known_by
from onrecord.ledger.regrouping import find_changes
from onrecord.ledger.store import View
from onrecord.link.stories import Edge, Gist, group
from onrecord.model import Story, StoryChange

MOST = 300  # reports that hang together, from which how they came together is not worked out while one waits
NAMED = 3  # reports that are named in a line


def group_again(view: View, report_ids: Iterable[str]) -> tuple[frozenset[str], tuple[Story, ...]] | None:
    """The reports that hang together with these, as far as the view shows them, and their stories.

    None where not all of them have been looked at for that: the record came by an import, the next `add` does it.
    """
    found = _hanging(view, report_ids)
    assert found is not None
    there, edges = found
    gists = _gists(view, there)
    return None if len(gists) < len(there) else (there, group(gists, edges))


def as_published(view: View, story: Story) -> tuple[StoryChange, ...]:
    """What joined and parted the reports of a story, day of publication by day; those without a date take no part.

    None where more than `MOST` reports hang together with them.
    """
    found = _hanging(view, story.reports, MOST)
    if found is None:
        return ()
    there, edges = found
    gists = [gist for gist in _gists(view, there) if gist.published]
    mine, changes, before = frozenset(story.reports), list[StoryChange](), tuple[Story, ...]()
    for date in sorted({(gist.published or "")[:10] for gist in gists}):
        known = [gist for gist in gists if known_by(gist.published, None, date)]
        ids = {gist.report_id for gist in known}
        after = group(known, [edge for edge in edges if edge[0] in ids and edge[1] in ids])
        held = {one.id for one in (*before, *after) if mine.intersection(one.reports)}
        new = (change for change in find_changes(before, after) if held.intersection((*change.before, *change.after)))
        changes += [StoryChange(c.kind, c.before, c.after, c.reports, date=date) for c in new]
        before = after
    return tuple(changes)


def change_row(change: StoryChange) -> dict[str, object]:
    """A change as a row: by which clock, and when by it."""
    clock = "published" if change.date else "recorded"
    return {
        "clock": clock,
        "when": change.date or change.number,
        "kind": change.kind,
        "before": list(change.before),
        "after": list(change.after),
        "reports": list(change.reports),
    }


def change_line(change: StoryChange) -> str:
    """A change in words.

    >>> change_line(StoryChange("joined", ("st-1", "st-2"), ("st-1",), ("r-9",), date="2025-03-12"))
    '2025-03-12: st-1 and st-2 became one story, st-1, with r-9'
    """
    before, after = (_and([short_id(one) for one in ids]) for ids in (change.before, change.after))
    words = {
        "joined": f"{before} became one story, {after}",
        "parted": f"{before} fell into {after}",
        "renamed": f"{before} goes by {after}, by an earlier report",
        "regrouped": f"{before} were grouped again as {after}",
    }[change.kind]
    new = [short_id(one) for one in change.reports[:NAMED]]
    if more := len(change.reports) - len(new):
        new.append(f"{more} more")
    when = day(change.date) if change.date else f"change {change.number}"
    return f"{when}: {words}" + (f", with {_and(new)}" if new else "")


def story_blocks(view: View, story: Story) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What joined and parted a story by either clock, under its heading."""
    yield "as published", tuple(map(change_line, as_published(view, story)))
    yield "as recorded here", tuple(map(change_line, view.story_changes(story.id)))


def _and(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _hanging(
    view: View, report_ids: Iterable[str], most: int | None = None
) -> tuple[frozenset[str], tuple[Edge, ...]] | None:
    """All that hangs together with reports, by their edges; None where that is more than `most`."""
    there, beyond, edges = set[str](), set(report_ids), set[Edge]()
    while beyond:
        there |= beyond
        if most is not None and len(there) > most:
            return None
        new = view.edges(sorted(beyond))
        edges.update(new)
        beyond = {end for one, other, _ in new for end in (one, other)} - there
    return frozenset(there), tuple(sorted(edges))


def _gists(view: View, report_ids: Iterable[str]) -> list[Gist]:
    return [Gist.load(line) for _, line in sorted(view.gists(sorted(report_ids)).items())]
