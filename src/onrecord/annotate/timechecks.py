"""Whether what the grammar of times matched is a time among its neighbours: "in 2008", not "2008 people"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onrecord.annotate.timewords import Token

BEFORE_YEAR = frozenset(
    "in of since until till by from during before after for through between and to around about early late mid "
    "( , - – — ; : / circa year fiscal financial than back into ' ’ on vs versus "
    "january february march april may june july august september october november december "
    "spring summer autumn fall winter".split()
)
AFTER_YEAR = frozenset(". , ; : ) - – — ' ’ ! ? ] ” \" and or to through until when as after".split())
OWNERS = frozenset("a an his her its their our my that this s".split())
PEOPLE = frozenset("people men women children troops police staff".split())
NUMBERED = frozenset("no number flight route highway room bus model resolution page section unit line volume".split())
WHOLES = frozenset("rest half part parts remainder most much course end start beginning middle all".split())
RATED = frozenset(
    "% percent million billion trillion twice once times dollars euros pounds cents people share barrel".split()
)
CURRENCIES = frozenset("$ £ € ¥ #".split())
AT_HOUR = frozenset("at by until around about from to and before after till".split())
CLOSED = frozenset('. , ; : ) ! ? ” " - – —'.split()) | {""}
NUMERALS = frozenset("small number year4 numword".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a rule: its named parts, and where it lies among the tokens."""

    text: str
    tokens: list[Token]
    parts: Mapping[str, str]
    first: int  # in tokens, included
    last: int  # in tokens, excluded

    @property
    def before(self) -> str:
        """The word before, empty at the beginning of the text."""
        return self.tokens[self.first - 1].word if self.first else ""

    @property
    def after(self) -> str:
        """The word or mark behind, a full stop at the end of the text."""
        return self.tokens[self.last].word if self.last < len(self.tokens) else "."

    @property
    def kind_after(self) -> str:
        """The class of what stands behind."""
        return self.tokens[self.last].kind if self.last < len(self.tokens) else "dot"


def is_time(text: str, tokens: list[Token], rule: str, parts: Mapping[str, str], at: tuple[int, int]) -> bool:
    """Whether the neighbours of a match leave it a time."""
    check = CHECKS.get(rule)
    return check is None or check(Found(text, tokens, parts, *at))


def is_age(_: Found) -> bool:
    """How old somebody is tells no time."""
    return False


def is_date(found: Found) -> bool:
    """Whether a number before a month is its day: not in "for $12 December 27"."""
    if "month" not in found.parts:  # "on the 18th", not "on the 18th floor"
        return found.kind_after != "rest" and 1 <= int(found.parts["day"]) <= 31
    return not (found.before in CURRENCIES and found.tokens[found.first].kind in NUMERALS)


def is_unit(found: Found) -> bool:
    """Whether a bare unit of the calendar is one of this text: "the year", not "player of the year"."""
    parts = found.parts
    if "prior" in parts:  # "The year before, it lost money"
        return found.after in CLOSED
    if parts.keys() - {"unit", "whole"}:
        return True
    if parts["unit"] in ("week", "month", "day"):  # "For the week, the index fell 3 percent"
        return found.before == "for" and found.after in CLOSED and "whole" not in parts
    if parts["unit"] in ("quarter", "weekend"):
        return found.after != "-"
    holder = found.tokens[found.first - 2] if found.before == "of" and found.first > 1 else None
    award = holder is not None and holder.kind == "rest" and holder.word not in WHOLES
    return parts["unit"] == "year" and not award and found.kind_after not in NUMERALS | {"before", "after"}


def is_month(found: Found) -> bool:
    """Whether "week of May" names a week of that month."""
    return "week" not in found.parts or "week" in (
        found.tokens[found.first + 1].word,
        found.tokens[found.first + 2].word,
    )


