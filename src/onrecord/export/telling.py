"""Which statements a briefing may tell, and with how much care."""

from __future__ import annotations

import re
from functools import cache

from onrecord.export.naming import tidy
from onrecord.link.words import content_words
from onrecord.model import Report, Statement
from onrecord.resources import settings_file

DOUBT_REACH = 3  # words in front of the content
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKS = str.maketrans("“”‘’", "\"\"''")
_IT = re.compile(r"[\"'“‘]?(?:it|that|this|they|these|those)\b", re.IGNORECASE)
LEAST_NAMED = 4  # of what only names a thing
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
    """Whether the words of a statement say something without the text around them.

    Not "the claim was false", where nobody sees which claim, nor "if so it would be unwise", nor "the troop levels",
    which says nothing of them, nor "It is a small one", where nobody sees what.
    """
    words = tidy(statement.content.quote)
    if statement.form == "direct" and _IT.match(words) and len(content_words(words)) < LEAST_NAMED:
        return False
    is_bare = words.startswith(("the ", "The ")) and len(words.split()) < LEAST_NAMED
    return len(words.split()) >= LEAST_WORDS and not is_bare and not _pointing().match(words)


@cache
def _pointing() -> re.Pattern[str]:
    settings = settings_file("references.toml")
    nouns = "|".join((*settings["nouns"], *settings["counting"]))
    so = r"(?:if|should)\s(?:so|not|that|it\sdoes|they\sdo)\b"
    pointer = r"[\"'“‘]?(?:that\s)?(?:the|this|that|those|these|such)\s"
    return re.compile(rf"{so}|{pointer}(?:{nouns})\s(?!(?:of|that|for)\b)", re.IGNORECASE)


def says_plainly(statement: Statement) -> bool:
    """Whether the report says no more of a statement than that it was said."""
    cues = settings_file("briefing.toml")["plainly"]["cues"]
    return statement.cue is not None and tidy(statement.cue.quote).lower() in cues


def said_words(statement: Statement) -> str:
    """The words of the content, however they are set."""
    return same_letters(tidy(statement.content.quote).strip("“”\"'‘’,"))


def same_letters(words: str) -> str:
    """Words without case and with one kind of quotation mark: outlets set the same text in their own ways."""
    return words.translate(_MARKS).casefold()


def points_back(statement: Statement) -> bool:
    """Whether the words only point at what was said before: this, those assertions."""
    return statement.refers_to is not None


def doubt_about(statement: Statement, report: Report) -> str | None:
    """The word right in front of the content by which the report gives it as a possibility, a fear or a rumour."""
    start = statement.content.spans[0].start
    taken = [span for evidence in (statement.cue, statement.source) if evidence for span in evidence.spans]
    line_start = max([report.text.rfind("\n", 0, start) + 1, *(span.end for span in taken if span.end <= start)])
    before = _WORD.findall(report.text[max(line_start, start - 80) : start])[-DOUBT_REACH:]
    doubts = settings_file("briefing.toml")["hedges"]["doubts"]
    return next((word for word in before if word.lower() in doubts), None)


def is_pronoun(words: str) -> bool:
    """Whether words point at a source without saying who it is."""
    return words.casefold() in settings_file("briefing.toml")["sources"]["pronouns"]


def _is_whole(statement: Statement) -> bool:
    rejected = statement.review == "rejected" or statement.source is None
    return not rejected and not statement.speaker.ambiguous and not statement.flags
