"""That it befell nobody, against a number of those whom it befell: "no one was hurt", "three people were injured"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told
from onrecord.link.gates.fates import ANY, fate_called, fates_in
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.nouns import is_of_people
from onrecord.link.gates.polarity import is_ahead, is_negated
from onrecord.link.gates.scope import days_of, may_be_one, share_site, sites_differ
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.kinds.portions import WEEK
from onrecord.link.kinds.quantities import are_two_governments, days_between, is_certain
from onrecord.link.kinds.tolls import by_fate
from onrecord.link.remembering import remembered
from onrecord.model import Link

NOBODY = re.compile(
    r"\W*(?:that\s)?(?:(?:no[\s-]?one|nobody)(?!\s(?:else|other|more))(?P<verb>\s[^,;:.]{2,60})"
    r"|(?:there\s(?:were|are|was|is|had\sbeen|have\sbeen)\s)?no\s(?!more\b|other\b|further\b|new\b)(?P<noun>[\w-]+(?:\sor\s[\w-]+)?)(?P<rest>[^,;:.]{0,60}))",
    re.IGNORECASE,
)
QUALIFIED = re.compile(
    r"\b(?:in|at|on|by|from|among|inside|aboard|with|under|while|who|for)\s(?!the\b|this\b|that\b|it\b|its\b|all\b|any\b|their\b|our\b)"
)
WHOEVER = frozenset(("people", "person", "residents", "lives"))
BEFELL = re.compile(
    r"(?:\b(?:was|were|been)\s(?:\w+ly\s)?(?P<done>killed|shot\sdead|injured|wounded|hurt)\b|\b(?P<died>died|drowned)\b)"
)
# whom it did not hurt it did not kill
CLOSED = {"hurt": ("hurt", "dead"), ANY: ("hurt", "dead"), "dead": ("dead",)}


def find_nobody(a: Entry, b: Entry) -> Iterator[Link]:
    """`updates` and `contradicts` between "nobody" and a number of those whom it befell, in two reports or in one."""
    if not is_one_matter(a, b):
        return
    for here, there in ((a, b), (b, a)) if a.report.id != b.report.id else ((a, a),):
        nobody = [(t, fates) for t in here.told if (fates := spared_of(t))]
        if not nobody:
            continue
        for (none, fates), some in product(nobody, _somebody(there)):
            if some[1] in fates and none.statement.id != some[0].statement.id and not none.overlaps(some[0]):
                yield from _relate(none, some[0])


@remembered
def spared_of(told: Told) -> frozenset[str]:
    """The fates that befell nobody, as a statement has it for certain; "nobody was hurt" leaves nobody dead either."""
    found = NOBODY.match(told.statement.content.quote)
    plain = told.statement.condition is None and (told.statement.commitment.certainty or "") in ("CT-", "CT+")
    if found is None or not plain or told.statement.commitment.stance == "denies" or is_ahead(told):
        return frozenset()
    words = found["verb"] or found["rest"] or ""
    if QUALIFIED.search(words):  # "nobody died in a cool room"
        return frozenset()
    if found["verb"]:
        fates = fates_in(found["verb"])
    elif found["noun"].lower() in WHOEVER:
        fates = fates_in(words)
    else:
        called = {fate_called(word) for word in found["noun"].lower().split()} - {None}
        fates = frozenset(fate for fate in called if fate)
    return frozenset(closed for fate in fates for closed in CLOSED.get(fate, ()))


def _somebody(entry: Entry) -> Iterator[tuple[Told, str]]:
    """The statements that tell for certain whom it befell, each with the fate, in order of the text."""
    counted = {
        (c.told.statement.id, fate)
        for fate, counts in by_fate(entry).items()
        for c in counts
        if (c.figure.amount.low or c.figure.amount.high or 0) >= 1 and is_of_people(c.figure)
    }
    for told in entry.told:
        if not is_certain(told) or is_negated(told.statement.content.quote):
            continue
        fates = {fate for fate in ("dead", "hurt") if (told.statement.id, fate) in counted}
        fates |= _befell(told)
        yield from ((told, fate) for fate in sorted(fates))


@remembered
def _befell(told: Told) -> frozenset[str]:
    """The fates that a content tells of somebody without a number: "a baker was killed by a lorry"."""
    commitment = told.statement.commitment
    if commitment.attitude != "speech" or told.statement.condition is not None or is_ahead(told):
        return frozenset()
    found = BEFELL.search(told.statement.content.quote)
    return fates_in(found.group()) if found else frozenset()


def _relate(none: Told, some: Told) -> Iterator[Link]:
    if not may_be_one(none, some) or sites_differ(none, some):
        return
    early, late = sorted((none, some), key=lambda t: t.order)
    days = days_between(early.order[0], late.order[0])
    if days is None:
        return
    is_one = is_one_voice(none, some)
    if not is_one and (days == 0 or _is_of_day(some, none)) and share_site(none, some):
        words = "one says that it befell nobody, the other whom it befell"
        yield make_link("contradicts", late, early, "somebody-and-nobody", words, 0.6)
    elif early is none and days <= WEEK and early.order[:2] < late.order[:2] and not are_two_governments(none, some):
        words = f"{'the same side' if is_one else 'another source'}: nobody, then somebody"
        yield make_link("updates", late, early, "somebody-after-nobody", words, 0.7 if is_one else 0.6)


def _is_of_day(some: Told, none: Told) -> bool:
    """Whether what is told later came about on the day of which "nobody" was said."""
    return some.order[0] > none.order[0] and none.order[0] in days_of(some)
