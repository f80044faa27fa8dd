"""Parts of what is counted elsewhere: some of them, a part of the place, a part of the time."""

from __future__ import annotations

from onrecord.link.drawing import make_link
from onrecord.link.entry import Told
from onrecord.link.gates.bounds import same_value
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.parts import is_in_part, is_in_period, is_in_place, is_less, is_some_of
from onrecord.link.gates.scope import may_be_one
from onrecord.link.gates.voices import is_one_voice
from onrecord.model import Figure, Link

WEEK = 7  # days
Said = tuple[Told, Figure]


def part_between(one: Said, other: Said, days: int | None) -> Link | None:
    """The link of a part to its whole: some of them, a part of the place, a part of the time."""
    same_report = one[0].entry.report.id == other[0].entry.report.id
    for part, whole in ((one, other), (other, one)):
        (told, f), (all_of, g) = part, whole
        if not is_less(f, g) or same_value(f, g) or f.forecast != g.forecast:
            continue
        voice = is_one_voice(told, all_of)
        if is_some_of(*part) and not is_some_of(*whole):
            near = same_report or (days is not None and days <= WEEK and may_be_some(told, all_of))
            if near and (not same_report or f.part_of in (None, g.id)):
                return draw_part(told, all_of, "part-of-them", f"{f.text!r} of the {g.text!r} of {thing(g)}")
        elif voice and (days == 0 or same_report) and is_in_place(part, whole):
            return draw_part(
                told, all_of, "part-of-place", f"{f.text!r} of {thing(f)} in a part of the place of {g.text!r}"
            )
        elif voice and (days == 0 or same_report) and is_in_part(part, whole) and f.where == g.where:
            return draw_part(
                told, all_of, "part-of-place", f"{f.text!r} of {thing(f)} in a part of what {g.text!r} counts"
            )
        elif voice and is_in_period(part, whole) and f.where == g.where:
            return draw_part(
                told, all_of, "part-of-time", f"{f.text!r} of {thing(f)} in a part of the time of {g.text!r}"
            )
    return None


def draw_part(part: Told, whole: Told, rule: str, words: str) -> Link:
    """The link of a part to its whole."""
    if rule == "part-of-them":
        return make_link("part_of", part, whole, "part-of-them", words, 0.8)
    if rule == "part-of-time":
        return make_link("part_of", part, whole, "part-of-time", words, 0.7)
    return make_link("part_of", part, whole, "part-of-place", words, 0.8)


def may_be_some(part: Told, whole: Told) -> bool:
    """Whether one may count some of those whom the other counts."""
    return may_be_one(part, whole) and is_one_matter(part.entry, whole.entry)


def thing(figure: Figure) -> str:
    """What a figure counts, in words."""
    return figure.of or "the same"
