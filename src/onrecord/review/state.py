"""What reading with judgements starts from: the log as it bears on the view behind, read anew when it has grown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import replace
from itertools import islice
from threading import RLock
from typing import Self, TypeVar

from onrecord.ledger.dates import order_key
from onrecord.ledger.store import Query, View
from onrecord.model import Claim, Figure, Judgement, Statement
from onrecord.review.applying import NOTHING, Applied, Orphan, apply_log
from onrecord.review.claims import ClaimsNow, Kept, Memo, reread
from onrecord.review.fitting import Fitting, Order
from onrecord.review.through import Through

_Thing = TypeVar("_Thing", Statement, Figure, Claim)
_Any = TypeVar("_Any")
MOST_KEPT = 10_000  # claims assembled again


class Applying(Through):
    """A view and the judgements of its log; see `review.reading`."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._last: str | None = None
        self._applied = NOTHING
        self._fitting = Fitting(view, NOTHING)
        self._memo: Memo = {}
        self._claims = ClaimsNow(Kept(view, NOTHING), self._memo)
        self._lock, self._is_pinned = RLock(), False
        self._counts: dict[str, int] = {}

    @property
    def applied(self) -> Applied:
        """What the log comes to."""
        if not self._is_pinned:
            last = self.found.last_judgement()
            if (last.hash if last else None) != self._last:
                self.refresh()
                self._last = last.hash if last else None
        return self._applied

    def pinned(self) -> Self:
        """This view as the log stands now, and stays: what one page or one request reads with. Threads may share this
        one and pin their own; what one of them has worked out the others have too.
        """
        with self._lock:
            counts = {} if self.applied is NOTHING else self.found.counts() | {"judgement": 0}
            if counts != self._counts:
                self.refresh()  # what was added since may be what a judgement is about, or have a link with it
                self._counts = counts
            other = copy(self)
            other._is_pinned = True  # noqa: SLF001  one of us
            other._fitting = self._fitting.brief()  # noqa: SLF001
            return other

    def refresh(self) -> None:
        """Reads the log anew: judgements that had lost their words may find them in reports added since."""
        if len(self._memo) > MOST_KEPT:
            self._memo.clear()
        self._set(apply_log(self.found))

    def _set(self, applied: Applied) -> None:
        self._applied = applied
        self._fitting = Fitting(self.found, self._applied)
        self._claims = ClaimsNow(Kept(self.found, self._applied), self._memo)

    @property
    def orphans(self) -> tuple[Orphan, ...]:
        """Judgements in force that are about nothing on the record now."""
        return self.applied.orphans

    def judged(self, identity: str) -> tuple[Judgement, ...]:
        """The judgements in force about a statement or a link, oldest first."""
        standing = self.applied.statements.get(identity) or self.applied.links.get(identity)
        wanted = set(standing.judgements) if standing else set()
        return tuple(one for one in self.found.judgements() if one.id in wanted) if wanted else ()

    def _by_any(
        self,
        query: Query,
        ask: Callable[[Query], Iterator[_Thing]],
        order: Callable[[_Thing], Order | tuple[int, str, str]],
    ) -> Iterator[_Thing]:
        """What fits for any of the entities that are one with who or what the query names, each once."""
        who, about = self._names(query.who), self._names(query.about)
        if len(who) == len(about) == 1:
            return ask(query)
        asked = (replace(query, who=one, about=other) for one in who for other in about)
        found = {thing.id: thing for each in asked for thing in ask(each)}
        return iter(sorted(found.values(), key=order))

    def _names(self, name: str | None) -> tuple[str | None, ...]:
        """What to ask a store for: a name, and the ids of the entities that are one with one of that name."""
        if name is None or not self._applied.merged:
            return (name,)
        ones = self._fitting.called(name)
        return (name, *ones) if any(map(self._is_one_of_several, ones)) else (name,)

    def _is_one_of_several(self, entity: str) -> bool:
        return len(self._applied.one_with(entity)) > 1

    def _read(self, statement: Statement) -> Statement:
        return statement if self._applied is NOTHING else self._claims.of(reread(self.found, self._applied, statement))


def by_date(claim: Claim) -> tuple[int, str, str]:
    """The order of claims."""
    return 0, order_key(claim.first_said), claim.id


def by_size(claim: Claim) -> tuple[int, str, str]:
    """Likewise, the largest first."""
    return -len(claim.statements), order_key(claim.first_said), claim.id


def asked(query: Query) -> Query:
    """A query as a store takes it."""
    return query if query.review is None else replace(query, review=None)


def whole(query: Query) -> Query:
    """Likewise, for all that fits."""
    return replace(query, review=None, limit=None, skip=0)


def cut(things: Iterable[_Any], query: Query) -> Iterator[_Any]:
    """What is left of a list after what is passed over, up to the limit."""
    return islice(things, query.skip, None if query.limit is None else query.skip + query.limit)
