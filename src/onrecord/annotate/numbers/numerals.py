"""Numbers as the news writes them: numerals with separators, and words ("two hundred and five", "2.5 million")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from onrecord.resources import lexicon

MOST_DIGITS = 30  # a longer numeral has no clear value in news
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")  # 1,00,000: lakhs
SPACED = re.compile(
    r"\d{1,3}(?:([\u00a0\u2009\u202f'’])\d{3})(?:\1\d{3})*|\d{1,3}(?: \d{3}){2,}|\d{1,3} 000"
)  # 12 500 could be two
PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
HUNDRED = 100
JOINS = frozenset(("-", "and", "a", "an", "of", "–"))


@cache
def number_words(*kinds: str) -> Mapping[str, int]:
    """Word -> value of the number words of these kinds."""
    return {row["word"]: int(row["value"]) for row in lexicon("numbers.tsv") if row["kind"] in kinds}


def read_numeral(printed: str) -> Decimal | None:
    """The value of a numeral, None where the separators leave it unclear.

    >>> read_numeral("1,200.5")
    Decimal('1200.5')
    >>> read_numeral("1.000,5") is None
    True
    """
    if len(printed) > MOST_DIGITS or 0 < sum(digit.isascii() for digit in printed if digit.isdecimal()) < digits_in(
        printed
    ):
        return None
    if PLAIN.fullmatch(printed):
        return Decimal(printed)
    if GROUPED.fullmatch(printed) or INDIAN.fullmatch(printed):
        return Decimal(printed.replace(",", ""))
    if SPACED.fullmatch(printed):
        return Decimal("".join(digit for digit in printed if digit.isdecimal()))
    return None


def digits_in(printed: str) -> int:
    """How many of the code points are decimal digits, of any script."""
    return sum(digit.isdecimal() for digit in printed)


def read_words(words: Sequence[str]) -> Decimal | None:
    """The value of a run of number words and numerals in lower case; None where they make no single number.

    >>> read_words(["two", "hundred", "and", "five"])
    Decimal('205')
    >>> read_words(["2.5", "million"])
    Decimal('2500000.0')
    """
    digits, tens = number_words("digit"), number_words("ten")
    scales = number_words("scale", "dozen")
    total, current, seen, last = Decimal(0), Decimal(0), False, ""
    ceiling, groups = Decimal("Infinity"), 0  # each group of thousands is smaller than the one before
    for word in words:
        if word in JOINS:
            continue
        if word in scales:
            scale, kind = scales[word], "scale"
            if scale <= HUNDRED:
                if current >= HUNDRED:
                    return None  # "nine hundred nine hundred"
                current = (current or Decimal(1)) * scale
            elif current or not seen:
                if scale >= ceiling:
                    return None
                total, current = total + (current or Decimal(1)) * scale, Decimal(0)
                ceiling, groups = Decimal(scale), groups + 1
            elif groups == 1 and last == "scale":
                total *= scale  # "a thousand million"
            else:
                return None
        elif word in digits or word in tens:
            kind = "digit" if word in digits else "ten"
            value = digits.get(word, tens.get(word, 0))
            if last == "numeral" or (last == "digit") or (last == "ten" and (kind == "ten" or not 0 < value < 10)):
                return None
            current += value
        else:
            numeral = read_numeral(word)
            if numeral is None or last in ("numeral", "digit", "ten"):
                return None
            kind, current = "numeral", current + numeral
        seen, last = True, kind
    return total + current if seen else None


def read_year(words: Sequence[str]) -> int | None:
    """A year said in words or digits: "1996", "nineteen ninety-six", "two thousand (and) five".

    >>> read_year(["nineteen", "ninety", "-", "six"])
    1996
    """
    spoken = [word for word in words if word not in JOINS]
    if len(spoken) == 1 and spoken[0].isdecimal() and len(spoken[0]) == 4:
        return int(spoken[0])
    if len(spoken) in (2, 3):
        century, rest = read_words(spoken[:1]), read_words(spoken[1:])
        if century is not None and rest is not None and 15 <= century <= 20 and 10 <= rest <= 99:
            return int(century * 100 + rest)
    value = read_words(spoken)
    return int(value) if value is not None and 1500 <= value < 2200 else None


def read_ordinal(words: Sequence[str]) -> int | None:
    """The number of an ordinal: "31st", "third", "twenty-first"; a plain numeral counts as itself.

    >>> read_ordinal(["twenty", "-", "first"])
    21
    """
    spoken = [word for word in words if word not in JOINS]
    if not spoken:
        return None
    numeral = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)?", spoken[-1])
    if numeral:
        return int(numeral[1])
    last = number_words("ordinal").get(spoken[-1])
    if last is None:
        value = read_words(spoken)
        return int(value) if value is not None and value < 1000 else None
    return last + sum(number_words("ten").get(word, 0) for word in spoken[:-1])
