"""Towns, counties and states that only the report as a whole bears out: small ones, and those in longer names.

Reading name by name, a town of a thousand people cannot be told from a family name. When a report's other places
and its outlet's home are known, it can: "of Grovetown," in a report from Augusta, Ga.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.model import Mention, Report, SectionKind, Span
from onrecord.resolve.names.folding import fold, words_of
from onrecord.resolve.places.candidates import candidates, full_state, settings_words, states
from onrecord.resources import lexicon

WORD = re.compile(
    r"W\.\s?Va\.|(?:[A-Z]\.\s?){2,3}|(?:St|Mt|Ft)\.(?=\s)|(?![DR][-–][A-Z])[^\W\d_](?:[^\W_]|[-‐‑](?=\w)|['’](?=[^\W\d_]{2}))*"
)
PARTY = re.compile(r"[DR][-–]\Z")
STATE_AFTER = re.compile(r",\s([A-Z][\w.]*(?:\s[A-Z][\w.]*)?)")
DATELINE = re.compile(r"(?:,\s[\w. ]{2,20})?\s?(?:\([\w ,/]{2,30}\)\s?)?(?:--|[—–])")
COUNTIES = re.compile(r"\s(?:counties|parishes)\b")
LISTED = re.compile(r"\A(?:,\s|,?\sand\s)\Z")
MOST = 4  # words of a place's name
LONGEST = 40  # letters of a word; what is longer is no name


@dataclass(frozen=True, slots=True)
class Token:
    """A word that begins like a name."""

    start: int  # code points, included
    end: int  # excluded
    text: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """A stretch of the text that is the name of a place in the gazetteer, and what speaks for its being one."""

    span: Span
    name: str  # as to look it up: "Jackson County" for "Jackson" of "Barrow and Jackson counties"
    signed: bool  # words before or after it stand only with a place
    alone: bool  # no other capitalised word is joined to it that a place's name does not stand with
    opens: bool  # a sentence begins with it: its capital letter says nothing
    body: bool = False  # it begins the name of a public body


def find_sightings(report: Report) -> tuple[Sighting, ...]:
    """Every name of a place in the report's sentences that no mention of somebody or something covers."""
    covered = Covered(report)
    found: list[Sighting] = []
    for first, end, headline in stretches(report):
        tokens = [Token(m.start(), m.end(), m.group().rstrip()) for m in WORD.finditer(report.text, first, end)]
        for run in runs(report.text, [one for one in tokens if one.text[0].isupper()]):
            found += sightings_of(report.text, run, first, headline, covered)
    return tuple(with_counties(report.text, found))


def stretches(report: Report) -> Iterator[tuple[int, int, bool]]:
    """The report's sentences: from, to, and whether it is a headline."""
    for one in report.sentences:
        if one.section is not SectionKind.BOILERPLATE:
            yield one.span.start, one.span.end, one.section is SectionKind.HEADLINE


def runs(text: str, capital: Sequence[Token]) -> Iterator[list[Token]]:
    """Capitalised words with one space between them, together."""
    run: list[Token] = []
    for token in capital:
        joined = run and token.start - run[-1].end <= 1 and text[run[-1].end : token.start] in ("", " ")
        if run and not joined:
            yield run
            run = []
        if run or token.text.lower() not in words_of("openers"):
            run.append(token)
    if run:
        yield run


def sightings_of(text: str, run: Sequence[Token], first: int, headline: bool, covered: Covered) -> Iterator[Sighting]:
    """The places in one run of capitalised words."""
    i = 0
    while i < len(run):
        n = longest_at(text, run, i)
        if not n:
            i += 1
            continue
        start, end = run[i].start, run[i + n - 1].end
        end = start + len(text[start:end].rstrip())
        sighting = judged(text, run, i, n, Span(start, end), first, headline, covered)
        if sighting is not None:
            yield sighting
        i += n


def longest_at(text: str, run: Sequence[Token], i: int) -> int:
    """How many words the longest place's name has that begins with word `i`, 0 for none."""
    for n in range(min(MOST, len(run) - i), 0, -1):
        name = text[run[i].start : run[i + n - 1].end].rstrip()
        if len(name) > LONGEST * 2 or (n == 1 and is_common(name)):
            continue
        if candidates(name):
            return n
    return 0


@cache
def common() -> frozenset[str]:
    """Lower-case words that seldom mean the place of that name."""
    people = {word for row in lexicon("demonyms.tsv") for word in (row["word"].lower(), row["people"].lower())}
    lists = ("no_place", "calendar", "openers", "papers", "directions", "described", "firms", "small")
    return frozenset(people.union(*(words_of(name) for name in lists)))


def is_common(name: str) -> bool:
    """Whether one word by itself is hardly ever a place."""
    return name.lower() in common() or (len(name) < 4 and "." not in name) or name.lower() in settings_words("press")


