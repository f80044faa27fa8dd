"""The sections of a briefing, each from the desk alone; nothing here is checked yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.export.brief_figures import make_figures, make_moved
from onrecord.export.brief_open import Open, make_open, make_taken_back
from onrecord.export.brief_standing import label_of, line_of, make_standing
from onrecord.export.clauses import Section
from onrecord.export.desk import Desk
from onrecord.export.matters import Matter, find_matters, group_matters
from onrecord.export.telling import stands_alone
from onrecord.export.wording import Wording
from onrecord.link.words import content_words
from onrecord.model import Statement
from onrecord.resources import settings_file

SIDES = frozenset({"confirms", "denies"})
NEAR = 20  # matters of one source that are compared with the next one
LEAST_SHARED = 3  # words


def make_sections(desk: Desk) -> Iterator[Section]:
    """Where it stands, what else is said, figures, what moved, what was taken back, what is open, who is not named."""
    limits: dict[str, int] = dict(settings_file("briefing.toml")["limits"])
    wording = Wording(desk.names)
    matters = find_matters([s for s in desk.told if s.id not in desk.first], desk.links, desk.first)
    tied = group_matters(matters, [*desk.ties, *_of_one_claim(desk, matters), *_same_heads(desk, matters)])
    groups = [_without_tellers(group) for loose in tied for group in _of_like_words(desk, loose)]
    linked = [group for group in groups if len(group) > 1 or group[0].answers]
    inside = {statement.id for group in linked for matter in group for statement in matter.members}
    retold = {s.nested_in for group in linked for matter in group for s in matter.members if s.nested_in}
    elsewhere = inside | retold  # told in a matter, by itself or within another
    sure = [s for s in desk.told if s.id not in desk.careful and s.id not in desk.first and stands_alone(s)]
    holders = {statement.id for statement in sure}  # they tell what stands inside them
    alone = [s for s in sure if s.id not in elsewhere and s.nested_in not in holders]
    found = Open(desk, [s for s in sure if s.nested_in not in holders], elsewhere)
    yield make_standing(desk, wording, [group for group in linked if _is_new(desk, group)], limits)
    rest = [s for s in alone if s.id not in found.ids and desk.is_new(s)]
    named = [s for s in rest if desk.names.is_named(s)]
    yield _list("Also said", desk, wording, _newest(desk, named), limits["single"])
    yield make_figures(desk, wording, [group[0].head.id for group in linked], limits["figures"])
    yield make_moved(desk, wording, limits["moved"])
    yield make_taken_back(desk, wording, limits["taken_back"])
    yield make_open(desk, wording, found, elsewhere, limits["open"])
    yield _list("Not attributed by name", desk, wording, [s for s in rest if s not in named], limits["unnamed"])


def _is_new(desk: Desk, group: tuple[Matter, ...]) -> bool:
    """Whether somebody has said or answered something of the matter since the date that is asked for."""
    return any(desk.is_new(statement) for matter in group for statement in matter.members)


def _of_like_words(desk: Desk, group: tuple[Matter, ...]) -> Iterator[tuple[Matter, ...]]:
    """The group, those apart that are of another story or in other words than the first: links can be wrong."""
    bar = float(settings_file("briefing.toml")["matters"]["tied_words"])
    first, story = group[0].head, desk.story_of.get(group[0].head.report_id)
    here = [matter for matter in group[1:] if desk.story_of.get(matter.head.report_id) == story]
    near = [matter for matter in here if _is_one_claim(desk, first, matter.head) or _alike(first, matter.head, bar)]
    yield (group[0], *near)
    told = {matter.head.id for matter in near}
    yield from ((matter,) for matter in group[1:] if matter.head.id not in told)


def _is_one_claim(desk: Desk, one: Statement, other: Statement) -> bool:
    claim = desk.claims.get(one.id)
    return claim is not None and other.id in claim.statements


def _of_one_claim(desk: Desk, matters: Iterable[Matter]) -> Iterator[tuple[str, str]]:
    """Pairs of heads that belong to one claim, though no link between what is told connects them."""
    first: dict[str, str] = {}
    for matter in matters:
        if claim := desk.claims.get(matter.head.id):
            yield first.setdefault(claim.id, matter.head.id), matter.head.id


def _alike(one: Statement, other: Statement, bar: float) -> bool:
    """Whether the shorter has `bar` of its words in the other, and enough of them."""
    mine, theirs = content_words(one.content.quote), content_words(other.content.quote)
    shared = len(mine & theirs)
    return shared >= LEAST_SHARED and shared >= bar * min(len(mine), len(theirs))


def _without_tellers(group: tuple[Matter, ...]) -> tuple[Matter, ...]:
    """Without a statement on which nobody answers and whose content another of the group tells."""
    told = {statement.nested_in for matter in group for statement in matter.members}
    return tuple(matter for matter in group if matter.answers or matter.head.id not in told) or group


def _same_heads(desk: Desk, matters: Iterable[Matter]) -> Iterator[tuple[str, str]]:
    """Pairs of heads that are answered, of one source, the shorter nearly all in the words of the other."""
    bar = float(settings_file("briefing.toml")["matters"]["same_words"])
    by_speaker: dict[str, list[Statement]] = defaultdict(list)
    for head in (matter.head for matter in matters if matter.answers):
        earlier = by_speaker[desk.names.speaker(head)]
        for other in earlier[-NEAR:]:
            if _alike(other, head, bar):
                yield other.id, head.id
        earlier.append(head)


def _list(title: str, desk: Desk, wording: Wording, statements: list[Statement], most: int) -> Section:
    clauses = (label_of(desk, wording, statement, wording.lead(statement)) for statement in statements[:most])
    lines = tuple(line_of(desk, wording, clause) for clause in clauses)
    return Section(title, lines, left_out=len(statements) - len(lines), look="onrecord statements")


def _newest(desk: Desk, statements: list[Statement]) -> list[Statement]:
    """Confirmations and denials first; the newest report first, within a report as it stands in the text."""
    dates = {report.id: report.published or "" for report in desk.reports}
    newest = sorted(statements, key=lambda s: dates.get(s.report_id, ""), reverse=True)
    return sorted(newest, key=lambda s: s.commitment.stance not in SIDES)
