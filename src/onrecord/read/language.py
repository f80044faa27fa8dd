"""A light guess whether a text is English, from the share of its function words."""

from __future__ import annotations

from functools import cache

from onrecord.resources import lexicon

_SAMPLE = 20_000  # characters looked at
_FEWEST = 25  # words; below them a share says nothing
_LEAST = 0.12  # of all words; English news has about 0.35
_LATIN = 0.5  # of all letters


def is_english(text: str) -> bool:
    """Whether the text may be taken for English; a text too short to tell may."""
    sample = text[:_SAMPLE]
    letters = [character for character in sample if character.isalpha()]
    if len(letters) > _FEWEST and sum(c < "\u0250" for c in letters) < _LATIN * len(letters):
        return False
    words = [word.strip(".,;:!?()[]\"'“”‘’—–-") for word in sample.lower().split()]
    words = [word for word in words if word and word[0].isalpha()]
    return len(words) < _FEWEST or sum(word in _function_words() for word in words) >= _LEAST * len(words)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon("english.tsv"))
