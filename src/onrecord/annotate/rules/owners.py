"""Whose a cue is: the subject of its verb, of the verb it is joined to, or of the main clause."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.cues import cue_forms
from onrecord.annotate.rules.candidates import Hit
from onrecord.annotate.rules.phrases import FINITE, Phrase, noun_phrase_left, noun_phrase_right, subject_left
from onrecord.annotate.tokens import Tokens
from onrecord.model import Span

NEAR = 6  # words between the verb of the main clause and the "and" that joins a cue to it
REACH = 40  # words looked ahead for the main clause after a participle that opens the sentence


@dataclass(frozen=True, slots=True)
class Owner:
    """The source of a cue and how it was found (a trait with a weight of its own)."""

    how: str  # left, pronoun, relative, participle-noun, participle, infinitive, shared, coordinated, none
    phrase: Phrase | None = None
    shared: tuple[Span, ...] = ()  # the source of the cue before, where the two are joined by "and"

    def spans(self, words: Tokens) -> list[Span]:
        """The source as spans; empty where there is none."""
        return [words.span(self.phrase.first, self.phrase.after)] if self.phrase else list(self.shared)


NOBODY = Owner("none")


def find_owner(words: Tokens, hit: Hit, last_source: list[Span], *, is_progressive: bool) -> Owner:
    """Whose cue `hit` is; `last_source` belongs to the cue before it in the stretch."""
    tags = words.tags
    before = hit.first - 1
    if tags[hit.first] == "t":
        main = main_subject(words, hit.first)
        is_dummy = main is not None and words.lower[main.first] == "it"  # "It was not possible to verify the claim"
        return Owner("infinitive", main) if main and not is_dummy else NOBODY
    if tags[hit.head] == "g" and not is_progressive:
        return _owner_of_participle(words, hit)
    if before >= 0 and (tags[before] == "C" or words.lower[before] == "but"):
        own = _subject_after_comma(words, before)
        if own:
            return Owner("coordinated", own)
        if last_source:
            return Owner("shared", None, tuple(last_source))
        main = main_subject(words, hit.first)
        return Owner("coordinated", main) if main else NOBODY
    subject = subject_left(words, hit.first)
    if subject is None:
        return NOBODY
    subject = _without_claim(words, subject)
    if before >= 1 and tags[before] == "," and tags[before - 1] != "S":
        return Owner("left", subject)
    return Owner({"W": "relative", "S": "pronoun"}.get(tags[subject.first], "left"), subject)


def _without_claim(words: Tokens, subject: Phrase) -> Phrase:
    """Without the head of a bare relative clause: "the supplier" of "an allegation the supplier called baseless"."""
    first, forms = subject.first, cue_forms()
    is_claim = any(cue.kind == "noun" for cue in forms.get(words.lower[first + 1], ()))
    bare = words.lower[first] in ("a", "an") and words.tags[first + 2] == "D"
    return Phrase(first + 2, subject.after) if is_claim and bare else subject


def _subject_after_comma(words: Tokens, joint: int) -> Phrase | None:
    """The subject of the main clause in "When the mayor called, Lee laughed and said"; None where none is so plain."""
    tags = words.tags
    verb = next((k for k in range(joint - 1, max(0, joint - NEAR), -1) if tags[k] in FINITE or tags[k] == ","), 0)
    if not verb or tags[verb] == ",":
        return None
    subject = subject_left(words, verb)
    return subject if subject and subject.first and tags[subject.first - 1] == "," else None


def _owner_of_participle(words: Tokens, hit: Hit) -> Owner:
    """Its own subject in "a man claiming that", that of the main clause in ", adding that"."""
    before = hit.first - 1
    own = noun_phrase_left(words, before) if before >= 0 and words.tags[before] in "NA" else None
    if own:
        return Owner("participle-noun", own)
    main = main_subject(words, hit.first)
    return Owner("participle", main) if main else NOBODY


def main_subject(words: Tokens, before: int) -> Phrase | None:
    """The subject of the first finite verb before word `before`; of the first one after it where none is."""
    tags = words.tags
    start = max((k for k in range(1, before) if tags[k] == "B" and tags[k - 1] == ","), default=0)
    for k in range(start + 1, before):
        if tags[k] in FINITE:
            subject = subject_left(words, k)
            if subject and tags[subject.first] != "W":
                return subject
    for k in range(before + 1, min(len(words), before + REACH)):
        if tags[k] != ",":
            continue
        if tags[k + 1] == "S":
            return Phrase(k + 1, k + 2)
        if tags[k + 1] in "DPAN#":
            end = noun_phrase_right(words, k + 1)
            if tags[end] in "VLXHZMR,ds":
                return Phrase(k + 1, end)
    return None
