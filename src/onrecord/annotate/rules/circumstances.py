"""Whom somebody told and where: "told reporters", "said at a press conference in Rome"; only where the words say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.model import Selection, Span, hull
from onrecord.resources import settings_file

REACH = 120  # code points read after the cue or the speaker
TIME = r"(?:(?:on|late|early|earlier)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|earlier|later|here"
GAP = rf"(?:\s(?:{TIME}))*"
NAME = r"[A-Z][\w.’'-]*"
EVENT = re.compile(r"\b(?:conference|briefing|rally|hearing)$")
END = re.compile(r"[,.;:!?—\n“”\"]|\s(?:that|as|when|while|after|before|if|but|who|which)\s")


@cache
def _told() -> re.Pattern[str]:
    groups = "|".join(settings_file("attribution.toml")["addressees"])
    group = rf"(?:(?:the|a|an|his|her|their|its)\s)?(?:[a-z-]+\s){{0,2}}(?:{groups})"
    outlet = rf"(?:[Tt]he\s)?{NAME}(?:\s(?:{NAME}|of|and)){{0,4}}"
    return re.compile(rf"\s*(?P<who>{group}|{outlet})\b")


@cache
def _where() -> str:
    settings = "|".join(settings_file("attribution.toml")["settings"])
    place = rf"(?:\s(?:at|in|on|with|to)\s(?:the\s)?(?:[a-z]+\s){{0,2}}{NAME}(?:\s(?:of\s)?(?:the\s)?{NAME}){{0,4}})?"
    return rf"(?P<where>(?:a|an|the|his|her|their|its)\s(?:[\w’'-]+\s){{0,3}}?(?:{settings})\b{place})"


@cache
def _met() -> re.Pattern[str]:
    return re.compile(rf"{GAP}\s*(?:in|at|during|on)\s{_where()}")


@cache
def _opened() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[.!?”\"\n]\s?)(?:In|At|During|On)\s{_where()}{GAP},\s$")


def find_addressee(text: str, cue: Span, lemma: str, content: Sequence[Span]) -> str | None:
    """Whom the words right after the cue say was told; None for verbs that tell nobody.

    >>> find_addressee("Lee told reporters it rained.", Span(4, 8), "tell", [Span(19, 28)])
    'reporters'
    """
    if lemma.split(maxsplit=1)[0] not in settings_file("attribution.toml")["telling"]:
        return None
    found = _told().match(text, cue.end, _limit(text, cue.end, content))
    return found["who"] if found and not EVENT.search(found["who"]) else None


def find_venue(text: str, cue: Span, source: Selection, content: Sequence[Span]) -> str | None:
    """The briefing, interview or place of speaking named after cue and speaker; None where none is.

    >>> find_venue("It rained, Lee said at a press conference in Rome.", Span(15, 19), (Span(11, 14),), [Span(0, 9)])
    'a press conference in Rome'
    """
    begin = max(cue.end, hull(source).end) if source and hull(source).end - cue.end < REACH else cue.end
    limit = _limit(text, begin, content)
    told = _told().match(text, begin, limit)
    for start in (begin, told.end() if told else begin):
        found = _met().match(text, start, limit)
        if found:
            return found["where"]
    if told and EVENT.search(told["who"]):
        return told["who"]
    opening = text[max(0, source[0].start - REACH) : source[0].start] if source else ""
    found = _opened().search(opening)
    return found["where"] if found else None


def _limit(text: str, begin: int, content: Sequence[Span]) -> int:
    """Where the words around the cue end: at a mark, a conjunction or the content that follows."""
    last = min([begin + REACH, *(piece.start for piece in content if piece.start >= begin)])
    mark = END.search(text, begin, last)
    return mark.start() if mark else last
