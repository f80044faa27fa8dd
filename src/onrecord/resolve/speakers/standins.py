"""Words that stand for a body or person just named: it, its, the company, who, and what somebody is beside the name.

Each rule needs one reading that is left; where two are, or something else may be meant, nobody is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.model import EntityKind, Mention, Report, Span, hull
from onrecord.resolve.names.bodies import organizations
from onrecord.resolve.names.cast import Cast
from onrecord.resolve.names.folding import fold, words_of
from onrecord.resources import lexicon, settings_file

BODIES = (EntityKind.ORGANIZATION, EntityKind.COUNTRY)
OPENS = 3  # code points between the start of a sentence and what opens it
ASIDE = re.compile(r",[^,.\n]{1,120},")
LAST = re.compile(r"([^\W_]+)[\s“\"]*$")
DATELINE = re.compile(r"[^.;\n]{0,60}?(?:[—–]|\s-\s)")  # what follows the town that opens a report
AGENCY = re.compile(r"\)\s*(?:[—–]|-\s)")
NEXT = re.compile(r"\s*([^\W_]+)")
COPULA = re.compile(
    r"(?:,? who)? (?:is|was|has been|had been|became|(?:has |had )?served as|serves as)(?: now| then)? $"
)
BETWEEN = 200  # code points between a body and the pronoun that may mean it
KEPT = 24  # bodies looked back over


@cache
def rules() -> dict[str, Any]:
    """The table `stand_ins` of names.toml."""
    table: dict[str, Any] = settings_file("names.toml")["stand_ins"]
    return table


@cache
def words(name: str) -> frozenset[str]:
    """A word list of that table."""
    return frozenset(rules()[name])


@cache
def all_kinds() -> frozenset[str]:
    """Every word for a kind of body in that table."""
    return frozenset(kind for kinds in rules()["bodies"].values() for kind in kinds)


@cache
def turns() -> re.Pattern[str]:
    """Where another subject begins: "that the plane", "because Norhelm"."""
    opening, subjects = "|".join(rules()["clause_opens"]), "|".join(rules()["subject_opens"])
    return re.compile(rf"(?:\b(?:{opening})|[,;:—–])\s+(?:(?:{subjects})\s|[A-Z])")


@dataclass(frozen=True, slots=True)
class Body:
    """A mention of an organization or country, as these rules see it."""

    entity: str
    span: Span
    sentence: int
    oblique: bool  # after a preposition, or a possessor
    opens: bool  # opens its sentence
    firm: bool  # may be called a company


class StandIns:
    """The bodies of a report in the order they are named."""

    def __init__(self, report: Report, cast: Cast) -> None:
        self.report, self.cast, self.text = report, cast, report.text
        self.starts = [one.span.start for one in report.sentences] or [0]
        self.seen: list[Body] = []
        self.firms: Counter[str] = Counter()
        self.called: defaultdict[str, set[str]] = defaultdict(set)  # word for a kind of body -> those with it
        self.ends: dict[int, int] = {}  # where a mention ends -> its position, the outermost name first
        self.names: dict[int, int] = {}  # where a name's mention starts -> its position
        for k, m in enumerate(report.mentions):
            if m.form == "name":
                self.names[m.span.start] = k  # the longest
                self.ends.setdefault(m.span.end, k)
        self.tellers = {
            one.source[0].start
            for one in report.attributions
            if one.source and one.content and self.text[one.content[-1].end : one.source[0].start] in (", ", " ", "")
        }
        self.held = {
            one.content[0].start: hull(one.source) for one in report.attributions if one.source and one.content
        }

    def sentence(self, position: int) -> int:
        """The number of the sentence that holds a position."""
        return max(0, bisect_right(self.starts, position) - 1)

    def note(self, at: int) -> None:
        """Takes in a mention that is resolved, if it is a body's."""
        mention = self.report.mentions[at]
        entity, method = self.cast.of[at]
        named = self.cast.named[entity]
        if named.kind not in BODIES or mention.form == "pronoun" or (mention.form == "nominal" and method == "country"):
            return
        start, number = mention.span.start, self.sentence(mention.span.start)
        if self.is_dateline(mention):
            return
        before = LAST.search(self.text, max(0, start - 24), start)
        word = before[1].lower() if before else ""
        if word in ("the", "a", "an") and before:
            before = LAST.search(self.text, max(0, start - 32), before.start(1))
            word = before[1].lower() if before else ""
        owns = self.text[mention.span.end : mention.span.end + 2] in ("’s", "'s")
        oblique = owns or word in words_of("head_prepositions")
        opens = start - self.starts[number] <= OPENS + 4 and not owns
        firm = named.kind is EntityKind.ORGANIZATION and is_firm_like(named.name, mention)
        if firm and not oblique:
            self.firms[entity] += 1
        for word in all_kinds().intersection(fold(named.name).split(" ")):
            self.called[word].add(entity)
        self.seen.append(Body(entity, mention.span, number, oblique, opens, firm))

    def is_dateline(self, mention: Mention) -> bool:
        """Whether a name is the town or agency that opens a report: "PUERTO ALTO, Peru (Post Wire) — A company ..."."""
        start = mention.span.start
        if self.text[start - 1 : start] == "(" and AGENCY.match(self.text, mention.span.end):
            return True
        opens = mention.text.isupper() and (not start or self.text[start - 1] == "\n")
        return opens and bool(DATELINE.match(self.text, mention.span.end))

    def recent(self, number: int) -> list[Body]:
        """The bodies named in a sentence, as far as they were taken in."""
        found = []
        for body in reversed(self.seen[-KEPT:]):
            if body.sentence < number:
                break
            if body.sentence == number:
                found.append(body)
        return found[::-1]

    def neuter(self, mention: Mention) -> tuple[str | None, bool]:
        """The body that "it" or "its" means, and whether it could be two."""
        number = self.sentence(mention.span.start)
        first = self.starts[number]
        if mention.span.start - first <= OPENS:
            return self.opening(mention, number)
        here = [body for body in self.recent(number) if body.span.end <= mention.span.start]
        holder = self.holder(mention)
        if holder is not None:
            return holder, False
        subjects = [body for body in here if not body.oblique]
        if len({body.entity for body in subjects}) != 1:
            return None, len(subjects) > 1
        body = subjects[0]
        if mention.span.start - body.span.end > BETWEEN or not self.is_free(body, mention):
            return None, False
        return body.entity, False

    def is_free(self, body: Body, mention: Mention) -> bool:
        """Whether no other subject stands between a body and the pronoun, and the pronoun means somebody."""
        between = ASIDE.sub(" ", self.text[body.span.end : mention.span.start])
        if "\n" in between or turns().search(between):
            return False
        last, following = LAST.search(between), NEXT.match(self.text, mention.span.end)
        before = last[1].lower() if last else ""
        if mention.text.lower() == "its":
            return before not in words("joins")
        if mention.text.lower() != "it":
            return True
        is_subject = before in words("before_it") or before in words_of("calendar")
        return is_subject and (following is None or following[1].lower() not in words("idle_verbs"))

    def holder(self, mention: Mention) -> str | None:
        """The body that says what the pronoun opens: "The bank said it had warned the mayor"."""
        for back in range(8):
            source = self.held.get(mention.span.start - back)
            if source is None:
                continue
            at = self.ends.get(source.end, self.names.get(source.start))
            if at is None:
                at = self.names.get(source.start + len("The "))
            if at is None or at not in self.cast.of or self.text[source.start : source.end].count(" and "):
                return None
            entity = self.cast.of[at][0]
            return entity if self.cast.named[entity].kind in BODIES else None
        return None

    def opening(self, mention: Mention, number: int) -> tuple[str | None, bool]:
        """The body that opens the sentence before, for "It" that opens the next one of the paragraph and acts."""
        sentences = self.report.sentences
        if number < 1 or number >= len(sentences) or sentences[number - 1].paragraph != sentences[number].paragraph:
            return None, False
        following = NEXT.match(self.text, mention.span.end)
        if mention.text == "It" and (following is None or following[1].lower() not in words("body_verbs")):
            return None, False
        before = [body for body in self.recent(number - 1) if not body.oblique]
        if len({body.entity for body in before}) != 1 or not before[0].opens:
            return None, len(before) > 1
        return before[0].entity, False

    def firm(self, mention: Mention) -> tuple[str | None, bool]:
        """The firm that "the company" means: the only one named shortly before, or the one the report is about."""
        number = self.sentence(mention.span.start)
        near = [b for b in self.seen[-KEPT:] if b.firm and number - b.sentence <= rules()["firm_sentences"]]
        near = [b for b in near if not b.span.overlaps(mention.span)]
        ids = {body.entity for body in near if not body.oblique}
        if len(ids) == 1:
            return next(iter(ids)), False
        if len(self.firms) > KEPT:
            return None, True
        ranked = self.firms.most_common(2)
        if not ranked:
            return None, False
        first, second = ranked[0], ranked[1] if len(ranked) > 1 else ("", 0)
        subject = next((b for b in reversed(near) if b.opens), None)
        if (
            first[1] >= 2 * second[1]
            and (subject is None or subject.entity == first[0])
            and (not ids or first[0] in ids)
        ):
            return first[0], False
        return None, True

    def public_body(self, mention: Mention) -> tuple[str | None, bool]:
        """The body that "the agency" means: the only one in the report so far that is of such a kind by its name."""
        kinds = frozenset(rules()["bodies"][mention.text.lower().split(" ")[1]])
        found = {entity for kind in kinds for entity in self.called.get(kind, ())}
        return (next(iter(found)), False) if len(found) == 1 else (None, len(found) > 1)

    def relative(self, mention: Mention) -> str | None:
        """Whoever stands right before "who" or "which"."""
        start = mention.span.start - 1
        if self.text[start - 1 : start + 1] == ", ":
            start -= 1
        at = self.ends.get(start)
        if at is None or at not in self.cast.of:
            return None
        if self.text.endswith("not ", 0, self.report.mentions[at].span.start):  # "It was Lee, not Ray, who knew"
            return None
        entity = self.cast.of[at][0]
        kind = self.cast.named[entity].kind
        if mention.text == "which":
            return entity if kind in BODIES and start != mention.span.start - 1 else None
        return entity if kind is EntityKind.PERSON else None

    def beside(self, mention: Mention) -> str | None:
        """Whoever's name stands with a description: "Norhelm chairman [Ann Lee]", "[Ann Lee], a lawyer,"."""
        if mention.plural or mention.kind not in ("person", "organization"):
            return None
        k = self.names.get(mention.span.start)
        name = self.report.mentions[k] if k is not None else None
        if name is not None and k in self.cast.of and name.span.end > mention.span.end and mention.kind == "person":
            return self.person(k)
        is_link = COPULA.search(self.text, max(0, mention.span.start - 40), mention.span.start)
        if is_link and mention.kind == "person":
            return self.person(self.ends.get(is_link.start()))
        if self.text[mention.span.start - 2 : mention.span.start] != ", " or mention.span.start in self.tellers:
            return None
        k = self.ends.get(mention.span.start - 2)
        if (
            k is None
            or k not in self.cast.of
            or self.text[mention.span.end : mention.span.end + 4] in (" and", "’s", "'s")
        ):
            return None
        if mention.kind == "person":
            role, own = self.report.mentions[k].role, (mention.head or mention.span).of(self.text)
            fits = role is not None and (fold(own) in fold(role.title) or fold(role.title) in fold(own))
            return self.person(k) if fits else None
        entity = self.cast.of[k][0]
        is_body = self.cast.named[entity].kind is EntityKind.ORGANIZATION
        follows = self.text[mention.span.end : mention.span.end + 1] in (",", ".", "") or self.text.startswith(
            (" that ", " which ", " of ", " for ", " in ", " based "), mention.span.end
        )
        return entity if is_body and follows and mention.text.lower().startswith(("a ", "an ", "the ")) else None

    def person(self, at: int | None) -> str | None:
        """The person of a resolved mention."""
        entity = self.cast.of[at][0] if at is not None and at in self.cast.of else ""
        return entity if entity and self.cast.named[entity].kind is EntityKind.PERSON else None


