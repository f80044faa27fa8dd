"""Noun phrases and clauses around a verb, read off the classes of words."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.tokens import Tokens

NOMINAL = frozenset("NA#DPGolsCIYdqRg~")
NAME_END = frozenset("NA#Gq)lsdQY")
FINITE = frozenset("VLXHZM")
STOPS = frozenset(".;:")
INTRODUCTION = 12  # words that may stand before the first comma of a clause
RELATIVE_REACH = 8  # words of a verb group after "who"
DATELINE = 12  # words before the dash of a dateline
REACH = 45  # words looked back over for the start of a subject
ATTACHING = frozenset("of for from with to at in on and &".split())
RELATIVE = frozenset("who whose which whom".split())
SUBJECTS = frozenset("who which that".split())  # relative pronouns that may be the subject of their clause


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words [first, after) of a stretch."""

    first: int
    after: int


def noun_phrase_left(words: Tokens, last: int) -> Phrase | None:
    """The noun phrase that ends with word `last`, of-phrases and coordination included."""
    tags, lower = words.tags, words.lower
    i = last
    floor = max(-1, last - REACH)
    while i > floor and ((tags[i] in NOMINAL and lower[i] not in OPENING) or _is_inner(tags, lower, i)):
        i -= 1
    first = i + 1
    while first <= last and (tags[first] in "CR~G" or (tags[first] == "Y" and first < last and tags[first + 1] != "G")):
        first += 1
    if first > last:
        return None
    stopped_by_verb = i >= 0 and tags[i] in "VLXHZMtnOST"
    if stopped_by_verb or tags[first] in "Igd" or tags[first] == "o":
        cut = _last_simple(tags, first, last, after_verb=stopped_by_verb)
        if cut is None:
            return None
        first = cut
    while first <= last and tags[first] in "CRI~o":
        first += 1
    if first > last:
        return None
    head = _head_of_relative(words, i) if stopped_by_verb or (i > 0 and lower[i] in SUBJECTS) else None
    return Phrase(first if head is None else head, last + 1)


def _head_of_relative(words: Tokens, verb: int) -> int | None:
    """Where "people who have battled other threats" starts, given its verb; None where no "who" governs the verb.

    `verb` is the pronoun itself where its verb may be a noun: "the firm that runs the tank".
    """
    tags, lower = words.tags, words.lower
    k = verb
    while k > max(0, verb - RELATIVE_REACH) and tags[k] in "VLXHZMnRtdg":
        k -= 1
    if k < 1 or lower[k] not in SUBJECTS or tags[k - 1] not in "NAlsD" or tags[k + 1] not in "VLXHZMRnsld":
        return None
    head = noun_phrase_left(words, k - 1)
    return head.first if head else None


OPENING = frozenset("after before since until once when as".split())  # a clause starts here, its subject follows


def _is_inner(tags: str, lower: list[str], i: int) -> bool:
    """Whether a word that is no nominal stands inside a noun phrase: "one of them", "a report released by"."""
    return (tags[i] == "O" and tags[i - 1] == "o") or _is_reduced(tags, lower, i)


def _is_reduced(tags: str, lower: list[str], i: int) -> bool:
    """Whether a past form is a reduced relative clause: "a report released by the bank"."""
    return (
        tags[i] in "Vd"
        and lower[i + 1] == "by"
        and i > 0
        and tags[i - 1] in "NAls"
        and ("D" in tags[max(0, i - 5) : i] or lower[i - 1].endswith("s"))
    )


def _last_simple(tags: str, first: int, last: int, *, after_verb: bool) -> int | None:
    """Where the last noun phrase of a run starts, when the run begins with something else."""
    if after_verb:
        for k in range(last - 1, first, -1):
            if (tags[k] == "C" and tags[k - 1] != "A") or (tags[k] == "C" and tags[k + 1] in "DP"):
                return k + 1
    k = last
    while k > first:
        if tags[k] in "DP" and tags[k - 1] not in "oI#":
            return k
        if tags[k] == "A" and tags[k - 1] not in "AGDPNoIC#~":
            return k
        if tags[k - 1] == "I" and tags[k] in "ANDP#" and k - 1 == first:
            return k if tags[k] in "DPA" else None
        if tags[k - 1] == "Y":
            return k
        k -= 1
    return k if tags[k] in "DPAN#" else None


