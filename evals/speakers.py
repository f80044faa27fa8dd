"""Direct quotations of the gold: how many are found with a speaker, and whether it is the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.spans import ENOUGH, View, content_alike, jaccard, match


@dataclass(slots=True)
class Speakers:
    """Counts over articles, of gold attributions that are direct and have a source."""

    gold: int = 0
    covered: int = 0  # found as a direct statement that names a source
    right: int = 0  # of these: shares a word with the gold source
    same: int = 0  # of these: half of the words are the same

    def add(self, gold: Sequence[View], found: Sequence[View]) -> None:
        """One article. `found` are direct statements; those without a source cover nothing."""
        asked = [view for view in gold if view.form == "direct" and view.source]
        named = [view for view in found if view.source]
        pairs = match(asked, named, content_alike)
        self.gold += len(asked)
        self.covered += len(pairs)
        self.right += sum(bool(asked[i].source & named[j].source) for i, j in pairs)
        self.same += sum(jaccard(asked[i].source, named[j].source) >= ENOUGH for i, j in pairs)

    def figures(self) -> dict[str, float]:
        """Coverage of the gold in %, and what share of the covered has the right speaker."""
        return {
            "gold": self.gold,
            "covered": share(self.covered, self.gold),
            "right": share(self.right, self.covered),
            "same": share(self.same, self.covered),
        }


def share(part: int, whole: int) -> float:
    """In %; 0 of nothing is 0."""
    return 100 * part / whole if whole else 0.0
