"""Where a group of reports falls into look-alike matters, and where it stays one."""

from __future__ import annotations

import math
from itertools import permutations

import pytest

from onrecord.link.parting import part
from onrecord.link.stories import find_stories
from onrecord.model import Report
from tests.build import doc


def unit(*terms: str) -> dict[str, float]:
    return dict.fromkeys(terms, 1 / math.sqrt(len(terms)))


SHARED = ("clinic", "star", "leave", "rehab")
AVA = [unit(*SHARED, "ava", "thorne", "malibu", "singer", "tour", f"a{k}") for k in range(4)]
ROY = [unit(*SHARED, "roy", "castle", "denver", "actor", "film", f"r{k}") for k in range(4)]


def test_two_matters_of_one_kind_are_parted_by_what_is_their_own() -> None:
    assert part(AVA + ROY, range(8)) == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_the_order_of_the_texts_does_not_matter() -> None:
    made = dict(enumerate(AVA[:3] + ROY[:3]))
    found = set()
    for order in permutations(made):
        parts = part([made[k] for k in order], range(6))
        found.add(frozenset(frozenset(order[k] for k in members) for members in parts))
    assert found == {frozenset((frozenset((0, 1, 2)), frozenset((3, 4, 5))))}


def test_two_texts_are_too_few_for_a_part() -> None:
    assert part(AVA + ROY[:2], range(6)) == [[0, 1, 2, 3, 4, 5]]


def test_prints_of_one_text_are_one_text() -> None:
    assert part(AVA + ROY, [0, 0, 1, 1, 2, 2, 3, 3]) == [list(range(8))]


def test_prints_of_one_text_are_never_parted() -> None:
    assert part(AVA + ROY, [0, 1, 2, 3, 3, 4, 5, 6]) == [list(range(8))]


def test_what_goes_on_from_text_to_text_is_one_matter() -> None:
    chain = [unit(*SHARED, *(f"w{k + n}" for n in range(6))) for k in range(10)]
    assert part(chain, range(10)) == [list(range(10))]


def test_four_matters_of_one_kind() -> None:
    own = ("north", "south", "east", "west")
    texts = [unit(*SHARED, *(f"{name}{n}" for n in range(8))) for name in own for _ in range(3)]
    assert part(texts, range(12)) == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]


@pytest.mark.parametrize(
    "texts",
    [[], [{}], [{}] * 9, [unit("a")] * 9, [unit(f"t{k}") for k in range(9)], [{}, {}, {}, *AVA]],
    ids=["none", "an empty one", "empty ones", "all alike", "nothing shared", "some empty"],
)
def test_odd_vectors_stay_together(texts: list[dict[str, float]]) -> None:
    assert part(texts, range(len(texts))) == [list(range(len(texts)))]


def test_a_large_group_is_looked_at_a_bounded_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.link import parting

    looked, once = list[int](), parting._halves
    monkeypatch.setattr(parting, "_halves", lambda v, t: looked.append(len(v)) or once(v, t))
    texts = [unit(*SHARED, *(f"m{k // 3}.{n}" for n in range(20))) for k in range(300)]
    part(texts, range(300))
    assert sum(looked) <= parting.LEVELS * 300


AVALANCHE = (  # two avalanches on one mountain, in reports of one day
    [
        "An avalanche on Mount Orell killed the Danish brothers Jens and Lars Holm near the Varde hut, rescuers said.",
        "Rescuers dug for the Holm brothers of Aarhus on Mount Orell; Jens, a dentist, had booked Varde hut before it.",
        "Avalanche rescuers on Mount Orell told the embassy of Denmark that Lars Holm had died beside Jens.",
        "Two skiers from Aarhus, Jens and Lars Holm, left the Varde hut before an avalanche met them on Mount Orell.",
    ],
    [
        "An avalanche on Mount Orell killed guide Petra Amsel and a couple from Brno near Kirn pass, rescuers said.",
        "Rescuers dug for Petra Amsel and the Czech couple on Mount Orell; the guide had left Kirn pass.",
        "Avalanche rescuers on Mount Orell told the mayor of Brno that the Czech couple had died beside guide Amsel.",
        "Two Czech skiers from Brno and Petra Amsel left Kirn pass before an avalanche met them on Mount Orell.",
    ],
)


BESIDES = (
    "Helicopters from Tarn waited for clear sky.",
    "Snow fell for a week before.",
    "A dog called Bruno barked first.",
    "The ropeway keeps its doors shut until Sunday.",
)


def avalanches() -> list[list[Report]]:
    return [
        [doc(f"{text} {more}", uri=f"made:{a}.{k}") for k, (text, more) in enumerate(zip(told, BESIDES, strict=True))]
        for a, told in enumerate(AVALANCHE)
    ]


def test_two_accidents_in_one_place_are_two_stories() -> None:
    first, second = avalanches()
    groups = {frozenset(story.reports) for story in find_stories(first + second)}
    assert groups == {frozenset(report.id for report in told) for told in (first, second)}


def test_without_parting_they_would_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.link.stories.part", lambda vectors, texts: [list(range(len(vectors)))])
    first, second = avalanches()
    assert len(find_stories(first + second)) == 1


def test_two_agencies_printed_by_many_papers_are_one_story() -> None:
    wires = [told[0] for told in avalanches()]  # any two texts that would be one story
    made = [doc(f"{wire.text} Paper {k}.", uri=f"made:{wire.id}.{k}") for wire in wires for k in range(5)]
    assert len(find_stories(made)) == len(find_stories([made[0], made[5]]))
