"""How certain a clause, or one word of it, is put: FactBank's CT, PR, PS, U with polarity, read off its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.annotate.sentences import find_sentences
from onrecord.annotate.tokens import PADDING, Tokens, read_tokens, verb_forms
from onrecord.model import Span
from onrecord.resources import lexicon

NEW_CLAUSE = re.compile(r"\sand\s(?=(?:no|it|he|she|they|we|i|there|that|the)\b)", re.IGNORECASE)
WOULD_HAVE = re.compile(r"\b(?:would|could|might)(?:n['’]t|\s+not|\s+never)?(?:\s+\w+ly)?\s+have\b", re.IGNORECASE)
NO_DENIAL = re.compile(  # "no" and "not" that deny nothing, or deny what somebody has
    r"\b(?:not (?:only|just|merely|least)|no (?:doubt|question|wonder|surprise|secret|fewer|less|more|later|sooner)"
    r"|without (?:a )?(?:doubt|question)|with no\b|(has|have|had) no (?!plans?\b|intentions?\b|way\b|choice\b))",
    re.IGNORECASE,
)
INFINITIVE = re.compile(r"\s*(?:not\s+)?to\s+(?!have\b|be\b)[a-z]+\b", re.IGNORECASE)  # "pledged to keep it open"
EVEN = 0.45  # from this chance on, an even one or better
WINDOW = 12  # words looked back for what governs an event word


@cache
def markers(effect: str) -> re.Pattern[str]:
    """The phrases of certainty.tsv with one effect, longest first."""
    forms = sorted(
        (row["form"] for row in lexicon("certainty.tsv") if row["effect"] == effect), key=lambda f: (-len(f), f)
    )
    parts = ["n['’]t\\b" if form == "n't" else rf"\b{re.escape(form)}\b".replace("'", "['’]") for form in forms]
    return re.compile("|".join(parts), re.IGNORECASE)


@cache
def bands() -> dict[str, tuple[float, float]]:
    """Words of estimative probability -> their band."""
    return {
        row["form"]: (float(row["low"]), float(row["high"]))
        for row in lexicon("certainty.tsv")
        if row["effect"] == "band"
    }


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
    if text.rstrip("”\"'’ ").endswith("?"):
        return "U"
    main = first_conjunct(main_clause(text))
    if INFINITIVE.match(main):
        return "PR-" if main.lstrip().lower().startswith("not") else "PR+"
    if re.match(r"\s*(whether|how|what|why|when|where|who|if)\b", text, re.IGNORECASE) and not main_after_condition(
        text
    ):
        return "U"
    if markers("open").search(main):
        return "U"
    if markers("contrary").search(text) and WOULD_HAVE.search(main):
        return "CT+" if is_negated(main) else "CT-"
    polarity = "-" if is_negated(main) else "+"
    band = probability_of(main)
    if band is not None:
        return in_band(band) + ("+" if (polarity == "+") == (band[0] >= EVEN) else "-")
    if markers("admitted").search(main):
        return "PS+"
    first = _first_verb_group(main)
    if markers("impossible").search(first):
        return "CT-"
    if markers("possible").search(first):
        return "PS" + polarity
    if markers("probable").search(first):
        return "PR" + polarity
    return "CT" + polarity


def in_band(band: tuple[float, float]) -> str:
    """The level of a word of estimative probability: an even chance is possible, everything else probable."""
    return "PS" if band[0] >= EVEN and band[1] <= 1 - EVEN else "PR"


def first_conjunct(clause: str) -> str:
    """The clause up to an "and" that begins another one, where it has a verb: "it is early and no date is set"."""
    found = NEW_CLAUSE.search(clause)
    if found is None:
        return clause
    before = clause[: found.start()]
    has_verb = any(tag in "VLXHZM" for tag in read_tokens(before, Span(0, len(before)), ()).tags[:-PADDING])
    return before if has_verb else clause


def main_after_condition(text: str) -> bool:
    """Whether a clause follows an "if" or "when" clause: "if it rains, the match is off"."""
    return bool(re.match(r"\W*(if|when)\b", text, re.IGNORECASE)) and "," in text


def main_clause(text: str) -> str:
    """The first main clause: a leading "if ..., " or "that" left out, up to the next strong mark."""
    text = re.sub(r"^\W*that\b", "", text, flags=re.IGNORECASE)
    if main_after_condition(text) or re.match(
        r"\W*(after|while|although|though|because|unless|once|as|but if|and if)\b", text, re.IGNORECASE
    ):
        _, comma, rest = text.partition(",")
        text = rest if comma and len(rest) > len(text) / 4 else text
    return re.split(
        r"[;:]\s|(?<=[a-z\d”\"’)]{2})[.!?]\s|[,.!?][”\"]|, (?:but|and|which|who|although|though|while|because)\b",
        text,
        maxsplit=1,
    )[0]


def head_of(clause: str) -> int | None:
    """Where the main verb of a clause starts, its auxiliaries passed over.

    None where there is none, or where a relative clause or participle before the first verb leaves it open which it is.
    """
    tokens = read_tokens(clause, Span(0, len(clause)), ())
    tags = tokens.tags
    for k in range(len(tokens)):
        if tags[k] in "WTdt" and k:
            return None
        if tags[k] in "VLXHZM":
            last = k
            while tags[last] in "XHZMnR" and tags[last + 1] in "XHZMnRVLdgsl":
                last += 1
            return tokens.starts[last if tags[last] in "VLdgslXH" else k]
    return None


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


def _without_what_is_told_of_it(clause: str) -> str:
    """A clause without the relative clause behind its subject: "soldiers who did not return were found"."""
    tokens = read_tokens(clause, Span(0, len(clause)), ())
    tags = tokens.tags
    first = next((k for k in range(len(tokens)) if tags[k] in "VLXHZM"), None)
    told = next((k for k in range(1, first or 0) if tokens.lower[k] in ("who", "which")), None)
    if first is None or told is None:
        return clause
    last = first  # of the words of its verb
    while last + 1 < len(tokens) and tags[last] in "XHZMnR":
        last += 1
    main = next((k for k in range(last + 1, len(tokens)) if tags[k] in "XHZM" and tags[k - 1] not in "CWt"), None)
    return clause if main is None else clause[: tokens.starts[told]] + clause[tokens.starts[main] :]


def is_negated(clause: str) -> bool:
    """Whether the first verb group of a clause, or its subject, is negative."""
    group = _first_verb_group(_without_what_is_told_of_it(NO_DENIAL.sub(r"\1 ", clause)))
    return len(markers("negative").findall(group)) % 2 == 1


def certainty_of(text: str, span: Span) -> str:
    """The certainty that `text` gives the event word at `span`, read from its sentence.

    >>> certainty_of("He did not leave.", Span(11, 16))
    'CT-'
    """
    sentences = [sentence.span for sentence in find_sentences(text)]
    inside = (sentence for sentence in sentences if sentence.start <= span.start < sentence.end)
    return certainty_within(text, next(inside, Span(0, len(text))), span.start)


def certainty_within(text: str, sentence: Span, start: int) -> str:
    """The certainty of the event word at the code point `start`, read from the sentence of `text` around it."""
    tokens = read_tokens(text, sentence, ())
    at = next((k for k in range(len(tokens)) if tokens.ends[k] > start), None)
    if at is None:
        return "CT+"
    return _Reading(tokens, text[sentence.end - 1 : sentence.end] == "?").judge(at)


@dataclass(slots=True)
class _Reading:
    """One sentence, looked at from an event word leftwards, to the edge of its clause."""

    tokens: Tokens
    is_question: bool
    level: int = 3  # 3 certain, 2 probable, 1 possible, 0 uncommitted
    is_negative: bool = False
    is_modal: bool = False  # "not" stands beside a modal that it turns into its opposite
    in_group: bool = True  # still within the verb group of the event

    def judge(self, at: int) -> str:
        """The certainty of the event at word `at`."""
        if self.is_question:
            self.level = 0
        if self.tokens.lower[at + 1] in ("no", "nothing"):  # "reached no agreement"
            self.is_negative = True
        if at and self.tokens.tags[at - 1] == "t" and not self._is_fulfilled(at):
            self.level = min(self.level, 2)  # "came to see": meant, and nothing says more
        for k in range(at - 1, max(-1, at - 1 - WINDOW), -1):
            if not self._weigh(k, at):
                break
        if self.level == 0:
            return "U"
        if self.is_negative and self.is_modal:
            self.level = 3  # "could not leave", "will not leave": nothing of it is left open
        return {3: "CT", 2: "PR", 1: "PS"}[self.level] + ("-" if self.is_negative else "+")

    def _weigh(self, k: int, at: int) -> bool:
        """Takes in word `k`; False at the edge of the clause."""
        tag, word = self.tokens.tags[k], self.tokens.lower[k]
        if tag in ".;:" or (tag in ",B" and not self._is_condition(word)):
            return False
        if self._is_condition(word):
            self.level = 0
            return False
        if not (self.in_group and self._weigh_group(tag, word)):
            self._weigh_governor(k, at)
        if tag in "CWT-VL" or (tag in "XHZ" and not self.in_group):
            self.in_group = False
        return True

    def _is_fulfilled(self, at: int) -> bool:
        """Whether the verb before "to" says that it was done."""
        before = self.tokens.lower[max(0, at - 3) : at - 1]
        return any(governing().get(word) in ("fulfilled", "thwarted") for word in before)

    def _is_condition(self, word: str) -> bool:
        return word in ("if", "unless", "whether")

    def _weigh_group(self, tag: str, word: str) -> bool:
        """Negation, modal or adverb of the event's own verb group."""
        if tag == "n" or word in NEGATIVE:
            self.is_negative = not self.is_negative
        elif tag == "M":
            self.level = min(self.level, MODAL_LEVEL.get(word, 2))
            self.is_modal = word in CLOSED_BY_NOT
        elif word in HEDGES:
            self.level = min(self.level, HEDGES[word])
        else:
            return False
        return True

    def _weigh_governor(self, k: int, at: int) -> None:
        """A verb that the event depends on: "refused to leave", "wants to leave", "thinks they left"."""
        tags = self.tokens.tags
        effect = governing().get(self.tokens.lower[k], "")
        near = k == at - 1 or any(tag in "tTg" for tag in tags[k + 1 : at + 1])
        if not effect or tags[k] == "A" or not near:
            return
        led = any(self._leads_on(j) for j in range(k + 1, at))
        if effect == "thwarted" and led:
            self.is_negative = not self.is_negative
        elif effect in ("held", "thwarted"):
            self.level = min(self.level, 2)  # "prevent an attack": it was in question
        elif effect == "prospective":
            self.level = min(self.level, 1 if led else 2)

    def _leads_on(self, k: int) -> bool:
        """Whether word `k` ties a verb to the one before: "refused to leave", "kept from leaving"."""
        return self.tokens.tags[k] == "t" or self.tokens.lower[k] == "from"


NEGATIVE = frozenset("no never without neither".split())
HEDGES = {
    "likely": 2,
    "probably": 2,
    "apparently": 2,
    "reportedly": 2,
    "allegedly": 2,
    "possibly": 1,
    "perhaps": 1,
    "maybe": 1,
}
CLOSED_BY_NOT = frozenset("can could will would 'll 'd ca wo".split())
MODAL_LEVEL = {
    "may": 1,
    "might": 1,
    "could": 1,
    "can": 2,
    "would": 2,
    "will": 2,
    "should": 1,
    "must": 2,
    "shall": 2,
    "ought": 1,
    "'d": 2,
    "'ll": 2,
}


@cache
def governing() -> dict[str, str]:
    """Forms of verbs that govern another -> prospective, thwarted, fulfilled or held."""
    table: dict[str, str] = {}
    for row in lexicon("certainty.tsv"):
        if row["effect"] in ("prospective", "thwarted", "fulfilled", "held"):
            for form in verb_forms().get(row["form"], (row["form"],)):
                table.setdefault(form, row["effect"])
    return table
