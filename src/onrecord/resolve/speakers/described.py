"""Pronouns for people and bodies that are only described: he after "a climber", who after "a woman"."""

from __future__ import annotations

from bisect import bisect_right

from onrecord.model import EntityKind, Mention, Report, hull
from onrecord.resolve.names.cast import Cast
from onrecord.resolve.names.folding import words_of

BACK = 1  # sentences before the pronoun's own in which somebody described may be meant
KEPT = 12  # people looked back over
NEAR = 8  # code points of "that" and quotation marks between the start of a content and the pronoun


class Described:
    """Who is described in a report, once everybody named is resolved."""

    def __init__(self, report: Report, cast: Cast) -> None:
        self.report, self.cast, self.text = report, cast, report.text
        self.starts = [one.span.start for one in report.sentences] or [0]
        self.people: list[tuple[int, str, str | None]] = []  # code point, entity, gender; named ones too
        self.ends: dict[int, tuple[str, Mention]] = {}
        for at, mention in enumerate(report.mentions):
            if mention.form == "pronoun":
                continue
            entity = cast.of[at][0] if at in cast.of else ""
            if mention.kind == "person" and not mention.plural:
                self.people.append((mention.span.start, entity, mention.gender))
            elif mention.form == "name" and mention.kind is None:
                self.people.append((mention.span.start, entity, None))
            if entity and mention.form == "nominal":
                self.ends[mention.span.end] = (entity, mention)
        self.begun = [start for start, _, _ in self.people]
        self.held = {
            one.content[0].start: hull(one.source) for one in report.attributions if one.source and one.content
        }

    def meant_by(self, mention: Mention) -> str | None:
        """Who is meant, if only one can be."""
        if mention.text in words_of("relative_pronouns"):
            return self.before(mention)
        if mention.plural:
            return None
        return self.holder(mention) if mention.gender is None else self.person(mention)

    def before(self, mention: Mention) -> str | None:
        """Whoever is described right before "who"."""
        start = mention.span.start - 1
        start -= self.text[start - 1 : start + 1] == ", "
        entity, described = self.ends.get(start, ("", None))
        if described is None or mention.text == "which" or described.kind == "organization":
            return None
        return entity

    def holder(self, mention: Mention) -> str | None:
        """The described body that says what "it" opens: "The ministry said it had asked"."""
        for back in range(NEAR):
            source = self.held.get(mention.span.start - back)
            if source is not None:
                entity, described = self.ends.get(source.end, ("", None))
                return entity if described is not None and described.kind == "organization" else None
        return None

    def person(self, mention: Mention) -> str | None:
        """The only singular person of the sentence and the one before, if that one is described."""
        number = bisect_right(self.starts, mention.span.start) - 1
        first = self.starts[max(0, number - BACK)]
        k = bisect_right(self.begun, mention.span.start - 1) - 1
        found: set[str] = set()
        farthest = max(-1, k - KEPT)
        while k > farthest and self.begun[k] >= first:
            _, entity, gender = self.people[k]
            if gender is None or gender == mention.gender:
                found.add(entity)
            k -= 1
        entity = next(iter(found)) if len(found) == 1 else ""
        return entity if entity and self.cast.named[entity].kind is EntityKind.GROUP else None
