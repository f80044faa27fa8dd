"""Templates: always escaped, strict about what they are given."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord import __version__
from onrecord.export.naming import day, tidy
from onrecord.export.rendering import MOTTO
from onrecord.export.rows import short_id
from onrecord.ledger.asking import OPENINGS, STANCES, STATES, STATUSES
from onrecord.web.assets import asset_path
from onrecord.web.kinds import KINDS
from onrecord.web.looks import (
    cells_of,
    certainty_words,
    claim_class,
    claim_words,
    counted,
    headline,
    moment,
    number_words,
    outward,
    stance_class,
    timex_words,
)
from onrecord.web.routes import has_page, navigation


@cache
def environment() -> Environment:
    """The one environment; templates are read once."""
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "day": day,
        "timex": timex_words,
        "moment": moment,
        "headline": headline,
        "tidy": tidy,
        "short_id": short_id,
        "outward": outward,
        "counted": counted,
        "number": number_words,
        "stance_class": stance_class,
        "certainty": certainty_words,
        "claim_class": claim_class,
        "claim_words": claim_words,
    }
    made.globals |= {
        "asset": asset_path,
        "navigation": navigation,
        "has_page": has_page,
        "motto": MOTTO,
        "version": __version__,
        "cells_of": cells_of,
        "stances": STANCES,
        "statuses": STATUSES,
        "openings": OPENINGS,
        "states": STATES,
        "kinds_of_review": KINDS,
    }
    return made


def render(template: str, **given: Any) -> str:
    """A template with what it is given."""
    return environment().get_template(template).render(**given)
