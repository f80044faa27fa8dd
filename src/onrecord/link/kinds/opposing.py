"""What is said not to be so in words of its own: by another side right behind the claim or in another report, by who
took it back, or against who denied it.

Every rule compares what one content says is not so (`gates.wording.denied`) with what another says is: the words that
name the matter, apart from names, and the sense of both with their pronouns filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told
from onrecord.link.gates.allegiance import allegiance
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.offices import name_root
from onrecord.link.gates.polarity import NEGATION, is_ahead, leaves_matter_alone, tells_of_a_denial
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.gates.wording import (
    alike,
    begun,
    core_words,
    denied,
    denied_core,
    is_clause,
    may_meet,
    names_part,
    plainly,
    shared_roots,
    source_words,
)
from onrecord.link.kinds.agreement import antonyms
from onrecord.link.kinds.answers import is_owned_by, owner_word, owners_of
from onrecord.link.kinds.quantities import gives_other_numbers
from onrecord.link.meaning import likeness
from onrecord.link.origins import SAME, compare_origins
from onrecord.link.remembering import remembered
from onrecord.link.words import one_word
from onrecord.model import Copy, Link
from onrecord.resources import lexicon, settings_file

PUT_FORWARD = frozenset("asserts confirms estimates accuses warns".split())
STATING = frozenset("asserts denies confirms".split())
SUCH = re.compile(r"\b(?:no|any)\s(?:such|so)\s", re.IGNORECASE)
HIMSELF = re.compile(r"\W*(?:that\s)?(?:he|she|I)\b")
REVERSAL = 90  # code points around the end of a content in which it is told that it reverses what was said
SUREST = 0.59  # of rules that go by sense: what a text itself tells is surer
REACH = 2  # statements between a claim and what is said against it right behind
CAPITAL = re.compile(r"\b[A-Z][\w-]*")
LONG_WORDS = 40  # of a content that says more than one thing
LONGEST = 400  # code points of a content in which names are looked for
MOST = 100  # statements of a report that are looked at


Row = tuple[float, str, Told, Told]  # how sure, rule, earlier, later


class Against(NamedTuple):
    """How near what is denied is to what is said: how much of its words are shared, how many, and the cosine."""

    denied: str
    said: str
    covered: float
    shared: int

    @property
    def sense(self) -> float:
        """The cosine; asked last, since it takes longer than all else."""
        return likeness(self.denied, self.said)


def find_opposed(a: Entry, b: Entry, copy: Copy | None = None) -> Iterator[Link]:
    """`denies`, `contradicts` and `updates` of this kind, within a report or between two of one matter."""
    is_within = a.report.id == b.report.id
    if not is_within and not is_one_matter(a, b):
        return
    bars = settings_file("relations.toml")["against"]
    pairs = ((a, b),) if is_within else ((a, b), (b, a))
    found = [row for here, there in pairs for row in _rows(here, there, bars)]
    found += _opposites(a, b, bars)
    for score, rule, early, late in _one_each(found):
        if rule == "turns-round" or compare_origins(early, late, copy).independence != SAME:
            yield _make(rule, early, late, round(min(SUREST, score), 4))


def _make(rule: str, early: Told, late: Told, score: float) -> Link:
    if rule == "denies-right-behind":
        words = "another side says right behind it that it is not so"
        return make_link("denies", late, early, "denies-right-behind", words, score)
    if rule == "denies-the-same-matter":
        words = "another side says that it is not so"
        return make_link("denies", late, early, "denies-the-same-matter", words, score)
    if rule == "turns-round":
        return make_link("updates", late, early, "turns-round", "the same side said before that it is not so", score)
    words = "another side says that what was said not to be so is so"
    return make_link("contradicts", late, early, "affirms-what-is-not-so", words, score)


def _rows(here: Entry, there: Entry, bars: Any) -> Iterator[Row]:
    """What the denials of one report make with the claims of another, or of the same."""
    claims = [(yes, begun(core_words(yes)), is_granted(yes) or _is_reversal(yes)) for yes in _claims(there)]
    for no in _denials(here):
        words, may_be_told = begun(denied_core(no)), here is there or _answered(no) is not None
        for yes, others, is_told in claims:
            if not (may_be_told or is_told) and words.isdisjoint(others):
                continue  # no word of one root, asked before each pair is looked at
            if yes is not no and (drawn := _link_between(no, yes, bars)):
                early, late = sorted((no, yes), key=lambda t: t.order)
                yield (*drawn, early, late)
    if here is not there:
        yield from _taken_back(here, there, bars)


def _link_between(no: Told, yes: Told, bars: Any) -> tuple[float, str] | None:
    """(how sure, rule) of the link of a statement that denies with one that affirms; None where there is none."""
    if no.overlaps(yes) or names_part(no, yes):
        return None
    is_within = no.entry is yes.entry
    if is_within and not yes.order < no.order:
        return None
    is_later = not is_within and no.order[0] < yes.order[0] < "9999"
    shared = shared_roots(denied_core(no), core_words(yes))
    if not (shared or _is_told_of(no, yes, is_later)) or gives_other_numbers(no, yes):
        return None
    if (owners_of(no) or owner_word(no)) and not is_owned_by(no, yes):
        return None  # "denied Norland's assertions about the army" is of Norland's
    is_one = is_one_voice(no, yes)
    if not is_one and is_ahead(no) and not is_ahead(yes):
        return None
    if not (may_meet(no, yes) or (is_one and is_granted(yes))):
        return None
    found = Against(denied(no), plainly(yes), len(shared) / max(1, len(denied_core(no))), len(shared))
    if is_one:
        return _turned(no, yes, found, bars) if is_later else None
    if leaves_matter_alone(no) or is_granted(no) or (_is_of_himself(no) and not is_named(no, yes)):
        return None
    return _right_behind(no, yes, found, bars) if is_within else _apart(no, yes, found, bars)


def _is_told_of(no: Told, yes: Told, is_later: bool) -> bool:
    """Whether two that share no word may be of one thing: by what is granted, by what was answered, by the cue."""
    if not is_later:
        return no.entry is yes.entry and _is_contested(no)
    answered = _answered(no)
    if is_granted(yes) or _is_reversal(yes):
        return True
    return bool(answered and shared_roots(core_words(answered), core_words(yes)))


def _turned(no: Told, yes: Told, found: Against, bars: Any) -> tuple[float, str] | None:
    """One side that says later what it said was not so, or what it had been told when it said so."""
    answered = _answered(no)
    if answered and (sense := alike(answered, yes)) >= bars["answered"]:
        return sense, "turns-round"
    if max(len(t.statement.content.quote.split()) for t in (no, yes)) > LONG_WORDS:
        return None
    is_denied = no.statement.commitment.stance == "denies" and found.covered >= bars["covered"]
    if leaves_matter_alone(no) and not is_granted(yes):
        return None
    if _is_reversal(yes):
        return max(0.5, found.sense), "turns-round"
    bar = "affirmed_whole" if is_denied or found.covered == 1 else "granted" if is_granted(yes) else "turned"
    enough = found.shared and found.covered >= bars["turned_share"]
    enough = (enough or _is_unwilling(yes)) and found.sense >= bars[bar]
    return (max(0.5, found.sense), "turns-round") if enough else None


def _apart(no: Told, yes: Told, found: Against, bars: Any) -> tuple[float, str] | None:
    """Two sides in two reports."""
    if not found.shared or alike(no, yes) < bars["apart"]:
        return None
    if yes.order < no.order:
        enough = found.covered >= bars["covered"] and (found.shared > 1 or found.covered == 1)
        enough = enough and found.sense >= bars["sense"]
        is_sure = found.shared > 1 and found.sense >= bars["sure"]
        return (found.sense, "denies-the-same-matter") if enough or is_sure else None
    if found.covered < bars["covered"] or is_granted(yes):
        return None
    is_all = found.covered == 1
    bar = bars[
        "affirmed_whole"
        if is_all and found.shared == 1 and is_named(no, yes)
        else "affirmed_all"
        if is_all
        else "affirmed"
    ]
    if NEGATION.search(yes.statement.content.quote) or denied_core(no) & _words("harm"):
        return None  # of nobody who was hurt on Tuesday, somebody may have died on Wednesday
    return (max(0.5, found.sense), "affirms-what-is-not-so") if found.sense >= bar else None


def is_named(one: Told, other: Told) -> bool:
    """Whether the other's content names who speaks, or whom he speaks for."""
    if shared_roots(source_words(one), core_words(other) | other.names):
        return True
    named = CAPITAL.findall(other.statement.content.quote[:LONGEST])
    return bool(allegiance(one) & {name_root(word) for word in named})


