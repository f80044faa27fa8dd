"""Series: which figures follow one quantity, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from onrecord.link.entry import Entry
from onrecord.link.series import Bounds, Point, assemble_series, bounds_of, find_ties
from onrecord.model import Amount, Figure, Span
from tests.build import Entity, country, doc, entry, figure, mention, person, say
from tests.effort import assert_linear

NORLAND = country("Norland", "NO")
ADA, BO = person("Ada Berg"), person("Bo Lind")


def counted(number: int, who: Entity = ADA, *, of: str = "flooded homes", day: int = 1, **rest: object) -> Entry:
    """A report in which somebody counts homes in Holm."""
    name = who.name
    text = f"{name} said {number} {of} stood in Holm after the Holm river rose at Eddaby and Farnby."
    content = f"{number} {of} stood in Holm after the Holm river rose at Eddaby and Farnby"
    given = figure(text, str(number), number, number, of, **rest)
    return entry(
        doc(
            text,
            uri=f"made:{number}:{day}",
            published=f"2031-05-{day:02}",
            entities=(who,),
            mentions=(mention(text, name, who),),
            figures=(given,),
            attributions=(say(text, content, source=name, cue="said", who=who),),
        )
    )


def ties(a: Entry, b: Entry) -> int:
    return len(set(find_ties(a, b)))


def test_one_side_follows_its_own_count() -> None:
    assert ties(counted(40), counted(57, day=3)) == 1
    assert ties(counted(40), counted(40, day=2)) == 1


def test_another_source_of_the_same_matter_follows_it_too() -> None:
    assert ties(counted(40), counted(57, BO, day=2)) == 1


@pytest.mark.parametrize("other", [{"of": "broken cars"}, {"where": NORLAND.id}, {"part_of": "f-1"}])
def test_what_may_be_another_quantity_is_not_followed(other: dict[str, str]) -> None:
    assert ties(counted(40), counted(57, day=2, **other)) == 0


def test_a_change_by_so_much_is_no_stock() -> None:
    made = counted(57, day=2)
    (given,) = made.report.figures
    rose = replace(given, amount=replace(given.amount, direction="up"))
    assert ties(counted(40), Entry(replace(made.report, figures=(rose,)), made.statements)) == 0


def test_increments_forecasts_and_plans_stand_in_the_series() -> None:
    assert ties(counted(40), counted(10, day=2, increment=True)) == 1
    assert ties(counted(40), counted(90, day=2, forecast=True)) == 1
    assert ties(counted(40), counted(90, day=2, planned=True)) == 1


def own(sentence: str, number: int, day: int, *, of: str = "flooded homes", after: str = "", **rest: object) -> Entry:
    """A report that counts in its own voice, beside somebody who says something else."""
    text = f"The Holm river rose at Eddaby and Farnby. {sentence} Ada Berg said help was near.{after}"
    said = say(text, "help was near", source="Ada Berg", cue="said", who=ADA)
    given = figure(text, str(number), number, number, of, **rest)
    held = (mention(text, "Ada Berg", ADA),)
    return entry(doc(text, uri=f"own:{number}:{day}", published=f"2031-05-{day:02}", entities=(ADA,), figures=(given,),
                     mentions=held, attributions=(said,), outlet="Hill Times"))  # fmt: skip


RISEN = "{} flooded homes stood in Holm after the Holm river rose at Eddaby and Farnby."


def test_what_a_report_counts_itself_is_followed_too() -> None:
    assert ties(own(RISEN.format(40), 40, 1), counted(57, day=3)) == 1
    assert ties(own(RISEN.format(40), 40, 1), own(RISEN.format(52), 52, 2)) == 1


def test_what_a_report_counts_of_another_matter_or_beside_what_is_said_is_not() -> None:
    assert ties(own("The fair sold 300 flooded homes of sugar.", 300, 1), counted(57, day=3)) == 0
    assert ties(own(RISEN.format(40), 40, 1, of="boats"), counted(57, day=3)) == 0
    assert ties(own(RISEN.format(40)[:-1] + ", and", 40, 1), counted(57, day=3)) == 0  # one sentence with what she says


def test_a_headline_and_what_has_no_body_count_nothing() -> None:
    made = own(RISEN.format(40), 40, 1)
    bare = Entry(replace(made.report, sections=()), made.statements)
    assert ties(bare, counted(57, day=3)) == 0


def test_a_text_without_an_end_takes_no_long_time() -> None:
    def made(number: int) -> Entry:
        text = f"Water rose {'and 40 homes ' * number}"
        figures = tuple(figure(text, "40", 40, 40, "homes", nth=k) for k in range(0, number, number // 25))
        return entry(doc(text, figures=figures))

    assert_linear(lambda one: list(find_ties(one, one)), made, 1000)


def test_ties_are_the_same_from_either_side() -> None:
    a, b = counted(40), counted(57, day=2)
    assert set(find_ties(a, b)) == set(find_ties(b, a))


class Kept:
    """Figures f-0, f-1, ... of reports on successive days."""

    def __init__(self, *pairs: tuple[int, int]) -> None:
        self.pairs = [(f"f-{one}", f"f-{other}") for one, other in pairs]

    def ties(self, figure_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        wanted = set(figure_ids)
        return tuple(pair for pair in self.pairs if set(pair) & wanted)

    def figures_of(self, figure_ids: Iterable[str]) -> tuple[tuple[Figure, str | None], ...]:
        wanted = set(figure_ids)
        return tuple((point(k, 1).figure, f"2031-05-{k + 1:02}") for k in range(9) if f"f-{k}" in wanted)


def point(number: int, low: int | None, high: int | None = -1, whose: str = "e-1", day: int = 1, **rest: bool) -> Point:
    ends = [None if end is None else Decimal(end) for end in (low, low if high == -1 else high)]
    made = Figure(Span(0, 1), "1", Amount(*ends), id=f"f-{number}", report_id=f"r-{number}", **rest)
    return Point(made, whose, f"2031-05-{day:02}")


def test_what_hangs_together_is_a_series_named_by_its_earliest_figure() -> None:
    whole, looked_at = assemble_series({"f-3"}, Kept((1, 2), (2, 3), (5, 6)))
    assert set(whole) == {"f-1", "f-2", "f-3"} == looked_at
    assert len(set(whole.values())) == 1
    later, _ = assemble_series({"f-2"}, Kept((2, 3)))
    earlier, _ = assemble_series({"f-1"}, Kept((1, 2)))
    assert set(earlier.values()) == set(whole.values()) != set(later.values())


def test_a_figure_alone_is_no_series() -> None:
    assert assemble_series({"f-1"}, Kept()) == ({}, {"f-1"})


def test_bounds_are_what_each_side_said_last() -> None:
    said = [point(1, 40), point(2, 57, day=3), point(3, 60, None, "e-2", 2), point(4, 54, whose="e-3", day=4)]
    assert bounds_of(said) == Bounds(Decimal(54), Decimal(54), Decimal(60))
    said.append(point(5, 57, whose="e-4", day=2))
    assert bounds_of(said).best == 57, "two sides give it"


def test_what_has_not_happened_and_what_is_added_bound_nothing() -> None:
    said = [
        point(1, 40),
        point(2, 90, day=2, forecast=True),
        point(3, 80, day=2, planned=True),
        point(4, 9, day=3, increment=True),
    ]
    assert bounds_of(said) == Bounds(Decimal(40), Decimal(40), Decimal(40))
    assert bounds_of([]) == bounds_of(said[1:]) == Bounds()


def test_open_ends_give_no_best_number() -> None:
    assert bounds_of([point(1, 40, None)]) == Bounds(None, Decimal(40), Decimal(40))
    assert bounds_of([point(1, None, 90)]) == Bounds(None, Decimal(90), Decimal(90))


def toll(words: str, number: str, low: int, of: str, *, day: int) -> Entry:
    """A report in which somebody counts those who were hit when the Holm river rose."""
    content = f"{words} when the Holm river rose at Eddaby and Farnby"
    text = f"Ada Berg said {content}."
    given = figure(text, number, low, low, of, of_span=Span(text.index(of), text.index(of) + len(of)))
    return entry(
        doc(
            text,
            uri=f"made:{low}:{day}",
            published=f"2031-05-{day:02}",
            entities=(ADA,),
            mentions=(mention(text, "Ada Berg", ADA),),
            figures=(given,),
            attributions=(say(text, content, source="Ada Berg", cue="said", who=ADA),),
        )
    )


@pytest.mark.parametrize(
    ("words", "of", "followed"),
    [
        ("57 deaths were reported", "deaths", 1),
        ("57 people died", "people", 1),
        ("57 people were hurt", "people", 0),
        ("57 soldiers died", "soldiers", 0),
    ],
)
def test_a_toll_is_followed_whatever_its_noun(words: str, of: str, followed: int) -> None:
    first = toll("22 passengers were killed", "22", 22, "passengers", day=1)
    assert ties(first, toll(words, "57", 57, of, day=3)) == followed
