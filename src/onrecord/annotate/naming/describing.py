"""Noun phrases that describe who speaks: titles before names, appositions after them, sources without a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.annotate.naming.gazetteer import Head, heads, modifiers, portfolios
from onrecord.annotate.naming.names import Unit, head_of, word_list
from onrecord.annotate.naming.nametokens import Word
from onrecord.model import Role

FARTHEST = 6  # words between an article and its noun
PLACE_NAMES = ("demonym", "country", "capital", "metonym", "place", "people")


@dataclass(frozen=True, slots=True)
class Description:
    """A described person, group or organization, by the positions of its words."""

    start: int  # word, included: its article or number, where there is one
    bare: int  # word, included: the first one after article
    head: int  # word: one past the noun
    end: int  # word, excluded: with "of State", "for the Pentagon"
    noun: Head
    role: Role
    title: str = ""  # class of the title, where its noun is one
    indefinite: bool = False
    gender: str | None = None


class Clause:
    """The words and units of one sentence, as the functions here look at them."""

    __slots__ = ("end", "ending", "first", "starting", "text", "words")

    def __init__(self, text: str, words: Sequence[Word], first: int, end: int, units: Sequence[Unit]) -> None:
        self.text, self.words, self.first, self.end = text, words, first, end
        self.starting: Mapping[int, Unit] = {unit.start: unit for unit in units}
        self.ending: Mapping[int, Unit] = {unit.end: unit for unit in units}

    def written(self, start: int, end: int) -> str:
        """The text of the words `start` to `end`, without a final possessive."""
        return self.text[self.words[start].start : self.words[end - 1].end] if start < end else ""


def find_descriptions(clause: Clause, taken: Sequence[Unit]) -> list[Description]:
    """Described people, groups and organizations, left to right. `taken` are the names: no noun inside one counts."""
    inside = {k for unit in taken if unit.kind != "title" for k in range(unit.start, unit.end)}
    found: list[Description] = []
    i = clause.first
    while i < clause.end:
        unit = clause.starting.get(i)
        if unit is not None and unit.kind == "title" and i not in inside:
            found.append(describe(clause, unit.start, unit.end, unit))
            i = max(unit.end, found[-1].head)
            continue
        word = clause.words[i]
        noun = head_of(word) if i not in inside else None
        if noun is not None and not is_verb_here(clause, i, noun):
            last = i + 1
            found.append(describe(clause, i, last, None))
        i += 1
    return widest(found)


def widest(found: Sequence[Description]) -> list[Description]:
    """Without nouns that only modify the next one: "government officials" describes officials."""
    kept: list[Description] = []
    for one in found:
        while kept and kept[-1].head > one.bare and one.head > kept[-1].head:
            kept.pop()
        kept.append(one)
    return kept


def is_verb_here(clause: Clause, i: int, noun: Head) -> bool:
    """Whether the word is no noun where it stands: "to report", "will head"."""
    before = clause.words[i - 1].lower if i > clause.first else ""
    if before in word_list("before_verbs"):
        return True
    after = clause.words[i + 1].lower if i + 1 < clause.end else ""
    if (
        noun.kind == "document"
        and not noun.plural
        and after in ("that", "the", "a", "an")
        and before not in word_list("determiners")
    ):
        return True
    return (
        clause.words[i].lower in word_list("verbs_too")
        and (i == clause.first or before not in word_list("determiners") | modifiers())
        and after not in word_list("acts")
    )


def describe(clause: Clause, start: int, head: int, unit: Unit | None) -> Description:
    """The phrase around a title or a noun: its modifiers to the left, "of State" or "for the Pentagon" to the right."""
    bare, affiliation, determiner, leading = modifiers_before(clause, start)
    begin = bare - 1 if determiner else bare
    end, tied = tie_after(clause, head)
    if tied and (affiliation is None or clause.words[head].lower in ("of", "for")):
        affiliation = tied
    known = unit.known if unit is not None else None
    noun = head_of(clause.words[head - 1]) or Head("person", gender=unit.gender if unit else None)
    if known is not None and known.title == "several":
        noun = Head("person", plural=True)
    elif unit is not None and noun.kind != "person":
        noun = Head("person", gender=unit.gender)
    title_end = end if end > head and is_portfolio(clause, head, end) else head
    title = clause.written(leading, title_end)
    honorific = known is not None and known.title == "honorific"
    role = Role("" if honorific else title, affiliation)
    return Description(
        begin,
        bare,
        head,
        end,
        noun,
        role,
        known.title if known is not None else "",
        determiner in word_list("indefinite_determiners") if determiner else noun.plural,
        (unit.gender if unit else None) or noun.gender,
    )


@dataclass(slots=True)
class Reach:
    """How far a description goes to the left, while its words are read from right to left."""

    i: int  # word: the first one read so far
    leading: int  # word: the first one of the title proper
    affiliation: str | None = None


def modifiers_before(clause: Clause, start: int) -> tuple[int, str | None, str, int]:
    """First word of the phrase, whom it belongs to, its article (or nothing), first word of the title proper."""
    reach = Reach(start, start)
    while reach.i > clause.first and start - reach.i < 10:
        before = clause.words[reach.i - 1]
        if not clause.words[reach.i].joined and not before.possessive:
            break
        if take_name(clause, reach) or take_modifier(clause, reach, start):
            continue
        if before.lower in word_list("determiners"):
            return reach.i, reach.affiliation, before.lower, reach.leading
        if before.lower == "and" and reach.i < start and joins_modifiers(clause, reach.i):
            reach.i -= 1
            continue
        break
    begin = article_before(clause, reach.i)
    if begin is None:
        return reach.i, reach.affiliation, "", reach.leading
    leading = reach.leading if clause.starting.get(begin) else begin
    return begin, reach.affiliation, clause.words[begin - 1].lower, leading


def take_name(clause: Clause, reach: Reach) -> bool:
    """Takes in a name before what is read so far: "South Korea's", "Pentagon", "Trump" before a word written small."""
    unit, before = clause.ending.get(reach.i), clause.words[reach.i - 1]
    if unit is None or unit.kind == "title":
        return False
    if unit.kind == "person" and not before.possessive and not is_lower(clause.words[reach.i]):
        return False
    if unit.kind is None and not unit.sure and not before.possessive:
        return False
    reach.affiliation = reach.affiliation or clause.written(unit.start, unit.end)
    if before.possessive:
        reach.leading = unit.end
    elif unit.kind not in PLACE_NAMES or unit.kind == "metonym":
        reach.leading = unit.start
    reach.i = unit.start
    return True


def take_modifier(clause: Clause, reach: Reach, start: int) -> bool:
    """Takes in a title or a modifier before what is read so far: "deputy", "foreign"."""
    unit, word, mods = clause.ending.get(reach.i), clause.words[reach.i - 1].lower, modifiers()
    if unit is not None and unit.kind == "title":
        reach.leading = reach.i = unit.start
        return True
    if is_field_of_its_own(clause, reach.i, start) or (
        unit is None and (word in mods or word.removeprefix("ex-") in mods)
    ):
        reach.i -= 1
        reach.leading = reach.i
        return True
    return False


def joins_modifiers(clause: Clause, i: int) -> bool:
    """Whether the "and" before word `i` joins what modifies one noun: "U.S. and Japanese officials"."""
    other = clause.ending.get(i - 1)
    if other is not None and other.kind in ("demonym", "country") and clause.starting.get(i) is not None:
        return True
    return i - 2 >= clause.first and clause.words[i - 2].lower in modifiers()


def is_field_of_its_own(clause: Clause, i: int, start: int) -> bool:
    """Whether a capitalised word that names nothing else belongs to a capitalised title: "Harbor Secretary"."""
    before = clause.words[i - 1]
    if not before.capital or before.possessive or not clause.words[start].capital or start - i > 3:
        return False
    known = clause.starting.get(start)
    if known is None or known.known is None or known.known.title != "office" or known.kind != "title":
        return False
    unit = clause.ending.get(i)
    if unit is not None and (unit.kind is not None or unit.end - unit.start > 1):
        return False
    return before.lower not in word_list("openers") and before.lower not in word_list("calendar")


def is_lower(word: Word) -> bool:
    """Whether a word is written small: "Trump lawyer Marc Kasowitz"."""
    return word.text[0].islower()


def article_before(clause: Clause, i: int) -> int | None:
    """The first word after an article a few words back, where nothing but adjectives and nouns stands between."""
    stops = word_list("stoppers") | word_list("acts") | word_list("head_prepositions")
    for k in range(i - 1, max(clause.first - 1, i - 1 - FARTHEST), -1):
        word = clause.words[k]
        if word.lower in word_list("determiners"):
            return k + 1 if k + 1 < i + 1 else None
        if (
            not word.text[0].isalnum()
            or (word.possessive and k < i - 1)
            or word.lower in stops
            or not clause.words[k + 1].joined
            or (k < i - 1 and head_of(word) is not None)  # "The company employs 400 people"
        ):
            return None
    return None


def tie_after(clause: Clause, head: int) -> tuple[int, str | None]:
    """Where "of the treasury" or "for the Pentagon" ends after a noun, and whom it names; else the noun's end."""
    words = clause.words
    if head >= clause.end or words[head].lower not in word_list("ties") or words[head - 1].possessive:
        return head, None
    i = head + 1
    if i < clause.end and words[i].lower in ("the", "a", "an"):
        i += 1
    unit = clause.starting.get(i)
    if unit is not None and unit.kind not in ("title", "demonym"):
        if words[head].lower in ("to", "from", "in", "with") and unit.kind == "person":
            return head, None
        after = unit.end
        if after < clause.end and words[after].joined and not words[after - 1].possessive:
            noun = heads().get(words[after].lower)
            if noun is not None and noun.kind == "organization":
                after += 1  # "at the Clinton campaign"
        return after, clause.written(unit.start, after)
    if words[head].lower in ("of", "for") and i < clause.end and words[i].lower in portfolios():
        k = i
        while k < clause.end and (words[k].lower in portfolios() or words[k].lower == "and") and k - i < 5:
            k += 1
        if words[k - 1].lower == "and":
            k -= 1
        return k, None
    return head, None


def is_portfolio(clause: Clause, head: int, end: int) -> bool:
    """Whether what follows "of" is a field (Secretary of State) and no name of a country or body."""
    i = head + 1
    if i < end and clause.words[i].lower in ("the", "a", "an"):
        i += 1
    return clause.starting.get(i) is None and clause.words[head].lower in ("of", "for")
