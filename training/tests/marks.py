"""Sentences with marked pieces for tests: `[s Ada] [q said] [c it works].`"""

from onrecord.annotate.tagging.labels import Triple, encode_labels
from onrecord.annotate.tagging.words import Words, split_words
from training.attribution.corpus import Article


def unmark(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without marks and its pieces as (letter, start, end) in code points; pieces are not nested."""
    text, pieces = "", []
    letter, opened, k = "", 0, 0
    while k < len(marked):
        if marked[k] == "[":
            letter, opened, k = marked[k + 1], len(text), k + 3
        elif marked[k] == "]":
            pieces.append((letter, opened, len(text)))
            k += 1
        else:
            text += marked[k]
            k += 1
    return text, pieces


def tagged(marked: str) -> tuple[Words, list[int]]:
    """The words of a marked text and their labels; every piece begins anew."""
    text, pieces = unmark(marked)
    words = split_words(text)
    starts = [start for start, _ in words.spans]
    ends = [end for _, end in words.spans]
    found = []
    for letter, start, end in pieces:
        span = ((starts.index(start), ends.index(end) + 1),)
        found.append(Triple(*(span if letter == name else () for name in "sqc")))
    return words, encode_labels(len(words), found)


def annotated(marked: str, *groups: str) -> Article:
    """An article whose attributions are `groups` of piece numbers: "0 1 2" ties the first three pieces."""
    text, pieces = unmark(marked)
    attributions = []
    for group in groups:
        mine = [pieces[int(number)] for number in group.split()]
        parts = (tuple((start, end) for letter, start, end in mine if letter == name) for name in "sqc")
        attributions.append(Triple(*parts))
    return Article("made", text, tuple(attributions))