def _taken_back(here: Entry, there: Entry, bars: Any) -> Iterator[Row]:
    """What a side grants, with what it said before of the same without a "no": "passwords are always encrypted"."""
    for late in filter(is_granted, _claims(here)):
        for early in _claims(there):
            if not early.order[0] < late.order[0] < "9999" or is_granted(early) or gives_other_numbers(early, late):
                continue
            near = shared_roots(core_words(early), core_words(late)) and not names_part(early, late)
            is_one = near and may_meet(early, late) and is_one_voice(early, late)
            if is_one and (sense := alike(early, late)) >= bars["taken_back"]:
                yield sense, "turns-round", early, late


def _right_behind(no: Told, yes: Told, found: Against, bars: Any) -> tuple[float, str] | None:
    """Within a report: nearness in the text and whether the claim names who denies it count as well."""
    places = _places(no.entry)
    here, there = places.get(no.statement.id), places.get(yes.statement.id)
    is_near = here is not None and there is not None and here - there <= REACH
    called = is_named(no, yes)
    is_said = no.statement.commitment.stance == "denies" or _is_contested(no)
    if not is_said and not (is_near and found.covered >= bars["plain_behind"]):
        return None  # a "not" in a sentence of somebody else's is seldom a denial of what stands before it
    if _is_contested(no) and is_near and found.sense >= bars["insisted_named" if called else "insisted"]:
        return max(0.5, found.sense), "denies-right-behind"  # whoever insists that there was no leak has been told so
    if not (called or found.covered == 1 or (_is_contested(no) and found.covered >= bars["covered_behind"])):
        return None
    score = found.sense + 0.1 * (min(found.shared, 2) + 2 * found.covered + is_near + called)
    return (score / 2, "denies-right-behind") if score >= bars["behind"] else None


