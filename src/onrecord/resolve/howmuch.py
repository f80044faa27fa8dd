"""The scope of figures: what an elliptical one counts, where, as of when, to come or meant, whose, part of what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.model import Figure, Report
from onrecord.resolve.figures.owners import Owners
from onrecord.resolve.figures.parts import figure_id, whole_of
from onrecord.resolve.figures.places import Places
from onrecord.resolve.figures.reach import reaches
from onrecord.resolve.figures.status import status
from onrecord.resolve.figures.times import Times

BEFORE = 4  # figures among which a part looks for its whole
NEAR = 280  # code points to the figure before, whose noun an elliptical one takes
LENGTHS = frozenset("second minute hour day week month year decade century".split())  # of no place or time of their own
NUMBERED = re.compile(r"^(?:\S+\s){0,2}?\S+['’]s\s\d[\d.,]*\s(?:(?:thousand|million|billion|trillion)\s)?")
DETERMINERS = re.compile(r"^(?:the|its|their|his|her|our|those|these|such|other|more|additional)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ResolveHowMuch:
    """Gives figures their scope from the clause and the attribution they stand in."""

    name: str = "howmuch"
    requires: tuple[str, ...] = ("sentences", "figures", "times", "mentions", "attributions")
    assigns: tuple[str, ...] = ("figures",)

    def __call__(self, report: Report) -> Report:
        """The report with scope on its figures."""
        return replace(report, figures=tuple(resolve_figures(report)))


def resolve_figures(report: Report) -> list[Figure]:
    """The report's figures with their scope, in order."""
    places, times, owners = Places(report), Times(report), Owners(report)
    out: list[Figure] = []
    for index, (printed, reach) in enumerate(zip(report.figures, reaches(report), strict=True)):
        near = out[-1] if out and printed.span.start - out[-1].span.end < NEAR else None
        named = with_noun(report.text, printed, near)
        forecast, planned = status(report.text, named, reach)
        is_length = named.amount.unit in LENGTHS or (named.amount.unit or "").endswith("of age")
        owner = None if is_length else owners.of(named, reach)
        before = out[-BEFORE:]
        whole = whole_of(report, [*before, named, *report.figures[index + 1 : index + 2]], len(before))
        figure = replace(
            named if whole is None else as_part(printed, whole),
            where=None if is_length else places.of(named, reach) or same_place(named, near),
            forecast=forecast,
            planned=planned,
            whose=owner.entity if owner else None,
            whose_span=owner.span if owner else None,
            part_of=figure_id(report, whole.span) if whole else None,
        )
        out.append(figure if is_length else replace(figure, as_of=times.of(figure, reach)))
    return out


def as_part(printed: Figure, whole: Figure) -> Figure:
    """A part with a noun of its own only: what "12 of them" are the whole tells, and the two are no rival counts."""
    if printed.amount.unit is not None:
        return with_noun("", printed, None)
    borrowed = printed.of_span is None or printed.of_span.overlaps(whole.span)
    borrowed = borrowed or (whole.of_span is not None and printed.of_span == whole.of_span)
    return replace(printed, of=None, of_span=None) if borrowed else with_noun("", printed, None)


def same_place(figure: Figure, near: Figure | None) -> str | None:
    """The place of the figure before, for more of the same."""
    is_more = near is not None and figure.increment and figure.of is not None and figure.of == near.of
    return near.where if near is not None and is_more else None


def with_noun(text: str, figure: Figure, previous: Figure | None) -> Figure:
    """The figure with its noun in canonical form; an increment without one takes the noun of the figure before."""
    if figure.of:
        return replace(figure, of=canonical(figure.of))
    elliptical = figure.amount.unit is None and (figure.increment or figure.rule == "count")
    if not elliptical or previous is None or previous.amount.unit is not None or not previous.of:
        return figure
    if not figure.increment and "\n" in text[previous.span.end : figure.span.start]:
        return figure
    return replace(figure, of=previous.of, of_span=previous.of_span)


def canonical(noun: str) -> str:
    """A noun phrase with single blanks, without determiner and without a number of its own.

    >>> canonical("Norland's 2.3 million people")
    'people'
    """
    return DETERMINERS.sub("", NUMBERED.sub("", " ".join(noun.split())))
