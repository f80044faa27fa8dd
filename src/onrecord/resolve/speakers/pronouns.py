"""Whom he or she means: somebody named a short way back who leads all others clearly, or nobody."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.model import Mention, Report, Span
from onrecord.resolve.names.folding import words_of
from onrecord.resources import lexicon, settings_file

FOLLOWING = 200  # code points after a subject in which its verb is looked for
NEXT = 3  # words after a subject, asides left out, of which one is its verb
ASIDE = re.compile(r",[^,.\n]{1,120},")
WORD = re.compile(r"[a-z]+")
MODIFIED = re.compile(r"(?:['’]s)?(?: [a-z][\w-]*){1,4} ")  # "[Lee] campaign director Jennifer Poe"
CLAUSE = re.compile(r"[.;:\n“”\"]|\b(?:that|about|of|for|in|on|at|with|if|whether|how|why|what)\b")
ADDRESSED = 40  # code points after a cue within which whom it is said to is named
MOST = 60  # candidates looked at for one pronoun


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named person's mention, as pronouns see it."""

    entity: str
    start: int  # code point
    sentence: int
    gender: str | None
    base: float  # what its own place in its sentence is worth


def addressee_after(text: str, after: int, people: Sequence[int]) -> Sequence[int]:
    """Who is named right after a cue that ends at `after`; `people` are starts of mentions, sorted."""
    k = bisect_right(people, after)
    if k == len(people) or people[k] - after > ADDRESSED or CLAUSE.search(text, after, people[k]):
        return ()
    return people[k : k + 1]


@cache
def speech_forms() -> frozenset[str]:
    """Past and present forms of the verbs of speech, made by rule, and those that are irregular."""
    lemmas = [row["cue"] for row in lexicon("cues.tsv") if row["kind"] == "verb" and row["attitude"] == "speech"]
    answered = settings_file("doubts.toml")["answered"]["verbs"]  # after these another may be the one who speaks
    stems = {lemma.split(" ")[0] for lemma in lemmas} - set(answered)
    ends = {
        form
        for stem in stems
        for form in (stem + "s", stem + "ed", stem + "d", stem[:-1] + "ied", stem + stem[-1] + "ed")
    }
    return frozenset(ends) | frozenset(settings_file("names.toml")["speaks"])


