"""One door for all pages: the same object is a page to look at, its `.json` twin, `.csv` for lists, and the API.

How a page is added:

1. A module in `routes/` with a `router`, named in `routes.MODULES` (and `routes.NAVIGATION`, if readers start there):

       router = APIRouter()

       @dataclass(frozen=True, slots=True, kw_only=True)
       class SpeakersPage(ListPage):
           rows: tuple[SpeakerRow, ...]

       @page(router, "/speakers", "speakers.html", csv="rows")
       def speakers(asked: AskedFor) -> SpeakersPage:
           \"\"\"The sources, those with most statements first.\"\"\"
           return SpeakersPage(**asked.paged("Speakers", asked.view.speakers, speaker_row))

   `asked` is what was asked for: `asked.view` (the record, judgements applied, as of the date that is asked for),
   `asked.query`, `asked.names`, `asked.filters`, `asked.page`. Nothing else reaches the record. Path parameters
   are plain parameters of the function (`identity: Identity`); others are made and read by `web.parameters`, so that
   the description of the API says what they may hold. `paged` reads the page of a list that is asked for and fills
   what every `ListPage` has; `listed` does so for rows that no Query gives. A function reads and returns; it is a
   `def`, never `async`, because reading blocks.
2. A template of that name in `templates/`, which extends `base.html` (or `list.html` for a list) and gets `page`, the
   object, and `asked`. Macros are in `macros.html`. No `style=`, no `<style>`, no script in a page, no `on...=`.
3. Its addresses, a line each, in a file of `tests/web/addresses/`: `test_every_page.py` opens them all. What is its own
   is tested in a file of `tests/web/`.

`page` makes `/speakers`, `/speakers.json`, `/speakers.csv` and `/api/v1/speakers`. Errors are raised as everywhere:
`UnknownId` becomes 404, `UsageError` 422, `Forbidden` 403, each with its words. What changes something is a POST of its
own, `@router.post(..., dependencies=[Depends(at_least(Role.REVIEWER))])`, and answers with a redirect (303).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import islice
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from onrecord import __version__
from onrecord.export.asof import as_known
from onrecord.export.cells import cell, csv_line
from onrecord.export.naming import Names
from onrecord.ledger.store import Query, Store, View
from onrecord.review.reading import Reviewed
from onrecord.web.assets import digest
from onrecord.web.authors import author_kept
from onrecord.web.filters import Facet, Filters, make_filters, make_page_number
from onrecord.web.keeping import Keeper
from onrecord.web.parameters import check_once
from onrecord.web.settings import Role, Settings
from onrecord.web.templating import render

MOST_IN_CSV = 10_000  # rows; a page of a list has Settings.rows
API = "/api/v1"
AT_HAND = 60  # reports of a record that may be looked through for one page
YEAR = 365 * 24 * 3600  # seconds
Item = TypeVar("Item")
PageFunction = TypeVar("PageFunction", bound=Callable[..., Any])


class NotModified(Exception):
    """Whoever asks has this page already."""


class Moved(Exception):
    """What is asked for is at another address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """What every list has beside its rows."""

    title: str
    facets: tuple[Facet, ...]  # the filters that are set, in words
    page: int  # from 1
    has_more: bool  # whether there is a next page
    total: int | None = None  # rows of all pages; None where that is not counted


