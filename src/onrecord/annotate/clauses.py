"""Candidates for attributions in one stretch of text: a cue, who it belongs to, and what it introduces.

A stretch is a sentence, or several where a quotation runs over their ends. Every construction ("frame") is
found by the classes of words around the cue; which candidates are kept is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.annotate.cues import Cue, cue_forms
from onrecord.annotate.phrases import (
    Phrase,
    has_finite_verb,
    noun_phrase_left,
    noun_phrase_right,
    subject_left,
    subject_right,
)
from onrecord.annotate.tokens import Tokens
from onrecord.model import Span

GROUP = frozenset("XHZMnR")
ADDRESSING = frozenset(
    "tell inform assure remind warn ask urge notify brief advise reassure persuade convince promise alert encourage"
    " order instruct implore beg press push direct counsel show teach guarantee query challenge caution".split()
)
VERBAL = frozenset("VLXHZM")
SUBORDINATE = frozenset("but while although though whereas yet".split())


@dataclass(slots=True)
class Candidate:
    """A possible attribution in one stretch; positions are spans of the report's text."""

    cue: Cue
    frame: str
    cue_span: Span
    source: list[Span]
    content: list[Span]
    features: set[str] = field(default_factory=set)
    direct: bool = False  # the content is quotations only
    stretch: int = 0
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue where it stands: its verb group is words [first, after)."""

    cue: Cue
    head: int
    first: int
    after: int


def find_hits(words: Tokens) -> Iterator[Hit]:
    """Cues of a stretch with their verb groups, by position."""
    forms = cue_forms()
    tags, lower = words.tags, words.lower
    size = len(words)
    for head in range(size):
        cues = forms.get(lower[head])
        if cues is None or tags[head] in "AQq":
            continue
        verbal = tags[head] in "VLdgls"
        for cue in cues:
            if (cue.kind == "verb") != verbal and cue.kind != "adjective":
                if not (cue.kind == "noun" and tags[head] in "Nlsd"):
                    continue
            length = len(cue.tail)
            if length and tuple(lower[head + 1 : head + 1 + length]) != cue.tail:
                continue
            if cue.kind == "verb" and not length and head + 1 < size and cue.prior("prep") is None:
                pass
            yield _group(words, cue, head, head + 1 + length)
            break


def _group(words: Tokens, cue: Cue, head: int, after: int) -> Hit:
    """The cue with its auxiliaries, negation and adverbs."""
    tags = words.tags
    first = head
    if cue.kind == "noun":
        return Hit(cue, head, first, after)
    while first > 0 and tags[first - 1] in GROUP:
        first -= 1
    if first > 0 and tags[first - 1] == "t":
        first -= 1
    while first < head and tags[first] == "R" and first == 0:
        first += 1
    return Hit(cue, head, first, after)


def find_candidates(words: Tokens) -> list[Candidate]:
    """Every construction of every cue in a stretch."""
    found: list[Candidate] = []
    last_source: list[Span] = []
    for hit in find_hits(words):
        if hit.cue.kind == "noun":
            candidate = _noun_frame(words, hit)
        else:
            candidate = _verb_frame(words, hit, last_source)
        if candidate is not None:
            found.append(candidate)
            if candidate.source and hit.cue.kind != "noun" and "inverted" not in candidate.features:
                last_source = candidate.source
    return found


def _verb_frame(words: Tokens, hit: Hit, last_source: list[Span]) -> Candidate | None:
    tags, lower = words.tags, words.lower
    cue_words = range(hit.first, hit.after)
    head_tag = tags[hit.head]
    features = {"adjective"} if hit.cue.kind == "adjective" else {"form-" + head_tag}
    if hit.first > 0 and tags[hit.first - 1] in "TWI":
        features.add("after-" + tags[hit.first - 1])
    be = any(tags[k] == "X" for k in range(hit.first, hit.head))
    if any(tags[k] == "n" for k in cue_words):
        features.add("negated")
    if any(tags[k] == "M" for k in cue_words):
        features.add("modal")
    if hit.cue.kind == "adjective":
        if not be and not (hit.first > 0 and lower[hit.head - 1] in ("feel", "felt", "feels", "seemed", "seems", "remain", "remains", "remained")):
            return None
    elif be and head_tag in "Vd" and not any(tags[k] == "H" and tags[k + 1] != "X" for k in range(hit.first, hit.head - 1)):
        return _passive(words, hit, features)
    source, kind = _source(words, hit, last_source, be=be)
    features.add(kind)
    after = hit.after
    # content first
    before = _content_before(words, hit, source, kind, features)
    if before is not None:
        return before
    if hit.cue.lemma in ("seem", "appear"):
        return _raising(words, hit, source, features)
    if kind == "none" and hit.cue.lemma.startswith("ask") and hit.first == 0 and head_tag in "Vd":
        return _content_after(words, hit, after, [], features | {"asked"})
    if kind == "none" and head_tag not in "g":
        return None
    return _content_after(words, hit, after, [words.span(source.first, source.after)] if source else last_source if kind in ("shared",) else [], features)


def _source(words: Tokens, hit: Hit, last_source: list[Span], *, be: bool) -> tuple[Phrase | None, str]:
    """Whose cue it is, and how that was found."""
    tags = words.tags
    before = hit.first - 1
    head_tag = tags[hit.head]
    infinitive = tags[hit.first] == "t"
    if head_tag == "g" and not be or infinitive:
        subject = None
        if before >= 0 and tags[before] in "NA" and not infinitive:
            subject = noun_phrase_left(words, before)
            if subject:
                return subject, "participle-noun"
        main = main_subject(words, hit.first)
        if main:
            return main, "infinitive" if infinitive else "participle"
        return None, "none"
    if before >= 0 and tags[before] == "C" or before >= 1 and tags[before] == "," and tags[before - 1] != "S":
        subject = subject_left(words, hit.first) if tags[before] == "," else None
        if subject:
            return subject, "left"
        if tags[before] == "C" and last_source:
            return None, "shared"
        main = main_subject(words, hit.first)
        if main and tags[before] == "C":
            return main, "coordinated"
        return None, "none"
    subject = subject_left(words, hit.first)
    if subject is None:
        return None, "none"
    first = tags[subject.first]
    kind = "relative" if first == "W" else "pronoun" if first == "S" else "left"
    return subject, kind


def main_subject(words: Tokens, before: int) -> Phrase | None:
    """The subject of the first finite verb before word `before`; of the first one after it where none is."""
    tags = words.tags
    for k in range(before):
        if tags[k] in VERBAL and k > 0:
            subject = subject_left(words, k)
            if subject and tags[subject.first] != "W":
                return subject
    for k in range(before + 1, min(len(words), before + 40)):
        if tags[k] == ",":
            phrase_end = noun_phrase_right(words, k + 1) if k + 1 < len(words) and tags[k + 1] in "DPAN#S" else 0
            if k + 1 < len(words) and tags[k + 1] == "S":
                return Phrase(k + 1, k + 2)
            if phrase_end and phrase_end < len(words) and tags[phrase_end] in "VLXHZMR,ds":
                return Phrase(k + 1, phrase_end)
    return None


def _content_before(words: Tokens, hit: Hit, source: Phrase | None, kind: str, features: set[str]) -> Candidate | None:
    """"..., X said" and "...," said X: the content stands before the cue."""
    if hit.cue.kind == "adjective" or hit.cue.prior("paren") is None and hit.cue.prior("quote") is None:
        return None
    tags, lower = words.tags, words.lower
    size = len(words)
    start = hit.first
    if source is not None and kind in ("left", "pronoun") and source.after <= hit.first:
        start = source.first
    edge = start - 1
    inverted = None
    if edge < 0 or tags[hit.head] == "g" and kind.startswith("participle"):
        return None
    if source is None or start == hit.first:
        if tags[start - 1] not in ",Qq-." or kind in ("participle", "infinitive"):
            return None
        inverted = subject_right(words, hit.after)
        if inverted is None:
            return None
        source = inverted
        features.add("inverted")
    if lower[edge] in ("as", "than") and edge > 0:
        features.add("as")
        edge -= 1
    if tags[edge] not in ",Qq-" and not (tags[edge] == "." and tags[edge - 1] in "Qq"):
        return None
    tail = inverted.after if inverted else hit.after
    tail = _skip_adjuncts(words, tail, addressing=hit.cue.lemma.split()[0] in ADDRESSING and inverted is None)
    follows = tags[tail] if tail < size else "."
    quote_before = tags[edge] in "Qq" or tags[edge] in ",." and tags[edge - 1] in "Qq"
    if follows not in ",.;-" and not (follows in "CBI" and quote_before or quote_before and tags[edge] == "Q"):
        if not (quote_before and follows in "BgRIWQ:t"):
            return None
    if follows == "," and tail + 1 < size and tags[tail + 1] == "g":
        follows = "."
    content, direct = _left_content(words, edge)
    if not content:
        return None
    frame = "quote" if direct else "paren"
    if "as" in features:
        content = _without_opening(words, content)
    elif follows in ",:-" or tail < size and tags[tail] == "Q":
        rest = tail if tail < size and tags[tail] == "Q" else tail + 1
        if rest < size and tags[rest] == "Q":
            content.append(words.span(rest, rest + 1))
        elif follows == "," and not direct and rest < size:
            end = _clause_end(words, rest)
            if end > rest + 1:
                content.append(words.span(rest, end))
    span = words.span(source.first, source.after)
    return Candidate(hit.cue, frame, _cue_span(words, hit), [span], content, features, direct)


def _left_content(words: Tokens, edge: int) -> tuple[list[Span], bool]:
    """What stands before word `edge` (a comma or a quotation), back to the start of the clause; is it all quoted?"""
    tags = words.tags
    last = edge if tags[edge] in "Qq" else edge - 1
    while last >= 0 and tags[last] in ",.-":
        last -= 1
    if last < 0:
        return [], False
    if tags[last] == "Q" and (last == 0 or tags[last - 1] in ".:" or all(t in "QqC,.RB-" for t in tags[:last])):
        return [words.span(last, last + 1)], True
    first = 0
    for k in range(last, -1, -1):
        if tags[k] in ";":
            first = k + 1
            break
    while first < last and tags[first] in ".-,":
        first += 1
    return [words.span(first, last + 1)], first == last and tags[last] in "Qq"


def _without_opening(words: Tokens, content: list[Span]) -> list[Span]:
    """Without the "but if" in "But if it rains, as Lee says, ...": the inner speaker only says that it rains."""
    first = words.starts.index(content[0].start)
    while words.tags[first] in "BCW" and words.ends[first] < content[0].end:
        first += 1
    return [Span(words.starts[first], content[0].end), *content[1:]]


def _skip_adjuncts(words: Tokens, k: int, *, addressing: bool) -> int:
    """Past times, addressees and places that may stand between a cue and its content."""
    tags, lower = words.tags, words.lower
    size = len(words)
    if addressing and k < size:
        if tags[k] in "OSP" and (k + 1 >= size or tags[k] != "P" or tags[k + 1] not in "N"):
            k += 1
        elif tags[k] in "DPAN#":
            k = _addressee(words, k)
    moved = True
    while moved and k < size:
        moved = False
        if tags[k] in "YR" or lower[k] == "here" or tags[k] == "#" and k and tags[k - 1] == "Y":
            k += 1
            moved = True
        elif tags[k] in "ItD" and lower[k] in ADJUNCT_HEADS:
            end = _adjunct_end(words, k)
            if end > k:
                k = end
                moved = True
    return k


ADJUNCT_HEADS = frozenset("in on at to during after before via through by last this earlier late from with of about ahead outside inside following".split())


def _addressee(words: Tokens, k: int) -> int:
    tags = words.tags
    start = k
    if tags[k] in "DP":
        k += 1
    while k < len(words) and tags[k] in "NAG#~oq" or k < len(words) and tags[k] == "D" and tags[k - 1] in "oC" or (
        k < len(words) and tags[k] == "C" and k + 1 < len(words) and tags[k + 1] in "AND" and k > start
    ):
        if tags[k] == "A" and k > start and tags[k - 1] == "N" and tags[start] != "D":
            break  # "told reporters Trump ..."
        k += 1
    return k


def _adjunct_end(words: Tokens, k: int) -> int:
    """Past the prepositional phrase at `k`; `k` itself where a clause starts instead."""
    tags, lower = words.tags, words.lower
    size = len(words)
    m = k + 1
    if m < size and tags[m] == "g":
        m += 1
    while m < size and tags[m] in "DP#NAGoYqRdCsl~I":
        if tags[m] == "D" and m > k + 1 and tags[m - 1] in "NAY":
            break
        if tags[m] == "C" and not (m + 1 < size and tags[m + 1] in "NAD"):
            break
        m += 1
    return m if m > k + 1 else k


def _content_after(words: Tokens, hit: Hit, after: int, source: list[Span], features: set[str]) -> Candidate | None:
    """X said (that) ..., X wants to ..., X praised ...: the content stands after the cue."""
    tags, lower = words.tags, words.lower
    size = len(words)
    if after >= size:
        return None
    cue = hit.cue
    head = cue.lemma.split()[0]
    first = after
    skipped = _skip_adjuncts(words, after, addressing=head in ADDRESSING)
    if skipped < size and (tags[skipped] in "TW:Q" or tags[skipped] == "," and skipped + 1 < size and tags[skipped + 1] == "Q"):
        first = skipped
    elif skipped > after and skipped < size and tags[skipped] == "t" and head in ADDRESSING:
        first = skipped
    elif skipped > after and skipped < size and tags[skipped] in "SDPAN#" and has_finite_verb(words, skipped, size) and (
        head in ADDRESSING or tags[after] in "Y" or not has_finite_verb(words, after, skipped)
    ) and (head in ADDRESSING or tags[after] in "YI"):
        first = skipped
    elif tags[after] in "RY" and skipped < size:
        first = after + 1
    if first >= size:
        return None
    tag = tags[first]
    make = lambda frame, spans, direct=False: Candidate(cue, frame, _cue_span(words, hit), source, spans, features, direct)  # noqa: E731
    colon = tag in ":," and first + 1 < size
    if tag == "Q" or colon and tags[first + 1] == "Q" or tag in ",:" and first + 2 < size and tags[first + 1] in "TR" and tags[first + 2] == "Q":
        at = first
        while tags[at] != "Q":
            at += 1
        spans = [words.span(at, at + 1)]
        rest = at + 1
        while rest + 1 < size and tags[rest] in ",C" and (tags[rest + 1] == "Q" or tags[rest] == "," and tags[rest + 1] == "C" and rest + 2 < size and tags[rest + 2] == "Q"):
            rest += 1 if tags[rest + 1] == "Q" else 2
            spans.append(words.span(rest, rest + 1))
            rest += 1
        if cue.prior("quote") is not None and (rest >= size or tags[rest] in ".,:;-CBgIWR"):
            return make("quote", spans, True)
        return make("clause", [words.span(at, _clause_end(words, at))])
    if tag == ":" and cue.prior("quote") is not None and first + 1 < size:
        features.add("colon")
        return make("clause", [words.span(first + 1, _strip_end(words, first + 1, size))])
    if tag == "T":
        if first + 1 >= size or tags[first + 1] in ".,":
            return None
        return make("that", [words.span(first, _clause_end(words, first))])
    if tag == "W":
        if lower[first] in ("who", "which", "when") and first == after and cue.prior("wh") is None:
            return None
        return make("wh", [words.span(first, _clause_end(words, first))])
    if tag == "t":
        return make("inf", [words.span(first, _clause_end(words, first, act=True, relative="relative" in features))])
    if tag in "SDPANO#qdlsg~RXQ" or tag == "V":
        if tag in "SDPAN#qdlsg" and has_finite_verb(words, first, size) and cue.prior("clause") is not None and not cue.tail:
            if "clause" in _preferred(words, cue, first):
                return make("clause", [words.span(first, _clause_end(words, first))])
        end = _clause_end(words, first, act=True, relative="relative" in features)
        return make("prep" if cue.tail else "object", [words.span(first, end)])
    if tag in "IB" and lower[first] not in ("because",):
        if cue.tail or tag == "B":
            return None
        return make("adjunct", [words.span(first, _clause_end(words, first, act=True, relative="relative" in features))])
    return None


def _preferred(words: Tokens, cue: Cue, first: int) -> tuple[str, ...]:
    """Clause before object where the cue takes both, if a finite verb comes before the first clause mark."""
    tags = words.tags
    if (cue.prior("clause") or 0) >= 0.5 * (cue.prior("object") or 0):
        return ("clause",)
    if tags[first] == "S":
        return ("clause",)
    end = noun_phrase_right(words, first)
    if end < len(words) and tags[end] in VERBAL:
        return ("clause",)
    return ()


def _clause_end(words: Tokens, start: int, *, act: bool = False, relative: bool = False) -> int:
    """Past the clause that starts at `start`, closing punctuation apart.

    `act`: it is an object or an infinitive; `relative`: of a relative clause, so that the verb of the outer
    clause ends it ("those who support Lee are young").
    """
    tags, lower = words.tags, words.lower
    size = len(words)
    forms = cue_forms()
    k = start + 1
    depth = 0
    while k < size:
        tag = tags[k]
        if tag == "(":
            depth += 1
        elif tag == ")":
            if not depth:
                break
            depth -= 1
        elif tag == ";":
            break
        elif tag == ":" and act:
            break
        elif tag in ",-" and k + 1 < size and not depth:
            if tag == "," and _cut_at_comma(words, k, forms, act):
                break
            if tag == "-" and (act or tags[k + 1] == "g" and lower[k + 1] in forms):
                break
        elif tag == "C" and not depth and (_new_cue(words, k + 1, forms) or act and _new_clause(words, k + 1)):
            break
        elif act and (tag == "I" and _is_setting(words, k) or lower[k] in ENDING):
            break
        elif relative and act and tag in "XHMZ" and not any(t in "SWTB" for t in tags[start:k]):
            break
        elif tag == "B" and lower[k] in SUBORDINATE and not depth and act:
            break
        k += 1
    return _strip_end(words, start, k)


def _strip_end(words: Tokens, start: int, k: int) -> int:
    while k > start + 1 and words.tags[k - 1] in ".,;:-C":
        k -= 1
    return k


def _new_cue(words: Tokens, k: int, forms: dict[str, tuple[Cue, ...]]) -> bool:
    """Whether a coordinated cue starts at `k`: "and added that", "and has called for"."""
    tags, lower = words.tags, words.lower
    size = len(words)
    while k < size and tags[k] in "RHXMZn":
        k += 1
    if k >= size or tags[k] not in "VLd" or lower[k] not in forms:
        return False
    return any(cue.kind == "verb" and cue.prior("that") is not None for cue in forms[lower[k]])


ENDING = frozenset("because after".split())  # what follows is no part of an object


def _new_clause(words: Tokens, k: int) -> bool:
    """Whether a subject and a finite verb stand at `k`: "and the agency eventually confirmed"."""
    tags = words.tags
    size = len(words)
    if k < size and tags[k] == "S":
        return k + 1 < size and tags[k + 1] in "VLXHZMRn"
    m = k
    while m < size and tags[m] in "DPNA#GoR~" and m < k + 10:
        m += 1
    return m > k and m < size and tags[m] in "VXHZM" and tags[k] in "DPA"


def _is_setting(words: Tokens, k: int) -> bool:
    """Whether the preposition at `k` opens a time or a place of speaking: "at a press conference", "on Monday"."""
    tags, lower = words.tags, words.lower
    size = len(words)
    if lower[k] not in ("at", "in", "on", "during") or k + 1 >= size:
        return False
    if tags[k + 1] == "Y":
        return lower[k] == "on"
    return any(lower[m] in SETTINGS for m in range(k + 2, min(size, k + 5))) and tags[k + 1] in "DP"


SETTINGS = frozenset(
    "statement interview speech rally briefing conference press debate hearing phone letter tweet memo testimony".split()
)


def _cut_at_comma(words: Tokens, k: int, forms: dict[str, tuple[Cue, ...]], act: bool) -> bool:
    """Whether the clause ends at the comma `k`, because something of its own follows."""
    tags, lower = words.tags, words.lower
    size = len(words)
    after = k + 1
    if after >= size:
        return True
    word, tag = lower[after], tags[after]
    if word == "according" or tag == "g" and word in forms:
        return True
    if tag == "B" and word in SUBORDINATE:
        return not (after + 1 < size and tags[after + 1] == "T")
    if tag == "C":
        if after + 1 < size and tags[after + 1] in "T":
            return False
        return act or _new_cue(words, after + 1, forms)
    if tag == "Q":
        return act
    if act:
        return not _is_list(words, k)
    # ", X said" and ", said X"
    m = after
    limit = min(size, after + 8)
    while m < limit and tags[m] in "SDPNA#GoR~YH":
        m += 1
    if m < limit and tags[m] in "VLd" and lower[m] in forms and forms[lower[m]][0].prior("paren") is not None:
        follow = tags[m + 1] if m + 1 < size else "."
        return follow in ".,;IYO" or m == after
    return False


def _is_list(words: Tokens, k: int) -> bool:
    """Whether the comma `k` divides the items of a list: an "and" follows within the same run."""
    tags = words.tags
    if tags[k + 1] in "WgIRBST":
        return False
    for m in range(k + 1, min(len(words), k + 14)):
        if tags[m] == "C":
            return True
        if tags[m] in ".;:VLXHZM":
            return False
    return False


def _passive(words: Tokens, hit: Hit, features: set[str]) -> Candidate | None:
    """"is expected to", "was told that": no source, or the one after "by"."""
    tags, lower = words.tags, words.lower
    size = len(words)
    after = hit.after
    if after >= size:
        return None
    features.add("passive")
    if tags[hit.first] == "t":
        return None
    subject = subject_left(words, hit.first)
    source: list[Span] = []
    if lower[after] == "by":
        agent = subject_right(words, after + 1) if after + 1 < size else None
        if agent is None:
            return None
        source = [words.span(agent.first, agent.after)]
        after = agent.after
        features.add("by")
    cue_span = _cue_span(words, hit)
    if after < size and tags[after] in "TW":
        return Candidate(hit.cue, "passive", cue_span, source, [words.span(after, _clause_end(words, after))], features | {"passive-clause"})
    if subject is None:
        return None
    content = [words.span(subject.first, subject.after)]
    if after < size and tags[after] == "t":
        content.append(words.span(after, _clause_end(words, after, act=True)))
        features.add("passive-inf")
    elif after < size and lower[after] in ("as", "of", "for", "about") and not source:
        content.append(words.span(after, _clause_end(words, after, act=True)))
        features.add("passive-as")
    return Candidate(hit.cue, "passive", cue_span, source, content, features)


def _raising(words: Tokens, hit: Hit, subject: Phrase | None, features: set[str]) -> Candidate | None:
    """"It appears that ...", "Lee seems to ...": nobody is named who finds it so."""
    tags = words.tags
    after = hit.after
    if after >= len(words):
        return None
    if tags[after] == "T":
        return Candidate(hit.cue, "passive", _cue_span(words, hit), [], [words.span(after, _clause_end(words, after))], features | {"raised-that"})
    if subject is None or tags[after] in "IYW.,":
        return None
    content = [words.span(subject.first, subject.after), words.span(after, _clause_end(words, after, act=True))]
    return Candidate(hit.cue, "passive", _cue_span(words, hit), [], content, features | {"raised"})


def _noun_frame(words: Tokens, hit: Hit) -> Candidate | None:
    """"X's claim that ...", "their hope to ...", "claims by X that ...", "reports from X that ..."."""
    tags, lower = words.tags, words.lower
    size = len(words)
    features: set[str] = set()
    source: list[Span] = []
    after = hit.after
    first = hit.first
    k = first - 1
    while k >= 0 and tags[k] in "NdR#":
        k -= 1
    if k >= 0 and tags[k] == "P":
        source = [words.span(k, k + 1)]
        features.add("possessive")
    elif k >= 0 and tags[k] == "G":
        owner = noun_phrase_left(words, k)
        if owner:
            source = [words.span(owner.first, owner.after)]
            features.add("possessive")
    if not source and after < size and lower[after] in ("by", "from", "of", "among"):
        if lower[after] == "of" and hit.cue.lemma not in ("spokesman",):
            pass
        else:
            agent_end = noun_phrase_right(words, after + 1) if after + 1 < size and tags[after + 1] in "DPAN#" else 0
            if agent_end > after + 1:
                source = [words.span(after + 1, agent_end)]
                after = agent_end
                features.add("agent")
    if not source and after + 1 < size and lower[after] == "made" and lower[after + 1] == "by":
        agent = subject_right(words, after + 2)
        if agent:
            source = [words.span(agent.first, agent.after)]
            features.add("made-by")
            content = _left_of_apposition(words, first)
            if content:
                return Candidate(hit.cue, "noun", words.span(first, after + 2), source, content, features)
    if after >= size:
        return None
    if not source:
        features.add("bare")
    if tags[after] == "T":
        if hit.cue.prior("noun") is None:
            return None
        end = _clause_end(words, after)
        return Candidate(hit.cue, "noun", words.span(first, hit.after), source, [words.span(after, end)], features)
    if tags[after] == "t" and source:
        return Candidate(hit.cue, "noun-to", words.span(first, hit.after), source, [words.span(after, _clause_end(words, after, act=True))], features)
    if source and "possessive" in features and (tags[after] == "o" or lower[after] in ("for", "about", "on", "against", "to")):
        end = noun_phrase_right(words, after + 1) if after + 1 < size else after + 1
        if end > after + 1:
            return Candidate(hit.cue, "noun-of", words.span(first, hit.after), source, [words.span(after, end)], features)
    return None


PROSPECTS = frozenset("possibility prospect idea that".split())


def _left_of_apposition(words: Tokens, first: int) -> list[Span]:
    """The clause that a noun cue after a dash or comma looks back on: "..., a claim made by X"."""
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


def _cue_span(words: Tokens, hit: Hit) -> Span:
    first = hit.first
    while first < hit.head and words.tags[first] == "R" and first == hit.first and hit.first > 0 and False:
        first += 1
    return words.span(first, hit.after)
