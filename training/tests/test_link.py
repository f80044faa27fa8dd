"""Linking of labelled pieces; labels are written as role marks over the words."""

from training.attribution.labels import Attribution, encode_labels
from training.attribution.link import link_pieces
from training.attribution.words import Words, split_words


def tagged(marked: str) -> tuple[Words, list[int]]:
    """Text where `[s ...]`, `[q ...]`, `[c ...]` mark source, cue and content."""
    text, open_at, role = "", 0, ""
    pieces: list[tuple[str, int, int]] = []
    k = 0
    while k < len(marked):
        if marked[k] == "[":
            role, open_at, k = marked[k + 1], len(text), k + 3
        elif marked[k] == "]":
            pieces.append((role, open_at, len(text)))
            k += 1
        else:
            text += marked[k]
            k += 1
    words = split_words(text)
    starts = [start for start, _ in words.spans]
    ends = [end for _, end in words.spans]
    found = []
    for role, start, end in pieces:
        span = ((starts.index(start), ends.index(end) + 1),)
        found.append(Attribution(*(span if role == name else () for name in "sqc")))
    return words, encode_labels(len(words), found)


def said(marked: str) -> list[tuple[str, str, str]]:
    words, labels = tagged(marked)

    def text(ranges: tuple[tuple[int, int], ...]) -> str:
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
