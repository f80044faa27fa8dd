"""Confirmations and denials that a text itself states: which earlier statement do they answer?

Gates in order: the cue confirms or denies; the other speaks for another side and came before; both are
about the same matter; the best candidate leads the next. Otherwise nobody is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, plain_terms, worded_terms
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.polarity import NEGATION, has_come, is_ahead, is_negated, polarity_of, tells_of_a_denial
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.gates.wording import alike, core_words, denied_core, is_clause, shared_roots
from onrecord.link.holding import bits_sharing, picked
from onrecord.link.kinds.quantities import gives_other_numbers
from onrecord.link.meaning import likeness
from onrecord.link.origins import SAME, compare_origins, may_be_one_source
from onrecord.link.remembering import remembered
from onrecord.link.words import WORD, Banding, overlap, rarity, stem
from onrecord.model import EntityKind, Link, Span
from onrecord.resources import lexicon, settings_file


class Gate(NamedTuple):
    """Names of the thresholds of shared terms, by how near two statements stand."""

    terms: str
    share: str


NEAR_GATE, FAR_GATE = Gate("terms", "answers"), Gate("terms_across", "across")
ANSWERING = {"confirms": "confirms", "denies": "denies"}  # stance -> kind of link
UNANSWERABLE = frozenset((*ANSWERING, "undisclosed", "questions", "requests"))
COMPELLED = re.compile(r"\b(?:made|forced|asked|urged|ordered|compelled|told|pressed)\sto\s\w+$", re.IGNORECASE)
NEAR = 60  # code points: "the few words before" and after
BANDING = Banding(bands=16, rows=4)  # asked of every answer: alike in half of their words meet in 64 of 100 cases
FEWEST = 3  # terms of a content that has keys
OUTCOME = 0.5  # share of the terms of what was to come that its confirmation has where it says what has come
MOST = 3  # statements of one side that one answer may answer


def find_answers(entry: Entry) -> Iterator[Link]:
    """Links within a report from confirmations and denials with a content of their own to what they answer."""
    yield from _answers(entry.told, entry.told, NEAR_GATE)


def find_answers_across(a: Entry, b: Entry) -> Iterator[Link]:
    """Likewise from one report to the other, both ways; more is asked of reports that may be of two matters."""
    answers = [(tuple(t for t in here.told if _is_answer(t)), there) for here, there in ((a, b), (b, a))]
    if any(answering for answering, _ in answers):
        gate = NEAR_GATE if is_one_matter(a, b) else FAR_GATE
        for answering, there in answers:
            least = 1 if gate is NEAR_GATE else int(settings_file("relations.toml")["bars"][gate.terms])
            yield from _answers(answering, _sharing(answering, there, least), gate)


@remembered
def kind_of_answer(one: Told) -> str | None:
    """The kind of link that a statement's stance makes, or its cue: who acknowledges grants what others said."""
    stance, lemma = one.statement.commitment.stance, one.statement.rule.rpartition(":")[2]
    if one.statement.cue and COMPELLED.search(one.statement.cue.quote):
        return None  # a captive "was made to deny" it
    return ANSWERING.get(stance) or _answer_verbs().get(lemma) or _beside(one)


def _beside(one: Told) -> str | None:
    """`confirms` where the sentence goes on so: "the ministry said, confirming a report in the Globe"."""
    statement = one.statement
    if statement.commitment.stance != "asserts" or statement.nested_in is not None:
        return None
    parts = (statement.source, statement.cue, statement.content)
    end = max(span.end for part in parts if part for span in part.spans)
    return "confirms" if _told_beside().match(one.entry.report.text, end - 1) else None


def _is_answer(one: Told) -> bool:
    return kind_of_answer(one) is not None


@remembered
def _says_what(one: Told) -> bool:
    """Whether an answer tells who answers, and what in a clause or by a noun: "disputed claims of racism"."""
    if not (one.side or one.statement.source):
        return False
    if is_clause(one):
        return True
    return kind_of_answer(one) == "denies" and bool(one.terms & _claim_words())


def _is_granted(one: Told) -> bool:
    """Whether an answer is one by its verb alone, "acknowledged": what is granted is often something else."""
    return one.statement.commitment.stance not in ANSWERING and _beside(one) is None