@remembered
def _answered(one: Told) -> Told | None:
    """The claim of another side right before a denial that says little by itself: "no decision had been made"."""
    if len(denied_core(one)) > int(settings_file("relations.toml")["wording"]["contest_words"]):
        return None
    places = _places(one.entry)
    at = places.get(one.statement.id)
    if at is None:
        return None
    for other in one.entry.told[:MOST]:
        before = places.get(other.statement.id)
        if before is not None and 0 < at - before <= REACH and _is_claim(other) and not is_one_voice(one, other):
            return other
    return None


def _opposite(one: Told, other: Told, bars: Any) -> float:
    """How alike two contents are that differ in a word and its opposite alone: "the pass is open" and "closed it"."""
    mine, theirs = core_words(one), core_words(other)
    opposed = {w for w in mine if antonyms().get(w, frozenset()) & theirs}
    against = {w for w in theirs if antonyms().get(w, frozenset()) & opposed}
    short, long = (mine - opposed, theirs) if len(mine) <= len(theirs) else (theirs - against, mine)
    if not opposed or not short or shared_roots(short, long) != short or opposed & theirs or against & mine:
        return 0.0
    sense = alike(one, other)
    return sense if sense >= bars["opposite"] else 0.0


def _opposites(a: Entry, b: Entry, bars: Any) -> Iterator[Row]:
    """Claims that differ in a word and its opposite: right behind one another, or of one side on two days."""
    is_within = a.report.id == b.report.id
    places = _places(a)
    for one in (t for t in _claims(a) if core_words(t) & antonyms().keys()):
        for other in _claims(b):
            early, late = sorted((one, other), key=lambda t: t.order)
            if (is_within and one is not early) or one is other or early.overlaps(late):
                continue
            if not (score := _opposite(early, late, bars)) or not may_meet(early, late):
                continue
            is_one = is_one_voice(early, late)
            if is_one and not is_within and early.order[0] < late.order[0] < "9999":
                yield score, "turns-round", early, late
            elif is_within and not is_one:
                here, there = (places.get(t.statement.id, -MOST) for t in (late, early))
                if 0 < here - there <= REACH and is_named(late, early):
                    yield score, "denies-right-behind", early, late


