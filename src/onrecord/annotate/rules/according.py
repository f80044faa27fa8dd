"""Sources that no verb brings: "according to X", and a speaker set before a colon."""

from __future__ import annotations

import re
from functools import cache

from onrecord.annotate.cues import cue_named
from onrecord.annotate.rules.candidates import Candidate
from onrecord.annotate.rules.ends import clause_end, strip_end
from onrecord.annotate.rules.phrases import RELATIVE, Phrase, has_finite_verb, subject_right
from onrecord.annotate.tokens import Tokens
from onrecord.model import Span
from onrecord.resources import lexicon, settings_file

SHOUTED = re.compile(r"(?=.{3,40}$)[A-Z][A-Z.’'-]+(?:\s[A-Z][A-Z.’'-]*){0,3}")
LARGE = 100  # thousands of people from which a town may stand in a dateline before a colon
RELATIVE_REACH = 30  # words of a relative clause after the source of "according to"
LABEL_REACH = 12  # words before a colon
BARE_LABEL = 4  # words of a label before words that are not quoted


def find_labels(words: Tokens, text: str) -> list[Candidate]:
    """A speaker set before a colon at the start of a line: "Lee: 'We will stay'", "From Chairwoman Lee: ...".

    In capitals the label opens a turn of a transcript: "LEE: We will stay. We must."
    """
    tags = words.tags
    colon = tags.find(":", 1, LABEL_REACH)
    first = int(words.lower[0] == "from")
    if colon <= first or colon + 1 >= len(words) or text[words.ends[colon] : words.ends[colon] + 1].isdigit():
        return []  # "Psalm 12:6", "At 3:15"
    name = tags[first:colon]
    if "A" not in name or any(tag not in "ANDGoI~#" for tag in name) or words.lower[first] in rubrics():
        return []
    if tags[colon + 1] in "Qq" and tags[colon + 2] in "Q.,":
        content, traits = words.span(colon + 1, colon + 2), {"quoted"}
    elif colon <= BARE_LABEL and (name == "A" * colon or has_finite_verb(words, colon + 1, len(words))):
        content, traits = words.span(colon + 1, strip_end(words, colon + 1, len(words))), set[str]()
    else:
        return []
    mark, source = words.span(colon, colon + 1), words.span(first, colon)
    if not traits and source.of(text).casefold() in towns():
        return []  # a dateline
    if not traits and SHOUTED.fullmatch(source.of(text)):
        traits = {"turn"}
        return [Candidate(cue_named(":"), "label", mark, [source], [content], traits)]
    return [Candidate(cue_named(":"), "label", mark, [source], [content], traits, bool(traits))]


@cache
def towns() -> frozenset[str]:
    """Names of places as a dateline has them before a colon: "New Delhi: ..."."""
    return frozenset(row["name"].casefold() for row in lexicon("places.tsv") if int(row["thousands"] or 0) >= LARGE)


@cache
def rubrics() -> frozenset[str]:
    """First words before a colon that name a kind of piece, not a speaker: "Opinion: ..."."""
    return frozenset(settings_file("attribution.toml")["rubrics"])


def find_signature(words: Tokens) -> list[Candidate]:
    """A quotation signed on its own line: '"We will stay." -Commissioner Lee'."""
    tags = words.tags
    if len(words) < 3 or tags[0] != "Q" or tags[1] != "-" or not is_signature(words, 2):
        return []
    cue = words.span(1, 2)
    source = words.span(2, strip_end(words, 2, len(words)))
    return [Candidate(cue_named(":"), "label", cue, [source], [words.span(0, 1)], {"quoted"}, direct=True)]


def is_signature(words: Tokens, first: int) -> bool:
    """Whether only a name, with a title, stands from word `first` to the end."""
    rest = words.tags[first : len(words)]
    return 0 < len(rest) <= LABEL_REACH and rest[0] in "AD" and "A" in rest and all(tag in "ANDGoI,#~." for tag in rest)


def find_according(words: Tokens) -> list[Candidate]:
    """The attributions of a stretch that "according to" makes."""
    found = []
    for k in range(len(words) - 2):
        if words.lower[k] != "according" or words.lower[k + 1] != "to":
            continue
        source = subject_right(words, k + 2)
        if source is None:
            continue
        source = Phrase(source.first, _relative_end(words, _described_end(words, source.after)))
        opens = k == 0 or words.tags[k - 1] in ".;:BC"
        content = _after(words, source) if opens else _around(words, k, source)
        if content:
            span, traits = words.span(source.first, source.after), {"first"} if opens else set[str]()
            cue = words.span(k, k + 2)
            found.append(Candidate(cue_named("according to"), "according", cue, [span], content, traits))
    return found


def _described_end(words: Tokens, after: int) -> int:
    """Past "released by the port on Monday" in "figures released by the port on Monday"."""
    tags = words.tags
    if tags[after] not in "VdIg":
        return after
    k = after
    while tags[k] in "VdgIDPANo#GYRtC" and k < after + LABEL_REACH:
        k += 1
    return k if tags[k] in ",." else after


def _relative_end(words: Tokens, after: int) -> int:
    """Past ", who spoke on condition of anonymity," in "according to a clerk, who spoke ..., the bank will close"."""
    if words.tags[after] != "," or words.lower[after + 1] not in RELATIVE:
        return after
    close = words.tags.find(",", after + 2, after + RELATIVE_REACH)
    return close if close > 0 else after


def _after(words: Tokens, source: Phrase) -> list[Span]:
    start = source.after + (words.tags[source.after] == ",")
    return [words.span(start, clause_end(words, start))] if start < len(words) else []


def _around(words: Tokens, k: int, source: Phrase) -> list[Span]:
    """What stands before the cue, and after the source where commas set both apart."""
    tags = words.tags
    last = k - 1
    while last > 0 and tags[last] in ",-":
        last -= 1
    content = [words.span(tags.rfind(";", 0, last) + 1, last + 1)]
    rest = source.after + 1
    if tags[k - 1] == tags[source.after] == "," and tags[rest] not in "BCgW" and rest < len(words):
        content.append(words.span(rest, clause_end(words, rest)))
    return content
