"""What the words around a mention in a source say: that it speaks, or only belongs to whoever does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import Mention, Span
from onrecord.resolve.names.folding import words_of

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
ARTICLE = re.compile(r"(?:the|an?|its|their|his|her|our)\s+", re.IGNORECASE)
TITLED = re.compile(
    r"(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,2}['’]s?)\s+(?:[a-z][\w-]*\s+){0,3}([a-z][\w-]*),\s+"
)
EDGES = ' \t\n,;:—–"“”()'


def hidden(mentions: Sequence[Mention]) -> frozenset[int]:
    """Positions of the mentions that never speak by themselves: its, which, and what somebody is before the name."""
    found: set[int] = set()
    for k, mention in enumerate(mentions):
        if mention.form == "pronoun":
            found |= {k} if mention.gender is None and not mention.plural else set()
        elif mention.kind == "person" and is_role_of(mention, mentions, k):
            found.add(k)
    return frozenset(found)


def is_role_of(mention: Mention, mentions: Sequence[Mention], at: int) -> bool:
    """Whether a description is the first part of a name's mention: "Norhelm chairman" of "Norhelm chairman Ann Lee"."""
    following = mentions[at + 1 : at + 4]
    return any(
        m.form == "name" and m.span.start == mention.span.start and m.span.end > mention.span.end for m in following
    )


def is_titled(before: str) -> bool:
    """Whether the words before a name are one person's post and a comma: "Its mission chief, "."""
    match = TITLED.fullmatch(before)
    return match is not None and not match[1].endswith("s")


def phrase_of(span: Span, mention: Mention) -> Span:
    """A described source with the words before it that no table knows: "exit polls"; a name by itself."""
    return Span(span.start, mention.span.end) if mention.form == "nominal" else mention.span


def names_somebody(mention: Mention) -> bool:
    """Whether a mention may be a speaker by itself."""
    return mention.form != "nominal" or mention.kind != "country"


def is_apart(before: str, mention: Mention, only: bool) -> bool:
    """Whether the words before a mention make it a part of something else: "people close to Trump"."""
    written = [word.group() for word in WORD.finditer(before)]
    words = [word.lower() for word in written]
    if any(word in words_of("head_prepositions") for word in words):
        return True
    is_person = mention.form == "name" and mention.kind == "person"  # "Retired surgeon Ann Lee" is the woman herself
    if not is_person and any(
        word[0].isupper() and "-" not in word and word.lower() not in described_words() for word in written
    ):
        return True
    return (
        bool(words)
        and only
        and not is_person
        and words[-1].endswith("s")
        and len(words[-1]) > 4
        and words[-1] not in words_of("fore")
    )


def is_noun_phrase(between: str) -> bool:
    """Whether nothing but adjectives stands between a possessor and a mention."""
    return (
        not any(word.group().lower() in words_of("head_prepositions") for word in WORD.finditer(between))
        and "," not in between
    )


def is_verbal(word: str) -> bool:
    """Whether a word after a name tells what it does: speaking, said, quoted."""
    return word.islower() and word.endswith(("ing", "ed")) and len(word) > 4


def cut(text: str, span: Span) -> Span:
    """A description without what only explains it: up to a comma, a relative clause or a bracket."""
    words = span.of(text)
    end = len(words)
    match = re.search(r",\s|\s\(|\s[—–-]\s|\s(?:who|which|that|whose)\s|;", words)
    if match and match.start() > 2:
        end = match.start()
    return Span(span.start, span.start + end).strip(text, EDGES)


def description(text: str, opens: bool) -> str:
    """A description as a name: without its article; small at the start of a sentence."""
    words = " ".join(text.split())
    match = ARTICLE.match(words)
    if match and match.end() < len(words):
        words = words[match.end() :]
    first = words.split(" ", 1)[0]
    if opens and not match and first[:1].isupper() and not first.isupper() and first.lower() in described_words():
        words = words[0].lower() + words[1:]
    return words


def described_words() -> frozenset[str]:
    """Words that are capitalised only where they open a sentence."""
    return words_of("openers") | words_of("described")
