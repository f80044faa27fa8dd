"""Articles with marked attributions for tests: `[s Ada] [q said] [c it works].`"""

from onrecord.annotate.tagging.labels import Triple
from tests.annotate.tagging.made import unmark
from training.attribution.corpus import Article


def annotated(marked: str, *groups: str) -> Article:
    """An article whose attributions are `groups` of piece numbers: "0 1 2" ties the first three pieces."""
    text, pieces = unmark(marked)
    attributions = []
    for group in groups:
        mine = [pieces[int(number)] for number in group.split()]
        parts = (tuple((start, end) for letter, start, end in mine if letter == name) for name in "sqc")
        attributions.append(Triple(*parts))
    return Article("made", text, tuple(attributions))
