"""Whom "it", "they" and "I" mean as sources, where only one reading is left; nobody otherwise."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from onrecord.model import Attribution, EntityKind, Mention, Report, Speaker, select
from onrecord.resolve.names.cast import Named, sure
from onrecord.resolve.names.folding import words_of
from onrecord.resources import lexicon

NEAR = 8  # code points of "that" and quotation marks between the start of a content and the pronoun
OPENING = re.compile(r"\W*([A-Z][\w’'-]*)\s[a-z]")
OPENS = 4  # code points between the start of a sentence and the source that opens it
BODIES = (EntityKind.ORGANIZATION, EntityKind.COUNTRY)


def resolve_neuters(
    report: Report, attributions: Sequence[Attribution], named: Mapping[str, Named]
) -> tuple[Attribution, ...]:
    """The attributions with speakers for pronouns that a body just named, or whoever says them, must be."""
    reader = _Reader(report, list(attributions), named)
    for k, one in enumerate(attributions):
        word = select(report.text, one.source).lower()
        if one.speaker is None or one.speaker.entity is not None or one.speaker.ambiguous:
            continue
        if word in ("it", "they", "i"):
            before = reader.holder(one, word) or ((reader.before(one) or reader.still(one)) if word == "it" else None)
            if before is not None:
                speaker = replace(before, method="pronoun", confidence=sure("pronoun"), also=())
                reader.attributions[k] = replace(one, speaker=speaker)
    return tuple(reader.attributions)


def is_plain_speech(one: Attribution) -> bool:
    """Whether only somebody who speaks can be the source: "it said", not "it showed"."""
    return one.rule.rpartition(":")[2] in words_of("only_speakers")


def may_be_name(sentence: str) -> bool:
    """Whether what opens a sentence could be a name that nobody knows: "Marwick would pay", not "Pumps were sent"."""
    first = OPENING.match(sentence)
    return first is not None and not first[1].endswith("s") and first[1].lower() not in common_words()


@cache
def common_words() -> frozenset[str]:
    """Words that open sentences and are no names."""
    words = {row["form"] for row in lexicon("function_words.tsv")} | {row["word"] for row in lexicon("numbers.tsv")}
    return frozenset(words) | words_of("openers")


class _Reader:
    """One report with what its sources are."""

    def __init__(self, report: Report, attributions: list[Attribution], named: Mapping[str, Named]) -> None:
        self.report, self.attributions, self.named = report, attributions, named
        self.mention_starts = [mention.span.start for mention in report.mentions]
        self.sentence_starts = [sentence.span.start for sentence in report.sentences]
        placed = sorted((one.source[0].start, k) for k, one in enumerate(attributions) if one.source)
        self.source_starts, self.sourced = [start for start, _ in placed], [k for _, k in placed]

    def holder(self, one: Attribution, word: str) -> Speaker | None:
        """Whoever says what the pronoun opens: "The bank said it had warned the mayor"."""
        if one.nested_in is None:
            return None
        holder = self.attributions[one.nested_in]
        opened = 0 <= one.source[0].start - holder.content[0].start <= NEAR
        if holder.speaker is None or holder.speaker.entity is None or not holder.source:
            return None
        if word == "i":
            is_person = self.named[holder.speaker.entity].kind is EntityKind.PERSON
            return holder.speaker if is_person and holder.form == "direct" else None
        fits = self.is_body(holder) if word == "it" else self.is_plural(holder)
        return holder.speaker if opened and fits and not holder.speaker.also else None

    def before(self, one: Attribution) -> Speaker | None:
        """The body that opens the sentence before, where "It" opens the next one of the paragraph."""
        sentences = self.report.sentences
        at = bisect_right(self.sentence_starts, one.source[0].start) - 1
        if at < 1 or one.source[0].start - sentences[at].span.start > 0:
            return None
        last = sentences[at - 1]
        if last.paragraph != sentences[at].paragraph:
            return None
        first = bisect_left(self.source_starts, last.span.start)
        after = bisect_left(self.source_starts, last.span.end)
        sources = [self.attributions[k] for k in self.sourced[first:after]]
        outer = [source for source in sources if source.nested_in is None]
        speakers = {source.speaker.entity for source in outer if source.speaker is not None}
        if len(speakers) != 1 or outer[0].source[0].start - last.span.start > OPENS:
            return None
        speaker = outer[0].speaker
        return speaker if speaker and speaker.entity and not speaker.also and self.is_body(outer[0]) else None

    def still(self, one: Attribution) -> Speaker | None:
        """The one body that spoke in the sentence before, where ", it said" goes on and nothing else could be meant.

        "Water has entered 40 homes, the fire brigade said. Ten of them are empty, it said."
        """
        sentences, start = self.report.sentences, one.source[0].start
        at = bisect_right(self.sentence_starts, start) - 1
        if at < 1 or sentences[at - 1].paragraph != sentences[at].paragraph or not is_plain_speech(one):
            return None
        last, here = sentences[at - 1].span, sentences[at].span
        if start - here.start <= OPENS:
            return None  # "It" that opens a sentence may be anything that was spoken of
        if may_be_name(self.report.text[here.start : start]):
            return None
        spoken = [a for a in self.spoken(last.start, here.end) if a is not one and a.nested_in is None]
        speakers = {a.speaker.entity for a in spoken if a.speaker is not None}
        if len(speakers) != 1 or not spoken[0].speaker or not spoken[0].speaker.entity or spoken[0].speaker.also:
            return None
        source = spoken[0].source[0]
        others = self.rivals(last.start, source.start) + self.rivals(source.end, start)
        if not self.is_body(spoken[0]) or any(m.entity != spoken[0].speaker.entity for m in others):
            return None
        return spoken[0].speaker

    def spoken(self, start: int, end: int) -> list[Attribution]:
        """The attributions whose source stands between two places of the text."""
        first, after = bisect_left(self.source_starts, start), bisect_left(self.source_starts, end)
        return [self.attributions[k] for k in self.sourced[first:after]]

    def rivals(self, start: int, end: int) -> list[Mention]:
        """Bodies and countries between two places of the text, and unknown names that no preposition makes places."""
        first, after = bisect_left(self.mention_starts, start), bisect_left(self.mention_starts, end)
        return [m for m in self.report.mentions[first:after] if m.kind in BODIES or self.is_unknown(m)]

    def is_unknown(self, mention: Mention) -> bool:
        """Whether a name could be a body's for all that is known: no "in" or "of" stands before it."""
        if mention.form != "name" or mention.kind is not None:
            return False
        before = self.report.text[max(0, mention.span.start - 12) : mention.span.start].lower().split()
        return not before or before[-1] not in words_of("oblique")

    def is_body(self, one: Attribution) -> bool:
        """Whether the source is one organization or country."""
        if one.speaker is None or one.speaker.entity is None:
            return False
        if self.named[one.speaker.entity].kind in BODIES:
            return True
        described = [m for m in self.described(one) if m.kind in ("organization", "person", "group")]
        return bool(described) and described[-1].kind == "organization" and not described[-1].plural

    def is_plural(self, one: Attribution) -> bool:
        """Whether the source is several people described together."""
        described = self.described(one)
        return bool(described) and described[0].kind == "group" and described[0].plural

    def described(self, one: Attribution) -> list[Mention]:
        """The descriptions in a source, by start."""
        span = one.source[0]
        first, after = bisect_left(self.mention_starts, span.start), bisect_left(self.mention_starts, span.end)
        return [m for m in self.report.mentions[first:after] if m.form == "nominal" and m.span.end <= span.end]