def is_plain_year(found: Found) -> bool:
    """Whether four digits alone are a year: not those of a count, a score, a telephone number."""
    if "year" not in found.parts or found.parts.keys() - {"year", "approx"}:
        return True
    tokens, year = found.tokens, int(found.parts["year"])
    at = next(i for i in range(found.first, found.last) if tokens[i].kind in ("year4", "numword"))
    if tokens[at].kind == "numword":
        return True
    before = tokens[at - 1].word if at else ""
    if before == "-" and (
        tokens[at - 2].kind in ("small", "number") or (at > 2 and tokens[at - 3].word == "-") or found.after == "-"
    ):
        return False  # a piece of a telephone number
    beyond = tokens[found.last + 1] if found.after == "-" and found.last + 1 < len(tokens) else None
    if beyond is not None and found.last + 2 < len(tokens) and tokens[found.last + 2].word == "-":
        return False
    if beyond is not None and beyond.kind in ("small", "number") and year % 100 >= number_of(beyond):
        return False
    return is_year(year, before, found.after) or is_year_of_a_noun(found, year, at)


def is_year(year: int, before: str, after: str) -> bool:
    """Whether a bare four-digit number reads as a year among its neighbours."""
    if not 1500 <= year <= 2100 or before in CURRENCIES or before in ("no", "+") or after in ("%", "$", "/"):
        return False
    if before in OWNERS and not (after.endswith("s") or after in PEOPLE or after == "-"):
        return 1900 <= year <= 2050  # "its 1990 invasion"
    return before in BEFORE_YEAR or (1900 <= year <= 2050 and (after in AFTER_YEAR or before in ("the", "")))


def is_year_of_a_noun(found: Found, year: int, at: int) -> bool:
    """Whether a year stands between an adjective and a noun in the singular: "her unsuccessful 1996 campaign"."""
    if not 1900 <= year <= 2050 or at < 2 or found.kind_after != "rest" or found.tokens[at - 1].kind != "rest":
        return False
    before, after = found.tokens[at - 1], found.after
    plain = found.text[before.start : before.end].islower() and len(before.word) > 3 and after.isalpha()
    counted = before.word in NUMBERED or after in PEOPLE or after.endswith("s") or len(after) < 4
    owned = found.tokens[at - 2].word in OWNERS | {"the"}
    return plain and owned and not counted


def is_clock(found: Found) -> bool:
    """Whether numerals are a time of day: "10:35" after "at", "0735 GMT", "4 in the morning" after "at"."""
    parts = found.parts
    if "hours" in parts:
        digits = parts["hours"]
        return len(digits) == 4 and digits < "2400" and digits[2] < "6"
    if "part" in parts and "hour" in parts and found.tokens[found.last - 2].word == "the":
        bare = all(token.kind != "oclock" and token.kind != "ampm" for token in found.tokens[found.first : found.last])
        return not bare or "approx" in parts or found.before in AT_HOUR
    if "clock" in parts and found.last - found.first == 1:
        return found.before in AT_HOUR
    return True


def is_written(found: Found) -> bool:
    """Whether numerals with slashes are a date and not a fraction or a score."""
    dated = len(re.split("[/-]", found.parts.get("slash", "//"))) == 3 or found.before in (
        "on",
        "by",
        "until",
        "since",
        "before",
    )
    return dated and found.before not in ("/", "-") and found.after != "/"


def is_length(found: Found) -> bool:
    """Whether a count of units is a length of time: not the "a year" of a rate, not "three-quarters"."""
    tokens, parts, first = found.tokens, found.parts, found.first
    if "plural" in parts:
        if tokens[found.last - 1].kind == "rel" and found.tokens[found.last - 1].word != "following":
            return False
        ends = parts["plural"] in ("quarter", "weekend") or (parts["plural"] in ("minute", "hour") and at_of(found))
        return not ends
    if "count" not in parts and "fraction" not in parts:  # "day-long", "weeklong"
        return True
    counted = tokens[found.last - 2].kind  # what stands before the unit
    if parts["unit"] in ("quarter", "second") and counted in ("a", "hyphen"):
        return False
    if counted == "year4" and tokens[found.last - 1].kind != "units":  # "the 1988 quarter"
        return False
    if tokens[first].kind == "a" and tokens[first + 1].kind == "units":  # "a months-long probe"
        return False
    if first and tokens[first].kind == "numword" and tokens[first - 1].kind == "vague":
        return False  # "several dozen years"
    if "approx" in parts or tokens[first].kind != "a" or not first:
        return True
    before = tokens[first - 1]
    rated = before.kind in ("number", "small", "year4", "numword", "units") or before.word in RATED
    return not (rated or (before.kind == "rest" and before.word.endswith("s") and len(before.word) > 4))


