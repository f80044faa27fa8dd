"""What is left open: accusations and questions without an answer, promises and forecasts, and what closed them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.link.entry import Told
from onrecord.link.views.accusations import denies_it, evades, is_accusation, is_silent, names_other, takes_back
from onrecord.link.views.ahead import FORECAST, PROMISE, came_of_it, closes_ahead, start_ahead, what_is_ahead
from onrecord.link.views.due import due_of
from onrecord.link.views.speaking import any_of
from onrecord.link.words import WORD, stem
from onrecord.resources import settings_file

ACCUSATION, QUESTION = "accusation", "question"
ANSWERS = {
    ACCUSATION: frozenset(("denies", "confirms", "contradicts")),
    QUESTION: frozenset(("denies", "confirms")),
    PROMISE: frozenset(("updates", "confirms", "denies", "contradicts")),
    FORECAST: frozenset(("updates", "confirms", "denies", "contradicts")),
}
ASKING = re.compile(r"\W*(?:whether|who|whom|whose|what|which|when|where|why|how|if)\b", re.IGNORECASE)
QUOTED = re.compile(r"[\"“”]")


@dataclass(frozen=True, slots=True)
class Opening:
    """A matter that a statement opens, and what closed it."""

    told: Told
    what: str  # accusation, question, promise, forecast
    due: str | None = None  # ISO 8601, as coarse as the words are
    closed_by: Told | None = None
    silent: tuple[Told, ...] = ()  # who was asked and did not say, or evaded


def what_opens(one: Told, evasions: Sequence[Told] = ()) -> str | None:
    """What a statement leaves open, or None; `evasions` are those of its matter, which show who feels accused."""
    commitment = one.statement.commitment
    if commitment.attitude != "speech" or one.statement.refers_to or one.statement.condition:
        return None
    if _is_told_of_before(one) or one.is_headline:
        return None
    if commitment.stance == "questions":
        return QUESTION if _is_asked(one) else None
    if commitment.stance == "undisclosed":
        return QUESTION if ASKING.match(one.statement.content.quote) else None
    if _is_not_known(one):
        return QUESTION
    if is_accusation(one) or (names_other(one) and any(evades(one, other) for other in evasions)):
        return ACCUSATION
    return what_is_ahead(one)


def make_opening(one: Told, what: str, links: Iterable[tuple[str, Told]], others: Sequence[Told]) -> Opening:
    """The opening with what closed it: `links` are (kind, statement) of those from later statements to it."""
    due = due_of(one, after=start_ahead(one)) if what in (PROMISE, FORECAST) else None
    closing = [told for kind, told in links if kind in ANSWERS[what] and not _is_backing(one, told, what, kind)]
    answering = [told for told in closing if _may_close(one, told, what)]
    found = answering or [other for other in others if _closes(one, other, what)]
    closed_by = min(found, key=lambda t: t.order) if found else None
    silent = tuple(other for other in others if what == ACCUSATION and (evades(one, other) or is_silent(one, other)))
    return Opening(one, what, due, closed_by, silent)


def _is_backing(one: Told, other: Told, what: str, kind: str) -> bool:
    """Whether somebody who is not the accused only backs an accusation up: that leaves it open."""
    if what != ACCUSATION or kind != "confirms" or other.side & (one.terms | one.side):
        return False
    source = other.statement.source.quote if other.statement.source else ""
    return not {stem(word) for word in WORD.findall(source)} & one.terms


def _is_asked(one: Told) -> bool:
    """Whether somebody asks, in reported words, what can be answered; what is quoted is mostly asked for effect."""
    quote = one.statement.content.quote
    return (
        one.statement.form == "indirect"
        and one.statement.source is not None
        and bool(ASKING.match(quote))
        and not QUOTED.search(quote)
    )


def _is_not_known(one: Told) -> bool:
    """Whether somebody says that a thing is not known: "it is not clear who will pay", "left to be seen"."""
    for span in one.statement.content.spans:
        words = span.of(one.entry.report.text)
        if (found := _searching().search(words)) and ASKING.match(words[found.end() :]):
            return True
        found = _unknown().search(words)
        is_of_it = found and not _impersonal().sub("", words[: found.start()]).strip(" ,\"“”'‘’")
        if found and (ASKING.match(words) or (is_of_it and ASKING.match(words[found.end() :]))):
            return True
    return False


@cache
def _searching() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["openings"]["searching"])


@cache
def _impersonal() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["openings"]["impersonal"])


@cache
def _unknown() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["openings"]["unknown"])


def _is_told_of_before(one: Told) -> bool:
    """Whether somebody else tells what somebody had said long before: "he had told him that it would be repaired"."""
    cue = one.statement.cue
    return one.statement.nested_in is not None and bool(cue and cue.quote.lower().startswith("had "))


def _may_close(one: Told, other: Told, what: str) -> bool:
    """Whether a statement that a link ties to it closes it: made later, and no mere forecast of the same."""
    return other.order > one.order and (what not in (PROMISE, FORECAST) or closes_ahead(one, other))


def _closes(one: Told, other: Told, what: str) -> bool:
    """Whether a statement that no link ties to it closes it all the same, in words that leave no doubt."""
    if other.order <= one.order or other.statement.commitment.attitude != "speech":
        return False
    if what == ACCUSATION:
        return takes_back(one, other) or denies_it(one, other)
    return what in (PROMISE, FORECAST) and came_of_it(one, other)
