"""Commitment: what a source does with its words (stance), how certain they are put, and on which condition."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.annotate.certainty import clause_certainty, markers, probability_of
from onrecord.annotate.cues import Cue, cue_rows
from onrecord.model import Attribution, Commitment, Report, Selection, Span, select

NEGATION = re.compile(r"\b(?:not|never|neither|nor|no)\b|n['’]t\b", re.IGNORECASE)
REFUSAL = re.compile(r"\b(?:declin|refus|demurr)\w*\b", re.IGNORECASE)
NEITHER = re.compile(
    r"\b(?:neither|not|never|without|declin\w+ to|refus\w+ to|n['’]t)\s+(?:to\s+)?(?:either\s+)?"
    r"confirm\w*\s+n?or\s+(?:to\s+)?den(?:y|ied|ying)\b",
    re.IGNORECASE,
)
NO_ANSWER = re.compile(
    r"\W*(?:to\s+)?(?:immediately\s+)?(?:comment|say|answer|discuss|confirm|disclose|elaborate|specify|speculate"
    r"|identify|name|provide|respond|reveal|give details|be interviewed|talk|speak"
    r"|(?:to\s+)?(?:a\s+|repeated\s+)?requests?\s+for)\b",
    re.IGNORECASE,
)
QUESTION = re.compile(r"\W*(?:whether|if|what|why|how|who|when|where)\b", re.IGNORECASE)
EXPECTS = re.compile(
    r"\b(?:i|we|he|she|it|they)(?:['’]d|\s+(?:would|do|does|did|now|also|still|fully))?\s+(?:expect|anticipate|foresee)s?\b",
    re.IGNORECASE,
)
WILL = re.compile(r"\b(?:will|would|won['’]t)\b|['’]ll\b", re.IGNORECASE)
CONDITION = re.compile(
    r"(?:(?<=^)|(?<=[\s“\"'‘—(]))(?:if|unless|provided that|providing|on condition that|assuming that"
    r"|as long as|so long as|in case|in the event(?! of)|(?:had|were) (?:it|he|she|they|we|you|i|there) not"
    r"|(?:should|were) (?=(?:the|an?|this|that|these|those|any|he|she|it|they|we|you|there)\b))\b",
    re.IGNORECASE,
)
INVERTED = re.compile(r"(?:had|were|should)\b", re.IGNORECASE)
CLAUSE_END = re.compile(r"[,;:.!?—”\"]|\s-\s|\s(?:then|will|would)\s")
SOFT = {"estimates": "PR", "predicts": "PR", "speculates": "PS"}
OPEN_STANCES = frozenset("questions requests proposes undisclosed".split())
HELD_FIRMLY = frozenset("know realize learn discover remember see notice recognize understand find".split())
DOUBTING = frozenset("doubt doubtful sceptical skeptical".split())
LONGEST_CONDITION = 250  # code points


class JudgeCommitment:
    """Adds the commitment of each attribution."""

    name = "commitment"
    requires: tuple[str, ...] = ("attributions",)
    assigns: tuple[str, ...] = ("attributions",)

    def __call__(self, report: Report) -> Report:
        """The report with that layer."""
        judged = tuple(replace(a, commitment=judge(report.text, a)) for a in report.attributions)
        return replace(report, attributions=judged)


def judge(text: str, attribution: Attribution) -> Commitment:
    """The commitment of one attribution."""
    cue = cue_of(attribution.rule, attribution.form)
    content = ", ".join(piece.of(text) for piece in attribution.content)
    cue_text = select(text, attribution.cue)
    source = select(text, attribution.source)
    condition = find_condition(text, attribution)
    asks = all(piece.of(text).rstrip("”\"'’ ").endswith("?") for piece in attribution.content)
    stance = stance_of(cue, cue_text, content, source, conditional=bool(condition), is_question=asks)
    attitude = cue.attitude
    if stance == "undisclosed":
        attitude = "speech"
    return Commitment(
        stance=stance,
        certainty=certainty_under(cue, stance, attitude, cue_text, content),
        condition=condition,
        attitude=attitude,
        probability=probability_of(content),
    )


@cache
def cue_table() -> dict[tuple[str, str], Cue]:
    """(lemma, kind) -> row."""
    return {(cue.lemma, cue.kind): cue for cue in cue_rows()}


PLAIN = Cue("say", "verb", "asserts", "speech")
DOING = Cue("do", "verb", "asserts", "act")
LETTER = re.compile(r"[^\W\d_]")


def cue_of(rule: str, form: str = "direct") -> Cue:
    """The row that a rule's name ("clause:say") stands for.

    A cue that a tagger found and the lexicon does not know ("has gone after") is saying where it brings quoted words
    or is a mark, and something done otherwise.
    """
    frame, _, lemma = rule.partition(":")
    kinds = ("noun", "verb", "adjective") if frame == "noun" else ("verb", "adjective", "noun")
    known = next((cue_table()[lemma, kind] for kind in kinds if (lemma, kind) in cue_table()), None)
    if known is None and frame == "tagger" and form == "indirect" and LETTER.search(lemma):
        return DOING
    return known or PLAIN


def stance_of(
    cue: Cue, cue_text: str, content: str, source: str, *, conditional: bool, is_question: bool = False
) -> str:
    """What the source does: the cue's row, turned by negation, refusal, modals and conditions."""
    if NEITHER.search(content) or NEITHER.search(cue_text):
        return "undisclosed"
    negated = bool(NEGATION.search(cue_text)) or source.lower().startswith("neither ")
    speech = cue.attitude == "speech"
    if (REFUSAL.search(cue_text) and NO_ANSWER.match(content)) or (REFUSAL.search(cue_text) and speech):
        return "undisclosed"
    if cue.lemma == "respond" and negated:
        return "undisclosed"
    if negated and speech:
        if cue.lemma == "rule out":
            return "speculates"
        return "undisclosed" if cue.stance in ("asserts", "confirms", "denies", "speculates") else cue.stance
    if cue.stance != "asserts" or not speech:
        return cue.stance
    return _stance_of_saying(content, source, conditional=conditional, is_question=is_question)