def judged(
    text: str, run: Sequence[Token], i: int, n: int, span: Span, first: int, headline: bool, covered: Covered
) -> Sighting | None:
    """What speaks for a place where a name of one stands, None where somebody or something else has that name."""
    name = span.of(text)
    before, after = run[i - 1].text.lower() if i else "", run[i + n].text.lower() if i + n < len(run) else ""
    is_public = after in settings_words("bodies") or (after and name.endswith((" County", " Parish")))
    body = bool(i == 0 and is_public) and not text.startswith(("'", "’"), span.end)
    owner = covered.by(span)
    if owner is not None and not (body and owner.kind == "organization" and owner.span.start >= span.start - 4):
        return None
    alone = (not before or before in settings_words("parts")) and (
        not after or body or after in words_of("calendar") or text[span.end : span.end + 1] in ("'", "’")
    )
    opens = span.start == first or not text[max(first, span.start - 2) : span.start].strip(" \n“\"'‘(").isascii()
    return Sighting(span, name, is_signed(text, span, first, run, i, n), alone, opens or headline, body)


def is_signed(text: str, span: Span, first: int, run: Sequence[Token], i: int, n: int) -> bool:
    """Whether "in" and its like stand before a name, or a comma and a state, or a word of towns, after it."""
    before = text[max(first, run[0].start - 24) : run[0].start].lower().split()
    if before and i <= 1 and (before[-1] in single_signs() or " ".join(before[-2:]) in settings_words("before")):
        return True
    if (
        before
        and before[-1] == "of"
        and text[span.end : span.end + 1] in (",", ".")
        and is_resident(text, first, run[0].start)
    ):
        return True
    if i == 0 and PARTY.search(text[max(0, span.start - 2) : span.start]):
        return True
    match = STATE_AFTER.match(text, span.end)
    if match and (fold(match[1]) in states() or fold(match[1].split(" ", 1)[0]) in states()):
        return True
    if span.start == first and DATELINE.match(text, span.end):
        return True
    following = text[span.end : span.end + 24].split(" ", 2)
    return (
        i + n == len(run)
        and len(following) > 1
        and following[0] == ""
        and following[1].strip(".,;") in settings_words("after") - {"and"}
    )


@cache
def single_signs() -> frozenset[str]:
    """Single words that stand right before a town."""
    return frozenset(word for word in settings_words("before") if " " not in word)


def is_resident(text: str, first: int, at: int) -> bool:
    """Whether the words before are those of somebody's home: "Ann Lee, 41, of ", "the Lees of "."""
    return bool(re.search(r"[\w.]+(?:, \d{1,3})?,? of \Z", text[max(first, at - 24) : at]))


def with_counties(text: str, found: Sequence[Sighting]) -> list[Sighting]:
    """The names before "counties" as those of counties: "Barrow, Jackson and Madison counties"."""
    out = list(found)
    for k, one in enumerate(found):
        if not COUNTIES.match(text, one.span.end):
            continue
        at = k
        while at >= 0 and (at == k or LISTED.match(text[found[at].span.end : found[at + 1].span.start])):
            name = f"{found[at].name} County"
            if candidates(name):
                out[at] = Sighting(found[at].span, name, True, True, False)
            at -= 1
    return out


class Covered:
    """Who or what the report's mentions say that a stretch of the text is."""

    def __init__(self, report: Report) -> None:
        self.names = [m for m in report.mentions if m.form == "name" and is_taken(m)]
        self.next = 0

    def by(self, span: Span) -> Mention | None:
        """The mention that covers a part of the span; spans are asked for in the order of the text."""
        while self.next < len(self.names) and self.names[self.next].span.end <= span.start:
            self.next += 1
        for mention in self.names[self.next : self.next + 3]:
            if mention.span.start < span.end and span.start < mention.span.end:
                return mention
        return None


def is_taken(mention: Mention) -> bool:
    """Whether a name is known to be somebody's or something's, and no state's: "W.Va." is nobody."""
    return mention.kind is not None and not is_state(mention.text)


def is_state(text: str) -> bool:
    """Whether the words are the abbreviation of a state."""
    return "." in text and full_state(text) != text


def speaks(text: str, end: int) -> bool:
    """Whether a word of speaking follows at once."""
    following = text[end : end + 16].split(" ", 2)
    return len(following) > 1 and following[0] == "" and following[1].strip(".,;") in settings_words("speaks")


def surnames_of(report: Report) -> frozenset[str]:
    """Folded last words of the names of people in the report."""
    names = ((m.head or m.span).of(report.text) for m in report.mentions if m.form == "name" and m.kind == "person")
    return frozenset(fold(name.rsplit(" ", 1)[-1]) for name in names if not is_state(name))
