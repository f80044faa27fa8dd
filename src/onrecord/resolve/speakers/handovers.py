"""Quotations that may have passed to somebody else: an attribution keeps what is surely its speaker's.

What follows another quotation at once ("Older still."), or somebody else who is brought on in between, or a question
put to somebody, becomes an attribution of its own, without a source, that says that its speaker is unclear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.model import Attribution, Mention, Report, Selection, Span, Speaker, hull
from onrecord.resolve.speakers.doubts import flagged
from onrecord.resources import settings_file

MARKS = "\"“”„‟«»‘’'`"
DASHES = frozenset("—–-―")
LETTER = re.compile(r"[^\W_]")


def handed_over(report: Report, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, in order of content, with doubtful pieces of quotations apart."""
    reader = _Reader(report)
    kept: list[tuple[int, Attribution]] = []
    for k, whole in enumerate(attributions):
        one = reader.parted(whole) if whole.form == "direct" and whole.source else whole
        first, after = reader.own(one) if len(one.content) > 1 and one is not whole else (0, len(one.content))
        if (first, after) == (0, len(one.content)):
            kept.append((k, whole))
            continue
        if first == after:
            kept.append((k, flagged(whole, ("ambiguous-speaker",))))
            continue
        kept.append((k, replace(one, content=one.content[first:after])))
        doubtful = (one.content[:first], one.content[after:])
        kept += [(-1, unclear(one, content)) for content in doubtful if content]
    return ordered(kept)


def unclear(one: Attribution, content: Selection) -> Attribution:
    """Quotations beside those of `one` whose speaker nobody tells."""
    return Attribution(
        content=content,
        form="direct",
        rule=one.rule,
        confidence=one.confidence,
        nested_in=one.nested_in,
        speaker=Speaker(None, ambiguous=True, method="none"),
        commitment=one.commitment,
        flags=("ambiguous-speaker",),
    )


def ordered(kept: list[tuple[int, Attribution]]) -> tuple[Attribution, ...]:
    """By content and cue, with indexes that point where they pointed; those numbered -1 are new."""
    kept.sort(key=lambda pair: (pair[1].content, pair[1].cue))
    place = {number: k for k, (number, _) in enumerate(kept) if number >= 0}

    def at(index: int | None) -> int | None:
        return None if index is None else place[index]

    return tuple(
        replace(one, nested_in=at(one.nested_in), continues=at(one.continues), refers_to=at(one.refers_to))
        for _, one in kept
    )


class _Reader:
    """One report with its sentences and people by position."""

    def __init__(self, report: Report) -> None:
        self.report, self.text = report, report.text
        self.sentence_starts = [one.span.start for one in report.sentences]
        self.people = [m for m in report.mentions if m.kind in ("person", "group", None) or m.form == "pronoun"]
        self.starts = [m.span.start for m in self.people]
        self.quote_starts = sorted(one.span.start for one in report.quotations if one.depth == 0)

    def parted(self, one: Attribution) -> Attribution:
        """The attribution with quotations that follow each other in one piece of it apart."""
        out: list[Span] = []
        for piece in one.content:
            first = bisect_left(self.quote_starts, piece.start)
            after = bisect_left(self.quote_starts, piece.end)
            starts = [self.quote_starts[k] for k in range(first, after) if k > first]
            edges = [piece.start, *starts, piece.end]
            out += [Span(a, b).strip(self.text) for a, b in pairwise(edges)]
        return replace(one, content=tuple(span for span in out if len(span)))

    def own(self, one: Attribution) -> tuple[int, int]:
        """The pieces [first, after) that are surely the speaker's; none where `first` is `after`."""
        anchor = hull((*one.source, *one.cue))
        first, after = 0, len(one.content)
        for k in range(1, len(one.content)):
            before, piece = one.content[k - 1], one.content[k]
            if piece.start < anchor.start:
                first = k if self.is_bare(Span(before.end, piece.start), before) else first
            elif self.is_turn(one, before, piece, anchor):
                answers = k > 1 and self.asks(before) and before.start > anchor.start
                after = k - 1 if answers else k
                break
        if first and one.content[first].end <= anchor.start and self.is_ended(one.content[first]):
            first += 1  # “Of what?” “The vote.” Lee laughed.
        return (first, max(first, after))

    def is_bare(self, gap: Span, before: Span) -> bool:
        """Whether a quotation follows a closed one at once, as turns of a talk do."""
        return self.is_closed(before) and not LETTER.search(gap.of(self.text)) and "\n" not in gap.of(self.text)

    def is_turn(self, one: Attribution, before: Span, piece: Span, anchor: Span) -> bool:
        """Whether somebody else may speak from `piece` on."""
        gap = Span(before.end, piece.start)
        if gap.contains(anchor) and any(span.of(self.text).strip() in DASHES for span in one.cue):
            return True  # a signature closes what it signs
        told = [span for span in self.apart(gap, one) if LETTER.search(span.of(self.text))]
        if not told and not gap.contains(anchor):
            return self.is_closed(before) and ("\n" not in gap.of(self.text) or self.asks(before))
        after = [span for span in self.sentences_in(gap) if span.start >= anchor.end or span.end <= anchor.start]
        if any(self.others(span, one) for span in after):
            return True
        return self.asks(before) and is_asked(one) and any(self.others(span, one) for span in told)

    def apart(self, gap: Span, one: Attribution) -> list[Span]:
        """What of the gap is neither source nor cue."""
        taken = sorted(span for span in (*one.source, *one.cue) if gap.contains(span))
        edges = [gap.start, *(edge for span in taken for edge in (span.start, span.end)), gap.end]
        return [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]

    def sentences_in(self, gap: Span) -> list[Span]:
        """The sentences that begin in the gap."""
        first, last = bisect_left(self.sentence_starts, gap.start), bisect_left(self.sentence_starts, gap.end)
        spans = (one.span for one in self.report.sentences[first:last])
        return [Span(span.start, min(span.end, gap.end)) for span in spans]

    def others(self, span: Span, one: Attribution) -> bool:
        """Whether somebody else than the speaker is in the span."""
        first, last = bisect_left(self.starts, span.start), bisect_right(self.starts, span.end - 1)
        return any(self.is_other(mention, one) for mention in self.people[first:last])

    def is_other(self, mention: Mention, one: Attribution) -> bool:
        """Whether a mention is of somebody who may speak and is not the speaker."""
        if mention.form == "pronoun":
            return False
        speaker = one.speaker
        known = (speaker.entity, *speaker.also) if speaker is not None else ()
        return mention.entity is None or mention.entity not in known

    def is_closed(self, piece: Span) -> bool:
        """Whether a closing mark ends the piece."""
        return piece.of(self.text).rstrip()[-1:] in MARKS and len(piece) > 1

    def is_ended(self, piece: Span) -> bool:
        """Whether a full stop ends the piece, so that what follows is no clause of its sentence."""
        return piece.of(self.text).rstrip(MARKS + " \n").endswith(".")

    def asks(self, piece: Span) -> bool:
        """Whether the piece is a question."""
        return piece.of(self.text).rstrip(MARKS + " \n,").endswith("?")


def is_asked(one: Attribution) -> bool:
    """Whether the cue is one that gets an answer."""
    return one.rule.partition(":")[2] in settings_file("doubts.toml")["answered"]["verbs"]
