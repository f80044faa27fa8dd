"""A claim in words held against the record: against one report, or against all that is said in all of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from onrecord.annotate.sentences import find_sentences
from onrecord.errors import UsageError
from onrecord.export.claims import claim_of
from onrecord.ledger.store import Query, View
from onrecord.link.checking.passages import Asked, Passage, read_claim, read_passages, read_words
from onrecord.link.checking.sides import DENIES, OPEN, OTHER, SAYS, is_about, side_of
from onrecord.link.checking.verdicts import AGREE, DISAGREE, DISCUSS, UNRELATED, Verdict, judge
from onrecord.link.claims import independent_of, make_claim
from onrecord.link.entry import Entry, Told
from onrecord.link.meaning import likeness
from onrecord.model import Claim, Copy, Report, Span, Statement
from onrecord.resources import settings_file

NOT_FOUND = "not found in this collection"
READ = 64  # reports whose sentences are kept


@dataclass(frozen=True, slots=True)
class Voice:
    """A statement about the claim, or a sentence in a report's own words."""

    side: str
    alike: float  # -1..1
    report: Report  # without layers
    spans: tuple[Span, ...]
    quote: str
    told: Told | None = None  # None: the report's own words


@dataclass(frozen=True, slots=True)
class Finding:
    """What the record has on a claim; `verdict` unrelated: it is not found in this collection."""

    asked: Asked
    verdict: str
    voices: tuple[Voice, ...]  # earliest first within each side
    claims: tuple[Claim, ...]  # on the record, of those who say so
    independent_origins: int  # of those who say so; the reports' own words never count
    first_said: str | None  # of all voices
    last_said: str | None


def ask(text: str) -> Asked:
    """A claim as it is held against the record; UsageError for what is none."""
    most = settings_file("check.toml")["words"]["most"]
    count = len(text.split())
    if not text.strip():
        raise UsageError("the claim is empty; give it in words")
    if not any(letter.isalnum() for letter in text):
        raise UsageError("the claim has not one letter or digit in it")
    if count > most or len(text) > most * 20:
        raise UsageError(f"a claim of {count:,} words; {most} is the most, so ask for its parts one by one")
    return read_claim(text)


