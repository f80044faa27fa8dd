"""Entities in the making: what is known of each, and which mention stands for which."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from onrecord.model import Entity, EntityKind, Role
from onrecord.resources import settings_file


def sure(method: str) -> float:
    """How sure a way of naming is, 0..1."""
    value: Any = settings_file("names.toml")["who"][method]
    return float(value)


@dataclass(slots=True)
class Named:
    """One entity in the making, with its mentions."""

    id: str
    kind: EntityKind
    name: str
    aliases: set[str] = field(default_factory=set)
    same_as: tuple[str, ...] = ()
    geo: tuple[float, float] | None = None
    roles: dict[Role, None] = field(default_factory=dict)
    gender: str | None = None
    country: str | None = None

    def entity(self) -> Entity:
        """The finished entity."""
        return Entity(
            self.id,
            self.name,
            self.kind,
            tuple(sorted(self.aliases | {self.name})),
            self.same_as,
            self.geo,
            tuple(sorted(self.roles, key=role_key)),
            country=self.country if self.kind is EntityKind.PLACE else None,
        )


def role_key(role: Role) -> tuple[str, str, str]:
    """Order of roles."""
    return role.title, role.affiliation or "", role.as_of or ""


@dataclass(slots=True)
class Cast:
    """All entities of a report by id, and what each mention is resolved to: entity id and method."""

    named: dict[str, Named] = field(default_factory=dict)
    of: dict[int, tuple[str, str]] = field(default_factory=dict)
    unclear: set[int] = field(default_factory=set)  # mentions that could be two
