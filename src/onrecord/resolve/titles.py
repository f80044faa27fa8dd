"""Whom "the defense secretary" or "the official" means: whoever bears the title in the report, if only one does."""

from __future__ import annotations

import re
from collections import defaultdict

from onrecord.model import EntityKind, Mention, Report
from onrecord.resolve.folding import fold
from onrecord.resolve.naming import Cast, affiliation_name

DEFINITE = re.compile(r"(?:the|this|that)\s", re.IGNORECASE)
IDLE = frozenset(("the", "a", "an", "former", "senior", "top", "of", "for"))
SHORT = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "prof": "professor"}


def title_words(title: str) -> frozenset[str]:
    """The words of a title that tell it from others."""
    return frozenset(SHORT.get(word, word) for word in re.findall(r"[^\W_]+", fold(title))) - IDLE


class Titles:
    """The titles that people bear in a report."""

    def __init__(self, report: Report, cast: Cast) -> None:
        self.report, self.cast = report, cast
        self.bearers: dict[str, list[tuple[frozenset[str], str, str | None, int]]] = defaultdict(list)
        seen: set[tuple[frozenset[str], str, str | None]] = set()
        for at in sorted(cast.of):
            mention, entity = report.mentions[at], cast.of[at][0]
            role = mention.role
            if role is None or not role.title or cast.named[entity].kind is not EntityKind.PERSON:
                continue
            words, tie = title_words(role.title), affiliation_name(role.affiliation)
            if (words, entity, tie) in seen:
                continue
            seen.add((words, entity, tie))
            for word in words:
                if len(self.bearers[word]) < 40:
                    self.bearers[word].append((words, entity, tie, mention.span.start))

    def resolve(self, at: int) -> tuple[str | None, bool]:
        """The bearer of the title that a definite description gives, and whether it could be two."""
        mention = self.report.mentions[at]
        if mention.plural or mention.kind != "person" or not is_definite(mention):
            return None, False
        words = title_words((mention.head or mention.span).of(self.report.text))
        tie = affiliation_name(mention.role.affiliation) if mention.role is not None else None
        if tie is not None:
            words = words - title_words(mention.role.affiliation or "" if mention.role else "")
        if not words:
            return None, False
        noun = fold((mention.head or mention.span).of(self.report.text)).rsplit(" ", 1)[-1]
        found = {
            entity
            for own, entity, theirs, start in self.bearers.get(SHORT.get(noun, noun), ())
            if words <= own and (tie is None or theirs is None or tie == theirs) and start < mention.span.start
        }
        if len(found) == 1:
            return next(iter(found)), False
        return None, len(found) > 1


def is_definite(mention: Mention) -> bool:
    """Whether a description means somebody known: "the minister", "Defense Secretary"; not "a minister"."""
    return bool(DEFINITE.match(mention.text)) or (mention.text[:1].isupper() and mention.head is None)
