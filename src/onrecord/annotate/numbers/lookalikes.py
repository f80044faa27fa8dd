"""Numbers that are no amounts: labels, years, scores, telephone numbers, "one" as a pronoun, dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from onrecord.annotate.numbers.counted import is_plural, not_after_one, not_joined
from onrecord.annotate.numbers.hedging import Hedge
from onrecord.annotate.numbers.quantities import Quantity
from onrecord.model import Span, TimeExpression
from onrecord.resources import lexicon

ADDRESS = re.compile(
    r"\s(?:[A-Z][\w.]*\s){1,4}(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Place|Square|Court|Terrace)\b"
)

PHONE = re.compile(r"\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}|\b\d{3}-\d{4}\b|\+\d{1,3}[\s\d()-]{7,}")

DURATIONS = frozenset(("duration", "span", "set", "ago"))

CALENDAR_UNITS = frozenset("second minute hour day week month year decade century".split())

OF = re.compile(r"\sof\b")
LONG_CODE = 8  # digits without separators from which a bare numeral is a code
JOINED = re.compile(r"-([a-z]+)", re.IGNORECASE)
ODDS = re.compile(r"\d\s?(?:to|-|–|:)\s?$")  # what follows "a 3 to ", where that is no range
REACHED = re.compile(r"\b(?:to|at|reached|hit|of|is|was|were|are|by|than)\s$")
EMERGENCY = frozenset(("911", "999", "112"))
RUNNING = re.compile(r"\b(?:to|from|reached|was|were|by|than)\s$")
COUNTED = re.compile(
    r"\s(?:[a-z]{2,20}\s){0,2}(?!calls\b)[a-z]{3,20}s\b|\s(?:people|men|women|children)\b"
)  # "112 pupils"
ELLIPTICAL = re.compile(  # "of the 900 boats, 12 were lost", "30 others", "700 of them"
    r"\s(?:(?:were|are|have|had|remain|remained|died|others|in\sall|in\stotal|altogether|of\s(?:them|whom|which|those))\b)"
)
LISTED = re.compile(r"\b(?:including|and|another|with|up\sfrom|down\sfrom|compared\s(?:with|to)|,)\s$")
IN_PLACE = re.compile(
    r"\s(?:in|near|at|on|from)\s(?:the\s)?[A-Z]|\s(?:last|a)\s(?:year|month|week|quarter|day)\b|\sthe\s(?:day|week|month|year)\sbefore\b"
)
TIMES = re.compile(r"\s[x×+=]\s?\d")  # "5 x 7"
BARE_ZEROS = frozenset(f"0{digit}" for digit in range(10))

AFTER_LETTER = re.compile(r"[^\W\d_][-/]$|[\w.][-–:/]$")


class Taken:
    """What is no amount: dates and times of day, and telephone numbers."""

    def __init__(self, times: tuple[TimeExpression, ...], text: str, pitches: tuple[Span, ...] = ()) -> None:
        spans = [(time.span.start, time.span.end, time.rule in DURATIONS) for time in times]
        spans += [(match.start(), match.end(), False) for match in PHONE.finditer(text)]
        self.spans = sorted(spans)
        self.starts = [start for start, _, _ in self.spans]
        self.pitches = sorted(pitches)  # boilerplate carries no claim

    def holds(self, start: int, end: int) -> str:
        """What the stretch belongs to: a "date" (or boilerplate), a "duration" or, empty, nothing."""
        pitch = bisect_right(self.pitches, start, key=lambda span: span.start) - 1
        if pitch >= 0 and start < self.pitches[pitch].end:
            return "date"
        at = bisect_right(self.starts, end - 1) - 1
        while at >= 0 and self.spans[at][1] > start:
            if self.spans[at][0] < end:
                return "duration" if self.spans[at][2] else "date"
            at -= 1
        return ""


def is_length(quantity: Quantity) -> bool:
    """Whether a length of time is also an amount: "three years", "18 months old", not the "two-year" of a plan."""
    unit = quantity.unit or ""
    return unit.endswith("of age") or (unit in CALENDAR_UNITS and not quantity.hyphen)


def is_amount(
    text: str, match: re.Match[str], first: Quantity, second: Quantity | None, hedge: Hedge, noun: Span | None
) -> bool:
    """Whether a number that could be a label, a year, a score or a pronoun is an amount after all."""
    if first.unit or (second and second.unit):
        return not (first.value == 1 and first.worded and first.unit == "day" and not hedge.sense)  # "one day"
    end = (second or first).end
    before = text[max(0, first.start - 24) : first.start]
    if is_code(text, match, before, end) or (second is None and is_year(text, match, hedge, noun)):
        return False
    if first.worded and match["words"] and first.value == 1 and not second:
        return is_one(text, before, end, noun)
    loosened = hedge.sense in ("above", "below", "about") or hedge.more
    share = (match["vulgar"] or "").startswith(("/", "⁄"))
    marked = first.open or first.scaled or match["frac"] or match["ratio"] or share or second or loosened
    if is_label(text, before, noun):
        return first.scaled
    return bool(marked) or noun is not None or is_bare_amount(text, match, before, end)


def is_code(text: str, match: re.Match[str], before: str, end: int) -> bool:
    """Whether a number is part of a name, a code, an address or odds."""
    numeral = match["num"] or ""
    if numeral.isdecimal() and (numeral[:2] in BARE_ZEROS or len(numeral) >= LONG_CODE):
        return True
    if numeral in EMERGENCY and not RUNNING.search(before) and not COUNTED.match(text, end):
        return True
    if (match["vulgar"] or "").startswith(("/", "⁄")) and not OF.match(text, end):  # "9/11", "24/7"
        return True
    joined = JOINED.match(text, end)
    if (joined and joined[1].lower() in not_joined()) or TIMES.match(text, end):
        return True
    return bool(AFTER_LETTER.search(before) or ODDS.search(before) or ADDRESS.match(text, end)) or is_ordinal(text, end)


def is_bare_amount(text: str, match: re.Match[str], before: str, end: int) -> bool:
    """Whether a number without unit, noun or hedge is an amount: "1,478", "3.65", "rose to 45", "20,000-strong"."""
    joined = JOINED.match(text, end)
    if joined:
        return joined[1].lower() == "strong"
    if text[end : end + 1] == "-" or (text[end : end + 1] == ")" and before.endswith("(")):
        return False
    printed = match["num"] or ""
    if "." in printed or "," in printed or ELLIPTICAL.match(text, end):
        return True
    if LISTED.search(before) and IN_PLACE.match(text, end):
        return True
    return printed.isdecimal() and int(printed) > 31 and bool(REACHED.search(before))


def is_year(text: str, match: re.Match[str], hedge: Hedge, noun: Span | None) -> bool:
    """Whether four bare digits are a year before a noun: "2019 sales"."""
    printed = match["num"] or ""
    if len(printed) != 4 or not printed.isdecimal() or hedge.more:
        return False
    if hedge.sense:  # "below 2005 levels"
        return "1950" <= printed <= "2050" and (noun is None or noun.of(text).startswith("level"))
    return "1985" <= printed <= "2035" or ("1900" <= printed <= "2199" and not (noun and is_plural(noun.of(text))))


def is_ordinal(text: str, end: int) -> bool:
    """Whether the number runs on as an ordinal or a name: "3rd", "5G"."""
    return text[end : end + 1].isalpha()


def is_one(text: str, before: str, end: int, noun: Span | None) -> bool:
    """Whether "one" counts something: "one of the ships", "one proposal", not "no one", "one day"."""
    if OF.match(text, end):
        return True
    if re.search(
        r"\b(?:no|any|every|some|this|that|which|the|each|another|as|a|only the)\s$|-$", before, re.IGNORECASE
    ):
        return False
    if OF.match(text, end):
        return True
    if text[end : end + 1] == "-" or noun is None:
        return False
    return text[noun.start : noun.end].lower().split()[0] not in not_after_one()


@cache
def labels() -> frozenset[str]:
    """Words that make a name of the number after them."""
    return frozenset(row["word"] for row in lexicon("labels.tsv"))


def is_label(text: str, before: str, noun: Span | None) -> bool:
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
