"""Where it stands: each matter by its claim, who says so, who answers, and who of them counts as independent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from onrecord.export.claims import backing_of, is_first
from onrecord.export.clauses import Clause, Line, Section
from onrecord.export.desk import Desk
from onrecord.export.matters import Matter
from onrecord.export.telling import points_back, stands_alone
from onrecord.export.wording import Wording
from onrecord.link.claims import JOINING, clearest_of
from onrecord.model import Claim, Link, Statement

AGAIN = 3  # other reports named in one line
UNLABELLED = "single-source"  # the status that goes without saying where one source speaks


def make_standing(desk: Desk, wording: Wording, groups: list[tuple[Matter, ...]], limits: dict[str, int]) -> Section:
    """A group of matters after the other, each with the claim that most hangs on first."""
    lines: list[Line] = []
    shown = [group for group in groups if stands_alone(group[0].head)][: limits["matters"]]
    for group in shown:
        matter = list(_lines_of(desk, wording, group))
        lines += matter[: limits["answers"]]
        if len(matter) > limits["answers"]:
            lines[-1] = replace(lines[-1], left_out=lines[-1].left_out + len(matter) - limits["answers"])
    return Section("Where it stands", tuple(lines), left_out=len(groups) - len(shown), look="onrecord claims")


def line_of(desk: Desk, wording: Wording, clause: Clause, *, depth: int = 0) -> Line:
    """A clause, and in which other reports the same is said."""
    again = list(desk.again(clause.statement))
    clauses = [wording.again(other, clause.statement, is_copy=is_copy) for other, is_copy in again[:AGAIN]]
    return Line((clause, *clauses), depth, left_out=len(again) - len(clauses))


def label_of(desk: Desk, wording: Wording, statement: Statement, clause: Clause) -> Clause:
    """The clause under what has become of it: taken back, else denied, disputed, superseded."""
    if taken := desk.corrections.get(statement.id):
        return wording.labelled(wording.taken_back[taken.flag], clause)
    claim = desk.claims.get(statement.id)
    if claim is None or claim.status == UNLABELLED:
        return clause
    return wording.labelled(wording.status[claim.status], clause, claim=claim)


def _lines_of(desk: Desk, wording: Wording, group: tuple[Matter, ...]) -> Iterator[Line]:
    """The claim with all who say so and who answers them, then what else belongs to the same matter."""
    claim = desk.claims.get(group[0].head.id)
    same = [matter for matter in group if claim and matter.head.id in claim.statements]
    said = [s for matter in same for s in matter.members if claim and s.id in claim.statements]
    if claim is None or len({desk.names.speaker(one) for one in said}) == 1:
        yield from _single(desk, wording, group)
        return
    words = [one for one in said if not points_back(one)] or said
    clearest = next((one for one in words if one.content.quote == claim.text), None)
    if clearest is None:
        linked = Counter(end for *ends, kind in desk.view.ends(claim.statements) if kind in JOINING for end in ends)
        told = sorted((desk.shelf.told(one.id) for one in words), key=lambda one: one.order)
        clearest = clearest_of(told, linked).statement
    yield Line((wording.stands(claim, clearest),))
    rows = [row for matter in same for row in _members(desk, wording, matter, claim, clearest)]
    for answers in (False, True):
        yield from (line for is_answer, line in rows if is_answer is answers)
    yield from _counted(desk, wording, claim, said)
    for matter in group:
        if matter not in same:
            yield from _aside(desk, wording, matter)


def _members(
    desk: Desk, wording: Wording, matter: Matter, claim: Claim, clearest: Statement
) -> Iterator[tuple[bool, Line]]:
    """(whether it stands after them, line) of who says so, and who answers it; an answer to one of them below him."""
    told = [(matter.head, None, 0), *((answer.statement, answer.link, answer.depth) for answer in matter.answers)]
    shown: dict[int, int] = {}  # depth of the answer -> depth of its line
    after = False
    for statement, link, depth in told:
        inside = statement.id in claim.statements
        shown[depth] = 0 if depth == 0 else 1 if inside else shown[depth - 1] + 1
        if inside:
            first = link is None and is_first(desk.view, claim, desk.shelf.told(statement.id), desk.shelf.told)
            clause = wording.sides(
                statement, claim, _joining(link), is_first=first, is_told=statement.id == clearest.id
            )
            after = False
            yield after, line_of(desk, wording, clause, depth=1)
        elif link:
            after = after or shown[depth] == 1
            yield after, line_of(desk, wording, wording.answer(statement, link), depth=shown[depth])


def _joining(link: Link | None) -> Link | None:
    return link if link and link.kind in JOINING else None


def _counted(desk: Desk, wording: Wording, claim: Claim, said: list[Statement]) -> Iterator[Line]:
    """Which of the sources are independent of each other, and why the others are not counted."""
    backing = backing_of(desk.view, claim, desk.shelf.told)
    by_name = {desk.names.speaker(one): one for one in reversed(said)}
    counting = [by_name.get(desk.names.speaker(one.statement)) for one in backing.independent] if backing else []
    if backing is None or None in counting:
        return  # who counts is not told here
    several = [one for one in counting if one] if len(counting) > 1 else []
    clauses = [wording.counts(one, claim, first=at == 0) for at, one in enumerate(several)]
    others = {desk.names.speaker(one.statement): rule for one, rule in backing.others}
    told = [(by_name[name], rule) for name, rule in others.items() if name in by_name]
    beside = [wording.counts_not(one, claim, rule, first=at == 0) for at, (one, rule) in enumerate(told)]
    yield from (Line(tuple(some), depth=1, join=", ") for some in (clauses, beside) if some)


def _single(desk: Desk, wording: Wording, group: tuple[Matter, ...]) -> Iterator[Line]:
    first = group[0]
    yield line_of(desk, wording, label_of(desk, wording, first.head, wording.lead(first.head)))
    for answer in first.answers:
        yield line_of(desk, wording, wording.answer(answer.statement, answer.link), depth=answer.depth)
    for matter in group[1:]:
        yield from _aside(desk, wording, matter)


def _aside(desk: Desk, wording: Wording, matter: Matter) -> Iterator[Line]:
    """What else was said on the matter, with its answers."""
    yield line_of(desk, wording, wording.lead(matter.head, aside=True), depth=1)
    for answer in matter.answers:
        yield line_of(desk, wording, wording.answer(answer.statement, answer.link), depth=answer.depth + 1)
