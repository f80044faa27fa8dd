"""What the product says of an item: its exported record and the views it derives, found by words and not by ids."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from evals.relations.items import Item
from onrecord import registry
from onrecord.export.added import news_of
from onrecord.export.changed import drift, stale
from onrecord.export.opened import find_openings
from onrecord.export.record import export_record
from onrecord.export.shelf import Shelf
from onrecord.flow import add_readings
from onrecord.ledger.store import EVERYTHING, Query, View
from onrecord.link.entry import Entry
from onrecord.link.entry import Told as Linked
from onrecord.link.origins import compare_origins
from onrecord.link.views.aligning import UNCHANGED
from onrecord.model import Copy, Reading
from onrecord.read.jsonl import read_jsonl
from onrecord.stores import open_store

WORD = re.compile(r"\w+")
SAME_WORDS = 0.5  # least share of common words, by their places, of a content and the one pointed at
PRONOUNS = ("he", "she", "it", "they")
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Open:
    """A matter left open."""

    statement: str
    what: str  # accusation, question, promise, forecast
    due: str | None = None  # ISO 8601, as coarse as known
    closed_by: str | None = None  # statement id


@dataclass(frozen=True, slots=True)
class New:
    """What a report adds to what was on the record before it."""

    claims: Collection[str] = ()  # ids of its statements whose claim is new
    speakers: Collection[str] = ()  # names
    figures: Collection[str] = ()  # texts of its figures that are new
    changed: Collection[str] = ()  # ids of its statements by which a known speaker moved


class Views(Protocol):
    """What is derived on reading and stands in no line of the record; None: the product has no such view."""

    def independence(self, a: str, b: str) -> str | None:
        """`independent`, `same origin` or `unknown`, of two statement ids."""

    def changes(self) -> Collection[tuple[str, str | None, str]] | None:
        """(statement id, id of what became of it or None, what) of versions, and along chains of copies."""

    def stale(self) -> Collection[str] | None:
        """Ids of statements in copies that still carry a corrected or withdrawn claim."""

    def open(self) -> Collection[Open] | None:
        """Unanswered accusations and questions, promises and forecasts, closed ones too."""

    def new(self, report: str) -> New | None:
        """What a report adds."""


@dataclass(frozen=True)
class ProductViews:
    """The product's views of a store. Each of these becomes a call as soon as the product derives the view."""

    view: View

    @cached_property
    def _told(self) -> Mapping[str, Linked]:
        """Every statement of the store, as linking sees it, by id."""
        reports = [self.view.report(report.id) for report in self.view.reports()]
        entries = [
            Entry(report, tuple(self.view.statements(Query(report=report.id, attitude=None)))) for report in reports
        ]
        return {one.statement.id: one for entry in entries for one in entry.told}

    @cached_property
    def _copies(self) -> Mapping[frozenset[str], Copy]:
        return {frozenset((copy.source, copy.target)): copy for copy in self.view.copies()}

    def independence(self, a: str, b: str) -> str | None:
        """As the record's links and copies lie."""
        one, other = self._told[a], self._told[b]
        copy = self._copies.get(frozenset((one.entry.report.id, other.entry.report.id)))
        return compare_origins(one, other, copy).independence

    @cached_property
    def _shelf(self) -> Shelf:
        return Shelf(self.view)

    def changes(self) -> Collection[tuple[str, str | None, str]] | None:
        """Versions and drift; what stayed the same in reports of one time is so in either order."""
        found: set[tuple[str, str | None, str]] = set()
        for change in drift(self._shelf, EVERYTHING):
            before, after = (told.statement.id if told else None for told in (change.before, change.after))
            if before:
                found |= {(before, after, what) for what in change.what}
            if before and after and change.what == (UNCHANGED,):
                found.add((after, before, UNCHANGED))
        return found

    def stale(self) -> Collection[str] | None:
        """Copies of what was taken back."""
        statements = self.view.statements(Query(attitude=None))
        return {told.statement.id for told, _ in stale(self._shelf, statements)}

    def open(self) -> Collection[Open] | None:
        """What is open, and what closed it."""
        return [
            Open(one.told.statement.id, one.what, one.due, one.closed_by.statement.id if one.closed_by else None)
            for one in find_openings(self._shelf, EVERYTHING)
        ]

    def new(self, report: str) -> New | None:
        """What a report adds."""
        news = news_of(self._shelf, report)
        return New(
            claims={told.statement.id for told in news.claims},
            speakers={self.view.entity(entity).name for entity, _ in news.speakers},
            figures={figure.text for figure, _ in news.figures},
            changed={move.now.statement.id for move in news.moved},
        )


