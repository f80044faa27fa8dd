"""A later statement that gives the earlier number beside the new one: "19%, not the 28% announced in March"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, plain_terms
from onrecord.link.gates.bounds import TELLING
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.parts import period_of
from onrecord.link.gates.polarity import is_ahead
from onrecord.link.gates.scope import may_be_one
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.kinds.quantities import days_between, gives_other_numbers
from onrecord.link.remembering import remembered
from onrecord.link.words import jaccard
from onrecord.model import Figure, Link
from onrecord.resources import settings_file

MOST = 300  # statements of one side in one report that are looked at
Value = tuple[Decimal | None, Decimal | None, str | None]  # low, high, unit
TAKEN_BACK = re.compile(r"\b(?:not|instead\sof|rather\sthan)\s(?:the\s|an?\s|its\s)?$", re.IGNORECASE)
BEFORE = re.compile(r"\b(?:from|than)\s(?:the\s|an?\s|its\s)?$", re.IGNORECASE)
SAID_BEFORE = re.compile(
    r"\s(?:\w+\s){0,3}?(?:had\s(?:\w+ly\s)?(?:announced|reported|given|said|claimed|published|stated)|earlier|previously|initially|reported\sin)\b"
)
CORRECTS = re.compile(
    r"\b(?:corrected|correcting|correction|revised|revising|restated|restating|mistakes?|coding\serror|errors?|miscounted"
    r"|overstated|understated|earlier\s(?:figure|estimate|number|count|forecast)|(?:lower|cut|rais)(?:ed|ing)?\sits\s(?:forecast|estimate|figure))\b",
    re.IGNORECASE,
)
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


def find_restated(a: Entry, b: Entry) -> Iterator[Link]:
    """`updates` from a statement that takes a number back to the one that gave it, and `repeats` of such a pair."""
    if a.report.id == b.report.id:
        return
    for here, there in ((a, b), (b, a)):
        for late in (told for told in here.told if _may_take_back(told)):
            others = {o.statement.id: o for voice in late.voices for o in there.by_voice.get(voice, ())[:MOST]}
            for early in (o for o in others.values() if o.statement.figures and o.order[0] < late.order[0] < "9999"):
                if is_one_voice(early, late) and may_be_one(early, late, due=True):
                    yield from _relate(early, late, is_near=is_one_matter(a, b))


def _relate(early: Told, late: Told, *, is_near: bool) -> Iterator[Link]:
    if is_near and len(shared := _telling(early) & _telling(late)) > 1:
        words = f"the same side gives {len(shared)} numbers again"
        yield make_link("repeats", late, early, "same-side-same-figure", words, 0.8)
    elif _takes_back(early, late, is_near=is_near):
        days = days_between(early.order[0], late.order[0])
        words = f"the same side gives another number, {days} days later, and tells the one before"
        yield make_link("updates", late, early, "same-side-later-figure", words, 0.8)


@remembered
def _may_take_back(late: Told) -> bool:
    return bool(late.statement.figures) and (
        bool(_cited(late)[0]) or bool(CORRECTS.search(late.statement.content.quote))
    )


def _takes_back(early: Told, late: Told, *, is_near: bool) -> bool:
    """Whether the later cites a number of the earlier as the one before, or says that it corrects it."""
    if is_ahead(early) != is_ahead(late) or not plain_terms(early) & plain_terms(late):
        return False
    cited, said_before = _cited(late)
    gone = cited & (_values(early) - _cited(early)[0])
    put = _values(late) - cited
    if gone and not put & _values(early) and {unit for *_, unit in gone} & {unit for *_, unit in put}:
        return bool(gone & said_before) or (is_near and not _is_periodic(late))
    least = settings_file("relations.toml")["bars"]["moves"]
    alike = jaccard(plain_terms(early), plain_terms(late)) >= least
    return alike and bool(CORRECTS.search(late.statement.content.quote)) and gives_other_numbers(early, late)


@remembered
def _values(told: Told) -> frozenset[Value]:
    """The bounds of a content's figures with their units; both ends of what went "from 28% to 19%"."""
    return frozenset(value for figure in _figures(told) for value in _ends(told, figure))


@remembered
def _telling(told: Told) -> frozenset[Value]:
    return frozenset(v for v in _values(told) if (v[0] or v[1] or 0) >= TELLING)


def _figures(told: Told) -> Iterator[Figure]:
    return (told.entry.figures[i] for i in told.statement.figures if i in told.entry.figures)


def _ends(told: Told, figure: Figure) -> tuple[Value, ...]:
    """What a figure was and is where it has moved, in order; else its bounds alone."""
    amount = figure.amount
    text = told.entry.report.text
    numerals = [Decimal(n.replace(",", "")) for n in NUMERAL.findall(figure.text)]
    moved = (
        figure.rule == "range"
        and len(numerals) == 2
        and BEFORE.search(text[max(0, figure.span.start - 12) : figure.span.start])
    )
    if not moved:
        return ((amount.low, amount.high, amount.unit),)
    ends = (amount.low, amount.high) if numerals[0] < numerals[1] else (amount.high, amount.low)
    return tuple((end, end, amount.unit) for end in ends)


@remembered
def _cited(told: Told) -> tuple[frozenset[Value], frozenset[Value]]:
    """The numbers that a content gives as those before, and those of them that it takes back or says were given."""
    text = told.entry.report.text
    cited, back = set[Value](), set[Value]()
    for figure in _figures(told):
        ends = _ends(told, figure)
        lead, rest = (
            text[max(0, figure.span.start - 24) : figure.span.start],
            text[figure.span.end : figure.span.end + 60],
        )
        if len(ends) > 1:
            cited.add(ends[0])
        elif TAKEN_BACK.search(lead) or (SAID_BEFORE.match(rest) and BEFORE.search(lead)):
            cited.add(ends[0])
            back.add(ends[0])
        elif BEFORE.search(lead):
            cited.add(ends[0])
    return frozenset(cited), frozenset(back)


def _is_periodic(told: Told) -> bool:
    """Whether a number of a month, a quarter or a year is told: the one before is of another."""
    return any(period_of(told, figure) for figure in _figures(told))
