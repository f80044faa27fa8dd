"""The name that verdicts get: asked once, kept in a cookie of whoever judges."""

from __future__ import annotations

from urllib.parse import unquote

from fastapi import Request

from onrecord.errors import UsageError
from onrecord.ledger.judgements import LONGEST

COOKIE = "onrecord-author"


def author_kept(request: Request) -> str:
    """The name that the cookie keeps; empty for none."""
    name = unquote(request.cookies.get(COOKIE, ""), errors="replace").strip()
    return name if len(name) <= LONGEST["author"] and name.isprintable() else ""


def checked_author(name: str) -> str:
    """A name that can stand in the log."""
    name = name.strip()
    if not name:
        raise UsageError("who judges? every verdict has the name of somebody who answers for it: give yours")
    if not name.isprintable():
        raise UsageError("the name holds a character that cannot be seen")
    if len(name) > LONGEST["author"]:
        raise UsageError(f"the name has {len(name):,} characters; {LONGEST['author']} are the most")
    return name
