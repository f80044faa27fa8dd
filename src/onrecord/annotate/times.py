"""Time expressions as written: a grammar over classes of words, read from data/times.tsv and data/times.toml.

Every token of the text becomes one character that stands for its class, and the rules are regular
expressions over that string, each with bounded repetition: the work is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from onrecord.annotate.numbers.numerals import read_numeral, read_ordinal, read_words, read_year
from onrecord.annotate.timewords import Token, classify, value_of
from onrecord.annotate.timewords import symbol_pattern as symbol
from onrecord.model import Report, Span, TimeExpression
from onrecord.resources import settings_file

NAME = re.compile(r"([a-z][a-z0-9]*):|([a-z][a-z0-9]*)|(\()|(\s+)|([)|?*+]|\{\d,\d\})")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the grammar, compiled for strings of classes."""

    name: str
    pattern: re.Pattern[str]
    order: int


@cache
def grammar() -> tuple[Rule, ...]:
    """The rules of data/times.toml in order."""
    settings = settings_file("times.toml")
    symbols: dict[str, str] = {}
    for name, body in settings["symbols"].items():
        symbols[name] = f"(?:{compiled(body, symbols)})"
    rules = settings["rule"]
    return tuple(
        Rule(row["name"], re.compile(compiled(row["pattern"], symbols)), order) for order, row in enumerate(rules)
    )


def compiled(body: str, symbols: Mapping[str, str]) -> str:
    """A rule's words as a regular expression over characters of classes."""
    out, waiting = [], ""
    for match in NAME.finditer(body):
        name, word, opening, _, mark = match.groups()
        if name:  # a name may come twice in a rule, in two branches: day_3, day_5
            waiting = f"(?P<{name}_{match.start()}>"
        elif word:
            piece = symbols.get(word) or symbol(word)
            out.append(f"{waiting}{piece})" if waiting else piece)
            waiting = ""
        elif opening:
            out.append(waiting or "(?:")
            waiting = ""
        elif mark:
            out.append(mark)
    return "".join(out)


@dataclass(frozen=True, slots=True)
class FindTimes:
    """Fills `times`: expressions as written, with their parts; no values yet."""

    name: str = "times"
    requires: tuple[str, ...] = ()
    assigns: tuple[str, ...] = ("times",)

    def __call__(self, report: Report) -> Report:
        """The report with its time expressions, left to right, none overlapping."""
        return replace(report, times=tuple(find_times(report)))


def find_times(report: Report) -> Iterator[TimeExpression]:
    """Time expressions of the text in order; the longest reading wins where two overlap."""
    text = report.text
    tokens, classes = classify(text, [sentence.span.start for sentence in report.sentences])
    end = 0  # in tokens
    for rule, match in readings(classes):
        if match.start() >= end:
            expression = build(text, tokens, rule, match)
            if expression is not None:
                yield expression
            if expression is not None or rule.name == "age":  # how old somebody is: no time, nor is any part of it
                end = match.end()


def readings(classes: str) -> list[tuple[Rule, re.Match[str]]]:
    """Matches of all rules, the leftmost and longest first; of equal ones the earlier rule's."""
    found = [(match.start(), -match.end(), rule.order, match) for rule in grammar() for match in matches(rule, classes)]
    found.sort(key=lambda item: item[:3])
    return [(grammar()[order], match) for _, _, order, match in found]


def matches(rule: Rule, classes: str) -> Iterator[re.Match[str]]:
    """Matches of one rule that are not empty."""
    return (match for match in rule.pattern.finditer(classes) if match.end() > match.start())


def build(text: str, tokens: list[Token], rule: Rule, match: re.Match[str]) -> TimeExpression | None:
    """The expression of a match, or None where its words make no time after all."""
    first, last = match.span()
    parts: dict[str, str] = {}
    for group in match.groupdict():
        start, end = match.span(group)
        if start >= 0 and end > start:
            name = group.partition("_")[0]
            value = read_part(name, tokens[start:end])
            if value is None:
                return None
            parts[name] = value
    ends = last - 2 if tokens[last - 1].kind == "dot" else last - 1
    span = Span(tokens[first].start, tokens[ends].end)
    if not is_time(tokens, rule.name, parts, (first, last)):
        return None
    return TimeExpression(span, span.of(text), rule.name, tuple(sorted(parts.items())))


def read_part(name: str, tokens: list[Token]) -> str | None:
    """What the resolver is told of a named part; None where the words have no clear value."""
    words = [token.word for token in tokens]
    if name in ("count", "count2", "fraction"):
        return read_count(tokens)
    if name == "year":
        year = read_year(words)
        return None if year is None else str(year)
    if name in ("day", "quarter", "century"):
        number = read_ordinal([word.removeprefix("q") for word in words])
        return None if number is None else str(number)
    if name == "rel" and all(token.kind in ("ordword", "dayth", "second", "numword", "hyphen") for token in tokens):
        return "ordinal"
    values = [value for token in tokens if (value := value_of(token))]
    return (values[-1] if name == "rel" else values[0]) if values else words[0]


