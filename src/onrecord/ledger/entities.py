"""One entity out of what several reports say of it."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.errors import UnknownId
from onrecord.model import Entity, Role


def merge_entities(parts: Iterable[Entity]) -> Entity:
    """The entity of parts that share an id: the fullest name, every alias, code and role.

    The same whatever the order and however often a part comes; a merged entity may be a part again.

    >>> from onrecord.model import EntityKind
    >>> short = Entity("e-1", "Ada Byron", EntityKind.PERSON, ("Ada Byron", "Byron"))
    >>> merge_entities([short, Entity("e-1", "Ada Byron King", EntityKind.PERSON)]).aliases
    ('Ada Byron', 'Ada Byron King', 'Byron')
    """
    every = sorted(set(parts), key=repr)
    if not every:
        raise UnknownId("no entity to merge")
    first = every[0]
    name = min((part.name for part in every), key=_fullest_first)
    aliases = {name} | {alias for part in every for alias in (part.name, *part.aliases)}
    places = sorted(part.geo for part in every if part.geo is not None)
    return Entity(
        id=first.id,
        name=name,
        kind=min(part.kind for part in every),
        aliases=tuple(sorted(aliases)),
        same_as=tuple(sorted({code for part in every for code in part.same_as})),
        geo=places[0] if places else None,
        country=min((part.country for part in every if part.country is not None), default=None),
        roles=tuple(sorted({role for part in every for role in part.roles}, key=_role_order)),
    )


def _fullest_first(name: str) -> tuple[int, int, str]:
    return -len(name.split()), -len(name), name


def _role_order(role: Role) -> tuple[str, str, str]:
    return role.title, role.affiliation or "", role.as_of or ""
