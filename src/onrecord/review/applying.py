"""What the log of a view comes to: which statement of now each judgement is about, and those that have lost theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from onrecord.errors import BadSpan, UnknownId
from onrecord.ledger.judgements import Standing, in_force, judged, merged, split_id, standings
from onrecord.ledger.store import Query, View
from onrecord.model import Anchor, Judgement, Report, Statement
from onrecord.review.anchors import find_again, locate, moved_correction

Ends = tuple[str, str, str]

NO_REPORT = "its report is not on the record"
NO_WORDS = "its words are not in the report any more"
NO_STATEMENT = "nothing is read there that it could be about"
NO_PLACE = "what it puts right is not in the later version"
NO_ENTITY = "an entity that it is about is not on the record"
NO_LINK = "its link is not there any more"


@dataclass(frozen=True, slots=True)
class Orphan:
    """A judgement in force that is about nothing on the record now; it may find its place again."""

    judgement: Judgement
    anchor: Anchor | None
    about: str  # the id that it was about
    why: str


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that people made: split off from another, or named in a correction."""

    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """The judgements of a log as they bear on a view."""

    statements: Mapping[str, Standing] = field(default_factory=dict)  # by the id of now
    links: Mapping[str, Standing] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)  # entity -> the one that stands for it
    gone: frozenset[Ends] = frozenset()  # (source, target, kind) of rejected links
    named: Mapping[str, Named] = field(default_factory=dict)  # entities that the reports do not have
    found_again: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (judgement, id then) -> id now
    orphans: tuple[Orphan, ...] = ()

    @property
    def rejected(self) -> frozenset[str]:
        """Ids of the statements that are rejected."""
        return frozenset(i for i, standing in self.statements.items() if standing.review == "rejected")

    def stands_for(self, entity: str) -> str:
        """The entity that stands for this one after merges."""
        return self.merged.get(entity, entity)

    def one_with(self, entity: str) -> tuple[str, ...]:
        """All entities that are one with this one, itself among them, sorted."""
        kept = self.stands_for(entity)
        return tuple(sorted({kept, *(other for other, into in self.merged.items() if into == kept)}))


NOTHING = Applied()


def apply_log(view: View) -> Applied:
    """The log of a view, applied to it."""
    log = view.judgements()
    held = in_force(log)
    if not held:
        return NOTHING
    finder = _Finder(view, held)
    placed = list(finder.placed())
    named = dict(_named(held))
    links = standings((identity, one) for kind, identity, one in placed if kind == "link")
    orphans = [*finder.orphans, *_without_entity(view, held, named)]
    return Applied(
        statements=standings((identity, one) for kind, identity, one in placed if kind == "statement"),
        links=links,
        gone=frozenset(ends for i, ends in finder.ends.items() if links[i].review == "rejected"),
        merged=merged(log),
        named=named,
        found_again=finder.found_again,
        orphans=tuple(sorted(orphans, key=lambda orphan: orphan.judgement.number)),
    )


