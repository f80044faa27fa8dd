"""Entities and sources as they read after merges, splits and corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from heapq import merge

from onrecord.errors import UnknownId
from onrecord.ledger.counting import Said, count_speakers
from onrecord.ledger.store import EVERYTHING, Query, SpeakerCount
from onrecord.model import Entity
from onrecord.review.applying import NOTHING, Applied
from onrecord.review.correcting import as_one, entity_of
from onrecord.review.fitting import asks_review, speakers_of
from onrecord.review.state import Applying, asked, cut


class ReviewedEntities(Applying):
    """The part of a reviewed view that is about who is who."""

    def entity(self, entity_id: str) -> Entity:
        """One entity; the one that stands for it after a merge, or one that people made."""
        applied = self.applied
        kept = applied.stands_for(entity_id)
        parts = [self._single(one) for one in applied.one_with(kept)]
        return parts[0] if len(parts) == 1 else as_one(kept, parts, self._single(kept))

    def _single(self, identity: str) -> Entity:
        named = self._applied.named.get(identity)
        if named is None:
            return self.found.entity(identity)
        try:
            parent = self.found.entity(named.parent) if named.parent else None
        except UnknownId:
            parent = None
        return entity_of(identity, named, parent)

    def entities(self) -> Iterator[Entity]:
        """All entities by id: each that stands for others once, and those that people made."""
        applied = self.applied
        if not applied.merged and not applied.named:
            return self.found.entities()
        return self._entities(applied)

    def _entities(self, applied: Applied) -> Iterator[Entity]:
        special = {*applied.named, *applied.merged, *applied.merged.values()}
        there = (entity for entity in self.found.entities() if entity.id not in special)
        own = [self.entity(identity) for identity in sorted({applied.stands_for(one) for one in special})]
        return merge(there, own, key=lambda entity: entity.id)

    def called(self, name: str) -> tuple[str, ...]:
        """Entities of a name, by those that stand for them."""
        applied = self.applied
        return tuple(sorted({applied.stands_for(identity) for identity in self._fitting.called(name)}))

    def speakers(self, query: Query = EVERYTHING) -> tuple[SpeakerCount, ...]:
        """Sources by number of statements as they read now."""
        if self.applied is NOTHING:
            return self.found.speakers(asked(query)) if asks_review(query, "none") else ()
        said = (
            Said(entity, one.source.quote if one.source else "", one.report_id, self._fitting.published(one))
            for one in self.statements(replace(query, limit=None, skip=0))
            for entity in (speakers_of(one) or (None,))
        )
        return tuple(cut(count_speakers(said, self.entity), query))
