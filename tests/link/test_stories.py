"""Reports grouped by matter, whatever their order."""

from __future__ import annotations

from itertools import permutations

from onrecord.link.stories import Gist, find_stories, gist_of
from onrecord.model import Report
from tests.build import doc

TANKER = [
    "A tanker struck the harbour wall at Varna and leaked oil into the northern basin, the harbour master said.",
    "Divers found a tear in the tanker at Varna harbour and oil reached the northern basin, his office said.",
]
LEVY = [
    "Parliament kept the fuel levy for hauliers another year after a late vote on Monday in the finance committee.",
    "Hauliers protested against the fuel levy that parliament kept after the finance committee had voted for it.",
]


def reports(days: tuple[str, ...] = ("2025-03-10",) * 4) -> list[Report]:
    return [doc(t, uri=f"made:{k}", published=d) for k, (t, d) in enumerate(zip(TANKER + LEVY, days, strict=True))]


def test_each_matter_is_one_story() -> None:
    made = reports()
    groups = {frozenset(s.reports) for s in find_stories(made)}
    assert groups == {frozenset(r.id for r in made[:2]), frozenset(r.id for r in made[2:])}


def test_order_of_reports_does_not_matter() -> None:
    made = reports()
    assert len({find_stories(order) for order in permutations(made)}) == 1


def test_reports_years_apart_are_two_stories() -> None:
    made = reports(("2021-03-10", "2025-03-10", "2025-03-10", "2025-03-10"))
    assert len(find_stories(made)) == 3


def test_a_report_without_a_date_may_join_any() -> None:
    made = reports()
    undated = doc(TANKER[1], uri="made:undated", published=None)
    assert any({made[0].id, undated.id} <= set(s.reports) for s in find_stories([*made, undated]))


def test_first_and_last_are_the_dates_of_the_reports() -> None:
    (tanker,) = [
        s
        for s in find_stories(reports(("2025-03-10", "2025-03-12", "2025-03-11", "2025-03-11")))
        if s.first == "2025-03-10"
    ]
    assert (tanker.first, tanker.last) == ("2025-03-10", "2025-03-12")


def test_a_story_goes_by_a_title_where_a_report_has_one() -> None:
    untitled = doc(TANKER[0] + " " + TANKER[0], uri="made:long", published="2025-03-10")
    titled = doc(TANKER[1], uri="made:titled", published="2025-03-10", title="Oil at Varna")
    (story,) = find_stories([untitled, titled])
    assert story.title == "Oil at Varna"


def test_a_first_line_that_stands_for_a_title_is_cut_between_words() -> None:
    long = doc(TANKER[0] + " " + TANKER[0], uri="made:long", published="2025-03-10")
    (story,) = find_stories([long])
    assert story.title.endswith("…")
    assert len(story.title) <= 121
    assert (TANKER[0] + " " + TANKER[0])[len(story.title) - 1] in " ,."


def test_no_reports_no_stories() -> None:
    assert find_stories([]) == ()


def test_two_hospital_fires_in_two_towns_are_two_stories() -> None:
    made = [
        doc(text, uri=f"made:{k}", published=day)
        for k, (day, text) in enumerate(
            [
                ("2025-03-10", "A fire in Orlava killed four patients of the Sisters’ hospital, fire chief Berg said."),
                ("2025-03-12", "A fire in Tarnow killed two patients of the Lakeside clinic, fire chief Moss said."),
                ("2025-03-11", "Fire chief Berg said a kettle began the fire at the Sisters’ hospital in Orlava."),
                ("2025-03-13", "Fire chief Moss said wiring began the fire at the Lakeside clinic in Tarnow."),
            ]
        )
    ]
    both = ({made[0].id, made[2].id}, {made[1].id, made[3].id})
    assert {frozenset(s.reports) for s in find_stories(made)} == {frozenset(ids) for ids in both}


def test_a_figure_weighs_more_than_a_word_of_its_rarity() -> None:
    terms = gist_of(doc("Zyxel 4711.", uri="made:x")).terms
    assert terms["4711"] > terms["zyxel"]


def test_a_story_keeps_its_id_while_later_reports_join() -> None:
    made = reports(("2025-03-10", "2025-03-12", "2025-03-11", "2025-03-11"))
    (alone,), grown = find_stories(made[:1]), find_stories(made)
    assert alone.id in {story.id for story in grown if len(story.reports) == 2}


def test_a_gist_comes_back_as_it_was_kept() -> None:
    gist = gist_of(reports()[0])
    assert Gist.load(gist.dump()) == gist


def test_odd_texts_have_a_story_each() -> None:
    made = [doc(text, uri=f"made:{k}") for k, text in enumerate(["", "?", "the of and", "9" * 400, "x " * 5000])]
    assert len(find_stories(made)) == len(made)
