"""Figures as printed: numbers with their hedges, ranges, units and rates, and the noun that they count."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from onrecord.annotate.counted import is_plural, not_after_one, noun_phrase
from onrecord.annotate.quantities import Quantity, cores, quantity_at, rate_at
from onrecord.model import Amount, Figure, Report, Span, TimeExpression
from onrecord.resources import lexicon

LEFT = 48  # code points read before a number
TO = re.compile(r"(?:\s?[-–—]\s?|\s(?:to|or)[\s-]|-to-|\sto-)")
FAR_TO = re.compile(r"(?:\s[^\s,;]{1,15}){1,6}?\sto\s")  # "from $20 in March to $30"
AND = re.compile(r"\sand\s")
WORDS_BEFORE = re.compile(r"[^\s\"“”'‘’(\[]+")
FROM = re.compile(
    r"\b(?:from|between|range of|ranging)\s(?:about\s|around\s|just\s|roughly\s|some\s|nearly\s)?$", re.IGNORECASE
)
BETWEEN = re.compile(r"\bbetween\s(?:about\s|around\s|roughly\s)?$", re.IGNORECASE)
ADDRESS = re.compile(
    r"\s(?:[A-Z][\w.]*\s){1,4}(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Place|Square|Court|Terrace)\b"
)
PHONE = re.compile(r"\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}|\b\d{3}-\d{4}\b|\+\d{1,3}[\s\d()-]{7,}")
DURATIONS = frozenset(("duration", "span", "set", "ago"))
CALENDAR_UNITS = frozenset("second minute hour day week month year decade century".split())
BEFORE_CHANGE = frozenset(
    "by a an as much sharply slightly steeply only just the about another further nearly almost roughly around".split()
)
BARE_ZEROS = frozenset(f"0{digit}" for digit in range(10))
GIVING = frozenset(
    "gave give given giving gives made make makes making set sets setting took take end ended ends".split()
)
AFTER_LETTER = re.compile(r"[^\W\d_][-/]$|[\w.][-–:/]$")


@dataclass(frozen=True, slots=True)
class Hedge:
    """How the number is loosened, and where the words for it begin and end."""

    sense: str  # above, below, about, exact, more; empty for none
    start: int
    end: int
    more: bool = False


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
    taken = Taken(report.times, text)
    end = 0
    matches = cores().finditer(text)
    for match in matches:
        if match.start() < end:
            continue
        figure = figure_at(text, match, end, taken)
        if figure is not None:
            yield figure
            end = figure.span.end


class Taken:
    """What is no amount: dates and times of day, and telephone numbers."""

    def __init__(self, times: tuple[TimeExpression, ...], text: str) -> None:
        spans = [(time.span.start, time.span.end, time.rule in DURATIONS) for time in times]
        spans += [(match.start(), match.end(), False) for match in PHONE.finditer(text)]
        self.spans = sorted(spans)
        self.starts = [start for start, _, _ in self.spans]

    def holds(self, start: int, end: int) -> str:
        """ "date", "duration" or nothing: what the stretch belongs to."""
        at = bisect_right(self.starts, end - 1) - 1
        while at >= 0 and at >= 0 and self.spans[at][1] > start:
            if self.spans[at][0] < end:
                return "duration" if self.spans[at][2] else "date"
            at -= 1
        return ""


def figure_at(text: str, match: re.Match[str], floor: int, taken: Taken) -> Figure | None:
    """The figure whose first number is this core; None for what is no amount."""
    number_start = (
        match.start(match.lastgroup)
        if match.lastgroup and not match["num"]
        else match.start("num")
        if match["num"]
        else match.start()
    )
    kind = taken.holds(number_start, match.end())
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
    after = hedge_after(text, last.far if last.per else last.end)
    noun = noun_after(text, last, after)
    told = replace(hedge, sense=hedge.sense or after.sense, more=hedge.more or after.more)
    if not is_amount(text, match, first, second, told, noun):
        return None
    return build(text, first, second, hedge, after, noun, floor)


def is_length(quantity: Quantity) -> bool:
    """Whether a length of time is also an amount: "three years", "18 months old", not the "two-year" of a plan."""
    unit = quantity.unit or ""
    return unit.endswith("of age") or (unit in CALENDAR_UNITS and not quantity.hyphen)


def other_end(text: str, first: Quantity, taken: Taken) -> Quantity | None:
    """The upper end of a range that begins with `first`: "10 to 15", "between 3 and 4 million", "$5-$6"."""
    before = text[max(0, first.start - LEFT) : first.start]
    joint = TO.match(text, first.end)
    if joint is None and BETWEEN.search(before):
        joint = AND.match(text, first.end)
    if joint is None and first.per:
        joint = TO.match(text, first.far)
    moved_from = bool(FROM.search(before))
    if joint is None and moved_from:
        joint = FAR_TO.match(text, first.far)
    if joint is None:
        return None
    match = cores().match(text, joint.end())
    second = quantity_at(text, match) if match and taken.holds(match.start(), match.end()) != "date" else None
    if second is None or second.open or first.open:
        return None
    dashed = joint.group().strip() in "-–—"
    same = rated(first) == rated(second) or first.unit == second.unit or first.unit is None or second.unit is None
    if not same or (first.unit and second.unit is None and not moved_from):
        return None
    if first.unit and not moved_from and not dashed and direction_before(text, first.start):
        return None  # "rose by $3 million to $12 million": a change and a level
    low, high = scaled_low(first, second), second.value
    if dashed and (low >= high or not (second.unit or noun_phrase(text, second.end, single=False))):
        return None
    if joint.group().strip() == "or" and not low < high <= low * 2 + 1:
        return None
    if joint.group().strip() == "to" and low >= high and not moved_from:
        return None
    return second


def rated(quantity: Quantity) -> str:
    """Unit and rate in one: "mile per gallon"."""
    return f"{quantity.unit} per {quantity.per}" if quantity.per else f"{quantity.unit}"


def scaled_low(first: Quantity, second: Quantity) -> Decimal:
    """The lower end, with the magnitude of the upper where it is printed once: "10 to 15 million"."""
    if first.scaled or not second.scaled or first.value > second.value:
        return first.value
    factor = Decimal(10) ** (3 * ((len(str(int(second.value))) - 1) // 3))
    return first.value * factor if 0 < first.value * factor <= second.value else first.value


@cache
def hedges(place: str) -> Mapping[tuple[str, ...], str]:
    """Words -> sense of the hedges before or after a number."""
    return {tuple(row["words"].lower().split()): row["sense"] for row in lexicon("hedges.tsv") if row["place"] == place}


@cache
def moves() -> Mapping[str, str]:
    """Verb or adverb -> "up" or "down"."""
    return {row["word"]: row["direction"] for row in lexicon("moves.tsv")}


def words_before(text: str, at: int, floor: int) -> list[tuple[str, int]]:
    """The last words before `at` with their starts, in order; a clause's end cuts them off."""
    left = max(floor, at - LEFT)
    piece = text[left:at]
    return [(match.group().lower(), left + match.start()) for match in WORDS_BEFORE.finditer(piece)]


