"""What a reviewer types as what it stands for: words or places as spans, names as entities, ranges as numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from decimal import Decimal, InvalidOperation
from itertools import accumulate
from typing import TYPE_CHECKING

from onrecord.errors import UnknownId, UsageError
from onrecord.ledger.asking import find_id
from onrecord.model import Report, Selection, Span, Statement

if TYPE_CHECKING:
    from onrecord.ledger.store import View
    from onrecord.review.verdicts import Range

_PLACES = re.compile(r"@\d{1,12}:\d{1,12}(,\d{1,12}:\d{1,12})*", re.ASCII)
GAP = " … "  # between the pieces of words that stand apart
_ENTITY = re.compile(r"e-[0-9a-f]{2,}…?")
MOST_DIGITS, LONGEST_NUMBER = 30, 60  # before or behind the point; characters
SHOWN = 6  # entities of one name


def find_words(report: Report, words: str | None, near: Statement) -> Selection | None:
    """Words of a report, or places such as @120:134,150:160, as spans; None for None."""
    from onrecord.review.verdicts import spans_of_words

    if words is None:
        return None
    if not _PLACES.fullmatch(words):
        return spans_of_words(report, words, near.content.spans[0].start)
    ends = (piece.split(":") for piece in words[1:].split(","))
    return tuple(Span(int(start), int(end)) for start, end in ends)


def written(report: Report, spans: Selection) -> str:
    """Pieces as a reviewer sees them in one field; `find_pieces` finds them again."""
    return GAP.join(span.of(report.text) for span in spans)


def find_pieces(report: Report, words: str, near: int = 0) -> Selection:
    """Where words stand that were typed into a field: nearest to the code point `near`, white space however it runs.

    Words with " … " between them stand apart, each after the one before. UsageError where they do not stand there.
    """
    whole = _typed(report, words, near)
    if whole is not None:
        return (whole,)
    pieces = [piece for piece in words.split(GAP.strip()) if piece.strip()]
    if not pieces:
        raise UsageError("words to look for have a letter at least")
    found: list[Span] = []
    for piece in pieces:
        span = _typed(report, piece, near, found[-1].end if found else 0)
        if span is None:
            after = " after the piece before" if found else ""
            words_there = " ".join(piece.split())[:60]
            raise UsageError(f"{words_there!r} does not stand in report {report.id} to the letter{after}")
        found.append(span)
        near = span.end
    return tuple(found)


def _typed(report: Report, words: str, near: int, least: int = 0) -> Span | None:
    """The place of some words that is nearest to `near`, from `least` on; between words any white space fits."""
    wanted = " ".join(words.split())
    if not wanted:
        return None
    start = _nearest(report.text, words.strip(), near, least)
    if start is not None:
        return Span(start, start + len(words.strip()))
    places = [Span(*place.span()) for place in re.finditer(r"\S+", report.text[least:])]
    starts = [0, *accumulate(len(place) + 1 for place in places)]  # of each word, where one space stands between them
    folded = " ".join(place.of(report.text[least:]) for place in places)
    before = bisect_left(places, near - least, key=lambda place: place.start)
    start = _nearest(folded, wanted, starts[before], 0)
    if start is None:
        return None

    def unfolded(at: int) -> int:
        word = bisect_right(starts, at) - 1
        return places[word].start + at - starts[word] + least

    return Span(unfolded(start), unfolded(start + len(wanted) - 1) + 1)


def _nearest(text: str, words: str, near: int, least: int) -> int | None:
    """Where some words start, nearest to `near`, from `least` on."""
    found = (text.find(words, max(near, least)), text.rfind(words, least, near + len(words)), text.find(words, least))
    return min((place for place in found if place >= 0), key=lambda place: abs(place - near), default=None)


def find_entity(view: View, name: str) -> str:
    """The one entity of a name or an id; UnknownId where there is none or could be two."""
    if _ENTITY.fullmatch(name):
        return find_id(view, name, "entity")
    found = view.called(name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownId(f"nobody on the record is called {name!r}; `onrecord speakers` lists who speaks")
    ones = ", ".join(f"{identity} ({view.entity(identity).name})" for identity in found[:SHOWN])
    raise UnknownId(f"{name!r} could be {ones}{' …' if len(found) > SHOWN else ''}; give an id")


def find_range(view: View, statement: Statement, given: str) -> Range:
    """A range such as 40, 40..50, 40.. or ..50 of the figure that stands before =, or of the only one there is."""
    from onrecord.review.verdicts import Range

    name, mark, words = given.rpartition("=")
    if mark:
        figure = find_id(view, name, "figure")
    elif len(statement.figures) == 1:
        figure = statement.figures[0]
    else:
        several = f"it has {', '.join(statement.figures)}" if statement.figures else "it has none"
        raise UsageError(f"which figure of {statement.id} is {given!r}? {several}; give FIGURE=RANGE")
    low, dots, high = words.partition("..")
    return Range(figure, _number(low, given), _number(high, given) if dots else _number(low, given))


def _number(words: str, given: str) -> Decimal | None:
    try:
        return find_number(words)
    except UsageError:
        raise UsageError(f"{given!r} is no range such as 40, 40..50, 40.. or ..50") from None


def find_number(words: str) -> Decimal | None:
    """A number as it is typed, "3,000" or "2.5"; None for nothing. UsageError for anything else."""
    if not words.strip():
        return None
    try:
        number = Decimal(words.strip().replace(",", ""))
    except InvalidOperation:
        raise UsageError(f"{words.strip()[:40]!r} is no number such as 40, 3,000 or 2.5") from None
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS or len(words) > LONGEST_NUMBER:
        raise UsageError(f"{words.strip()[:40]!r} is no number that a report can give")
    return number
