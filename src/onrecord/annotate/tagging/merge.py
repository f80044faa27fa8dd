"""What the tagger and the rules propose, weighed together; the best proposals are the attributions of a report."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.annotate.cues import Cue, cue_forms
from onrecord.annotate.rules.find import find_attributions, form_of
from onrecord.annotate.tagging.labels import (
    Piece,
    Ranges,
    Triple,
    decode_pieces,
    decode_shifted,
    to_characters,
    to_words,
)
from onrecord.annotate.tagging.model import Model
from onrecord.annotate.tagging.silence import silence
from onrecord.annotate.tagging.traits import NEAR, PARTS, Floats, Proposal, Sureness, confidence, traits
from onrecord.annotate.tagging.words import WORD, Words, split_words
from onrecord.model import Attribution, PartConfidence, Report, Selection, Span, hull
from onrecord.resources import settings_file

SOLID = 3  # digits of a confidence


@cache
def merging(name: str) -> frozenset[str]:
    """A word list of merging.toml."""
    return frozenset(settings_file("merging.toml")[name])


MARKS = 2  # words that a comma and a quotation mark are


@cache
def joint_end() -> re.Pattern[str]:
    """A conjunction, and a comma before it, at the end of a content."""
    return re.compile(rf",?\s+(?:{'|'.join(sorted(merging('joints')))})\s*$")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A proposal with the chances, 0..1, that it is right as a whole and in its parts."""

    proposal: Proposal
    chance: float
    chances: tuple[float, float, float]  # source, cue, content
    speaks: bool  # its cue is one of speech


def find_tagged(report: Report, model: Model) -> tuple[Attribution, ...]:
    """The attributions of `report` in order of their content, nested ones with their holder."""
    words = split_words(report.text)
    scores = silence(report, words, model.tagger.scores(words))
    proposals = propose(words, scores, model, find_attributions(report))
    return build(report, words, select(weigh(words, scores, model, proposals), model))


def propose(words: Words, scores: Floats, model: Model, ruled: Sequence[Attribution]) -> list[Proposal]:
    """What the tagger ties together, each with the rules' reading of the same cue, then what only the rules see."""
    pieces = decode_pieces(decode_shifted(scores, model.outside))
    ties = model.linker.tie(words, [piece for piece in pieces if piece.role == "cue" or has_word(words, piece)])
    readings = [to_words(words, _triple(rule)) for rule in ruled]
    at_cue: defaultdict[int, list[int]] = defaultdict(list)
    for k, reading in enumerate(readings):
        for start, end in reading.cue:
            for word in range(start, end):
                at_cue[word].append(k)
    held = {word for tie in ties for piece in tie.contents for word in range(piece.start, piece.end)}
    found = []
    for tie in ties:
        triple = tie.triple
        if is_hollow(words, triple):
            continue
        same = {k for start, end in triple.cue for word in range(start, end) for k in at_cue[word]}
        best = max(same, key=lambda k: (jaccard(triple.content, readings[k].content), -k), default=None)
        if best is not None:
            ended = with_end(words, triple, best, readings, at_cue)
            held -= {word for start, end in triple.content for word in range(start, end)} - {
                word for start, end in ended.content for word in range(start, end)
            }
            triple = ended
        overlap = (0.0, 0.0) if best is None else _overlap(triple, readings[best])
        rule = None if best is None else ruled[best]
        if best is not None:
            triple = with_antecedent(words, with_condition(words, triple, readings[best]), readings[best])
            triple = with_opening(triple, readings[best], ruled[best])
        found.append(Proposal(triple, tie, rule, overlap))
    found = [replace(one, echoes=_echoes(words, one)) for one in found]
    known = {proposal.triple for proposal in found}
    for rule, reading in zip(ruled, readings, strict=True):
        if reading not in known and reading.cue and reading.content:
            one = Proposal(reading, None, rule, (1.0, 1.0))
            found.append(replace(one, echoes=_echoes(words, one)))
    return [replace(one, held=one.triple.cue[0][0] in held or _is_relayed(one, ruled)) for one in found]


def _echoes(words: Words, proposal: Proposal) -> bool:
    """Whether "as" stands before a speaker whom the rules find behind what was said: ", as unions had warned"."""
    source, rule = proposal.triple.source, proposal.rule
    if rule is None or not rule.rule.startswith("paren:") or not source or not source[0][0]:
        return False
    return words.forms[source[0][0] - 1].lower() == "as" and proposal.triple.content[0][0] < source[0][0]