def _stance_of_saying(content: str, source: str, *, conditional: bool, is_question: bool = False) -> str:
    if is_question:
        return "questions"
    if re.search(r"\bestimates?\b", source, re.IGNORECASE):
        return "estimates"
    if conditional and markers("harm").search(content):
        return "warns"
    if clause_certainty(content).startswith("PS"):
        return "speculates"
    if EXPECTS.search(content):
        return "predicts"
    return "asserts"


def certainty_under(cue: Cue, stance: str, attitude: str, cue_text: str, content: str, inner: str | None = None) -> str:
    """The certainty of the content as the source gives it (FactBank).

    `inner` is that of the content by itself, where something knows it better than the rules.
    """
    if stance in OPEN_STANCES or attitude in ("wish", "plan") or (QUESTION.match(content) and attitude != "speech"):
        return "U"
    inner = clause_certainty(content) if inner is None else inner
    if inner == "U":
        return "U"
    level, polarity = inner[:2], inner[2]
    if stance == "denies" and probability_of(content) is None:
        level = "CT"  # "denied it would cut jobs": what might be is denied outright
    if cue.lemma in DOUBTING:
        polarity = "-" if polarity == "+" else "+"
    if stance == "denies" or (attitude != "speech" and NEGATION.search(cue_text)):
        polarity = "-" if polarity == "+" else "+"
    if level == "CT":
        level = SOFT.get(stance, level)
        if stance in ("warns", "promises") and WILL.search(content):
            level = "PR"
        if attitude == "belief" and cue.lemma not in HELD_FIRMLY:
            level = "PR"
        if attitude == "fear":
            level = "PS"
    return level + polarity


def find_condition(text: str, attribution: Attribution) -> Selection:
    """The if-clauses of the content, or the one that stands just before it ("If so, he warned, ...")."""
    found: list[Span] = []
    for piece in attribution.content:
        for start in CONDITION.finditer(text, piece.start, piece.end):
            if _is_indirect_question(text, start.start(), piece, alone=len(attribution.content) == 1):
                continue
            if INVERTED.match(start.group()) and not _is_inverted(text, start.start(), piece):
                continue
            end = CLAUSE_END.search(text, start.end(), min(piece.end, start.start() + LONGEST_CONDITION))
            span = Span(start.start(), end.start() if end else piece.end).strip(text)
            if len(span) and (not found or span.start >= found[-1].end):
                found.append(span)
    return tuple(found)


def _is_inverted(text: str, at: int, piece: Span) -> bool:
    """Whether "should the talks collapse" is a condition: it opens a clause of a content that says what would be."""
    words = piece.of(text)
    if words.rstrip("”\"'’ ").endswith("?") or not WILL_OR_COULD.search(words):
        return False
    before = text[piece.start : at].rstrip().rpartition(" ")[2].lower().strip("“\"'‘")
    return before not in ASKING_WORDS


WILL_OR_COULD = re.compile(r"\b(?:will|would|won['’]t|could|may|might)\b|['’]ll\b", re.IGNORECASE)
ASKING_WORDS = frozenset("what why how who whom when where which that whether as so nor neither".split())
ASKING = frozenset("ask asked asks know see wonder wondered unclear tell clear determine decide sure as even".split())


def _is_indirect_question(text: str, at: int, piece: Span, *, alone: bool) -> bool:
    """Whether an "if" means "whether": it opens the content and no clause follows, or a verb of asking precedes."""
    if at == piece.start and alone and "," not in piece.of(text):
        return True
    return text[max(piece.start, at - 24) : at].rstrip().rpartition(" ")[2].lower() in ASKING
