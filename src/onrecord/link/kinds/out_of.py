"""A part of a number that is counted elsewhere: "21 of the 58 were children", where somebody counts the 58."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.link.entry import Entry
from onrecord.link.gates.bounds import is_telling, same_value
from onrecord.link.kinds.portions import Said, draw_part, may_be_some
from onrecord.link.kinds.quantities import head_of
from onrecord.model import Figure, Link


def find_parts(a: Entry, b: Entry) -> Iterator[Link]:
    """`part_of` from "21 of the 58 were children" to where the 58 are counted, in the same report or another."""
    for here, there in ((a, b), (b, a)) if a.report.id != b.report.id else ((a, a),):
        for part, f in _numbered(here):
            whole = here.figures.get(f.part_of or "")
            if whole is None or not is_telling(whole):
                continue
            for all_of, g in _numbered(there):
                if all_of.statement.id != part.statement.id and _is_whole(whole, g) and may_be_some(part, all_of):
                    yield draw_part(
                        part, all_of, "part-of-them", f"{f.text!r} of the {g.text!r} of {g.of or 'the same'}"
                    )
                    break


def _is_whole(whole: Figure, figure: Figure) -> bool:
    """Whether a figure gives the number that another is told to be out of, of nothing else."""
    same = same_value(whole, figure) and whole.amount.unit == figure.amount.unit and figure.part_of is None
    return same and not (whole.of and figure.of and head_of(whole) != head_of(figure))


def _numbered(entry: Entry) -> Iterator[Said]:
    """The figures of statements, also those of nothing named."""
    by_id = {told.statement.id: told for told in entry.told}
    return ((by_id[f.statement], f) for f in entry.report.figures if f.statement in by_id)