def _is_relayed(proposal: Proposal, ruled: Sequence[Attribution]) -> bool:
    """Whether the rules alone see that one who speaks is passed on: "it will rain, Lee said, the Post reported"."""
    rule = proposal.rule
    if proposal.tie is not None or rule is None or rule.nested_in is None:
        return False
    return all(one.rule.startswith("paren:") for one in (rule, ruled[rule.nested_in]))


def with_condition(words: Words, triple: Triple, ruled: Triple) -> Triple:
    """With the condition that opens the sentence, where the rules have it too: "But if so, “it is off,” Lee said"."""
    if not triple.content or not ruled.content or ruled.content[0][0] >= triple.content[0][0]:
        return triple
    opening = [form.lower() for form in words.forms[ruled.content[0][0] : ruled.content[0][0] + 2]]
    first = opening[1:] if opening[0] in merging("openers") else opening[:1]
    ends_alike = abs(ruled.content[-1][1] - triple.content[-1][1]) <= MARKS
    held = all(any(a <= start and end <= b + MARKS for a, b in ruled.content) for start, end in triple.content)
    return (
        replace(triple, content=ruled.content)
        if set(first) & set(merging("conditions")) and ends_alike and held
        else triple
    )


def with_antecedent(words: Words, triple: Triple, ruled: Triple) -> Triple:
    """With the rules' source where the tagger's is the end of it: "who heard him" of "a clerk who heard him"."""
    if len(triple.source) != 1 or len(ruled.source) != 1 or words.forms[triple.source[0][0]].lower() != "who":
        return triple
    (start, end), (first, last) = triple.source[0], ruled.source[0]
    return replace(triple, source=ruled.source) if first < start and last == end else triple


def with_end(
    words: Words, triple: Triple, at: int, readings: Sequence[Triple], at_cue: Mapping[int, Sequence[int]]
) -> Triple:
    """With the end of the rules' reading `at` where the same speaker says the rest: "denied it and put it at 4".

    `at_cue`: the numbers of the readings by the words of their cues.
    """
    ruled = readings[at]
    if len(triple.content) != 1 or len(ruled.content) != 1 or not ruled.source:
        return triple
    (start, end), (first, last) = triple.content[0], ruled.content[0]
    if abs(start - first) > MARKS or last >= end:
        return triple
    joined = (word for word in range(last, end) if words.forms[word - 1].lower() in merging("joints"))
    after = (readings[k] for word in joined for k in at_cue.get(word, ()))
    goes_on = any(one.source == ruled.source for one in after)
    return replace(triple, content=((start, last),)) if goes_on else triple


def with_opening(triple: Triple, ruled: Triple, rule: Attribution) -> Triple:
    """With all that the rules have on both sides of the speaker where the tagger has what follows him alone."""
    is_split = rule.rule.startswith("paren:") and len(ruled.content) > 1 and len(triple.content) == 1
    is_split = is_split and rule.form == "indirect"
    if not is_split or triple.content[0][0] < ruled.cue[0][0]:
        return triple
    (start, end), (first, last) = triple.content[0], ruled.content[-1]
    return replace(triple, content=ruled.content) if first - MARKS <= start and end <= last + MARKS else triple


def is_cut_short(source: Selection, content: Selection, rule: Attribution) -> bool:
    """Whether what describes the source was taken for what is said: "According to Lee, a pilot, it rained"."""
    if not rule.rule.startswith("according:") or len(source) != 1 or len(rule.source) != 1:
        return False
    whole, name = rule.source[0], source[0]
    return name.start == whole.start and any(name.end <= piece.start < whole.end for piece in content)


def has_word(words: Words, piece: Piece) -> bool:
    """Whether a piece is more than marks."""
    return any(form[0].isalnum() for form in words.forms[piece.start : piece.end])


def is_hollow(words: Words, triple: Triple) -> bool:
    """Whether the content says nothing by itself: "the minister has not allowed that"."""
    return all(words.forms[k].lower() in merging("hollow") for start, end in triple.content for k in range(start, end))


def weigh(words: Words, scores: Floats, model: Model, proposals: Sequence[Proposal]) -> list[Weighed]:
    """The proposals with their chances."""
    sure = Sureness(scores)
    out = []
    for proposal in proposals:
        if proposal.held and proposal.rule is not None:  # to the tagger, all of it is content of somebody else
            chance = proposal.rule.confidence
            out.append(Weighed(proposal, chance, (chance, chance, chance), speaks=True))
            continue
        names = traits(words, sure, proposal)
        source, cue, content = (confidence(names, model.weights[role]) for role in PARTS)
        chance = confidence(names, model.weights["all"])
        if (rule := _standing(words, proposal)) is not None:
            source, cue, content, chance = (max(one, rule.confidence) for one in (source, cue, content, chance))
        out.append(Weighed(proposal, chance, (source, cue, content), is_speech(words, proposal)))
    return out


