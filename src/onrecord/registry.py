"""One lazy table of parts: (kind, name) -> "module:attribute", built-in or from an entry point.

Nothing registers by being imported; a part is imported when it is asked for. Plugins add entry
points in the group `onrecord.<kind>` and come through the same door as our own parts.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from onrecord.errors import Unavailable, UsageError

KINDS = ("reader", "step", "relation", "store", "runner", "exporter", "server")

BUILT_IN: dict[tuple[str, str], str] = {
    ("reader", "text"): "onrecord.read.text:read_text",
    ("reader", "markdown"): "onrecord.read.text:read_markdown",
    ("reader", "html"): "onrecord.read.html:read_html",
    ("reader", "jsonl"): "onrecord.read.jsonl:read_jsonl",
    ("step", "sentences"): "onrecord.annotate.sentences:FindSentences",
    ("step", "mentions"): "onrecord.annotate.mentions:FindMentions",
    ("step", "times"): "onrecord.annotate.times:FindTimes",
    ("step", "figures"): "onrecord.annotate.figures:FindFigures",
    ("step", "attributions-accurate"): "onrecord.annotate.attributions:TagAttributions",
    ("step", "attributions-best"): "onrecord.annotate.attributions:TagBestAttributions",
    ("step", "attributions-fast"): "onrecord.annotate.attributions:FindAttributions",
    ("step", "commitment"): "onrecord.annotate.commitment:JudgeCommitment",
    ("step", "events"): "onrecord.annotate.events.find:FindEvents",
    ("step", "certainty"): "onrecord.annotate.judging.step:JudgeCertainty",
    ("step", "certainty-fast"): "onrecord.annotate.judging.step:JudgeCertaintyByRules",
    ("step", "who"): "onrecord.resolve.who:ResolveWho",
    ("step", "when"): "onrecord.resolve.when:ResolveWhen",
    ("step", "where"): "onrecord.resolve.where:ResolveWhere",
    ("step", "howmuch"): "onrecord.resolve.howmuch:ResolveHowMuch",
    ("step", "references"): "onrecord.resolve.speakers.references:ResolveReferences",
    ("step", "happenings"): "onrecord.resolve.happenings:ResolveHappenings",
    ("store", "memory"): "onrecord.stores.memory:MemoryStore",
    ("store", "sqlite"): "onrecord.stores.sqlite:SqliteStore",
    ("runner", "local"): "onrecord.runners.local:LocalRunner",
    ("exporter", "record"): "onrecord.export.record:export_record",
    ("exporter", "briefing"): "onrecord.export.briefing:export_briefing",
    ("server", "web"): "onrecord.web.serving:serve",
    ("server", "mcp"): "onrecord.mcp.server:serve",
}

ATTRIBUTIONS = "attributions-"  # a step of this name and an engine's finds attributions: "attributions-fast"
ENGINES = ("accurate", "best", "fast")  # ours: a trained tagger (the default), a larger one, rules alone
CERTAINTY = "certainty-"  # with rules alone the step is "certainty-fast", with any other engine "certainty"
RULES = "fast"  # the engine that runs no trained model
STEPS = (
    "sentences",
    "mentions",
    "times",
    "figures",
    "attributions-accurate",
    "commitment",
    "events",
    "certainty",
    "who",
    "when",
    "where",
    "howmuch",
    "references",
    "happenings",
)


def engines() -> tuple[str, ...]:
    """What can find attributions: the names of our engines, the default first, then those that plugins add."""
    added = {name.removeprefix(ATTRIBUTIONS) for name in targets("step") if name.startswith(ATTRIBUTIONS)}
    return ENGINES + tuple(sorted(added.difference(ENGINES)))


def steps(engine: str = ENGINES[0]) -> tuple[str, ...]:
    """The names of the steps with attributions found by `engine`; UsageError for a name nobody has.

    >>> steps("fast")[4]
    'attributions-fast'
    """
    if engine not in engines():
        raise UsageError(f"no engine is called {engine!r}; one of {', '.join(engines())}")
    named = (ATTRIBUTIONS + engine if name.startswith(ATTRIBUTIONS) else name for name in STEPS)
    return tuple(CERTAINTY + engine if name == CERTAINTY[:-1] and engine == RULES else name for name in named)


@cache
def targets(kind: str) -> dict[str, str]:
    """Name -> "module:attribute" of every part of a kind, built-ins first."""
    if kind not in KINDS:
        raise UsageError(f"no kind of part is called {kind!r}; one of {', '.join(KINDS)}")
    own = {name: target for (of, name), target in BUILT_IN.items() if of == kind}
    plugged = {point.name: point.value for point in entry_points(group=f"onrecord.{kind}")}
    return plugged | own  # a plugin adds names, it never replaces a built-in one


def load(kind: str, name: str) -> Any:
    """The part itself, imported now; UsageError for a name nobody has, Unavailable for a missing extra."""
    target = targets(kind).get(name)
    if target is None:
        raise UsageError(f"no {kind} is called {name!r}; one of {', '.join(sorted(targets(kind)))}")
    module, _, attribute = target.partition(":")
    try:
        return getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("onrecord"):
            raise
        raise Unavailable(f"{kind} {name!r} needs {error.name}: pip install 'onrecord[{name}]'") from error
