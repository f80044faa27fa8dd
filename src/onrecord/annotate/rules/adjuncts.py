"""What may stand between a cue and its content: who is told, when and where."""

from __future__ import annotations

from onrecord.annotate.rules.phrases import has_finite_verb
from onrecord.annotate.tokens import Tokens

ADDRESSING = frozenset(
    "tell inform assure remind warn ask urge notify brief advise reassure persuade convince promise alert encourage"
    " order instruct implore beg press push direct counsel show teach guarantee query challenge caution".split()
)
HEADS = frozenset(
    "in on at to during after before via through by last this earlier late from with of about ahead outside inside"
    " following".split()
)
CLAUSAL = frozenset("after before".split())  # a clause may follow


def skip_adjuncts(words: Tokens, k: int, *, addressing: bool) -> int:
    """Past times, addressees and places from word `k` on: "told reporters in Rome on Monday"."""
    tags, lower = words.tags, words.lower
    if addressing:
        k = _skip_addressee(words, k)
    while k < len(words):
        if tags[k] in "YR" or lower[k] == "here" or (tags[k] == "#" and tags[k - 1] == "Y"):
            k += 1
        elif lower[k] in HEADS and (tags[k] in "ItD" or tags[k + 1] == "Y") and (end := _phrase_end(words, k)) > k:
            k = end
        else:
            break
    return k


def _skip_addressee(words: Tokens, k: int) -> int:
    tags = words.tags
    if tags[k] in "OS" or (tags[k] == "P" and tags[k + 1] != "N"):
        return k + 1
    if tags[k] not in "DPAN#":
        return k
    start = k
    k += tags[k] in "DP"
    while k < len(words):
        joined = k > start and tags[k] == "C" and tags[k + 1] in "AND"
        if not (tags[k] in "NAG#~oq" or (tags[k] == "D" and tags[k - 1] in "oC") or joined):
            break
        if tags[k] == "A" and tags[k - 1] == "N" and k > start and tags[start] != "D":
            break  # "told reporters Lee ..."
        k += 1
    return k


def _phrase_end(words: Tokens, k: int) -> int:
    """Past the prepositional phrase at `k`; `k` itself where a clause starts instead."""
    tags = words.tags
    m = k + 1
    m += tags[m] == "g"
    while m < len(words) and tags[m] in "DP#NAGoYqRdCsl~I":
        if (tags[m] == "D" and m > k + 1 and tags[m - 1] in "NAY") or (tags[m] == "C" and tags[m + 1] not in "NAD"):
            break
        if words.lower[m] == "as" and tags[m + 1] in "SDPA":
            break  # "said on Monday as the results came in"
        if words.lower[m] in CLAUSAL and m > k + 1 and has_finite_verb(words, m + 1, len(words)):
            break  # "said on Monday after it had seen them"
        m += 1
    return m if m > k + 1 else k
