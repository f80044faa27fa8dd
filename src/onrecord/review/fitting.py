"""What a query asks, put to one statement or figure as it reads with corrections; a store answers for the others."""

from __future__ import annotations

from onrecord.ledger.dates import order_key
from onrecord.ledger.store import Query, View
from onrecord.ledger.words import holds_name, holds_words, name_key, words
from onrecord.model import Figure, Statement
from onrecord.review.applying import Applied

Order = tuple[str, str, int, str]
EVERY = "all"


def speakers_of(statement: Statement) -> tuple[str, ...]:
    """The entities that a statement is by."""
    return tuple(dict.fromkeys(e for e in (statement.speaker.entity, *statement.speaker.also) if e))


def asks_review(query: Query, review: str) -> bool:
    """Whether what has been judged so is listed."""
    return review != "rejected" if query.review is None else query.review in (EVERY, review)


class Fitting:
    """Answers for a view, in the same way as a store does."""

    def __init__(self, view: View, applied: Applied, *, is_brief: bool = False) -> None:
        self._view, self._applied = view, applied
        self._dates: dict[str, str | None] = {}
        self._called: dict[str, tuple[str, ...]] | None = {} if is_brief else None

    def brief(self) -> Fitting:
        """One that looks each name up once: for one page or one answer, in which nobody comes to be called so."""
        return Fitting(self._view, self._applied, is_brief=True)

    def published(self, thing: Statement | Figure) -> str | None:
        """When the report of a statement or figure came out."""
        if thing.report_id not in self._dates:
            ask = self._view.figures_of if isinstance(thing, Figure) else self._view.statements_of
            self._dates[thing.report_id] = ask((thing.id,))[0][1]
        return self._dates[thing.report_id]

    def order(self, statement: Statement) -> Order:
        """Where a statement stands in a list."""
        return (
            order_key(self.published(statement)),
            statement.report_id,
            statement.content.spans[0].start,
            statement.id,
        )

    def order_of_figure(self, figure: Figure) -> Order:
        """Where a figure stands in a list."""
        return order_key(self.published(figure)), figure.report_id, figure.span.start, figure.id

    def called(self, name: str) -> tuple[str, ...]:
        """Entities of a name after merges and splits, and those that are one with them; sorted."""
        if self._called is None:
            return self._look_up(name)
        if name not in self._called:
            self._called[name] = self._look_up(name)
        return self._called[name]

    def _look_up(self, name: str) -> tuple[str, ...]:
        wanted, named = name_key(name), self._applied.named
        own = {identity for identity, one in named.items() if name_key(one.name) == wanted and wanted}
        found = {*self._view.called(name), *own, *([name] if name in named else ())}
        found |= {name} & {*self._applied.merged, *self._applied.merged.values()}
        found = found or {identity for identity, one in named.items() if holds_name(name_key(one.name), wanted)}
        return tuple(sorted({one for identity in found for one in self._applied.one_with(identity)}))

    def bounds(self, report_id: str, query: Query) -> bool:
        """Whether the report is one that the query looks at."""
        if query.report not in (None, report_id):
            return False
        if (query.story, query.since, query.until, query.as_of) == (None,) * 4:
            return True
        asked = Query(
            report=report_id, story=query.story, since=query.since, until=query.until, as_of=query.as_of, limit=1
        )
        return next(iter(self._view.reports(asked)), None) is not None

    def statement(self, statement: Statement, query: Query) -> bool:
        """Whether a statement fits, as it reads now."""
        commitment, needed = statement.commitment, None if query.text is None else words(query.text)
        parts = (statement.source, statement.cue, statement.content)
        return (
            asks_review(query, statement.review)
            and query.attitude in (None, commitment.attitude)
            and query.stance in (None, commitment.stance)
            and query.plain in (None, statement.plain)
            and (needed is None or holds_words(words(" ".join(part.quote for part in parts if part)), needed))
            and (query.who is None or self._by(statement, query.who))
            and (query.about is None or self._about(statement, query.about))
            and self.bounds(statement.report_id, query)
        )

    def figure(self, figure: Figure, holder: Statement, query: Query) -> bool:
        """Whether a figure fits whose statement was judged."""
        needed = None if query.text is None else words(query.text)
        parts = (holder.source, holder.cue, holder.content)
        said = words(" ".join(part.quote for part in parts if part))
        own = words(f"{figure.text} {figure.of or ''}")
        is_there = query.about is not None and figure.where in self.called(query.about)
        return (
            asks_review(query, holder.review)
            and query.series in (None, figure.series)
            and query.stance in (None, holder.commitment.stance)
            and query.plain in (None, holder.plain)
            and (needed is None or holds_words(own, needed) or holds_words(said, needed))
            and (query.who is None or self._by(holder, query.who))
            and (query.about is None or is_there or self._about(holder, query.about))
            and self.bounds(figure.report_id, query)
        )

    def _by(self, statement: Statement, who: str) -> bool:
        speakers, entities = set(speakers_of(statement)), set(self.called(who))
        if speakers:
            return not speakers.isdisjoint(entities | {who})
        key, wanted = name_key(statement.source.quote if statement.source else ""), name_key(who)
        return bool(key) and (key == wanted or (not entities and holds_name(key, wanted)))

    def _about(self, statement: Statement, about: str) -> bool:
        wanted = {*self.called(about), about}
        spans = statement.content.spans
        return any(
            mention.entity in wanted and any(span.contains(mention.span) for span in spans)
            for mention in self._view.mentions(statement.report_id)
        )