def is_firm_noun(mention: Mention) -> bool:
    """Whether a description is "the company", "the airline" and nothing more."""
    own = mention.text.lower().split(" ")
    return len(own) == 2 and own[0] == "the" and own[1] in words("firm_nouns")


def is_body_noun(mention: Mention) -> bool:
    """Whether a description is "the agency" or its like and nothing more."""
    own = mention.text.lower().split(" ")
    return len(own) == 2 and own[0] == "the" and own[1] in rules()["bodies"]


@cache
def public_words() -> frozenset[str]:
    """Folded words of bodies that nobody calls a company: ministry, university, party."""
    every = (row["word"].lower() for row in lexicon("organization_heads.tsv") if row["where"] == "any")
    return frozenset(every) - words("firm_heads")


def is_firm_like(name: str, mention: Mention) -> bool:
    """Whether a body may be called a company, by its name: no ministry, no party, nothing known as something else."""
    plain = fold(name)
    if plain in organizations():
        return plain in firms()
    if public_words() & set(plain.split(" ")):
        return False
    return mention.kind == "organization" or not name[1:].islower()


@cache
def firms() -> frozenset[str]:
    """Folded canonical names of the known organizations that are firms."""
    return frozenset(fold(row["canonical"]) for row in lexicon("organizations.tsv") if row["class"] == "firm")
