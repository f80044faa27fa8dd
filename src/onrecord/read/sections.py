"""Which stretch of a text is headline, summary, body, caption or boilerplate: line by line, from rows of data.

A text that is wrongly called boilerplate loses its claims, so every rule asks for clear signs and body is what remains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.model import Section, SectionKind, Span
from onrecord.read import headlines
from onrecord.read.headlines import words_of
from onrecord.resources import Row, lexicon

_ROW_REACH = 500  # characters; no row speaks of a longer line
_DEFAULT_MOST = 300
_GAP = 40  # characters that a star stands for at most
_KEY = 3  # characters by which rows are found
_TEASER = 160  # characters; titles of other stories are shorter
_TOP = 8  # lines in which the marker of an abstract is looked for
_TAIL_LINES = 4  # lines that may follow a pitch at the end
_END = 6  # lines in which a text is told who wrote it
_TAIL = 300  # characters of each of them
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
_QUOTES = '"“”«»'
_BULLETS = ("- ", "• ", "* ", "– ", "— ", "· ", "▪ ", "● ")


@dataclass(frozen=True, slots=True)
class _Rule:
    """One row of boilerplate.tsv, parsed."""

    kind: SectionKind
    whole: str
    starts: str
    has: str
    ends: str
    sign: str  # the words that no line of this row lacks
    most: int
    at_end: bool
    opens: str

    def fits(self, line: str, left: int) -> bool:
        """Whether a plain line is of this row; `left` is the number of lines from it to the end."""
        return (
            len(line) <= self.most
            and line.startswith(self.starts)
            and _holds(line, self.has)
            and line.endswith(self.ends)
            and (not self.at_end or (left <= _END and _may_end(line)))
        )


def lines_of(text: str) -> tuple[Span, ...]:
    """The lines of `text` that are not blank, white space at either end left out, in order."""
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        stripped = Span(start, start + len(line)).strip(text) if line else Span(start, start)
        if stripped.start < stripped.end:
            yield stripped
        start += len(line) + 1


def find_sections(text: str, title: str | None = None) -> tuple[Section, ...]:
    """The sections of `text`, in order; together they cover all of it but the white space between them."""
    spans = lines_of(text)
    lines = [span.of(text) for span in spans]
    kinds = _kinds(lines, title)
    sections: list[Section] = []
    for span, kind in zip(spans, kinds, strict=True):
        if sections and sections[-1].kind is kind:
            sections[-1] = Section(Span(sections[-1].span.start, span.end), kind)
        else:
            sections.append(Section(span, kind))
    return tuple(sections)


def _kinds(lines: Sequence[str], title: str | None) -> list[SectionKind]:
    """A kind for each line."""
    kinds = [SectionKind.BODY] * len(lines)
    if len(lines) < 2:
        return kinds
    rules = [_rule_of(line, len(lines) - number) for number, line in enumerate(lines)]
    for number, rule in enumerate(rules):
        if rule is not None:
            kinds[number] = SectionKind.CAPTION if rule.kind is SectionKind.CAPTION else SectionKind.BOILERPLATE
    top = _mark_top(lines, kinds, title)
    _mark_opened(lines, rules, kinds)
    for number in range(top, len(lines)):
        if kinds[number] is SectionKind.BODY and (_is_furniture(lines[number]) or _is_teaser_question(lines[number])):
            kinds[number] = SectionKind.BOILERPLATE
    return kinds


def _mark_top(lines: Sequence[str], kinds: list[SectionKind], title: str | None) -> int:
    """Marks headline, deck, byline and summary points at the top; gives the number of the first line after them."""
    at = headlines.find_headline(lines, kinds, title)
    number = 0
    if at is not None:
        kinds[at] = SectionKind.HEADLINE
        for before in range(at):
            kinds[before] = SectionKind.BOILERPLATE  # section names, kickers and stamps
        number = at + 1
    while number < len(lines):
        line = lines[number]
        if headlines.is_byline(line):
            kinds[number] = SectionKind.BOILERPLATE
        elif at is not None and (
            line.startswith(_BULLETS)
            or (
                number == at + 1
                and kinds[number] is SectionKind.BODY
                and headlines.is_deck(lines[at], line, lines[number + 1 :])
            )
        ):
            kinds[number] = SectionKind.SUMMARY
        elif kinds[number] is SectionKind.BODY and not headlines.is_stamp(line):
            break
        number += 1
    return number


def _mark_opened(lines: Sequence[str], rules: Sequence[_Rule | None], kinds: list[SectionKind]) -> None:
    """Marks what stands under a heading: teasers of other stories, the rest of a pitch, an abstract."""
    for number, rule in enumerate(rules):
        if rule is None:
            continue
        rest = range(number + 1, len(lines))
        if rule.opens == "teasers":
            for after in rest:
                opener = rules[after]
                if (opener and opener.opens) or (kinds[after] is SectionKind.BODY and not _is_teaser(lines[after])):
                    break
                if kinds[after] is SectionKind.BODY:
                    kinds[after] = SectionKind.BOILERPLATE
        elif rule.opens == "end" and len(rest) <= _TAIL_LINES and all(_may_end(lines[after]) for after in rest):
            for after in rest:
                kinds[after] = SectionKind.BOILERPLATE
        elif rule.kind is SectionKind.SUMMARY and number < _TOP:
            _mark_summary(lines, rules, kinds, number)


def _mark_summary(lines: Sequence[str], rules: Sequence[_Rule | None], kinds: list[SectionKind], number: int) -> None:
    """Marks as summary what stands between its marker and the article's, or the points that follow the marker."""
    closing = next((n for n, rule in enumerate(rules) if n > number and rule and rule.kind is SectionKind.BODY), None)
    for after in range(number + 1, len(lines) if closing is None else closing):
        if closing is None and not lines[after].startswith(_BULLETS):
            break
        if kinds[after] is SectionKind.BODY:
            kinds[after] = SectionKind.SUMMARY