def subject_left(words: Tokens, verb: int) -> Phrase | None:
    """The subject that stands before word `verb`, its appositions and relative clauses included."""
    tags, lower = words.tags, words.lower
    j = verb - 1
    while j >= 0 and (tags[j] == "R" or tags[j] == "Y" or (tags[j] == "#" and j > 0 and tags[j - 1] == "Y")):
        j -= 1
        if j >= 0 and (
            (tags[j] == "I" and tags[j + 1] == "Y") or (lower[j] in ("last", "this", "next") and tags[j + 1] == "Y")
        ):
            j -= 1
    if j < 0:
        return None
    tag = tags[j]
    if lower[j] == "there" and j > 1 and tags[j - 1] in "XV":
        return _with_relative(words, j, verb)  # "a clerk who was there said"
    if tag == "S" or (tag == "W" and lower[j] in RELATIVE):
        return Phrase(j, j + 1)
    if tag == "D" and lower[j] in PRONOUN_LIKE:
        return Phrase(j, j + 1)
    if tag in ",-)":
        return _with_apposition(words, j)
    if tag == "O" and lower[j].endswith(("self", "selves")):
        return subject_left(words, j)
    if tag not in NAME_END and not (tag == "O" and tags[j - 1] == "o"):
        return _with_relative(words, j, verb)
    return noun_phrase_left(words, j)


def _with_relative(words: Tokens, last: int, verb: int) -> Phrase | None:
    """The subject "a clerk who had seen him", whose relative clause ends with word `last`, which is no noun."""
    tags, lower = words.tags, words.lower
    for k in range(last, max(0, last - INTRODUCTION), -1):
        if tags[k] in ",.;:QCT":
            return None
        if lower[k] == "who" and tags[k - 1] in "NAlsD" and tags[k + 1] in FINITE:
            head = noun_phrase_left(words, k - 1)
            return Phrase(head.first, verb) if head else None
    return None


PRONOUN_LIKE = frozenset("some many most both each others all another several few this that these those".split())


def _with_apposition(words: Tokens, comma: int) -> Phrase | None:
    """The subject before an inserted phrase that ends at `comma`: "Ann Lee, who runs it, said"."""
    tags, lower = words.tags, words.lower
    best: Phrase | None = None
    floor = max(0, comma - REACH)
    close = tags[comma]
    k = comma - 1
    while k > floor:
        tag = tags[k]
        if tag in ".;:Q":
            break
        if tag == close or (close == ")" and tag == "("):
            segment = range(k + 1, comma)
            opener = tags[k + 1]
            relative = lower[k + 1] in RELATIVE
            inserted = opener in "IgdVRBW" and not relative
            verbs = sum(tags[m] in "VXHZM" for m in segment)
            if verbs and not relative and not inserted and not any(lower[m] in RELATIVE for m in segment):
                break
            told_more = relative or inserted or opener in "DPNA#ql~o" or close != ","
            if segment and tags[k - 1] in "NAGqSO#l" and told_more:
                phrase = noun_phrase_left(words, k - 1) if tags[k - 1] != "S" else Phrase(k - 1, k)
                if phrase and tags[phrase.first] in "DPNAS#qls" and _starts_clause(words, phrase.first):
                    best = Phrase(phrase.first, k if inserted else comma + (close == ")"))
                    if phrase.first == 0 or tags[phrase.first - 1] != ",":
                        break
        k -= 1
    return best or _opening_subject(words, comma)


def _opening_subject(words: Tokens, comma: int) -> Phrase | None:
    """The subject that opens the stretch and carries a long "who" or "that" clause up to `comma`."""
    tags = words.tags
    first = after_dateline(words)
    while tags[first] in "BCR,":
        first += 1
    if tags[first] not in "DPAN#" or first >= comma:
        return None
    end = noun_phrase_right(words, first)
    relative = words.lower[end] in SUBJECTS and tags[end + 1] in "VLXHZMRnsld"
    return Phrase(first, comma) if relative and end < comma else None