class Checker:
    """Holds claims against a view; what is read of a report is kept for the next claim."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._passages = lru_cache(maxsize=READ)(self._read)
        self._entry = lru_cache(maxsize=READ)(self._read_entry)
        self._copies = lru_cache(maxsize=READ)(view.copies)

    def against(self, asked: Asked, report_id: str) -> Verdict:
        """What one report makes of a claim."""
        return judge(asked, self._passages(report_id))

    def across(self, asked: Asked, query: Query) -> Finding:
        """Who says so, who denies it, and what the reports themselves tell, within what the query lets through."""
        said = tuple(self._said(asked, query))
        voices = [*said, *self._own_words(asked, query, said)]
        voices.sort(key=_place)
        told = [voice.told for voice in voices if voice.told and voice.side == SAYS]
        days = sorted(day for voice in voices if (day := _day(voice)))
        return Finding(
            asked,
            _verdict(voices),
            tuple(voices),
            self._claims(told),
            len(independent_of(told, self._copy_of)) if told else 0,
            days[0] if days else None,
            days[-1] if days else None,
        )

    def _read(self, report_id: str) -> tuple[Passage, ...]:
        return self._passages_of(self._view.report(report_id))

    def _read_entry(self, report_id: str) -> Entry:
        statements = tuple(self._view.statements(Query(report=report_id, attitude=None)))
        return Entry(self._view.report(report_id), statements)

    @staticmethod
    def _passages_of(report: Report) -> tuple[Passage, ...]:
        return read_passages(report.text, [s.span for s in find_sentences(report.text, report.sections)])

    def _copy_of(self, one: str, other: str) -> Copy | None:
        ends = {one, other}
        return next((copy for copy in self._copies(one) if {copy.source, copy.target} == ends), None)

    def _said(self, asked: Asked, query: Query) -> Iterator[Voice]:
        settings = settings_file("check.toml")["record"]
        candidates = self._view.statements_sharing(asked.words.terms, query, settings["candidates"])
        read = [(one, read_words(_words_of(one))) for one in candidates]
        weight = _weights(asked, (words.terms for _, words in read))
        found = []
        for one, words in read:
            if not is_about(asked, words, 1.0, weight):
                continue  # before its meaning is looked at
            alike = likeness(asked.text, one.content.quote[:1000])
            if not is_about(asked, words, alike, weight):
                continue
            side = side_of(asked, one.content.quote, read_words(one.content.quote), one.commitment)
            found.append((alike, side, one))
        for alike, side, one in sorted(found, key=lambda row: (-round(row[0], 6), row[2].id))[: settings["shown"]]:
            entry = self._entry(one.report_id)
            told = next(t for t in entry.told if t.statement.id == one.id)
            yield Voice(side, alike, entry.report, one.content.spans, one.content.quote, told)

    def _own_words(self, asked: Asked, query: Query, said: Sequence[Voice]) -> Iterator[Voice]:
        """Sentences about the claim that hold none of the statements found."""
        settings = settings_file("check.toml")["record"]
        plain = replace(query, who=None, about=None, stance=None, plain=None)
        near = [
            (len(asked.words.terms & passage.words.terms), report, passage)
            for report in self._view.reports_sharing(asked.words.terms, plain, settings["reports"])
            for passage in self._passages_of(report)
        ]
        weight = _weights(asked, (passage.words.terms for _, _, passage in near))
        near.sort(key=lambda row: (-row[0], row[1].id, row[2].span))
        found = []
        for _, report, passage in near[: settings["sentences"]]:
            if is_about(asked, passage.words, 1.0, weight) and not _is_told(report, passage, said):
                alike = likeness(asked.text, passage.text)
                if is_about(asked, passage.words, alike, weight):
                    found.append((alike, report, passage))
        for alike, report, passage in sorted(found, key=lambda row: (-round(row[0], 6), row[1].id, row[2].span))[
            : settings["shown"]
        ]:
            if not self._holds_statement(report, passage):
                side = side_of(asked, passage.text, passage.words)
                yield Voice(side, alike, report, (passage.span,), passage.span.of(report.text))

    def _holds_statement(self, report: Report, passage: Passage) -> bool:
        """Whether somebody is said to say a part of the sentence: that is found as a statement, or not about it."""
        statements = self._view.statements(Query(report=report.id, attitude=None))
        spans = (span for one in statements for span in one.content.spans)
        return any(span.overlaps(passage.span) for span in spans)

    def _claims(self, told: Iterable[Told]) -> tuple[Claim, ...]:
        """The claims on the record that they belong to, the most independent origins first."""
        found: dict[str, Claim] = {}
        for one in told:
            alone = make_claim([one], self._view.ends((one.statement.id,)), 1)
            claim = claim_of(self._view, one.statement) or alone
            found[claim.id] = claim
        return tuple(sorted(found.values(), key=lambda c: (-c.independent_origins, c.first_said or "9", c.id)))


class Reports:
    """Reports by their id, the start of it or their URI, looked up once."""

    def __init__(self, view: View, query: Query) -> None:
        self._view = view
        self._query = query

    @cached_property
    def _by_uri(self) -> dict[str, str]:
        # In order of publication, so the newest version of an address stays.
        return {report.uri: report.id for report in self._view.reports(self._query) if report.uri}

    def find(self, uri: str) -> str | None:
        """The id of the report that a line of claims names; None where there is none."""
        return self._by_uri.get(uri) or (uri if uri.startswith("r-") and self._view.has_report(uri) else None)


def _verdict(voices: Iterable[Voice]) -> str:
    sides = {voice.side for voice in voices}
    if not sides:
        return UNRELATED
    if SAYS in sides and DENIES not in sides:
        return AGREE
    return DISAGREE if DENIES in sides and not sides & {SAYS, OPEN, OTHER} else DISCUSS


def _words_of(statement: Statement) -> str:
    """Who speaks and what is said: a claim may name the speaker."""
    source = statement.source.quote if statement.source else ""
    return f"{source} {statement.content.quote[:4000]}"


def _weights(asked: Asked, found: Iterable[frozenset[str]]) -> dict[str, float]:
    """How much each term of the claim says among the candidates; they sum to 1."""
    counts = Counter(term for terms in found for term in asked.words.terms & terms)
    raw = {term: 1 / math.sqrt(1 + counts[term]) if counts[term] else 1.0 for term in sorted(asked.words.terms)}
    total = math.fsum(raw.values()) or 1.0
    return {term: value / total for term, value in raw.items()}


def _is_told(report: Report, passage: Passage, said: Sequence[Voice]) -> bool:
    return any(
        voice.report.id == report.id and any(span.overlaps(passage.span) for span in voice.spans) for voice in said
    )


def _day(voice: Voice) -> str:
    if voice.told:
        return voice.told.entry.when(voice.told.statement)[:10]
    return (voice.report.published or "")[:10]


def _place(voice: Voice) -> tuple[int, str, str, int]:
    sides = (SAYS, DENIES, OTHER, OPEN)
    return sides.index(voice.side), _day(voice) or "9999", voice.report.id, voice.spans[0].start
