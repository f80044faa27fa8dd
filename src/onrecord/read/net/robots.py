"""What a site asks of programs: robots.txt."""

from __future__ import annotations

from protego import Protego

NAME = "onrecord"  # by which a site may speak to us
MOST = 512_000  # bytes of a robots.txt that are looked at
LONGEST_DELAY = 10.0  # seconds between two pages that a site may ask for


class Rules:
    """The wishes of one site."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse("\n".join(_ours(text)))

    def may(self, address: str) -> bool:
        """Whether we may ask for an address."""
        return bool(self._rules.can_fetch(address, NAME))

    @property
    def delay(self) -> float:
        """Seconds between two pages."""
        return min(self._rules.crawl_delay(NAME) or 0.0, LONGEST_DELAY)


def _ours(text: str) -> list[str]:
    """The lines, with all the names of others made one: the parser keeps each rule for each name."""
    return ["User-agent: somebody-else" if _names_another(line) else line for line in text.splitlines()]


def _names_another(line: str) -> bool:
    field, _, value = line.partition("#")[0].partition(":")
    is_name = field.strip().lower().replace(" ", "-") in ("user-agent", "useragent")
    return is_name and value.strip().lower() not in ("*", NAME)
