"""Where: coordinates and GeoNames ids of the places and countries of a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.model import Entity, EntityKind, Mention, Report
from onrecord.resolve.names.countries import find_country
from onrecord.resolve.places.candidates import Place, candidates
from onrecord.resolve.places.deciding import Decision, Locator
from onrecord.resolve.places.locating import place_entity, place_id
from onrecord.resolve.places.towns import find_sightings


@dataclass(frozen=True, slots=True)
class ResolveWhere:
    """Step: puts places and countries on the map, each with `geo` and `same_as`.

    It sees the report as a whole, so it also finds towns that no earlier step could tell from a family name, and
    tells Georgia from Georgia.
    """

    name: str = "where"
    requires: tuple[str, ...] = ("sentences", "mentions", "entities")
    assigns: tuple[str, ...] = ("mentions", "entities")

    def __call__(self, report: Report) -> Report:
        """The report with its places on the map; a name that the gazetteer does not know stays without a point."""
        locator = Locator(report, find_sightings(report))
        decisions, given = locator.decisions(), locator.given()
        if decisions or given:
            report = with_places(report, decisions, given)
        return replace(report, entities=tuple(located(entity) for entity in report.entities))


def with_places(report: Report, decisions: Sequence[Decision], given: frozenset[int]) -> Report:
    """The report with each decision's place: a mention changed, or one added where there was none.

    The mentions `given` are somebody's first name and lose the country that they had.
    """
    known = {entity.id: entity for entity in report.entities}
    mentions: list[Mention] = []
    changed = {one.mention: one for one in decisions if one.mention is not None}
    replaced = {one.span for one in decisions if one.mention is None}
    ends = {one.span.end: one.span for one in reversed(decisions)}  # "W. Va." holds "Va."
    for k, mention in enumerate(report.mentions):
        around = ends.get(mention.span.end, mention.span)
        if mention.form == "name" and around.start < mention.span.start:
            continue
        if k in changed:
            mentions.append(
                replace(mention, kind="place", entity=place_id(changed[k].place), metonym=False, role=None, gender=None)
            )
        elif k in given:
            mentions.append(replace(mention, kind=None, entity=None))
        elif mention.span not in replaced or mention.form != "name":
            mentions.append(mention)
    for one in decisions:
        if one.mention is None:
            words = one.span.of(report.text)
            mentions.append(Mention(one.span, words, "place", "name", entity=place_id(one.place), confidence=0.8))
    mentions.sort(key=lambda m: (m.span.start, m.span.end, m.form))
    used = referred_to(report, mentions)
    for one in decisions:
        known[place_id(one.place)] = with_alias(known.get(place_id(one.place)), one.place, one.name)
    dropped = {m.entity for m in report.mentions if m.entity is not None} - used
    entities = [entity for one, entity in known.items() if one not in dropped]
    return replace(report, mentions=tuple(mentions), entities=tuple(sorted(entities, key=lambda one: one.id)))


def with_alias(entity: Entity | None, place: Place, name: str) -> Entity:
    """The entity of a place with one more of its names."""
    if entity is None:
        named = place_entity(place)
        named.aliases.add(name)
        return named.entity()
    return entity if name in entity.aliases else replace(entity, aliases=tuple(sorted({*entity.aliases, name})))


def referred_to(report: Report, mentions: Iterable[Mention]) -> set[str]:
    """Ids of the entities that mentions and speakers stand for."""
    used = {m.entity for m in mentions if m.entity is not None}
    for one in report.attributions:
        if one.speaker is not None:
            used |= {*one.speaker.also, *([one.speaker.entity] if one.speaker.entity else [])}
    return used


def located(entity: Entity) -> Entity:
    """The entity with its point and ids, where a table knows them and none are there yet."""
    if entity.geo is not None or entity.kind not in (EntityKind.PLACE, EntityKind.COUNTRY):
        return entity
    country = find_country(entity.name)
    if entity.kind is EntityKind.COUNTRY and country is not None:
        geo = country.geo
        if geo is None and (places := candidates(entity.name)):
            geo = places[0].latitude, places[0].longitude
        return replace(entity, geo=geo, same_as=tuple(sorted({*entity.same_as, *country.same_as})))
    places = candidates(entity.name)
    if len(places) != 1:
        return entity
    ids = {f"geonames:{places[0].geonames}"} if places[0].geonames else set()
    return replace(
        entity, geo=(places[0].latitude, places[0].longitude), same_as=tuple(sorted({*entity.same_as, *ids}))
    )
