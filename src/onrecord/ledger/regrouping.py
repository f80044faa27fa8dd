"""What becomes of stories when they are grouped again, joined, parted, renamed; and where the reports of one are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from onrecord.ledger.store import View
from onrecord.model import Story, StoryChange, make_id

STORY = "st-"  # of the id of a story


def find_changes(before: Iterable[Story], after: Iterable[Story]) -> tuple[StoryChange, ...]:
    """What became of stories, by their ids; those that only gained reports have not changed, nor have new ones.

    >>> [c.kind for c in find_changes([Story("st-1", "", ("a",)), Story("st-2", "", ("b",))],
    ...                               [Story("st-1", "", ("a", "b", "c"))])]
    ['joined']
    """
    was, now = ({story.id: frozenset(story.reports) for story in stories} for stories in (before, after))
    there = frozenset().union(*was.values())
    holders: dict[str, list[str]] = defaultdict(list)
    for story_id, reports in now.items():
        for report in reports:
            holders[report].append(story_id)
    heirs = {story_id: {heir for report in reports for heir in holders[report]} for story_id, reports in was.items()}
    found = []
    for old, new in _together(heirs):
        if new and (old != new or len(old) > 1):
            came = frozenset().union(*(now[one] for one in new)) - there
            found.append(StoryChange(_kind(old, new), tuple(sorted(old)), tuple(sorted(new)), tuple(sorted(came))))
    return tuple(sorted(found, key=lambda change: change.before))


def _together(heirs: dict[str, set[str]]) -> list[tuple[set[str], set[str]]]:
    """Old and new stories that share reports, directly or through others."""
    of: dict[str, list[str]] = defaultdict(list)
    for story_id, found in heirs.items():
        for heir in found:
            of[heir].append(story_id)
    done: set[str] = set()
    groups = []
    for first in heirs:
        old, new, todo = set[str](), set[str](), [first]
        while todo:
            one = todo.pop()
            if one in done:
                continue
            done.add(one)
            old.add(one)
            fresh = heirs[one] - new
            new |= fresh
            todo += [other for heir in fresh for other in of[heir]]
        if old:
            groups.append((old, new))
    return groups


def _kind(old: set[str], new: set[str]) -> str:
    if len(old) > 1:
        return "joined" if len(new) == 1 else "regrouped"
    return "parted" if len(new) > 1 else "renamed"


def dump_change(change: StoryChange) -> str:
    """A change as one line, for a store to keep."""
    return json.dumps([change.kind, change.before, change.after, change.reports])


def load_change(line: str, number: int) -> StoryChange:
    """From such a line."""
    kind, before, after, reports = json.loads(line)
    return StoryChange(kind, tuple(before), tuple(after), tuple(reports), number)


def stories_after(view: View, story_id: str) -> tuple[str, ...]:
    """Ids of the stories that now hold what a story held which was there once; none where nobody knows it.

    First the one with the report that it began with, then by id. The id may be the start of one. What was noted when
    it changed is followed. Where nothing was (the record came by an import), the report that it began with tells.
    """
    noted = {one for change in view.story_changes(story_id) for one in (*change.before, *change.after)}
    once = [one for one in sorted(noted) if one.startswith(story_id)]
    if len(once) > 1:
        return ()
    held, changes, todo = set(once), dict[int, StoryChange](), list(once)
    while todo:
        for change in view.story_changes(todo.pop()):
            if change.number not in changes:
                changes[change.number] = change
                todo += change.after
    for _, change in sorted(changes.items()):
        if held.intersection(change.before):
            held = held.difference(change.before).union(change.after)
    there = sorted(one for one in held if ("story", one) in view.find(one))
    if len(there) == 1 or not story_id.startswith(STORY):
        return tuple(there)
    begun = sorted(s.id for s in view.stories() if any(make_id("st", r).startswith(story_id) for r in s.reports))
    return tuple(dict.fromkeys([*begun, *there]))