def _sharing(answering: tuple[Told, ...], there: Entry, least: int) -> tuple[Told, ...]:
    """The statements of another report that share enough terms with one of the answers, in order of the text."""
    found = 0
    for one in answering:
        owned = bool(owners_of(one) or owner_word(one))
        found |= bits_sharing(there.by_term, one.terms, 1 if owned else least)
    return picked(there.told, found)


def _answers(answering: tuple[Told, ...], candidates: tuple[Told, ...], gate: Gate) -> Iterator[Link]:
    candidates = tuple(filter(is_clause, candidates))
    if not candidates:
        return
    weights = rarity(one.terms for one in {t.statement.id: t for t in (*answering, *candidates)}.values())
    for one in sorted(answering, key=lambda t: t.order):
        kind = kind_of_answer(one)
        if kind and not one.statement.refers_to and _says_what(one):
            for score, earlier in _answered(one, candidates, weights, gate):
                share = overlap(one.terms, earlier.terms)
                words = f"{kind} what another source says, {share:.0%} of the words shared"
                yield make_link(kind, one, earlier, f"{kind}-same-matter", words, min(0.95, 0.5 + score / 2))


def _opposes_or_foresees(one: Told) -> bool:
    """Whether others may have said the opposite before, or will tell what came of it."""
    return is_ahead(one) or polarity_of(one) == "-"


def answer_keys(entry: Entry, *, asked: bool = False) -> frozenset[str]:
    """Block keys that bring answers and what they may answer together, by what both are about.

    Confirmations, denials and forecasts are filed under `a:` and ask for `b:`; everything else is filed under `b:`
    and asks for `a:`, so that two plain claims do not meet here.
    """
    filed_as = {True: "b" if asked else "a", False: "a" if asked else "b"}
    found = {
        f"{filed_as[_is_answer(one) or _opposes_or_foresees(one)]}:{key}"
        for one in entry.told
        for key in (*BANDING.keys(worded_terms(one), least=FEWEST), *_numbers_of(one))
    }
    owned = {name for one in entry.told if _is_answer(one) for name in _called(one, owners_of(one))}
    spoken = {name for one in entry.told for name in _called(one, one.side)}
    found.update(f"{filed_as[True]}:by {name}" for name in owned)
    return frozenset(found | {f"{filed_as[False]}:by {name}" for name in spoken})


def _numbers_of(one: Told) -> Iterator[str]:
    """What a statement counts and how many: an answer often takes up the figure."""
    figures = (one.entry.figures[i] for i in one.statement.figures if i in one.entry.figures)
    ends = ((f, end) for f in figures if f.of for end in (f.amount.low, f.amount.high) if end is not None)
    return (f"#{end} {(f.of or '').split()[-1]}" for f, end in ends)


def _answered(
    one: Told, candidates: tuple[Told, ...], weights: dict[str, float], gate: Gate
) -> list[tuple[float, Told]]:
    """What is answered, best first: the best candidate and what the same side says about as well.

    Enough words must be shared to be about the same matter; which of several is meant, the rarer words tell.
    """
    settings = settings_file("relations.toml")["bars"]
    owners, described = owners_of(one), owner_word(one)
    is_owned = bool(owners or described)
    about = one.terms - owners - _claim_words() - {described} if is_owned else one.terms
    fitting = (
        other
        for other in candidates
        if _may_be_about(one, about, other, is_owned, gate, settings)
        and is_answerable(one, other)
        and (not is_owned or is_owned_by(one, other))
        and (_is_about(about, other, is_owned, gate, settings) or _is_alike(one, other, settings))
        and (not _is_granted(one) or _is_mostly(one, other, settings))
        and (kind_of_answer(one) != "denies" or is_owned or _is_denied(one, other, settings))
        and (kind_of_answer(one) != "confirms" or is_owned or _is_confirmed(one, other, settings))
    )
    ranked = sorted(
        ((overlap(about, other.terms, weights), other) for other in fitting),
        key=lambda pair: (-round(pair[0], 9), pair[1].order),
    )
    if not ranked:
        return []
    best, first = ranked[0]
    rivals = [other for score, other in ranked if not other.side & first.side and best - score < settings["margin"]]
    if not all(say_alike(first, other, settings) or _are_alike(one, first, other, settings) for other in rivals):
        return []
    alike = [
        (score, other)
        for score, other in ranked
        if other is first or other.side & first.side or other in rivals or say_alike(first, other, settings)
    ]
    least = best - settings["as_well"]
    kept = (pair for pair in alike if pair[0] >= least or (gate is NEAR_GATE and _is_surely(one, pair[1], settings)))
    return list(kept)[:MOST]


