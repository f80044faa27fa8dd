"""Whom "the defense secretary" or "the official" means: whoever bears the title in the report, if only one does."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from onrecord.model import EntityKind, Mention, Report
from onrecord.resolve.names.bodies import affiliation_name
from onrecord.resolve.names.cast import Cast
from onrecord.resolve.names.folding import fold, words_of
from onrecord.resources import lexicon

DEFINITE = re.compile(r"(?:the|this|that)\s", re.IGNORECASE)
BESIDE = re.compile(r"(?:\s(?:of|for|at)\s[^,.;:\n“”\"]{1,50})?,\s")  # "the president[ of the republic, ]Ines Soto"
SHORT = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "prof": "professor"}


def title_words(title: str) -> frozenset[str]:
    """The words of a title that tell it from others."""
    return frozenset(SHORT.get(word, word) for word in re.findall(r"[^\W_]+", fold(title))) - words_of("idle_in_titles")


class Titles:
    """The titles that people bear in a report."""

    def __init__(self, report: Report, cast: Cast) -> None:
        self.report, self.cast = report, cast
        self.bearers: dict[str, list[tuple[frozenset[str], str, str | None, int]]] = defaultdict(list)
        seen: set[tuple[frozenset[str], str, str | None]] = set()
        self.bodies: dict[str, dict[str, int]] = defaultdict(dict)  # head word -> organization -> first mention
        for at in sorted(cast.of):
            mention, entity = report.mentions[at], cast.of[at][0]
            if cast.named[entity].kind is EntityKind.ORGANIZATION:
                for word in head_words(cast.named[entity].name):
                    self.bodies[word].setdefault(entity, mention.span.start)
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
        self.named = {
            report.mentions[at].span.start: entity
            for at, (entity, _) in cast.of.items()
            if report.mentions[at].form == "name" and cast.named[entity].kind is EntityKind.PERSON
        }
        for at, mention in enumerate(report.mentions):
            beside = self.beside(mention) if mention.form == "nominal" and mention.kind == "person" else None
            if beside is None or at in cast.of:
                continue
            words = title_words((mention.head or mention.span).of(report.text))
            for word in words:
                if len(self.bearers[word]) < 40:
                    self.bearers[word].append((words, beside, None, mention.span.start))

    def beside(self, mention: Mention) -> str | None:
        """The person whose name follows a description of one after a comma."""
        after = None if mention.plural else BESIDE.match(self.report.text, mention.span.end)
        return self.named.get(after.end()) if after else None

    def resolve(self, at: int) -> tuple[str | None, bool]:
        """The bearer of the title that a definite description gives, and whether it could be two."""
        mention = self.report.mentions[at]
        if mention.kind == "organization":
            return self.body(mention)
        if mention.plural or mention.kind != "person" or not is_definite(mention):
            return None, False
        beside = self.beside(mention)
        if beside is not None:
            return beside, False
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

    def body(self, mention: Mention) -> tuple[str | None, bool]:
        """The organization that "the commission" is short for: the only one so called that was named before."""
        words = fold(mention.text).split(" ")
        if len(words) != 2 or words[0] not in ("the", "this"):
            return None, False
        found = [entity for entity, start in self.bodies.get(words[1], {}).items() if start < mention.span.start]
        return (found[0], False) if len(found) == 1 else (None, False)


@cache
def body_words() -> frozenset[str]:
    """Lower-case words that names of bodies have and by which they are called: commission, ministry."""
    return frozenset(row["word"].lower() for row in lexicon("organization_heads.tsv") if row["where"] == "any")


def head_words(name: str) -> frozenset[str]:
    """The words of an organization's name by which it may be called."""
    return frozenset(fold(name).split(" ")) & body_words()


def is_definite(mention: Mention) -> bool:
    """Whether a description means somebody known: "the minister", "Defense Secretary"; not "a minister"."""
    return bool(DEFINITE.match(mention.text)) or (mention.text[:1].isupper() and mention.head is None)