def hedge_before(text: str, at: int, floor: int) -> Hedge:
    """The hedge right before a number, with the additions in front of it: "up to another"."""
    words = words_before(text, at, floor)
    sense, start, more = "", at, False
    for _ in range(2):
        found = next(
            (
                (size, hedges("before")[key])
                for size in (4, 3, 2, 1)
                if (key := tuple(w for w, _ in words[-size:])) in hedges("before") and len(key) == size
            ),
            None,
        )
        if found is None:
            break
        size, told = found
        start = words[-size][1]
        words = words[:-size]
        more = more or told == "more"
        sense = sense if sense in ("above", "below", "about") or told == "more" else told
        sense = (
            sense
            if told in ("exact", "more") and sense
            else told
            if told != "more" and sense in ("", "exact")
            else sense
        )
    return Hedge(sense, start, at, more)


def hedge_after(text: str, at: int) -> Hedge:
    """The hedge right after a number: "or more", "more troops", "+"."""
    if text[at : at + 1] == "+" or text[at : at + 5].lower() == "-plus":
        return Hedge("above", at, at + (1 if text[at] == "+" else 5))
    words = [(m.group().lower(), m.start(), m.end()) for m in re.finditer(r"[^\s.,;:!?)]+", text[at : at + 30])][:2]
    for size in (2, 1):
        key = tuple(word for word, _, _ in words[:size])
        if len(key) == size and text[at : at + 1] == " " and key in hedges("after"):
            sense = hedges("after")[key]
            return Hedge(sense, at, at + words[size - 1][2], sense == "more")
    return Hedge("", at, at)


def noun_after(text: str, last: Quantity, after: Hedge) -> Span | None:
    """The noun phrase that the number counts or measures, right after it."""
    at = after.end if after.sense else last.end
    at += text[at : at + 1] in tuple('”"’')  # “at least 3,000” troops
    if text[at : at + 1] == "-" and text[at + 1 : at + 2].isalpha():
        return noun_phrase(text, at + 1, single=False, joined=True)
    of = re.compile(r"\s(?:of|in)\s(?:the\s|its\s|their\s|his\s|her\s|all\s|an?\s|those\s|these\s)*").match(
        text, last.far if last.per else at
    )
    if of and (last.unit or last.open or of.group().startswith(" of")):
        return (
            noun_phrase(text, of.end(), single=True)
            if last.unit or last.value <= 1
            else noun_phrase(text, of.end(), single=False)
        )
    if last.unit is not None and not last.money and last.unit != "%":
        return None
    return noun_phrase(text, at, single=last.value == 1 or last.unit is not None)