class Asked:
    """What a request asks for, and the record it asks."""

    def __init__(self, request: Request, filters: Filters, page: int) -> None:
        self.request = request
        self.filters = filters
        self.page = page
        self.story: str | None = None  # the story that this page is about, kept as one goes on from it
        self.remembered: dict[str, str] = {}  # cookies that the page in HTML sets
        self.drawn: dict[str, Markup] = {}  # charts that the page in HTML shows
        self.settings: Settings = request.app.state.settings
        self.store: Store = request.app.state.store  # for what changes it: nothing reads from here
        judged: Reviewed = request.app.state.record
        self.record: Reviewed = judged.pinned()  # the whole record, the judgements of this moment applied
        self.state = _state_of(self.store)  # changes with it

    @cached_property
    def view(self) -> View:
        """The record as of the date that is asked for."""
        return as_known(self.record, self.filters.as_of)

    @cached_property
    def names(self) -> Names:
        """How people and outlets are written."""
        return Names(self.view)

    @cached_property
    def query(self) -> Query:
        """What the filters ask for."""
        return self.filters.query(self.record)

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """The filters in words."""
        return self.filters.facets(self.names, self.record)

    @property
    def author(self) -> str:
        """The name that verdicts of whoever asks get; empty until it is given."""
        return author_kept(self.request)

    @cached_property
    def judged_by(self) -> dict[str, str]:
        """Who judged a statement last, by its id."""
        standings = self.record.applied.statements
        authors = {one.id: one.author for one in self.record.judgements()} if standings else {}
        return {identity: authors.get(standing.judgements[-1], "") for identity, standing in standings.items()}

    @property
    def path(self) -> str:
        """The path of the page, without the ending of its twins."""
        path = self.request.url.path.removeprefix(API)
        return path.removesuffix(".json").removesuffix(".csv")

    def twin(self, ending: str) -> str:
        """The address of this page as JSON or CSV, with its filters."""
        search = self.request.url.query
        return f"{'/index' if self.path == '/' else self.path}.{ending}{'?' + search if search else ''}"

    @property
    def scope(self) -> str:
        """The query string that pages keep as one goes from one to another: the story and the date."""
        return Filters(story=self.story or self.filters.story, as_of=self.filters.as_of).search()

    def to(self, path: str) -> str:
        """A link to `path` that looks at the record as of the same date."""
        if self.filters.as_of is None:
            return path
        place, sharp, fragment = path.partition("#")
        return place + ("&" if "?" in place else "?") + "as_of=" + quote(self.filters.as_of) + sharp + fragment

    def is_at(self, address: str) -> bool:
        """Whether this page is the one at an address of the bar, or below it."""
        if address == "/":
            return self.path == "/" or self.path.startswith("/stories")
        return self.path == address or self.path.startswith(address + "/")

    @property
    def is_html(self) -> bool:
        """Whether a page to look at is asked for."""
        path = self.request.url.path
        return not (path.startswith(API) or path.endswith((".json", ".csv")))

    @property
    def role(self) -> Role:
        """What whoever asks may do."""
        role: Role = self.request.state.role
        return role

    @property
    def size(self) -> int:
        """Rows on a page."""
        return MOST_IN_CSV if self.request.url.path.endswith(".csv") else self.settings.rows

    def kept(self, name: str, make: Callable[[], Item]) -> Item:
        """What `make` gives for the filters of this page, made once as long as the record stays as it is.

        For what takes long. It must not depend on who asks.
        """
        keeper: Keeper = self.request.app.state.keeper
        return keeper.kept((self.state, name, self.path, self.filters.search()), make)

    def may(self, role: str) -> bool:
        """Whether whoever asks has the role: what they may not do, a page does not offer."""
        wanted = Role[role.upper()]
        return self.role >= wanted and not (self.settings.read_only and wanted > Role.READER)

    def link(self, page: int) -> str:
        """The same list at another page."""
        search = self.filters.search()
        return f"{self.path}{search}{'&' if search else '?'}page={page}" if page > 1 else self.path + search

    def paged(
        self,
        title: str,
        read: Callable[[Query], Iterable[Item]],
        make_row: Callable[[Item], Any],
        kind: str | None = None,
    ) -> dict[str, Any]:
        """The fields of a `ListPage` of what `read` gives for the query; only this page is read.

        With a `kind` that `View.how_many` knows the page tells how many there are in all.
        """
        part = replace(self.query, skip=(self.page - 1) * self.size, limit=self.size + 1)
        total = self.view.how_many(kind, self.query) if kind else None
        return self._fields(title, list(read(part)), make_row, total)

    def listed(self, title: str, items: Iterable[Item], make_row: Callable[[Item], Any]) -> dict[str, Any]:
        """Likewise of items that no query gives; those before this page are passed over."""
        start = (self.page - 1) * self.size
        return self._fields(title, list(islice(items, start, start + self.size + 1)), make_row, None)

    def _fields(
        self, title: str, found: list[Item], make_row: Callable[[Item], Any], total: int | None
    ) -> dict[str, Any]:
        return {
            "title": title,
            "facets": self.facets,
            "page": self.page,
            "has_more": len(found) > self.size,
            "total": total,
            "rows": tuple(make_row(item) for item in found[: self.size]),
        }


