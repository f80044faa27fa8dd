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
from onrecord.annotate.timechecks import is_time
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
            built = build(text, tokens, rule, match)
            yield from built
            if built or rule.name == "age":  # how old somebody is: no time, nor is any part of it
                end = match.end()


def readings(classes: str) -> list[tuple[Rule, re.Match[str]]]:
    """Matches of all rules, the leftmost and longest first; of equal ones the earlier rule's."""
    found = [(match.start(), -match.end(), rule.order, match) for rule in grammar() for match in matches(rule, classes)]
    found.sort(key=lambda item: item[:3])
    return [(grammar()[order], match) for _, _, order, match in found]


def matches(rule: Rule, classes: str) -> Iterator[re.Match[str]]:
    """Matches of one rule that are not empty."""
    return (match for match in rule.pattern.finditer(classes) if match.end() > match.start())


def build(text: str, tokens: list[Token], rule: Rule, match: re.Match[str]) -> tuple[TimeExpression, ...]:
    """The expressions of a match: one, two of a range, or none where its words make no time after all."""
    first, last = match.span()
    parts: dict[str, str] = {}
    places: dict[str, tuple[int, int]] = {}
    for group in match.groupdict():
        start, end = match.span(group)
        if start >= 0 and end > start:
            name = group.partition("_")[0]
            places[name] = (start, end)
            value = "" if name == "span" else read_part(name, tokens[start:end])
            if value is None:
                return ()
            parts[name] = value
    parts.pop("span", None)
    if not is_time(text, tokens, rule.name, parts, (first, last)):
        return ()
    if rule.name == "range":
        return build_range(text, tokens, parts, ((first, places["x"][1]), (places["x2"][0], last)))
    if "span" in places:
        first, last = places["span"]
    elif rule.name == "duration" and tokens[first].kind in ("a", "the") and is_adjective(tokens[first:last]):
        first += 1
    return (expression(text, tokens, rule.name, parts, (first, last)),)


def expression(
    text: str, tokens: list[Token], rule: str, parts: Mapping[str, str], at: tuple[int, int]
) -> TimeExpression:
    """The expression that covers these tokens, without the full stop behind it."""
    first, last = at
    ends = last - 2 if tokens[last - 1].kind == "dot" else last - 1
    span = Span(tokens[first].start, tokens[ends].end)
    return TimeExpression(span, span.of(text), rule, tuple(sorted(parts.items())))


def is_adjective(tokens: list[Token]) -> bool:
    """Whether a length stands before a noun: "a two-year" boom, "a five year" low, not "a year"."""
    return len(tokens) > 2 and tokens[-1].kind in ("unit", "second", "quarter", "long")


def build_range(
    text: str, tokens: list[Token], parts: Mapping[str, str], ends: tuple[tuple[int, int], tuple[int, int]]
) -> tuple[TimeExpression, ...]:
    """The two ends of a range, each with what they share: "3" and "7 May", "the first" and "third quarters"."""
    shared = {name: value for name, value in parts.items() if name not in ("x", "x2", "unit")}
    shared_low: dict[str, str] = {}  # what only the first end has
    low, high = parts["x"], parts["x2"]
    if "ampm" in parts:
        rule, name = "clock", "hour"
        if int(low) % 12 > int(high) % 12:  # "from 11 to 2 p.m."
            shared_low = {"ampm": "am" if parts["ampm"] == "pm" else "pm"}
    elif "month" in parts:
        rule, name = "date", "day"
    elif "unit" in parts:
        rule = name = parts["unit"]
    else:
        rule = name = "year"
        high = low[:2] + high
    first = expression(text, tokens, rule, shared | {name: low} | shared_low, ends[0])
    return first, expression(text, tokens, rule, shared | {name: high}, ends[1])


def read_part(name: str, tokens: list[Token]) -> str | None:
    """What the resolver is told of a named part; None where the words have no clear value."""
    words = [token.word for token in tokens]
    if name in ("count", "count2", "fraction", "hour"):
        return read_count(tokens)
    if name == "year":
        year = read_year(words)
        return None if year is None else str(year)
    if name == "x" and tokens[0].kind == "year4":
        return words[0]
    if name in ("day", "quarter", "century", "x", "x2"):
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