def _is_about(about: frozenset[str], other: Told, is_owned: bool, gate: Gate, settings: Any) -> bool:
    """Whether enough words are shared: fewer where the owner of the claim is named."""
    least = 1 if is_owned else settings[gate.terms]
    return len(about & other.terms) >= least and overlap(about, other.terms) >= settings[gate.share]


def _may_be_about(one: Told, about: frozenset[str], other: Told, is_owned: bool, gate: Gate, settings: Any) -> bool:
    """Whether enough words are shared to look on: a single one, that is no name, within one matter."""
    if _is_about(about, other, is_owned, gate, settings):
        return True
    if gate is not NEAR_GATE or is_owned:
        return False
    return overlap(about, other.terms) >= settings[gate.share] and bool(plain_terms(one) & plain_terms(other))


def _is_mostly(one: Told, other: Told, settings: Any) -> bool:
    """Whether two contents share half of their words and more than one that is no name, or are alike in meaning."""
    half = overlap(one.terms, other.terms) >= settings["grants"] and len(plain_terms(one) & plain_terms(other)) > 1
    return half or _is_alike(one, other, settings)


def _is_alike(one: Told, other: Told, settings: Any) -> bool:
    """Whether two contents are alike in meaning, and of one sign but for a denial's."""
    return likeness(one.statement.content.quote, other.statement.content.quote) >= float(settings["answers_sense"])


def _is_denied(one: Told, other: Told, settings: Any) -> bool:
    """Whether, within a report, enough of what is denied is in the other: its statements are all of one matter."""
    words = denied_core(one) or core_words(one)
    shared = shared_roots(words, core_words(other))
    return one.entry is not other.entry or len(shared) >= settings["denies_share"] * len(words)


def _is_confirmed(one: Told, other: Told, settings: Any) -> bool:
    """Whether a confirmation says what the other says, by sense and words, and another source than it may be."""
    if compare_origins(one, other).independence == SAME or may_be_one_source(one, other):
        return False
    if one.statement.cue and NEGATION.search(one.statement.cue.quote):
        return False  # "cannot confirm"
    said, claimed = core_words(one), core_words(other)
    shared = shared_roots(said, claimed)
    enough = len(shared) >= settings["confirms_share"] * len(said) and bool(shared or one.names & other.names)
    sense = likeness(one.statement.content.quote, other.statement.content.quote) if enough else 0.0
    return enough and max(sense, alike(one, other)) >= settings["confirms_sense"]


def _is_surely(one: Told, other: Told, settings: Any) -> bool:
    return likeness(one.statement.content.quote, other.statement.content.quote) >= float(settings["sense"])


def _are_alike(one: Told, first: Told, other: Told, settings: Any) -> bool:
    """Whether two that may be meant both say alike with the answer, of one sign."""
    same = polarity_of(first) == polarity_of(other) and not gives_other_numbers(first, other)
    return same and _is_alike(one, first, settings) and _is_alike(one, other, settings)


def say_alike(one: Told, other: Told, settings: Any) -> bool:
    """Whether two that may be meant say alike: then both are."""
    if polarity_of(one) != polarity_of(other) or gives_other_numbers(one, other):
        return False
    return likeness(one.statement.content.quote, other.statement.content.quote) >= float(settings["agreeing"])


def is_answerable(one: Told, other: Told) -> bool:
    """Whether `other` is somebody else's claim, made before, and not itself an answer, a question or a silence."""
    commitment = other.statement.commitment
    if other.statement.id == one.statement.id or not other.side or is_one_voice(one, other):
        return False
    if commitment.stance in UNANSWERABLE or commitment.certainty == "U" or other.statement.refers_to:
        return False
    if kind_of_answer(one) == "denies":
        if polarity_of(other) == "-" and not is_negated(one.statement.content.quote):
            return False  # who denies that militants were there says what others do: that none were
        return not other.statement.condition and not tells_of_a_denial(other) and _is_before(other, one)
    if kind_of_answer(one) == "confirms":
        if (commitment.certainty or "CT+")[:2] == "PS":
            return False  # "could send arms": what is only possible is not yet there to be confirmed
        if polarity_of(one) != polarity_of(other):
            return False  # 14 cases of damage do not confirm that there was none
        if one.overlaps(other):
            return False  # what is confirmed stands before, not in the words that confirm
        if has_come(one) and is_ahead(other) and len(one.terms & other.terms) < OUTCOME * len(other.terms):
            return False  # "have arrived in the port" does not confirm that they will be sent on to the islands
        if gives_other_numbers(one, other, ahead=True, apart=True):
            return False  # who grants 38 lost boxes does not confirm 400
    return _is_before(other, one)


