"""What "those assertions" or "the assessment" stands for: an earlier attribution of the same report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.model import Attribution, Report, select
from onrecord.resources import settings_file

NUMBER = r"(?:\d|dozens|hundreds|thousands|millions)"  # begins a word of what "her figure" points at
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
    return _pointing_at(rules["nouns"])


@cache
def echoing() -> re.Pattern[str]:
    """Contents that point back by a word or number of what was said: "the offer", "her figure"; group 1: the noun."""
    return _pointing_at([*settings_file("references.toml")["echoing"], *counting()])


@cache
def counting() -> frozenset[str]:
    """Nouns that point at what was said with a number in it."""
    return frozenset(settings_file("references.toml")["counting"])


def _pointing_at(nouns: Sequence[str]) -> re.Pattern[str]:
    pointers = settings_file("references.toml")["pointers"]
    first = "|".join(sorted(pointers, key=lambda word: (-len(word), word)))
    last = "|".join(sorted(nouns, key=lambda noun: (-len(noun), noun)))
    called = "|".join(settings_file("references.toml")["untrue"])
    word = r"(?!(?:am|are|be|been|is|was|were)\b)[a-z]+\s+"
    tail = rf"(?:\s+(?:as\s+)?[\"“'‘]?(?:{word}){{0,3}}(?:{called})\b(?:\s+[a-z]+)?)?"
    return re.compile(rf"\W*(?:{first})\s+(?:[a-z]+\s+)?({last}){tail}\W*", re.IGNORECASE)


@cache
def calling_untrue() -> re.Pattern[str]:
    """The end of a content that calls a claim untrue: "the claims “groundless rumours”"."""
    called = "|".join(settings_file("references.toml")["untrue"])
    return re.compile(rf"\b(?:{called})\b(?:\s+[a-z]+)?\W*$", re.IGNORECASE)


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
    echo = echoing().fullmatch(content)
    if len(content) > longest or not (echo or pointing().fullmatch(content)):
        return None
    stem = NUMBER if echo and echo[1].lower() in counting() else echo[1].lower().rstrip("s") if echo else ""
    at = pointer.content[0].start
    best: tuple[int, int] | None = None
    for k in range(index - 1, max(-1, index - 1 - MOST_BEFORE), -1):
        end = attributions[k].content[-1].end
        if end <= at <= end + reach and is_referent(text, attributions[k], pointer, stem):
            best = max(best or (end, k), (end, k))
    return best[1] if best else None


def is_referent(text: str, other: Attribution, pointer: Attribution, stem: str = "") -> bool:
    """Whether `other` can be what `pointer` means: somebody else said it, and it is no pointer itself.

    `stem`: letters that a word of it must begin with, for a noun that only echoes.
    """
    if stem and not re.search(rf"\b{stem}", select(text, other.content), re.IGNORECASE):
        return False
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
