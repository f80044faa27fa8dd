"""Figures as printed: numbers with their hedges, ranges, units and rates, and the noun that they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.annotate.numbers.counted import noun_phrase
from onrecord.annotate.numbers.hedging import Hedge, direction_before, hedge_after, hedge_before
from onrecord.annotate.numbers.lookalikes import CALENDAR_UNITS, Taken, is_amount, is_length
from onrecord.annotate.numbers.quantities import Quantity, cores, quantity_at, rate_at, unit_named
from onrecord.annotate.numbers.ranges import other_end, scaled_low
from onrecord.annotate.numbers.tallied import tallied_before
from onrecord.model import Amount, Figure, Report, SectionKind, Span

OF = re.compile(r"\s(?:of|in)\s(?:the\s|its\s|their\s|his\s|her\s|all\s|an?\s|those\s|these\s)*")
DETERMINED = re.compile(
    r"(?:\b(?:an?|the|its|his|her|their|this|that|each|every|new|low|record)|['’]s|\ban?\s[a-z-]+,?)\s$", re.IGNORECASE
)
CHAIN = re.compile(r"-\d+-\d")
AGES = re.compile(r"\b(?:aged?|ages)\s(?:(?:of|between|from|around|about)\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FindFigures:
    """Fills `figures`: amounts as printed, with the noun that follows; scope is resolved later."""

    name: str = "figures"
    requires: tuple[str, ...] = ("times",)
    assigns: tuple[str, ...] = ("figures",)

    def __call__(self, report: Report) -> Report:
        """The report with its figures, left to right, none overlapping."""
        return replace(report, figures=tuple(with_conversions(find_figures(report), report.text)))


def find_figures(report: Report) -> Iterator[Figure]:
    """Figures of the text in order."""
    text = report.text
    pitches = tuple(section.span for section in report.sections if section.kind == SectionKind.BOILERPLATE)
    taken = Taken(report.times, text, pitches)
    end = 0
    matches = cores().finditer(text)
    for match in matches:
        if match.start() < end:
            continue
        figure = figure_at(text, match, end, taken)
        if figure is not None:
            yield figure
            end = figure.span.end


def figure_at(text: str, match: re.Match[str], floor: int, taken: Taken) -> Figure | None:
    """The figure whose first number is this core; None for what is no amount."""
    if match["num"] and CHAIN.match(text, match.end()):  # "1-2-3", a code
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
    after = hedge_after(text, last.far if last.per else last.end)
    noun = noun_after(text, hedge.start, last, after)
    if noun is None and (last.unit is None or last.unit == "%"):
        noun = tallied_before(text, hedge.start)
    told = replace(hedge, sense=hedge.sense or after.sense, more=hedge.more or after.more)
    if not is_amount(text, match, first, second, told, noun):
        return None
    return build(text, first, second, hedge, after, noun)


def noun_after(text: str, start: int, last: Quantity, after: Hedge) -> Span | None:
    """The noun phrase that the number counts or measures, right after it."""
    at = after.end if after.sense else last.end
    at += text[at : at + 1] in tuple('”"’')  # “at least 3,000” troops
    if text[at : at + 1] == "-" and text[at + 1 : at + 2].isalpha():
        return noun_phrase(text, at + 1, "joined")
    of = OF.match(text, last.far if last.per else at)
    if of and (last.money or last.open or last.unit == "%" or of.group().startswith(" of")):
        mass = last.unit is not None or last.value < 1
        return noun_phrase(text, of.end(), "mass" if mass else "many")
    if last.unit is not None and not (
        DETERMINED.search(text[max(0, start - 24) : start]) and (last.money or last.unit == "%")
    ):
        return None
    return noun_phrase(text, at, "mass" if last.unit else "one" if last.value == 1 else "many")


def build(text: str, first: Quantity, second: Quantity | None, hedge: Hedge, after: Hedge, noun: Span | None) -> Figure:
    """The record of a figure."""
    last = second or first
    sense = hedge.sense if hedge.sense in ("above", "below", "about") else after.sense or hedge.sense
    low = scaled_low(first, second) if second else first.value
    high = last.value
    low, high = min(low, high), max(low, high)
    more = hedge.more or after.more
    direction = None if more else direction_before(text, min(hedge.start, first.start))
    unit = last.unit or first.unit
    if unit is None and AGES.search(text[max(0, first.start - 16) : first.start]):
        unit, noun = "year of age", None
    if first.open and noun and (measure := unit_named(noun.of(text))):
        unit, noun = measure, None  # "millions of dollars"
    shared = first.per if last.unit is None or first.unit == last.unit else None
    per = last.per or shared or (rate_at(text, noun.end, None)[0] if noun and not unit else None)
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
    return Figure(span, span.of(text), amount, of=of, of_span=noun, increment=more or direction is not None, rule=rule)


def with_conversions(figures: Iterator[Figure], text: str) -> Iterator[Figure]:
    """The figures, those in brackets with the hedge of what they convert: "more than 5 miles (8 km)"."""
    previous: Figure | None = None
    for figure in figures:
        if previous is None or not is_conversion(text, previous, figure):
            previous = figure
        else:
            previous = converted(figure, previous)
        yield previous


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
