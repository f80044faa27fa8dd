"""The record as it reads with judgements applied: nothing is edited, the newest judgement wins.

What was rejected is in no list unless it is asked for (`Query.review`), and can always be opened by its id. `found`
is the record as it was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from heapq import merge
from typing import TypeVar

from onrecord.errors import UnknownId
from onrecord.ledger.store import EVERYTHING, Query, Record
from onrecord.model import Claim, Figure, Link, Mention, Origin, Report, Statement
from onrecord.review.applying import NOTHING
from onrecord.review.correcting import corrected_figure, merged_mention
from onrecord.review.entities import ReviewedEntities
from onrecord.review.fitting import EVERY, Fitting, asks_review
from onrecord.review.state import asked, by_date, by_size, cut, whole

_Thing = TypeVar("_Thing", Statement, Figure, Claim)
_Any = TypeVar("_Any")


class Reviewed(ReviewedEntities):
    """A view with the judgements of its log applied. It may be kept: it looks whether the log has grown.

    As long as the log is empty every question goes to the view behind it.
    """

    # -- statements and figures

    def statement(self, statement_id: str) -> Statement:
        """One statement as it reads now, a rejected one too."""
        found = self.found.statement(statement_id)
        return found if self.applied is NOTHING else self._read(found)

    def statements_of(self, statement_ids: Iterable[str]) -> tuple[tuple[Statement, str | None], ...]:
        """These statements as they read now, rejected ones too."""
        found = self.found.statements_of(statement_ids)
        return found if self.applied is NOTHING else tuple((self._read(statement), date) for statement, date in found)

    def statements(self, query: Query = EVERYTHING) -> Iterator[Statement]:
        """Statements that fit as they read now."""
        if self.applied is NOTHING:
            return self.found.statements(asked(query)) if asks_review(query, "none") else iter(())
        found = cut(self._statements(query), query)
        return (one if is_read else self._read(one) for one, is_read in found)

    def statements_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Statement, ...]:
        """Statements that share most with some stems, as they read now."""
        found = self.found.statements_sharing(stems, asked(query), most)
        if self.applied is NOTHING:
            return found if asks_review(query, "none") else ()
        read = (self._read(one) for one in found)
        return tuple(one for one in read if self._fitting.statement(one, query))

    def reports_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Report, ...]:
        """Likewise reports."""
        return self.found.reports_sharing(stems, asked(query), most)

    def _statements(self, query: Query) -> Iterator[tuple[Statement, bool]]:
        """What fits, and whether it reads as it does now already: what is passed over need not be read."""
        applied, fitting = self._applied, self._fitting
        own = sorted((one for one in self._claims.judged if fitting.statement(one, query)), key=fitting.order)
        others: Iterator[tuple[Statement, bool]] = iter(())
        if asks_review(query, "none"):
            found = self._by_any(whole(query), self.found.statements, fitting.order)
            others = ((one, False) for one in found if one.id not in applied.statements)
        judged = ((one, True) for one in own)
        return merge(others, judged, key=lambda pair: fitting.order(pair[0])) if own else others

    def figures(self, query: Query = EVERYTHING) -> Iterator[Figure]:
        """Figures that fit, in the ranges that people gave them; those of rejected statements like these."""
        applied = self.applied
        if applied is NOTHING:
            return self.found.figures(asked(query)) if asks_review(query, "none") else iter(())
        return cut(self._figures(query), query)

    def _figures(self, query: Query) -> Iterator[Figure]:
        holders = {one.id: one for one in self._claims.judged}
        held = {identity for one in self.found.statements_of(sorted(holders)) for identity in one[0].figures}
        special = {f.id: self._corrected(f) for f, _ in self.found.figures_of(sorted(held)) if f.statement in holders}
        fitting = self._fitting
        own = [f for f in special.values() if fitting.figure(f, holders[f.statement or ""], query)]
        own.sort(key=fitting.order_of_figure)
        others: Iterator[Figure] = iter(())
        if asks_review(query, "none"):
            found = self._by_any(whole(query), self.found.figures, fitting.order_of_figure)
            others = (figure for figure in found if figure.id not in special)
        return merge(others, own, key=fitting.order_of_figure) if own else others

    def figures_of(self, figure_ids: Iterable[str]) -> tuple[tuple[Figure, str | None], ...]:
        """These figures in the ranges that people gave them."""
        found = self.found.figures_of(figure_ids)
        return found if self.applied is NOTHING else tuple((self._corrected(figure), date) for figure, date in found)

    def _corrected(self, figure: Figure) -> Figure:
        return corrected_figure(figure, self._applied.statements.get(figure.statement or ""))

    def how_many(self, kind: str, query: Query = EVERYTHING) -> int:
        """How many of a kind fit as they read now."""
        if self.applied is NOTHING:
            return self.found.how_many(kind, asked(query)) if asks_review(query, "none") else 0
        if kind == "statement" and len(self._names(query.who)) == len(self._names(query.about)) == 1:
            before = [one for one, _ in self.found.statements_of(sorted(self._applied.statements))]
            own = sum(self._fitting.statement(one, query) for one in self._claims.judged)
            as_found = Fitting(self.found, NOTHING, is_brief=True)
            gone = sum(as_found.statement(one, whole(query)) for one in before)
            return own + (self.found.how_many(kind, whole(query)) - gone if asks_review(query, "none") else 0)
        lists: dict[str, Callable[[Query], Iterator[Record]]] = {
            "report": self.reports,
            "statement": self.statements,
            "figure": self.figures,
            "claim": self.claims,
        }
        if kind not in lists:
            return self.found.how_many(kind, query)  # it says what there is
        return sum(1 for _ in lists[kind](replace(query, limit=None, skip=0)))

    # -- reports

    def reports(self, query: Query = EVERYTHING) -> Iterator[Report]:
        """Reports that fit; what is asked of statements is asked of them as they read now."""
        applied = self.applied
        asks = (query.who, query.about, query.stance, query.plain) != (None,) * 4 or query.review not in (None, EVERY)
        if not asks or (applied is NOTHING and asks_review(query, "none")):
            return self.found.reports(asked(query))
        said = {one.report_id for one in self.statements(replace(query, text=None, limit=None, skip=0))}
        plain = replace(whole(query), who=None, about=None, stance=None, plain=None)
        return cut((report for report in self.found.reports(plain) if report.id in said), query)

    def report(self, report_id: str) -> Report:
        """One report with its layers as they read now."""
        found = self.found.report(report_id)
        if self.applied is NOTHING:
            return found
        entities = {self._applied.stands_for(entity.id): entity for entity in found.entities}
        return replace(
            found,
            figures=tuple(map(self._corrected, found.figures)),
            mentions=tuple(merged_mention(mention, self._applied) for mention in found.mentions),
            entities=tuple(replace(entities[i], id=i) for i in sorted(entities)),
        )

    def mentions(self, report_id: str) -> tuple[Mention, ...]:
        """The mentions of a report, by the entities that stand for theirs."""
        applied = self.applied
        return tuple(merged_mention(mention, applied) for mention in self.found.mentions(report_id))

    # -- links

    def links(self, statement_id: str | None = None) -> tuple[Link, ...]:
        """Links that hold: neither rejected nor from or to what is. `links_found` has the others too."""
        return tuple(link for link in self.links_found(statement_id) if link.review in ("none", "confirmed"))

    def links_found(self, statement_id: str | None = None) -> tuple[Link, ...]:
        """All links, each with its review: none, confirmed, rejected, or `rests on rejected` of an end."""
        found = self.found.links(statement_id)
        return found if self.applied is NOTHING else tuple(map(self._marked, found))

    def _marked(self, link: Link) -> Link:
        applied = self._applied
        if (standing := applied.links.get(link.id)) is not None and standing.review == "rejected":
            return replace(link, review="rejected")
        if applied.rejected and not applied.rejected.isdisjoint((link.source, link.target)):
            return replace(link, review="rests on rejected")
        return link if standing is None else replace(link, review=standing.review)

    def ends(self, statement_ids: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
        """Ends and kinds of the links of these statements that hold."""
        applied = self.applied
        return self.found.ends(statement_ids) if applied is NOTHING else self._claims.ends(statement_ids)

    # -- claims

    def claims(self, query: Query = EVERYTHING) -> Iterator[Claim]:
        """Claims that hold a statement which fits, as they come out now."""
        if self.applied is NOTHING:
            return self.found.claims(asked(query)) if asks_review(query, "none") else iter(())
        return cut(self._claims_that_fit(query), query)

    def _claims_that_fit(self, query: Query) -> Iterator[Claim]:
        own = [claim for claim in self._claims.every if query.status in (None, claim.status)]
        order = by_size if query.largest else by_date
        own = sorted((claim for claim in own if self._holds(claim, query)), key=order)
        found = self._by_any(whole(query), self.found.claims, order) if asks_review(query, "none") else iter(())
        others = (claim for claim in found if claim.id not in self._claims.ids)
        return merge(others, own, key=order)

    def _holds(self, claim: Claim, query: Query) -> bool:
        return any(self._fitting.statement(self._claims.said[one], query) for one in claim.statements)

    def claim(self, claim_id: str) -> Claim:
        """One claim as it comes out now; what is left of it has another id where its earliest statement was rejected.

        Where all of it was rejected it is there as it was found, its statements all in `rejected`.
        """
        if self.applied is NOTHING:
            return self.found.claim(claim_id)
        if claim_id in self._claims.ids:
            now = self._claims.claims(claim_id)
            before = self.found.claim(claim_id)
            return next(
                (one for one in now if one.id == claim_id), (*now, replace(before, rejected=before.statements))[0]
            )
        made = (one for one in self._claims.every if one.id == claim_id)
        return next(made, None) or self.found.claim(claim_id)

    def claimed_with(self, statement_ids: Iterable[str]) -> tuple[str, ...]:
        """Statements of every claim that holds one of these now."""
        found = self.found.claimed_with(statement_ids)
        if self.applied is NOTHING:
            return found
        wanted = set(statement_ids)
        claims = {one.claim for one, _ in self.statements_of(sorted(wanted)) if one.claim}
        return tuple(sorted(one.id for one, _ in self.statements_of(found) if one.claim in claims))

    def origin(self, origin_id: str) -> Origin:
        """One origin with what goes back to it now."""
        if self.applied is NOTHING or not self._claims.ids:
            return self.found.origin(origin_id)
        own = self._claims.origins().get(origin_id)
        try:
            before = self.found.origin(origin_id)
        except UnknownId:
            if own is None:
                raise
            before = replace(own, statements=())
        there = {one.id for one, _ in self.statements_of(before.statements) if one.origin == origin_id}
        said = tuple(sorted(there.union(own.statements if own else ())))
        if not said:
            raise UnknownId(f"nothing goes back to {origin_id} any more: all that did was judged otherwise")
        reports = {one.report_id for one, _ in self.found.statements_of(said)}
        return replace(before, statements=said, reports=tuple(sorted(reports)))

    # -- by id

    def find(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Ids that start so; an entity that people made has one too."""
        own = {("entity", identity) for identity in self.applied.named if identity.startswith(prefix)}
        own |= {("claim", one.id) for one in self._claims.every if one.id.startswith(prefix)}
        return tuple(sorted({*self.found.find(prefix), *own}))

    def records(self, kind: str) -> Iterator[Record]:
        """All records of a type as they read now."""
        read: dict[str, Callable[[], Iterator[Record]]] = {
            "entity": self.entities,
            "statement": lambda: map(self._read, _statements(self.found.records("statement"))),
            "link": lambda: map(self._marked, _links(self.found.records("link"))),
        }
        return read[kind]() if kind in read and self.applied is not NOTHING else self.found.records(kind)


class Marked(Reviewed):
    """The record as it was found, each statement with its review: what is exported beside the log itself."""

    def records(self, kind: str) -> Iterator[Record]:
        """All records of a type as they were found."""
        if kind != "statement" or self.applied is NOTHING:
            return self.found.records(kind)
        standings = self._applied.statements
        return (
            replace(one, review=standings[one.id].review) if one.id in standings else one
            for one in _statements(self.found.records("statement"))
        )


def _statements(records: Iterable[Record]) -> Iterator[Statement]:
    return (record for record in records if isinstance(record, Statement))


def _links(records: Iterable[Record]) -> Iterator[Link]:
    return (record for record in records if isinstance(record, Link))
