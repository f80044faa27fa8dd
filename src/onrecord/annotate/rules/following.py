"""Content that stands after its cue: "X said (that) ...", "X wants to ...", "X praised ..."."""

from __future__ import annotations

from functools import cache

from onrecord.annotate.rules.adjuncts import ADDRESSING, skip_adjuncts
from onrecord.annotate.rules.candidates import Candidate, Hit
from onrecord.annotate.rules.ends import clause_end, measuring, strip_end
from onrecord.annotate.rules.phrases import FINITE, has_finite_verb, noun_phrase_right
from onrecord.annotate.tokens import Tokens
from onrecord.model import Span
from onrecord.resources import settings_file

MEASURED = 12  # words from the object of "put" to its "at"
INSERTED = 16  # words of "according to the clerk" between commas
ADDRESSEE = 12  # words between "told" and "that"
ELSEWHERE = frozenset("after before by while without despite".split())  # another clause begins: "ordered X after Y"


def content_after(words: Tokens, hit: Hit, source: list[Span], features: set[str]) -> Candidate | None:
    """The attribution whose content follows its cue; None where nothing of that kind follows."""
    if hit.after >= len(words):
        return None
    first = _content_start(words, hit)
    if first >= len(words):
        return None
    quoted = _quotation_at(words, first)
    if quoted is not None:
        return _quoted(words, hit, quoted, source, features)
    frame = _frame(words, hit, first)
    if frame is None:
        return None
    if frame == "colon":
        span = words.span(first + 1, strip_end(words, first + 1, len(words)))
        return Candidate(hit.cue, "clause", hit.span(words), source, [span], features | {"colon"})
    if frame == "object" and _is_work(words, first):
        return None
    if hit.cue.lemma in measuring() and not _is_measured(words, first):
        return None
    if hit.cue.lemma in answering() and not _is_claim(words, first):
        return None
    act = frame in ("inf", "object", "prep", "adjunct")
    inserted = _after_inserted(words, first) if frame == "that" and words.tags[first + 1] == "," else 0
    end = clause_end(words, inserted or first, act=act, relative="relative" in features)
    if "asked" in features or (hit.first == 0 and words.tags[hit.head] == "g"):  # "Denying the report, Lee said ..."
        end = min(end, max(first + 1, words.tags.find(",", first)))
    return Candidate(hit.cue, frame, hit.span(words), source, [words.span(first, end)], features)


def _content_start(words: Tokens, hit: Hit) -> int:
    """The first word of the content: after addressee, time and place where a clause or a quotation follows them."""
    tags = words.tags
    after = hit.after
    addressing = hit.cue.lemma.split()[0] in ADDRESSING
    that = tags.find("T", after, after + ADDRESSEE) if addressing else -1
    told = words.lower[after:that] if that > 0 else []
    if that > 0 and not any(tag in "VLXHZMWB,Q:" for tag in tags[after:that]) and not ELSEWHERE.intersection(told):
        return that  # "told reporters aboard the plane that"
    skipped = skip_adjuncts(words, after, addressing=addressing)
    if skipped < len(words):
        if tags[skipped] in "TW:Q" or (tags[skipped] == "," and tags[skipped + 1] == "Q"):
            return skipped
        if skipped > after and tags[skipped] == "t" and addressing:
            return skipped
        clausal = skipped > after and tags[skipped] in "SDPAN#" and has_finite_verb(words, skipped, len(words))
        if clausal and (
            addressing or tags[after] == "Y" or (tags[after] == "I" and not has_finite_verb(words, after, skipped))
        ):
            return skipped
        if skipped > after and tags[after : after + 2] == "IY" and tags[skipped] in "DPA":
            return skipped  # "announced on Tuesday a plan"
        if tags[after] == "Y":
            return after + 1
    return after


def _quotation_at(words: Tokens, first: int) -> int | None:
    """The word that is the quotation which the content opens with: said "...", said: "...", said that "..."."""
    tags = words.tags
    if tags[first] == "Q":
        return first
    if tags[first] in ":,":
        if tags[first + 1] == "Q":
            return first + 1
        if tags[first + 1] in "TR" and tags[first + 2] == "Q":
            return first + 2
    return None