def _standing(words: Words, proposal: Proposal) -> Attribution | None:
    """The rules' reading where it stands whatever the tagger sees: a plain one alone, or one that it cut short."""
    rule = proposal.rule
    if rule is None or proposal.tie is None:
        return rule if rule is not None and rule.rule in merging("trusted") else None
    triple = to_characters(words, proposal.triple)
    return rule if is_cut_short(_selection(triple.source), _selection(triple.content), rule) else None


def is_speech(words: Words, proposal: Proposal) -> bool:
    """Whether the lexicon has the cue among those of speech, or the cue is a mark."""
    forms = [words.forms[k].lower() for start, end in proposal.triple.cue for k in range(start, end)]
    named = last_cue(forms)
    return named.attitude == "speech" if named is not None else not any(form.isalpha() for form in forms)


def select(weighed: Sequence[Weighed], model: Model) -> list[Weighed]:
    """The surest of those that share a cue or most of their content, if it is sure enough; in order of the text."""
    kept: list[Weighed] = []
    cues: set[int] = set()
    contents: defaultdict[int, list[int]] = defaultdict(list)
    for one in sorted(weighed, key=lambda one: (-one.chance, one.proposal.triple.cue, one.proposal.triple.content)):
        triple = one.proposal.triple
        least = model.least_held if one.proposal.held else model.least if one.speaks else model.least_other
        if one.proposal.held and not may_be_held(one.proposal):
            continue
        cue = {word for start, end in triple.cue for word in range(start, end)}
        content = {word for start, end in triple.content for word in range(start, end)}
        near = {k for word in content for k in contents[word]}
        if one.chance < least or cue & cues:
            continue
        if any(
            jaccard(triple.content, kept[k].proposal.triple.content) >= NEAR
            for k in near
            if not (_passes_on(kept[k], one) or _passes_on(one, kept[k]) or _takes_up(kept[k], one))
        ):
            continue
        for word in content:
            contents[word].append(len(kept))
        cues |= cue
        kept.append(one)
    return sorted(kept, key=lambda one: (one.proposal.triple.content, one.proposal.triple.cue))


def _passes_on(outer: Weighed, inner: Weighed) -> bool:
    """Whether one content is what another said and who that was: "it would rain, Lee said, according to the Post"."""
    rule, held = outer.proposal.rule, inner.proposal.rule
    if rule is None or held is None or not may_be_held(inner.proposal):
        return False
    if not rule.rule.startswith(("paren:", "according:")) and (rule.form, held.form) != ("direct", "indirect"):
        return False
    words = {word for start, end in outer.proposal.triple.content for word in range(start, end)}
    parts = (inner.proposal.triple.source, inner.proposal.triple.cue, inner.proposal.triple.content)
    return bool(parts[0]) and all(words.issuperset(range(start, end)) for part in parts for start, end in part)


def _takes_up(one: Weighed, other: Weighed) -> bool:
    """Whether another has said the same, as the sentence adds: "Lee denied it would close, as the union had warned"."""
    echo, plain = (one, other) if one.proposal.echoes else (other, one)
    if not echo.proposal.echoes or plain.proposal.echoes or not plain.proposal.triple.source:
        return False
    return plain.proposal.triple.source[0][0] < plain.proposal.triple.content[0][0]


def is_disputed(proposal: Proposal, source: Selection) -> bool:
    """Whether tagger and rules read one cue and give it to different sources: it could be two.

    A name alone and the same name with what describes it are not different.
    """
    rule = proposal.rule
    if proposal.tie is None or rule is None or not rule.source or not source:
        return False
    return proposal.rule_overlap[0] < NEAR and source[0].start != rule.source[0].start


def may_be_held(proposal: Proposal) -> bool:
    """Whether somebody is plainly said to say it: "that his father had said he would resign"."""
    return proposal.rule is not None and proposal.rule.rule.partition(":")[0] in merging("held")


