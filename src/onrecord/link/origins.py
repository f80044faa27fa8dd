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

from onrecord.link.credits import common_credit, credits_of, is_relay
from onrecord.link.entry import Told, numbers_in
from onrecord.link.gates.bodies import ARTICLE
from onrecord.link.gates.bounds import TELLING
from onrecord.link.gates.matter import speak_of_one
from onrecord.link.gates.polarity import is_ahead, polarity_of
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.remembering import remembered
from onrecord.link.words import WORD, stem
from onrecord.model import Copy, EntityKind, Evidence, Reason, Span, Statement, hull
from onrecord.resources import settings_file

INDEPENDENT, SAME, UNKNOWN = "independent", "same origin", "unknown"
MOSTLY = 0.5  # of the longer of two contents that is copied
BESIDE = 40  # code points that a copied passage has beside what an unnamed source says
_NAMED_BESIDE = re.compile(r",\s[A-Z][\w’'-]+\s[A-Z][\w’'-]+")  # "the auditor general, Mirela Tan"
_AS_FOUND = re.compile(r"\b(?:as|according to)\s(?:[\w’'-]+\s?){1,8}")
_NAME_OR_NOUN = re.compile(r"\b(?:[A-Z][\w&-]*(?:[’']s)?|[a-z]{4,}(?:[’']s)?)")
_TOLD_OF = re.compile(r",?\s(?:who|which|that)\s")
MARKS = re.compile(r"[\"“”«»]")
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
    yield from _same(a, b, copy)
    yield from _unknown(a, b)
    yield _verdict(
        INDEPENDENT,
        "different-sources",
        "two named sources of different sides; neither is credited by the other, and the words are not copied",
        _source_words(a, b),
    )


def _same(a: Told, b: Told, copy: Copy | None) -> Iterator[Verdict]:
    evidence = (a.statement.content, b.statement.content)
    if copy and is_copied(a, b, copy):
        yield _verdict(SAME, "copied-passage", "one report takes the passage from the other", evidence)
    if shares_quotation(a.statement, b.statement):
        yield _verdict(SAME, "same-quotation", "both quote the same words", evidence)
    shared = roots_of(a) & roots_of(b)
    if shared:
        yield _verdict(SAME, "same-source", f"both go back to {_names(a, shared)}", _source_words(a, b))
    if _described_alike(a.statement, b.statement):
        yield _verdict(SAME, "same-source", "both name their source in the same words", _source_words(a, b))
    for one, other in ((a, b), (b, a)):
        if credited := common_credit(one, other):
            yield _verdict(SAME, "same-credit", f"{credited} is credited", evidence)
    if _names_as_source(a, b) or _names_as_source(b, a):
        yield _verdict(SAME, "named-as-source", "one names the other's source as where it has it from", evidence)
    if is_one_voice(a, b):
        yield _verdict(SAME, "same-side", "both speak for one government or body", _source_words(a, b))
    if _is_one_conference(a, b):
        yield _verdict(
            SAME, "same-occasion", "both tell of one press conference, one without a name", _source_words(a, b)
        )


def _unknown(a: Told, b: Told) -> Iterator[Verdict]:
    evidence = (a.statement.content, b.statement.content)
    if not (_is_known(a) and _is_known(b)):
        yield _verdict(UNKNOWN, "unnamed-source", "a source that is not named may be the other's", _source_words(a, b))
    if a.statement.speaker.ambiguous or b.statement.speaker.ambiguous:
        yield _verdict(UNKNOWN, "ambiguous-source", "a source could be one of two", _source_words(a, b))
    if _relays(a) or _relays(b) or _is_hearsay(a) or _is_hearsay(b):
        yield _verdict(UNKNOWN, "passes-on", "one of them passes on what somebody else told", evidence)
    if may_be_one_source(a, b):
        yield _verdict(UNKNOWN, "alike-source", "their sources are called alike and may be one", _source_words(a, b))
    if is_relay(a) or is_relay(b):
        yield _verdict(UNKNOWN, "relays", "a paper may have it from whoever the other has it from", _source_words(a, b))
    if _seconds(a) or _seconds(b):
        yield _verdict(UNKNOWN, "seconds", "one of them only seconds what was said before", evidence)
    if is_ahead(a) and is_ahead(b) and not numbers_in(a) and polarity_of(a) == polarity_of(b):
        yield _verdict(UNKNOWN, "set-date", "both may have it from whoever decides what will be", evidence)
    if _may_be_read(a, b) or _may_be_read(b, a):
        yield _verdict(UNKNOWN, "known-number", "the later gives the number that was in the papers before", evidence)


