"""What pages that judge share: who judges, what a form gives, one verdict at a time, where it leads next."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Annotated
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.errors import OnRecordError, UsageError
from onrecord.ledger.judgements import LONGEST, in_force
from onrecord.model import Judgement, Span
from onrecord.review.reading import Reviewed
from onrecord.review.verdicts import JudgedMeanwhile, Reviewer
from onrecord.web.access import at_least
from onrecord.web.authors import COOKIE, author_kept, checked_author, is_broken
from onrecord.web.filters import Filters
from onrecord.web.pages import YEAR, Asked, AskedFor
from onrecord.web.parameters import read_words
from onrecord.web.settings import Role
from onrecord.web.templating import render

QUEUE = "/review"
MOST_FIELDS = 1000
LONGEST_TYPED = 100_000  # characters of a field
MOST_PIECES = 200  # of a source, cue or content
_ADDRESS = re.compile(r"/(?![/\\])[!-\[\]-~]*", re.ASCII)
_PLACES = re.compile(r"\d{1,9}:\d{1,9}(,\d{1,9}:\d{1,9})*", re.ASCII)
_ONE_AT_A_TIME = Lock()  # between the look at what was judged and the verdict nobody else judges


def as_reviewer(request: Request, asked: AskedFor) -> Asked:
    """What is asked, by somebody who may judge; Forbidden for others."""
    at_least(Role.REVIEWER)(request)
    return asked


AskedToReview = Annotated[Asked, Depends(as_reviewer)]


class Given:
    """What a form gives: text by the names of its fields."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields

    def one(self, name: str) -> str:
        """A field without white space at its ends; empty where it is not there."""
        return next(iter(self._fields.get(name, ())), "").strip()

    def each(self, name: str) -> tuple[str, ...]:
        """All fields of a name that are not empty, each once."""
        return tuple(dict.fromkeys(value.strip() for value in self._fields.get(name, ()) if value.strip()))

    def has(self, name: str) -> bool:
        """Whether a field was sent, be it empty."""
        return name in self._fields


async def read_form(request: Request) -> Given:
    """The fields of the form that was sent; UsageError for one that is too long. Files are no fields."""
    fields: dict[str, list[str]] = {}
    async with request.form(max_fields=MOST_FIELDS, max_files=MOST_FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                if len(value) > LONGEST_TYPED:
                    raise UsageError(f"{name[:40]} has {len(value):,} characters; {LONGEST_TYPED:,} are the most")
                fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return Given(fields)


FormGiven = Annotated[Given, Depends(read_form)]


def author_of(request: Request, given: Given) -> str:
    """Who judges: as the form says, else as is kept; UsageError in words for nobody."""
    name = given.one("author") if given.has("author") else author_kept(request)
    return checked_author(name)


def checked_note(note: str | None) -> str | None:
    """A note that can stand in the log; None for an empty one."""
    note = (note or "").strip()
    if len(note) > LONGEST["note"]:
        raise UsageError(f"the note has {len(note):,} characters; {LONGEST['note']:,} are the most")
    if is_broken(note):
        raise UsageError("the note holds half a character")
    return note or None


def checked_name(name: str | None) -> str | None:
    """What somebody else or new is called, as it can stand in the log; None for nothing."""
    found = read_words("the name", name or "", LONGEST["name"])
    if found and is_broken(found):
        raise UsageError("the name holds half a character")
    return found


def give_verdict(
    request: Request, author: str, judge: Callable[[Reviewer], Judgement], *, of: str = "", seen: str | None = None
) -> Judgement:
    """What `judge` puts in the log; JudgedMeanwhile where a verdict on `of` came after the one that was seen."""
    state = request.app.state
    with _ONE_AT_A_TIME:
        reviewer = Reviewer(state.store, author, view=state.record.pinned())
        if of:
            reviewer.expect(of, seen)
        return judge(reviewer)


def led_on(request: Request, given: Given, author: str, made: Judgement | None, *, place: str = "") -> Response:
    """Where the form wanted to go, or to `place`, which tells what was done; the author's name is kept."""
    place, _, search = (place or address_of(given.one("next"))).partition("?")
    pairs = [(name, value) for name, value in parse_qsl(search) if name != "done"]
    pairs += [("done", made.id)] if made else []
    answer = RedirectResponse(place + ("?" + urlencode(pairs) if pairs else ""), 303)
    if author != author_kept(request):
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, quote(author), max_age=YEAR, httponly=True, samesite="lax", secure=secure)
    return answer


def address_of(given: str) -> str:
    """An address of this reading room; the queue's for anything else."""
    return given.partition("#")[0] if len(given) <= 2000 and _ADDRESS.fullmatch(given) else QUEUE


def places_of(given: str) -> tuple[Span, ...] | None:
    """Pieces as a script writes them, "120:134,150:162" in code points; None for anything else."""
    if not _PLACES.fullmatch(given) or given.count(",") >= MOST_PIECES:
        return None
    ends = [tuple(map(int, piece.split(":"))) for piece in given.split(",")]
    return tuple(Span(start, end) for start, end in ends) if all(start < end for start, end in ends) else None


def put_places(spans: tuple[Span, ...]) -> str:
    """Pieces as `places_of` reads them."""
    return ",".join(f"{span.start}:{span.end}" for span in spans)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was refused: why, and what was typed."""

    fault: str
    status: int
    given: Given

    def field(self, name: str, before: str = "") -> str:
        """What was typed into a field; what was there before where it was not sent."""
        return self.given.one(name) if self.given.has(name) else before

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.given.one(name))


NOTHING_TYPED = Typed("", 200, Given({}))


def refused(error: OnRecordError, given: Given) -> Typed:
    """Why a form was not taken."""
    return Typed(str(error), 409 if isinstance(error, JudgedMeanwhile) else 422, given)


def shown_again(request: Request, template: str, typed: Typed, make: Callable[[Asked], object]) -> Response:
    """The page of a form that was refused: what is wrong with it, and what was typed."""
    asked = Asked(request, Filters(), 1)
    return HTMLResponse(render(template, page=make(asked), asked=asked, typed=typed), typed.status)


def newest_of(view: Reviewed, author: str) -> Judgement | None:
    """The newest judgement of an author that holds: what `undo` takes back."""
    mine = (one for one in reversed(in_force(view.judgements())) if one.author == author)
    return next(mine, None) if author else None
