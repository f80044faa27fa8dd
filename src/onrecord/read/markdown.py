"""Markdown without its markup: front matter read as facts, the words kept in their order, linear time."""

from __future__ import annotations

from onrecord.read.dates import parse_date
from onrecord.read.given import Given

_FENCE = "---"
_LONGEST_FRONT = 200  # lines
_HEADINGS = tuple("#" * depth + " " for depth in range(6, 0, -1))
_ESCAPABLE = frozenset("\\`*_{}[]()#+-.!|>~\"'&<$%,/:;=?@^")
_LINE = 100_000  # characters; markup within a longer line is left alone


def split_front_matter(text: str) -> tuple[Given, str]:
    """The facts between two lines `---` at the top (title, date, outlet, authors, uri), and the text after them."""
    lines = text.split("\n")
    if lines[0].strip() != _FENCE:
        return Given(), text
    for number, line in enumerate(lines[1:_LONGEST_FRONT], start=1):
        if line.strip() in (_FENCE, "..."):
            return _facts(lines[1:number]), "\n".join(lines[number + 1 :])
    return Given(), text


def _facts(lines: list[str]) -> Given:
    values: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        if line.startswith((" ", "\t", "- ")) and key:
            values[key].append(_unquote(line.strip().removeprefix("- ")))
            continue
        name, colon, value = line.partition(":")
        if colon:
            key = name.strip().lower()
            values[key] = _values(value.strip())
    one = {name: items[0] for name, items in values.items() if items and items[0]}
    date = one.get("published") or one.get("date") or ""
    return Given(
        published=parse_date(date),
        outlet=one.get("outlet") or one.get("publisher") or one.get("source"),
        uri=one.get("uri") or one.get("url"),
        title=one.get("title"),
        authors=tuple(values.get("authors") or values.get("author") or ()),
    )


def _values(value: str) -> list[str]:
    if value.startswith("[") and value.endswith("]"):
        return [item for item in (_unquote(item.strip()) for item in value[1:-1].split(",")) if item]
    return [_unquote(value)] if value else []


def _unquote(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def strip_markup(text: str) -> str:
    """The words of Markdown `text`: no marks of emphasis, links, images, headings, code, rules or quoting."""
    out: list[str] = []
    fenced = False
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith(("```", "~~~")):
            fenced = not fenced
        elif fenced:
            out.append(line)
        elif not _is_rule(stripped):
            out.append(_inline(_block(line)))
    return "\n".join(out).strip("\n") + "\n"


def _is_rule(line: str) -> bool:
    return len(line) >= 3 and line[0] in "-*_=" and not line.replace(" ", "").strip(line[0])


def _block(line: str) -> str:
    """Without the marks at its start; a point of a list keeps "- ", which sections read."""
    line = line.strip()
    while line.startswith(">"):
        line = line[1:].lstrip()
    for mark in _HEADINGS:
        if line.startswith(mark):
            return line[len(mark) :].rstrip("# ")
    return "- " + line[2:] if line.startswith(("* ", "+ ")) else line


def _inline(line: str) -> str:
    """Without emphasis, code marks, links and images; one pass from left to right."""
    if len(line) > _LINE or not any(mark in line for mark in "*_`[]!\\<~"):
        return line
    out: list[str] = []
    at = 0
    closing = _link_ends(line)
    targets: dict[int, int] = {}  # where a link's text ends -> where its target ends
    while at < len(line):
        character = line[at]
        if at in targets:
            at = targets.pop(at)
            continue
        if character == "\\" and line[at + 1 : at + 2] in _ESCAPABLE and at + 1 < len(line):
            out.append(line[at + 1])
            at += 2
        elif character in "[!" and (start := at + (character == "!")) in closing:
            text_end, end = closing[start]
            if character == "!":
                at = end
            else:
                targets[text_end] = end
                at += 1
        elif character in "*`~" or (character == "_" and _is_mark(line, at)):
            at += _run(line, at) if _opens_or_closes(line, at) else _copy(out, line, at)
        else:
            out.append(character)
            at += 1
    return "".join(out)


def _link_ends(line: str) -> dict[int, tuple[int, int]]:
    """For each `[` of `[text](target)`: where `]` stands and where the link ends."""
    found: dict[int, tuple[int, int]] = {}
    stack: list[int] = []
    parentheses = _matching(line)
    for at, character in enumerate(line):
        if character == "[":
            stack.append(at)
        elif character == "]" and stack:
            start = stack.pop()
            if line[at + 1 : at + 2] == "(" and at + 1 in parentheses:
                found[start] = (at, parentheses[at + 1] + 1)
    return found


def _matching(line: str) -> dict[int, int]:
    stack: list[int] = []
    pairs: dict[int, int] = {}
    for at, character in enumerate(line):
        if character == "(":
            stack.append(at)
        elif character == ")" and stack:
            pairs[stack.pop()] = at
    return pairs


def _run(line: str, at: int) -> int:
    end = at
    while end < len(line) and line[end] == line[at]:
        end += 1
    return end - at


def _copy(out: list[str], line: str, at: int) -> int:
    length = _run(line, at)
    out.append(line[at] * length)
    return length


def _is_mark(line: str, at: int) -> bool:
    """Whether an underscore stands at the edge of a word, where it marks emphasis."""
    end = at + _run(line, at)
    return not (line[at - 1 : at].isalnum() and line[end : end + 1].isalnum())


def _opens_or_closes(line: str, at: int) -> bool:
    """Whether a run of marks touches a word: "2 * 3" keeps its star."""
    end = at + _run(line, at)
    left, right = line[at - 1 : at] if at else "", line[end : end + 1]
    return bool((left and not left.isspace()) or (right and not right.isspace()))
