"""Promises and forecasts: what is to come, by whose doing, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.link.entry import Told
from onrecord.link.gates.scope import days_of
from onrecord.link.views.accusations import names_in, others_named
from onrecord.link.views.aligning import alikeness
from onrecord.link.views.due import CALENDAR, due_of, last_day
from onrecord.link.views.speaking import any_of, is_no, same_speaker
from onrecord.link.words import WORD, content_words, stem, stop_words
from onrecord.model import EntityKind, hull
from onrecord.resources import settings_file

PROMISE, FORECAST = "promise", "forecast"
PUT_FORWARD = frozenset("asserts confirms estimates".split())
AHEAD = frozenset("promises predicts warns speculates".split())
FIRST = re.compile(
    r"(?:^|\s)(?:i|we)(?:\s?(?:['’]m|['’]re|am|are|really|certainly|also|just|definitely))*\s*$", re.IGNORECASE
)
HERSELF = re.compile(r"\W*(?:that\s+)?(?:he|she|his|her)\b", re.IGNORECASE)
THEMSELVES = re.compile(r"\W*(?:that\s+)?(?:it|they|its|their)\b", re.IGNORECASE)
THEIRS = re.compile(r"\W*(?:their|its)\b", re.IGNORECASE)
SAME = 0.6  # share of the terms of a forecast, its numbers apart, that what came of it has
LINKED = 0.4  # the same where a link ties the two
ECHO = 0.45  # the same where its own speaker tells it
LEAST = 2  # terms in common
AGAIN = 0.8  # share of words (Dice) from which a speaker only says the same again


def what_is_ahead(one: Told) -> str | None:
    """`promise` where a speaker says what he, or those he speaks for, will do; `forecast` for what else is to come.

    A forecast must be one that can be checked: with a day, with a number, or of what somebody named will do.
    """
    stance, words = one.statement.commitment.stance, _main_clause(one)
    if stance not in AHEAD | PUT_FORWARD or _not_ahead().search(one.statement.content.quote):
        return None
    if stance == "promises":
        return PROMISE
    if _foresees_number(one):
        return FORECAST
    modal = _modal(direct=one.statement.form == "direct").search(words)
    if modal is None:
        is_foreseen = stance in AHEAD or bool(_foreseeing().search(words))
        return FORECAST if is_foreseen and due_of(one) else None
    subject, after = words[: modal.start()], [w.lower() for w in WORD.findall(words[modal.end() :])]
    verb = next((w for w in after if w not in ("not", "again", "also", "now", "never") and not w.endswith("ly")), "")
    if verb and _is_promise(one, subject, verb, after):
        return PROMISE
    if verb and (_can_be_checked(one) or _is_named_doer(modal.group(), subject, verb)):
        return FORECAST
    return None


def _foresees_number(one: Told) -> bool:
    """Whether a content has a number that is still to come, with its day: "another 10,000 due by December"."""
    figures = (one.entry.figures.get(identity) for identity in one.statement.figures)
    return any(figure is not None and figure.forecast for figure in figures) and due_of(one) is not None


def _is_promise(one: Told, subject: str, verb: str, after: Sequence[str]) -> bool:
    settings = settings_file("changes.toml")["ahead"]
    if verb in ("be", "have") and set(after[1:3]) & set(settings["given"]) and _is_body(one):
        return not others_named(one)
    if verb in settings["comes_about"]:
        return False
    return bool(FIRST.search(subject)) or _is_own(one, subject)


def _can_be_checked(one: Told) -> bool:
    return due_of(one, after=start_ahead(one)) is not None or bool(one.statement.figures)


def _is_named_doer(modal: str, subject: str, verb: str) -> bool:
    """Whether somebody named will do a thing; "would" may be a mere supposition."""
    if modal.lower() in settings_file("changes.toml")["ahead"]["reported"]:
        return False
    return verb not in settings_file("changes.toml")["ahead"]["comes_about"] and bool(names_in(subject))


def start_ahead(one: Told) -> int:
    """Where in the text what is to come begins: at the word "will"; else at the beginning of the content."""
    start = one.statement.content.spans[0].start
    modal = _modal(direct=one.statement.form == "direct").search(
        one.entry.report.text, start, hull(one.statement.content.spans).end
    )
    return modal.start() if modal else start


def _is_own(one: Told, subject: str) -> bool:
    """Whether the doer in a content is the speaker, or those he speaks for."""
    source = one.statement.source
    if len(WORD.findall(subject)) <= LEAST + 1 and (
        HERSELF.match(subject) or (THEMSELVES.match(subject) and _is_body(one))
    ):
        return True
    if source and THEIRS.match(source.quote):
        return True
    inside = {
        m.entity for m in one.entry.mentions.within(one.statement.content.spans) if m.entity and m.text in subject
    }
    return bool(inside & one.side)


def _is_body(one: Told) -> bool:
    """Whether the speaker is a body, or a pronoun for one."""
    source = one.statement.source
    entity = one.entry.entities.get(one.statement.speaker.entity or "")
    kinds = (EntityKind.ORGANIZATION, EntityKind.COUNTRY, EntityKind.GROUP)
    return bool(entity and entity.kind in kinds) or bool(source and source.quote.lower() in ("it", "they", "we"))


def _main_clause(one: Told) -> str:
    """The words of a content up to the first that opens a clause inside it."""
    words = one.statement.content.quote.strip(" \"“”'‘’")
    words = re.sub(r"^that\s+", "", words, flags=re.IGNORECASE)
    inner = _inner().search(words)
    return words[: inner.start()] if inner else words


def closes_ahead(one: Told, other: Told) -> bool:
    """Whether a later statement that a link ties to a promise or forecast tells what came of it, or takes it back."""
    own = same_speaker(one, other)
    if _foresees_number(one) and not other.statement.figures:
        return False
    if speaks_ahead(other):
        return own and is_no(other) != is_no(one)
    if is_other_version(one, other) or _meant().search(other.statement.content.quote):
        return False
    return alikeness(one, other) < AGAIN if own else share_of(one, other) >= LINKED


def came_of_it(one: Told, other: Told) -> bool:
    """Whether a later statement tells as so what was to come, of the same thing in the same place."""
    commitment = other.statement.commitment
    if commitment.stance not in PUT_FORWARD | {"denies"} or other.statement.condition:
        return False
    if speaks_ahead(other) or (_foresees_number(one) and not other.statement.figures):
        return False
    if one.entry.report.id == other.entry.report.id or (commitment.certainty or "U")[:2] != "CT":
        return False
    if is_other_version(one, other) or _meant().search(other.statement.content.quote):
        return False
    if not _is_in_time(one, other) or _is_elsewhere(one, other):
        return False
    own = same_speaker(one, other)
    if share_of(one, other) < (ECHO if own else SAME) or (not own and len(one.terms & other.terms) < LEAST):
        return False
    return bool(subject_of(one) & subject_of(other))


def share_of(one: Told, other: Told) -> float:
    """Share of what is foreseen that another statement speaks of, 0..1; numbers apart, for they may come out other."""
    body = content_words(_foreseen(one))
    kept = (t for t in one.terms if (t in one.entry.entities or t in body) and not t[:1].isdigit())
    mine, theirs = frozenset(map(_lemma, kept)), frozenset(map(_lemma, other.terms))
    return len(mine & theirs) / len(mine) if mine else 0.0


def speaks_ahead(one: Told) -> bool:
    """Whether a statement itself speaks of what is to come."""
    quote = one.statement.content.quote
    return one.statement.commitment.stance in AHEAD or bool(
        _modal(direct=False).search(quote) or _foreseeing().search(quote)
    )


def is_other_version(one: Told, other: Told) -> bool:
    """Whether the other stands in another version of the article: it puts the same words better."""
    return bool(one.entry.report.uri) and one.entry.report.uri == other.entry.report.uri


def _is_in_time(one: Told, other: Told) -> bool:
    """Whether what is told lies after the forecast was made and, where both name a month or a year, in the same."""
    said, due = one.entry.when(one.statement)[:10], due_of(one, after=start_ahead(one))
    for day in days_of(other):
        if len(day) < len("2025-01-01") and due and not (due.startswith(day) or day.startswith(due)):
            return False
        if CALENDAR.fullmatch(day) and last_day(day) < said:
            return False
    return True


def _is_elsewhere(one: Told, other: Told) -> bool:
    """Whether each names what the other does not, or the earlier what the later report has nowhere: another town."""
    mine, theirs = (
        frozenset(name for name in told.entry.name_words if name in words)
        for told, words in ((one, _stems(_foreseen(one))), (other, _stems(other.statement.content.quote)))
    )
    return bool(mine - theirs and theirs - mine) or bool(mine - other.entry.all_words)


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(words))


def subject_of(one: Told) -> frozenset[str]:
    """What a content begins with, up to its verb of time: the stems of its first words that say something."""
    return frozenset([stem(w) for w in WORD.findall(_foreseen(one)) if w.lower() not in stop_words()][:4])


def _foreseen(one: Told) -> str:
    """What is foreseen: a content without who foresees it, "the bank expects"."""
    quote = one.statement.content.quote
    found = _foreseeing().search(quote)
    return quote[found.end() if found else 0 :]


def _lemma(term: str) -> str:
    return _irregular().get(term, term)


@cache
def _irregular() -> dict[str, str]:
    return {
        stem(form): stem(verb) for verb, forms in settings_file("changes.toml")["irregular"].items() for form in forms
    }


@cache
def _not_ahead() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["ahead"]["not_ahead"])


@cache
def _foreseeing() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["ahead"]["foreseeing"])


@cache
def _meant() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["ahead"]["meant"])


@cache
def _inner() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)(?:{'|'.join(settings_file('changes.toml')['ahead']['inner'])})\b", re.IGNORECASE)


@cache
def _modal(*, direct: bool) -> re.Pattern[str]:
    ahead = settings_file("changes.toml")["ahead"]
    words = [*ahead["modals"], *(() if direct else ahead["reported"])]
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) if w[0].isalpha() else w for w in words)})\b", re.IGNORECASE)