def _quoted(words: Tokens, hit: Hit, at: int, source: list[Span], features: set[str]) -> Candidate:
    """Quotations in a row after the cue; a clause that only begins with one is a clause."""
    tags = words.tags
    spans = [words.span(at, at + 1)]
    rest = at + 1
    while True:
        step = 1 if tags[rest] in ",C" and tags[rest + 1] == "Q" else 2 if tags[rest : rest + 3] == ",CQ" else 0
        if not step:
            break
        rest += step
        spans.append(words.span(rest, rest + 1))
        rest += 1
    if hit.cue.prior("quote") is not None and tags[rest] in ".,:;-CBgIWR":
        return Candidate(hit.cue, "quote", hit.span(words), source, spans, features, direct=True)
    return Candidate(hit.cue, "clause", hit.span(words), source, [words.span(at, clause_end(words, at))], features)


def _frame(words: Tokens, hit: Hit, first: int) -> str | None:
    """The construction that starts at word `first`; None where it is none that attributes."""
    tags, cue = words.tags, hit.cue
    tag, word = tags[first], words.lower[first]
    if tag == ":":
        return "colon" if cue.prior("quote") is not None and first + 1 < len(words) else None
    if tag == "T":
        if tags[first + 1] == "," and _after_inserted(words, first):
            return "that"
        relative = tags[first + 1] in FINITE and (cue.prior("object") or 0) > (cue.prior("clause") or 0)
        return "that" if tags[first + 1] not in ".," and not relative else None
    if tag == "W":
        bare = word in ("who", "which", "when") and first == hit.after and cue.prior("wh") is None
        return None if bare else "wh"
    if tag == "t":
        return "inf"
    if tag in "IB" and word != "because":
        return None if cue.tail or tag == "B" else "adjunct"
    if tag in "SDPAN#qdlsg" and not cue.tail and cue.prior("clause") is not None and _is_clause(words, hit, first):
        return "clause"
    if tag in "SDPANO#qdlsgV~RX":
        return "prep" if cue.tail else "object"
    return None


def _after_inserted(words: Tokens, that: int) -> int:
    """Where the clause starts in "that, according to the clerk, it would rain"; 0 where none does."""
    if words.tags[that + 2] not in "IRgBW" or words.lower[that + 2] == "but":
        return 0
    close = words.tags.find(",", that + 2, that + INSERTED)
    return close + 1 if close > 0 and has_finite_verb(words, close + 1, len(words)) else 0


def _is_clause(words: Tokens, hit: Hit, first: int) -> bool:
    """Whether a clause without "that" starts at `first`, for cues that may also take an object."""
    if not has_finite_verb(words, first, len(words)):
        return False
    if words.tags[first] == "S":
        return True
    as_object = hit.cue.prior("object") or 0
    if as_object > (hit.cue.prior("clause") or 0) and "C" in words.tags[first : _first_verb(words, first)]:
        return False  # "to cite the leak and the ministry confirmed it"
    if (hit.cue.prior("clause") or 0) >= 0.5 * as_object:
        return True
    return words.tags[noun_phrase_right(words, first)] in FINITE


def _first_verb(words: Tokens, first: int) -> int:
    return next((k for k in range(first, len(words)) if words.tags[k] in FINITE), len(words))


def _is_work(words: Tokens, first: int) -> bool:
    """Whether the object is a book, a song or the like: writing one says nothing."""
    end = noun_phrase_right(words, first)
    return any(word in works() for word in words.lower[first:end])


def _is_claim(words: Tokens, first: int) -> bool:
    """Whether the object is what somebody claimed: "her account of the accident"."""
    head = next((k for k in range(first, noun_phrase_right(words, first)) if words.tags[k] in "oI"), None)
    head = noun_phrase_right(words, first) if head is None else head
    return head > first and words.lower[head - 1] in claims()


def _is_measured(words: Tokens, first: int) -> bool:
    """Whether an amount follows "at" not far from `first`: "the cost at up to 30 million"."""
    tags = words.tags
    for k in range(first + 1, min(len(words), first + MEASURED)):
        if words.lower[k] == "at" and "#" in tags[k + 1 : k + 4]:
            return True
        if tags[k] in "VXHZM.,;:":
            return False
    return False


@cache
def answering() -> frozenset[str]:
    """Verbs that attribute only where they answer a claim."""
    return frozenset(settings_file("attribution.toml")["answering"])


@cache
def claims() -> frozenset[str]:
    """Nouns for what somebody claimed: "account", "figure"."""
    rules = settings_file("references.toml")
    return frozenset((*rules["nouns"], *rules["counting"]))


@cache
def works() -> frozenset[str]:
    """Nouns for works that people write, show and publish."""
    return frozenset(settings_file("attribution.toml")["works"])
