"""The step that tells how sure a report is of each event, and each source of what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.certainty import clause_certainty, head_of, main_clause
from onrecord.annotate.commitment import OPEN_STANCES, certainty_under, cue_of
from onrecord.annotate.judging.asked import by_sentence, has_weights, judged
from onrecord.annotate.judging.levels import KINDS, kind_chances
from onrecord.model import Attribution, Event, Report, select

SURE = 0.9  # chance from which the network's word on a content goes before that of the rules
LONGEST_CLAUSE = 600  # code points of a content that is read


class JudgeCertaintyByRules:
    """Fills in how certain the report is of its events, by rules alone."""

    name = "certainty"
    requires: tuple[str, ...] = ("sentences", "attributions", "events")
    assigns: tuple[str, ...] = ("attributions", "events")

    def __call__(self, report: Report) -> Report:
        """The report with that layer."""
        return replace(report, events=judge_events(report, trained=False))


class JudgeCertainty(JudgeCertaintyByRules):
    """The same with a trained network, which also reads the contents that the rules may have misread.

    Its weights ship with the package; where they were taken out, the rules answer alone.
    """

    def __init__(self) -> None:
        self.trained = has_weights()

    def __call__(self, report: Report) -> Report:
        """The report with that layer."""
        if not self.trained:
            return super().__call__(report)
        weighed = tuple(weigh(report.text, attribution) for attribution in report.attributions)
        return replace(report, events=judge_events(report, trained=True), attributions=weighed)


def judge_events(report: Report, *, trained: bool) -> tuple[Event, ...]:
    """The events of a report, each with its certainty."""
    events = list(report.events)
    sentences = [sentence.span for sentence in report.sentences]
    for sentence, inside in by_sentence(sentences, [(event.span.start, k) for k, event in enumerate(events)]):
        starts = [events[k].span.start for k in inside]
        for k, certainty in zip(inside, judged(report.text, sentence, starts, trained=trained), strict=True):
            events[k] = replace(events[k], certainty=certainty)
    return tuple(events)


def weigh(text: str, attribution: Attribution) -> Attribution:
    """The attribution with the certainty of its content as rules and network together have it."""
    commitment = attribution.commitment
    if commitment is None or commitment.certainty in (None, "U") or commitment.stance in OPEN_STANCES:
        return attribution
    content = ", ".join(piece.of(text) for piece in attribution.content)
    by_rules = clause_certainty(content)
    inner = weigh_clause(main_clause(content)[:LONGEST_CLAUSE], by_rules)
    if inner == by_rules:
        return attribution
    cue = cue_of(attribution.rule, attribution.form)
    cue_text = select(text, attribution.cue)
    certainty = certainty_under(cue, commitment.stance, commitment.attitude, cue_text, content, inner)
    return replace(attribution, commitment=replace(commitment, certainty=certainty))


def weigh_clause(clause: str, by_rules: str) -> str:
    """The certainty of a clause by itself: that of the rules, unless the network is sure of another one.

    Rules read words that mark doubt and denial and miss those they do not know; so the network may doubt what they
    take for plain, and deny or affirm, but never make certain what a word in the text marks as doubtful.
    """
    from onrecord.annotate.judging.model import load_model

    at = head_of(clause) if by_rules in ("CT+", "CT-") else None
    if at is None:
        return by_rules
    lead = len(clause) - len(clause.lstrip("“\"'‘( "))
    sentence = clause[lead : lead + 1].upper() + clause[lead + 1 :].rstrip(" .,;:”\"'’") + "."
    model = load_model()
    chances = model.judge.chances(sentence, [max(0, at - lead)])
    return overruled(by_rules, kind_chances(chances)[0].tolist())


def overruled(by_rules: str, kinds: Sequence[float]) -> str:
    """What is left of a certainty that the rules read, given the network's chances of KINDS."""
    chance = dict(zip(KINDS, kinds, strict=True))
    if by_rules == "CT+" and chance["false"] >= SURE:
        return "CT-"
    if by_rules == "CT-" and chance["true"] >= SURE:
        return "CT+"
    if by_rules == "CT+" and chance["hedged"] + chance["open"] >= SURE:
        return "PS+" if chance["open"] >= chance["hedged"] else "PR+"
    return by_rules
