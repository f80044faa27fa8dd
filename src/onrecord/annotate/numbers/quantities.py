"""Single quantities in the text: a number with its sign, magnitude, currency or unit, and rate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from onrecord.annotate.numbers.numerals import number_words, read_numeral, read_words
from onrecord.resources import lexicon

VULGAR = {
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "⅓": "0.3333",
    "⅔": "0.6667",
    "⅛": "0.125",
    "⅜": "0.375",
    "⅝": "0.625",
    "⅞": "0.875",
}
MAGNITUDE = re.compile(
    r"[\s-]?(hundred|thousand|million|billion|trillion|quadrillion|lakh|crore|dozen|mln|bln|mn|bn|tn|trn)\b(?!s\b)",
    re.IGNORECASE,
)
SHORT = re.compile(r"\s?(m|b|k|M|B|K|T|mn|bn|tn|mln|bln|trn)(?![^\W_])")
SHORT_VALUES = {"m": 6, "b": 9, "k": 3, "t": 12, "mn": 6, "bn": 9, "tn": 12, "mln": 6, "bln": 9, "trn": 12}
PLURALS = {
    "dozens": 12,
    "scores": 20,
    "tens": 10,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
}
SIGN = re.compile(r"(?:(?<![\w.,)])[-−–]|\bminus[\s-])$")
PER = re.compile(r"\s?(?:/|\bper\s|-per-|\ban?\s|-an?-|\beach\s|\bevery\s)", re.IGNORECASE)
SUFFIX = re.compile(r"\s(?:U\.S\.|US|Can\.|CAN|AUS?)(?![\w-])(?!\s[A-Z])")  # "$75 U.S."
POWER = re.compile(r"\s?(?:×\s?10\^?|[xX*]\s?10\^)(?P<sign>[-−–]?)(?P<digits>\d{1,2}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![\w.,])")
RAISED_DIGITS = tuple("⁰¹²³⁴⁵⁶⁷⁸⁹")
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−–", "-0123456789--")
FRACTION_OF = re.compile(r"(?:\sof)?\san?\s(?:(?:U\.?S\.?|British|metric)\s)?")
WON = re.compile(
    r"\s(?:the|by|their|his|her|its|from|seats?|re-?election|gold|silver|more|an?\s(?!day|week|month|year|head|share))\b"
)
CENTS = re.compile(r"\s(?:and\s)?(?P<parts>[\w-]{1,14}(?:\s[\w-]{1,6})?)\s(?:cents?|pence)\b")
NOT_A_RATE = re.compile(r"\w+\s(?:earlier|ago|later|before|after|from\snow|old)\b", re.IGNORECASE)
WHOLES = frozenset("USD EUR GBP AUD CAD NZD HKD SGD".split())  # of a hundred cents or pence
RATE_NOUNS = frozenset(
    "second minute hour day night week month quarter year decade century share barrel gallon ounce pound ton tonne "
    "litre liter kilogram kg kilo gram mile kilometre kilometer km metre meter foot yard acre hectare person head "
    "household unit ticket bottle pack gallon night game season match capita employee student child family vehicle "
    "piece bushel dozen".split()
)
RATES = {"annum": "year", "diem": "day", "cent": "%"}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what is written round it, not yet hedged or joined to a range."""

    start: int  # code points, with sign and currency
    end: int  # code points, with magnitude, unit and currency, without a rate
    value: Decimal
    unit: str | None = None
    per: str | None = None
    far: int = 0  # end with the rate
    open: bool = False  # "dozens", "millions", "several hundred": no upper end
    scaled: bool = False  # a magnitude word is there
    worded: bool = False  # written in words
    money: bool = False
    hyphen: bool = False  # joined to its unit or noun by a hyphen: "10-inch"


def alternation(forms: list[str]) -> str:
    """The forms as a regular expression, the longest first, blanks and hyphens as they may be printed."""
    return "|".join(re.escape(form).replace(r"\ ", r"\s") for form in sorted(forms, key=lambda f: (-len(f), f)))


@cache
def currencies(place: str) -> Mapping[str, str]:
    """Form -> code of what stands before or after an amount; words in lower case."""
    rows = [row for row in lexicon("currencies.tsv") if row["place"] == place]
    return {row["form"] if place == "before" else row["form"].lower(): row["code"] for row in rows}


