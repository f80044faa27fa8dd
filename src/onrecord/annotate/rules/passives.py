"""Cues without a speaker of their own: "is expected to", "was told that", "it appears that"."""

from __future__ import annotations

from onrecord.annotate.rules.candidates import Candidate, Hit
from onrecord.annotate.rules.ends import clause_end
from onrecord.annotate.rules.phrases import Phrase, subject_left, subject_right
from onrecord.annotate.tokens import Tokens
from onrecord.model import Span

RAISING = frozenset({"seem", "appear"})
LINKING = frozenset("as of for about".split())


def passive_candidate(words: Tokens, hit: Hit, features: set[str]) -> Candidate | None:
    """A passive cue: no source, or the one after "by"; its subject is part of what is said."""
    tags = words.tags
    if hit.after >= len(words) or tags[hit.first] == "t":
        return None
    features = features | {"passive"}
    subject = subject_left(words, hit.first)
    source: list[Span] = []
    after = hit.after
    if words.lower[after] == "by":
        agent = subject_right(words, after + 1)
        if agent is None:
            return None
        source = [words.span(agent.first, agent.after)]
        after = agent.after
        features.add("by")
    if tags[after] in "TW":
        content = [words.span(after, clause_end(words, after))]
        return Candidate(hit.cue, "passive", hit.span(words), source, content, features | {"passive-clause"})
    if subject is None:
        return None
    content = [words.span(subject.first, subject.after)]
    if tags[after] == "t":
        content.append(words.span(after, clause_end(words, after, act=True)))
        features.add("passive-inf")
    elif words.lower[after] in LINKING and not source:
        content.append(words.span(after, clause_end(words, after, act=True)))
        features.add("passive-as")
    elif not source:
        return None  # "A result is expected on Thursday": a bare subject says nothing
    return Candidate(hit.cue, "passive", hit.span(words), source, content, features)


def raising_candidate(words: Tokens, hit: Hit, subject: Phrase | None, features: set[str]) -> Candidate | None:
    """Finding so without a finder: "It appears that ...", "Lee seems to ..."."""
    tags, after = words.tags, hit.after
    if after >= len(words):
        return None
    if tags[after] == "T":
        content = [words.span(after, clause_end(words, after))]
        return Candidate(hit.cue, "passive", hit.span(words), [], content, features | {"raised-that"})
    if subject is None or tags[after] in "IYW.,":
        return None
    content = [words.span(subject.first, subject.after), words.span(after, clause_end(words, after, act=True))]
    return Candidate(hit.cue, "passive", hit.span(words), [], content, features | {"raised"})
