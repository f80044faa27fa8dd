"""Gives verdicts: each call checks what it is told, adds one line to the log and gives it back.

`Reviewed` reads with them applied. A verdict is about what is there when it is given; its anchors carry the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from onrecord.errors import BadSpan, UnknownId, UsageError
from onrecord.ledger.judgements import UNCHANGED, in_force
from onrecord.ledger.store import Query, Store
from onrecord.ledger.words import name_key
from onrecord.model import (
    Anchor,
    Correction,
    Evidence,
    Figure,
    FigureCorrection,
    Judgement,
    Link,
    Report,
    Selection,
    Span,
    Statement,
    checked_selection,
    make_id,
    select,
)
from onrecord.review.anchors import make_anchor
from onrecord.review.fitting import speakers_of
from onrecord.review.reading import Reviewed
from onrecord.review.telling import PAST, SHORT

STANCES = frozenset(
    "asserts confirms denies estimates warns predicts speculates questions requests proposes promises "
    "undisclosed".split()
)
NONE_THERE: Selection = ()


@dataclass(frozen=True, slots=True)
class Range:
    """The range of one figure of a statement, put right; an open end is None."""

    figure: str  # its id
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class PutRight:
    """What a reviewer puts right of one statement; None: stays as it is. `()` as source or cue: there is none."""

    source: Selection | None = None
    cue: Selection | None = None
    content: Selection | None = None
    speaker: str | None = None  # entity id; "": nobody
    name: str | None = None  # of a speaker that the record has no entity for, instead of `speaker`
    stance: str | None = None
    figures: tuple[Range, ...] = ()


class JudgedMeanwhile(UsageError):
    """What is judged was judged by somebody else after it was looked at; the message says by whom and how."""


class Reviewer:
    """One author who judges what is in a store."""

    def __init__(self, store: Store, author: str, *, when: str | None = None, view: Reviewed | None = None) -> None:
        if not author.strip():
            raise UsageError("a judgement needs an author: a name that is not empty")
        self.store, self.author, self._when = store, author.strip(), when
        self.view = view or Reviewed(store)  # of this store, as its log stands now

    def expect(self, identity: str, seen: str | None) -> None:
        """JudgedMeanwhile unless `seen` is the newest judgement in force about a statement or link; "" for none.

        None: whoever judges has not looked.
        """
        held = self.view.judged(identity)
        if seen is None or seen == (held[-1].id if held else ""):
            return
        if not held:
            raise JudgedMeanwhile(f"the verdict on {identity} that you saw was taken back meanwhile; look again")
        last = held[-1]
        raise JudgedMeanwhile(
            f"{last.author} {PAST[last.verdict]} this meanwhile ({last.when[11:16]} UTC, {last.id[:SHORT]}); look again"
        )

    def confirm(self, identity: str, note: str | None = None) -> Judgement:
        """A statement or link is as it reads now."""
        return self._put("confirm", (identity,), note, anchors=self._anchors(identity))

    def reject(self, identity: str, note: str | None = None) -> Judgement:
        """A statement or link is none: it is in no list any more."""
        return self._put("reject", (identity,), note, anchors=self._anchors(identity))

    def correct(self, identity: str, right: PutRight, note: str | None = None) -> Judgement:
        """A statement is otherwise. UsageError where nothing is put right, or not by words of its report."""
        statement = self.store.statement(identity)
        report = next(iter(self.store.reports(Query(report=statement.report_id))))
        correction = self._correction(statement, report, right)
        if correction == UNCHANGED:
            raise UsageError(
                f"nothing is put right of {identity}: give a source, cue, content, speaker, stance or figure"
            )
        return self._put("correct", (identity,), note, correction=correction, anchors=(make_anchor(report, statement),))

    def merge(self, kept: str, *others: str, note: str | None = None) -> Judgement:
        """Entities are one: the first one stands for the others."""
        if not others:
            raise UsageError("a merge takes two entities or more, the one that is kept first")
        ones = tuple(dict.fromkeys(self.view.entity(identity).id for identity in (kept, *others)))
        if len(ones) < 2:
            raise UsageError(f"{' and '.join((kept, *others))} are one already")
        return self._put("merge", ones, note)

    def split(
        self,
        entity: str,
        statements: Iterable[str] = (),
        reports: Iterable[str] = (),
        *,
        name: str | None = None,
        note: str | None = None,
    ) -> Judgement:
        """Statements by an entity are by somebody else who is called so: these, and all of theirs in these reports."""
        one = self.view.entity(entity).id
        found = {identity: self.view.statement(identity) for identity in statements}
        for report_id in sorted(set(reports)):
            self.store.report(report_id)  # UnknownId
            said = self.view.statements(Query(report=report_id, attitude=None))
            found |= {statement.id: statement for statement in said if one in speakers_of(statement)}
        others = sorted(identity for identity, statement in found.items() if one not in speakers_of(statement))
        if others:
            raise UsageError(f"{', '.join(others)} is not by {one}")
        if not found:
            raise UsageError(f"nothing to split off from {one}: name statements, or reports that it speaks in")
        ids = tuple(sorted(found))
        anchors = tuple(anchor for identity in ids for anchor in self._anchors(identity))
        return self._put("split", (one, *ids), note, name=(name or "").strip() or None, anchors=anchors)

    def undo(self, identity: str | None = None, note: str | None = None) -> Judgement:
        """Takes back a judgement, by default the newest of this author that holds."""
        held = in_force(self.store.judgements())
        if identity is None:
            mine = [one for one in held if one.author == self.author]
            if not mine:
                hint = f"; the newest one is {held[-1].id} by {held[-1].author}" if held else ""
                raise UsageError(f"nothing to undo: no judgement by {self.author} holds{hint}")
            return self._put("undo", (mine[-1].id,), note)
        if identity not in {one.id for one in held}:
            known = {one.id: one for one in self.store.judgements()}
            if identity not in known:
                raise UnknownId(f"no judgement {identity!r} in the log")
            what = "an undo; judge anew instead" if known[identity].verdict == "undo" else "taken back already"
            raise UsageError(f"nothing to undo: {identity} is {what}")
        return self._put("undo", (identity,), note)

    # -- what is checked

    def _put(
        self,
        verdict: str,
        about: tuple[str, ...],
        note: str | None,
        *,
        correction: Correction | None = None,
        name: str | None = None,
        anchors: tuple[Anchor, ...] = (),
    ) -> Judgement:
        when = self._when or datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        draft = Judgement(
            "", verdict, about, self.author, when, (note or "").strip() or None, correction, name, anchors
        )
        return self.store.put_judgement(draft)

    def _anchors(self, identity: str) -> tuple[Anchor, ...]:
        """The words of a statement, or of both ends of a link."""
        try:
            ends = [self.store.statement(identity)]
        except UnknownId:
            link = self._link(identity)
            ends = [self.store.statement(end) for end in (link.source, link.target)]
        reports = {one.report_id: next(iter(self.store.reports(Query(report=one.report_id)))) for one in ends}
        return tuple(make_anchor(reports[one.report_id], one) for one in ends)

    def _link(self, identity: str) -> Link:
        try:
            link = self.store.record("link", identity)
        except UnknownId:
            raise UnknownId(f"no statement or link {identity!r} on the record") from None
        assert isinstance(link, Link)
        return link

    def _correction(self, statement: Statement, report: Report, right: PutRight) -> Correction:
        if right.stance is not None and right.stance not in STANCES:
            raise UsageError(f"{right.stance!r} is no stance; one of {', '.join(sorted(STANCES))}")
        if right.content is not None and not right.content:
            raise UsageError("a statement has a content; reject it where it has none")
        speaker, name = self._speaker(right)
        return Correction(
            source=_words(report, right.source, "source"),
            cue=_words(report, right.cue, "cue"),
            content=_words(report, right.content, "content"),
            speaker=speaker,
            name=name,
            stance=right.stance,
            figures=tuple(self._figure(statement, report, one) for one in right.figures),
        )

    def _speaker(self, right: PutRight) -> tuple[str | None, str | None]:
        name = (right.name or "").strip()
        if name:
            if right.speaker:
                raise UsageError("give a speaker by its id or by a name, not by both")
            if not name_key(name):
                raise UsageError(f"{name!r} is no name: it has no letter")
            return make_id("e", "named", name_key(name)), name
        return (self.view.entity(right.speaker).id if right.speaker else right.speaker), None

    def _figure(self, statement: Statement, report: Report, right: Range) -> FigureCorrection:
        figures = [figure for figure, _ in self.store.figures_of([right.figure])]
        now = self.view.statement(statement.id)
        if not figures or figures[0].id not in (*statement.figures, *now.figures):
            raise UsageError(f"{right.figure} is no figure of {statement.id}")
        _check_range(figures[0], right)
        return FigureCorrection(Evidence.of(report.id, report.text, (figures[0].span,)), right.low, right.high)


def spans_of_words(report: Report, words: str, near: int = 0) -> Selection:
    """Where some words stand in a report, nearest to the code point `near`; UsageError where they do not."""
    if not words.strip():
        raise UsageError("words to look for have a letter at least")
    start = report.text.find(words)
    if start < 0:
        raise UsageError(f"{words[:60]!r} does not stand in report {report.id} to the letter")
    after = report.text.find(words, near)
    before = report.text.rfind(words, 0, near + len(words))
    best = min((place for place in (before, after, start) if place >= 0), key=lambda place: abs(place - near))
    return (Span(best, best + len(words)),)


def _words(report: Report, spans: Sequence[Span] | None, part: str) -> Evidence | None:
    if spans is None:
        return None
    if not spans:
        return Evidence(report.id, NONE_THERE, "")
    try:
        pieces = checked_selection(report.text, spans)
    except BadSpan as error:
        raise UsageError(f"the {part} does not lie in report {report.id}: {error}") from error
    if not all(piece.of(report.text).strip() for piece in pieces):
        raise UsageError(f"the {part} has a piece without words")
    return Evidence(report.id, pieces, select(report.text, pieces))


def _check_range(figure: Figure, right: Range) -> None:
    ends = [end for end in (right.low, right.high) if end is not None]
    if not ends:
        raise UsageError(f"figure {figure.id} needs a low or a high end")
    if any(not end.is_finite() for end in ends) or (len(ends) == 2 and ends[0] > ends[1]):
        raise UsageError(f"figure {figure.id}: {right.low} to {right.high} is no range")
