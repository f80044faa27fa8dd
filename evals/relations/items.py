"""The items of the set, read and checked: a gold that points at nothing is an error of the gold, not a miss."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KINDS = (
    "conflicting-tolls",
    "revised-figures",
    "different-scope",
    "part-whole",
    "non-denial",
    "nested",
    "correction",
    "credited-copy",
    "independent",
    "press-conference",
    "forecast-actual",
    "anonymous",
    "stale-reprint",
    "look-alike",
    "hedge-lost",
    "re-attribution",
)
LINKS = ("repeats", "corroborates", "confirms", "denies", "contradicts", "updates", "part_of")
INDEPENDENCE = ("independent", "same origin", "unknown")
CHANGES = ("removed", "hedge dropped", "hedge added", "re-attributed", "figure moved", "unchanged")
OPEN = ("accusation", "question", "promise", "forecast")
NEW = ("claim", "speaker", "figure", "changed", "nothing")
FIELDS = {
    *("id", "kinds", "note", "reports", "statements", "links", "allowed", "not_linked", "independence", "origins"),
    *("copies", "not_copies", "stories", "flags", "supersedes", "changes", "stale", "open", "new"),
}
Item = Mapping[str, Any]


def load_items(path: Path = HERE / "items.jsonl") -> tuple[Item, ...]:
    """The items in order; ValueError, with the item and what is off, for the first that does not hold."""
    items = tuple(json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    for item in items:
        for wrong in wrong_with(item):
            raise ValueError(f"{item.get('id')}: {wrong}")
    return items


def wrong_with(item: Item) -> Iterator[str]:
    """What is off with an item, in words; nothing where it holds."""
    if unknown := sorted(set(item) - FIELDS):
        yield f"no part is called {', '.join(unknown)}"
    if odd := [kind for kind in item["kinds"] if kind not in KINDS]:
        yield f"no kind of item is called {', '.join(odd)}"
    reports, statements = item["reports"], item["statements"]
    for key, statement in statements.items():
        number = statement["report"]
        if not 0 <= number < len(reports):
            yield f"{key} points at report {number}"
        elif reports[number]["text"].count(statement["content"]) != 1:
            yield f"the words of {key} do not stand once in report {number}"
    yield from (f"no statement {key!r}" for key in _pointed(item) if key not in statements)
    yield from (f"no report {number}" for number in _numbered(item) if not 0 <= number < len(reports))
    for what, word, known in _worded(item):
        if word not in known:
            yield f"{what}: {word!r} is none of {', '.join(known)}"


def _pointed(item: Item) -> Iterator[str]:
    """Every key of a statement that a part uses."""
    for link in (*item.get("links", ()), *item.get("allowed", ())):
        yield from (link["from"], link["to"])
    for pair in (*item.get("not_linked", ()), *item.get("independence", ())):
        yield from pair["between"]
    for change in item.get("changes", ()):
        yield from (key for key in (change["from"], change["to"]) if key is not None)
    for row in item.get("open", ()):
        yield from (key for key in (row["statement"], row.get("closed_by")) if key is not None)
    yield from (row["claim"] for row in item.get("origins", ()))
    yield from (row["statement"] for row in item.get("flags", ()))
    yield from item.get("stale", ())
    yield from (row[what] for row in item.get("new", ()) for what in ("claim", "changed") if what in row)


def _numbered(item: Item) -> Iterator[int]:
    """Every number of a report that a part uses."""
    for copy in item.get("copies", ()):
        yield from (copy["from"], copy["to"])
    for pair in item.get("not_copies", ()):
        yield from pair
    for story in item.get("stories", ()):
        yield from story.get("together", story.get("apart"))
    for versions in item.get("supersedes", ()):
        yield from (versions["newer"], versions["older"])
    yield from (row["report"] for row in item.get("new", ()))


def _worded(item: Item) -> Iterator[tuple[str, str, Sequence[str]]]:
    """(part, word, the words that it may be) of every word from a closed list."""
    for part in ("links", "allowed", "not_linked"):
        for link in item.get(part, ()):
            yield from ((part, kind, LINKS) for kind in link.get("kind", "").split("/") if kind)
    yield from (("independence", row["is"], INDEPENDENCE) for row in item.get("independence", ()))
    yield from (("changes", row["what"], CHANGES) for row in item.get("changes", ()))
    yield from (("open", row["what"], OPEN) for row in item.get("open", ()) if "absent" not in row)
    for row in item.get("new", ()):
        yield from (("new", what, NEW) for what in row if what not in ("report", "absent"))