def build(report: Report, words: Words, kept: Sequence[Weighed]) -> tuple[Attribution, ...]:
    """Attributions of the report from what was kept, in its order."""
    outer = [quotation for quotation in report.quotations if quotation.depth == 0]
    built = []
    at = 0  # quotations before this one end before every content to come
    for one, holder in zip(kept, holders(kept), strict=True):
        rule = one.proposal.rule
        triple = to_characters(words, one.proposal.triple)
        source, cue, content = (_selection(triple.ranges(role)) for role in PARTS)
        cue = before_times(report, cue)
        content = without_joint(report.text, content)
        if rule is not None and (one.proposal.tie is None or is_cut_short(source, content, rule)):
            source, cue, content = rule.source, rule.cue, rule.content
        while at < len(outer) and outer[at].span.end <= content[0].start:
            at += 1
        built.append(
            Attribution(
                content=content,
                cue=cue,
                source=source,
                form=rule.form if one.proposal.held and rule is not None else form_of(report.text, content, outer, at),
                rule=f"tagger:{name_cue(hull(cue).of(report.text))}" if rule is None else rule.rule,
                confidence=round(one.chance, SOLID),
                part_confidence=PartConfidence(*(round(chance, SOLID) for chance in one.chances)),
                nested_in=holder,
                flags=("ambiguous-speaker",) if is_disputed(one.proposal, source) else (),
                venue=None if rule is None else rule.venue,
                addressee=None if rule is None else rule.addressee,
            )
        )
    return tuple(built)


def without_joint(text: str, content: Selection) -> Selection:
    """A content without the conjunction that begins the next clause: "that it was safe, while"."""
    last = content[-1]
    joint = joint_end().search(last.of(text))
    if joint is None or not joint.start():
        return content
    return (*content[:-1], Span(last.start, last.start + joint.start()))


def before_times(report: Report, cue: Selection) -> Selection:
    """A cue without the beginning of a time that runs on behind it: "said Oct" of "said Oct. 31"."""
    last = cue[-1]
    first = bisect_left(report.times, last.start, key=lambda time: time.span.end)
    for k in range(first, len(report.times)):
        time = report.times[k]
        if time.span.start >= last.end:
            break
        if last.start < time.span.start and last.end < time.span.end:
            return (*cue[:-1], Span(last.start, time.span.start).strip(report.text))
    return cue


def holders(kept: Sequence[Weighed]) -> Iterator[int | None]:
    """For each, the number of the one with the least content that holds its cue.

    Of two that hold each other's cue the larger one is outside, so that nothing is ever inside itself.
    """
    sizes = [sum(end - start for start, end in one.proposal.triple.content) for one in kept]
    order = sorted(range(len(kept)), key=lambda k: (-sizes[k], k))
    owner: dict[int, int] = {}
    found: dict[int, int | None] = {}
    for k in order:
        found[k] = owner.get(kept[k].proposal.triple.cue[0][0])
        owner.update((word, k) for start, end in kept[k].proposal.triple.content for word in range(start, end))
    return (found[k] for k in range(len(kept)))


def jaccard(one: Ranges, other: Ranges) -> float:
    """The share of common words among all words of two selections; 1 for two empty ones."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    union = sum(end - start for start, end in (*one, *other)) - shared
    return shared / union if union else 1.0


def _overlap(one: Triple, other: Triple) -> tuple[float, float]:
    return jaccard(one.source, other.source), jaccard(one.content, other.content)


def _triple(rule: Attribution) -> Triple:
    source, cue, content = (
        tuple((span.start, span.end) for span in spans) for spans in (rule.source, rule.cue, rule.content)
    )
    return Triple(source, cue, content)


def _selection(ranges: Ranges) -> Selection:
    return tuple(Span(start, end) for start, end in sorted(ranges))


def name_cue(text: str) -> str:
    """The lexicon's name for the words of a cue: the last word that is a cue, with its particle; else the words."""
    forms = [match.group().lower() for match in WORD.finditer(text)]
    named = last_cue(forms)
    return " ".join(forms) if named is None else named.lemma


def last_cue(forms: Sequence[str]) -> Cue | None:
    """The last word, in lower case, that begins a cue of the lexicon."""
    setting = next((k for k in range(1, len(forms)) if forms[k] in merging("settings") and _named(forms, k - 1)), None)
    named = (_named(forms, k) for k in reversed(range(len(forms) if setting is None else setting)))
    return next((cue for cue in named if cue is not None), None)


def _named(forms: Sequence[str], k: int) -> Cue | None:
    fitting = (cue for cue in cue_forms().get(forms[k], ()) if tuple(forms[k + 1 : k + 1 + len(cue.tail)]) == cue.tail)
    return next(fitting, None)
