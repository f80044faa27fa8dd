"""Who a statement goes back to, and whether two statements go back to one.

Two statements are of the `same origin`, `independent`, or it is `unknown`; each verdict carries its reasons. Outlets
are not counted, nor are speakers who pass on the words of others: behind a claim stands an utterance or a document.
A verdict looks at the two reports alone, so the order in which reports arrive cannot matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.link.entry import Told
from onrecord.link.words import WORD
from onrecord.model import Copy, Evidence, Reason, Span, Statement, hull
from onrecord.resources import lexicon, settings_file

INDEPENDENT, SAME, UNKNOWN = "independent", "same origin", "unknown"
AROUND = 160  # code points before and after a statement in which its credit is looked for, within the line
RUN = 6  # quoted words in a row that two reporters do not hear by accident


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two statements go back to one origin, and why."""

    independence: str  # independent, same origin, unknown
    reason: Reason


def compare_origins(one: Told, other: Told, copy: Copy | None = None) -> Verdict:
    """The verdict on two statements; `copy` is what their two reports share. The same whichever is given first."""
    first, second = sorted((one, other), key=lambda t: t.statement.id)
    return next(_grounds(first, second, copy))


def _grounds(a: Told, b: Told, copy: Copy | None) -> Iterator[Verdict]:
    """Every rule that holds, the strongest first."""
    evidence = (a.statement.content, b.statement.content)
    if copy and is_copied(a, b, copy):
        yield _verdict(SAME, "copied-passage", "one report takes the passage from the other", evidence)
    if _shares_quotation(a.statement, b.statement):
        yield _verdict(SAME, "same-quotation", "both quote the same words", evidence)
    shared = roots_of(a) & roots_of(b)
    if shared:
        yield _verdict(SAME, "same-source", f"both go back to {_names(a, shared)}", _source_words(a, b))
    if _described_alike(a.statement, b.statement):
        yield _verdict(SAME, "same-source", "both name their source in the same words", _source_words(a, b))
    for one, other in ((a, b), (b, a)):
        if credited := _credited(one, other):
            yield _verdict(SAME, "same-credit", f"{credited} is credited", evidence)
    if a.side & b.side:
        yield _verdict(SAME, "same-side", "both speak for one government or body", _source_words(a, b))
    if not (roots_of(a) or a.side) or not (roots_of(b) or b.side):
        yield _verdict(UNKNOWN, "unnamed-source", "a source that is not named may be the other's", _source_words(a, b))
    if a.statement.speaker.ambiguous or b.statement.speaker.ambiguous:
        yield _verdict(UNKNOWN, "ambiguous-source", "a source could be one of two", _source_words(a, b))
    if _relays(a) or _relays(b):
        yield _verdict(UNKNOWN, "passes-on", "one of them passes on what somebody else told", evidence)
    yield _verdict(
        INDEPENDENT,
        "different-sources",
        "two named sources of different sides; neither is credited by the other, and the words are not copied",
        _source_words(a, b),
    )


def roots_of(one: Told) -> frozenset[str]:
    """The entities that a statement goes back to: its named speakers, and those of the statements it passes on."""
    found = {i for i in (one.statement.speaker.entity, *one.statement.speaker.also) if i}
    if one.statement.speaker.anonymous:
        found = set()
    for inner in _passed_on(one):
        if not inner.speaker.anonymous:
            found.update(i for i in (inner.speaker.entity, *inner.speaker.also) if i)
    return frozenset(found)


def credits_of(one: Told) -> frozenset[str]:
    """The outlets that the text around a statement names as where it was said or read, by their full names."""
    return frozenset(outlet for outlet, _ in _credits(one))


def kind_of(one: Told) -> str:
    """What kind of utterance it was, as the venue says: press conference, interview, document; else unknown."""
    venue = (one.statement.venue or "").lower()
    kinds: dict[str, str] = settings_file("origins.toml")["kinds"]
    found = [(venue.rfind(noun), noun) for noun in kinds if re.search(rf"\b{re.escape(noun)}\b", venue)]
    if found:
        return kinds[max(found, key=lambda pair: (len(pair[1]), pair[0]))[1]]
    return (
        "interview"
        if credits_of(one) and "told" in (one.statement.cue.quote if one.statement.cue else "")
        else "unknown"
    )


def _verdict(independence: str, rule: str, words: str, evidence: tuple[Evidence, ...]) -> Verdict:
    return Verdict(independence, Reason(rule, words, evidence))


def _source_words(a: Told, b: Told) -> tuple[Evidence, ...]:
    return tuple(t.statement.source or t.statement.content for t in (a, b))


def _names(one: Told, ids: frozenset[str]) -> str:
    entities = one.entry.entities
    return ", ".join(sorted(entities[i].name if i in entities else i for i in ids))


