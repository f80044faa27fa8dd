"""Misses of which nothing was found: whose words they were given to, or what they look like."""

from __future__ import annotations

from collections.abc import Callable

from evals.kinds.cues import attitude, is_by_light_verb, is_noun, is_passive, is_speech, may_be_noun
from evals.kinds.scene import Miss
from evals.slices import SHORT_CONTENT
from evals.spans import View

POSSESSIVE = frozenset("s his her its their my our your".split())  # "Holm's" is two words: Holm, s


def held_by_another(miss: Miss) -> bool:
    return bool(miss.gold.cue) and any(miss.gold.cue <= view.content for view in around(miss))


def taken_in(miss: Miss) -> bool:
    return bool(around(miss))


def around(miss: Miss) -> list[View]:
    """Finds whose content has half of the content."""
    return [
        view for view in miss.scene.found if 2 * len(miss.gold.content & view.content) >= len(miss.gold.content) > 0
    ]


def cue_is_mark(miss: Miss) -> bool:
    return not miss.gold.cue


def within_quotation(miss: Miss) -> bool:
    return all(k in miss.scene.region for k in miss.gold.cue)


def direct(miss: Miss) -> bool:
    return miss.gold.form == "direct"


def mixed(miss: Miss) -> bool:
    return miss.gold.form == "mixed"


def by_possessive_noun(miss: Miss) -> bool:
    scene, gold = miss.scene, miss.gold
    if not gold.source or not may_be_noun(scene.said(gold.cue)):
        return False
    last = max(gold.source)
    return scene.words[last] in POSSESSIVE or scene.text[scene.ranges[last][1] :][:1] in {"'", "’"}


def by_light_verb(miss: Miss) -> bool:
    return is_by_light_verb(miss.scene.said(miss.gold.cue))


def by_noun(miss: Miss) -> bool:
    return is_noun(miss.scene.said(miss.gold.cue))


def without_source(miss: Miss) -> bool:
    return not miss.gold.source


def passive_with_source(miss: Miss) -> bool:
    gold = miss.gold
    return is_passive(miss.scene.said(gold.cue)) and min(gold.source) > max(gold.cue)


def passive_without_source(miss: Miss) -> bool:
    return not miss.gold.source and is_passive(miss.scene.said(miss.gold.cue))


def noun_without_source(miss: Miss) -> bool:
    return not miss.gold.source and by_noun(miss)


def content_first(miss: Miss) -> bool:
    return max(miss.gold.content, default=0) < min(miss.gold.cue, default=0)


def of_few_words(miss: Miss) -> bool:
    return len(miss.gold.content) <= SHORT_CONTENT


def by_attitude(miss: Miss) -> bool:
    return attitude(miss.scene.said(miss.gold.cue)) not in {"speech", ""}


def by_speech(miss: Miss) -> bool:
    return is_speech(miss.scene.said(miss.gold.cue))


def by_many_words(miss: Miss) -> bool:
    return len(miss.gold.cue) > 2


def anything(_: Miss) -> bool:
    return True


KINDS: tuple[tuple[str, Callable[[Miss], bool]], ...] = (
    ("read as part of what somebody else says", held_by_another),
    ("content taken into that of another cue", taken_in),
    ("cue is a mark, or there is none", cue_is_mark),
    ("cue within a quotation", within_quotation),
    ("direct quotation", direct),
    ("sentence with quoted words", mixed),
    ("passive without a source", passive_without_source),
    ("noun without a source", noun_without_source),
    ("no source in the text", without_source),
    ("possessive and noun as cue", by_possessive_noun),
    ("verb and noun as cue", by_light_verb),
    ("noun as cue", by_noun),
    ("passive with its source", passive_with_source),
    ("content first, without quotation marks", content_first),
    ("content of one to three words", of_few_words),
    ("attitude or act", by_attitude),
    ("known word of speech", by_speech),
    ("cue of three words and more", by_many_words),
    ("word that the lexicon of cues does not have", anything),
)