def _places(entry: Entry) -> dict[str, int]:
    if _places not in entry.memory:
        outline = [t for t in entry.told if not t.statement.nested_in]
        entry.memory[_places] = {t.statement.id: k for k, t in enumerate(outline)}
    return entry.memory[_places]  # type: ignore[return-value]


def _denials(entry: Entry) -> list[Told]:
    return [t for t in entry.told[:MOST] if _is_denial(t)]


def _claims(entry: Entry) -> list[Told]:
    return [t for t in entry.told[:MOST] if _is_claim(t)]


@remembered
def _is_denial(one: Told) -> bool:
    """Whether somebody says that something is not so, and not only that he knows of nothing or that it is not yet."""
    commitment = one.statement.commitment
    if commitment.attitude != "speech" or commitment.stance not in STATING or one.statement.condition:
        return False
    if one.statement.refers_to or not is_clause(one) or not denied(one) or not denied_core(one):
        return False
    if denied_core(one) & _words("turning"):
        return False
    return " yet " not in f" {one.statement.content.quote} "


@remembered
def _is_claim(one: Told) -> bool:
    """Whether somebody puts forward that something is so."""
    commitment = one.statement.commitment
    if commitment.attitude != "speech" or commitment.stance not in PUT_FORWARD or one.statement.condition:
        return False
    is_open = commitment.certainty == "U" or commitment.certainty == "PS-"
    if is_open or one.statement.refers_to or denied(one) or not is_clause(one):
        return False
    if core_words(one) & _words("ending") or tells_of_a_denial(one) or " no longer " in one.statement.content.quote:
        return False  # who says that visas are no longer issued denies nothing of those who say that this has stopped
    return one.statement.speaker.entity is not None or commitment.stance == "accuses"


@cache
def _words(kind: str) -> frozenset[str]:
    """Words of a list of `[wording]`, as terms."""
    return frozenset(one_word(word) for word in settings_file("relations.toml")["wording"][kind])


@remembered
def _is_of_himself(one: Told) -> bool:
    """Whether a person denies something of himself alone: "she was not getting married"."""
    return HIMSELF.match(one.statement.content.quote) is not None and plainly(one) != one.statement.content.quote


@remembered
def _is_contested(one: Told) -> bool:
    """Whether cue or words show that somebody said so before: "insisted there was no leak", "got no such warning"."""
    lemma, settings = one.statement.rule.rpartition(":")[2], settings_file("relations.toml")["wording"]
    is_brief = lemma in settings["contest"] and len(denied_core(one)) <= int(settings["contest_words"])
    return is_brief or SUCH.search(one.statement.content.quote[:LONGEST]) is not None


@remembered
def is_granted(one: Told) -> bool:
    """Whether somebody grants what he would rather not: "conceded", "admitted"."""
    lemma = one.statement.rule.rpartition(":")[2]
    return any(row["lemma"] == lemma for row in lexicon("answer_verbs.tsv"))


def _is_unwilling(one: Told) -> bool:
    """Whether the verb alone tells that it had been said otherwise: "conceded", and not "acknowledged"."""
    return one.statement.rule.rpartition(":")[2] in settings_file("relations.toml")["against"]["unwilling"]


@remembered
def _is_reversal(one: Told) -> bool:
    """Whether the sentence goes on so: "admitted that nine had been freed, reversing what he said last week"."""
    end = max(part.spans[-1].end for part in (one.statement.cue, one.statement.content) if part)
    text = one.entry.report.text[max(0, end - REVERSAL) : end + REVERSAL]
    return _reversing().search(text.split("\n")[0]) is not None


@cache
def _reversing() -> re.Pattern[str]:
    verbs = "|".join(settings_file("relations.toml")["wording"]["reversing"])
    return re.compile(
        rf",\s(?:{verbs})\s(?:what\s(?:he|she|it|they)|(?:his|her|its|their|an)\s(?:\w+\s)?(?:account|denial|statement|position))\b"
    )


def _one_each(found: Iterable[Row]) -> Iterator[Row]:
    """The best link of each rule that a statement makes with what came before; who turns may turn from several."""
    taken: set[tuple[str, str]] = set()
    for row in sorted(found, key=lambda row: (-round(row[0], 9), row[2].order, row[3].order)):
        _, rule, early, late = row
        key = (early if rule == "turns-round" else late).statement.id, rule
        if key not in taken:
            taken.add(key)
            yield row
