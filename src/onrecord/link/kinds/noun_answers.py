"""Answers told with a noun: "the first U.S. confirmation of reports from Seoul that ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, worded_terms
from onrecord.link.words import overlap
from onrecord.model import Link, SectionKind
from onrecord.resources import lexicon, settings_file

NEAR = 60  # code points: "the few words before" and after


def find_noun_answers(entry: Entry) -> Iterator[Link]:
    """Links for answers told with a noun: "the first U.S. confirmation of reports from Seoul that ..."."""
    least = settings_file("relations.toml")["bars"]["answers"]
    statements = entry.told
    for match in _noun_of_answer().finditer(entry.report.text):
        actor = _mention_before(entry, match.start())
        target = _statement_after(statements, match.end(), entry.report.text)
        if actor is None or target is None:
            continue
        before = [t for t in statements if actor in t.side and t.statement.content.spans[0].start < match.start()]
        fitting = [t for t in before if not t.side & target.side and overlap(t.terms, target.terms) >= least]
        if fitting:
            meant = max(
                fitting, key=lambda t: (not _is_on_top(t), round(overlap(worded_terms(t), target.terms), 9), t.order)
            )
            noun = match.group(1).lower()
            kind = _answer_nouns()[noun]
            yield make_link(kind, meant, target, f"{kind}-told-by-noun", f"the report calls it a {noun}", 0.8)


def _mention_before(entry: Entry, at: int) -> str | None:
    """The entity named last in the few words before `at`, on the same line."""
    near = [m for m in entry.report.mentions if m.entity and at - NEAR <= m.span.end <= at]
    if not near or "\n" in entry.report.text[near[-1].span.end : at]:
        return None
    return near[-1].entity


def _statement_after(statements: tuple[Told, ...], at: int, text: str) -> Told | None:
    """The statement whose first words stand within a few words after `at`, on the same line."""
    starts = [(_first(t), t.statement.id, t) for t in statements]
    after = [x for x in starts if at <= x[0] <= at + NEAR and "\n" not in text[at : x[0]]]
    return min(after)[2] if after else None


def _is_on_top(one: Told) -> bool:
    """Whether a statement stands in a headline, which the text below says in full."""
    spans = one.statement.content.spans
    return any(s.kind is SectionKind.HEADLINE and s.span.contains(spans[0]) for s in one.entry.report.sections)


def _first(one: Told) -> int:
    parts = (one.statement.source, one.statement.cue, one.statement.content)
    return min(part.spans[0].start for part in parts if part)


@cache
def _answer_nouns() -> dict[str, str]:
    return {row["noun"]: row["kind"] for row in lexicon("answer_nouns.tsv")}


@cache
def _noun_of_answer() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(_answer_nouns()))})s? of\b", re.IGNORECASE)