def _is_before(other: Told, one: Told) -> bool:
    return other.entry.report.id == one.entry.report.id or other.order < one.order


def is_owned_by(one: Told, other: Told) -> bool:
    """Whether an answer names the other's side as whose claim it answers."""
    owners = owners_of(one)
    if owners & other.side or _is_owner(owner_word(one), one, other):
        return True
    is_called = _called(one, owners) & _called(other, other.side)
    is_called |= _surnames(one, owners) & _surnames(other, other.side)
    return bool(is_called) and is_one_matter(one.entry, other.entry)


def _surnames(told: Told, ids: Iterable[str]) -> frozenset[str]:
    """The last words of the names of some people, and names of one word."""
    found = (told.entry.entities[i] for i in ids if i in told.entry.entities)
    named = (e for e in found if e.name[0].isupper() and (" " not in e.name or e.kind is EntityKind.PERSON))
    return frozenset(entity.name.split()[-1].casefold() for entity in named)


def _called(told: Told, ids: Iterable[str]) -> frozenset[str]:
    """The names, of two words or more, of some entities: one report knows a person where another has a bare name."""
    found = (told.entry.entities[i] for i in ids if i in told.entry.entities)
    return frozenset(entity.name.casefold() for entity in found if entity.name.count(" ") and entity.name[0].isupper())


@remembered
def owners_of(one: Told) -> frozenset[str]:
    """Whose claim the words of an answer say it answers: "denied Norland's assertions about ..." is Norland's."""
    text, inside = one.entry.report.text, one.entry.mentions.within(one.statement.content.spans)
    return frozenset(m.entity for m in inside if m.entity and _claims_something(text, m.span))


@remembered
def owner_word(one: Told) -> str:
    """The last word of a described owner of a claim, "union" of "rejected the union's figure", or ""."""
    found = _owned().search(one.statement.content.quote)
    return stem(found[1]) if found else ""


def _is_owner(word: str, one: Told, other: Told) -> bool:
    """Whether the other's source is called by that word, in a report of the same matter."""
    source = other.statement.source.quote if other.statement.source else ""
    words = {stem(w) for w in WORD.findall(source)}
    return bool(word) and word in words and is_one_matter(one.entry, other.entry)


@cache
def _owned() -> re.Pattern[str]:
    nouns = "|".join(settings_file("relations.toml")["answers"]["nouns"])
    return re.compile(rf"\b([a-z][a-z-]+)[’']s?\s+(?:[a-z]+\s+){{0,2}}(?:{_claim_nouns()}|{nouns})\b")


def _claims_something(text: str, span: Span) -> bool:
    """Whether a noun for a claim follows a possessive name, or stands before it with "by" or "from"."""
    after, before = _claim_after(), _claim_before()
    near = text[max(0, span.start - NEAR) : span.start]
    return bool(after.match(text, span.end) or after.match(text, span.end - 2) or before.search(near))


@cache
def _told_beside() -> re.Pattern[str]:
    """The words after a statement that tell what it does to another: ", confirming a report in the Globe"."""
    nouns = "|".join(settings_file("references.toml")["nouns"])
    verbs = "|".join(settings_file("relations.toml")["answers"]["beside"])
    return re.compile(rf"[^.;\n]{{0,120}}?,\s+(?:{verbs})\s+[^.,;\n]{{0,40}}?\b(?:{nouns})\b")


@cache
def _answer_verbs() -> dict[str, str]:
    return {row["lemma"]: row["kind"] for row in lexicon("answer_verbs.tsv")}


@cache
def _claim_words() -> frozenset[str]:
    return frozenset(stem(noun) for noun in settings_file("references.toml")["nouns"])


@cache
def _claim_nouns() -> str:
    return "|".join(sorted(settings_file("references.toml")["nouns"]))


@cache
def _claim_after() -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s?)\s+(?:[a-z]+\s+){{0,2}}(?:{_claim_nouns()})\b")


@cache
def _claim_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_claim_nouns()})\s+(?:made\s+)?(?:by|from)\s+(?:the\s+)?$")
