"""Content that stands before its cue: "..., X said" and "...," said X."""

from __future__ import annotations

from functools import cache

from onrecord.annotate.rules.adjuncts import ADDRESSING, skip_adjuncts
from onrecord.annotate.rules.candidates import Candidate, Hit
from onrecord.annotate.rules.ends import clause_end, echoes
from onrecord.annotate.rules.owners import Owner
from onrecord.annotate.rules.phrases import FINITE, Phrase, after_dateline, has_finite_verb, subject_right
from onrecord.annotate.tokens import Tokens
from onrecord.model import Span
from onrecord.resources import settings_file

SCENES = frozenset("when while as asked after before".split())  # a scene is set, no content begun


def content_before(words: Tokens, hit: Hit, owner: Owner, features: set[str]) -> Candidate | None:
    """The attribution whose content ends just before its speaker or its cue; None where none does."""
    if hit.cue.kind == "adjective" or (hit.cue.prior("paren") is None and hit.cue.prior("quote") is None):
        return None
    found = _speaker(words, hit, owner)
    if found is None:
        return None
    source, edge, inverted = found
    traits = features | ({"inverted"} if inverted else set())
    if words.lower[edge] in ("as", "than") and edge > 0:
        traits.add("as")
        edge -= 1
    tags = words.tags
    quoted = tags[edge] in "Qq" or (tags[edge] in ",." and tags[edge - 1] in "Qq")
    if tags[edge] not in ",Qq-" and not (tags[edge] == "." and quoted):
        return None
    addressing = hit.cue.lemma.split()[0] in ADDRESSING and not inverted
    tail = skip_adjuncts(words, source.after if inverted else hit.after, addressing=addressing)
    tail = _past_naming(words, tail)
    content, direct = _left_content(words, edge)
    if not content:
        return None
    follows = ",.;-" + ("CBIgRWQ:to" if quoted else "") + ("DPANSO#Y" if direct and tags[edge] == "Q" else "")
    scene = words.lower[tail] in SCENES and tags[edge] == "," and tags[tail + 1] in "SDPANg"
    if tags[tail] not in follows and not (direct and inverted) and not scene:
        return None
    if not direct and not _is_reporting(words, hit, content[0], inverted=inverted):
        return None
    if not direct and "as" not in traits and _is_adjunct(words, content[0], tail):
        return None
    if not direct and has_finite_verb(words, words.starts.index(content[0].start), edge):
        traits.add("clausal")
    if "as" in traits:
        content = _without_opening(words, content)
    else:
        content += _resumed(words, tail, direct=direct)
    span = words.span(source.first, source.after)
    return Candidate(hit.cue, "quote" if direct else "paren", hit.span(words), [span], content, traits, direct)


def _past_naming(words: Tokens, tail: int) -> int:
    """Past "in what it called a first count": how the speaker names what is said; `tail` itself where there is none."""
    if words.lower[tail : tail + 2] != ["in", "what"] or words.tags[tail + 2] not in "SDPAN":
        return tail
    return next((k for k in range(tail, len(words)) if words.tags[k] in ",.;-"), len(words))


def _speaker(words: Tokens, hit: Hit, owner: Owner) -> tuple[Phrase, int, bool] | None:
    """The speaker, the word just before speaker and cue, and whether the speaker follows the cue."""
    tags = words.tags
    if tags[hit.head] == "g" and owner.how.startswith("participle"):
        return None
    if owner.phrase is not None and owner.how in ("left", "pronoun") and owner.phrase.first < hit.first:
        edge = owner.phrase.first - 1
        return (owner.phrase, edge, False) if edge >= 0 else None
    if hit.first == 0 or (owner.phrase is not None and owner.how not in ("left", "pronoun", "relative")):
        return None
    if owner.phrase is not None:
        edge = hit.first - 1
        return owner.phrase, edge, False
    if tags[hit.first - 1] not in ",Qq-.":
        return None
    follower = subject_right(words, hit.after)
    return (follower, hit.first - 1, True) if follower else None


def _left_content(words: Tokens, edge: int) -> tuple[list[Span], bool]:
    """What stands before word `edge` (a comma or a quotation), back to the start of the clause; is it all quoted?"""
    tags = words.tags
    last = edge if tags[edge] in "Qq" else edge - 1
    while last >= 0 and tags[last] in ",.-":
        last -= 1
    if last < 0:
        return [], False
    if tags[last] == "Q" and (last == 0 or tags[last - 1] in ".:" or all(tag in "QqC,.RB-" for tag in tags[:last])):
        return [words.span(last, last + 1)], True
    first = max(tags.rfind(";", 0, last) + 1, after_dateline(words))
    while first < last and tags[first] in ".-,":
        first += 1
    if first > last:
        return [], False
    return [words.span(first, last + 1)], first == last and tags[last] in "Qq"


def _is_reporting(words: Tokens, hit: Hit, content: Span, *, inverted: bool) -> bool:
    """Whether a finite verb reports what stands before it; an inverted one needs a clause: "It rains, said Lee"."""
    head = words.tags[hit.head]
    if not inverted:
        return head in "VLd"
    first = words.starts.index(content.start)
    return head == "V" and hit.cue.lemma in inverting() and any(tag in FINITE for tag in words.tags[first : hit.first])


def _is_adjunct(words: Tokens, content: Span, tail: int) -> bool:
    """Whether what stands before only sets the scene: "In an interview, Lee said, ...", "Asked why, he said: ..."."""
    tags = words.tags
    first = words.starts.index(content.start)
    before = tags[first:tail]
    if tags[tail] in ",:" and tags[tail + 1] == "Q" and not ("q" in before or "Q" in before):
        return tags[first] in "IgRd" or words.lower[first] in SCENES or not any(tag in FINITE for tag in before)
    return (
        tags[tail] in ".:" and tags[first] in "IgR" and not any(tag in "VLXHZMd" for tag in before[:-1].split(",")[0])
    )


def _resumed(words: Tokens, tail: int, *, direct: bool) -> list[Span]:
    """What goes on after the cue: '"A," she said, "B"' and "A, she said, B"."""
    tags = words.tags
    if (tags[tail] == "," and tags[tail + 1] == "g") or (tags[tail] not in ",:-Q" and tail < len(words)):
        return []
    rest = tail if tags[tail] == "Q" else tail + 1 if tags[tail] in ",:-" else len(words)
    if rest >= len(words):
        return []
    if tags[rest : rest + 2] == "CQ":
        rest += 1  # '"A," she said, and "B"'
    if tags[rest] == "Q":
        return [words.span(rest, rest + 1)]
    if tags[tail] == "," and not direct and not echoes(words, rest):
        end = clause_end(words, rest)
        return [words.span(rest, end)] if end > rest + 1 else []
    return []


def _without_opening(words: Tokens, content: list[Span]) -> list[Span]:
    """Without the "but if" in "But if it rains, as Lee says, ...": the inner speaker only says that it rains."""
    first = words.starts.index(content[0].start)
    while words.tags[first] in "BCW" and words.ends[first] < content[0].end:
        first += 1
    return [Span(words.starts[first], content[0].end), *content[1:]]


@cache
def inverting() -> frozenset[str]:
    """Verbs that stand before their subject after what was said, quotation marks or not."""
    return frozenset(settings_file("attribution.toml")["inverting"])
