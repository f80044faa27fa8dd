"""The name that verdicts get: asked once, kept in a cookie of whoever judges."""

from __future__ import annotations

from urllib.parse import unquote

from fastapi import Request

from onrecord.errors import UsageError
from onrecord.ledger.judgements import LONGEST
from onrecord.web.parameters import read_words

COOKIE = "onrecord-author"


def author_kept(request: Request) -> str:
    """The name that the cookie keeps; empty for none."""
    name = unquote(request.cookies.get(COOKIE, ""), errors="replace").strip()
    return name if len(name) <= LONGEST["author"] and name.isprintable() else ""


def checked_author(name: str) -> str:
    """A name that can stand in the log."""
    found = read_words("the name", name, LONGEST["author"])
    if not found:
        raise UsageError("who judges? every verdict has the name of somebody who answers for it: give yours")
    if is_broken(found):
        raise UsageError("the name holds half a character")
    return found


def is_broken(text: str) -> bool:
    """Whether a text holds half of a letter that takes two code units: nothing can be written with it."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)
