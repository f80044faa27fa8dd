"""according to X: before, after or amid what X says."""

from __future__ import annotations

from onrecord.annotate.candidates import Candidate
from onrecord.annotate.cues import Cue
from onrecord.annotate.ends import clause_end, strip_end
from onrecord.annotate.phrases import has_finite_verb, subject_right
from onrecord.annotate.tokens import Tokens

ACCORDING = Cue("according to", "preposition", "asserts", "speech", ("to",), (("paren", 0.8),))


COLON = Cue(":", "mark", "asserts", "speech", (), (("quote", 0.8), ("paren", 0.5)))


def find_labels(words: Tokens) -> list[Candidate]:
    """A speaker set before a colon at the start of a line: "Lee: 'We will stay'", "From Chairwoman Lee: ..."."""
    tags = words.tags
    colon = tags.find(":", 1, 12)
    if colon < 1 or colon + 1 >= len(words):
        return []
    first = 1 if words.lower[0] == "from" else 0
    if first >= colon or any(tag not in "ANDGoI~#" for tag in tags[first:colon]) or "A" not in tags[first:colon]:
        return []
    mark = words.span(colon, colon + 1)
    source = [words.span(first, colon)]
    if tags[colon + 1] in "Qq" and (colon + 2 >= len(words) or tags[colon + 2] in "Q.,"):
        return [Candidate(COLON, "quote", mark, source, [words.span(colon + 1, colon + 2)], {"label"}, True)]
    if colon <= 4 and has_finite_verb(words, colon + 1, len(words)):
        return [
            Candidate(
                COLON,
                "paren",
                mark,
                source,
                [words.span(colon + 1, strip_end(words, colon + 1, len(words)))],
                {"label"},
            )
        ]
    return []


def find_according(words: Tokens) -> list[Candidate]:
    """The attributions of a stretch that "according to" makes."""
    found = []
    lower, tags = words.lower, words.tags
    size = len(words)
    for k in range(size - 2):
        if lower[k] != "according" or lower[k + 1] != "to":
            continue
        source = subject_right(words, k + 2)
        if source is None:
            continue
        features: set[str] = set()
        after = source.after
        content = []
        if k == 0 or tags[k - 1] in ".;:BC":
            start = after + 1 if after < size and tags[after] == "," else after
            if start < size:
                content = [words.span(start, clause_end(words, start))]
            features.add("first")
        else:
            last = k - 1
            while last > 0 and tags[last] in ",-":
                last -= 1
            first = 0
            for m in range(last, 0, -1):
                if tags[m] == ";":
                    first = m + 1
                    break
            content = [words.span(first, last + 1)]
            if (
                after + 1 < size
                and tags[after] == ","
                and tags[k - 1] == ","
                and tags[after + 1] not in "BCg"
                and lower[after + 1] != "who"
            ):
                content.append(words.span(after + 1, clause_end(words, after + 1)))
        if content:
            span = words.span(source.first, source.after)
            found.append(Candidate(ACCORDING, "paren", words.span(k, k + 2), [span], content, features))
    return found
