"""What the gold of an item expects, one by one, and whether what was told fulfils it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from evals.relations.items import Item
from evals.relations.told import Line, Told, holds, words_of

DIRECTED = ("confirms", "denies", "updates", "part_of")  # their two ends do not change places
ABSENT = "the product does not say"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation and what became of it."""

    item: str
    part: str  # links, not_linked, independence, ...
    words: str  # the expectation, for people
    nothing: bool  # what is expected is that nothing be drawn
    why: str = ""  # what is there instead; empty: right

    @property
    def right(self) -> bool:
        """Whether the record fulfils it."""
        return not self.why


class Scene:
    """An item beside what was told of it."""

    def __init__(self, item: Item, told: Told) -> None:
        self.item, self.told = item, told
        self.found = {key: told.find(pointer) for key, pointer in item["statements"].items()}

    def lost(self, *keys: str) -> str:
        """Which of these statements were not found, in words; empty where all were."""
        missing = [key for key in keys if not self.found[key]]
        return "; ".join(f"{key}: {self.told.misread(self.item['statements'][key])}" for key in missing)

    def drawn(self, a: str, b: str) -> list[tuple[str, bool]]:
        """(kind, whether it runs from a to b) of every link between two statements of the item."""
        there = []
        for line in self.told.by["link"]:
            for start, end, forward in ((a, b, True), (b, a, False)):
                if line["from"] in self.found[start] and line["to"] in self.found[end]:
                    there.append((str(line["kind"]), forward))
        return there

    def pairs(self, a: str, b: str) -> Iterator[tuple[str, str]]:
        """The ids that two statements of the item may have."""
        yield from product(self.found[a], self.found[b])


def judge(item: Item, told: Told) -> list[Outcome]:
    """Every expectation of an item, in the order of its parts."""
    scene, outcomes = Scene(item, told), []
    for part, judge_one in JUDGES.items():
        for row in item.get(part, ()):
            words, nothing, why = judge_one(scene, row)
            outcomes.append(Outcome(item["id"], part, words, nothing, why))
    return outcomes


def false_contradictions(item: Item, told: Told) -> list[str]:
    """Every `contradicts` that the gold neither expects nor allows, with the words of both ends."""
    scene = Scene(item, told)
    good = {
        frozenset(pair)
        for link in (*item.get("links", ()), *item.get("allowed", ()))
        if "contradicts" in link["kind"].split("/")
        for pair in scene.pairs(link["from"], link["to"])
    }
    drawn = [line for line in told.by["link"] if line["kind"] == "contradicts"]
    ends = [[told.statements[line[end]] for end in ("from", "to")] for line in drawn]
    return [
        " | ".join(f"{(e.get('source') or {}).get('text')}: {e['content']['text']}" for e in pair)
        for pair in ends
        if frozenset(e["id"] for e in pair) not in good
    ]


Judged = tuple[str, bool, str]  # the expectation in words, whether it expects nothing, why it is missed


def _link(scene: Scene, row: Line) -> Judged:
    a, b, kinds = row["from"], row["to"], row["kind"].split("/")
    words = f"{a} {row['kind']} {b}"
    if lost := scene.lost(a, b):
        return words, False, lost
    there = scene.drawn(a, b)
    if any(kind in kinds and (forward or kind not in DIRECTED) for kind, forward in there):
        return words, False, ""
    return words, False, _drawn_words(there) or "no link"


def _not_linked(scene: Scene, row: Line) -> Judged:
    (a, b), kind = row["between"], row.get("kind")
    words = f"{a} and {b}: no {kind or 'link'}"
    if lost := scene.lost(a, b):
        return words, True, lost
    return words, True, _drawn_words([x for x in scene.drawn(a, b) if kind in (None, x[0])])


def _drawn_words(there: list[tuple[str, bool]]) -> str:
    return ", ".join(kind + ("" if forward else " the other way") for kind, forward in there)


def _independence(scene: Scene, row: Line) -> Judged:
    (a, b), wanted = row["between"], row["is"]
    words = f"{a} and {b} are {wanted}"
    nothing = wanted == "unknown"
    if lost := scene.lost(a, b):
        return words, nothing, lost
    told = scene.told.views.independence(scene.found[a][0], scene.found[b][0])
    return words, nothing, "" if told == wanted else told or ABSENT


def _origins(scene: Scene, row: Line) -> Judged:
    key, wanted = row["claim"], row["independent_origins"]
    words = f"the claim of {key} has {wanted} independent"
    if lost := scene.lost(key):
        return words, False, lost
    claims = {line["id"]: line for line in scene.told.by["claim"]}
    claim = claims.get(scene.told.statements[scene.found[key][0]].get("claim") or "")
    if claim is None:
        return words, False, ABSENT
    told = claim["independent_origins"]
    return words, False, "" if told == wanted else f"it has {told}"


def _copy(scene: Scene, row: Line) -> Judged:
    words = f"{row['to']} copies {row['from']}"
    ends = (scene.told.reports[row["from"]], scene.told.reports[row["to"]])
    there = any((line["from"], line["to"]) == ends and line["share"] > 0 for line in scene.told.by["copy"])
    return words, False, "" if there else "no copy line"


def _no_copy(scene: Scene, row: Any) -> Judged:
    ends = {scene.told.reports[number] for number in row}
    shares = [line["share"] for line in scene.told.by["copy"] if {line["from"], line["to"]} == ends]
    wrong = [share for share in shares if share > 0]
    return f"{row[0]} and {row[1]}: no narration copied", True, f"copied: {wrong[0]}" if wrong else ""