class _Finder:
    """Finds the statement of now for each anchor. What is there under its id costs one question for all."""

    def __init__(self, view: View, held: tuple[Judgement, ...]) -> None:
        self._view, self._held = view, held
        self.found_again: dict[tuple[str, str], str] = {}
        self.orphans: list[Orphan] = []
        self.ends: dict[str, Ends] = {}  # of the links that judgements are about
        wanted = {anchor.statement for one in held for anchor in one.anchors}
        wanted |= {identity for one in held if not one.anchors for identity in judged(one)}
        self._there = {statement.id for statement, _ in view.statements_of(sorted(wanted))}
        lost = [a for one in held for a in one.anchors if a.statement not in self._there]
        self._others = self._elsewhere(a for a in lost if not view.has_report(a.report_id))
        self._reports: dict[str, Report] = {}
        self._said: dict[str, tuple[Statement, ...]] = {}

    def placed(self) -> Iterator[tuple[str, str, Judgement]]:
        """(statement or link, id of now, judgement), in the order of the log."""
        for one in self._held:
            if is_about_link(one):
                yield from self._link(one)
            elif one.anchors:
                for anchor in one.anchors:
                    yield from self._statement(one, anchor)
            else:
                yield from self._bare(one)

    def _bare(self, one: Judgement) -> Iterator[tuple[str, str, Judgement]]:
        """A judgement that some program wrote without the words: its ids are all there is."""
        for identity in judged(one):
            if identity in self._there:
                yield "statement", identity, one
            else:
                self.orphans.append(Orphan(one, None, identity, NO_STATEMENT))

    def _statement(self, one: Judgement, anchor: Anchor) -> Iterator[tuple[str, str, Judgement]]:
        found = self._place(one, anchor)
        if isinstance(found, str):
            self.orphans.append(Orphan(one, anchor, anchor.statement, found))
            return
        identity, placed = found
        if identity != anchor.statement:
            self.found_again[one.id, anchor.statement] = identity
        yield "statement", identity, placed

    def _place(self, one: Judgement, anchor: Anchor) -> tuple[str, Judgement] | str:
        """The id of the statement now and the judgement with its offsets in that report; else why there is none."""
        if anchor.statement in self._there:
            return anchor.statement, one
        reports = [anchor.report_id] if self._view.has_report(anchor.report_id) else self._others[anchor.report_id]
        why = NO_REPORT
        for report_id in reports:
            report = self._report(report_id)
            is_same = report.sha256 == anchor.sha256 and _fits(anchor, report.text)
            place = anchor.content.spans if is_same else locate(anchor, report.text)
            if place is None:
                why = NO_WORDS
                continue
            found = find_again(one, anchor, place, self._statements(report_id))
            if found is None:
                why = NO_STATEMENT
                continue
            if one.correction is None:
                return found.id, one
            shift = place[0].start - anchor.content.spans[0].start
            correction = moved_correction(one.correction, report_id, report.text, shift)
            if correction is not None:
                return found.id, replace(one, correction=correction)
            why = NO_PLACE
        return why

    def _link(self, one: Judgement) -> Iterator[tuple[str, str, Judgement]]:
        identity, ends = one.about[0], list[str]()
        for anchor in one.anchors:
            found = self._place(one, anchor)
            ends.append("" if isinstance(found, str) else found[0])
        links = (
            [link for link in self._view.links(ends[0]) if (link.source, link.target) == tuple(ends)]
            if all(ends)
            else []
        )
        links = [link for link in links if link.id == identity] or links
        if len(links) == 1:
            (link,) = links
            self.ends[link.id] = (link.source, link.target, link.kind)
            yield "link", link.id, one
        else:
            self.orphans.append(Orphan(one, None, identity, NO_LINK))

    def _elsewhere(self, lost: Iterable[Anchor]) -> dict[str, list[str]]:
        """Report of an anchor -> the reports that may stand for it: of the same bytes, then of the same address."""
        anchors = {anchor.report_id: anchor for anchor in lost}
        found: dict[str, list[tuple[bool, int, str]]] = defaultdict(list)
        if anchors:
            by_sha, by_uri = defaultdict(list), defaultdict(list)
            for identity, anchor in anchors.items():
                by_sha[anchor.sha256].append(identity)
                if anchor.uri:
                    by_uri[anchor.uri].append(identity)
            for place, report in enumerate(self._view.reports()):
                for identity in {*by_sha.get(report.sha256, ()), *by_uri.get(report.uri or "", ())}:
                    found[identity].append((anchors[identity].sha256 != report.sha256, place, report.id))
        others = defaultdict[str, list[str]](list)
        others.update({identity: [report for *_, report in sorted(rows)] for identity, rows in found.items()})
        return others

    def _report(self, report_id: str) -> Report:
        if report_id not in self._reports:
            self._reports[report_id] = next(iter(self._view.reports(Query(report=report_id))))
        return self._reports[report_id]

    def _statements(self, report_id: str) -> tuple[Statement, ...]:
        if report_id not in self._said:
            self._said[report_id] = tuple(self._view.statements(Query(report=report_id, attitude=None)))
        return self._said[report_id]


def is_about_link(one: Judgement) -> bool:
    """Whether a judgement is about a link: it has the anchors of both ends and the id of neither."""
    return len(one.anchors) > 1 and one.verdict in ("confirm", "reject")


def _fits(anchor: Anchor, text: str) -> bool:
    try:
        anchor.content.check(text)
    except BadSpan:
        return False
    return True


def _named(held: Iterable[Judgement]) -> Iterator[tuple[str, Named]]:
    """The entities that judgements make; one without a name of its own is called as the one it was split off from."""
    for one in held:
        if one.verdict == "split":
            yield split_id(one), Named(one.name or "", one.about[0])
        elif one.correction and one.correction.speaker and one.correction.name:
            yield one.correction.speaker, Named(one.correction.name)


def _without_entity(view: View, held: Iterable[Judgement], named: Mapping[str, Named]) -> Iterator[Orphan]:
    for one in held:
        if one.verdict not in ("merge", "split"):
            continue
        for identity in one.about if one.verdict == "merge" else one.about[:1]:
            if identity not in named and not _has_entity(view, identity):
                yield Orphan(one, None, identity, NO_ENTITY)


def _has_entity(view: View, identity: str) -> bool:
    try:
        view.entity(identity)
    except UnknownId:
        return False
    return True
