"""SVG as text: elements, numbers and words written so that the same drawing is the same bytes anywhere.

Drawings carry classes and presentation attributes, never a style attribute: the page's own style sheet colours them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape

from onrecord.resources import read_text, settings_file

_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SAFE_LINK = re.compile(r"(?:https?://|[/?#]|\./)[^\s\\]*")
_VARIABLE = re.compile(r"var\(--([a-z-]+)\)")
FONTS = "system-ui, 'Noto Sans', 'Segoe UI', 'DejaVu Sans', 'Liberation Sans', sans-serif"


def number(value: float) -> str:
    """A coordinate with at most one decimal.

    >>> number(3.04), number(-0.01), number(7)
    ('3', '0', '7')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def clean(words: str) -> str:
    """One line without controls and lone surrogates, which XML does not hold and readers could be fooled with."""
    return " ".join(_UNFIT.sub("\ufffd", words.replace("\t", " ").replace("\n", " ")).split())


def words(text: str) -> str:
    """Words of a report or our own as the content of an element."""
    return escape(clean(text), quote=False)


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """An element; None leaves an attribute out, `_` in a name stands for `-`, a `_` at its end is dropped.

    >>> element("line", x1=0, stroke_width=1.5, class_="grid")
    '<line x1="0" stroke-width="1.5" class="grid"/>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def attribute(value: str | float) -> str:
    """A value as it stands between the quotation marks of an attribute."""
    return escape(clean(value), quote=True) if isinstance(value, str) else number(value)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float | None) -> str:
    """A straight line in the colour of its surroundings."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke="currentColor", **attributes)


def text(content: str, x: float, y: float, **attributes: str | float | None) -> str:
    """A line of words at a baseline."""
    return element("text", words(content), x=x, y=y, fill="currentColor", **attributes)


def linked(address: str | None, title: str, *children: str, class_: str = "point") -> str:
    """What opens `address` when it is clicked, with the words that are shown on hovering.

    Only addresses of http, https and of the page's own site become links.
    """
    inner = (element("title", words(title)), *children)
    if address is None or not _SAFE_LINK.fullmatch(address):
        return element("g", *inner, class_=class_)
    return element("a", *inner, href=address, class_=class_)  # its title names it for those who do not see it


def document(
    body: Iterable[str], *, width: float, height: float, identity: str, title: str, desc: str, standalone: bool = False
) -> str:
    """The drawing with its name and its description for those who do not see it.

    `identity` makes the ids of a page differ from each other. A drawing with links in it is a group for a screen
    reader, so that its links are reached; without links it is an image.
    """
    parts = "".join(body)
    identity = re.sub(r"[^A-Za-z0-9_-]", "-", identity)
    named, described = f"chart-{identity}-title", f"chart-{identity}-desc"
    head = [element("title", words(title), id=named), element("desc", words(desc), id=described)]
    if standalone:
        head.append(element("style", stylesheet()))
        head.append(element("rect", class_="paper", width=width, height=height, fill=colours("light")["card"]))
    drawn = element(
        "svg",
        *head,
        parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width if standalone else None,
        height=height if standalone else None,
        class_="chart",
        role="group" if "<a " in parts else "img",
        aria_labelledby=named,
        aria_describedby=described,
        font_family=FONTS,
        font_size=11,
        xml__lang="en" if standalone else None,
    )
    return drawn.replace(" xml--lang=", " xml:lang=") + ("\n" if standalone else "")


def colours(theme: str) -> dict[str, str]:
    """The palette of a theme, light or dark."""
    return dict(settings_file("charts/charts.toml")[theme])


@cache
def stylesheet() -> str:
    """The classes of all charts with their colours written out, for a file that stands alone; dark where one asks."""
    rules = " ".join(
        line.strip() for line in read_text("charts/chart.css").splitlines() if not line.lstrip().startswith("/*")
    )
    light, dark = _coloured(rules, "light"), _coloured(rules, "dark")
    return f"{light} @media (prefers-color-scheme: dark) {{ {dark} }}"


def _coloured(rules: str, theme: str) -> str:
    named = colours(theme)
    return _VARIABLE.sub(lambda found: named[found[1]], rules)