def _passed_on(one: Told) -> Iterator[Statement]:
    """Statements of somebody else that make up most of this one's content."""
    whole = one.statement.content
    for inner in one.entry.nested.get(one.statement.id, ()):
        if 2 * sum(map(len, inner.content.spans)) >= sum(map(len, whole.spans)):
            yield inner


def _relays(one: Told) -> bool:
    """Whether the speaker passes on what somebody else told who is not named."""
    return any(inner.speaker.anonymous or inner.speaker.entity is None for inner in _passed_on(one))


def is_copied(a: Told, b: Told, copy: Copy) -> bool:
    """Whether most of one content lies in stretches that the reports share, and the other content at the same place."""
    if copy.source == b.entry.report.id:
        a, b = b, a
    if (copy.source, copy.target) != (a.entry.report.id, b.entry.report.id):
        return False
    mine, theirs = hull(a.statement.content.spans), hull(b.statement.content.spans)
    covered = sum(_common(_carried(mine, ours, others), theirs) for ours, others in copy.spans)
    return 2 * covered >= max(len(mine), len(theirs))


def _carried(part: Span, ours: Span, others: Span) -> Span:
    """Where the part of a span that lies in `ours` stands in `others`, a stretch of the same words."""
    stretch = len(others) / max(1, len(ours))
    start, end = (min(max(place - ours.start, 0), len(ours)) for place in (part.start, part.end))
    return Span(others.start + round(start * stretch), others.start + round(end * stretch))


def _common(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _shares_quotation(a: Statement, b: Statement) -> bool:
    if "indirect" in (a.form, b.form) or a.report_id == b.report_id:
        return False
    mine, theirs = (_runs(s.content.quote) for s in (a, b))
    return bool(mine & theirs)


def _runs(words: str) -> frozenset[tuple[str, ...]]:
    found = [w.lower() for w in WORD.findall(words)]
    return frozenset(tuple(found[k : k + RUN]) for k in range(len(found) - RUN + 1))


def _outlet(one: Told) -> str:
    name = one.entry.report.outlet or ""
    return _outlets().get(name.lower(), name)


def _credited(one: Told, other: Told) -> str:
    """The outlet that one credits and that the other is in, or credits too; "" where there is none."""
    theirs = {_outlet(other), *credits_of(other)} - {"", _outlet(one)}
    named = {name for name in theirs if name in credits_of(one)}
    if outlet := _outlet(other):
        near = one.entry.report.text[slice(*_line(one))]
        bare = re.sub(r"^the\s", "", outlet, flags=re.IGNORECASE)
        if outlet != _outlet(one) and re.search(rf"\b{re.escape(bare)}\b", near, re.IGNORECASE):
            named.add(outlet)
    return min(named, default="")


def _described_alike(a: Statement, b: Statement) -> bool:
    """Whether two reports call their source the same, and not as one of many: "the road authority", not "officials"."""
    if a.report_id == b.report_id or a.speaker.anonymous or b.speaker.anonymous or not a.source or not b.source:
        return False
    mine, theirs = (WORD.findall(s.source.quote.lower()) if s.source else [] for s in (a, b))
    return mine == theirs and mine[:1] == ["the"] and len(mine) > 1


def _credits(one: Told) -> Iterator[tuple[str, Span]]:
    text = one.entry.report.text
    start, end = _line(one)
    for found in _credit().finditer(text, start, end):
        group = "told" if found["told"] else "tells"
        yield _outlets()[found[group].lower()], Span(*found.span(group))


def _line(one: Told) -> tuple[int, int]:
    """The statement with the words around it, within its line."""
    text = one.entry.report.text
    parts = (one.statement.source, one.statement.cue, one.statement.content)
    whole = hull(span for part in parts if part for span in part.spans)
    start = max(text.rfind("\n", 0, whole.start) + 1, whole.start - AROUND)
    line_end = text.find("\n", whole.end)
    return start, min(line_end if line_end >= 0 else len(text), whole.end + AROUND)


@cache
def _outlets() -> dict[str, str]:
    """Names as printed, in lower case -> full name."""
    rows = lexicon("outlets.tsv")
    return {row["printed"].lower(): row["outlet"] for row in rows} | {
        row["outlet"].lower(): row["outlet"] for row in rows
    }


@cache
def _credit() -> re.Pattern[str]:
    settings = settings_file("origins.toml")["credit"]
    printed = {row[field] for row in lexicon("outlets.tsv") for field in ("printed", "outlet")}
    names = "|".join(re.escape(name) for name in sorted(printed, key=lambda n: (-len(n), n)))
    before = "|".join(re.escape(words) for words in settings["before"])
    after = "|".join(settings["after"])
    agency = r"(?:[’']s)?(?:\s(?:news\sagency|newspaper|television))?"
    return re.compile(
        rf"\b(?i:{before})\s(?:the\s)?(?:[a-z-]+\s){{0,3}}?(?P<told>{names})\b|\b(?P<tells>{names}){agency}\s(?:{after})\b"
    )
