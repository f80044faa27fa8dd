"""Where: coordinates and GeoNames ids of the places and countries of a report."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.model import Entity, EntityKind, Report
from onrecord.resolve.countries import find_country
from onrecord.resolve.places import candidates


@dataclass(frozen=True, slots=True)
class ResolveWhere:
    """Step: fills `geo` and `same_as` of countries and places that the earlier steps left open."""

    name: str = "where"
    requires: tuple[str, ...] = ("mentions", "entities")
    assigns: tuple[str, ...] = ("entities",)

    def __call__(self, report: Report) -> Report:
        """The report with its places on the map; a name that the gazetteer does not know stays without a point."""
        return replace(report, entities=tuple(located(entity) for entity in report.entities))


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
