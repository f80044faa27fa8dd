"""Words of a stretch of text, each with a coarse class: one letter a word, so that phrases can be read off a string.

The classes come from two closed lexicons (function words, common verbs), from the form of the word and from
its neighbour; there is no parse. A quotation is one word (`Q`, or `q` where it is a short phrase), so that
nothing inside it is taken for the words of the outlet.

A name, N other word (noun, adjective), # number, Y time word, G "'s", D determiner, P possessive, S subject
pronoun, O object pronoun, W which/what/who, T that, C and/or, B but/because, X be, H have, Z do, M modal,
n not, t to, o of, I preposition, R adverb, V past or -s form of a verb, L its base form, s and l the same
where they may be nouns, d -ed form, g -ing form, Q quotation, q short quotation, and the marks , ; : . ( ) -
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.model import Quotation, Span
from onrecord.resources import lexicon

CLASS_LETTERS = {
    "determiner": "D",
    "possessive": "P",
    "subject": "S",
    "object": "O",
    "wh": "W",
    "that": "T",
    "and": "C",
    "but": "B",
    "be": "X",
    "have": "H",
    "do": "Z",
    "modal": "M",
    "not": "n",
    "to": "t",
    "of": "o",
    "preposition": "I",
    "adverb": "R",
    "time": "Y",
    "gerund": "g",
}
TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|[^\W\d_]\.(?=\s+[A-Z])|\d[\d,.]*\d|n['’]t\b"
    r"|[^\W_]+?(?=n['’]t\b)|[^\W_]+(?:[-&][^\W_]+)*|['’](?:s|re|ve|ll|d|m|S)\b|--+|[^\w\s]"
)
MARKS = {",": ",", ";": ";", ":": ":", ".": ".", "!": ".", "?": ".", "…": ".", "(": "(", ")": ")", "[": "(", "]": ")"}
CONTRACTED = {"re": "X", "m": "X", "ve": "H", "ll": "M", "d": "M"}
SHORT_QUOTE = 3  # words: a quotation up to this length that lacks closing punctuation is part of a phrase
PADDING = 4  # stops after the last word, so that a look one or two words ahead or back needs no check


@dataclass(slots=True)
class Tokens:
    """The words of a stretch: parallel lists and the string of their classes."""

    starts: list[int]  # code points in the text
    ends: list[int]
    lower: list[str]  # and PADDING empty words
    tags: str  # one letter a word, and PADDING stops
    quotes: dict[int, Quotation]  # the quotations among the words, by position

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, after: int) -> Span:
        """The text from word `first` to before word `after`."""
        return Span(self.starts[first], self.ends[after - 1])


def read_tokens(text: str, stretch: Span, quotations: Sequence[Quotation]) -> Tokens:
    """The words of `stretch`; `quotations` are the outermost regions inside it, in order."""
    words = Tokens([], [], [], "", {})
    tags: list[str] = []
    headline = _is_title_case(text, stretch)
    position = stretch.start
    for quotation in quotations:
        if quotation.span.start < position:
            continue
        _add(text, position, quotation.span.start, words, tags, headline=headline)
        words.quotes[len(tags)] = quotation
        words.starts.append(quotation.span.start)
        words.ends.append(quotation.span.end)
        words.lower.append('"')
        tags.append("Q" if _is_spoken(text, quotation) else "q")
        position = quotation.span.end
    _add(text, position, stretch.end, words, tags, headline=headline)
    words.tags = _refine(words.lower, "".join(tags)) + "." * PADDING
    words.lower += [""] * PADDING
    return words


def _is_spoken(text: str, quotation: Quotation) -> bool:
    """Whether a quotation stands for itself, not as a phrase of the sentence around it."""
    inner = quotation.inner.of(text).strip()
    after = text[quotation.span.end : quotation.span.end + 1]
    return inner[-1] in ",.!?…—" or after == "," or inner.count(" ") >= SHORT_QUOTE


def _add(text: str, start: int, end: int, words: Tokens, tags: list[str], *, headline: bool) -> None:
    starts, ends, lower = words.starts, words.ends, words.lower
    known = word_classes().get
    last = start + len(text[start:end].rstrip(" \t\"'”’)]"))
    for found in TOKEN.finditer(text, start, end):
        word = found.group()
        low = word.lower()
        tag = MARKS.get(word, "")
        if word == "." and found.end() < last:
            continue  # the stop of an abbreviation inside the sentence
        if not tag:
            opening = not tags or tags[-1] in ".:"
            tag = _letter(word, low, known(low, ""), opening=opening, headline=headline)
        if tag == "G" and low[1:] in CONTRACTED:
            tag = CONTRACTED[low[1:]]
        starts.append(found.start())
        ends.append(found.end())
        lower.append(low)
        tags.append(tag)


def _letter(word: str, low: str, known: str, *, opening: bool, headline: bool) -> str:
    """The class of one word; `known` is what the lexicons say of its lower-case form."""
    first = word[0]
    if not first.isalpha():
        if first.isdigit() or first in "$€£%#":
            return "#"
        if first in "'’" and len(word) > 1:
            return "G"
        return "-" if first in "—–-―" else "~"
    if low.endswith(("n't", "n’t")):
        return "n"
    if not first.isupper() or headline:
        return known or ("A" if first.isupper() else _by_form(low))
    if opening:
        if known in "lsL" and low != "let":  # also where nothing is known
            return "N" if known else "A"
        return known
    return known if known == "Y" or low == "i" else "A"


def _is_title_case(text: str, stretch: Span) -> bool:
    """Whether a line is set like a headline, where a capital says nothing about a name."""
    sample = re.findall(r"[^\W\d_]{4,40}", text[stretch.start : min(stretch.end, stretch.start + 200)])
    return len(sample) >= 3 and sum(word[0].isupper() for word in sample) > 0.85 * len(sample)


def _by_form(word: str) -> str:
    if word.endswith("ly"):
        return "R"
    if word.endswith("ing") and len(word) > 5:
        return "g"
    if word.endswith("ed") and len(word) > 4:
        return "d"
    return "N"


NAMING = frozenset("named called nicknamed".split())
NOUN_BEFORE = frozenset("DPGoI#")
OBJECT_AFTER = frozenset("DPTStWOnAQq:I")  # what may follow a verb and rarely a noun
HEDGES = tuple(tuple(words.split()) for words in ("up to", "as many as", "as much as", "as few as", "as little as"))
COUNTING = frozenset("about around over under nearly roughly".split())


def _refine(lower: list[str], tags: str) -> str:
    """Noun or verb for words that may be either, as their neighbours show."""
    out = list(tags)
    before = "."
    for k, tag in enumerate(tags):
        if tag in "IRtNd" and _is_hedge(lower, tags, k):
            out[k] = "D"  # "up to 900", "as many as 900"
        elif lower[k] == "neither" and before in ".,:;-B":
            out[k] = "D"  # "Neither side would comment"
        elif tag in "lsVLd":
            if before == "R" and k > 1 and out[k - 2] in "DPStMX":
                before = out[k - 2]
            out[k] = _verb_or_noun(lower, out, k, before)
        elif tag == "I":
            out[k] = _preposition(lower, tags, k, before)
        elif tag == "G" and k and out[k - 1] in "SW" and lower[k][1:] == "s":
            out[k] = "X"  # "he's", "who's"
        before = out[k]
    return "".join(out)


def _is_hedge(lower: list[str], tags: str, k: int) -> bool:
    """Whether word `k` belongs to "up to" or "as many as" before a number."""
    return any(
        tuple(lower[first : first + len(hedge)]) == hedge and tags[first + len(hedge) : first + len(hedge) + 1] == "#"
        for hedge in HEDGES
        if lower[k] in hedge
        for first in (k - hedge.index(lower[k]), k - 2)
        if 0 <= first <= k < first + len(hedge)
    )


def _preposition(lower: list[str], tags: str, k: int, before: str) -> str:
    """A preposition, unless it counts ("about 8,000", "at least 300") or is the verb "like"."""
    if lower[k] == "like" and before in "MtSZ":
        return "L"
    following = lower[k + 1] if k + 1 < len(tags) else ""
    counts = lower[k] in COUNTING and tags[k + 1 : k + 2] == "#"
    return "D" if counts or (lower[k] == "at" and following in ("least", "most")) else "I"


def _verb_or_noun(lower: list[str], out: list[str], k: int, before: str) -> str:
    tag = out[k]
    if tag in "ls" and before in NOUN_BEFORE:
        return "N"
    introduced = before == "N" and out[k + 1 : k + 2] == ["A"] and bool({"a", "an"} & set(lower[max(0, k - 4) : k]))
    if introduced and lower[k] in NAMING:
        return "N"  # "a shopkeeper named Ali Haddad"
    if tag in "VLd" and (before in "DP" or (tag == "L" and before == "G")):
        return "N" if tag == "L" else "d"
    plural = k > 0 and lower[k - 1].endswith("s")
    named = before in "NA"
    if tag == "s":
        return _third_person(out, k, before, plural=plural)
    following = out[k + 1] if k + 1 < len(out) else "."
    if tag == "V" and following == "L" and lower[k].endswith("s"):
        return "N"  # "biofuel advocates say"
    if lower[k] == "close" and following == "t":
        return "N"  # "people close to the campaign"
    if tag == "L" and following in "NA." and named and not plural and _is_compound(lower, out, k):
        return "N"  # "a Washington think tank"
    if tag == "l":
        if before in "tMZS" or (named and plural and out[k - 1] != "G"):
            return "L"
        return "N" if before not in "WTC,AQ" else "l"
    return tag


def _third_person(out: list[str], k: int, before: str, *, plural: bool) -> str:
    """Verb, noun or undecided ("s") for a word like "claims"."""
    if before in "NA" and k > 1 and out[k - 2] in "ItoPG" + ("D" if before == "A" else ""):
        return "N"  # "according to Western estimates"
    if before == "N" and (k + 1 == len(out) or out[k + 1] not in OBJECT_AFTER):
        return "N"  # "security talks"
    if before in "S)," or (before in "NA" and not plural):
        return "V"
    return "N" if before in ".C" else "s"


PLURALS = frozenset("people police men women children media staff".split())


def _is_compound(lower: list[str], out: list[str], k: int) -> bool:
    """Whether a base form follows a singular noun that no "and" joins to another: then it is no verb."""
    if lower[k - 1] in PLURALS:
        return False
    m = k - 1
    while m >= 0 and out[m] in "NAG#~":
        m -= 1
    return m >= 0 and out[m] in "DP" and (m == 0 or out[m - 1] != "C")


@cache
def word_classes() -> dict[str, str]:
    """Lower-case form -> its letter, closed classes first."""
    table = {row["form"]: CLASS_LETTERS[row["class"]] for row in lexicon("function_words.tsv")}
    for base, forms in verb_forms().items():
        noun = base in nouns_too()
        letters = ("l" if noun else "L", "s" if noun else "V", "V", "V", "g")
        for form, letter in zip(forms, letters, strict=True):
            table.setdefault(form, letter)
    return table


@cache
def nouns_too() -> frozenset[str]:
    """Base forms that are as often nouns."""
    return frozenset(row["base"] for row in lexicon("verbs.tsv") if row["noun"])


@cache
def verb_forms() -> dict[str, tuple[str, str, str, str, str]]:
    """Base -> base, -s form, past, participle, -ing form."""
    return {row["base"]: inflect(row["base"], row["past"], row["participle"]) for row in lexicon("verbs.tsv")}


DOUBLING = frozenset(
    "get put let set run win cut hit bet bid begin forget forbid sit split spin swim quit shut dig rid".split()
)


def inflect(base: str, past: str = "", participle: str = "") -> tuple[str, str, str, str, str]:
    """The five forms of a verb; `past` and `participle` where irregular.

    >>> inflect("deny")
    ('deny', 'denies', 'denied', 'denied', 'denying')
    """
    after_consonant = base[-1] == "y" and base[-2] not in "aeiou"
    if after_consonant:
        third = base[:-1] + "ies"
    elif base.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = base + "es"
    else:
        third = base + "s"
    if not past:
        past = base[:-1] + "ied" if after_consonant else base + "d" if base.endswith("e") else base + "ed"
    if base in DOUBLING or past == base + base[-1] + "ed":
        gerund = base + base[-1] + "ing"
    elif base.endswith("ie"):
        gerund = base[:-2] + "ying"
    elif base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        gerund = base[:-1] + "ing"
    else:
        gerund = base + "ing"
    return base, third, past, participle or past, gerund
