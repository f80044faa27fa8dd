"""Who may do what, and from where: roles by token, forms from our own pages alone, no bodies without end."""

from __future__ import annotations

from collections.abc import Callable
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import OnRecordError
from onrecord.web.settings import MEBIBYTE, Role, Settings, is_loopback

COOKIE = "onrecord-token"
WRITING = frozenset(("POST", "PUT", "PATCH", "DELETE"))
OPEN = ("/static/", "/sign-in", "/sign-out")  # what needs no token


class Forbidden(OnRecordError):
    """Whoever asks may not do this; the message says what it takes."""


class TooLarge(HTTPException):
    """More was sent than is read at once."""

    def __init__(self, most: int) -> None:
        words = f"too large: {most // MEBIBYTE} MiB is the most that is read at once; `onrecord add` takes more"
        super().__init__(413, words)


class Guard:
    """Looks at each request before any page does: its host, its origin, its size, and whose token it carries.

    `request.state.role` says afterwards what whoever asks may do. What is off is kept in `request.state.refused` and
    raised by `refuse` inside the application, where errors become pages.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        state = scope.setdefault("state", {})
        state["role"] = role_of(headers, self.settings)
        state["refused"] = _fault(scope, headers, state["role"], self.settings)
        await self.app(scope, _counted(receive, self.settings.most_bytes), send)


def role_of(headers: Headers, settings: Settings) -> Role:
    """What the token of a request allows; everything where there are none and only this machine can ask."""
    if not settings.tokens:
        return Role.ADMIN if settings.is_local else Role.NOBODY
    return role_of_secret(_given_token(headers), settings)


def role_of_secret(secret: str, settings: Settings) -> Role:
    """The role of whoever has a secret; nobody's where no token has it."""
    given = secret.encode("utf-8", "surrogatepass")
    roles = [token.role for token in settings.tokens if compare_digest(token.secret.encode(), given)]
    return max(roles, default=Role.NOBODY)


def _given_token(headers: Headers) -> str:
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return secret.strip()
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def _fault(scope: Scope, headers: Headers, role: Role, settings: Settings) -> Exception | None:
    host = headers.get("host", "")
    # Without tokens whoever reaches us may do everything: no page elsewhere may get here under a name of its own.
    if not settings.tokens and not is_loopback(_name_of(host)):
        return Forbidden(f"this reading room answers to 127.0.0.1 and localhost, not to {host[:80]!r}")
    if scope["method"] in WRITING and not _is_from_here(headers, scope["scheme"], host):
        return Forbidden("this form was not sent from a page of this reading room, so nothing was changed")
    if role is Role.NOBODY and not scope["path"].startswith(OPEN):
        return Forbidden("reading takes a token: sign in, or send it as Authorization: Bearer TOKEN")
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length[:20]) > settings.most_bytes:
        return TooLarge(settings.most_bytes)
    return None


def _name_of(host: str) -> str:
    """A Host header without its port: "[::1]:8400" -> "[::1]"."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() and not name.endswith(":") else host


def _is_from_here(headers: Headers, scheme: str, host: str) -> bool:
    """Whether a request that changes something comes from our own page, or from a program that is no browser."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin == f"{scheme}://{host}"


def _counted(receive: Receive, most: int) -> Receive:
    """The body, until it has more bytes than it may."""
    taken = 0

    async def receive_counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLarge(most)
        return message

    return receive_counted


def refuse(request: Request) -> None:
    """Raises what the guard found; the application depends on it everywhere."""
    if request.state.refused is not None:
        raise request.state.refused


def at_least(role: Role) -> Callable[[Request], None]:
    """A dependency for routes that take more than reading: `dependencies=[Depends(at_least(Role.REVIEWER))]`."""

    def check(request: Request) -> None:
        settings: Settings = request.app.state.settings
        if settings.read_only and role > Role.READER:
            raise Forbidden("this reading room is read only")
        if request.state.role < role:
            raise Forbidden(f"this takes the role of {'an' if role is Role.ADMIN else 'a'} {role.name.lower()}")

    return check


Reviewer = Annotated[None, Depends(at_least(Role.REVIEWER))]
Admin = Annotated[None, Depends(at_least(Role.ADMIN))]
