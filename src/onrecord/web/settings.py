"""What the reading room is started with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from ipaddress import ip_address

from onrecord.errors import UsageError
from onrecord.registry import ENGINES

LEAST_TOKEN = 16  # characters
MEBIBYTE = 1024 * 1024


class Role(IntEnum):
    """What somebody may do; each may do what those before may."""

    NOBODY = 0
    READER = 1  # reads
    REVIEWER = 2  # confirms, corrects, rejects
    ADMIN = 3  # adds reports


@dataclass(frozen=True, slots=True)
class Token:
    """A secret and what whoever has it may do."""

    role: Role
    secret: str

    @classmethod
    def parse(cls, words: str) -> Token:
        """The token of "reviewer:SECRET"; a secret alone is a reader's. UsageError for anything else.

        >>> Token.parse("admin:0123456789abcdef").role
        <Role.ADMIN: 3>
        """
        name, colon, secret = words.partition(":")
        if not colon:
            name, secret = "reader", words
        roles = {role.name.lower(): role for role in Role if role}
        if name not in roles:
            raise UsageError(f"a token is ROLE:SECRET, and ROLE is one of {', '.join(roles)}")
        if len(secret) < LEAST_TOKEN or not secret.isascii() or not secret.isprintable() or " " in secret:
            raise UsageError(
                f"the secret of a token is {LEAST_TOKEN} or more letters, digits and signs, without spaces"
            )
        return cls(roles[name], secret)


@dataclass(frozen=True, slots=True)
class Settings:
    """Read once, when the server starts."""

    db: str
    host: str = "127.0.0.1"
    port: int = 8400
    tokens: tuple[Token, ...] = ()
    read_only: bool = False  # nobody adds or judges
    rows: int = 50  # of a list on one page
    most_bytes: int = 64 * MEBIBYTE  # of what is sent to us at once
    readers: int = 6  # requests that read the record at once
    engine: str = ENGINES[0]  # what finds who said what in reports that are added
    allowed: tuple[tuple[str, int], ...] = ()  # hosts and ports that are fetched from although they are not public

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    def check(self) -> None:
        """UsageError where others could read or change the record without a token."""
        if not self.is_local and not self.tokens:
            raise UsageError(
                f"{self.host} can be reached from other machines: give at least one --token ROLE:SECRET,"
                " or leave --host at 127.0.0.1"
            )


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this machine's own, for itself alone.

    >>> is_loopback("localhost"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"
