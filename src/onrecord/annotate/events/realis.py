"""How real an event is as its clause puts it: actual, denied, planned, conditional or possible."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.certainty import governing
from onrecord.annotate.events.rows import word_sets
from onrecord.annotate.events.voice import Use
from onrecord.annotate.tokens import Tokens

WINDOW = 14  # words looked back for what governs an event
FUTURE = frozenset("will shall 'll ’ll wo".split())
MODAL = frozenset("may might could can would should must ought 'd ’d cannot".split())
WOULD = frozenset("would 'd ’d".split())
CONDITION = frozenset("if unless provided lest whether".split())
NEGATIVE = frozenset("not n't n’t never neither nor".split())
NO = frozenset("no without".split())
ORDER = ("actual", "planned", "possible", "conditional")
ONLY = frozenset("only just merely".split())
EDGE = frozenset(".;:")
CLAUSE = frozenset("WTB")  # classes that begin a clause
OBJECT_WORDS = 5  # between a verb and the noun that is its object
SUBJECT_WORDS = 8  # between a noun and the verb that it is the subject of
INFINITIVE_WORDS = 6  # between a verb and the one that "to" adds


def realis_of(words: Tokens, use: Use) -> str:
    """How real the event at `use` is, read off the words before it in its clause, the nearest first.

    >>> from onrecord.annotate.events.find import read_events
    >>> [event.realis for event in read_events("Vesna will attack Ostia.")]
    ['planned']
    """
    reading = _Reading(words, use)
    for k in range(use.head - 1, max(-1, use.head - 1 - WINDOW), -1):
        if not reading.take(k):
            break
    if use.voice == "noun":
        reading.after_noun()
    return "denied" if reading.negative else reading.level


@dataclass(slots=True)
class _Reading:
    words: Tokens
    use: Use
    level: str = "actual"
    negative: bool = False

    def take(self, k: int) -> bool:
        """Takes in word `k`; False at the edge of the clause."""
        tag, word = self.words.tags[k], self.words.lower[k]
        if word in ONLY and self.words.lower[k - 1] == "not":
            return False  # "not only was preceded by a visit"
        if tag in EDGE or (tag in ",-" and k < self.use.group - 1):
            return False
        if word in CONDITION:
            self.level = "conditional"
            return False
        if word in word_sets()["hedging"]:
            self._lower("possible")
        if self.use.voice == "noun":
            self._before_noun(k)
        elif k >= self.use.group:
            self._in_group(k)
        self._governed(k)
        return tag not in CLAUSE

    def _lower(self, level: str) -> None:
        """The less real of two."""
        self.level = max(self.level, level, key=ORDER.index)

    def _in_group(self, k: int) -> None:
        """A word of the event's own verb group."""
        word = self.words.lower[k]
        if word in NEGATIVE:
            self.negative = not self.negative
        elif word in FUTURE:
            self._lower("planned")
        elif word in MODAL:
            self._lower(self._would(k) if word in WOULD else "possible")

    def _would(self, k: int) -> str:
        """What "would" says: on a condition, or to come as somebody has said."""
        if not CONDITION.isdisjoint(self.words.lower):
            return "conditional"
        return "planned" if "V" in self.words.tags[:k] else "possible"

    def _before_noun(self, k: int) -> None:
        """A word before a noun: its own "no", or the verb group that it is the object of."""
        word = self.words.lower[k]
        between = self.words.tags[k + 1 : self.use.head]
        own = word in NO and len(between) < 3
        if own or (word in NEGATIVE and self._is_object(between)):
            self.negative = not self.negative
        elif word in FUTURE and self._is_object(between):
            self._lower("planned")
        elif word in MODAL and self._is_object(between):
            self._lower("possible")
        elif word in word_sets()["ahead"] and len(between) < 2:
            self._lower("planned")

    def after_noun(self) -> None:
        """The verb group that a noun is the subject of: "talks will begin", "the attack did not happen"."""
        tags, lower = self.words.tags, self.words.lower
        k = self.use.after
        while (
            k < self.use.after + SUBJECT_WORDS
            and tags[k] in "IoDPACN#GY"
            and not (tags[k] in "DP" and tags[k - 1] == "N")
        ):
            k += 1
        first = k
        while tags[k] in "MXHZnR":
            k += 1
        if lower[k] in word_sets()["ahead"] and tags[k - 1] == "X":
            self._lower("planned")
        if lower[k] not in word_sets()["taking-place"] and "be" not in lower[first:k]:
            return  # "the attack will have consequences"
        for word in lower[first:k]:
            if word in FUTURE:
                self._lower("planned")
            elif word in MODAL:
                self._lower(self._would(k) if word in WOULD else "possible")
            elif word in NEGATIVE:
                self.negative = not self.negative

    def _is_object(self, between: str) -> bool:
        """Whether one verb and a plain noun phrase stand between a modal and the noun."""
        return len(between) <= OBJECT_WORDS + 1 and sum(tag in "VLl" for tag in between) <= 1

    def _governed(self, k: int) -> None:
        """A verb that the event depends on: "refused to attack", "wants to attack", "planned an attack"."""
        words, use = self.words, self.use
        word = words.lower[k]
        if word == "without" and k == use.group - 1 and use.voice != "noun":
            self.negative = not self.negative
            return
        effect = governing().get(word, "planned" if word in word_sets()["planning"] else "")
        between = words.tags[k + 1 : use.head]
        if word in word_sets()["alleging"] and any(tag in "oI" for tag in between):
            self._lower("possible")  # "accused the army of torturing detainees"
            return
        if not effect or words.tags[k] == "A" or not self._is_near(between):
            return
        if word in word_sets()["planning"] and (use.voice != "noun" or word not in word_sets()["function"]):
            self._lower("planned")
        elif effect == "thwarted":
            if use.voice != "noun" or not any(tag in "oI" for tag in between):
                self.negative = not self.negative
        elif effect == "prospective" and (use.voice != "noun" or word in word_sets()["wanting"]):
            self._lower("possible")

    def _is_near(self, between: str) -> bool:
        """Whether what stands between a verb and the event makes the event its object or its infinitive."""
        if self.use.voice == "noun":
            return len(between) < OBJECT_WORDS and all(tag in "DPANd#RIogG" for tag in between)
        if self.use.voice == "gerund":
            return len(between) < 3
        return "t" in between[-INFINITIVE_WORDS:]
