"""Statements, figures and entities as they read with the judgements about them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.ledger.judgements import Standing
from onrecord.ledger.statements import is_plain
from onrecord.model import Correction, Entity, EntityKind, Figure, Mention, Speaker, Statement
from onrecord.review.applying import Applied, Named

AMBIGUOUS = "ambiguous-speaker"
BY_PERSON = "judgement"  # how a speaker was resolved
SURE = 1.0


def reviewed(statement: Statement, applied: Applied) -> Statement:
    """A statement as it reads now. Its confidence stays that of the machine."""
    standing = applied.statements.get(statement.id)
    if standing is not None:
        statement = _judged(statement, standing, applied)
    speaker = _merged(statement.speaker, applied)
    return statement if speaker is statement.speaker else replace(statement, speaker=speaker)


def _judged(statement: Statement, standing: Standing, applied: Applied) -> Statement:
    if standing.review == "rejected":
        return replace(statement, review="rejected", plain=False)
    correction = standing.correction
    source = statement.source if correction.source is None else correction.source
    cue = statement.cue if correction.cue is None else correction.cue
    speaker = _speaker(statement.speaker, correction, standing, applied)
    flags = tuple(flag for flag in statement.flags if flag != AMBIGUOUS or speaker.ambiguous)
    commitment = statement.commitment
    if correction.stance is not None:
        commitment = replace(commitment, stance=correction.stance)
    return replace(
        statement,
        source=source if source and source.spans else None,
        cue=cue if cue and cue.spans else None,
        content=statement.content if correction.content is None else correction.content,
        speaker=speaker,
        commitment=commitment,
        flags=flags,
        plain=is_plain(speaker, SURE, flags),
        review=standing.review,
    )


def _speaker(found: Speaker, correction: Correction, standing: Standing, applied: Applied) -> Speaker:
    if correction.speaker is not None:
        entity = correction.speaker or None
        found = Speaker(
            entity, anonymous=found.anonymous and entity is None, method=BY_PERSON, confidence=SURE if entity else 0.0
        )
    if not standing.swaps:
        return found

    def now(one: str) -> str:
        return standing.swaps.get(one) or standing.swaps.get(applied.stands_for(one)) or one

    entity = now(found.entity) if found.entity else None
    return replace(found, entity=entity, also=tuple(map(now, found.also)), method=BY_PERSON)


def _merged(speaker: Speaker, applied: Applied) -> Speaker:
    """Who speaks, by the entity that stands for each; who turns out to speak twice speaks once."""
    if not applied.merged or speaker.entity is None:
        return speaker
    entity = applied.stands_for(speaker.entity)
    also = tuple(dict.fromkeys(stood for one in speaker.also if (stood := applied.stands_for(one)) != entity))
    return speaker if (entity, also) == (speaker.entity, speaker.also) else replace(speaker, entity=entity, also=also)


def corrected_figure(figure: Figure, standing: Standing | None) -> Figure:
    """A figure with the range that a person gave it; nothing is approximate about that then but an open end."""
    for one in standing.correction.figures if standing else ():
        if len(one.words.spans) == 1 and one.words.spans[0].overlaps(figure.span):
            return replace(figure, amount=replace(figure.amount, low=one.low, high=one.high))
    return figure


def merged_mention(mention: Mention, applied: Applied) -> Mention:
    """A mention by the entity that stands for its own."""
    entity = applied.merged.get(mention.entity or "")
    return mention if entity is None else replace(mention, entity=entity)


def entity_of(identity: str, named: Named, parent: Entity | None) -> Entity:
    """An entity that people made; of a kind with the one that it was split off from, a person otherwise."""
    name = named.name or (parent.name if parent else "")
    return Entity(identity, name, parent.kind if parent else EntityKind.PERSON, (name,))


def as_one(identity: str, parts: Iterable[Entity], kept: Entity) -> Entity:
    """The entity that stands for others: its own name, and all that is known of any of them."""
    from onrecord.ledger.entities import merge_entities

    made = merge_entities(replace(part, id=identity) for part in parts)
    return replace(made, name=kept.name, kind=kept.kind)
