"""What the tagger found and what the rules found, put together as the attributions of one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp

from onrecord.annotate.cues import Cue, cue_forms
from onrecord.annotate.rules.find import find_attributions, form_of
from onrecord.annotate.tagging.find import Found
from onrecord.annotate.tagging.labels import Ranges
from onrecord.annotate.tagging.model import Model
from onrecord.annotate.tagging.words import WORD, split_words
from onrecord.model import Attribution, Report, Selection, Span, hull

SAME = 0.3  # share of characters that two contents have in common, from which a rule means what the tagger means


def find_tagged(report: Report, model: Model) -> tuple[Attribution, ...]:
    """The attributions of `report` in order of their content, with nested ones inside."""
    words = split_words(report.text)
    found = model.finder.weigh(words, model.tagger.scores(words))
    ruled = find_attributions(report)
    strong = [one for one in found if one.strength > model.finder.least]
    built = [build(report, one, match(one, ruled)) for one in strong]
    return nested(built + inner(built, ruled))


def selection(ranges: Ranges) -> Selection:
    """Ranges of code points as spans."""
    return tuple(Span(start, end) for start, end in ranges)


def build(report: Report, found: Found, rule: Attribution | None) -> Attribution:
    """What the tagger found; construction, addressee and venue as the rule says that found the same."""
    content, cue, source = (selection(found.triple.ranges(role)) for role in ("content", "cue", "source"))
    outer = [quotation for quotation in report.quotations if quotation.depth == 0]
    return Attribution(
        content=content,
        cue=cue,
        source=source,
        form=form_of(report.text, content, outer),
        rule=f"tagger:{name_cue(hull(cue).of(report.text))}" if rule is None else rule.rule,
        confidence=round(1 / (1 + exp(-found.strength - 2)), 3),
        venue=None if rule is None else rule.venue,
        addressee=None if rule is None else rule.addressee,
    )


def match(found: Found, ruled: Sequence[Attribution]) -> Attribution | None:
    """The rules' attribution with this cue and mostly this content."""
    cue, content = selection(found.triple.cue), selection(found.triple.content)
    same = [
        (overlap(content, other.content), -k)
        for k, other in enumerate(ruled)
        if any(one.overlaps(two) for one in cue for two in other.cue)
    ]
    share, number = max(same, default=(0.0, 0))
    return ruled[-number] if share >= SAME else None


def overlap(one: Selection, two: Selection) -> float:
    """Characters that two selections share, as a share of all that they hold."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)
    return shared / max(1, sum(map(len, one)) + sum(map(len, two)) - shared)


def name_cue(text: str) -> str:
    """The lexicon's name for the words of a cue: the last word that is a cue, with its particle; else the words."""
    forms = [match.group().lower() for match in WORD.finditer(text)]
    for k in reversed(range(len(forms))):
        named = _named(forms, k)
        if named is not None:
            return named.lemma
    return " ".join(forms)


def _named(forms: Sequence[str], k: int) -> Cue | None:
    fitting = (cue for cue in cue_forms().get(forms[k], ()) if tuple(forms[k + 1 : k + 1 + len(cue.tail)]) == cue.tail)
    return next(fitting, None)


def inner(built: Sequence[Attribution], ruled: Sequence[Attribution]) -> list[Attribution]:
    """What only the rules see: who is quoted inside what somebody says."""
    taken = [span for one in built for span in one.cue]
    return [
        replace(one, nested_in=None)
        for one in ruled
        if one.nested_in is not None
        and not any(span.overlaps(cue) for span in taken for cue in one.cue)
        and any(holds(other, one) for other in built)
    ]


def holds(outer: Attribution, one: Attribution) -> bool:
    """Whether the cue of `one` stands in the content of `outer`."""
    at = one.cue[0].start
    return any(piece.start <= at < piece.end for piece in outer.content)


def nested(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """All in order of their content, each with the smallest content that holds its cue."""
    ordered = sorted(found, key=lambda one: (one.content, one.cue))
    out = []
    for one in ordered:
        around = [
            (sum(map(len, other.content)), k)
            for k, other in enumerate(ordered)
            if other is not one and holds(other, one) and not holds(one, other)
        ]
        out.append(replace(one, nested_in=min(around)[1] if around else None))
    return tuple(out)
