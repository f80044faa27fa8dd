"""What rules and tagger propose, weighed, chosen and built, with made-up scores instead of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from onrecord.annotate.sentences import FindSentences
from onrecord.annotate.tagging import merge
from onrecord.annotate.tagging.labels import Ranges, Triple
from onrecord.annotate.tagging.merge import (
    Weighed,
    build,
    find_tagged,
    holders,
    is_cut_short,
    jaccard,
    name_cue,
    propose,
    select,
    with_antecedent,
    with_condition,
    with_end,
    with_opening,
    without_joint,
)
from onrecord.annotate.tagging.traits import Proposal
from onrecord.annotate.tagging.words import split_words
from onrecord.model import Attribution, PartConfidence, Report, Section, SectionKind, Selection, Span, TimeExpression
from tests.annotate.tagging.made import model_with, scored, unmark
from tests.build import at, doc, say

PLAIN = "[s Ada] [q said] [c the bridge is safe]."
TEXT = unmark(PLAIN)[0]


def words_of(report: Report, selection: Selection) -> str:
    return " … ".join(span.of(report.text) for span in selection)


def parts(report: Report, found: Attribution) -> tuple[str, str, str]:
    source, cue, content = (words_of(report, part) for part in (found.source, found.cue, found.content))
    return source, cue, content


def proposed(marked: str, *ruled: Attribution) -> list[Proposal]:
    words, scores = scored(marked)
    return propose(words, scores, model_with(scores), ruled)


def decided(marked: str, *ruled: Attribution, **settings: object) -> tuple[Report, tuple[Attribution, ...]]:
    """The report and its attributions from the scores of a marked text and from what the rules found."""
    words, scores = scored(marked)
    model = model_with(scores, **settings)
    report = FindSentences()(doc(words.text))
    weighed = merge.weigh(words, scores, model, propose(words, scores, model, ruled))
    return report, build(report, words, select(weighed, model))


def weighed(
    chance: float, content: Ranges, cue: Ranges = (), *, held: bool = False, rule: str = "", speaks: bool = True
) -> Weighed:
    """A proposal of word ranges alone."""
    reading = Attribution(content=(), rule=rule) if rule else None
    proposal = Proposal(Triple((), cue, content), None, reading, held=held)
    return Weighed(proposal, chance, (chance,) * 3, speaks)


def chosen(*found: Weighed) -> list[Weighed]:
    return select(found, model_with(scored("No.")[1]))


# propose


def test_what_both_see_is_one_proposal() -> None:
    rule = say(TEXT, "the bridge is safe", source="Ada", cue="said", rule="clause:say")
    (found,) = proposed(PLAIN, rule)
    assert found.triple == Triple(((0, 1),), ((1, 2),), ((2, 6),))
    assert found.tie is not None
    assert found.rule is rule
    assert found.rule_overlap == (1.0, 1.0)
    assert not found.held


def test_what_only_the_tagger_sees_has_no_rule() -> None:
    (found,) = proposed(PLAIN)
    assert (found.rule, found.rule_overlap) == (None, (0.0, 0.0))


def test_what_only_the_rules_see_has_no_tie() -> None:
    rule = say(TEXT, "the bridge is safe", source="Ada", cue="said", rule="clause:say")
    (found,) = proposed(TEXT, rule)
    assert found.tie is None
    assert found.rule is rule
    assert found.triple == Triple(((0, 1),), ((1, 2),), ((2, 6),))


def test_two_readings_of_one_cue_are_two_proposals_and_the_tagger_knows_of_the_rule() -> None:
    rule = say(TEXT, "bridge is safe", source="Ada", cue="said", rule="clause:say")
    tagged, ruled = proposed(PLAIN, rule)
    assert tagged.rule is rule
    assert tagged.rule_overlap == (1.0, 0.75)
    assert ruled.tie is None
    assert ruled.triple.content == ((3, 6),)


def test_of_two_rules_at_one_cue_the_one_with_most_of_the_content_counts() -> None:
    far = say(TEXT, "safe", source="Ada", cue="said", rule="object:say")
    near = say(TEXT, "bridge is safe", source="Ada", cue="said", rule="clause:say")
    assert proposed(PLAIN, far, near)[0].rule is near
    assert proposed(PLAIN, near, far)[0].rule is near


def test_a_rule_without_cue_or_content_words_is_no_proposal() -> None:
    assert proposed(TEXT, say(TEXT, "the bridge is safe", source="Ada")) == []


def test_content_of_marks_alone_is_nobodys() -> None:
    assert proposed("[s Ada] [q said][c :]") == []


def test_a_cue_in_the_content_of_another_is_held() -> None:
    marked = "[s Ada] [q said] [c Ben had told her it was over]."
    text = unmark(marked)[0]
    rule = say(text, "it was over", source="Ben", cue="told", rule="that:tell")
    outer, inner = proposed(marked, rule)
    assert (outer.held, inner.held) == (False, True)
    assert inner.rule is rule


def test_a_lower_score_outside_proposes_what_the_tagger_half_believes() -> None:
    words, scores = scored(PLAIN, 0.4)
    scores[:, 0] = np.log(0.5)
    assert propose(words, scores, model_with(scores), ()) == []
    (found,) = propose(words, scores, model_with(scores, outside=-0.5), ())
    assert found.triple.content == ((2, 6),)


# select


def test_of_two_proposals_of_one_cue_the_surer_one_stays() -> None:
    less, more = weighed(0.6, ((2, 6),), ((1, 2),)), weighed(0.7, ((8, 9),), ((0, 2),))
    assert chosen(less, more) == [more]


def test_of_contents_that_mostly_overlap_the_surer_one_stays() -> None:
    less, more = weighed(0.6, ((2, 6),), ((1, 2),)), weighed(0.7, ((3, 6),), ((7, 8),))
    assert chosen(less, more) == [more]


def test_contents_that_overlap_by_less_than_half_both_stay_in_order_of_the_text() -> None:
    first, second = weighed(0.6, ((2, 6),), ((1, 2),)), weighed(0.7, ((5, 8),), ((9, 10),))
    assert chosen(second, first) == [first, second]


def test_order_is_by_content_not_by_cue() -> None:
    early_cue, early_content = weighed(0.6, ((5, 8),), ((1, 2),)), weighed(0.6, ((3, 4),), ((9, 10),))
    assert chosen(early_cue, early_content) == [early_content, early_cue]


@pytest.mark.parametrize(("chance", "stays"), [(0.39, False), (0.4, True)])
def test_a_chance_below_the_bar_is_left_out(chance: float, *, stays: bool) -> None:
    assert bool(chosen(weighed(chance, ((2, 6),), ((1, 2),)))) is stays


@pytest.mark.parametrize(("chance", "stays"), [(0.49, False), (0.5, True)])
def test_what_is_not_said_has_a_bar_of_its_own(chance: float, *, stays: bool) -> None:
    assert bool(chosen(weighed(chance, ((2, 6),), ((1, 2),), speaks=False))) is stays


@pytest.mark.parametrize(("chance", "stays"), [(0.69, False), (0.7, True)])
def test_what_is_held_has_a_bar_of_its_own(chance: float, *, stays: bool) -> None:
    assert bool(chosen(weighed(chance, ((2, 6),), ((1, 2),), held=True, rule="that:tell"))) is stays


def test_a_dropped_proposal_takes_no_words_from_others() -> None:
    dropped = weighed(0.99, ((2, 6),), ((1, 2),), held=True, rule="inf:urge")
    kept = weighed(0.5, ((2, 6),), ((1, 2),))
    assert chosen(dropped, kept) == [kept]


@pytest.mark.parametrize("surer", ["rule-only", "rule-none"])
def test_weights_decide_between_rule_and_tagger(surer: str) -> None:
    rule = say(TEXT, "safe", source="Ada", cue="said", rule="object:say")
    weights = {"rule-only": 1.0 if surer == "rule-only" else -1.0}
    report, (found,) = decided(PLAIN, rule, everything=weights)
    assert words_of(report, found.content) == ("safe" if surer == "rule-only" else "the bridge is safe")


def test_comparisons_grow_with_the_text_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    def comparisons(sentences: int) -> int:
        count = 0

        def counted(one: Ranges, other: Ranges) -> float:
            nonlocal count
            count += 1
            return jaccard(one, other)

        marked = " ".join([PLAIN] * sentences)
        text = unmark(marked)[0]
        rules = [say(text, "the bridge is safe", source="Ada", cue="said", rule="clause:say")] * 2
        step = len(TEXT) + 1
        ruled = [
            Attribution(
                *(tuple(span.shift(k * step) for span in part) for part in (rule.content, rule.cue, rule.source)),
                rule=f"{name}:say",
            )
            for k in range(sentences)
            for rule, name in zip(rules, ("clause", "that"), strict=True)
        ]
        monkeypatch.setattr(merge, "jaccard", counted)
        _, found = decided(marked, *ruled)
        assert len(found) == sentences
        return count

    small, large = comparisons(20), comparisons(80)
    assert 0 < large <= 4 * small


# build


def test_an_attribution_of_both_has_the_taggers_words_and_the_rules_name_venue_and_addressee() -> None:
    rule = say(
        TEXT, "bridge is safe", source="Ada", cue="said", rule="clause:say", venue="a rally", addressee="the crew"
    )
    report, (found,) = decided(PLAIN, rule)
    assert parts(report, found) == ("Ada", "said", "the bridge is safe")
    assert (found.rule, found.venue, found.addressee) == ("clause:say", "a rally", "the crew")
    assert found.flags == ()


def test_an_attribution_of_the_rules_alone_keeps_their_spans() -> None:
    rule = say(TEXT, "the bridge is safe.", source="Ad", cue="said", rule="clause:say")  # not as words are cut
    _, (found,) = decided(TEXT, rule)
    assert (found.source, found.cue, found.content) == (rule.source, rule.cue, rule.content)


def test_an_attribution_of_the_tagger_alone_is_named_after_its_cue() -> None:
    report, (found,) = decided("[s Ada] [q has called for] [c more money].")
    assert parts(report, found) == ("Ada", "has called for", "more money")
    assert found.rule == "tagger:call for"


def test_chances_are_given_for_the_whole_and_for_each_part() -> None:
    _, (found,) = decided(PLAIN, everything={"any": 1.0}, parts={"any": 2.0})
    assert found.confidence == 0.731
    assert found.part_confidence == PartConfidence(0.881, 0.881, 0.881)


def test_an_unlikely_proposal_is_left_out() -> None:
    assert decided(PLAIN, everything={"any": -1.0})[1] == ()


def test_sources_that_rule_and_tagger_do_not_share_could_be_two() -> None:
    marked = "Ben met [s Ada], who [q said] [c the bridge is safe]."
    text = unmark(marked)[0]
    rule = say(text, "the bridge is safe", source="Ben", cue="said", rule="clause:say")
    report, (found,) = decided(marked, rule, everything={"rule-only": -1.0})
    assert words_of(report, found.source) == "Ada"
    assert found.flags == ("ambiguous-speaker",)


@pytest.mark.parametrize(
    ("source", "flags"), [("Ada Lund", ()), ("Lund", ()), ("the engineer", ("ambiguous-speaker",))]
)
def test_a_source_that_differs_by_a_title_is_the_same(source: str, flags: tuple[str, ...]) -> None:
    marked = "Beside the engineer stood a clerk. [s Ada Lund] [q said] [c the bridge is safe]."
    text = unmark(marked)[0]
    rule = say(text, "the bridge is safe", source=source, cue="said", rule="clause:say")
    _, (found,) = decided(marked, rule, everything={"rule-only": -1.0})
    assert found.flags == flags


@pytest.mark.parametrize(
    ("rule", "nested"),
    [
        ("that:tell", True),
        ("clause:tell", True),
        ("according:according to", True),
        ("inf:tell", False),
        ("object:tell", False),
    ],
)
def test_an_inner_voice_is_nested_where_its_construction_is_plain(rule: str, *, nested: bool) -> None:
    marked = "[s Ada] [q said] [c Ben had told her it was over]."
    inner = say(unmark(marked)[0], "it was over", source="Ben", cue="told", rule=rule, confidence=0.8)
    report, found = decided(marked, inner)
    assert words_of(report, found[0].content) == "Ben had told her it was over"
    assert [parts(report, one) for one in found[1:]] == [("Ben", "told", "it was over")] * nested
    assert [one.nested_in for one in found] == [None, 0][: 1 + nested]
    if nested:
        assert found[1].confidence == 0.8


@pytest.mark.parametrize(
    ("cue", "time", "left"),
    [
        ("said Oct", "Oct. 31", "said"),
        ("said Oct. 31", "Oct. 31", "said Oct. 31"),  # the time ends with the cue
        ("said", "Oct. 31", "said"),
        ("Oct", "Oct. 31", "Oct"),  # nothing would be left
        ("said Oct", "31", "said Oct"),
        ("said Oct", "On Monday", "said Oct"),
    ],
)
def test_a_cue_ends_before_a_time_that_runs_on_behind_it(cue: str, time: str, left: str) -> None:
    text = "On Monday Ada said Oct. 31 is the day."
    report = doc(text, times=(TimeExpression(at(text, time), time, "made"),))
    assert merge.before_times(report, (at(text, cue),)) == (at(text, left),)


def test_quoted_words_are_direct_and_half_quoted_ones_mixed() -> None:
    marked = (
        "[c “It is safe,”] [s Ada] [q said]. [s Ben] [q called] [c it “a toy” of a bridge]. [s Eve] [q said] [c no]."
    )
    _, found = decided(marked)
    assert [one.form for one in found] == ["direct", "mixed", "indirect"]


def test_a_split_quotation_is_one_attribution_in_two_pieces() -> None:
    report, (found,) = decided("[c “It holds,”] [s Ada] [q said]. [c “It will hold.”] Then she left.")
    assert words_of(report, found.content) == "“It holds,” … “It will hold.”"


def test_the_whole_way_finds_what_scores_and_rules_say() -> None:
    words, scores = scored(PLAIN)
    report = FindSentences()(doc(words.text))
    (found,) = find_tagged(report, model_with(scores))
    assert parts(report, found) == ("Ada", "said", "the bridge is safe")


def test_boilerplate_is_nobodys_whatever_the_tagger_says() -> None:
    words, scores = scored(PLAIN)
    report = doc(words.text, sections=(Section(Span(0, len(words.text)), SectionKind.BOILERPLATE),))
    found = find_tagged(report, model_with(scores, everything={"rule-only": -9.0}))
    assert found == ()


@pytest.mark.parametrize(
    ("marked", "speaks"),
    [
        (PLAIN, True),
        ("[s Ada][q :] [c the bridge is safe].", True),
        ("[s Ada] [q has called for] [c more money].", True),
        ("[s Ada] [q fears] [c the bridge is not safe].", False),
        ("[s Ada] [q juggled] [c the bridge plan].", False),
    ],
)
def test_a_cue_of_speech_is_told_from_others(marked: str, *, speaks: bool) -> None:
    words, scores = scored(marked)
    model = model_with(scores)
    (found,) = merge.weigh(words, scores, model, propose(words, scores, model, ()))
    assert found.speaks is speaks


# holders


def nested(*triples: tuple[int, tuple[int, int]]) -> list[int | None]:
    """The holders of (cue word, content) pairs."""
    return list(holders([weighed(0.9, (content,), ((cue, cue + 1),)) for cue, content in triples]))


def test_the_holder_is_the_one_with_the_least_content_around_the_cue() -> None:
    assert nested((0, (1, 20)), (4, (5, 20)), (10, (11, 20))) == [None, 0, 1]


def test_neighbours_hold_nothing_of_each_other() -> None:
    assert nested((0, (1, 5)), (6, (7, 9))) == [None, None]


def test_nobody_holds_himself() -> None:
    assert nested((3, (1, 9))) == [None]


def test_of_two_that_hold_each_other_only_one_is_nested() -> None:
    assert nested((6, (0, 4)), (2, (5, 9))) == [None, 0]


# jaccard and names


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ((), (), 1.0),
        (((0, 2),), (), 0.0),
        (((0, 4),), ((2, 4),), 0.5),
        (((0, 2), (4, 6)), ((1, 5),), 2 / 6),
        (((0, 2),), ((2, 4),), 0.0),
    ],
)
def test_overlap_is_the_share_of_common_words(one: Ranges, other: Ranges, share: float) -> None:
    assert jaccard(one, other) == pytest.approx(share)
    assert jaccard(other, one) == pytest.approx(share)


@pytest.mark.parametrize(
    ("cue", "name"),
    [
        ("said", "say"),
        ("Has called for", "call for"),
        ("called", "call"),
        ("is expected to call for", "call for"),
        ("was quoted as saying", "say"),
        ("has gone after", "has gone after"),
        (":", ":"),
        ("", ""),
    ],
)
def test_a_cue_is_named_by_its_last_word_with_its_particle(cue: str, name: str) -> None:
    assert name_cue(cue) == name


def test_words_and_marks() -> None:
    words = split_words("he : “ 7")
    found: Sequence[bool] = [merge.has_word(words, merge.Piece(k, k + 1, "content")) for k in range(4)]
    assert found == [True, False, False, True]


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("that it was safe, while", "that it was safe"),
        ("that it was safe and", "that it was safe"),
        ("that it was safe, while it stood", "that it was safe, while it stood"),
        ("and", "and"),
        ("“no ifs and”", "“no ifs and”"),
    ],
)
def test_a_content_ends_before_the_conjunction_of_the_next_clause(content: str, kept: str) -> None:
    (span,) = without_joint(content, (Span(0, len(content)),))
    assert span.of(content) == kept


@pytest.mark.parametrize(
    ("text", "content", "ruled", "found"),
    [
        ("But if it rains, “it is off,” Lee said.", (5, 10), (0, 10), (0, 10)),
        ("Unless it rains, “it is on,” Lee said.", (4, 9), (0, 9), (0, 9)),
        ("When it rains, “it is off,” Lee said.", (4, 9), (0, 9), (4, 9)),
        ("But if it rains, “it is off,” Lee said.", (5, 10), (0, 5), (5, 10)),
    ],
)
def test_a_condition_that_opens_the_sentence_belongs_to_what_is_said(
    text: str, content: tuple[int, int], ruled: tuple[int, int], found: tuple[int, int]
) -> None:
    tagged, rule = (Triple((), ((11, 12),), (part,)) for part in (content, ruled))
    assert with_condition(split_words(text), tagged, rule).content == (found,)


def test_a_source_that_is_the_end_of_a_description_is_the_whole_of_it() -> None:
    words = split_words("a clerk who heard him said on Monday that it rained")
    tagged = Triple(((2, 5),), ((5, 6),), ((8, 12),))
    assert with_antecedent(words, tagged, Triple(((0, 5),), ((5, 6),), ((8, 12),))).source == ((0, 5),)
    assert with_antecedent(words, tagged, Triple(((0, 4),), ((5, 6),), ((8, 12),))) == tagged
    assert with_antecedent(words, tagged, Triple((), ((5, 6),), ((8, 12),))) == tagged


def test_what_stands_before_the_speaker_is_said_too() -> None:
    rule = Attribution((Span(0, 1),), (Span(2, 3),), (), rule="paren:say", form="indirect")
    ruled = Triple(((5, 7),), ((7, 8),), ((0, 4), (9, 14)))
    tail = Triple(((5, 7),), ((7, 9),), ((10, 14),))
    assert with_opening(tail, ruled, rule).content == ruled.content
    assert with_opening(tail, ruled, replace(rule, rule="clause:say")) == tail
    assert with_opening(tail, ruled, replace(rule, form="mixed")) == tail
    longer = replace(tail, content=((10, 20),))
    assert with_opening(longer, ruled, rule) == longer


def test_a_content_ends_where_the_same_speaker_says_something_else() -> None:
    denies, puts = Triple(((0, 2),), ((2, 3),), ((3, 6),)), Triple(((0, 2),), ((7, 8),), ((8, 12),))
    others = Triple(((6, 7),), ((7, 8),), ((8, 12),))
    tagged = Triple(((0, 2),), ((2, 3),), ((3, 12),))
    words = split_words("The union denied the whole report and put the cost at four")
    apart = split_words("The union denied the whole report by putting the cost at four")
    assert with_end(words, tagged, 0, (denies, puts), {2: [0], 7: [1]}).content == ((3, 6),)
    assert with_end(words, tagged, 0, (denies, others), {2: [0], 7: [1]}) == tagged
    assert with_end(words, tagged, 0, (denies,), {2: [0]}) == tagged
    assert with_end(apart, tagged, 0, (denies, puts), {2: [0], 7: [1]}) == tagged


def test_a_plain_reading_of_the_rules_stands_where_the_tagger_has_none() -> None:
    text = "The union put the cost at 4 million ."
    words, scores = scored(text)
    source, cue, content = Span(0, 9), Span(10, 13), Span(14, 35)
    rule = Attribution((content,), (cue,), (source,), rule="object:put", confidence=0.8)
    for name, chance in (("object:put", 0.8), ("object:make", 0.0)):
        proposals = propose(words, scores, model_with(scores), [replace(rule, rule=name)])
        (found,) = merge.weigh(words, scores, model_with(scores), proposals)
        assert (found.chance >= chance) if chance else found.chance < 0.8


def test_what_describes_a_source_is_not_what_it_says() -> None:
    source, content = (Span(13, 16),), (Span(18, 40),)  # "According to Lee, a pilot, it rained all day."
    rule = Attribution((Span(27, 40),), (Span(0, 12),), (Span(13, 25),), rule="according:according to")
    assert is_cut_short(source, content, rule)
    assert not is_cut_short(source, content, replace(rule, rule="paren:say"))
    assert not is_cut_short(source, content, replace(rule, source=source))
    assert not is_cut_short((Span(13, 25),), (Span(27, 40),), rule)


@pytest.mark.parametrize(("before", "kept"), [("as", 2), ("and", 1)])
def test_one_who_is_said_to_have_said_it_too_takes_nothing_from_the_first(before: str, kept: int) -> None:
    words, scores = scored(f"[s Lee] [q denied] [c it would close], {before} unions had warned.")
    text = words.text
    source, cue, content = (at(text, part) for part in ("unions", "had warned", "it would close"))
    rule = Attribution((content,), (cue,), (source,), rule="paren:warn", confidence=0.9, form="indirect")
    model = model_with(scores, weights={"all": {"any": 2.0}, "source": {}, "cue": {}, "content": {}})
    weighed = merge.weigh(words, scores, model, propose(words, scores, model, [rule]))
    assert len(select(weighed, model)) == kept
