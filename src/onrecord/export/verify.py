"""Re-checks a record: every span, quotation, hash, reference, id and word of a closed vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.errors import BadSpan, OnRecordError, Unavailable, UnknownId
from onrecord.ledger.judgements import VERDICTS, wrong_in, wrong_in_log
from onrecord.ledger.lines import type_of
from onrecord.ledger.statements import statement_id
from onrecord.ledger.store import Query, Record, Store, View
from onrecord.model import (
    Attribution,
    Claim,
    Copy,
    Event,
    Evidence,
    Figure,
    Judgement,
    Link,
    Mention,
    Origin,
    Report,
    Span,
    Statement,
    Story,
    TimeExpression,
    checked_selection,
    digest,
    make_id,
)

VOCABULARIES: dict[str, frozenset[str]] = {
    "mention form": frozenset({"name", "nominal", "pronoun"}),
    "timex_type": frozenset({"DATE", "TIME", "DURATION", "SET"}),
    "direction": frozenset({"up", "down"}),
    "form": frozenset({"direct", "indirect", "mixed"}),
    "stance": frozenset(
        "asserts confirms denies estimates warns predicts speculates questions requests proposes promises "
        "undisclosed".split()
    ),
    "certainty": frozenset({"CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "U"}),
    "review": frozenset({"none", "confirmed", "corrected", "rejected"}),
    "event type": frozenset(
        "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST MOBILIZE SANCTION "
        "COERCE ASSAULT".split()
    ),
    "realis": frozenset({"actual", "denied", "planned", "conditional", "possible"}),
    "verdict": frozenset(VERDICTS),
    "status": frozenset("single-source corroborated disputed denied superseded".split()),
    "link kind": frozenset("repeats corroborates confirms denies contradicts updates part_of".split()),
}
TEXTS_HELD = 64  # of reports, while links are checked
SPAN_IDS = {"mention": "m", "time": "t", "figure": "f", "event": "ev"}


@dataclass(frozen=True, slots=True)
class Known:
    """What a record may refer to."""

    text: Callable[[str], str | None]  # of a report, by its id; None: no such report
    has: Callable[[str, str], bool]  # whether there is a record of that type and id


def verify(store: Store) -> tuple[str, ...]:
    """All that is wrong with a store and with the record in it; empty where all holds."""
    return (*store.check(), *verify_record(store))


def verify_record(view: View) -> tuple[str, ...]:
    """What is wrong with a record, line by line, in words; empty where all holds.

    Whether a text is still the one that was read is for the store to say (`Store.check`).
    """
    return tuple(_Check(view).all())


@dataclass(slots=True)
class _Check:
    """One pass over a record, report by report; what is referred to is looked up at the end."""

    view: View
    ids: dict[str, set[str]] = field(default_factory=dict)
    wanted: list[tuple[str, str, str]] = field(default_factory=list)  # type, id, who wants it

    def all(self) -> Iterator[str]:
        yield from self._safely(self._reports())
        yield from self._safely(self._derived())
        for kind, identity, who in self.wanted:
            if identity not in self.ids.get(kind, ()):
                yield f"{who}: {kind} {identity!r} is not on the record"

    def _safely(self, checks: Iterator[str]) -> Iterator[str]:
        """What the checks say; a line that cannot be read at all ends them."""
        try:
            yield from checks
        except OnRecordError as error:
            yield str(error)

    def _reports(self) -> Iterator[str]:
        for entity in self.view.entities():
            self._seen(entity)
        for report in self.view.reports():
            self._seen(report)
            yield from self._safely(self._page(report))
        counts = self.view.counts()
        for kind in ("mention", "time", "figure", "statement", "event"):
            astray = counts[kind] - len(self.ids.get(kind, ()))
            if astray:
                yield f"{astray} lines of type {kind} belong to no report or share an id"

    def _page(self, report: Report) -> Iterator[str]:
        known = self._known({report.id: report.text}.get)
        yield from wrong_with(report, known)
        yield from self._bytes(report)
        query = Query(report=report.id, attitude=None)
        parts: tuple[Iterable[Record], ...] = (
            self.view.mentions(report.id),
            self.view.times(report.id),
            self.view.figures(query),
            self.view.statements(query),
            self.view.events(report.id),
        )
        for part in parts:
            for record in part:
                self._seen(record)
                if getattr(record, "report_id", None) != report.id:
                    yield f"{type_of(record)} {record.id} lies with report {report.id} and belongs to another"
                    continue
                yield from wrong_with(record, known)
                yield from _wrong_id(record)

    def _bytes(self, report: Report) -> Iterator[str]:
        try:
            source = self.view.source(report.id)
        except Unavailable:
            return  # it came from a record: nothing to hold its SHA-256 against
        if not digest(source.data) == source.sha256 == report.sha256:
            yield f"report {report.id}: its bytes do not have the SHA-256 {report.sha256}"

    def _derived(self) -> Iterator[str]:
        known = self._known(lru_cache(TEXTS_HELD)(self._text))
        for kind in ("claim", "origin", "link", "story", "copy", "judgement"):
            for record in self.view.records(kind):
                self._seen(record)
                yield from wrong_with(record, known)
        yield from wrong_in_log(self.view.judgements())

    def _text(self, report_id: str) -> str | None:
        try:
            return self.view.report(report_id).text
        except UnknownId:
            return None

    def _known(self, text: Callable[[str], str | None]) -> Known:
        return Known(text, lambda _kind, _identity: True)

    def _seen(self, record: Record) -> None:
        kind = type_of(record)
        self.ids.setdefault(kind, set()).add(record.id)
        self.wanted += [(of, identity, f"{kind} {record.id}") for of, identity in references(record)]


def wrong_with(record: Record, known: Known) -> Iterator[str]:
    """What is wrong with one record, given what else there is."""
    where = f"{type_of(record)} {record.id}"
    for kind, identity in references(record):
        if not known.has(kind, identity):
            yield f"{where}: {kind} {identity!r} is not on the record"
    for vocabulary, word in _words(record):
        if word is not None and word not in VOCABULARIES[vocabulary]:
            yield f"{where}: {word!r} is no {vocabulary}; one of {', '.join(sorted(VOCABULARIES[vocabulary]))}"
    if isinstance(record, Judgement):
        yield from (f"{where}: {wrong}" for wrong in wrong_in(record))
        quoted = [words for words in quoted_in(record) if known.text(words.report_id) is not None]  # others are orphans
        yield from (f"{where}: {wrong}" for words in quoted for wrong in _wrong_quotation(words, known))
    for evidence in _quotations(record):
        yield from (f"{where}: {wrong}" for wrong in _wrong_quotation(evidence, known))


def references(record: Record) -> Iterator[tuple[str, str]]:
    """(type, id) of everything that a record refers to."""
    match record:
        case Report(supersedes=str(older)):
            yield "report", older
        case Mention() | TimeExpression() | Figure() | Statement() | Event():
            yield "report", record.report_id
        case Claim():
            yield from (("statement", member) for member in record.statements)
        case Origin():
            yield from (("statement", member) for member in record.statements)
            yield from (("report", member) for member in record.reports)
            yield from (("entity", speaker) for speaker in (record.speaker,) if speaker)
        case Link():
            yield from (("statement", end) for end in (record.source, record.target))
        case Copy():
            yield from (("report", end) for end in (record.source, record.target))
        case Story():
            yield from (("report", member) for member in record.reports)
        case _:
            pass
    match record:
        case Mention(entity=str(entity)):
            yield "entity", entity
        case Figure():
            yield from (("entity", where) for where in (record.where,) if where)
            yield from (("statement", holder) for holder in (record.statement,) if holder)
        case Event():
            yield from (("entity", one) for one in (record.actor, record.target, record.place) if one)
            yield from (("statement", holder) for holder in (record.statement,) if holder)
        case Statement():
            yield from (("entity", one) for one in (record.speaker.entity, *record.speaker.also) if one)
            others = (record.nested_in, record.continues, record.refers_to)
            yield from (("statement", other) for other in others if other)
            yield from (("figure", figure) for figure in record.figures)
            yield from (("claim", claim) for claim in (record.claim,) if claim)
            yield from (("origin", origin) for origin in (record.origin,) if origin)
        case _:
            pass


def _words(record: Record) -> tuple[tuple[str, str | None], ...]:
    """(vocabulary, word) of each field that takes a word of a closed vocabulary."""
    match record:
        case Mention():
            return (("mention form", record.form),)
        case TimeExpression(value=value) if value is not None:
            return (("timex_type", value.timex_type),)
        case Figure():
            return (("direction", record.amount.direction),)
        case Statement():
            commitment = record.commitment
            return (
                ("form", record.form),
                ("stance", commitment.stance),
                ("certainty", commitment.certainty),
                ("review", record.review),
            )
        case Event():
            return (("event type", record.type), ("certainty", record.certainty), ("realis", record.realis))
        case Claim():
            return (("status", record.status),)
        case Link():
            return (("link kind", record.kind),)
        case Judgement():
            stance = record.correction.stance if record.correction else None
            return (("verdict", record.verdict), ("stance", stance))
        case _:
            return ()


def _quotations(record: Record) -> Iterator[Evidence | tuple[str, tuple[Span, ...]]]:
    """Every selection of a record, with its words where it carries them."""
    match record:
        case Report():
            yield record.id, tuple(section.span for section in record.sections)
        case Mention():
            yield Evidence(record.report_id, (record.span,), record.text)
            yield from ((record.report_id, (head,)) for head in (record.head,) if head is not None)
        case TimeExpression():
            yield Evidence(record.report_id, (record.span,), record.text)
        case Figure():
            yield Evidence(record.report_id, (record.span,), record.text)
            yield from ((record.report_id, (of,)) for of in (record.of_span,) if of is not None)
        case Event():
            yield Evidence(record.report_id, (record.span,), record.text)
            yield from ((record.report_id, (role,)) for role in (record.actor_span, record.target_span) if role)
        case Statement():
            parts = (record.source, record.cue, record.content, record.condition)
            yield from (part for part in parts if part)
        case Link():
            yield from (evidence for reason in record.reasons for evidence in reason.evidence)
        case Copy():
            for source, target in record.spans:
                yield record.source, (source,)
                yield record.target, (target,)
        case _:
            pass


def quoted_in(judgement: Judgement) -> Iterator[Evidence]:
    """Every selection of a judgement with its words."""
    yield from (anchor.content for anchor in judgement.anchors)
    if correction := judgement.correction:
        parts = (correction.source, correction.cue, correction.content)
        yield from (part for part in parts if part is not None and part.spans)
        yield from (figure.words for figure in correction.figures)


def _wrong_quotation(quoted: Evidence | tuple[str, tuple[Span, ...]], known: Known) -> Iterator[str]:
    report_id, spans = (quoted.report_id, quoted.spans) if isinstance(quoted, Evidence) else quoted
    text = known.text(report_id)
    if text is None:
        yield f"report {report_id!r} is not on the record"
        return
    try:
        checked_selection(text, spans)
        if isinstance(quoted, Evidence):
            quoted.check(text)
    except BadSpan as error:
        yield str(error)


def _wrong_id(record: Record) -> Iterator[str]:
    """Ids are hashes of what makes the thing itself: a line that was moved or changed shows."""
    match record:
        case Mention() | TimeExpression() | Figure() | Event():
            kind = type_of(record)
            right = make_id(SPAN_IDS[kind], record.report_id, record.span.start, record.span.end)
        case Statement():
            source, cue = (part.spans if part else () for part in (record.source, record.cue))
            right = statement_id(record.report_id, Attribution(content=record.content.spans, cue=cue, source=source))
        case _:
            return
    if record.id != right:
        yield f"{type_of(record)} {record.id}: its words would give the id {right}"