def _rule_of(line: str, left: int) -> _Rule | None:
    """The first row that fits the line."""
    if len(line) > _ROW_REACH:
        return None
    plain = _plain(line)
    table = _table()
    found = table.whole.get(plain)
    if found:
        return found
    candidates = (*table.starts.get(plain[:_KEY], ()), *table.others)
    for rule in candidates:
        if rule.sign in plain and rule.fits(plain, left):
            return rule
    return None


def _plain(line: str) -> str:
    words = " ".join(line.translate(_STRAIGHT).lower().split())
    for bullet in ("- ", "• ", "* ", "» ", "> ", "› "):
        words = words.removeprefix(bullet)
    words = words.rstrip(".:!›»> ").lstrip('[">')
    return words or line


def _is_furniture(line: str) -> bool:
    """Whether the line is a rule of dashes or stars, or nothing but an address or a handle."""
    if not any(map(str.isalnum, line)):
        return all(character not in _QUOTES for character in line)
    return " " not in line and line.lower().startswith(("http://", "https://", "www.", "pic.twitter.com/"))


def _is_teaser(line: str) -> bool:
    """Whether the line may be the title of another story: short, no stop at its end, no quotation that is closed."""
    return len(line) <= _TEASER and not line.rstrip("\"”’'").endswith((".", ",", ";"))


def _is_teaser_question(line: str) -> bool:
    """Whether a line of its own is a question that needs no context: a link, not a turn of this text."""
    if not line.endswith("?") or len(line) > _DEFAULT_MOST or any(mark in line for mark in _QUOTES):
        return False
    words = [word.strip(",;:?'’()").lower() for word in line.split()]
    if len(words) < 8 or words[0] not in words_of("question") or line.count("?") > 1 or ". " in line:
        return False
    names = sum(word[:1].isupper() for word in line.split()[1:])
    return names >= 3 and not any(word.partition("'")[0].partition("’")[0] in words_of("pointing") for word in words)


def _holds(line: str, wanted: str) -> bool:
    """Whether `wanted` is in the line; "a * b" is a, and b not far behind it."""
    before, gap, after = wanted.partition(" * ")
    if not gap:
        return wanted in line
    at = line.find(before)
    return at >= 0 and after in line[at + len(before) : at + len(before) + _GAP + len(after)]


def _may_end(line: str) -> bool:
    return len(line) <= _TAIL and not any(mark in line for mark in _QUOTES)


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows, so arranged that a line meets few of them: whole lines first, then beginnings, then the rest."""

    whole: dict[str, _Rule]
    starts: dict[str, tuple[_Rule, ...]]  # by their first characters
    others: tuple[_Rule, ...]


@cache
def _table() -> _Table:
    rules = [_parse(row) for row in lexicon("boilerplate.tsv")]
    starts: dict[str, tuple[_Rule, ...]] = {}
    others = [rule for rule in rules if not rule.whole and len(rule.starts) < _KEY]
    for rule in rules:
        if not rule.whole and len(rule.starts) >= _KEY:
            starts[rule.starts[:_KEY]] = (*starts.get(rule.starts[:_KEY], ()), rule)
    return _Table({rule.whole: rule for rule in rules if rule.whole}, starts, tuple(others))


def _parse(row: Row) -> _Rule:
    return _Rule(
        kind=SectionKind(row["kind"]),
        whole=row["whole"],
        starts=row["starts"],
        has=row["has"],
        ends=row["ends"],
        sign=row["has"].partition(" * ")[0] or row["ends"] or row["starts"],
        most=int(row["most"] or _DEFAULT_MOST),
        at_end=row["where"] == "end",
        opens=row["opens"],
    )
