"""Nouns as cues: "X's claim that ...", "their hope to ...", "reports from X that ...", "..., a claim made by X"."""

from __future__ import annotations

from onrecord.annotate.rules.candidates import Candidate, Hit
from onrecord.annotate.rules.ends import clause_end
from onrecord.annotate.rules.phrases import noun_phrase_left, noun_phrase_right, subject_right
from onrecord.annotate.tokens import Tokens
from onrecord.model import Span

PROSPECTS = frozenset("possibility prospect idea that".split())  # the content starts after these
AGENTS = frozenset("by from among".split())
ABOUT = frozenset("of for about on against to".split())


def noun_candidate(words: Tokens, hit: Hit) -> Candidate | None:
    """The attribution that a noun cue makes; None where it has neither owner nor that-clause."""
    made = _made_by(words, hit)
    if made is not None:
        return made
    source, after, how = _owner(words, hit)
    if after >= len(words):
        return None
    tags = words.tags
    if tags[after] == "T":
        return Candidate(hit.cue, "noun", hit.span(words), source, [words.span(after, clause_end(words, after))], {how})
    if tags[after] == "t" and source:
        end = clause_end(words, after, act=True)
        return Candidate(hit.cue, "noun-to", hit.span(words), source, [words.span(after, end)], {how})
    if how == "possessive" and words.lower[after] in ABOUT and after + 1 < len(words):
        end = noun_phrase_right(words, after + 1)
        if end > after + 1:
            return Candidate(hit.cue, "noun-of", hit.span(words), source, [words.span(after, end)], {how})
    return None


def _owner(words: Tokens, hit: Hit) -> tuple[list[Span], int, str]:
    """Whose claim it is, the word after noun and owner, and how the owner was found."""
    tags, lower = words.tags, words.lower
    k = hit.first - 1
    while k >= 0 and tags[k] in "NdR#":
        k -= 1
    if k >= 0 and tags[k] == "P":
        return [words.span(k, k + 1)], hit.after, "possessive"
    if k >= 0 and tags[k] == "G":
        owner = noun_phrase_left(words, k)
        if owner:
            return [words.span(owner.first, owner.after)], hit.after, "possessive"
    if lower[hit.after] in AGENTS and tags[hit.after + 1] in "DPAN#":
        end = noun_phrase_right(words, hit.after + 1)
        return [words.span(hit.after + 1, end)], end, "agent"
    return [], hit.after, "bare"


def _made_by(words: Tokens, hit: Hit) -> Candidate | None:
    """The form "..., a claim made by X": the content is the clause before the comma or dash."""
    if words.lower[hit.after : hit.after + 2] != ["made", "by"]:
        return None
    agent = subject_right(words, hit.after + 2)
    content = _clause_before(words, hit.first)
    if agent is None or not content:
        return None
    cue = words.span(hit.first, hit.after + 2)
    return Candidate(hit.cue, "noun", cue, [words.span(agent.first, agent.after)], content, {"made-by"})


def _clause_before(words: Tokens, first: int) -> list[Span]:
    tags = words.tags
    k = first - 1
    while k > 0 and tags[k] in "DNd":
        k -= 1
    if k <= 0 or tags[k] not in ",-":
        return []
    start = k
    while start > 0 and tags[start - 1] not in ",;:-" and words.lower[start - 1] not in PROSPECTS:
        start -= 1
    return [words.span(start, k)] if k > start else []
