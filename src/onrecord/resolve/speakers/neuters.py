"""Whom "it", "they" and "I" mean as sources, where only one reading is left; nobody otherwise."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.model import Attribution, EntityKind, Mention, Report, Speaker, select
from onrecord.resolve.names.cast import Named, sure

NEAR = 8  # code points of "that" and quotation marks between the start of a content and the pronoun
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
            before = reader.holder(one, word) or (reader.before(one) if word == "it" else None)
            if before is not None:
                speaker = replace(before, method="pronoun", confidence=sure("pronoun"), also=())
                reader.attributions[k] = replace(one, speaker=speaker)
    return tuple(reader.attributions)


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
