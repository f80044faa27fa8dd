"""The role that stands after a name: "Marta Silva, senior fellow at the Institute for River Studies,"."""

from __future__ import annotations

from onrecord.annotate.naming.describing import Clause, is_portfolio, tie_after
from onrecord.annotate.naming.gazetteer import heads
from onrecord.annotate.naming.names import settings, word_list
from onrecord.model import Role

LONGEST = 16  # words of an apposition that are read
ENDS = frozenset(',.;:()—–”"')
ARTICLES = frozenset(("a", "an", "the", "one"))


def apposition_after(clause: Clause, end: int) -> Role | None:
    """The role that an apposition after a name gives; the name ends before word `end`."""
    first = apposition_start(clause, end)
    if first is None:
        return None
    if clause.words[first].lower == "who":
        return role_in_clause(clause, first + 1)
    when = past(clause.words[first - 1].lower)
    start = first + 1 if first < clause.end and clause.words[first].lower in ARTICLES else first
    owner = clause.starting.get(start)
    owner = owner if owner is not None and clause.words[owner.end - 1].possessive else None
    found = last_noun(clause, owner.end if owner else start, has_article=start > first or owner is not None)
    if found is None:
        return None
    after, tied = tie_after(clause, found)
    if start > first and is_said_by(clause, max(found, after)):
        return None  # "off the isle of Perra, the harbour master said"
    if after > found and is_portfolio(clause, found, after):
        found = after
    if tied is None:
        inner = next((clause.starting[m] for m in range(start, found) if m in clause.starting), None)
        tied = clause.written(inner.start, inner.end) if inner is not None and inner.kind != "title" else None
    if owner is not None:
        start, tied = owner.end, tied or clause.written(owner.start, owner.end)
    return Role(when + clause.written(start, found), tied)


def is_said_by(clause: Clause, end: int) -> bool:
    """Whether a verb of speech follows at once: the comma ends what is said, and no apposition begins there."""
    return end < clause.end and clause.words[end].lower in word_list("speaks")


def past(word: str) -> str:
    """What goes before a title that a word says is held no more: "then "; nothing for any other word."""
    found = settings("past_roles").get(word)
    return f"{found} " if found else ""


def role_in_clause(clause: Clause, i: int) -> Role | None:
    """The role that "who was mayor of Norhelm", "who led the agency until 2019" gives; what was is called former."""
    words, end = clause.words, min(clause.end, i + LONGEST)
    while i < end and words[i].lower in word_list("auxiliaries"):
        i += 1
    if i >= end:
        return None
    verb = words[i].lower
    title = settings("role_verbs").get(verb)
    if title is None:
        is_role = verb in word_list("being") and i + 1 < end
        return role_said(clause, i + 1, end, "former " if verb in word_list("was_being") else "") if is_role else None
    k = i + 1
    k += k < end and words[k].lower in ARTICLES
    unit = clause.starting.get(k)
    if unit is None or unit.kind == "title":
        return None
    ended = any(words[m].lower in word_list("ends_roles") for m in range(unit.end, end))
    if not ended and not verb.endswith("s"):
        return None  # "who led the agency": may be when this was said
    return Role(f"former {title}" if ended else title, clause.written(unit.start, unit.end))


def role_said(clause: Clause, i: int, end: int, when: str) -> Role | None:
    """The role right after "who was" or "who served as"."""
    if i < end and clause.words[i].lower == "as":
        i += 1
    start = i + 1 if i < end and clause.words[i].lower in ARTICLES else i
    found = last_noun(clause, start, has_article=True)
    if found is None:
        return None
    after, tied = tie_after(clause, found)
    title = clause.written(start, after if after > found and is_portfolio(clause, found, after) else found)
    return Role(title if title.lower().startswith("former") else when + title, tied)


def apposition_start(clause: Clause, end: int) -> int | None:
    """The first word after the comma, an age and "now" passed over; None where no comma follows the name."""
    words, i = clause.words, end
    if i + 1 >= clause.end or words[i].text != "," or words[end - 1].possessive:
        return None
    i += 1
    if words[i].text.isdigit() and i + 1 < clause.end and words[i + 1].text == ",":
        i += 2
    while i + 1 < clause.end and (words[i].lower in word_list("now") or past(words[i].lower)):
        i += 1
    return i


def last_noun(clause: Clause, start: int, *, has_article: bool) -> int | None:
    """One past the last noun for a person before the apposition's first preposition or mark."""
    found, k, table = None, start, heads()
    while k < min(clause.end, start + LONGEST):
        word, unit = clause.words[k], clause.starting.get(k)
        if word.text in ENDS or word.lower in word_list("relative"):
            break
        if unit is not None:
            if unit.kind == "person" or (k == start and not has_article and unit.kind is None):
                break
            found = unit.end if unit.kind == "title" else found
            k = unit.end
            continue
        if word.lower in word_list("head_prepositions"):
            break
        noun = table.get(word.lower)
        if noun is not None and not noun.plural and noun.kind == "person":
            found = k + 1
        elif word.lower in word_list("stoppers") and not (word.lower == "and" and found is not None):
            break
        k += 1
    return found
