"""Linking by distance."""

from onrecord.annotate.tagging.labels import Ranges
from tests.annotate.tagging.made import tagged
from training.attribution.link import link_pieces


def said(marked: str) -> list[tuple[str, str, str]]:
    words, labels = tagged(marked)

    def text(ranges: Ranges) -> str:
        return " … ".join(words.text[words.spans[a][0] : words.spans[b - 1][1]] for a, b in ranges)

    return [(text(item.source), text(item.cue), text(item.content)) for item in link_pieces(words, labels)]


def test_each_cue_takes_its_own_source_and_content() -> None:
    assert said("[s Ada] [q said] [c it works]. [s Ben] [q denied] [c it].") == [
        ("Ada", "said", "it works"),
        ("Ben", "denied", "it"),
    ]


def test_a_second_cue_of_the_sentence_shares_the_source() -> None:
    assert said("[s Ada] [q said] [c it works] and [q added] [c it is fast].") == [
        ("Ada", "said", "it works"),
        ("Ada", "added", "it is fast"),
    ]


def test_the_source_is_not_carried_into_the_next_sentence() -> None:
    assert said("[s Ada] [q said] [c it works]. It is [q reported] [c to be fast].")[1][0] == ""


def test_a_split_quotation_is_one_attribution() -> None:
    assert said("[c “It works,”] [s Ada] [q said]. [c “It is fast.”]") == [
        ("Ada", "said", "“It works,” … “It is fast.”")
    ]


def test_a_cue_without_content_gives_nothing() -> None:
    assert said("[s Ada] [q spoke] for an hour.") == []


def test_the_nearer_source_wins() -> None:
    assert said("[s Ada] met the press when [s Ben] [q said] [c no].")[0][0] == "Ben"


def test_text_without_a_cue_gives_nothing() -> None:
    assert said("[s Ada] [c left].") == []
