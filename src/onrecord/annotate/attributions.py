"""Attributions: who says what. One step, found by rules alone or by a trained tagger with the rules beside it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotate.rules.find import find_attributions
from onrecord.model import Report


class FindAttributions:
    """Assigns attributions, by rules; needs nothing but sentences and quotation regions."""

    name = "attributions"
    requires: tuple[str, ...] = ("sentences", "quotations")
    assigns: tuple[str, ...] = ("attributions",)

    def __call__(self, report: Report) -> Report:
        """The report with that layer."""
        return replace(report, attributions=find_attributions(report))