def is_amount(
    text: str, match: re.Match[str], first: Quantity, second: Quantity | None, hedge: Hedge, noun: Span | None
) -> bool:
    """Whether a number that could be a label, a year, a score or a pronoun is an amount after all."""
    if first.unit or (second and second.unit):
        return True
    start, end = first.start, (second or first).end
    before, following = text[max(0, start - 24) : start], text[end : end + 1]
    if AFTER_LETTER.search(before) or ADDRESS.match(text, end) or is_ordinal(text, end):
        return False
    if is_year(text, match, hedge, noun) and not second:
        return False
    if first.worded and match["words"] and first.value == 1 and not second:
        return is_one(text, before, end, noun)
    if (
        first.open
        or first.scaled
        or match["frac"]
        or second
        or hedge.sense in ("above", "below", "about")
        or hedge.more
    ):
        return not is_label(text, before, noun, end) or first.scaled
    if is_label(text, before, noun, end):
        return False
    if (match["num"] or "")[:2] in BARE_ZEROS and match["num"].isdecimal():
        return False
    if noun is not None:
        return True
    if following == "-" or (following in ")" and before.endswith("(")):
        return False
    printed = match.group()
    return (
        "." in printed
        or "," in printed
        or (
            bool(re.search(r"\b(?:to|at|reached|hit|of|is|was|were|are|by|than)\s$", before))
            and not first.worded
            and first.value > 31
        )
    )


def is_year(text: str, match: re.Match[str], hedge: Hedge, noun: Span | None) -> bool:
    """Whether four bare digits are a year before a noun: "2019 sales"."""
    printed = match["num"] or ""
    if len(printed) != 4 or not printed.isdecimal() or hedge.sense or hedge.more:
        return False
    return "1985" <= printed <= "2035" or ("1900" <= printed <= "2199" and not (noun and is_plural(noun.of(text))))


def is_ordinal(text: str, end: int) -> bool:
    """Whether the number runs on as an ordinal or a name: "3rd", "5G"."""
    return text[end : end + 1].isalpha()


def is_one(text: str, before: str, end: int, noun: Span | None) -> bool:
    """Whether "one" counts something: "one of the ships", "one proposal", not "no one", "one day"."""
    if re.match(r"\sof\b", text[end:]):
        return True
    if re.search(
        r"\b(?:no|any|every|some|this|that|which|the|each|another|as|a|only the)\s$|-$", before, re.IGNORECASE
    ):
        return False
    if re.match(r"\sof\b", text[end:]):
        return True
    if text[end : end + 1] == "-" or noun is None:
        return False
    return text[noun.start : noun.end].lower().split()[0] not in not_after_one()


@cache
def labels() -> frozenset[str]:
    """Words that make a name of the number after them."""
    return frozenset(row["word"] for row in lexicon("labels.tsv"))


def is_label(text: str, before: str, noun: Span | None, end: int) -> bool:
    """Whether the number is part of a name: "No. 1", "Title 42", "iPhone 11"."""
    words = before.split()
    if not words or before.endswith(("\n", ". ", "? ", "! ")):
        return False
    last = words[-1].rstrip(".").strip("“\"'(‘")
    if last.lower() in labels():
        return not (noun and is_plural(text[noun.start : noun.end]) and last.islower())
    named = last[:1].isupper() and len(words) > 1 and not words[-1].endswith((",", ".", ":", ";"))
    return named and not (
        noun and is_plural(text[noun.start : noun.end].rsplit(maxsplit=1)[-1]) and text[noun.start].islower()
    )


def build(
    text: str, first: Quantity, second: Quantity | None, hedge: Hedge, after: Hedge, noun: Span | None, floor: int
) -> Figure:
    """The record of a figure."""
    last = second or first
    sense = hedge.sense if hedge.sense in ("above", "below", "about") else after.sense or hedge.sense
    low = scaled_low(first, second) if second else first.value
    high = last.value
    low, high = min(low, high), max(low, high)
    more = hedge.more or after.more
    direction = None if more else direction_before(text, min(hedge.start, first.start))
    unit = last.unit or first.unit
    per = last.per or first.per or (rate_at(text, noun.end, None)[0] if noun and not unit else None)
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


def direction_before(text: str, at: int) -> str | None:
    """ "up" or "down" where a verb of change stands right before, or before "by": "rose by 5 percent"."""
    if text[at - 1 : at] == "+" and text[max(0, at - 2) : at - 1] in (" ", "", "("):
        return "up"
    words = [word.strip(",") for word, _ in words_before(text, at, 0)]
    by = False
    while words and words[-1] in BEFORE_CHANGE:
        by = by or words[-1] == "by"
        words.pop()
    for index in range(len(words) - 1, max(-1, len(words) - (6 if by else 2)), -1):
        told = moves().get(words[index]) or moves().get(" ".join(words[index - 1 : index + 1]))
        if told is not None and not (index and words[index] in ("up", "down") and words[index - 1] in GIVING):
            return told
    return None


def with_conversions(figures: Iterator[Figure], text: str) -> Iterator[Figure]:
    """The figures, those in brackets with the hedge of what they convert: "more than 5 miles (8 km)"."""
    previous: Figure | None = None
    for figure in figures:
        if previous is not None and is_conversion(text, previous, figure):
            amount, model = figure.amount, previous.amount
            figure = replace(
                figure,
                amount=replace(
                    amount,
                    low=None if model.low is None else amount.low,
                    high=None if model.high is None else amount.high,
                    approximate=amount.approximate or model.approximate,
                    direction=model.direction,
                ),
                increment=previous.increment,
            )
        yield figure
        previous = figure


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
