"""Bodies that reports only describe: "the fire brigade", "the relief agency Open Hand"."""

from __future__ import annotations

import re
from functools import cache

from onrecord.resources import settings_file

ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
OWNER = re.compile(r"^(?:the\s+)?[a-z]+[’']s\s+(?=[a-z])")
TRAILING = re.compile(r"^[a-z][^A-Z]{0,60}?\s(?:(at|of|from|by)\s(?:the\s)?)?((?:[A-Z][\w&'’.-]*\s?){1,6})$")
JOINED = re.compile(r"\s(?:in|near|on|with|for|to|and|or|as)(?:\sthe)?$")
STATES = re.compile(r"^u\.?s\.?(?:a\.?)?\s")
AFTER_HEAD = re.compile(r"\s(?:of|at|for|in|on|from|who|which|that)\b|,")


def body_label(name: str) -> str | None:
    """A key for a described body, by its name at the end or its words; None for people and whoever may be anybody.

    >>> body_label("relief agency Open Hand"), body_label("the fire brigade"), body_label("two witnesses")
    ('name:open hand', 'body:fire brigade', None)
    >>> body_label("the state's water agency")
    'body:water agency'
    """
    bare = ARTICLE.sub("", OWNER.sub("", name.strip()))
    if (trailing := TRAILING.match(bare)) and not JOINED.search(bare[: trailing.start(2)].rstrip()):
        named = trailing[2].strip().lower()
        if not trailing[1] or named.split()[-1] in _nouns():
            return f"name:{named}"
    head = AFTER_HEAD.split(bare, maxsplit=1)[0].split()
    return f"body:{bare.lower()}" if head and head[-1].lower() in _nouns() else None


def body_name(name: str) -> str:
    """A key for a named body, without what kind of company it is.

    >>> body_name("The Acme Tools Ltd.")
    'name:acme tools'
    >>> body_name("U.S. Treasury") == body_name("United States Treasury")
    True
    """
    words = STATES.sub("united states ", ARTICLE.sub("", name.strip()).lower()).split()
    while len(words) > 1 and words[-1].strip(".") in _company_kinds():
        words.pop()
    return f"name:{' '.join(words)}"


@cache
def _company_kinds() -> frozenset[str]:
    return frozenset(settings_file("relations.toml")["bodies"]["kinds"])


@cache
def _nouns() -> frozenset[str]:
    return frozenset(settings_file("relations.toml")["bodies"]["nouns"])
