"""Attributions: who says what. One step in three engines: rules alone, or a trained tagger with the rules beside it."""

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


class TagAttributions(FindAttributions):
    """Assigns attributions, by a small tagger that ships with the package, with the rules beside it."""

    weights = "accurate"

    def __call__(self, report: Report) -> Report:
        """The report with that layer."""
        from onrecord.annotate.tagging.merge import find_tagged
        from onrecord.annotate.tagging.model import load_model

        return replace(report, attributions=find_tagged(report, load_model(self.weights)))


class TagBestAttributions(TagAttributions):
    """The same with a larger tagger, which comes as a package of its own."""

    weights = "best"