@cache
def cores() -> re.Pattern[str]:
    """What may begin a quantity: a numeral, a run of number words, or a round plural."""
    ones = alternation(list(number_words("digit", "ten", "scale", "dozen")))
    money = alternation(list(currencies("before")))
    scales = alternation(list(number_words("scale", "dozen")))
    digits = alternation(list(number_words("digit", "ten")))
    return re.compile(
        rf"(?<![\w.,])(?P<ratio>(?:(?:one|1)\sin|(?:{digits}|\d{{1,2}})\sout\sof)\s(?:every\s)?(?:{digits}|\d{{1,3}})\b"
        r"(?!\s(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b|[\d.,:%-]*[\d%]))"
        rf"|(?:(?P<money>(?<![^\W_])(?:{money}))\s?|(?<![^\W\d_])(?<![\d.,٫٬]))(?P<minus>(?<![\w)\]])-)?"
        r"(?P<num>(?:\d{1,3}(?:[\u00a0\u2009\u202f\x20'’]\d{3})+(?![\w,.'’-]*\d|-)|\d[\d,.٫٬]*\d|\d|\.\d+|[½¼¾⅓⅔⅛⅜⅝⅞](?!\d)))(?P<vulgar>\s\d[/⁄]\d{1,2}\b|\s?[½¼¾⅓⅔⅛⅜⅝⅞]|[/⁄]\d{1,4}\b)?"
        rf"|(?<![\w])(?P<frac>(?:half|(?:an?|one|two|three|four|five|six|seven|eight|nine)[\s-](?:half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?))(?=\sof\s|\sthe\s|-of-|\san?\s(?:mile|kilomet|met[er]{{2}}|inch|acre|hectare|pound|ton|gallon|lit[er]{{2}}|per\s?cent|point))"
        rf"|(?:two|three|four|five|seven|nine)[\s-](?:thirds|quarters|fourths|fifths|sixths|sevenths|eighths|tenths)\b)"
        rf"|(?<![\w])(?P<plural>(?:(?:tens|hundreds|dozens|scores|thousands)\sof\s)?(?:{alternation(list(PLURALS))})\b)"
        rf"|(?<![\w])(?P<words>(?P<vague>(?:several|an?\sfew|few|many|a\scouple(?:\sof)?)\s(?=(?:{scales})\b))?(?:an?\s(?=(?:{scales})\b)|(?:half|(?:a\s)?quarter|three[\s-]quarters)(?:\sof)?\s(?:an?\s)?(?=(?:{scales})\b)|a\shalf[\s-](?=(?:{scales})\b))?(?:{ones})(?![^\W_])(?:(?:[\s-]|\sand\s|\s-\s)(?:{ones})(?![^\W_]))*)",
        re.IGNORECASE,
    )


