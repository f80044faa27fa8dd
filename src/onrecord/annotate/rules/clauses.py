"""Every construction of every cue in one stretch; which are kept is decided elsewhere."""

from __future__ import annotations

from onrecord.annotate.rules.candidates import Candidate, Hit, find_hits
from onrecord.annotate.rules.ends import clause_end
from onrecord.annotate.rules.following import content_after
from onrecord.annotate.rules.nouncues import noun_candidate
from onrecord.annotate.rules.owners import Owner, find_owner
from onrecord.annotate.rules.passives import RAISING, passive_candidate, raising_candidate
from onrecord.annotate.rules.preceding import content_before
from onrecord.annotate.tokens import Tokens
from onrecord.model import Span

COPULAS = frozenset("feel felt feels seem seemed seems remain remains remained".split())


def find_candidates(words: Tokens) -> list[Candidate]:
    """Candidates of a stretch, by the position of their cues."""
    found: list[Candidate] = []
    last_source: list[Span] = []
    for hit in find_hits(words):
        is_noun = hit.cue.kind == "noun"
        candidate = noun_candidate(words, hit) if is_noun else _verb_candidate(words, hit, last_source)
        if candidate is None:
            continue
        found.append(candidate)
        if candidate.source and not is_noun and "inverted" not in candidate.features:
            last_source = candidate.source
    return found


def _verb_candidate(words: Tokens, hit: Hit, last_source: list[Span]) -> Candidate | None:
    """The attribution of a verb or an adjective, by who stands where."""
    tags = words.tags
    head = tags[hit.head]
    has_be = "X" in tags[hit.first : hit.head]
    features = _traits(words, hit)
    if hit.cue.kind == "adjective":
        if not has_be and words.lower[hit.head - 1] not in COPULAS:
            return None
    elif has_be and head in "Vd" and not _is_perfect(tags, hit):
        return passive_candidate(words, hit, features)
    if head in "Vd" and words.lower[hit.after] == "by" and tags[hit.after + 1] in "DPA":
        return None  # "a claim disputed by the mayor": the subject is no speaker
    owner = find_owner(words, hit, last_source, is_progressive=has_be)
    features.add(owner.how)
    if hit.cue.attitude == "speech" and _is_hypothetical(words, hit, owner):
        return None
    before = content_before(words, hit, owner, features)
    if before is not None:
        return before
    if owner.phrase and owner.phrase.first == 1 and words.lower[0] == "as" and tags[hit.after] == ",":
        return _aside_candidate(words, hit, owner, features)
    if hit.cue.lemma in RAISING:
        return raising_candidate(words, hit, owner.phrase, features)
    if owner.how == "none":
        if hit.cue.lemma.startswith("ask") and hit.first == 0 and head in "Vd":
            features.add("asked")  # "Asked whether he would run, Lee laughed"
        elif head != "g":
            return None
    return content_after(words, hit, owner.spans(words), features)


def _aside_candidate(words: Tokens, hit: Hit, owner: Owner, features: set[str]) -> Candidate | None:
    """What follows the comma of "As critics have said, the plan is costly", if anything does."""
    end = clause_end(words, hit.after + 1)
    if hit.after + 1 >= min(end, len(words.starts)):
        return None
    content = [words.span(hit.after + 1, end)]
    return Candidate(hit.cue, "paren", hit.span(words), owner.spans(words), content, features | {"as"})


def _traits(words: Tokens, hit: Hit) -> set[str]:
    """What can be seen of the verb group itself."""
    tags = words.tags
    group = tags[hit.first : hit.after]
    features = {"adjective"} if hit.cue.kind == "adjective" else {"form-" + tags[hit.head]}
    if hit.first > 0 and tags[hit.first - 1] in "TWI":
        features.add("after-" + tags[hit.first - 1])
    if "n" in group:
        features.add("negated")
    if "M" in group:
        features.add("modal")
    return features


def _is_perfect(tags: str, hit: Hit) -> bool:
    """Whether the participle belongs to "have", not to "be"."""
    return any(tags[k] == "H" and tags[k + 1] != "X" for k in range(hit.first, hit.head - 1))


def _is_hypothetical(words: Tokens, hit: Hit, owner: Owner) -> bool:
    """Whether nothing was said: "if he said", "nobody said", "would say"."""
    first = min(hit.first, owner.phrase.first) if owner.phrase else hit.first
    if words.lower[first] == "neither":
        return False  # "Neither side would comment"
    if words.lower[first - 1] in ("if", "unless") or words.lower[first] in NOBODY or words.lower[0] == "should":
        return True
    group = words.lower[hit.first : hit.head]
    return any(word in UNREAL for word in group) and not any(tag in "nH" for tag in words.tags[hit.first : hit.head])


NOBODY = frozenset("nobody none".split())
UNREAL = frozenset("would could might should may must".split())
