"""What befell those whom a number counts: "12 deaths", "killed 12", "12 people drowned"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from onrecord.link.entry import Entry, Told
from onrecord.link.gates.bounds import is_telling
from onrecord.link.gates.parts import SOME_OF, is_some_of
from onrecord.link.remembering import once
from onrecord.link.words import WORD, one_word
from onrecord.model import Figure
from onrecord.resources import lexicon, settings_file

ANY = "any"  # a fate that fits every harm
FOUND = "found"
HARMS = frozenset(("dead", "hurt", "ill", "missing"))
REACH = 70  # code points read beside a number
AUXILIARY = (
    r"(?:who|that|which|now|also|then|have|has|had|been|be|were|was|are|is|being|known|to|confirmed|officially|reportedly|still"
    r"|already|since|so|far|slightly|seriously|badly|severely|lightly|critically|either|there|remain|remained|left|lying)"
)
STOP = re.compile(r"[.;:!?\n(—–]|,\s(?!who\b|all\b|most\b|some\b|many\b|including\b)")
ASIDE = re.compile(r",\s(?:most|some|many|including|all)\b[^,.;:]{0,40},")
OBJECT = re.compile(r"\s+(?:(?:the|a|an|his|her|their|its|some|two|three)\b|\d|[A-Z][a-z]+\b(?!\s+said))")
FORM_ED = re.compile(r"(?:ed|en|it)$")
ASIDE_OF = r"(?:\s(?:in|at|on|from|of|aboard|inside|near)(?:\s[\w’'-]+){1,3}?)?"  # "in the valley", "aboard the ferry"
JOINED_BY = r"(?:\s(?:and|or)(?:\s[\w-]+){1,2}?)?"  # "and two cooks"
PREDICATED = re.compile(
    r"\s(?:are|were|is|was|have|has|had)\s(?!(?:been\s|now\s|so\sfar\s)*(?:reported|recorded|confirmed|counted|registered|found|recovered|made|expected)\b)"
)
WHOLE_OF = re.compile(r"\bof\s(?:(?:the|these|those|its|their|all)\s)?$", re.IGNORECASE)
PRESENT = re.compile(r"\s(?:were|are|had\sbeen|have\sbeen)\s(?:at|in|on|there|present|inside)\b")
GAP = r"(?:[\w’'-]+\s){0,2}"
MAIN_VERB = re.compile(r"\s(?:was|were|are|is|have|has|had|will)\s")
LIMITS = 40  # code points between a verb and the number that is its object


def fate_of(told: Told, figure: Figure) -> str | None:
    """What befell those whom a figure counts; of some of them, what befell those whom they are some of.

    None where the words do not tell.
    """
    key = ("fate", figure.span)
    if key not in told.entry.memory:
        is_part = is_some_of(told, figure) and not _is_own(told, figure)
        told.entry.memory[key] = _whole_fate(told, figure) if is_part else _fate(told, figure)
    found = told.entry.memory[key]
    return found if isinstance(found, str) else None


def fates_meet(one: str | None, other: str | None) -> bool:
    """Whether the two may be of the same people: alike, or "victims" of any harm; never where one is unknown."""
    if one is None or other is None:
        return False
    return one == other or (ANY in (one, other) and bool({one, other} & HARMS))


def fates_differ(one: str | None, other: str | None) -> bool:
    """Whether both are known and not one: the dead are not the injured."""
    return one is not None and other is not None and not fates_meet(one, other)


def _fate(told: Told, figure: Figure) -> str | None:
    text = told.entry.report.text
    before, after = _beside(told, figure)
    noun = figure.of_span
    named = noun is not None and noun.start >= figure.span.end - 1
    if noun is not None and noun.end <= figure.span.start:  # "the number of pupils sickened has risen to 40"
        after = text[noun.end : min(figure.span.start, noun.end + REACH)]
    elif noun is not None and named:
        after = after[max(0, noun.end - figure.span.end) :]
    called = fate_called(figure.of or "")
    own = None if WHOLE_OF.search(before) else _fate_after(after, joined=not called)  # "two of the three riders died"
    if own == FOUND and called:  # "12 bodies were found"
        return called
    return own or called or _fate_before(before)


def _whole_fate(told: Told, figure: Figure) -> str | None:
    """Of some of them: what befell all: "twelve of the dead", "nine of them" where 30 were hurt."""
    whole = told.entry.figures.get(figure.part_of or "")
    if whole is not None:
        holder = _holders(told.entry).get(whole.statement or "", told)
        return _fate(holder, whole) or (
            _fates_of_numbers(told.entry).get(_bounds(whole)) if is_telling(whole) else None
        )
    text = told.entry.report.text
    if SOME_OF.match(text, figure.span.end, figure.span.end + 40):
        noun = figure.of_span
        after = _beside(told, figure)[1][noun.end - figure.span.end :] if noun is not None else ""
        return fate_called(figure.of or "") or _fate_after(after, bare=True)
    return None


def _is_own(told: Told, figure: Figure) -> bool:
    """Whether what befell some of them is told of these alone: "eight of the riders were killed"."""
    noun = figure.of_span
    if figure.part_of is not None or noun is None or fate_called(figure.of or ""):
        return False
    after = _beside(told, figure)[1][noun.end - figure.span.end :]
    found = _after(bare=True).match(after)
    return found is not None and bool(found["aux"].strip() or found["form"].lower() in _intransitive())


@once
def _holders(entry: Entry) -> dict[str, Told]:
    return {told.statement.id: told for told in entry.told}


@once
def _fates_of_numbers(entry: Entry) -> dict[tuple[Decimal | None, Decimal | None], str]:
    """What befell so many, by the first count of them: a part is told to be out of "the 58" further down."""
    found: dict[tuple[Decimal | None, Decimal | None], str] = {}
    for figure in entry.report.figures:
        holder = _holders(entry).get(figure.statement or "")
        if holder is not None and figure.amount.unit is None and (fate := _fate(holder, figure)):
            found.setdefault(_bounds(figure), fate)
    return found


def _bounds(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    return figure.amount.low, figure.amount.high


def is_told_of_some(told: Told, figure: Figure) -> bool:
    """Whether something else is told of so many of them than what befell all: "three hostages are foreigners"."""
    if is_some_of(told, figure):
        return not _is_own(told, figure)
    noun = figure.of_span
    if noun is None or noun.start < figure.span.end:
        return False
    after = _beside(told, figure)[1][noun.end - figure.span.end :]
    if fate_called(figure.of or ""):
        is_there = fate_called(figure.of or "") == "there" and PRESENT.match(after) is not None
        return _fate_after(after) is None and PREDICATED.match(after) is not None and not is_there
    reduced = _after(bare=False).match(after)  # "nine people arrested at the gate are bakers"
    if reduced is None or reduced["aux"].strip() or reduced["form"].lower() not in _transitive():
        return False
    return _fate_after(after) == _told(reduced["form"]) and MAIN_VERB.search(after[reduced.end() :]) is not None


def is_of_others(told: Told, figure: Figure) -> bool:
    """Whether a noun is told to be of others, of an earlier time, or not sure: "prior arrests", "suspected cases"."""
    printed = figure.of_span.of(told.entry.report.text) if figure.of_span else ""
    words = f"{printed} {figure.of or ''}".lower().split()
    return any(word in words for word in settings_file("relations.toml")["counts"]["apart"])


def predicate_after(told: Told, figure: Figure) -> frozenset[str]:
    """The words that tell what some of them are: "were children"; stemmed."""
    after = _beside(told, figure)[1]
    end = figure.of_span.end - figure.span.end if figure.of_span and figure.of_span.start >= figure.span.end else 0
    return frozenset(one_word(w) for w in WORD.findall(after[max(0, end) :].lower()) if len(w) > 3)


def _beside(told: Told, figure: Figure) -> tuple[str, str]:
    """The words before and after a figure within its content and clause."""
    text, span = told.entry.report.text, figure.span
    whole = next((s for s in told.statement.content.spans if s.start <= span.start < s.end), None)
    first, last = (whole.start, whole.end) if whole else (span.start, span.end)
    before = text[max(first, span.start - LIMITS) : span.start]
    after = text[span.end : min(last, span.end + REACH)]
    after = ASIDE.sub("", after)
    cut = STOP.search(after)
    begin = max((m.end() for m in STOP.finditer(before)), default=0)
    return before[begin:], after[: cut.start()] if cut else after


def _fate_after(words: str, *, bare: bool = False, joined: bool = True) -> str | None:
    """The fate told by the verb after the noun: "have now been evacuated", "dead", "were told to leave".

    `bare`: right after it; `joined`: also of more than these, "60 pupils and two cooks", not "24 dead and 200 injured".
    """
    found = _after(bare=bare, joined=joined).match(words)
    if found is None:
        return None
    form = found["form"].lower()
    rest = words[found.end() :]
    is_bare = not found["aux"].strip() and form in _transitive()
    if is_bare and FORM_ED.search(form) and OBJECT.match(rest):  # "forty gunmen killed the mayor"
        return None
    main = MAIN_VERB.search(rest) if is_bare and not bare else None
    own = _after(bare=True).match(" " + rest[main.start() :].lstrip()) if main else None
    return _told(own["form"]) if own else _told(form)  # "nine workers abducted in May were freed"


def _told(form: str) -> str:
    """The fate of a form as it was matched, whatever stands for its "*"."""
    found = _forms("after").get(form.lower())
    return found or next(
        fate for known, fate in _forms("after").items() if "*" in known and _pattern(known).fullmatch(form)
    )


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(_spelled(form), re.IGNORECASE)


def _spelled(form: str) -> str:
    return re.escape(form).replace(r"\*\ ", GAP)


def fate_called(noun: str) -> str | None:
    """The fate told by the noun itself, or by what stands before it: "cholera deaths", "striking teachers"."""
    words = noun.lower().split()
    if not words:
        return None
    for size in (2, 1):
        if found := _forms("noun").get(" ".join(words[-size:])):
            return found
    return next((found for word in words[:-1] if (found := _forms("adjective").get(word))), None)


def _fate_before(words: str) -> str | None:
    """The fate told by the verb whose object the number is: "killing", "has sickened"."""
    found = _before().search(words)
    return _forms("before")[found["form"].lower()] if found else None


def is_fate(word: str) -> bool:
    """Whether a noun tells the fate by itself: "deaths", "evacuees"."""
    return word in _forms("noun")


def fates_in(words: str) -> frozenset[str]:
    """The fates whose verb forms occur in `words`, lower case: "was killed"."""
    return frozenset(_forms("after")[m.group()] for m in _anywhere().finditer(words.lower()))


@cache
def _anywhere() -> re.Pattern[str]:
    plain = (form for form in _forms("after") if "*" not in form)
    forms = "|".join(re.escape(form) for form in sorted(plain, key=lambda f: (-len(f), f)))
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")


@cache
def _forms(place: str) -> dict[str, str]:
    return {
        form.strip(): row["fate"]
        for row in lexicon("fates.tsv")
        if row["place"] == place
        for form in row["forms"].split(",")
    }


@cache
def _intransitive() -> frozenset[str]:
    return frozenset(_forms("after")) - _transitive()


@cache
def _transitive() -> frozenset[str]:
    return frozenset(_forms("before"))


@cache
def _after(*, bare: bool, joined: bool = True) -> re.Pattern[str]:
    forms = "|".join(_spelled(form) for form in sorted(_forms("after"), key=lambda f: (-len(f), f)))
    lead = "" if bare else JOINED_BY + ASIDE_OF if joined else ASIDE_OF
    return re.compile(rf"^{lead}(?P<aux>(?:\s{AUXILIARY})*)\s(?P<form>{forms})(?![\w-])", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(_forms("before"), key=lambda f: (-len(f), f)))
    return re.compile(rf"(?<![\w-])(?P<form>{forms})\s(?:(?:the|another|a|an|all|as|many|some)\s)*$", re.IGNORECASE)