@cache
def units() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Form -> unit, and the pattern of all that may follow a number as its unit."""
    rows = lexicon("units.tsv")
    words = {row["form"]: row["unit"] for row in rows if not row["only"]}
    symbols = {row["form"]: row["unit"] for row in rows if row["only"] == "symbol"}
    attached = {row["form"]: row["unit"] for row in rows if row["only"] == "attached"}
    money = dict(currencies("after"))
    pattern = re.compile(
        rf"(?P<money>[\s-]?(?i:{alternation(list(money))})(?![^\W_]))"
        rf"|(?P<word>(?:[\s-]|)(?i:{alternation(list(words))})(?![^\W_]))"
        rf"|(?P<symbol>\s?(?:{alternation(list(symbols))})(?![^\W_]))"
        rf"|(?P<attached>(?:{alternation(list(attached))})(?![^\W_]))"
    )
    return {
        **{f"money:{k}": v for k, v in money.items()},
        **{f"word:{k}": v for k, v in words.items()},
        **{f"symbol:{k}": v for k, v in symbols.items()},
        **{f"attached:{k}": v for k, v in attached.items()},
    }, pattern


def read_core(match: re.Match[str]) -> tuple[Decimal, bool, bool] | None:
    """Value, whether open upwards, whether in words; None where the number is unclear."""
    if match["ratio"]:
        return read_ratio(match["ratio"].lower())
    if match["num"]:
        if match["num"] in VULGAR:
            return Decimal(VULGAR[match["num"]]), False, False
        value = read_numeral(match["num"])
        extra = match["vulgar"]
        if value is None:
            return None
        if extra:
            value = add_fraction(value, extra)
        return None if value is None else (value, False, False)
    if match["frac"]:
        value = read_fraction(match["frac"].lower())
        return None if value is None else (value, False, True)
    if match["plural"]:
        words = match["plural"].lower().split(" of ")
        value = Decimal(1)
        for word in words:
            value *= PLURALS[word.strip()]
        return value, True, True
    words_ = re.split(r"[\s-]+", match["words"][len(match["vague"] or "") :].lower())
    if match["vague"]:  # "several hundred": two hundred at the least
        least = read_words(words_)
        return None if least is None else (2 * least, True, True)
    share = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.75")}
    at = next((index for index, word in enumerate(words_[:2]) if word in share), None)
    if at is not None:
        value_ = read_words(words_[at + 1 :])
        return None if value_ is None else (value_ * share[words_[at]], False, True)
    value_ = read_words(words_)
    return None if value_ is None else (value_, False, True)


def read_ratio(printed: str) -> tuple[Decimal, bool, bool] | None:
    """The share that "one in three" or "2 out of 5" names."""
    words = printed.replace("every ", "").split()
    top, bottom = read_words(words[:1]), read_words(words[-1:])
    return (top / bottom, False, True) if top is not None and bottom and top < bottom else None


def add_fraction(value: Decimal, extra: str) -> Decimal | None:
    """As in "10 1/2", "1/16" or "2½"."""
    printed = extra.strip()
    if printed in VULGAR:
        return value + Decimal(VULGAR[printed])
    top, _, bottom = printed.replace("⁄", "/").partition("/")
    if not int(bottom):
        return None
    return value / Decimal(bottom) if not top else value + Decimal(top) / Decimal(bottom)


def read_fraction(printed: str) -> Decimal | None:
    """As in "Two-thirds", "a quarter", "half"."""
    words = re.split(r"[\s-]+", printed)
    bottom = number_words("fraction").get(words[-1]) or {"fourth": 4, "fourths": 4}.get(words[-1])
    top = read_words(words[:-1]) if len(words) > 1 and words[0] != "a" else Decimal(1)
    return None if not bottom or top is None else Decimal(top) / Decimal(bottom)


def quantity_at(text: str, match: re.Match[str]) -> Quantity | None:
    """The quantity that begins with this core; None where it is no amount."""
    bare = bare_at(text, match)
    return None if bare is None else with_unit(text, bare)


def bare_at(text: str, match: re.Match[str]) -> Quantity | None:
    """The number alone with its sign, magnitude and the currency before it; None where it has no clear value."""
    read = read_core(match)
    if read is None:
        return None
    value, is_open, worded = read
    start, end = match.start(), match.end()
    code = code_before(match["money"])
    if match["money"] and code is None:
        return None
    sign = None if code or worded else SIGN.search(text, max(0, start - 6), start)
    if match["minus"]:
        value = -value
    elif sign:
        value, start = -value, sign.start()
    value, end, scaled = with_magnitude(text, value, end, money=bool(code))
    power = POWER.match(text, end) if match["num"] and not scaled else None
    if power:
        value, end = value.scaleb(int((power["sign"] + power["digits"]).translate(RAISED))), power.end()
    elif match["num"] and text[end : end + 1] in RAISED_DIGITS:  # a power or the mark of a footnote
        return None
    return Quantity(start, end, value, code, None, end, is_open, scaled, worded, bool(code))


def code_before(printed: str | None) -> str | None:
    """The code of the currency printed before an amount."""
    codes = currencies("before")
    return codes.get(printed) or codes.get(printed.upper()) if printed else None


def with_unit(text: str, bare: Quantity) -> Quantity | None:
    """The number with the unit, currency or rate after it; None where a word runs on from the digits."""
    code, value, end, unit = bare.unit, bare.value, bare.end, bare.unit
    table, pattern = units()
    found = pattern.match(text, end)
    if found and fits(found, text, end, code):
        unit, end = code or unit_of(found, table, scaled=bare.scaled), found.end()
    else:
        if not code and text[end : end + 1].isalpha():
            return None
        found = None
    if unit is None and 0 < value < 1 and (fraction := FRACTION_OF.match(text, end)):
        named = pattern.match(text, fraction.end())
        if named and named.lastgroup == "word":  # "1/16 of an inch"
            unit, end = unit_of(named, table), named.end()
    is_money = found is not None and found.lastgroup == "money"
    if code and (suffix := SUFFIX.match(text, end)):
        end = suffix.end()
    elif is_money and unit in WHOLES and (parts := CENTS.match(text, end)):
        of_hundred = read_words(re.split(r"[\s-]+", parts["parts"].lower()))
        if of_hundred is not None and 0 < of_hundred < 100:  # "13 dollars and 45 cents"
            value, end = value + of_hundred / 100, parts.end()
    per, far = rate_at(text, end, unit)
    hyphen = found is not None and text[bare.end : bare.end + 1] == "-"
    money = bare.money or (is_money and unit is not None)
    return replace(bare, value=value, end=end, unit=unit, per=per, far=far, money=money, hyphen=hyphen)


def unit_of(found: re.Match[str], table: Mapping[str, str], *, scaled: bool = False) -> str | None:
    """The unit that the words matched stand for; "3 million pounds" are money."""
    form = re.sub(r"\s+", " ", found.group().strip(" \t\n")).removeprefix("-")
    unit = table.get(f"{found.lastgroup}:{form}") or table.get(f"{found.lastgroup}:{form.lower()}")
    return "GBP" if unit == "pound-mass" and scaled else unit


def with_magnitude(text: str, value: Decimal, end: int, *, money: bool) -> tuple[Decimal, int, bool]:
    """The value times the magnitude words that follow: "4 hundred million", "$8.1bn"."""
    scaled = False
    for _ in range(2):
        word = MAGNITUDE.match(text, end)
        short = SHORT.match(text, end) if not word and not scaled else None
        if word:
            factor = number_words("scale", "dozen").get(word[1].lower()) or 10 ** SHORT_VALUES[word[1].lower()]
            value, end, scaled = value * factor, word.end(), True
        elif short and (
            money or (short[1] in ("bn", "tn", "mln", "bln", "trn", "mn", "M", "B", "K") and short.start(1) == end)
        ):
            if short.start(1) != end and short[1] in ("m", "b", "k", "M", "B", "K", "T"):
                break
            value, end, scaled = value * 10 ** SHORT_VALUES[short[1].lower()], short.end(), True
    return value, end, scaled


def fits(found: re.Match[str], text: str, end: int, code: str | None) -> bool:
    """Whether what follows the number is its unit: after a currency only a currency's name or "per cent" is not."""
    if code:
        return found.lastgroup == "money"
    if found.group()[1:].lower() == "won" and WON.match(text, found.end()):  # "the No. 10 won the match"
        return False
    return not (found.lastgroup == "word" and found.group()[:1].isalpha() and text[end - 1 : end].isalpha())


def rate_at(text: str, end: int, unit: str | None) -> tuple[str | None, int]:
    """What the quantity is counted by ("day" of "per day", "a barrel"), and where it ends."""
    opening = PER.match(text, end)
    if not opening:
        return None, end
    table, pattern = units()
    at = opening.end()
    explicit = "per" in opening.group().lower() or "/" in opening.group()
    found = pattern.match(text, at)
    if NOT_A_RATE.match(text, at):  # "$6 million a year earlier"
        return None, end
    if found and found.group()[:1] not in " -\n":
        name = table.get(f"{found.lastgroup}:{found.group()}") or table.get(
            f"{found.lastgroup}:{found.group().lower()}"
        )
        if name and (explicit or name in RATE_NOUNS or unit):
            return name, found.end()
    word = WORD.match(text, at)
    if word and (
        word.group().lower() in RATE_NOUNS or (explicit and "/" not in opening.group() and word.group().isalpha())
    ):
        return RATES.get(word.group().lower(), word.group().lower()), word.end()
    return None, end


def unit_named(words: str) -> str | None:
    """The unit or currency that a plural noun names: "dollars", "miles"."""
    table, _ = units()
    return table.get(f"money:{words.lower()}") or table.get(f"word:{words.lower()}")
