"""Articles with marked attributions for tests: `[s Ada] [q said] [c it works].`"""

from onrecord.model import Span
from training.rules.corpus import Article, Marked


def marked(sentences: str, name: str = "made") -> Article:
    """An article of lines; the pieces of one line make one attribution, a line without content makes none."""
    text = ""
    items = []
    for line in sentences.splitlines():
        pieces: dict[str, list[Span]] = {"s": [], "q": [], "c": []}
        letter, start, rest = "", 0, line
        while rest:
            if rest[0] == "[":
                letter, start, rest = rest[1], len(text), rest[3:]
            elif rest[0] == "]":
                pieces[letter].append(Span(start, len(text)))
                rest = rest[1:]
            else:
                text += rest[0]
                rest = rest[1:]
        text += "\n"
        if pieces["c"]:
            items.append(Marked(*(tuple(pieces[role]) for role in "sqc")))
    return Article(name, text, tuple(items))
