"""Signing in with a token, where the reading room has any, and out again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.web.access import COOKIE, Forbidden, role_of_secret
from onrecord.web.settings import Role, Settings
from onrecord.web.templating import render

router = APIRouter(include_in_schema=False)
DAYS = 30
LONGEST = 500  # characters of a token


@router.get("/sign-in")
def sign_in_form(request: Request) -> Response:
    """The form."""
    return _form(request, "")


@router.post("/sign-in")
def sign_in(request: Request, token: Annotated[str, Form(max_length=LONGEST)] = "") -> Response:
    """Keeps the token in a cookie that no script reads."""
    settings: Settings = request.app.state.settings
    secret = token.strip().rpartition(":")[2] if ":" in token else token.strip()
    if role_of_secret(secret, settings) is Role.NOBODY:
        return _form(request, "No token of this reading room is that.", 403)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=DAYS * 24 * 3600,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/sign-out")
def sign_out() -> Response:
    """Forgets the token."""
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE)
    return answer


def _form(request: Request, fault: str, status: int = 200) -> Response:
    settings: Settings = request.app.state.settings
    if not settings.tokens:
        raise Forbidden("this reading room has no tokens: whoever sits at this machine may do everything")
    page = {"title": "Sign in", "fault": fault, "role": request.state.role.name.lower()}
    return HTMLResponse(render("sign_in.html", page=page, asked=None), status)
