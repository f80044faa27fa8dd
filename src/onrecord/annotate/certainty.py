"""How certain a clause, or one word of it, is put: FactBank's CT, PR, PS, U with polarity, read off its words."""

from __future__ import annotations

import re
from functools import cache

from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.tokens import Tokens, read_tokens, verb_forms
from onrecord.model import Span
from onrecord.resources import lexicon

CLAUSE_MARKS = frozenset(",;:-")
WINDOW = 12  # words looked back for what governs an event word


@cache
def markers(effect: str) -> re.Pattern[str]:
    """The phrases of certainty.tsv with one effect, longest first."""
    forms = sorted((row["form"] for row in lexicon("certainty.tsv") if row["effect"] == effect), key=lambda f: (-len(f), f))
    parts = ["n['’]t\\b" if form == "n't" else rf"\b{re.escape(form)}\b".replace("'", "['’]") for form in forms]
    return re.compile("|".join(parts), re.IGNORECASE)


@cache
def bands() -> dict[str, tuple[float, float]]:
    """Words of estimative probability -> their band."""
    return {row["form"]: (float(row["low"]), float(row["high"])) for row in lexicon("certainty.tsv") if row["effect"] == "band"}


def probability_of(text: str) -> tuple[float, float] | None:
    """The ICD 203 band of the first word of estimative probability in `text`.

    >>> probability_of("It will very likely rain")
    (0.8, 0.95)
    """
    found = markers("band").search(text)
    return bands()[re.sub(r"\s+", " ", found.group().lower())] if found else None


def clause_certainty(text: str) -> str:
    """The certainty of the main clause of `text`, a content.

    >>> clause_certainty("the bridge may be closed"), clause_certainty("whether it will open")
    ('PS+', 'U')
    """
    main = main_clause(text)
    if re.match(r"\W*(whether|how|what|why|when|where|who|if)\b", text, re.IGNORECASE) and not main_after_condition(text):
        return "U"
    if markers("open").search(main):
        return "U"
    band = probability_of(main)
    polarity = "-" if is_negated(main) else "+"
    if band is not None:
        if band[1] <= 0.45:
            return "PR-" if polarity == "+" else "PR+"
        return "PR" + polarity
    first = _first_verb_group(main)
    if markers("possible").search(first):
        return "PS" + polarity
    if markers("probable").search(first):
        return "PR" + polarity
    return "CT" + polarity


def main_after_condition(text: str) -> bool:
    """Whether a clause follows an "if" or "when" clause: "if it rains, the match is off"."""
    return bool(re.match(r"\W*(if|when)\b", text, re.IGNORECASE)) and "," in text


def main_clause(text: str) -> str:
    """The first main clause: a leading "if ..., " or "that" left out, up to the next strong mark."""
    text = re.sub(r"^\W*that\b", "", text, flags=re.IGNORECASE)
    if main_after_condition(text) or re.match(r"\W*(after|while|although|though|because|unless|once|as|but if|and if)\b", text, re.IGNORECASE):
        _, comma, rest = text.partition(",")
        text = rest if comma and len(rest) > len(text) / 4 else text
    return re.split(r"[;:]\s|(?<=[a-z\d”\"’)]{2})[.!?]\s|[,.!?][”\"]|, (?:but|and|which|who|although|though|while|because|indicating|adding)\b", text, maxsplit=1)[0]


def _first_verb_group(clause: str) -> str:
    """The clause up to its first full verb and a little on, so that modals of later clauses do not count."""
    tokens = read_tokens(clause, Span(0, len(clause)), ())
    for k, tag in enumerate(tokens.tags):
        if tag in "VLXHZM":
            stop = k
            while stop + 1 < len(tokens) and tokens.tags[stop] in "XHZMnRt":
                stop += 1
            return clause[: tokens.ends[min(stop + 1, len(tokens) - 1)]]
    return clause


def is_negated(clause: str) -> bool:
    """Whether the first verb group of a clause, or its subject, is negative."""
    group = _first_verb_group(clause)
    found = markers("negative").search(group)
    return found is not None and not re.search(r"not (only|just)\b", group, re.IGNORECASE)


def certainty_of(text: str, span: Span) -> str:
    """The certainty that `text` gives the event word at `span`, read from its sentence.

    >>> certainty_of("He did not leave.", Span(11, 16))
    'CT-'
    """
    sentence = next((s for s in split_sentences(text, Span(0, len(text))) if s.start <= span.start < s.end), Span(0, len(text)))
    tokens = read_tokens(text, sentence, ())
    at = next((k for k in range(len(tokens)) if tokens.ends[k] > span.start), None)
    if at is None:
        return "CT+"
    return _Reading(tokens, text, sentence).judge(at)


class _Reading:
    """One sentence, looked at from an event word leftwards."""

    def __init__(self, tokens: Tokens, text: str, sentence: Span) -> None:
        self.tokens, self.text, self.sentence = tokens, text, sentence

    def judge(self, at: int) -> str:
        tags, lower = self.tokens.tags, self.tokens.lower
        level, negative = 3, False
        k = at - 1
        steps = 0
        in_group = True  # still in the verb group of the event
        if self.text[self.sentence.end - 1 : self.sentence.end] == "?":
            level = 0
        while k >= 0 and steps < WINDOW:
            tag, word = tags[k], lower[k]
            if tag in ".;:":
                break
            if in_group and (tag == "n" or word in ("no", "never", "without", "neither")):
                negative = not negative
            elif in_group and tag == "M":
                level = min(level, MODAL_LEVEL.get(word, 2))
            elif in_group and word in ("likely", "probably", "apparently", "reportedly", "allegedly"):
                level = min(level, 2)
            elif in_group and word in ("possibly", "perhaps", "maybe"):
                level = min(level, 1)
            elif word in ("if", "unless", "whether") and tags[k] in "WB":
                level = 0
                break
            else:
                effect = governing().get(word, "")
                near = k == at - 1 or any(tags[m] in "tTg" for m in range(k + 1, at + 1))
                if effect and tag not in "A" and near:
                    if effect == "prospective":
                        level = min(level, 1 if word.startswith("expect") else 0)
                    elif effect == "thwarted":
                        negative = not negative
                    elif effect == "held":
                        level = min(level, 2)
            if tag in "VLXHZ" and not (in_group and tag in "XHZ"):
                in_group = False
            elif tag in ",CWTB-":
                in_group = False
                if tag in ",B":
                    break
            k -= 1
            steps += 1
        if level == 0:
            return "U"
        return {3: "CT", 2: "PR", 1: "PS"}[level] + ("-" if negative else "+")


MODAL_LEVEL = {"may": 1, "might": 1, "could": 1, "can": 2, "would": 1, "will": 2, "should": 0, "must": 1, "shall": 1, "ought": 0, "'d": 1, "'ll": 2}


@cache
def governing() -> dict[str, str]:
    """Forms of verbs that govern another -> prospective, thwarted, fulfilled or held."""
    table: dict[str, str] = {}
    for row in lexicon("certainty.tsv"):
        if row["effect"] in ("prospective", "thwarted", "fulfilled", "held"):
            for form in verb_forms().get(row["form"], (row["form"],)):
                table.setdefault(form, row["effect"])
    return table
