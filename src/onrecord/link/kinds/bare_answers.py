"""Answers that only name what they answer, in another report: "backed up Lee's account", "disputed the union's figure".

And the denial that something was said at all: "The police have not said that he was poisoned". Both need to know whose
words are meant; where it could be two of his statements, nobody is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, numbers_in
from onrecord.link.gates.matter import is_one_matter, speak_of_one
from onrecord.link.gates.polarity import NEGATION, polarity_of
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.kinds.answers import is_answerable, is_owned_by, kind_of_answer
from onrecord.link.kinds.quantities import gives_other_numbers, is_other_amount, numbers_meet
from onrecord.link.remembering import remembered
from onrecord.link.words import overlap
from onrecord.model import Link
from onrecord.resources import settings_file

TWO_THIRDS = 2 / 3
LONGEST = 80  # code points of a content that only names what it answers
FEWEST = 2  # terms that what is meant shares with what else the answering speaker says, or with what is denied


def find_bare_answers(a: Entry, b: Entry) -> Iterator[Link]:
    """`confirms` and `denies` from such answers to what they name, and `contradicts` from the number put instead."""
    for here, there in ((a, b), (b, a)):
        for one in here.told:
            noun = counted_in(one)
            if noun is None:
                continue
            meant = _meant(one, noun, there)
            kind = "denies" if _is_called_untrue(one) else kind_of_answer(one)
            if meant is None or kind is None:
                continue
            words = f"{one.statement.content.quote!r} names whose words it answers"
            yield make_link(kind, one, meant, "answers-by-name", words, 0.8)
            if kind == "denies":
                yield from _put_instead(one, meant)


def find_unsaid(a: Entry, b: Entry) -> Iterator[Link]:
    """`denies` from a statement that somebody did not say so, to where he is said to have."""
    for here, there in ((a, b), (b, a)):
        for late in here.told:
            for inner in here.nested.get(late.statement.id, ()):
                if inner.cue is None or not NEGATION.search(inner.cue.quote):
                    continue
                unsaid = here.by_id[inner.id]
                voice = unsaid if unsaid.side else late
                for early in there.told:
                    if early.order < late.order and _is_unsaid(unsaid, early) and is_one_voice(voice, early):
                        words = "says that this was not said"
                        yield make_link("denies", late, early, "denies-having-said", words, 0.7)


@remembered
def counted_in(one: Told) -> str | None:
    """The noun for a claim that is all a content has, beside whose it is; None where it says more."""
    if one.statement.refers_to or not (kind_of_answer(one) or _is_called_untrue(one)):
        return None
    content = one.statement.content.quote
    found = _bare().fullmatch(content) if len(content) <= LONGEST else None
    return found[1].lower() if found else None


def _meant(one: Told, noun: str, there: Entry) -> Told | None:
    """The statement of the owner that is answered: the only one, or the one that the answer's report is about."""
    if not is_one_matter(one.entry, there):
        return None
    owned = [t for t in there.told if is_owned_by(one, t) and is_answerable(one, t) and not t.statement.nested_in]
    if noun in _counting():
        owned = [t for t in owned if numbers_in(t)]
    if len(owned) < FEWEST:
        return owned[0] if owned else None
    said = frozenset(x for t in one.entry.told if t is not one and is_one_voice(t, one) for x in t.terms)
    ranked = sorted(((len(said & t.terms), t) for t in owned), key=lambda pair: (-pair[0], pair[1].order))
    return ranked[0][1] if ranked[0][0] >= FEWEST and ranked[0][0] > ranked[1][0] else None


def find_put_instead(entry: Entry, found: Iterable[Link]) -> Iterator[Link]:
    """`contradicts` from the other number that somebody gives who denies a number in the same report."""
    by_id = {one.statement.id: one for one in entry.told}
    for link in found:
        one, meant = by_id[link.source], by_id[link.target]
        if link.kind == "denies" and one.statement.refers_to and numbers_in(meant):
            yield from _put_instead(one, meant)


def _put_instead(one: Told, meant: Told) -> Iterator[Link]:
    """The other number of whoever denies the first."""
    following = next((t for t in one.entry.told if t.order > one.order and not t.overlaps(one)), None)
    for other in one.entry.told:
        if other is one or other.overlaps(one):
            continue
        if not is_one_voice(other, one) and not (other is following and _is_described_body(other)):
            continue
        if is_other_amount(other, meant) or (gives_other_numbers(other, meant) and not numbers_meet(other, meant)):
            words = "another number from whoever denies the first"
            yield make_link("contradicts", other, meant, "number-put-instead", words, 0.7)


def _is_described_body(one: Told) -> bool:
    """Whether a source is only called "the company" or its like: right after a denial, whoever denied."""
    return any(voice.startswith("body:") and " " not in voice for voice in one.voices)


def _is_unsaid(unsaid: Told, early: Told) -> bool:
    shared = unsaid.terms & early.terms
    alike = len(shared) >= FEWEST and overlap(unsaid.terms, early.terms) >= TWO_THIRDS
    return alike and polarity_of(early) == "+" and speak_of_one(unsaid, early)


@remembered
def _is_called_untrue(one: Told) -> bool:
    """Whether somebody's words are called untrue: "called the company's figure laughable"."""
    if kind_of_answer(one) is not None or not one.statement.rule.startswith("object:"):
        return False
    found = _bare().fullmatch(one.statement.content.quote[:LONGEST])
    return found is not None and bool(found["untrue"])


@cache
def _counting() -> frozenset[str]:
    return frozenset(settings_file("relations.toml")["answers"]["nouns"])


@cache
def _bare() -> re.Pattern[str]:
    nouns = sorted({*settings_file("references.toml")["nouns"], *_counting()})
    untrue = "|".join(settings_file("references.toml")["untrue"])
    return re.compile(
        rf"\W*(?:the\s)?(?:[\w’'.-]+\s){{0,3}}[\w.-]+['’]s?\s(?:[a-z]+\s)?({'|'.join(nouns)})(?:\s(?:again|outright|altogether|(?P<untrue>(?:as\s)?(?:an?\s)?(?:[a-z]+\s)?(?:{untrue}))))?\W*",
        re.IGNORECASE,
    )
