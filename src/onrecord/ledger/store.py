"""What every store offers: records in, records out; no row, cursor, SQL or driver error leaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from onrecord.model import (
    Claim,
    Copy,
    Entity,
    Event,
    Failure,
    Figure,
    Judgement,
    Link,
    Mention,
    Origin,
    Page,
    Report,
    Source,
    Statement,
    Story,
    StoryChange,
    TimeExpression,
)

Record = (
    Report
    | Entity
    | Mention
    | TimeExpression
    | Figure
    | Statement
    | Event
    | Claim
    | Origin
    | Link
    | Story
    | Copy
    | Judgement
)


@dataclass(frozen=True, slots=True)
class Query:
    """What a list shows; every field that is set narrows it. Empty: everything, in order of the reports' dates.

    A name fits an entity that has it, case, accents and a leading "the" apart; where nothing has
    it, the entities fit whose names hold its words side by side ("Byron" in "Ada Byron"). Sources
    that are nobody's name are met by their own words. A coarse date fits any bound it may lie
    within: "2024-10" is both since and until 2024-10-15; a report without a date fits neither.

    For reports, `who`, `about`, `stance` and `plain` ask for a statement that fits. For figures,
    they look at the statement that holds the figure (`about` also at where the figure is), and
    `attitude` is not looked at. A claim fits where one of its statements does.
    """

    who: str | None = None  # a name or an entity id of a speaker
    about: str | None = None  # a name or an entity id: statements whose content mentions the entity
    stance: str | None = None
    report: str | None = None  # report id
    story: str | None = None  # story id
    since: str | None = None  # ISO 8601 date, included: published on or after
    until: str | None = None  # ISO 8601 date, included
    as_of: str | None = None  # ISO 8601: reports published by then; those without a date by their retrieval
    text: str | None = None  # full-text words, all of which must occur, case and accents folded
    attitude: str | None = "speech"  # None: every attitude
    plain: bool | None = None
    status: str | None = None  # of claims
    review: str | None = (
        None  # none, confirmed, corrected, rejected, all; unset: all but rejected; see `review.reading`
    )
    series: str | None = None  # of figures: the id of the quantity that they follow
    limit: int | None = None
    skip: int = 0  # of what fits, passed over before the limit counts
    largest: bool = False  # claims: those with most statements first


EVERYTHING = Query()


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """A source and how much of the record it has."""

    entity: Entity | None  # None: sources without a name
    name: str
    statements: int
    reports: int
    first: str | None  # ISO 8601 date of publication
    last: str | None


class View(Protocol):
    """Reading. Lists come in the order (published, report id, start of the content, id)."""

    def counts(self) -> dict[str, int]:
        """How many lines of each type the record has: report, entity, mention, time, figure, statement, link, ..."""

    def reports(self, query: Query = EVERYTHING) -> Iterator[Report]:
        """Reports without their layers (sections and flags are there), by (published, id)."""

    def newest(self, as_of: str | None = None) -> str | None:
        """The greatest date of publication, as text, of reports known by `as_of`; None where none has a date."""

    def how_many(self, kind: str, query: Query = EVERYTHING) -> int:
        """How many reports, statements, figures or claims fit, by the name of the kind; limit and skip apart."""

    def report(self, report_id: str) -> Report:
        """One report with its layers, and entities as this report gives them; UnknownId otherwise."""

    def has_report(self, report_id: str) -> bool:
        """Whether the report is on the record."""

    def source(self, report_id: str) -> Source:
        """The bytes the report was read from; Unavailable where they are not held (read from a record)."""

    def statements(self, query: Query = EVERYTHING) -> Iterator[Statement]:
        """Statements that fit."""

    def statement(self, statement_id: str) -> Statement:
        """One statement."""

    def statements_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Statement, ...]:
        """At most `most` statements that fit, those that share the rarest of some stems first."""

    def reports_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Report, ...]:
        """Likewise reports, without their layers."""

    def figures(self, query: Query = EVERYTHING) -> Iterator[Figure]:
        """Figures that fit; `who` and `stance` look at the statement that holds the figure."""

    def mentions(self, report_id: str) -> tuple[Mention, ...]:
        """The mentions of a report in order."""

    def times(self, report_id: str) -> tuple[TimeExpression, ...]:
        """The times of a report in order."""

    def events(self, report_id: str) -> tuple[Event, ...]:
        """The events of a report in order."""

    def entity(self, entity_id: str) -> Entity:
        """One entity with the names and roles that all reports give it."""

    def entities(self) -> Iterator[Entity]:
        """All entities by id."""

    def speakers(self, query: Query = EVERYTHING) -> tuple[SpeakerCount, ...]:
        """Sources by number of statements, most first."""

    def links(self, statement_id: str | None = None) -> tuple[Link, ...]:
        """All links, or those from or to one statement, by (source, target, kind)."""

    def copies(self, report_id: str | None = None) -> tuple[Copy, ...]:
        """All copies, or those of one report, by id."""

    def claims(self, query: Query = EVERYTHING) -> Iterator[Claim]:
        """Claims that hold a statement which fits, by (first said, id); `largest`: by number of statements first."""

    def claim(self, claim_id: str) -> Claim:
        """One claim."""

    def origin(self, origin_id: str) -> Origin:
        """One origin, with all that goes back to it."""

    def stories(self) -> tuple[Story, ...]:
        """All stories by (first, id)."""

    def largest_stories(self, limit: int | None = None) -> tuple[Story, ...]:
        """The stories with most reports, then by id; all of them without a limit."""

    def story_changes(self, story_id: str | None = None) -> tuple[StoryChange, ...]:
        """What became of stories that were replaced, all or of those whose id starts so, as it was noted here.

        It depends on the order of adding and is in no export; see `Writer.put_stories`.
        """

    def judgements(self) -> tuple[Judgement, ...]:
        """The log of judgements, oldest first. No other call here applies them; `review.reading` does."""

    def last_judgement(self) -> Judgement | None:
        """The newest line of the log: as long as it is the same, the whole log is."""

    def called(self, name: str) -> tuple[str, ...]:
        """Ids of the entities that have this name, else of those whose names hold its words; sorted."""

    def failures(self) -> tuple[Failure, ...]:
        """Inputs that were refused, oldest first."""

    def candidates(self, keys: Iterable[str], least: int = 1) -> tuple[str, ...]:
        """Ids of reports that were filed under `least` or more of the block keys, sorted."""

    def met(self, report_id: str, asked: Mapping[str, str], most: int, least: int = 1) -> tuple[str, ...]:
        """Ids of the reports that this one is to be compared with, sorted.

        `asked` maps keys that others are filed under to the key of this report that stands on the other side,
        which mostly is the same. Under a key the first `most`, in an order that is chance and depends on the ids
        alone, meet everybody, and the rest meet these; `least` keys must bring two reports together. Who meets whom
        does not depend on the order of adding.
        """

    def pushed(self, report_id: str, asked: Mapping[str, str], most: int) -> tuple[str, ...]:
        """Ids of the reports that this one has put out of the first `most` under one of its keys, sorted."""

    def gists(self, report_ids: Iterable[str]) -> dict[str, str]:
        """What `put_gist` kept of these reports, by id."""

    def edges(self, report_ids: Iterable[str]) -> tuple[tuple[str, str, float], ...]:
        """Pairs (report, report, score) with one of these reports that may be about one matter, sorted."""

    def linked(self, report_id: str) -> tuple[str, ...]:
        """Ids of the other reports that have a link with this one, or figures tied to its own, sorted."""

    def statements_of(self, statement_ids: Iterable[str]) -> tuple[tuple[Statement, str | None], ...]:
        """These statements, each with the date of publication of its report, by id."""

    def figures_of(self, figure_ids: Iterable[str]) -> tuple[tuple[Figure, str | None], ...]:
        """These figures likewise."""

    def ends(self, statement_ids: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
        """(source, target, kind) of the links from or to one of these statements, sorted."""

    def copy_of(self, report_id: str, other_id: str) -> Copy | None:
        """The copy line of two reports, whichever is given first."""

    def claimed_with(self, statement_ids: Iterable[str]) -> tuple[str, ...]:
        """Ids of the statements of every claim that holds one of these, sorted."""

    def traces(self, statement_ids: Iterable[str]) -> dict[str, str]:
        """What `put_traces` kept of these statements, by id."""

    def ties(self, figure_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Pairs of figures of one quantity with one of these, sorted."""

    def in_series_with(self, figure_ids: Iterable[str]) -> tuple[str, ...]:
        """Ids of the figures of every series that holds one of these, sorted."""

    def unsettled(self) -> tuple[str, ...]:
        """Ids of reports that were added since the last `mark_settled`: no links were drawn for them yet. Sorted."""

    def find(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """(type, id) of what has an id that starts with `prefix` (at least 4 characters), at most 10, sorted.

        A series has no line of its own; its type is "series" here.
        """

    def record(self, kind: str, identity: str) -> Record:
        """One record of a type of the format; UnknownId where there is none of that id."""

    def records(self, kind: str) -> Iterator[Record]:
        """All records of a type of the format ("report", "statement", ...), by id (judgements in the order of their
        log): what an export writes.
        """


class Writer(Protocol):
    """Writing. Each call is one transaction: all of it or none."""

    def together(self) -> AbstractContextManager[None]:
        """Makes one transaction of all that is written in the block, and lets the block read what it wrote."""

    def add(self, page: Page, keys: Iterable[str] = ()) -> bool:
        """Files a page under its block keys; False where the report is already there (nothing changes then)."""

    def put_links(self, links: Iterable[Link]) -> int:
        """Adds links; those already there stay as they are. How many are new. UnknownId: an end is not there."""

    def put_copies(self, copies: Iterable[Copy]) -> int:
        """Adds copies likewise."""

    def put_stories(self, stories: Iterable[Story], among: Iterable[str] | None = None) -> None:
        """Replaces the stories by these: all of them, or those that hold one of the reports `among`.

        What becomes of those that were there is noted in the same transaction (`ledger.regrouping.find_changes`).
        """

    def put_story_changes(self, changes: Iterable[StoryChange]) -> None:
        """Notes what became of stories, after what was noted before; each gets the next number."""

    def put_versions(self, pairs: Iterable[tuple[str, str]], among: Iterable[str] | None = None) -> None:
        """Replaces which report supersedes which: (newer id, older id), all or of the newer ones `among`.

        Seen as Report.supersedes.
        """

    def put_claims(
        self, claims: Iterable[Claim], origins: Iterable[Origin], among: Iterable[str] | None = None
    ) -> None:
        """Replaces the claims by these: all of them, or those that hold one of the statements `among` or of theirs.

        Likewise what each statement goes back to; of an origin its statements are read, its reports are theirs.
        Seen as Statement.claim and Statement.origin.
        """

    def put_traces(self, traces: Mapping[str, str]) -> None:
        """Keeps what was found out about where statements come from, a line that only `link.assembling` reads."""

    def put_ties(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Adds pairs of figures of one quantity; those already there stay."""

    def put_series(self, members: Iterable[tuple[str, str]], among: Iterable[str] | None = None) -> None:
        """Replaces which figure belongs to which series: (figure, series), of all figures or of those `among`.

        Seen as Figure.series.
        """

    def put_keys(self, report_id: str, keys: Iterable[str]) -> None:
        """Files a report that is there under these keys as well."""

    def put_gist(self, report_id: str, gist: str) -> None:
        """Keeps what grouping into stories looks at of a report, a line that only `link.stories` reads."""

    def put_card(self, report_id: str, card: str) -> None:
        """Keeps what is asked of a report before it is read, a line that only `link.cards` reads."""

    def put_edges(self, edges: Iterable[tuple[str, str, float]]) -> None:
        """Adds pairs of reports that may be about one matter; those already there stay as they are."""

    def part(
        self,
        report_id: str,
        *,
        links: Iterable[str] = (),
        copies: Iterable[str] = (),
        edges: Iterable[str] = (),
    ) -> None:
        """Takes away what was drawn between this report and others: its copy lines with some; its links with some,
        and with these the ties of its figures.
        """

    def refile(self) -> bool:
        """Takes away what an older version drew between reports, all of which are unsettled then; whether it did.

        Until then it can be read.
        """

    def mark_settled(self, report_ids: Iterable[str]) -> None:
        """Notes that links, copies and stories of these reports are drawn."""

    def put_judgement(self, draft: Judgement) -> Judgement:
        """Adds a judgement to the end of the log and gives it back with its number, hash and id.

        Two at once come one after the other. UsageError where it has no author or says nothing.
        """

    def put_log(self, judgements: Iterable[Judgement]) -> int:
        """Adds the lines by which another log goes on where this one ends. How many.

        RecordError, and nothing is added, where that log is broken or the two part ways.
        """

    def put_failure(self, failure: Failure) -> None:
        """Notes a refused input; the same one twice is kept once."""


class Store(View, Writer, Protocol):
    """A place that keeps the record."""

    def pages_of(self, report_ids: Iterable[str]) -> tuple[Page, ...]:
        """Those of these reports that are there, by id, with their layers and statements and without their bytes."""

    def reports_of(self, report_ids: Iterable[str]) -> tuple[Report, ...]:
        """Likewise, without layers and statements."""

    def cards(self, report_ids: Iterable[str]) -> dict[str, str]:
        """What `put_card` kept of these reports, by id; a report filed by an older version has none."""

    def check(self) -> tuple[str, ...]:
        """What the store finds wrong with itself (integrity, references); empty where all holds."""

    def backup(self, path: Path) -> None:
        """A consistent copy of the whole store at `path`; StoreError where that cannot be."""

    def close(self) -> None:
        """Frees what the store holds; a second call does nothing."""
