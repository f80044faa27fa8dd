"""The map, the timeline and the graph: where things stand, what they open, and that words keep apart."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest

from onrecord.errors import BadResource
from onrecord.export.charts import atlas
from onrecord.export.charts.atlas import clipped, outlines, read_outlines
from onrecord.export.charts.backing import (
    CONFIRMS,
    CORROBORATES,
    DENIES,
    SAYS,
    Backing,
    Matter,
    Source,
    Stand,
    backing_rows,
    gather_backing,
)
from onrecord.export.charts.gathering import gather_series
from onrecord.export.charts.graph import draw_backing, order
from onrecord.export.charts.mapping import draw_map
from onrecord.export.charts.moments import interval
from onrecord.export.charts.places import Place, Places, place_rows
from onrecord.export.charts.placing import Box
from onrecord.export.charts.timeline import Moment, draw_timeline, moments_of, timeline_rows
from onrecord.stores.memory import MemoryStore
from tests.export.charts.made import SVG, anchors, assert_readable, of_class, parsed
from tests.export.hand import Said, add_report

WIDTHS = pytest.mark.parametrize("width", [370, 640])


# --- map --------------------------------------------------------------------------------------------------------------


def place(name: str, latitude: float, longitude: float, statements: int = 1, **more: Any) -> Place:
    return Place(f"e-{name}", name, latitude, longitude, statements, **more)


def spot(root: Any, at: int) -> tuple[float, float, float]:
    circle = of_class(root, "place")[at].find(f"{SVG}circle")
    return float(circle.get("cx")), float(circle.get("cy")), float(circle.get("r"))


def test_the_world_has_its_countries_where_they_are() -> None:
    found = {outline.country: outline for outline in outlines() if outline.country in ("Iceland", "Norway", "Uganda")}
    assert set(found) == {"Iceland", "Norway", "Uganda"}
    iceland = found["Iceland"].box
    assert -25 < iceland.left < iceland.right < -13
    assert 63 < iceland.top < iceland.bottom < 67


def test_a_country_across_the_date_line_is_one_piece() -> None:
    russia = max((o for o in outlines() if o.country == "Russia"), key=lambda o: o.box.right - o.box.left)
    assert russia.box.right > 180
    assert all(abs(b[0] - a[0]) < 60 for a, b in pairwise(russia.rings[0]))


def test_a_file_that_is_no_map_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    atlas.outlines.cache_clear()
    monkeypatch.setattr(atlas, "read_text", lambda _: '{"arcs": []}')
    with pytest.raises(BadResource, match="countries-110m"):
        outlines()
    atlas.outlines.cache_clear()


def test_arcs_are_joined_and_run_backwards() -> None:
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[0, 0], [2, 0]], [[0, 0], [0, 2], [2, -2]]],
        "objects": {"countries": {"geometries": [{"type": "Polygon", "arcs": [[0, -2]]}, {"type": None}]}},
    }
    (found,) = read_outlines(topology)
    assert found.rings == (((0, 0), (2, 0), (0, 2), (0, 0)),)


@pytest.mark.parametrize(
    ("ring", "corners"),
    [
        ([(1, 1), (2, 1), (2, 2)], 3),
        ([(-5, -5), (20, -5), (20, 20), (-5, 20)], 4),
        ([(11, 11), (12, 11), (12, 12)], 0),
        ([(-2, 5), (5, -2), (12, 5), (5, 12)], 8),
        ([], 0),
    ],
)
def test_land_is_cut_at_the_edge_of_the_window(ring: list[tuple[float, float]], corners: int) -> None:
    found = {(round(x, 6), round(y, 6)) for x, y in clipped(ring, Box(0, 0, 10, 10))}
    assert len(found) == corners
    assert all(0 <= x <= 10 and 0 <= y <= 10 for x, y in found)


def test_east_is_right_north_is_up_and_more_is_larger() -> None:
    root = parsed(draw_map(Places((place("Lund", 55.7, 13.2, 9), place("Rome", 41.9, 12.5)))))
    (x1, y1, r1), (x2, y2, r2) = spot(root, 0), spot(root, 1)
    assert x1 > x2
    assert y1 < y2
    assert r1 > r2


def test_places_on_both_sides_of_the_date_line_stand_side_by_side() -> None:
    root = parsed(draw_map(Places((place("Suva", -18.1, 178.4), place("Apia", -13.8, -171.7), place("N", -36, 174)))))
    assert spot(root, 0)[0] < spot(root, 1)[0] < 640
    assert spot(root, 2)[0] < spot(root, 0)[0]


def test_places_that_would_lie_on_each_other_get_a_closer_view() -> None:
    near = (place("Lund", 55.7, 13.2, 4), place("Malmö", 55.6, 13.0, 3), place("Rome", 41.9, 12.5))
    svg = draw_map(Places(near), lambda one: f"/map?about={one.id}")
    root = parsed(svg)
    words = " ".join(root.itertext())
    assert "A: 2 places, 7" in words
    assert "A closer view" in words
    assert len(anchors(root)) == 3  # each place has one link; the two that are drawn as one have theirs in the view


def test_dots_do_not_lie_on_each_other() -> None:
    crowd = tuple(place(f"Town {at}", 45 + at % 9 * 1.7, 3 + at % 13 * 1.1, 1 + at % 17) for at in range(70))
    root = parsed(draw_map(Places((*crowd, place("Lima", -12, -77), place("Perth", -32, 116)))))
    dots = [spot(root, at) for at in range(len(of_class(root, "place")))]
    frame = float(next(root.iter(f"{SVG}rect")).get("height", "0")) + 8
    main = [dot for dot in dots if dot[1] < frame]
    assert len(main) > 2
    assert all((x - u) ** 2 + (y - v) ** 2 >= (r + s - 0.5) ** 2 for (x, y, r), (u, v, s) in combinations(main, 2))


def test_countries_are_squares() -> None:
    root = parsed(draw_map(Places((place("Norway", 62, 10, is_country=True),))))
    assert of_class(root, "place")[0].find(f"{SVG}rect") is not None


@WIDTHS
@pytest.mark.parametrize(
    "places",
    [
        (),
        (place("Lund", 55.7, 13.2),),
        tuple(place(f"Town {at}", 50 + at % 7, 5 + at % 11 * 1.3, at) for at in range(1, 120)),
        tuple(place("same", 10, 10, at + 1) for at in range(4)),
        (place("pole", 90, 0), place("other pole", -90, 180), place("W" * 200, 0, -180)),
        (place("nowhere", 91, 999), place("<b>&", 1, 1)),
    ],
    ids=["none", "one", "many", "one point", "poles", "impossible"],
)
def test_maps_can_be_read(places: tuple[Place, ...], width: int) -> None:
    assert_readable(draw_map(Places(places, unplaced=2), lambda _: "/map", width=width))
    assert_readable(draw_map(Places(places), width=width, standalone=True, title="places " * 40))
    assert len(place_rows(Places(places))) == len(places)


# --- timeline ---------------------------------------------------------------------------------------------------------


def moment(at: int, date: str | None = "2025-03-03", lane: str = "Ministry", stance: str = "asserts") -> Moment:
    return Moment(f"s-{at}", date, lane, stance, f"the boats left on the {at}th morning, it was told")


@WIDTHS
@pytest.mark.parametrize(
    "moments",
    [
        (),
        (moment(1),),
        (moment(1, None),),
        tuple(moment(at, f"2025-03-{1 + at % 28:02}", f"source {at % 17}") for at in range(200)),
        tuple(moment(at, "1950" if at == 3 else "2090" if at == 4 else f"2025-03-{at + 1:02}") for at in range(28)),
        tuple(
            moment(at, date, stance=stance)
            for at, (date, stance) in enumerate(
                zip(
                    ("2025-03", "2025", "2024-WI", "2025-W10", "x"),
                    ("denies", "warns", "questions", "confirms", ""),
                    strict=True,
                )
            )
        ),
        (moment(1, lane="<b>" + "W" * 200),),
    ],
    ids=["none", "one", "undated", "many", "far", "kinds", "long"],
)  # fmt: skip
def test_timelines_can_be_read(moments: tuple[Moment, ...], width: int) -> None:
    assert_readable(draw_timeline(moments, lambda _: "/statements", width=width))
    assert_readable(draw_timeline(moments, width=width, standalone=True, title="all " * 60))


def test_entries_near_each_other_are_one_mark_with_their_number() -> None:
    opened: list[tuple[Moment, ...]] = []
    svg = draw_timeline([moment(1), moment(2), moment(3, "2025-06-01")], lambda of: opened.append(of) or "/x")
    root = parsed(svg)
    assert [len(of) for of in opened] == [2, 1]
    (cluster,) = of_class(root, "cluster")
    assert cluster.findtext(f"{SVG}text") == "2"


def test_marks_of_a_crowded_lane_do_not_touch() -> None:
    told = [moment(at, f"2025-{1 + at % 12:02}-{1 + at % 28:02}") for at in range(2000)]
    circles = [m.find(f"{SVG}circle") for m in of_class(parsed(draw_timeline(told)), "cluster")]
    spots = sorted((float(c.get("cx")), float(c.get("r"))) for c in circles)
    assert len(spots) > 5
    assert all(b - s >= a + r for (a, r), (b, s) in pairwise(spots))


def test_later_entries_stand_farther_right_in_the_lane_of_their_source() -> None:
    root = parsed(draw_timeline([moment(1), moment(2, "2025-06-01"), moment(3, "2025-09-01", "Union")]))
    spots = [(float(c.get("cx")), float(c.get("cy"))) for m in of_class(root, "moment") for c in m.iter(f"{SVG}circle")]
    assert spots[0][0] < spots[1][0] < spots[2][0]
    assert spots[0][1] == spots[1][1] != spots[2][1]


def test_a_date_far_from_the_rest_stands_in_a_strip_beside_the_axis() -> None:
    root = parsed(draw_timeline([moment(0, "1950"), *(moment(at, f"2025-03-{at:02}") for at in range(1, 25))]))
    assert "earlier" in {element.text for element in of_class(root, "axis")}


def test_ways_of_saying_differ_in_their_sign() -> None:
    stances = ["asserts", "denies", "confirms", "warns", "questions", "actual"]
    told = [moment(at, f"2025-{1 + 2 * at:02}-01", stance=stance) for at, stance in enumerate(stances)]
    found = of_class(parsed(draw_timeline(told)), "moment")
    signs = [
        (m[1].tag, m[1].get("fill"), m[1].get("stroke-dasharray"), (m[1].get("d") or "").count("M")) for m in found
    ]
    assert len({*signs}) >= 5
    assert [m.get("class").split()[1] for m in found] == ["says", "denies", "confirms", "hedges", "asks", "tells"]


def test_rows_of_the_list_become_moments() -> None:
    row = {"date": "2025", "who": "A", "stance": "asserts", "content": "x", "statement": None, "event": "v-1"}
    assert moments_of([row]) == (Moment("v-1", "2025", "A", "asserts", "x"),)
    assert timeline_rows(moments_of([row]))[0][0] == ("2025", "A", "asserts", "x")


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2025-03-03", 1), ("2025-03-03T11:05:00Z", 1), ("2025-03-03TEV", 1), ("2025-02", 28), ("2024", 366),
        ("2024-W43", 7), ("2024-Q4", 92), ("2024-H1", 182), ("2024-WI", 90), ("2024-07/2024-09", 92), ("202", 3653),
        ("20", 36525), ("2025-13", None), ("2025-02-31", None), ("2024-W60", None), ("", None), (None, None),
        ("PAST_REF", None), ("P2D", None), ("9999", None), ("0000", None), ("2025/2024", None), ("²⁰²⁵", None),
    ],
)  # fmt: skip
def test_a_date_lasts_as_long_as_it_is_coarse(value: str | None, days: int | None) -> None:
    span = interval(value)
    assert (span[1] - span[0] if span else None) == days


# --- who backs whom ---------------------------------------------------------------------------------------------------


def backing(*stands: tuple[str, str, str]) -> Backing:
    sources = tuple(Source(name, name, f"e-{name}") for name in sorted({who for who, _, _ in stands}))
    claims = tuple(
        Matter(claim, f"the boats of {claim} left", "disputed", 1) for claim in sorted({c for _, _, c in stands})
    )
    return Backing(sources, claims, tuple(Stand(who, claim, kind, (f"s-{who}",)) for who, kind, claim in stands))


def test_each_way_of_standing_has_a_line_of_its_own() -> None:
    ways = (SAYS, CONFIRMS, CORROBORATES, DENIES)
    found = of_class(parsed(draw_backing(backing(*((kind, kind, "one") for kind in ways)))), "stand")
    strokes = {(f[1].get("stroke-dasharray"), f[1].get("stroke-width")) for f in found}
    assert len(strokes) == 4


def test_sources_claims_and_lines_open_their_pages() -> None:
    svg = draw_backing(backing(("A", SAYS, "c-1"), ("B", DENIES, "c-1")), lambda identity: f"/x/{identity}")
    assert sorted(str(a.get("href")) for a in anchors(parsed(svg))) == [
        "/x/c-1",
        "/x/e-A",
        "/x/e-B",
        "/x/s-A",
        "/x/s-B",
    ]


def test_lines_do_not_cross_where_they_need_not() -> None:
    told = backing(("A", SAYS, "z"), ("B", SAYS, "z"), ("C", SAYS, "y"), ("D", DENIES, "y"))
    sources, claims = order(told)
    assert set(sources[:2]) == ({"A", "B"} if claims[0] == "z" else {"C", "D"})


@WIDTHS
@pytest.mark.parametrize(
    "told",
    [
        Backing((), ()  , ()),
        backing(("A", SAYS, "c")),
        backing(*((f"source {at % 23}", SAYS, f"claim {at % 31} " + "that goes on " * 30) for at in range(90))),
        backing(*((f"{'W' * 90} {at}", DENIES, "<b>&") for at in range(30))),
    ],
    ids=["none", "one", "sixty", "one claim"],
)  # fmt: skip
def test_graphs_can_be_read(told: Backing, width: int) -> None:
    assert_readable(draw_backing(told, lambda _: "/x", width=width))
    assert_readable(draw_backing(told, width=width, standalone=True))


# --- from a record ----------------------------------------------------------------------------------------------------

TEXT = (
    "The mayor of Lund said 40 boats had left. The union denied that 40 boats had left. "
    "The harbour master said 55 boats were out in Lund."
)


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    add_report(
        store,
        TEXT,
        Said("The mayor of Lund", "said", "40 boats had left", "Ida Berg", figures=(("40", "fishing boats"),)),
        Said("The union", "denied", "40 boats had left", "Union", stance="denies"),
        Said("The harbour master", "said", "55 boats were out", "Per Lind", figures=(("55", "fishing boats"),)),
    )
    return store


def test_figures_of_one_thing_are_one_chart(store: MemoryStore) -> None:
    (found,) = gather_series(store)
    assert found.title == "fishing boats"
    assert [(point.whose, point.figure.text) for point in found.points] == [("Ida Berg", "40"), ("Per Lind", "55")]
    assert found.points[0].date == "2025-03-03"
    assert found.points[0].dated == "printed"


def test_nothing_answered_is_no_graph_and_is_counted(store: MemoryStore) -> None:
    found = gather_backing(store)
    assert backing_rows(found) == ()
    assert found.left_out == 0