def after_dateline(words: Tokens) -> int:
    """The first word after "LENO, Ostia (AP) -"; 0 where the stretch has no dateline."""
    dash = words.tags.find("-", 1, DATELINE)
    alone = dash > 0 and words.tags.count("-") == 1
    return dash + 1 if alone and words.tags[0] == "A" and all(tag in "A,().Y#" for tag in words.tags[:dash]) else 0


def _starts_clause(words: Tokens, first: int) -> bool:
    return first == 0 or words.tags[first - 1] in ",QCBTW-.:;)R" or words.lower[first - 1] in OPENING


def subject_right(words: Tokens, at: int) -> Phrase | None:
    """The subject that follows an inverted cue ("said Ann Lee, a judge in Ohio"), from word `at`."""
    tags = words.tags
    size = len(words)
    if at >= size:
        return None
    if tags[at] == "S":
        return Phrase(at, at + 1)
    if tags[at] not in "DPAN#lsdq":
        return None
    after = noun_phrase_right(words, at)
    while after < size and tags[after] == ",":
        end = apposition_end(words, after + 1)
        if end is None:
            break
        after = end
    return Phrase(at, after)


def noun_phrase_right(words: Tokens, at: int) -> int:
    """Past the noun phrase that starts at `at`: names, of-phrases, "a professor at"."""
    tags, lower = words.tags, words.lower
    size = len(words)
    k = at
    while k < size:
        tag = tags[k]
        if tag in "NADP#GolsdqRg" or tag == "~":
            if (tag == "D" and k > at and tags[k - 1] in "NA") or (tag == "R" and k == at):
                break
            k += 1
        elif (
            tag == "I"
            and k > at
            and lower[k] in ATTACHING
            and tags[k - 1] in "Nls"
            and k + 1 < size
            and tags[k + 1] in "DPAN"
        ):
            if lower[k] in ("in", "on", "at") and k + 2 < size and (tags[k + 1] == "Y" or lower[k + 2] in VENUES):
                break
            k += 1
        elif tag == "C" and k + 1 < size and tags[k + 1] in "NADP" and k > at:
            k += 1
        elif tag == "(" and k > at and ")" in tags[k : k + 8]:
            k = tags.index(")", k) + 1
        else:
            break
    while k > at + 1 and tags[k - 1] in "DPIoCR":
        k -= 1
    return k


VENUES = frozenset(
    "statement interview speech rally briefing conference press news email e-mail phone letter post tweet debate"
    " meeting event hearing morning afternoon evening night week month year day".split()
)


def apposition_end(words: Tokens, at: int) -> int | None:
    """Past the apposition or relative clause that starts at `at`; None where something else starts there."""
    tags, lower = words.tags, words.lower
    size = len(words)
    if at >= size:
        return None
    relative = lower[at] in RELATIVE
    if not relative and tags[at] not in "DPNA#":
        return None
    k = at
    while k < size and tags[k] not in ",.;:Q-":
        if not relative and lower[k] in RELATIVE:
            relative = True
        if not relative and tags[k] in "XHZMSBW":
            return None
        if not relative and tags[k] == "V" and k > at + 1:
            return None
        if (
            not relative
            and tags[k] == "I"
            and k + 1 < size
            and (tags[k + 1] == "Y" or (k + 2 < size and tags[k + 1] in "DP" and lower[k + 2] in VENUES))
        ):
            return k
        if not relative and tags[k] == "Y" and k > at:
            return k
        k += 1
    return k if k > at else None


def has_finite_verb(words: Tokens, at: int, end: int) -> bool:
    """Whether a clause, not a bare noun phrase, starts at `at`: its own finite verb follows its first noun phrase."""
    tags, lower = words.tags, words.lower
    k, owed = at, 0  # verbs still owed to relative clauses
    while k < end:
        tag = tags[k]
        if tag in FINITE:
            if not owed:
                return k > at
            owed -= 1
            while tags[k + 1] in FINITE:
                k += 1
        elif tag == "," and lower[k + 1] in RELATIVE:
            k = tags.find(",", k + 1, end)  # ", which was built in 1960,"
            if k < 0:
                return False
        elif tag == "W" and lower[k] in RELATIVE and k > at:
            owed += 1
        elif tag in ".;:Wt" or (tag == "," and k - at > INTRODUCTION) or (tag == "T" and k > at):
            return False
        k += 1
    return False
