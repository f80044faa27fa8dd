"""Whether the words around a trigger let it stand for the event of its row: no sport, no markets, no illness."""

from __future__ import annotations

from functools import cached_property

from onrecord.annotate.events.roles import Roles
from onrecord.annotate.events.rows import Guard
from onrecord.annotate.events.voice import Use
from onrecord.annotate.rules.phrases import Phrase
from onrecord.annotate.tokens import Tokens

AFTER = 12  # words of a clause that "after" looks at
NAME = "*name"  # in a guard: any name or pronoun
CLAUSE_EDGE = frozenset(".;:-BW")


class Sentence:
    """The words of a sentence, and as a set what guards look for."""

    def __init__(self, words: Tokens) -> None:
        self.words = words

    @cached_property
    def every(self) -> frozenset[str]:
        """Each word in lower case, once."""
        return frozenset(self.words.lower)


def is_fit(sentence: Sentence, use: Use, roles: Roles) -> bool:
    """Whether one of the needs holds and nothing forbids it."""
    trigger = use.form.trigger
    if any(_holds(guard, sentence, use, roles) for guard in trigger.unless):
        return False
    return not trigger.needs or any(_holds(guard, sentence, use, roles) for guard in trigger.needs)


def _holds(guard: Guard, sentence: Sentence, use: Use, roles: Roles) -> bool:
    words = sentence.words
    if guard.place == "any":
        return not guard.words.isdisjoint(sentence.every)
    if guard.place == "next":
        return words.lower[use.after] in guard.words
    if guard.place == "prev":
        return use.head > 0 and words.lower[use.head - 1] in guard.words
    if guard.place == "voice":
        return use.voice in guard.words
    if guard.place == "after":
        return _follows(words, use.after, guard.words)
    return _in_phrase(words, roles.subject if guard.place == "subj" else roles.object, guard.words)


def _follows(words: Tokens, at: int, wanted: frozenset[str]) -> bool:
    for k in range(at, min(len(words), at + AFTER)):
        if words.tags[k] in CLAUSE_EDGE:
            return False
        if words.lower[k] in wanted:
            return True
    return False


def _in_phrase(words: Tokens, phrase: Phrase | None, wanted: frozenset[str]) -> bool:
    if phrase is None:
        return False
    named = NAME in wanted and _is_name(words, phrase)
    return named or any(word in wanted for word in words.lower[phrase.first : phrase.after])


def _is_name(words: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase starts with a name or is a pronoun; the capital of a first word alone says nothing."""
    tags, first = words.tags, phrase.first
    if tags[first] in "SW":
        return True
    return tags[first] == "A" and (first > 0 or tags[1] == "A" or phrase.after == 1)
