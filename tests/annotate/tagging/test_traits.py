"""What speaks for and against a proposal: every family of traits, and the chance that they add up to."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.annotate.tagging.labels import LABELS, Piece, Triple
from onrecord.annotate.tagging.linker import Tie
from onrecord.annotate.tagging.traits import EDGES, Proposal, Sureness, confidence, steps, traits
from onrecord.model import Attribution
from tests.annotate.tagging.made import scored, tagged

PLAIN = "[s Ada] [q said] [c the bridge is safe]."


def triple_of(marked: str) -> Triple:
    """The pieces of a marked text as one attribution, in ranges of words."""
    _, labels = tagged(marked)
    found: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
    for k, label in enumerate(labels):
        prefix, _, role = LABELS[label].partition("-")
        if prefix == "B":
            found[role].append((k, k + 1))
        elif prefix == "I":
            found[role][-1] = (found[role][-1][0], k + 1)
    return Triple(*(tuple(found[role]) for role in ("source", "cue", "content")))


def tied(triple: Triple, *, source_chance: float = 1.0, content_chances: tuple[float, ...] = (1.0,)) -> Tie:
    source = Piece(*triple.source[0], "source") if triple.source else None
    contents = tuple(Piece(*piece, "content") for piece in triple.content)
    return Tie(Piece(*triple.cue[0], "cue"), source, source_chance, contents, content_chances)


def traits_of(marked: str, chance: float = 0.99, **rest: object) -> set[str]:
    words, scores = scored(marked, chance)
    triple = triple_of(marked)
    proposal = Proposal(triple, rest.pop("tie", tied(triple)), **{"rule": None, **rest})  # type: ignore[arg-type]
    names = traits(words, Sureness(scores), proposal)
    assert len(names) == len(set(names))
    assert names[0] == "any"
    return set(names)


@pytest.mark.parametrize(
    ("value", "names"), [(-4, []), (-3, []), (-2.5, ["x>-3"]), (-1.2, ["x>-3", "x>-2"]), (0, ["x>-3", "x>-2", "x>-1"])]
)
def test_the_higher_the_more_steps(value: float, names: list[str]) -> None:
    assert list(steps("x", value, (-3, -2, -1))) == names


# how sure the tagger is


def logs(*rows: list[float]) -> Sureness:
    """Label probabilities by word, in the order of the labels."""
    return Sureness(np.log(np.array(rows, dtype=np.float32) + 1e-12))


SURE = logs(
    [0.10, 0.60, 0.20, 0.02, 0.02, 0.03, 0.03],  # source .8, begins at .6
    [0.50, 0.10, 0.30, 0.02, 0.02, 0.03, 0.03],  # source .4
    [0.30, 0.05, 0.45, 0.05, 0.05, 0.05, 0.05],  # source .5, goes on at .45
)


def test_the_mean_counts_beginning_and_inside_of_a_role_together() -> None:
    assert SURE.mean("source", [(0, 2)]) == pytest.approx((np.log(0.8) + np.log(0.4)) / 2, abs=1e-6)
    assert SURE.mean("cue", [(0, 1)]) == pytest.approx(np.log(0.04), abs=1e-6)


def test_the_mean_of_two_ranges_weighs_each_word_the_same() -> None:
    assert SURE.mean("source", [(0, 1), (1, 3)]) == pytest.approx(np.log(0.8 * 0.4 * 0.5) / 3, abs=1e-6)


def test_an_edge_is_as_sure_as_its_less_sure_end() -> None:
    assert SURE.edge("source", [(0, 2)]) == pytest.approx(np.log(0.55), abs=1e-6)  # it could go on at .45
    assert SURE.edge("source", [(0, 1)]) == pytest.approx(np.log(0.6), abs=1e-6)  # it could have begun elsewhere
    assert SURE.edge("source", [(0, 3)]) == pytest.approx(np.log(0.6), abs=1e-6)  # the text ends


def test_an_edge_that_surely_goes_on_is_not_minus_infinity() -> None:
    sure = logs([0.9, 0.05, 0.05, 0, 0, 0, 0], [0, 0, 1.0, 0, 0, 0, 0])
    assert sure.edge("source", [(0, 1)]) == pytest.approx(np.log(0.0001), rel=1e-3)


def test_traits_of_parts_rise_with_the_probability() -> None:
    low, high = traits_of(PLAIN, 0.5), traits_of(PLAIN, 0.995)
    for role in ("source", "cue", "content"):
        assert {f"{role}>{edge:g}" for edge in EDGES} <= high
        assert f"{role}>-1" in low
        assert f"{role}>-0.35" not in low
        assert f"{role}-edge>-0.12" in high
        assert f"{role}-edge>-0.12" not in low
    assert "source-none" not in low | high


def test_a_missing_source_is_a_trait_and_has_no_others() -> None:
    names = traits_of("It was [q said] [c to work].")
    assert "source-none" in names
    assert not any(name.startswith(("source>", "source-edge", "source-length", "source-link")) for name in names)


# links


def test_links_have_their_chances_and_the_least_sure_content_counts() -> None:
    triple = triple_of("[c “It holds,”] [s Ada] [q said]. [c “It will hold.”]")
    tie = tied(triple, source_chance=0.5, content_chances=(0.99, 0.2))
    names = traits_of("[c “It holds,”] [s Ada] [q said]. [c “It will hold.”]", tie=tie)
    assert "source-link>-0.7" in names
    assert "source-link>-0.5" not in names
    assert "content-link>-2" in names
    assert "content-link>-1.4" not in names
    assert "rule-only" not in names


def test_no_source_chosen_is_a_link_of_its_own() -> None:
    names = traits_of("It was [q said] [c to work].")
    assert "no-source-link>-0.015" in names


def test_without_a_tie_it_is_the_rules_alone() -> None:
    names = traits_of(PLAIN, tie=None)
    assert "rule-only" in names
    assert not any("link" in name for name in names)


# rules


def test_no_rule_is_a_trait() -> None:
    names = traits_of(PLAIN)
    assert "rule-none" in names
    assert not any(name.startswith(("rule>", "rule-source", "rule-content")) for name in names)


@pytest.mark.parametrize(
    ("overlap", "expected"),
    [
        ((1.0, 0.96), {"rule-source-2", "rule-content-2", "rule>0.35", "rule>0.65", "rule-that"}),
        ((0.5, 0.9), {"rule-source-1", "rule-content-1", "rule>0.35", "rule>0.65", "rule-that"}),
        ((0.49, 1.0), {"rule-source-0", "rule-content-2"}),
        ((1.0, 0.0), {"rule-source-2", "rule-content-0"}),
    ],
)
def test_a_rule_counts_by_overlap_and_by_name_and_confidence_where_it_agrees(
    overlap: tuple[float, float], expected: set[str]
) -> None:
    rule = Attribution(content=(), rule="that:say", confidence=0.7)
    names = traits_of(PLAIN, rule=rule, rule_overlap=overlap)
    found = {name for name in names if name.startswith("rule")}
    assert expected <= found
    assert "rule>0.75" not in found
    assert ("rule-that" in found) == (min(overlap) >= 0.5)
    assert "rule-none" not in found


# shape


@pytest.mark.parametrize(
    ("marked", "there", "not_there"),
    [
        (PLAIN, "content-length>3", "content-length>5"),
        ("[s Ada Lund] [q said] [c no].", "source-length>1", "source-length>2"),
        (PLAIN, "pieces-1", "pieces-2"),
        ("[c “It holds,”] [s Ada] [q said]. [c “It will.”]", "pieces-2", "pieces-1"),
        (PLAIN, "indirect", "direct"),
        ("[s Ada] [q said]: [c “It holds.”]", "direct", "mixed"),
        ("[s Ada] [q called] [c it “a toy” of a bridge].", "mixed", "indirect"),
        ("“[s Ada] [q said] [c no],” Ben said.", "cue-quoted", "mixed"),
        (PLAIN, "indirect", "cue-quoted"),
        (PLAIN, "indirect", "cue-unknown"),
        ("[s Ada] [q juggled] [c the bridge is safe].", "cue-unknown", "cue-mark"),
        ("[s Ada][q :] [c the bridge is safe].", "cue-mark", "cue-unknown"),
        (PLAIN, "content-after", "content-before"),
        ("[c The bridge is safe], [s Ada] [q said].", "content-before", "content-after"),
        (PLAIN, "content-after", "content-far"),
        (f"[s Ada] [q said] {'well ' * 13}[c no].", "content-far", "content-before"),
        (f"[s Ada] [q said] {'well ' * 12}[c no].", "content-after", "content-far"),
        (PLAIN, "content-after", "content-elsewhere"),
        ("[s Ada] [q spoke]. [c It holds].", "content-elsewhere", "source-elsewhere"),
        ("[s Ada] came. Then [q said]: [c It holds].", "source-elsewhere", "content-elsewhere"),
    ],
)
def test_traits_of_shape(marked: str, there: str, not_there: str) -> None:
    tie = tied(triple_of(marked), content_chances=(1.0, 1.0))
    names = traits_of(marked, tie=tie)
    assert there in names
    assert not_there not in names


def test_more_than_three_pieces_are_three() -> None:
    marked = "[c “No,”] [s Ada] [q said]. [c “No.”] [c “Not so.”] [c “Never.”]"
    assert "pieces-3" in traits_of(marked, tie=tied(triple_of(marked), content_chances=(1.0,) * 4))


def test_the_nearest_content_tells_the_side() -> None:
    marked = "[c “It holds,”] [s Ada] then [q said]. [c “It will.”]"
    names = traits_of(marked, tie=tied(triple_of(marked), content_chances=(1.0, 1.0)))
    assert "content-after" in names


# the chance


def test_a_chance_is_the_logistic_of_the_summed_weights() -> None:
    weights = {"any": 1.0, "direct": 1.0, "mixed": 5.0}
    assert confidence(("any", "direct", "unheard-of"), weights) == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert confidence((), weights) == 0.5


@pytest.mark.parametrize(("weight", "limit"), [(1e6, 1.0), (-1e6, 0.0)])
def test_heavy_weights_do_not_overflow(weight: float, limit: float) -> None:
    assert confidence(("any",), {"any": weight}) == pytest.approx(limit, abs=1e-12)
