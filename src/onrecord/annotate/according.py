"""according to X: before, after or amid what X says."""

from __future__ import annotations

from onrecord.annotate.clauses import Candidate, _clause_end, _strip_end
from onrecord.annotate.cues import Cue
from onrecord.annotate.phrases import subject_right
from onrecord.annotate.tokens import Tokens

ACCORDING = Cue("according to", "preposition", "asserts", "speech", ("to",), (("paren", 0.8),))


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
                content = [words.span(start, _clause_end(words, start))]
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
            if after + 1 < size and tags[after] == "," and tags[k - 1] == "," and tags[after + 1] not in "BCg" and lower[after+1] != "who":
                content.append(words.span(after + 1, _clause_end(words, after + 1)))
        if content:
            span = words.span(source.first, source.after)
            found.append(Candidate(ACCORDING, "paren", words.span(k, k + 2), [span], content, features))
    return found