def may_be_one_source(a: Told, b: Told) -> bool:
    """Whether the words for two sources share a name, or a noun where one has no name: "Kern clinic", "the clinic"."""
    if _is_police(a) and _is_police(b):
        return True
    (mine, my_nouns), (theirs, their_nouns) = _called(a), _called(b)
    return bool(mine & theirs) or (bool(my_nouns & their_nouns) and not (mine and theirs))


@remembered
def _is_police(one: Told) -> bool:
    quote = one.statement.source.quote if one.statement.source else ""
    words = (word.lower() for word in WORD.findall(quote))
    return any(word in settings_file("origins.toml")["sources"]["police"] for word in words)


@remembered
def _called(one: Told) -> tuple[frozenset[str], frozenset[str]]:
    """The names and the nouns in the words for a source, without those that go with any: "spokesman", "officials"."""
    quote = one.statement.source.quote if one.statement.source else ""
    words = [word.removesuffix("’s").removesuffix("'s") for word in _NAME_OR_NOUN.findall(_TOLD_OF.split(quote)[0])]
    kept = [word for word in words if stem(word) not in _said_of_any()]
    names = frozenset(word.lower() for word in kept if word[:1].isupper())
    return names, frozenset(stem(word) for word in kept if word[:1].islower())


@cache
def _said_of_any() -> frozenset[str]:
    return frozenset(stem(word) for word in settings_file("origins.toml")["sources"]["any"])


@remembered
def _is_known(one: Told) -> bool:
    """Whether it is known who speaks: a name, a body, or whom an unnamed source serves."""
    if roots_of(one) or one.entry.bodies.get(one.statement.id):
        return True
    if one.statement.source and _NAMED_BESIDE.search(one.statement.source.quote):
        return True
    entities = one.entry.entities
    return any(i in entities and entities[i].kind is not EntityKind.GROUP for i in one.side)


def _names_as_source(one: Told, other: Told) -> bool:
    """Whether a content says that it is as the other's source found: "as the county laboratory found"."""
    if other.statement.source is None:
        return False
    source = " ".join(ARTICLE.sub("", other.statement.source.quote).lower().split())
    return bool(source) and any(f"{lead} {source}" in words for words in _as_said(one) for lead in ("as", "to"))


def _as_said(one: Told) -> Iterator[str]:
    """What a content says it is as: "as the county laboratory found"; articles left out."""
    plain = re.sub(r"\b(?:the|a|an)\s", "", " ".join(one.statement.content.quote.lower().split()))
    yield from (m.group() for m in _AS_FOUND.finditer(plain))


def _is_one_conference(a: Told, b: Told) -> bool:
    """Whether both tell what was said at a press conference on one day, and one of them does not name who spoke."""
    if _is_named(a) and _is_named(b):
        return False
    same_day = a.order[0] == b.order[0] < "9999"
    kinds = {kind_of(a), kind_of(b)}
    return same_day and kinds == {"press conference"} and numbers_in(a) == numbers_in(b) and speak_of_one(a, b)


@remembered
def _is_named(one: Told) -> bool:
    return one.statement.speaker.entity is not None and not one.statement.speaker.anonymous


@remembered
def _is_hearsay(one: Told) -> bool:
    """Whether the words of a statement say that its speaker has it from others: "had seen reports that"."""
    cue = one.statement.cue.quote if one.statement.cue else ""
    words = f"{cue} {one.statement.content.quote}".lower()
    return any(mark in words for mark in settings_file("origins.toml")["hearsay"]["marks"])


@remembered
def _seconds(one: Told) -> bool:
    """Whether somebody only says yes to words that are not repeated: "Norland seconded those assertions"."""
    cue = one.statement.cue.quote if one.statement.cue and one.statement.refers_to else ""
    return any(stem(word) in _seconding() for word in WORD.findall(cue))


def _may_be_read(early: Told, late: Told) -> bool:
    """Whether the later gives, on another day, a number that the earlier gave, and not as seen or counted itself."""
    known = {pair for pair in numbers_in(early) & numbers_in(late) if max(filter(None, pair), default=0) >= TELLING}
    if not early.order[0] < late.order[0] < "9999" or not known:
        return False
    cue, source = (part.quote if part else "" for part in (late.statement.cue, late.statement.source))
    words = {stem(word) for word in WORD.findall(f"{source} {cue} {late.statement.content.quote}")}
    return not words & _first_hand()