def read_count(tokens: list[Token]) -> str | None:
    """A count as a plain number, "X" for "a few", with "~" after it for "a couple"."""
    words = [token.word for token in tokens]
    vague = next((value_of(token) for token in tokens if token.kind == "vague"), None)
    if vague:
        return vague
    kinds = [token.kind for token in tokens]
    if "half" in kinds:
        return "0.5"
    if kinds[-1] == "of" or "of" in kinds:
        top = read_words([word for token, word in zip(tokens, words, strict=True) if token.kind == "numword"])
        bottom = 4 if any(word.startswith("quarter") for word in words) else read_ordinal([words[-2].rstrip("s")])
        return None if not bottom else f"{(top or 1) / bottom:.4g}"
    if "slash" in kinds:
        whole, fraction = read_numeral(words[0]), words[-1].split("/")
        if whole is None or len(fraction) != 2 or not int(fraction[1]):
            return None
        return f"{float(whole) + int(fraction[0]) / int(fraction[1]):g}"
    if kinds == ["a"]:
        return "1"
    number = read_words(words)
    return None if number is None else f"{number.normalize():f}" if number else "0"


BEFORE_YEAR = frozenset(
    "in of since until till by from during before after for through between and to around about early late mid "
    "( , - – — ; : / circa year fiscal financial than back into ' ’ on vs versus "
    "january february march april may june july august september october november december "
    "spring summer autumn fall winter".split()
)
OWNERS = frozenset("a an his her its their our my that this s".split())
WHOLES = frozenset("rest half part parts remainder most much course end start beginning middle all".split())
RATED = frozenset(
    "% percent million billion trillion twice once times dollars euros pounds cents people share barrel".split()
)
AFTER_YEAR = frozenset(". , ; : ) - – — ' ’ ! ? ] ” \" and or to through until when as after".split())


def is_time(tokens: list[Token], rule: str, parts: Mapping[str, str], at: tuple[int, int]) -> bool:
    """Whether the neighbours of a match leave it a time: "in 2008", not "2008 people"."""
    first, last = at
    before = tokens[first - 1].word if first else ""
    after = tokens[last].word if last < len(tokens) else "."
    if rule == "age":
        return False
    if rule == "duration" and not is_length(tokens, first, last, parts):
        return False
    if rule == "plain" and parts.keys() <= {"unit", "whole"}:
        holder = tokens[first - 2] if before == "of" and first > 1 else None  # "player of the year"
        award = holder is not None and holder.kind == "rest" and holder.word not in WHOLES
        bare = parts["unit"] in ("quarter", "weekend") and after != "-"
        return bare or (parts["unit"] == "year" and not award)
    if rule == "month" and "week" in parts:
        return tokens[first + 1].word == "week" or tokens[first + 2].word == "week"
    if rule == "year" and "year" in parts and not parts.keys() - {"year", "approx"}:
        year = next(i for i in range(first, last) if tokens[i].kind in ("year4", "numword"))
        before = tokens[year - 1].word if year else ""
        joined = (
            before == "-"
            and year > 1
            and (tokens[year - 2].kind in ("small", "number") or (year > 2 and tokens[year - 3].word == "-"))
        )
        beyond = tokens[last + 1] if after == "-" and last + 1 < len(tokens) else None
        joined |= (
            beyond is not None and beyond.kind in ("small", "number") and int(parts["year"][2:]) >= number_of(beyond)
        )
        return tokens[year].kind == "numword" or (not joined and is_year(int(parts["year"]), before, after))
    if rule == "clock" and "clock" in parts and last - first == 1:
        return before in ("at", "by", "until", "around", "about", "from", "to", "and", "before", "after", "till")
    if rule == "written":
        dated = parts.get("slash", "//").count("/") == 2 or before in ("on", "by", "until", "since", "before")
        return dated and before not in ("/", "-") and after != "/"
    return True


def number_of(token: Token) -> int:
    """The value of a short plain numeral, else 0."""
    return int(token.word) if token.word.isdecimal() and len(token.word) < 5 else 0


def is_length(tokens: list[Token], first: int, last: int, parts: Mapping[str, str]) -> bool:
    """Whether a count of units is a length of time: not the "a year" of a rate, not "three-quarters"."""
    counted = tokens[last - 2].kind  # what stands before the unit
    if parts["unit"] in ("quarter", "second") and counted in ("a", "hyphen"):
        return False
    if counted == "year4" and tokens[last - 1].kind != "units":  # "the 1988 quarter"
        return False
    if "approx" in parts or tokens[first].kind != "a" or not first:
        return True
    before = tokens[first - 1]
    rated = before.kind in ("number", "small", "year4", "numword", "units") or before.word in RATED
    return not (rated or (before.kind == "rest" and before.word.endswith("s") and len(before.word) > 4))


def is_year(year: int, before: str, after: str) -> bool:
    """Whether a bare four-digit number reads as a year among its neighbours."""
    if not 1500 <= year <= 2100 or before in ("$", "£", "€", "#", "no", "+") or after in ("%", "$", "/"):
        return False
    if before in OWNERS and not (after.endswith("s") or after in ("people", "men", "women", "-")):
        return 1900 <= year <= 2050  # "its 1990 invasion"
    return before in BEFORE_YEAR or (1900 <= year <= 2050 and (after in AFTER_YEAR or before in ("the", "")))
