"""Figures of one quantity: the same again, a later one, a part of a whole, or two that cannot both be so.

Gates in order: the same thing is counted; of one kind, place and time, or one within the other; the same voice gives
both numbers, or two of one matter; forecasts are compared with forecasts, changes with nothing; then time and number
decide. Where a scope is unknown and may differ, nothing is drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain, product
from typing import NamedTuple, cast

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, plain_terms
from onrecord.link.gates.bounds import exclude, is_telling, same_value
from onrecord.link.gates.fates import fate_of, fates_differ, fates_meet, is_of_others
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.nouns import is_of_people, nouns_agree
from onrecord.link.gates.parts import is_less, is_some_of, periods_differ
from onrecord.link.gates.scope import is_one_place, kinds_differ, may_be_one, sites_differ, tell_of_another
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.kinds.portions import WEEK, Said, draw_part, part_between, thing
from onrecord.link.remembering import remembered
from onrecord.link.words import WORD, content_words, jaccard, one_word, stem
from onrecord.model import EntityKind, Figure, Link
from onrecord.resources import settings_file

UNIT = "="  # before the unit, where nothing named is counted: "inflation was 3 percent"


def find_quantity_links(a: Entry, b: Entry) -> Iterator[Link]:
    """Links between figures of two reports, or of one with itself."""
    same_report = a.report.id == b.report.id
    for (one, f), (other, g) in pairs_counted(a, b):
        if one.statement.id == other.statement.id or (same_report and not f.span < g.span):
            continue
        if is_same_quantity((one, f), (other, g)):
            yield from _relate((one, f), (other, g))
        elif same_report and (part := _of_them((one, f), (other, g))):
            yield part


class Counted(NamedTuple):
    """A figure that somebody gives, with what tells at once that it has nothing to do with another."""

    said: Said
    head: str
    whom: frozenset[str]  # whom it is said for
    words: frozenset[str]
    is_some: bool

    def may_follow(self, other: Counted, *, matter: bool, least: float) -> bool:
        """Whether voices, or words and places, are near enough for the rules: asked before what costs more."""
        if not self.whom.isdisjoint(other.whom):
            return True
        if not matter:
            return False
        if self.is_some != other.is_some:
            return True
        return self.said[1].where == other.said[1].where and jaccard(self.words, other.words) >= least


def pairs_counted(a: Entry, b: Entry) -> Iterator[tuple[Said, Said]]:
    """Figures of two reports that may be of one quantity, or all those of one that count what goes by one word."""
    theirs, least = _by_head(b), float(settings_file("relations.toml")["bars"]["moves"])
    same_report, matter = a.report.id == b.report.id, is_one_matter(a, b)
    for one in chain.from_iterable(_by_head(a).values()):
        for other in theirs.get(one.head, ()):
            if same_report or one.may_follow(other, matter=matter, least=least):
                yield one.said, other.said


def _by_head(entry: Entry) -> dict[str, list[Counted]]:
    found = entry.memory.get("counted")
    if found is None:
        found = defaultdict[str, list[Counted]](list)
        for told, f in _said(entry):
            made = Counted((told, f), head_of(f), told.side | told.voices, plain_terms(told), is_some_of(told, f))
            found[made.head].append(made)
        entry.memory["counted"] = found
    return cast("dict[str, list[Counted]]", found)


def comparable(f: Figure, g: Figure, *, increments: bool = False, changes: bool = False) -> bool:
    """Whether two figures count the same thing in the same way: "boxes" and "ballot boxes", not "postal ballots".

    What came on top is compared with nothing, or where `increments` are let through, like the rest; with `changes`, two
    of one direction are compared as well: "fell by 3%" and "fell by 5%".
    """
    is_change = changes and f.amount.direction is not None and f.amount.direction == g.amount.direction
    if (f.increment or g.increment) and not (increments or is_change):
        return False
    if f.amount.unit != g.amount.unit or f.amount.per != g.amount.per:
        return False
    if (f.amount.direction or g.amount.direction) and not is_change:
        return False
    mine, theirs = content_words(f.of or ""), content_words(g.of or "")
    if not f.of and not g.of:
        return f.amount.unit is not None
    return bool(mine) and head_of(f) == head_of(g) and (mine <= theirs or theirs <= mine)


def is_same_quantity(one: Said, other: Said) -> bool:
    """Whether two figures count the same thing, by their nouns and by what is said of it."""
    (a, f), (b, g) = one, other
    if tell_of_another(a, b) or is_of_others(a, f) != is_of_others(b, g):
        return False
    fates = fate_of(a, f), fate_of(b, g)
    if fates_differ(*fates) or not (is_some_of(a, f) or is_some_of(b, g) or _may_have_one_fate(one, other, fates)):
        return False
    return comparable(f, g) and not kinds_differ(a, b) and _same_matter(one, other, strict=True)


def _may_have_one_fate(one: Said, other: Said, fates: tuple[str | None, str | None]) -> bool:
    """Whether the same may have befallen both: told of both, or of neither, or by words that are mostly the same.

    "60 were arrested" and "40,000 came" count people of one march and nothing else alike.
    """
    (a, f), (b, g) = one, other
    if (fates[0] is None) == (fates[1] is None) or not (f.of and g.of and is_of_people(f) and is_of_people(g)):
        return True
    counted = content_words(f.of or "") & content_words(g.of or "")
    alike = jaccard(predicate_of(a, f, counted), predicate_of(b, g, counted))
    return alike > float(settings_file("relations.toml")["bars"]["unit_words"])


def head_of(figure: Figure) -> str:
    """The last word of what a figure counts, stemmed; else its unit; "" where it counts nothing named."""
    words = (figure.of or "").split()
    return one_word(words[-1].lower()) if words else UNIT + figure.amount.unit if figure.amount.unit else ""


def is_one_quantity(one: Said, other: Said) -> bool:
    """Whether two comparable figures of one place follow one quantity: of one side, or of one matter."""
    if kinds_differ(one[0], other[0]) or not _same_matter(one, other) or not is_one_place(one, other):
        return False
    if is_some_of(*one) != is_some_of(*other) or periods_differ(one, other):
        return False
    return is_one_voice(one[0], other[0]) or _may_update(one[0], other[0])


def _same_matter(one: Said, other: Said, *, strict: bool = False) -> bool:
    """Whether a bare noun counts the same: "40 people treated" and "900 people evacuated" do not."""
    (a, f), (b, g) = one, other
    counted = content_words(f.of or "") & content_words(g.of or "")
    mine, theirs = predicate_of(a, f, counted or None), predicate_of(b, g, counted or None)
    if not counted:
        if f.amount.unit != "%" and same_value(f, g) and is_telling(f) and is_one_voice(a, b):
            return True
        least = settings_file("relations.toml")["bars"]["unit_words"]
        return len(mine & theirs) >= 1 and jaccard(mine, theirs) >= least
    if len(counted) > 1 or (a.side & b.side and same_value(f, g) and is_telling(f)):
        return True
    if strict and mine and theirs and not is_one_matter(a.entry, b.entry):
        return jaccard(mine, theirs) > float(settings_file("relations.toml")["bars"]["unit_words"])
    return bool(mine & theirs) or not mine or not theirs  # "turnout was 71%" says nothing else of what is counted


def predicate_of(told: Told, figure: Figure, counted: frozenset[str] | None = None) -> frozenset[str]:
    """What a statement says of what it counts: its terms without names, numbers and the thing counted."""
    numbers = content_words(figure.text) | {stem(word) for word in WORD.findall(figure.text)}
    return plain_terms(told) - (content_words(figure.of or "") if counted is None else counted) - numbers - told.names


def gives_other_numbers(one: Told, other: Told, *, ahead: bool = False, apart: bool = False) -> bool:
    """Whether two statements count the same thing and come to different numbers.

    `ahead`: also what was foreseen; `apart`: only where no number fits both, as 14 fits "at least 14".
    """
    pairs = product(figures_of(one), figures_of(other))
    return any(
        comparable(f, g, changes=True)
        and (ahead or f.forecast == g.forecast)
        and _same_place(f, g)
        and not same_value(f, g)
        and (not apart or f.forecast or g.forecast or exclude(f, g))
        and _same_matter((one, f), (other, g))
        for f, g in pairs
    )


def is_other_amount(one: Told, other: Told) -> bool:
    """Whether two statements that share a word each give one amount of one unit, and no amount fits both."""
    mine, theirs = ([f for f in figures_of(t) if f.amount.unit and not f.part_of] for t in (one, other))
    if len(mine) != 1 or len(theirs) != 1 or mine[0].amount.unit != theirs[0].amount.unit:
        return False
    return not (mine[0].increment or theirs[0].increment) and exclude(mine[0], theirs[0])


def numbers_meet(one: Told, other: Told) -> bool:
    """Whether two statements count the same thing, rounded or in ranges, and one number fits both."""
    pairs = product(figures_of(one), figures_of(other))
    return any(
        (is_same_quantity((one, f), (other, g)) or _is_one_toll((one, f), (other, g)))
        and _same_place(f, g)
        and not f.forecast
        and not g.forecast
        and not is_some_of(one, f)
        and not is_some_of(other, g)
        and (same_value(f, g) or (_is_closed(f) and _is_closed(g) and not exclude(f, g)))
        for f, g in pairs
    )


def _is_one_toll(one: Said, other: Said) -> bool:
    """Whether two figures count those whom one thing befell, by whatever noun: "two sailors", "two crew members"."""
    (a, f), (b, g) = one, other
    is_count = not (f.amount.unit or g.amount.unit or f.increment or g.increment)
    return is_count and fates_meet(fate_of(a, f), fate_of(b, g)) and nouns_agree(f, g)


def counts_some(told: Told) -> bool:
    """Whether a statement counts some of those whom others count: "840 of the 900 are back"."""
    return any(is_some_of(told, figure) for figure in figures_of(told))


@remembered
def heads_of(told: Told) -> frozenset[str]:
    """The heads of what a statement counts; see `head_of`."""
    return frozenset(head_of(figure) for figure in figures_of(told))


def _is_closed(figure: Figure) -> bool:
    return figure.amount.low is not None and figure.amount.high is not None


def figures_of(told: Told) -> tuple[Figure, ...]:
    """The figures of a statement, in order."""
    return tuple(told.entry.figures[i] for i in told.statement.figures if i in told.entry.figures)


def quantity_keys(entry: Entry) -> frozenset[str]:
    """Block keys: what each attributed figure counts, and for whom it is said."""
    return frozenset(f"q:{voice}:{head_of(f)}" for told, f in _said(entry) for voice in told.voices)


def _said(entry: Entry) -> Iterator[Said]:
    for figure in entry.report.figures:
        if figure.statement in entry.by_id and (figure.of or figure.amount.unit):
            yield entry.by_id[figure.statement], figure


def _relate(one: Said, other: Said) -> Iterator[Link]:
    (early, f), (late, g) = sorted((one, other), key=lambda pair: moment_of(*pair))
    before, after = moment_of(early, f), moment_of(late, g)
    days = days_between(before[0], after[0])
    if part := part_between(one, other, days):
        yield part
    if part or periods_differ(one, other):
        return
    if is_some_of(*one) or is_some_of(*other):
        if is_some_of(*one) != is_some_of(*other):
            yield from _some_again((early, f), (late, g))
        return  # four of the people arrested are not compared with all of them otherwise
    if g.forecast and not f.forecast:
        return  # what is foreseen moves nothing that was counted
    far = settings_file("relations.toml")["bars"]["days"]
    is_later = days is not None and days <= far and before[:2] < after[:2]
    if not is_one_place(one, other) or not (_same_place(f, g) or _is_told_again(one, other)):
        return
    if not is_one_voice(early, late):
        yield from _of_two_sides((early, f), (late, g), days, is_later=is_later)
    elif same_value(f, g) and f.forecast == g.forecast:
        words = f"the same side gives {g.text!r} and {f.text!r} of {thing(g)}"
        yield make_link("repeats", late, early, "same-side-same-figure", words, 0.8)
    elif is_later:
        words = f"the same side, {later_words(days or 0)}: {f.text!r} then {g.text!r} of {thing(g)}"
        yield make_link("updates", late, early, "same-side-later-figure", words, 0.8)


def _is_told_again(one: Said, other: Said) -> bool:
    """Whether one voice gives the very same number, and only one of the two says where."""
    (a, f), (b, g) = one, other
    return None in (f.where, g.where) and same_value(f, g) and is_telling(f) and is_one_voice(a, b)


def _some_again(early_said: Said, late_said: Said) -> Iterator[Link]:
    """One voice tells the same number once by itself and once of more: "312 boats", "of the town's boats, 312"."""
    (early, f), (late, g) = early_said, late_said
    telling = same_value(f, g) and is_telling(f) and f.forecast == g.forecast
    if telling and is_one_voice(early, late) and _same_place(f, g) and early.entry.report.id != late.entry.report.id:
        words = f"the same side gives {g.text!r} and {f.text!r} of {thing(g)}"
        yield make_link("repeats", late, early, "same-side-same-figure", words, 0.8)


def _of_two_sides(early_said: Said, late_said: Said, days: int | None, *, is_later: bool) -> Iterator[Link]:
    """Two sources of one matter: the later carries the count on, or the two exclude each other."""
    (early, f), (late, g) = early_said, late_said
    if days is None or same_value(f, g) or not _may_update(early, late) or sites_differ(early, late, f.span, g.span):
        return
    if "denies" in (early.statement.commitment.stance, late.statement.commitment.stance):
        return  # whoever denies a number gives none
    excluded = exclude(f, g) and is_certain(early) and is_certain(late)
    if excluded and (days == 0 or (days <= WEEK and is_over(early) and is_over(late))):
        words = f"another source of the same matter, of the same day: {f.text!r} and {g.text!r} of {thing(g)}"
        yield make_link("contradicts", late, early, "other-side-other-figure", words, 0.6)
    elif is_later and days and not (is_over(early) and is_over(late) and is_certain(early) and not f.forecast):
        words = f"another source of the same matter, {later_words(days)}: {f.text!r} then {g.text!r} of {thing(g)}"
        yield make_link("updates", late, early, "other-side-later-figure", words, 0.6)


def is_certain(told: Told) -> bool:
    """Whether a statement says for certain that something is so."""
    return (told.statement.commitment.certainty or "CT+") == "CT+"


def is_over(told: Told) -> bool:
    """Whether what is counted was over with its day: a march, a vote."""
    over = {one_word(word) for word in settings_file("relations.toml")["counts"]["over"]}
    return bool(told.terms & over)


def _may_update(early: Told, late: Told) -> bool:
    """Whether another source may carry a count on: of one matter, and not two governments at odds."""
    if not may_be_one(early, late):
        return False
    mine, theirs = plain_terms(early), plain_terms(late)
    if jaccard(mine, theirs) < settings_file("relations.toml")["bars"]["moves"]:
        return False
    return not are_two_governments(early, late) and is_one_matter(early.entry, late.entry)


def are_two_governments(one: Told, other: Told) -> bool:
    """Whether each speaks for a country, and not for the same."""
    countries = [frozenset(_countries(told)) for told in (one, other)]
    return all(countries) and not countries[0] & countries[1]


def _countries(told: Told) -> Iterator[str]:
    entities = told.entry.entities
    return (i for i in told.side if i in entities and entities[i].kind is EntityKind.COUNTRY)


def _of_them(one: Said, other: Said) -> Link | None:
    """Some of those counted right before in the same report, whatever is said of them: "of these, 900"."""
    (whole, g), (part, f) = one, other
    if not comparable(f, g) or not is_some_of(part, f) or is_some_of(whole, g) or not is_less(f, g) or same_value(f, g):
        return None
    if f.part_of not in (None, g.id):
        return None
    between = (h for _, h in _said(part.entry) if g.span < h.span < f.span)
    if any(comparable(f, h) for h in between):
        return None
    return draw_part(part, whole, "part-of-them", f"{f.text!r} of the {g.text!r} of {thing(g)}")


def moment_of(told: Told, figure: Figure) -> tuple[str, str, str, int]:
    """Day of the statement, then publication: an edited article moves a figure on the day it was said."""
    day = told.entry.when(told.statement) or figure.as_of or ""
    return (day[:10], told.entry.report.published or "", told.entry.report.id, figure.span.start)


def later_words(days: int) -> str:
    """How much later, in words."""
    return {0: "published later", 1: "a day later"}.get(days, f"{days} days later")


def days_between(before: str, after: str) -> int | None:
    """Days from one date to another; None where one is none."""
    try:
        return (date.fromisoformat(after) - date.fromisoformat(before)).days
    except ValueError:
        return None


def _same_place(f: Figure, g: Figure) -> bool:
    return f.where == g.where
