"""Counts of people by what befell them: "killed 12", "the toll rose to 15", "nobody was hurt".

Nouns differ from report to report and say little; the fate must be one, and the event. So the gates are narrower than
for counts of one noun: one matter, no other place or day, and no fewer later, unless whoever speaks corrects himself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple, cast

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told
from onrecord.link.gates.bounds import as_it_stands, exclude, is_telling, same_value
from onrecord.link.gates.fates import ANY, fate_of, is_of_others, is_told_of_some, predicate_after
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.nouns import may_be_all, nouns_agree
from onrecord.link.gates.parts import is_less
from onrecord.link.gates.polarity import is_ahead
from onrecord.link.gates.scope import days_of, is_one_place, may_be_one, share_site, sites_differ, tell_of_another
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.kinds.portions import WEEK, Said, draw_part
from onrecord.link.kinds.quantities import (
    are_two_governments,
    days_between,
    is_certain,
    is_over,
    later_words,
    moment_of,
)
from onrecord.link.origins import INDEPENDENT, compare_origins
from onrecord.model import Copy, Figure, Link
from onrecord.resources import settings_file

KNOWN = re.compile(r"\b(?:the|its|their|his|her|these|those|all)\s$", re.IGNORECASE)
GROWING = re.compile(
    r"\b(?:r[io]sen?|rises|climb(?:s|ed)|grow(?:s|n)?|grew|so\sfar|now|known|passed|confirmed|recovered|found|pulled|bod(?:y|ies)|at\sleast)\b",
    re.IGNORECASE,
)
CORRECTING = re.compile(
    r"\b(?:correct|revis|lower|restat|mistak|error|overstat|miscount|overcount|earlier|initial|previous|not\sthe\s|fewer\sthan|down\sfrom)",
    re.IGNORECASE,
)
MOST = 100  # counts of one fate in a report that are looked at


class Counted(NamedTuple):
    """A count by fate."""

    told: Told
    figure: Figure
    fate: str
    is_some: bool

    @property
    def said(self) -> Said:
        """The statement and the figure."""
        return self.told, self.figure


def find_tolls(a: Entry, b: Entry, copy: Copy | None = None) -> Iterator[Link]:
    """Links between counts of those whom one thing befell, of two reports or within one."""
    mine, theirs = by_fate(a), by_fate(b)
    same_report = a.report.id == b.report.id
    if not mine or not theirs or not is_one_matter(a, b):
        return
    for fate, counts in mine.items():
        meeting = {"dead": ("dead", ANY), ANY: ("dead",)}.get(fate, (fate,))
        for one, other in product(counts, [c for f in meeting for c in theirs.get(f, ())]):
            if one.told.statement.id == other.told.statement.id:
                continue
            if same_report and not one.figure.span < other.figure.span:
                continue
            yield from _relate(one, other, copy, same_report=same_report)
    if same_report:
        yield from _treated(mine)


def toll_ties(a: Entry, b: Entry) -> Iterator[tuple[Figure, Figure]]:
    """Figures of two reports that follow one toll, whoever counts, earlier or later."""
    if a.report.id == b.report.id:
        return
    mine, theirs = by_fate(a), by_fate(b)
    if not mine.keys() & theirs.keys() or not is_one_matter(a, b):
        return
    for fate in sorted(mine.keys() & theirs.keys() - {ANY}):
        for one, other in product(mine[fate], theirs[fate]):
            if one.is_some or other.is_some or not may_be_one(one.told, other.told) or not _count_one(one, other):
                continue
            yield one.figure, other.figure


def by_fate(entry: Entry) -> dict[str, list[Counted]]:
    """What a report counts by fate, each list in order of the text and not beyond `MOST`."""
    found = entry.memory.get("tolls")
    if found is None:
        found = defaultdict[str, list[Counted]](list)
        by_id = {told.statement.id: told for told in entry.told}
        for figure in entry.report.figures:
            told = by_id.get(figure.statement or "")
            if told is None or not _is_count(told, figure):
                continue
            if (fate := fate_of(told, figure)) and len(found[fate]) < MOST:
                counted = as_it_stands(entry.report.text, figure)
                found[fate].append(Counted(told, counted, fate, is_told_of_some(told, figure)))
        entry.memory["tolls"] = found
    return cast("dict[str, list[Counted]]", found)


def _is_count(told: Told, figure: Figure) -> bool:
    """Whether a figure counts what is so, by who says it: no measure, no addition, nothing denied or to come."""
    amount = figure.amount
    if amount.unit or amount.per or amount.direction or figure.increment or figure.planned or figure.forecast:
        return False
    if is_of_others(told, figure) or (amount.low == amount.high == 1 and fate_of(told, figure) in ("held", "charged")):
        return False  # "one man was arrested for shouting" is no count of the arrests
    commitment = told.statement.commitment
    return commitment.certainty != "CT-" and told.statement.condition is None and not is_ahead(told)


def _treated(counts: dict[str, list[Counted]]) -> Iterator[Link]:
    """A bare number of those taken to hospital, after those who were hurt or fell ill: "but 17 were treated"."""
    wholes = sorted((c for fate in ("hurt", "ill") for c in counts.get(fate, ())), key=lambda c: c.figure.span)
    for part in counts.get("in hospital", ()):
        before = [c for c in wholes if c.figure.span < part.figure.span and not c.is_some]
        if before and not part.figure.of and _may_lie_in(part, before[-1], same_report=True):
            whole = before[-1]
            if part.told.statement.id != whole.told.statement.id and may_be_one(part.told, whole.told, on_any_day=True):
                words = f"{part.figure.text!r} of the {whole.figure.text!r} of {whole.figure.of or 'them'}"
                yield draw_part(part.told, whole.told, "part-of-them", words)


def _relate(one: Counted, other: Counted, copy: Copy | None, *, same_report: bool) -> Iterator[Link]:
    early, late = sorted((one, other), key=lambda c: moment_of(c.told, c.figure))
    before, after = moment_of(early.told, early.figure), moment_of(late.told, late.figure)
    days = days_between(before[0], after[0])
    is_part = one.is_some != other.is_some
    if days is None or not may_be_one(early.told, late.told, on_any_day=is_part):
        return
    if is_part:
        part, whole = (one, other) if one.is_some else (other, one)
        if days <= WEEK and _may_lie_in(part, whole, same_report=same_report):
            words = f"{part.figure.text!r} of the {whole.figure.text!r} of {whole.figure.of or 'them'}"
            yield draw_part(part.told, whole.told, "part-of-them", words)
        return
    is_later = before[:2] < after[:2]
    if early.fate != late.fate:
        return  # "victims" are counted as such only where some of them are told of
    if one.is_some:
        if is_later and _are_more(early.figure, late.figure) and _say_the_same(early, late):
            yield _update(early, late, days)
        return
    if _count_one(early, late):
        yield from _settle(early, late, days, copy, is_later=is_later)


def _settle(early: Counted, late: Counted, days: int, copy: Copy | None, *, is_later: bool) -> Iterator[Link]:
    """The link of two counts of one thing: again, later, or at odds."""
    f, g = early.figure, late.figure
    is_one = is_one_voice(early.told, late.told)
    if same_value(f, g):
        if is_one and (is_telling(f) or early.told.names & late.told.names):
            words = f"the same side gives {g.text!r} and {f.text!r} of {g.of or 'them'}"
            yield make_link("repeats", late.told, early.told, "same-side-same-figure", words, 0.8)
        elif not is_one and _may_agree(early, late, days):
            verdict = compare_origins(early.told, late.told, copy)
            if verdict.independence == INDEPENDENT:
                words = f"{g.text!r} of {g.of or 'them'} again; {verdict.reason.words}"
                yield make_link("corroborates", late.told, early.told, "other-side-same-claim", words, 0.6)
    elif not is_one and exclude(f, g) and _may_be_at_odds(early, late, days):
        words = f"another source of the same matter, of the same day: {f.text!r} and {g.text!r} of {g.of or 'them'}"
        yield make_link("contradicts", late.told, early.told, "other-side-other-figure", words, 0.6)
    elif (
        is_later
        and (_are_more(f, g) or (is_one and _may_be_fewer(late)))
        and (is_one or (days and not are_two_governments(early.told, late.told) and not _are_over(early, late)))
    ):
        yield _update(early, late, days)


def _update(early: Counted, late: Counted, days: int) -> Link:
    is_one = is_one_voice(early.told, late.told)
    who = "the same side" if is_one else "another source of the same matter"
    words = f"{who}, {later_words(days)}: {early.figure.text!r} then {late.figure.text!r} of {late.figure.of or 'them'}"
    rule = "same-side-later-figure" if is_one else "other-side-later-figure"
    return make_link("updates", late.told, early.told, rule, words, 0.8 if is_one else 0.6)


def _count_one(early: Counted, late: Counted) -> bool:
    """Whether nouns and places leave it open that both count the same."""
    f, g = early.figure, late.figure
    if not nouns_agree(f, g) or not is_one_place(early.said, late.said) or tell_of_another(early.told, late.told):
        return False
    if sites_differ(early.told, late.told, f.span, g.span):
        return False
    return f.where == g.where or _is_known_there(early, late) or _is_known_there(late, early)


def _is_known_there(one: Counted, other: Counted) -> bool:
    """Whether one number has a place and the other none, in a report that names that place too."""
    place = one.told.entry.entities.get(one.figure.where or "")
    return place is not None and other.figure.where is None and place.id in other.told.entry.entities


def _may_be_at_odds(early: Counted, late: Counted, days: int) -> bool:
    """Whether two counts are of one time, and neither may only be behind the other."""
    if are_two_governments(early.told, late.told) and days:
        return False
    if any(c.figure.rule == "open" for c in (early, late)) or not share_site(early.told, late.told):
        return False  # "dozens"; or a district's dead against the country's
    if not all(is_certain(c.told) or is_put_at(c.told) for c in (early, late)):
        return False
    if any(GROWING.search(c.told.statement.content.quote) for c in (early, late)):
        return False
    is_of_one_day = bool(days_of(early.told) & days_of(late.told))
    return days == 0 or (days <= WEEK and is_of_one_day and _are_over(early, late))


def _may_agree(early: Counted, late: Counted, days: int) -> bool:
    """Whether the same number from two sides may be two counts of one thing: not "the families of the two dead"."""
    if any(_is_known(c) for c in (early, late)) or early.told.overlaps(late.told):
        return False
    return days <= WEEK and is_certain(early.told) and is_certain(late.told)


def _is_known(counted: Counted) -> bool:
    text, start = counted.told.entry.report.text, counted.figure.span.start
    return KNOWN.search(text[max(0, start - 8) : start]) is not None


def is_put_at(told: Told) -> bool:
    """Whether a statement is told to put a number at so much: no hedge, whoever counts."""
    cue = told.statement.cue.quote.split()[:1] if told.statement.cue else []
    return (
        cue[:1] in (["put"], ["puts"], ["estimated"], ["estimates"], ["counted"])
        and told.statement.commitment.certainty == "PR+"
    )


def _are_over(early: Counted, late: Counted) -> bool:
    return is_over(early.told) and is_over(late.told)


def _are_more(f: Figure, g: Figure) -> bool:
    """Whether the second number is higher; "at least 10" and "10" are one."""
    before, after = (a.low if a.low is not None else a.high for a in (f.amount, g.amount))
    return before is not None and after is not None and before < after and is_less(f, g)


def _may_be_fewer(late: Counted) -> bool:
    """Whether a lower number later is no other event: it corrects one, or what befell them passes."""
    passing = settings_file("relations.toml")["counts"]["passing"]
    return late.fate in passing or bool(CORRECTING.search(late.told.statement.content.quote))


def _may_lie_in(part: Counted, whole: Counted, *, same_report: bool) -> bool:
    """Whether some are some of those: no more, and told to be of them or of one matter."""
    f, g = part.figure, whole.figure
    if whole.fate == ANY or not is_less(f, g) or same_value(f, g):
        return False
    if not (same_report or may_be_all(g)):
        return False
    all_of = part.told.entry.figures.get(f.part_of or "")
    return all_of is None or all_of.id == g.id or (not same_report and same_value(all_of, g))


def _say_the_same(early: Counted, late: Counted) -> bool:
    """Whether the same is told of some of those and of some of those: "were children"."""
    return bool(predicate_after(*early.said) & predicate_after(*late.said))
