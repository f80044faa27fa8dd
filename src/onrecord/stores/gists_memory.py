"""Gists and cards in the reference store: two dictionaries."""

from __future__ import annotations

from collections.abc import Iterable


class MemoryGists:
    """What linking looks at of a report, so that no text is read again."""

    def __init__(self) -> None:
        self._gists: dict[str, str] = {}
        self._cards: dict[str, str] = {}

    def gists(self, report_ids: Iterable[str]) -> dict[str, str]:
        """What is kept for grouping of these reports."""
        return {report_id: self._gists[report_id] for report_id in report_ids if report_id in self._gists}

    def cards(self, report_ids: Iterable[str]) -> dict[str, str]:
        """What is asked of these reports before they are read."""
        return {report_id: self._cards[report_id] for report_id in report_ids if report_id in self._cards}

    def put_gist(self, report_id: str, gist: str) -> None:
        """Keeps what grouping looks at of a report."""
        self._gists[report_id] = gist

    def put_card(self, report_id: str, card: str) -> None:
        """Keeps what is asked of a report before it is read."""
        self._cards[report_id] = card
