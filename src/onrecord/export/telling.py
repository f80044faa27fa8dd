"""Which statements a briefing may tell, and with how much care."""

from __future__ import annotations

from onrecord.export.naming import tidy
from onrecord.model import Statement
from onrecord.resources import settings_file

LEAST_WORDS = 3  # of a statement that stands on its own: "that" and "so" say nothing alone


def may_be_told(statement: Statement) -> bool:
    """Whether a statement is sure enough for a briefing: plain, or as sure as that with a source that has no name."""
    if not _is_whole(statement):
        return False
    unnamed = statement.speaker.anonymous or statement.speaker.entity is None
    bar = float(settings_file("thresholds.toml")["plain"]["confidence"])
    return statement.plain or (unnamed and statement.confidence >= bar)


def may_be_told_with_care(statement: Statement) -> bool:
    """Whether a statement of somebody with a name is nearly sure enough: it may stand where a link gives it weight."""
    least = float(settings_file("briefing.toml")["sources"]["less_sure"])
    named = statement.speaker.entity is not None and not statement.speaker.anonymous
    return _is_whole(statement) and named and statement.confidence >= least


def stands_alone(statement: Statement) -> bool:
    """Whether the words of a statement say something without the text around them."""
    return len(statement.content.quote.split()) >= LEAST_WORDS


def says_plainly(statement: Statement) -> bool:
    """Whether the report says no more of a statement than that it was said."""
    cues = settings_file("briefing.toml")["plainly"]["cues"]
    return statement.cue is not None and tidy(statement.cue.quote).lower() in cues


def is_pronoun(words: str) -> bool:
    """Whether words point at a source without saying who it is."""
    return words.casefold() in settings_file("briefing.toml")["sources"]["pronouns"]


def _is_whole(statement: Statement) -> bool:
    rejected = statement.review == "rejected" or statement.source is None
    return not rejected and not statement.speaker.ambiguous and not statement.flags