@dataclass(frozen=True)
class Told:
    """The record of an item's reports, by type, and the views."""

    reports: Sequence[str]  # ids, as the item numbers its reports
    lines: Sequence[Line]
    views: Views
    by: Mapping[str, list[Line]] = field(init=False)

    def __post_init__(self) -> None:
        by: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            by[line["type"]].append(line)
        object.__setattr__(self, "by", by)

    @cached_property
    def statements(self) -> Mapping[str, Line]:
        """The statements by id."""
        return {line["id"]: line for line in self.by["statement"]}

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The texts of the reports by id."""
        return {line["id"]: line["text"] for line in self.by["report"]}

    @cached_property
    def entities(self) -> Mapping[str, Line]:
        """The entities by id."""
        return {line["id"]: line for line in self.by["entity"]}

    def find(self, pointer: Line) -> tuple[str, ...]:
        """Ids of the statements that a pointer means, the closest first: its report, its words, its speaker."""
        return tuple(identity for identity, fits in self._near(pointer) if fits)

    def misread(self, pointer: Line) -> str:
        """Why nothing was found, in words."""
        near = [self.statements[identity] for identity, _ in self._near(pointer)]
        if not near:
            return f"no statement holds {pointer['content'][:50]!r}"
        return f"{pointer['who']} is not the speaker: {(near[0].get('source') or {}).get('text')!r}"

    def _near(self, pointer: Line) -> list[tuple[str, bool]]:
        """(id, whether the speaker fits) of each statement with the pointer's words."""
        report = self.reports[pointer["report"]]
        text = self.texts.get(report, "")
        start = text.find(pointer["content"])
        want = _places(text, [[start, start + len(pointer["content"])]]) if start >= 0 else set()
        near = []
        for line in self.by["statement"]:
            if line["report"] == report:
                have = _places(text, line["content"]["spans"])
                share = len(want & have) / (len(want | have) or 1)
                if share >= SAME_WORDS:
                    near.append((-share, line["id"], self._spoken_by(line, pointer["who"])))
        return [(identity, fits) for _, identity, fits in sorted(near)]

    def _spoken_by(self, line: Line, who: str) -> bool:
        """Whether one of the names of `who` (parted by "/") is the source's, in its words or as resolved.

        A pronoun that the product left open may be anybody: the words alone point then.
        """
        source = line.get("source") or {}
        if not source.get("entity") and (source.get("text") or "").lower() in PRONOUNS:
            return True
        entity = self.entities.get(source.get("entity") or "", {})
        named = [words_of(name) for name in (entity.get("name") or "", *entity.get("aliases", ()))]
        written = words_of(source.get("text") or "")
        for name in who.split("/"):
            words = words_of(name)
            if words in named or holds(written, words):
                return True
            if name.islower() and any(holds(have, words) for have in named):
                return True
        return False


def tell(item: Item, engine: str = registry.ENGINES[0]) -> Told:
    """Adds the reports of an item to an empty store in memory, as a user of the library would."""
    rows = [{"uri": f"{item['id']}/{number}", **report} for number, report in enumerate(item["reports"])]
    readings = list(read_jsonl("\n".join(json.dumps(row) for row in rows).encode()))
    store = open_store("memory:")
    outcome = add_readings(readings, store, engine=engine)
    written: list[str] = []
    export_record(store, written.append)
    ids = [reading.report.id for reading in readings if isinstance(reading, Reading)]
    if outcome.failures or len(ids) != len(rows):
        raise ValueError(f"{item['id']}: a report was refused: {outcome.failures}")
    return Told(ids, [json.loads(line) for line in written], ProductViews(store))


def _places(text: str, spans: Sequence[Sequence[int]]) -> set[tuple[int, str]]:
    return {(found.start(), found.group().lower()) for start, end in spans for found in WORD.finditer(text, start, end)}


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, small, without its article."""
    words = tuple(WORD.findall(name.lower()))
    return words[1:] if words[:1] in (("the",), ("a",), ("an",)) else words


def holds(have: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether `words` stand side by side in `have`; none do not."""
    last = len(have) - len(words)
    return bool(words) and any(have[at : at + len(words)] == words for at in range(last + 1))