def make_asked(
    request: Request,
    filters: Annotated[Filters, Depends(make_filters)],
    page: Annotated[int, Depends(make_page_number)],
) -> Asked:
    """What is asked; NotModified where the record has not changed since it was asked before."""
    check_once(request.query_params)
    asked = Asked(request, filters, page)
    request.state.etag = tag = _etag(asked)
    if tag in request.headers.get("if-none-match", ""):
        raise NotModified
    return asked


AskedFor = Annotated[Asked, Depends(make_asked)]


def page(
    router: APIRouter, path: str, template: str, *, csv: str | None = None
) -> Callable[[PageFunction], PageFunction]:
    """Makes a function the page at `path`, its `.json` twin, its `.csv` twin of the rows in that field, and its API."""

    def decorate(function: PageFunction) -> PageFunction:
        name = function.__name__
        if csv is not None:
            router.add_api_route(
                path + ".csv", _as_csv(function, csv), include_in_schema=False, response_model=None, name=f"{name}_csv"
            )
        router.add_api_route(path + ".json", function, include_in_schema=False, name=f"{name}_json")
        router.add_api_route(API + path, function, name=f"{name}_api", operation_id=name, summary=_title_of(name))
        router.add_api_route(
            path, _as_html(function, template), include_in_schema=False, response_model=None, name=name
        )
        return function

    return decorate


def _as_html(function: Callable[..., Any], template: str) -> Callable[..., Response]:
    def show(**given: Any) -> Response:
        made, asked = function(**given), given["asked"]
        answer = HTMLResponse(render(template, page=made, asked=asked))
        for name, value in asked.remembered.items():
            answer.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="lax")
        return answer

    return _alike(show, function)


def _as_csv(function: Callable[..., Any], field: str) -> Callable[..., Response]:
    def write(**given: Any) -> Response:
        rows = getattr(function(**given), field)
        lines = [csv_line(rows[0].keys())] if rows else []
        lines += [csv_line(map(cell, row.values())) for row in rows]
        return Response("".join(lines), media_type="text/csv; charset=utf-8")

    return _alike(write, function)


def _alike(made: Callable[..., Response], function: Callable[..., Any]) -> Callable[..., Response]:
    """`made` with the parameters of `function`, so that both are given the same."""
    made.__name__, made.__doc__ = function.__name__, function.__doc__
    made.__signature__ = inspect.signature(function, eval_str=True).replace(return_annotation=Response)  # type: ignore[attr-defined]
    return made


def _title_of(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _state_of(store: Store) -> str:
    """What changes whenever the record does: reports come in, their links are drawn, somebody judges. Cheap to ask."""
    last = store.last_judgement()
    return f"{store.how_many('report')} {len(store.unsettled())} {last.hash if last else ''}"


def _etag(asked: Asked) -> str:
    """Of all that a page depends on: the program, the record, what is being added, the address, who asks, cookies."""
    request = asked.request
    stamp = request.app.state.intake.stamp
    whole = (__version__, digest(), asked.state, stamp, str(request.url), asked.role, request.cookies)
    return f'W/"{sha256(repr(whole).encode("utf-8", "replace")).hexdigest()[:32]}"'