@cache
def _seconding() -> frozenset[str]:
    return frozenset(stem(word) for word in settings_file("origins.toml")["hearsay"]["seconds"])


@cache
def _first_hand() -> frozenset[str]:
    return frozenset(stem(word) for word in settings_file("origins.toml")["hearsay"]["first_hand"])


@remembered
def roots_of(one: Told) -> frozenset[str]:
    """The entities that a statement goes back to: its named speakers, and those of the statements it passes on."""
    found = {i for i in (one.statement.speaker.entity, *one.statement.speaker.also) if i}
    if one.statement.speaker.anonymous:
        found = set()
    for inner in _passed_on(one):
        if not inner.speaker.anonymous:
            found.update(i for i in (inner.speaker.entity, *inner.speaker.also) if i)
    return frozenset(found)


def kind_of(one: Told) -> str:
    """What kind of utterance it was, as the venue says: press conference, interview, document; else unknown."""
    cue = one.statement.cue.quote if one.statement.cue else ""
    venue = (one.statement.venue or cue).lower()
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


@remembered
def _relays(one: Told) -> bool:
    """Whether the speaker passes on what somebody else told who is not named."""
    return any(inner.speaker.anonymous or inner.speaker.entity is None for inner in _passed_on(one))


def is_copied(a: Told, b: Told, copy: Copy) -> bool:
    """Whether most of one content lies in stretches that the reports share, the other too, and words beside them."""
    return copied_share(a, b, copy) > 0


def copied_share(a: Told, b: Told, copy: Copy) -> float:
    """How much of the longer content stands at the same place of a shared stretch; 0 where less than half does.

    0 too where nothing but the content is shared and nobody is named: two reporters may have heard one speaker.
    """
    if copy.source == b.entry.report.id:
        a, b = b, a
    if (copy.source, copy.target) != (a.entry.report.id, b.entry.report.id):
        return 0.0
    if _count_apart(a, b):
        return 0.0
    mine, theirs = hull(a.statement.content.spans), hull(b.statement.content.spans)
    covered = sum(_aligned(mine, theirs, ours, others) for ours, others in copy.spans)
    beside = sum(len(ours) - _common(mine, ours) for ours, _ in copy.spans)
    share = covered / max(len(mine), len(theirs), 1)
    told = beside >= BESIDE or _is_known(a) or _is_known(b)
    return share if share >= MOSTLY and told else 0.0


def _count_apart(a: Told, b: Told) -> bool:
    """Whether two who are known and not one give other numbers: their words are alike since they count one thing."""
    one, other = numbers_in(a), numbers_in(b)
    return bool(one and other) and not one & other and _is_known(a) and _is_known(b) and not is_one_voice(a, b)


def _aligned(mine: Span, theirs: Span, ours: Span, others: Span) -> int:
    """Code points of `theirs` that stand, within the stretches shared, where `mine` stands."""
    start, end = max(mine.start, ours.start), min(mine.end, ours.end)
    if start >= end:
        return 0
    scale = len(others) / len(ours)
    first, last = (others.start + round((at - ours.start) * scale) for at in (start, end))
    return max(0, min(last, theirs.end, others.end) - max(first, theirs.start, others.start))


def _common(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def shares_quotation(a: Statement, b: Statement) -> bool:
    """Whether two reports quote the same words: as their forms say, or the marks in the contents."""
    if a.report_id == b.report_id or not all(s.form != "indirect" or MARKS.search(s.content.quote) for s in (a, b)):
        return False
    mine, theirs = (_runs(s.content.quote) for s in (a, b))
    return bool(mine & theirs)


def _runs(words: str) -> frozenset[tuple[str, ...]]:
    found = [w.lower() for w in WORD.findall(words)]
    return frozenset(tuple(found[k : k + RUN]) for k in range(len(found) - RUN + 1))


def _described_alike(a: Statement, b: Statement) -> bool:
    """Whether two reports call their source the same, and not as one of many: "the road authority", not "officials"."""
    if a.report_id == b.report_id or a.speaker.anonymous or b.speaker.anonymous or not a.source or not b.source:
        return False
    mine, theirs = (WORD.findall(s.source.quote.lower()) if s.source else [] for s in (a, b))
    return mine == theirs and mine[:1] == ["the"] and len(mine) > 1