def at_of(found: Found) -> bool:
    """Whether "of" ends the match, or "after" begins it: "minutes of the meeting", "after hours"."""
    return found.tokens[found.last - 1].word == "of" or found.tokens[found.first].word == "after"


def is_part(found: Found) -> bool:
    """Whether a part of a day with no day is one of this text: "by mid-afternoon", not "early morning" raids."""
    hours = any(token.word == "hours" for token in found.tokens[found.first : found.last])
    return "rel" in found.parts or "that" in found.parts or hours or found.parts.get("mod") == "MID"


def is_set(found: Found) -> bool:
    """Whether "daily" says how often: not before a name, "the party daily Granma"."""
    if found.parts.get("unit") == "second":  # "every second Sunday"
        return found.kind_after == "dot" or found.kind_after == "comma"
    if found.parts.keys() != {"set"} or found.kind_after != "rest":
        return True
    return not found.text[found.tokens[found.last].start].isupper()


def is_weekday(found: Found) -> bool:
    """Whether a weekday is counted from another week: "next week on Tuesday", not "next month Tuesday"."""
    words = [token.word for token in found.tokens[found.first : found.last]]
    return "rel3" not in found.parts or "week" in words


def is_decade(found: Found) -> bool:
    """Whether tens in the plural are years: "the '60s", not "in his 30s" or "temperatures in the 40s"."""
    printed = found.parts.get("decade")
    if printed is None or len(printed) > 4 or not printed[0].isdecimal():
        return True
    listed = found.first > 1 and found.before in ("and", "or") and found.tokens[found.first - 2].kind == "decade"
    return listed or "mod" in found.parts or (found.before not in OWNERS and printed[0] in "56789")


def is_reference(found: Found) -> bool:
    """Whether "the past" is a time of its own: not in "the past three summers"."""
    return not (found.parts.keys() == {"past"} and found.kind_after in NUMERALS | {"vague", "season", "fall"})


def is_range(found: Found) -> bool:
    """Whether two numerals are the ends of a range of days, years, quarters or centuries."""
    low, high = int(found.parts["x"]), int(found.parts["x2"])
    if "ampm" in found.parts:
        return low <= 12 and high <= 12
    if "unit" in found.parts:
        return found.parts["unit"] in ("quarter", "century") and low < high
    if "month" not in found.parts:
        two_digits = len(found.tokens[found.last - 1].word) == 2
        clear = found.after not in ("-", "/") and found.kind_after not in NUMERALS and found.before not in ("-", "/")
        return two_digits and clear and high > low % 100 and is_year(low, found.before, "-")
    if not low < high <= 31 or found.before in CURRENCIES:
        return False
    if found.tokens[found.first].kind != "month":
        return True
    joint = found.tokens[found.last - (3 if "year" in found.parts else 2)].word
    return "year" in found.parts or joint in "-–—through" or found.after in CLOSED  # not "from May 3 to 12 people"


def number_of(token: Token) -> int:
    """The value of a short plain numeral, else 0."""
    return int(token.word) if token.word.isdecimal() and len(token.word) < 5 else 0


CHECKS: Mapping[str, Callable[[Found], bool]] = {
    "age": is_age,
    "date": is_date,
    "plain": is_unit,
    "month": is_month,
    "year": is_plain_year,
    "clock": is_clock,
    "written": is_written,
    "duration": is_length,
    "part": is_part,
    "set": is_set,
    "weekday": is_weekday,
    "decade": is_decade,
    "reference": is_reference,
    "range": is_range,
}
