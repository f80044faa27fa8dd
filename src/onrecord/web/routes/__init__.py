"""The pages, a module each; and those from which readers start."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

# Every module of this package that has a `router`, in the order in which addresses are matched.
MODULES = (
    "story",
    "reports",
    "report",
    "statements",
    "claims",
    "figures",
    "timeline",
    "map",
    "backing",
    "speakers",
    "check",
    "opened",
    "brief",
    "review",
    "review_log",
    "review_correct",
    "review_entities",
    "review_api",
    "adding",
    "anything",
    "signing",
    "api",
)

# (module, address, words, least role): the bar on top of every page.
NAVIGATION = (
    ("story", "/", "Story", "reader"),
    ("reports", "/reports", "Reports", "reader"),
    ("statements", "/statements", "Statements", "reader"),
    ("claims", "/claims", "Claims", "reader"),
    ("figures", "/figures", "Figures", "reader"),
    ("timeline", "/timeline", "Timeline", "reader"),
    ("map", "/map", "Map", "reader"),
    ("backing", "/backing", "Who backs whom", "reader"),
    ("speakers", "/speakers", "Speakers", "reader"),
    ("opened", "/open", "Open", "reader"),
    ("brief", "/brief", "Briefing", "reader"),
    ("review", "/review", "Review", "reviewer"),
    ("adding", "/add", "Add", "admin"),
)


@cache
def modules() -> tuple[str, ...]:
    """Those that are there."""
    return tuple(name for name in MODULES if find_spec(f"{__name__}.{name}"))


def navigation() -> tuple[tuple[str, str, str], ...]:
    """(address, words, least role) of those that are there."""
    there = modules()
    return tuple((address, words, role) for name, address, words, role in NAVIGATION if name in there)


def has_page(name: str) -> bool:
    """Whether the module is there."""
    return name in modules()
