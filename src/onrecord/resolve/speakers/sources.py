"""The words of a source taken apart: which mention in it speaks, and which only tells more about whoever does."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Mention, Report, Selection, Span, hull
from onrecord.resolve.names.folding import words_of
from onrecord.resolve.speakers.sourcewords import (
    EDGES,
    WORD,
    cut,
    hidden,
    is_apart,
    is_noun_phrase,
    is_titled,
    is_verbal,
    names_somebody,
    phrase_of,
)

AND = re.compile(r"\s*,?\s*(?:and|&|as well as|along with|n?or)\s+(?:by\s+|from\s+)?|\s*,\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One speaker of a source: the mention that names or describes it, or only words."""

    span: Span
    mention: int | None  # position in report.mentions
    described: bool = (
        False  # the words around the mention describe somebody else: "Clinton's aides", "Reports from Seoul"
    )


class Sources:
    """Looks up the mentions of a report by where they stand."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.starts = [m.span.start for m in report.mentions]
        self.index = {m.span: k for k, m in enumerate(report.mentions)}
        self.hidden = hidden(report.mentions)

    def within(self, span: Span) -> list[int]:
        """Mentions that lie inside a span, by start, the longest first."""
        k, found = bisect_left(self.starts, span.start), []
        while k < len(self.starts) and self.starts[k] < span.end:
            last = self.report.mentions[k].span.end
            fits = last <= span.end or (last == span.end + 1 and self.report.text[span.end] == ".")
            if fits and k not in self.hidden:
                found.append(k)
            k += 1
        return sorted(found, key=lambda k: (self.report.mentions[k].span.start, -self.report.mentions[k].span.end))

    def around(self, span: Span) -> int | None:
        """The name that a span is a part of: "Austin" of "Lloyd J. Austin III"."""
        k = bisect_right(self.starts, span.start) - 1
        while k >= 0 and span.start - self.starts[k] < 100:
            mention = self.report.mentions[k]
            if mention.form == "name" and mention.span.contains(span):
                return k
            k -= 1
        return None

    def parts(self, source: Selection) -> list[Part]:
        """Who speaks in a source, in order; none for no source."""
        if not source:
            return []
        whole = hull(source).strip(self.report.text, EDGES)
        if whole.of(self.report.text).lower() in words_of("point_back"):
            return self.antecedent(whole)
        word = WORD.match(whole.of(self.report.text))
        if word and word.group() in ("who", "whom", "which"):  # cut off from its head: "Lee, [who leads it,] said"
            head = self.antecedent(Span(whole.start, whole.start + word.end()))
            if head[0].mention is not None:
                return head
        found: list[Part] = []
        while len(whole) and len(found) < 4:
            part, rest = self.first(whole)
            found.append(part)
            if rest is None:
                break
            whole = rest
        return found

    def antecedent(self, span: Span) -> list[Part]:
        """Whoever stands right before "who" or "which"; nobody for "it"."""
        k = bisect_left(self.starts, span.start) - 1
        text = self.report.text
        if span.of(text).lower() in ("who", "whom", "which"):
            while k >= 0 and span.start - self.starts[k] < 100:
                mention = self.report.mentions[k]
                if mention.form != "pronoun" and text[mention.span.end : span.start].strip() in ("", ","):
                    return [Part(mention.span, k)]
                k -= 1
        return [Part(span, None)]

    def first(self, span: Span) -> tuple[Part, Span | None]:
        """The first speaker of a span, and what is left after an "and"."""
        text, mentions = self.report.text, self.report.mentions
        inside = self.within(span)
        around = self.around(span) if not inside else None
        if around is not None:
            return Part(span, around), None
        while inside:
            at = inside[0]
            mention = mentions[at]
            end = mention.span.end
            after = text[end : span.end]
            before = text[span.start : mention.span.start]
            titled = is_titled(before) and mention.form == "name" and mention.kind in ("person", None)
            apart = is_apart(before, mention, inside[0] == inside[-1]) or ("," in before and bool(before.strip(" ,")))
            if apart and not titled:
                return Part(cut(text, span), at, described=True), None
            if after.strip() in ("'s", "’s", "'", "’"):
                return Part(phrase_of(span, mention), at), None
            if after.startswith(("'s", "’s")) or (after[:1] in ("'", "’") and after[1:2] == " "):
                nested = [k for k in inside[1:] if mentions[k].span.start >= end]
                between = text[end + 2 : mentions[nested[0]].span.start] if nested else ""
                if nested and (is_noun_phrase(between) or is_titled("the" + between)):
                    inside = nested
                    span = Span(mentions[nested[0]].span.start, span.end)
                    continue
                return Part(cut(text, span), at, described=True), None
            follow = after.strip()
            if not follow or follow[0] in "—–-(;:" or not follow.strip("\"”’' "):
                return Part(phrase_of(span, mention), at), None
            later = [k for k in inside[1:] if mentions[k].span.start >= end]
            named = next((k for k in later if self.is_named_after(mention, mentions[k], span)), None)
            if named is not None:
                inside = [named]
                span = Span(mentions[named].span.start, span.end)
                continue
            match = AND.match(after)
            if match:
                return self.joined(span, at, match.group(), inside)
            word = WORD.search(after)
            if (
                word is None
                or word.group().lower() in words_of("head_prepositions") | words_of("relative")
                or is_verbal(word.group())
            ):
                return Part(phrase_of(span, mention), at), None
            later = [k for k in inside[1:] if mentions[k].span.start >= end]
            if (
                mention.kind == "country"
                and mention.form == "nominal"
                and later
                and not text[end : mentions[later[0]].span.start].strip()
            ):
                inside = later
                continue
            return Part(cut(text, span), at, described=True), None
        return Part(cut(text, span), None, described=True), None

    def is_named_after(self, mention: Mention, other: Mention, span: Span) -> bool:
        """Whether a person's name follows what describes them: "A lawyer for the outlets, X,"."""
        text = self.report.text
        between = text[mention.span.end : other.span.start]
        if other.form != "name" or other.kind != "person":
            is_body = (
                mention.kind == other.kind == "organization" and mention.form == "nominal" and other.form == "name"
            )
            return is_body and between == " "  # "state media agency Xinhua"
        words = [word.group().lower() for word in WORD.finditer(between)]
        rest = text[other.span.end : span.end].strip(EDGES)
        if between.endswith(", ") and mention.form == "nominal" and mention.kind == "person" and not mention.plural:
            return (
                "," not in between[:-2]
                and " who " not in between
                and "and" not in words
                and (not rest or text[other.span.end] == ",")
            )
        if "," in between or mention.span.end == other.span.start or len(words) > 5:
            return False
        return not any(word in words_of("head_prepositions") or word in ("and", "or", "nor") for word in words)

    def joined(self, span: Span, at: int, link: str, inside: Sequence[int]) -> tuple[Part, Span | None]:
        """What follows a mention after a comma or "and": its apposition, or another speaker."""
        text, mentions = self.report.text, self.report.mentions
        mention = mentions[at]
        rest = Span(min(span.end, mention.span.end + len(link)), span.end)
        later = [k for k in inside if mentions[k].span.start >= rest.start]
        next_one = mentions[later[0]] if later else None
        adjacent = next_one is not None and not text[rest.start : next_one.span.start].strip()
        if "and" in link.lower() or "nor" in link.lower() or "&" in link or "as well" in link or "along" in link:
            if adjacent and next_one is not None and names_somebody(next_one):
                return Part(phrase_of(span, mention), at), rest
            described = text[rest.start : span.end]
            if (
                later
                and not is_apart(text[rest.start : mentions[later[0]].span.start], mentions[later[0]], True)
                and " " in described
            ):
                return Part(phrase_of(span, mention), at), rest
            return Part(phrase_of(span, mention), at), rest if later else None
        if (
            adjacent
            and next_one is not None
            and mention.form == "nominal"
            and next_one.form == "name"
            and next_one.kind == "person"
            and not mention.plural
        ):
            return Part(next_one.span, later[0]), None  # "the foreign minister, Cho Tae-yul"
        if (
            adjacent
            and next_one is not None
            and next_one.form == "name"
            and next_one.kind == mention.kind
            and mention.form == "name"
            and re.search(r"\band\b", text[next_one.span.end : span.end])
            and not text.startswith(("'s", "’s"), next_one.span.end)
        ):
            return Part(phrase_of(span, mention), at), rest  # "Smith, Jones and Brown"
        return Part(phrase_of(span, mention), at), None
