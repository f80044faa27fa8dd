"""What became of stories, in the reference store: a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.model import StoryChange


class MemoryChanges:
    """What a process has noted of stories that were there."""

    def __init__(self) -> None:
        self._changes: list[StoryChange] = []

    def story_changes(self, story_id: str | None = None) -> tuple[StoryChange, ...]:
        """What was noted, all or of stories whose id starts so."""
        start = story_id or ""
        return tuple(c for c in self._changes if any(one.startswith(start) for one in (*c.before, *c.after)))

    def put_story_changes(self, changes: Iterable[StoryChange]) -> None:
        """Notes more."""
        for change in changes:
            self._changes.append(replace(change, number=len(self._changes) + 1, date=None))
