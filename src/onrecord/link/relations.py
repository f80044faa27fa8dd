"""All the links of a report, and all the links between two: each a pure function of what it compares.

So the order in which reports arrive cannot matter.
"""

from __future__ import annotations

from itertools import chain

from onrecord.link.cards import card_of, may_be_linked
from onrecord.link.credits import is_reprint, report_credits
from onrecord.link.entry import Entry, numbers_in
from onrecord.link.gates.matter import tell_of_one
from onrecord.link.kinds.agreement import find_agreement, find_credited
from onrecord.link.kinds.answers import find_answers, find_answers_across
from onrecord.link.kinds.bare_answers import find_bare_answers, find_put_instead, find_unsaid
from onrecord.link.kinds.changes import find_changes, find_outcomes
from onrecord.link.kinds.confirmed import find_confirmed
from onrecord.link.kinds.followed import find_followed, find_told_denials
from onrecord.link.kinds.measured import find_measured
from onrecord.link.kinds.nobody import find_nobody
from onrecord.link.kinds.noun_answers import find_noun_answers
from onrecord.link.kinds.opposing import find_opposed
from onrecord.link.kinds.out_of import find_parts
from onrecord.link.kinds.pointing import find_references
from onrecord.link.kinds.quantities import find_quantity_links, gives_other_numbers
from onrecord.link.kinds.repeats import find_copied, find_repeats
from onrecord.link.kinds.restated import find_restated
from onrecord.link.kinds.retold import find_retold
from onrecord.link.kinds.tolls import find_tolls
from onrecord.model import Copy, Link

STRONGER = ("denies", "confirms", "contradicts", "part_of", "updates", "corroborates", "repeats")
MOVING = ("contradicts", "updates")  # kinds that go by which of two came later


def links_within(entry: Entry) -> tuple[Link, ...]:
    """The links between statements of one report, by id."""
    answers = (*find_references(entry.told), *find_answers(entry), *find_noun_answers(entry))
    found = chain(
        answers,
        find_followed(entry, answers),
        find_told_denials(entry),
        find_put_instead(entry, answers),
        find_quantity_links(entry, entry),
        find_tolls(entry, entry),
        find_nobody(entry, entry),
        find_confirmed(entry, entry),
        find_parts(entry, entry),
        find_repeats(entry, entry),
        find_agreement(entry, entry),
        find_opposed(entry, entry),
    )
    return _settled(found)


def links_between(a: Entry, b: Entry, copy: Copy | None = None) -> tuple[Link, ...]:
    """The links between statements of two reports that share `copy`, by id; the same whichever is given first."""
    if copy is None and not may_be_linked(card_of(a), card_of(b)):
        return ()
    first, second = sorted((a, b), key=lambda e: e.report.id)
    copied = (
        link for link in (find_copied(first, second, copy) if copy else ()) if not _is_moved_on(first, second, link)
    )
    taken = (*copied, *find_credited(first, second))
    ends = {(link.source, link.target) for link in taken}
    answers = (*find_answers_across(first, second), *find_bare_answers(first, second))
    found = chain(
        answers,
        find_followed(first, answers, second),
        find_followed(second, answers, first),
        find_unsaid(first, second),
        find_quantity_links(first, second),
        find_tolls(first, second, copy),
        find_nobody(first, second),
        find_confirmed(first, second),
        find_restated(first, second),
        find_measured(first, second),
        find_parts(first, second),
        find_repeats(first, second),
        find_changes(first, second),
        find_outcomes(first, second),
        find_agreement(first, second, copy),
        find_opposed(first, second, copy),
        find_retold(first, second),
    )
    new = (link for link in found if (link.source, link.target) not in ends)
    new = (link for link in new if link.kind == "repeats" or tell_of_one(first, second))
    stale = (link for link in new if link.kind not in MOVING) if _is_old_news(first, second) else new
    return _settled(chain(taken, stale))


def _is_moved_on(a: Entry, b: Entry, link: Link) -> bool:
    """Whether a passage taken over says on another day another number than before: a sentence of every quarter's."""
    told = {t.statement.id: t for e in (a, b) for t in e.told}
    late, early = told[link.source], told[link.target]
    if not early.order[0] < late.order[0]:
        return False
    before, after = ({end for ends in numbers_in(t) for end in ends if end is not None} for t in (early, late))
    return gives_other_numbers(early, late, apart=True) or bool(before and after and not before & after)


def _is_old_news(a: Entry, b: Entry) -> bool:
    """Whether one report is printed again, or as a whole credited to the other's outlet: its day tells nothing."""
    if is_reprint(a) or is_reprint(b):
        return True
    return report_credits(a, b.report.outlet) or report_credits(b, a.report.outlet)


def _settled(links: chain[Link]) -> tuple[Link, ...]:
    """One link a pair: where two rules hold, the stronger kind is drawn with the reasons of its own kind."""
    best: dict[frozenset[str], Link] = {}
    for link in sorted(links, key=lambda x: (STRONGER.index(x.kind), -x.confidence, x.id)):
        best.setdefault(frozenset((link.source, link.target)), link)
    return tuple(sorted(best.values(), key=lambda x: x.id))
