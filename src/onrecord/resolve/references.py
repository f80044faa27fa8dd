"""What "those assertions" or "the assessment" stands for: an earlier attribution of the same report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.model import Attribution, Report, select
from onrecord.resources import settings_file

MOST_BEFORE = 60  # attributions looked back over


class ResolveReferences:
    """Adds `refers_to` where the content of an attribution only points at what somebody else said."""

    name = "references"
    requires: tuple[str, ...] = ("attributions",)
    assigns: tuple[str, ...] = ("attributions",)

    def __call__(self, report: Report) -> Report:
        """The report with that layer."""
        resolved = tuple(
            replace(a, refers_to=find_referent(report.text, report.attributions, k))
            for k, a in enumerate(report.attributions)
        )
        return replace(report, attributions=resolved)


@cache
def pointing() -> re.Pattern[str]:
    """Contents that point back: "those assertions", "the assessment", "South Korea's claim"."""
    rules = settings_file("references.toml")
    nouns = "|".join(sorted(rules["nouns"], key=lambda noun: (-len(noun), noun)))
    pointers = "|".join(sorted(rules["pointers"], key=lambda word: (-len(word), word)))
    return re.compile(rf"\W*(?:{pointers})\s+(?:[a-z]+\s+)?(?:{nouns})\W*", re.IGNORECASE)


@cache
def limits() -> tuple[int, int]:
    """(code points a pointing content may have, code points back that a referent may stand)."""
    rules = settings_file("references.toml")
    return int(rules["longest_content"]), int(rules["reach"])


def find_referent(text: str, attributions: Sequence[Attribution], index: int) -> int | None:
    """The nearest earlier attribution of another speaker, for a content that only points; None otherwise."""
    pointer = attributions[index]
    longest, reach = limits()
    content = select(text, pointer.content)
    if len(content) > longest or not pointing().fullmatch(content):
        return None
    at = pointer.content[0].start
    best: tuple[int, int] | None = None
    for k in range(index - 1, max(-1, index - 1 - MOST_BEFORE), -1):
        end = attributions[k].content[-1].end
        if end <= at <= end + reach and is_referent(text, attributions[k], pointer):
            best = max(best or (end, k), (end, k))
    return best[1] if best else None


def is_referent(text: str, other: Attribution, pointer: Attribution) -> bool:
    """Whether `other` can be what `pointer` means: somebody else said it, and it is no pointer itself."""
    if not other.source or (other.commitment is not None and other.commitment.attitude in ("wish", "plan", "fear")):
        return False
    if pointing().fullmatch(select(text, other.content)):
        return False
    return speaker_key(text, other) != speaker_key(text, pointer)


def speaker_key(text: str, attribution: Attribution) -> str:
    """The entity where it is resolved, the words of the source otherwise."""
    if attribution.speaker is not None and attribution.speaker.entity is not None:
        return attribution.speaker.entity
    return re.sub(r"^the ", "", select(text, attribution.source).lower())