def _story(scene: Scene, row: Line) -> Judged:
    apart = "apart" in row
    numbers = row["apart"] if apart else row["together"]
    ids = {scene.told.reports[number] for number in numbers}
    stories = [ids & set(line["reports"]) for line in scene.told.by["story"]]
    words = f"{', '.join(map(str, numbers))} {'in different stories' if apart else 'in one story'}"
    if apart:
        return words, True, "in one" if any(len(held) > 1 for held in stories) else ""
    return words, False, "" if ids in stories else "not in one"


def _flag(scene: Scene, row: Line) -> Judged:
    key, flag, absent = row["statement"], row["flag"], bool(row.get("absent"))
    words = f"{key} {'is not' if absent else 'is'} {flag}"
    if lost := scene.lost(key):
        return words, absent, lost
    there = any(flag in scene.told.statements[identity].get("flags", ()) for identity in scene.found[key])
    return words, absent, "" if there != absent else ("it is" if absent else "not flagged")


def _version(scene: Scene, row: Line) -> Judged:
    ids = scene.told.reports
    lines = {line["id"]: line for line in scene.told.by["report"]}
    there = lines[ids[row["newer"]]].get("supersedes") == ids[row["older"]]
    return f"{row['newer']} is a version of {row['older']}", False, "" if there else "no version"


def _change(scene: Scene, row: Line) -> Judged:
    a, b, what = row["from"], row["to"], row["what"]
    words, nothing = f"{a} to {b or 'nothing'}: {what}", what == "unchanged"
    if lost := scene.lost(*(key for key in (a, b) if key)):
        return words, nothing, lost
    told = scene.told.views.changes()
    if told is None:
        return words, nothing, ABSENT
    ends = set(scene.pairs(a, b)) if b else {(identity, None) for identity in scene.found[a]}
    there = sorted(said for old, new, said in told if (old, new) in ends)
    if nothing:
        return words, nothing, ", ".join(said for said in there if said != what)
    return words, nothing, "" if what in there else ", ".join(there) or "no change"


def _stale(scene: Scene, key: Any) -> Judged:
    words = f"{key} still carries the old claim"
    if lost := scene.lost(key):
        return words, False, lost
    told = scene.told.views.stale()
    if told is None:
        return words, False, ABSENT
    return words, False, "" if set(scene.found[key]) & set(told) else "not named"


def _open(scene: Scene, row: Line) -> Judged:
    return _not_open(scene, row["statement"]) if "absent" in row else _is_open(scene, row)


def _not_open(scene: Scene, key: str) -> Judged:
    words = f"{key} leaves nothing open"
    if lost := scene.lost(key):
        return words, True, lost
    told = scene.told.views.open()
    if told is None:
        return words, True, ABSENT
    return words, True, "".join(one.what for one in told if one.statement in scene.found[key])


def _is_open(scene: Scene, row: Line) -> Judged:
    key, what, due, closed_by = row["statement"], row["what"], row.get("due"), row["closed_by"]
    words = f"{what} {key}" + (f", due {due}" if due else "") + (f", closed by {closed_by}" if closed_by else ", open")
    if lost := scene.lost(*(one for one in (key, closed_by) if one)):
        return words, False, lost
    told = scene.told.views.open()
    if told is None:
        return words, False, ABSENT
    there = [one for one in told if one.statement in scene.found[key] and one.what == what]
    if not there:
        return words, False, "not listed"
    closers = scene.found[closed_by] if closed_by else (None,)
    if not any(one.closed_by in closers for one in there):
        return words, False, "open" if closed_by else "closed"
    on_time = not due or any((one.due or "").startswith(due) for one in there)
    return words, False, "" if on_time else f"due {there[0].due}"


def _new(scene: Scene, row: Line) -> Judged:
    absent = bool(row.get("absent")) or "nothing" in row
    ((what, wanted),) = ((k, v) for k, v in row.items() if k not in ("report", "absent"))
    words = f"report {row['report']} brings {'no ' if absent else ''}new {'anything' if wanted is True else wanted}"
    if what in ("claim", "changed") and (lost := scene.lost(wanted)):
        return words, absent, lost
    told = scene.told.views.new(scene.told.reports[row["report"]])
    if told is None:
        return words, absent, ABSENT
    if what == "nothing":
        there = bool(told.claims or told.speakers or told.figures or told.changed)
    else:
        have = {"claim": told.claims, "changed": told.changed, "speaker": told.speakers, "figure": told.figures}[what]
        there = _named(wanted, have) if what in ("speaker", "figure") else bool(set(scene.found[wanted]) & set(have))
    return words, absent, "" if there != absent else ("it is new" if absent else "not named as new")


def _named(wanted: str, have: Collection[str]) -> bool:
    """Whether one of the names or figures is this one; either may be printed with more words ("40", "40 people")."""
    return any(holds(words_of(a), words_of(b)) for name in have for a, b in ((wanted, name), (name, wanted)))


JUDGES: Mapping[str, Callable[[Scene, Any], Judged]] = {
    "links": _link,
    "not_linked": _not_linked,
    "independence": _independence,
    "origins": _origins,
    "copies": _copy,
    "not_copies": _no_copy,
    "stories": _story,
    "flags": _flag,
    "supersedes": _version,
    "changes": _change,
    "stale": _stale,
    "open": _open,
    "new": _new,
}
