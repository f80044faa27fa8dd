"""What went wrong, as a page or as JSON: the status, what it means, and where to go from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import HTMLResponse, JSONResponse, Response

from onrecord.web.settings import Role
from onrecord.web.templating import render

TITLES = {
    400: "That cannot be read",
    401: "Sign in",
    403: "Not allowed",
    404: "Not on the record",
    405: "Not this way",
    409: "Judged meanwhile",
    413: "Too large",
    422: "That cannot be asked",
    500: "Our fault",
    501: "Not there yet",
    503: "The record cannot be read",
}
TOLD = {  # of every operation of the API
    403: "The token, the host or the origin does not allow it.",
    404: "Nothing on the record has this id.",
    422: "A parameter is off; the detail says in words how.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer."""

    status: int
    title: str
    detail: str


def answer(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The problem in the form that was asked for."""
    problem = Problem(status, TITLES.get(status, "No answer"), detail[:1000])
    path = request.url.path
    if path.startswith("/api/") or path.endswith((".json", ".csv")):
        return JSONResponse(asdict(problem), status, headers, media_type="application/problem+json")
    role = getattr(request.state, "role", Role.NOBODY)
    settings = request.app.state.settings
    page = render("error.html", page=problem, asked=None, path=path, role=role, settings=settings)
    return HTMLResponse(page, status, headers)


def in_words(error: RequestValidationError) -> str:
    """What a request lacks or has too much of, in a line."""
    found = []
    for fault in error.errors():
        name = ".".join(str(part) for part in fault["loc"][1:]) or "the body"
        found.append(f"{name}: {fault['msg'][:1].lower()}{fault['msg'][1:]}")
    return "; ".join(found[:5])
