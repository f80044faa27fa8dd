"""Figures as printed: numbers with their hedges, ranges, units and rates, and the noun that they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.annotate.numbers.counted import is_period, noun_phrase, state_at
from onrecord.annotate.numbers.hedging import Hedge, direction_before, hedge_after, hedge_before
from onrecord.annotate.numbers.lookalikes import CALENDAR_UNITS, Taken, is_amount, is_length
from onrecord.annotate.numbers.quantities import Quantity, cores, quantity_at, rate_at, unit_named
from onrecord.annotate.numbers.ranges import moved_from, other_end, scaled_low
from onrecord.annotate.numbers.tallied import drawn_before, states, stricken_after, tallied_before, undergone_before
from onrecord.model import Amount, Figure, Report, SectionKind, Span

OF = re.compile(r"\s(?:of|in)\s(?:the\s|its\s|their\s|his\s|her\s|all\s|an?\s|those\s|these\s)*")
THE = re.compile(r"\s(?:the|those|these|its|their)\s$")
DETERMINED = re.compile(
    r"(?:\b(?:an?|the|its|his|her|their|this|that|each|every|new|low|record)|['’]s|\ban?\s[a-z-]+,?)\s$", re.IGNORECASE
)
CHAIN = re.compile(r"-\d+-\d")
MODEL = re.compile(r"\d{2,4}\s[A-Z]")  # "two new 737 Max jets"
LEFTOVER = re.compile(r"\d[.,]?[\s-]$")  # before "billion", where its numeral has no clear value
CHAINED = re.compile(r"\d-$")
AGES = re.compile(r"\b(?:aged?|ages)\s(?:(?:of|between|from|around|about)\s)?$", re.IGNORECASE)
MAGNITUDES = re.compile(r"\bmagnitude(?:\sof\s|[\s-])$", re.IGNORECASE)
SMALL = 32
OLDEST, STRONGEST = 130, 11  # years of age, magnitude of an earthquake
SUSPENDED = re.compile(r"-(?:,\s\w{1,12}-){0,4},?\s(?:and|or|to)\s\w{1,12}-(?=[a-z])")  # "four- and six-cylinder"
BRACKETED = re.compile(r"\s\([^()\n]{1,30}\)(?=\s(?:an?|per|each|every)\s)")
PART_OF = re.compile(r"\s(?:out\s)?of\s(?:the|its|their|all|his|her)\s(?:[a-z]{2,12}\s)?(?=(?:[$€£]\s?)?\d[\d,.]*\s)")
OF_WHOLE = re.compile(r"\s(?:out\s)?of\s(?:(?:the|its|their|all|his|her)\s)?(?:[a-z]{2,12}\s)?")


@dataclass(frozen=True, slots=True)
class FindFigures:
    """Fills `figures`: amounts as printed, with the noun that follows; scope is resolved later."""

    name: str = "figures"
    requires: tuple[str, ...] = ("times",)
    assigns: tuple[str, ...] = ("figures",)

    def __call__(self, report: Report) -> Report:
        """The report with its figures, left to right, none overlapping."""
        found = with_conversions(find_figures(report), report.text)
        return replace(report, figures=tuple(with_wholes(found, report.text)))


def find_figures(report: Report) -> Iterator[Figure]:
    """Figures of the text in order."""
    text = report.text
    pitches = tuple(section.span for section in report.sections if section.kind == SectionKind.BOILERPLATE)
    taken = Taken(report.times, text, pitches)
    end = named = 0
    for match in cores().finditer(text):
        if match.start() < end or (match.end() <= named and MODEL.match(text, match.start())):
            continue
        figure = figure_at(text, match, end, taken)
        if figure is not None:
            yield figure
            end = figure.span.end
            named = figure.of_span.end if figure.of_span and figure.of_span.start >= end else end


def figure_at(text: str, match: re.Match[str], floor: int, taken: Taken) -> Figure | None:
    """The figure whose first number is this core; None for what is no amount."""
    if match["num"] and (
        CHAIN.match(text, match.end()) or CHAINED.search(text, max(0, match.start() - 2), match.start())
    ):  # "1-2-3", a code, or what is left of one
        return None
    if match["words"] and LEFTOVER.search(text, max(0, match.start() - 3), match.start()):
        return None
    kind = taken.holds(match.start("num") if match["num"] else match.start(), match.end())
    if kind == "date":
        return None
    first = quantity_at(text, match)
    if first is None:
        return None
    second = other_end(text, first, taken)
    last = second or first
    if kind == "duration" and not is_length(last):
        return None
    hedge = hedge_before(text, first.start, floor)
    if last.unit in CALENDAR_UNITS and text[hedge.start : first.start].lower().strip() == "over":
        hedge = Hedge("", first.start, first.start)  # "over six years": throughout them
    if is_descent_unnamed(first, second, last):
        return None
    after = hedge_after(text, last.far if last.per else last.end)
    noun = noun_after(text, hedge.start, last, after)
    if noun is None and (last.unit is None or last.unit == "%"):
        before = tallied_before(text, hedge.start) or undergone_before(text, hedge.start)
        noun = before or drawn_before(text, hedge.start)
    told = replace(hedge, sense=hedge.sense or after.sense, more=hedge.more or after.more)
    named = unit_before(text, first)
    by = text[max(0, hedge.start - 4) : hedge.start] == " by " and direction_before(text, hedge.start) is not None
    part = PART_OF.match(text, first.end) and text[first.start - 1 : first.start] not in ("-", "/")
    if not (named or by or part or is_amount(text, match, first, second, told, noun)):
        return None
    return build(text, first, second, hedge, after, noun)


def is_descent_unnamed(first: Quantity, second: Quantity | None, last: Quantity) -> bool:
    """Whether two small numbers without a unit run downwards: "from 9 to 5" are hours."""
    return second is not None and first.value > last.value and not (first.unit or last.unit) and first.value < SMALL


def noun_after(text: str, start: int, last: Quantity, after: Hedge) -> Span | None:
    """The noun phrase that the number counts or measures, right after it."""
    at = after.end if after.sense else last.end
    at += text[at : at + 1] in tuple('”"’')  # “at least 3,000” troops
    if suspended := SUSPENDED.match(text, at):
        return noun_phrase(text, suspended.end(), "joined")
    if text[at : at + 1] == "-" and text[at + 1 : at + 2].isalpha():
        return noun_phrase(text, at + 1, "joined")
    of = OF.match(text, last.far if last.per else at)
    if of and (last.money or of.group().startswith(" of")):
        mass = last.unit is not None or last.value < 1
        noun = noun_phrase(text, of.end(), "mass" if mass else "many")
        if noun is None and THE.search(of.group()):
            noun = stricken_after(text, of.end())
        return None if noun and of.group().startswith(" in") and is_period(noun.of(text)) else noun
    if last.unit is not None and not (
        DETERMINED.search(text[max(0, start - 24) : start]) and (last.money or last.unit == "%")
    ):
        return None
    state = state_at(text, at) if last.unit is None and last.value != 1 else None
    return state or noun_phrase(text, at, "mass" if last.unit else "one" if last.value == 1 else "many")


def build(text: str, first: Quantity, second: Quantity | None, hedge: Hedge, after: Hedge, noun: Span | None) -> Figure:
    """The record of a figure."""
    last = second or first
    sense = hedge.sense if hedge.sense in ("above", "below", "about") else after.sense or hedge.sense
    low = scaled_low(first, second) if second else first.value
    high = last.value
    low, high = min(low, high), max(low, high)
    if second and sense == "below" and moved_from(text, hedge.start):  # "from up to 250 miles to 290 miles"
        sense = ""
    more = hedge.more or after.more
    measured = (
        first.unit is not None and noun_phrase(text, last.end + (text[last.end : last.end + 1] == "-")) is not None
    )
    direction = None if more else direction_before(text, min(hedge.start, first.start), is_measure=measured)
    unit = last.unit or first.unit
    if unit is None and (named := unit_before(text, first)):
        unit, noun = named, None
    if first.open and noun and (measure := unit_named(noun.of(text))):
        unit, noun = measure, None  # "millions of dollars"
    shared = first.per if last.unit is None or first.unit == last.unit else None
    per = last.per or shared or rate_after(text, noun.end if noun else last.end, unit)
    amount = Amount(
        None if sense == "below" else low,
        None if (sense == "above" or first.open) else high,
        approximate=sense == "about",
        direction=direction,
        unit=unit,
        per=per,
    )
    span = Span(min(hedge.start, first.start), after.end if after.sense else last.end)
    rule = "range" if second else "open" if first.open else "money" if last.money else "measure" if unit else "count"
    of = noun.of(text) if noun else None
    if noun and noun.end + 1 == span.start:
        of = states().get(noun.of(text).lower(), of)
    return Figure(span, span.of(text), amount, of=of, of_span=noun, increment=more or direction is not None, rule=rule)


def unit_before(text: str, first: Quantity) -> str | None:
    """The unit that the words before a number tell: "aged 45", "a magnitude 6.4 earthquake"."""
    before = text[max(0, first.start - 16) : first.start]
    if AGES.search(before) and 0 <= first.value < OLDEST:
        return "year of age"
    return "magnitude" if MAGNITUDES.search(before) and 0 <= first.value < STRONGEST else None


def rate_after(text: str, end: int, unit: str | None) -> str | None:
    """The rate after what is counted or measured: "barrels of oil a day", "9 billion shekels ($2.4 billion) a year"."""
    if bracketed := BRACKETED.match(text, end):
        return rate_at(text, bracketed.end(), unit)[0]
    return rate_at(text, end + (text[end : end + 3] == ") a"), None)[0]


def with_conversions(figures: Iterator[Figure], text: str) -> Iterator[Figure]:
    """The figures, those in brackets with the hedge of what they convert: "more than 5 miles (8 km)"."""
    previous: Figure | None = None
    for figure in figures:
        if previous is None or not is_conversion(text, previous, figure):
            previous = figure
        else:
            previous = converted(figure, previous)
        yield previous


def with_wholes(figures: Iterator[Figure], text: str) -> Iterator[Figure]:
    """The figures, a part with the unit or the noun of its whole: "280 million of the 1.5 billion crowns"."""
    part: Figure | None = None
    for figure in figures:
        if part is not None:
            yield with_unit_of(part, figure) if OF_WHOLE.fullmatch(text, part.span.end, figure.span.start) else part
        part = figure
    if part is not None:
        yield part


def with_unit_of(part: Figure, whole: Figure) -> Figure:
    """A bare number with what the number that it is out of measures or counts; a share only with what that counts."""
    is_named = part.of_span is not None and not part.of_span.overlaps(whole.span)  # "two of the five suspects"
    if part.amount.unit is not None or is_named:
        return part
    is_share = part.amount.high is not None and part.amount.high < 1
    amount = part.amount if is_share else replace(part.amount, unit=whole.amount.unit)
    return replace(part, amount=amount, of=whole.of, of_span=whole.of_span)


def converted(figure: Figure, model: Figure) -> Figure:
    """A figure with the hedge and the direction of the one it converts."""
    amount = replace(
        figure.amount,
        low=None if model.amount.low is None else figure.amount.low,
        high=None if model.amount.high is None else figure.amount.high,
        approximate=figure.amount.approximate or model.amount.approximate,
        direction=model.amount.direction,
    )
    return replace(figure, amount=amount, increment=model.increment)


def is_conversion(text: str, previous: Figure, figure: Figure) -> bool:
    """Whether a plain figure stands in brackets after another in another unit."""
    gap = text[previous.span.end : figure.span.start]
    if gap not in (" (", "(", " / ") or (
        gap == " / "
        and previous.rule != "conversion"
        and "(" not in text[previous.span.start - 1 : previous.span.start]
    ):
        return False
    plain = figure.amount.low is not None and figure.amount.high is not None
    return (
        plain and bool(figure.amount.unit) and bool(previous.amount.unit) and figure.amount.unit != previous.amount.unit
    )