class Scene:
    """The people of a report in the order they are named, with what their places are worth."""

    def __init__(
        self,
        report: Report,
        entities: Mapping[int, str],
        genders: Mapping[str, str | None],
        maybe: frozenset[str] = frozenset(),
        strangers: Sequence[Span] = (),
    ) -> None:
        """A pronoun never means an entity of `maybe` or one of the `strangers`; they can make it unclear.

        `maybe`: entities that may be people. `strangers`: sources in capitals that no mention explains.
        """
        self.report, self.weights = report, settings_file("names.toml")["pronoun"]
        self.quoted = sorted(q.inner for q in report.quotations if q.depth == 0)
        self.quoted_starts = [q.start for q in self.quoted]
        starts = [one.span.start for one in report.sentences]  # a long quotation is no distance: within it none counts
        self.starts = [start for start in starts if not self.is_quoted(start)] or [0]
        answered = frozenset(settings_file("doubts.toml")["answered"]["verbs"])
        cues = frozenset(row["cue"] for row in lexicon("cues.tsv")) | {""}
        told = [(one.rule.partition(":")[2], one.source) for one in report.attributions if one.source]
        people = sorted(report.mentions[k].span.start for k in entities)
        asked = {
            addressee: one.source[0].start
            for one in report.attributions
            if one.source and one.cue and one.rule.partition(":")[2] in answered
            for addressee in addressee_after(report.text, one.cue[-1].end, people)
        }
        sources = sorted(span for cue, source in told for span in source if cue in cues)
        self.sources, self.source_starts = sources, [s.start for s in sources]
        self.maybe = maybe
        self.candidates: list[Candidate] = []
        self.lost: dict[str, int] = {}  # gender -> where its last pronoun stood that means nobody for sure
        worths: dict[int, float] = {}
        last: Mention | None = None
        for at in sorted(entities, key=lambda k: report.mentions[k].span):
            mention = report.mentions[at]
            entity = entities[at]
            beside = last is not None and report.text[last.span.end : mention.span.start] in (" and ", " or ")
            worth = self.candidates[-1].base if beside else self.worth(mention.span)
            if self.is_inner(at):
                worth = min(worth, self.weights["oblique"])  # "[Lee] campaign spokesman Jason Miller"
            asker = worths.get(asked.get(mention.span.start, -1), worth)
            worth = worths[mention.span.start] = max(worth, asker)  # whoever is asked may speak next as well
            last = mention
            self.candidates.append(
                Candidate(
                    entity,
                    mention.span.start,
                    self.sentence(mention.span.start),
                    genders.get(entity),
                    worth,
                )
            )
        for span in strangers:
            name = span.of(report.text)
            self.candidates.append(Candidate(name, span.start, self.sentence(span.start), None, self.worth(span)))
        self.maybe |= {span.of(report.text) for span in strangers}
        self.candidates.sort(key=lambda one: one.start)
        self.candidate_starts = [one.start for one in self.candidates]

    def add(self, entity: str, mention: Mention, gender: str | None) -> None:
        """Takes a resolved pronoun in, so that the next one may mean the same person."""
        one = Candidate(entity, mention.span.start, self.sentence(mention.span.start), gender, self.worth(mention.span))
        place = bisect_right(self.candidate_starts, one.start)
        self.candidates.insert(place, one)
        self.candidate_starts.insert(place, one.start)

    def is_inner(self, at: int) -> bool:
        """Whether a mention stands in a longer name's mention and is not what that names."""
        mention = self.report.mentions[at]
        for other in self.report.mentions[max(0, at - 2) : at + 3]:
            if other.form == "name" and other.span != mention.span and other.span.contains(mention.span):
                return other.head is None or not other.head.contains(mention.span)
            beside = self.report.text[mention.span.end : other.span.start]
            if other.form == "name" and MODIFIED.fullmatch(beside) and self.is_source(mention.span):
                k = bisect_right(self.source_starts, mention.span.start) - 1
                return self.sources[k].contains(other.span)
        return False

    def lose(self, mention: Mention) -> None:
        """Notes a pronoun that means nobody for sure."""
        if mention.gender is not None:
            self.lost[mention.gender] = mention.span.start

    def is_broken(self, entity: str, mention: Mention) -> bool:
        """Whether a pronoun of the gender, unclear itself, stands between this one and the last words for `entity`.

        "Clinton was vague, Lenney thinks. 'It is a shame,' she said. She added ...": who she is was open before.
        """
        lost = self.lost.get(mention.gender or "", -1)
        if lost < 0 or self.sentence(mention.span.start) - self.sentence(lost) > self.weights["sentences"]:
            return False
        k = bisect_left(self.candidate_starts, mention.span.start) - 1
        while k >= 0 and self.candidate_starts[k] > lost:
            if self.candidates[k].entity == entity:
                return False
            k -= 1
        return True

    def sentence(self, position: int) -> int:
        """The number of the sentence that holds a position."""
        return bisect_right(self.starts, position) - 1

    def is_quoted(self, position: int) -> bool:
        """Whether a position lies inside quotation marks."""
        k = bisect_right(self.quoted_starts, position) - 1
        return k >= 0 and position < self.quoted[k].end

    def is_source(self, span: Span) -> bool:
        """Whether a mention begins a source."""
        k = bisect_right(self.source_starts, span.start) - 1
        if k < 0 or not self.sources[k].contains(span):
            return False
        return span.start == self.sources[k].start or len(self.sources[k]) - len(span) < 60

    def is_speaking(self, span: Span) -> bool:
        """Whether the next verb after a subject may be one of speech: "Lee, who ran in May, blasted the plan"."""
        after = self.report.text[span.end : span.end + FOLLOWING].split("\n", 1)[0]
        plain = ASIDE.sub(" ", after)
        words = WORD.findall(plain)[:NEXT]
        return any(word in speech_forms() for word in words)

    def worth(self, span: Span) -> float:
        """What the place of a mention in its sentence says for it."""
        weights, text = self.weights, self.report.text
        points: float = 0.0
        if self.is_quoted(span.start):
            points += weights["inside_quotation"]
        if self.is_source(span):
            points += weights["source"]
        opening = self.starts[max(0, self.sentence(span.start))]
        before = text[max(opening, span.start - 24) : span.start].split()
        after = text[span.end : span.end + 2]
        if span.start - opening <= 4:
            points += weights["subject"]
            if not self.is_source(span) and self.is_speaking(span):
                points += weights["speaking"]
        elif (before and before[-1].lower().strip('“"(') in words_of("oblique")) or after in ("’s", "'s"):
            points += weights["oblique"]
        return points

    def resolve(self, mention: Mention, forbidden: Sequence[Span]) -> tuple[str | None, bool]:
        """The person a pronoun means, and whether it could be two. `forbidden` are spans nobody may be taken from."""
        weights = self.weights
        at, here = mention.span.start, self.sentence(mention.span.start)
        best: dict[str, float] = {}
        known, unknown = set[str](), set[str]()  # whose gender agrees, and of whom none is told
        k = bisect_right(self.candidate_starts, at - 1) - 1
        farthest = max(-1, k - MOST)
        while k > farthest and here - self.candidates[k].sentence <= weights["sentences"]:
            one = self.candidates[k]
            k -= 1
            if (mention.gender and one.gender and one.gender != mention.gender) or any(
                s.start <= one.start < s.end for s in forbidden
            ):
                continue
            (known if one.gender else unknown).add(one.entity)
            points = one.base - weights["per_sentence"] * (here - one.sentence)
            points += weights["gender"] if one.gender and one.gender == mention.gender else 0.0
            best[one.entity] = max(best.get(one.entity, -99.0), points)
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        if not ranked:
            return None, False
        if ranked[0][1] < weights["least"]:
            return None, False
        first = ranked[0][1] - (
            weights["gender"] if ranked[0][0] in known else 0.0
        )  # whose gender nobody tells may agree
        leads = [(first if entity in unknown else ranked[0][1]) - points for entity, points in ranked[1:]]
        if leads and min(leads) < weights["margin"]:
            return None, True
        if ranked[0][0] in self.maybe:
            return None, True
        if ranked[0][0] in unknown and any(entity in known for entity, _ in ranked[1:]):
            return None, True
        return ranked[0][0], False
