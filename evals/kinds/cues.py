"""What sort of word a cue is, by its words and the lexicon of cues."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from evals.slices import cue_kind, speech_forms
from onrecord.annotate.cues import Cue, cue_forms
from onrecord.annotate.tokens import inflect, verb_forms

BE = frozenset("am are is was were be been being".split())
LIGHT = BE | {  # verbs that leave the saying to their noun
    form
    for verb in "do express get give have hold issue make offer raise take voice".split()
    for form in verb_forms().get(verb) or inflect(verb)
}
BEFORE_NOUN = frozenset("a an the this that these those his her its their my our your no any some one s".split())


def rows_of(words: Sequence[str]) -> tuple[Cue, ...]:
    """What the lexicon has for the last word of a cue that is in it; nothing where none is."""
    return next((rows for word in reversed(words) if (rows := cue_forms().get(word))), ())


def attitude(words: Sequence[str]) -> str:
    """speech, belief, wish, fear, plan or act by the lexicon of cues; empty for a cue that is not in it."""
    if set(words) & speech_forms():
        return "speech"
    rows = rows_of(words)
    return next((cue.attitude for cue in rows if cue.tail and cue.tail[0] in words), rows[-1].attitude if rows else "")


def may_be_noun(words: Sequence[str]) -> bool:
    """Whether the lexicon has it as a noun, whatever else it may be."""
    return "noun" in {cue.kind for cue in rows_of(words)}


def is_noun(words: Sequence[str]) -> bool:
    """Whether a cue is a noun: known as nothing else, or with an article or possessive before it or "of" after it."""
    kinds = {cue.kind for cue in rows_of(words)}
    return may_be_noun(words) and (kinds == {"noun"} or words[0] in BEFORE_NOUN or words[-1] == "of")


def is_by_light_verb(words: Sequence[str]) -> bool:
    """Whether a verb that says little carries the noun that says it: "made the claim"."""
    return len(words) > 1 and words[0] in LIGHT and is_noun(words[1:])


def is_passive(words: Sequence[str]) -> bool:
    """Whether a form of "be" stands before a participle; "is worried" is an adjective."""
    first = next((k for k, word in enumerate(words) if word in BE), len(words))
    adjective = "adjective" in {cue.kind for cue in rows_of(words)}
    return not adjective and any(word in participles() or word.endswith("ed") for word in words[first + 1 :])


def is_speech(words: Sequence[str]) -> bool:
    """Whether the cue is known to be one of saying."""
    return cue_kind(words) != "any other cue" or attitude(words) == "speech"


@cache
def participles() -> frozenset[str]:
    """The participles of common verbs."""
    return frozenset(forms[3] for forms in verb_forms().values())
