"""Finds and drops what a page does not show: text that a person would not read is not evidence."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

_CONCEALING = ("display:none", "visibility:hidden", "font-size:0;", "font-size:0px", "clip:rect(0", "text-indent:-9999")
_OUTSIDE = frozenset("nav aside footer header form dialog noscript template svg button menu select head script".split())
_NEVER_TEXT = frozenset("script style template noscript svg".split())
_FEWEST = 3  # words; an icon's label is no hidden text
_LONGEST_STYLE = 500_000  # characters of style sheets read


def drop_hidden(page: HtmlElement) -> bool:
    """Removes hidden elements from `page`; whether one of them held words within the page's main part."""
    names = frozenset(_concealing_names(page))
    hidden = [element for element in page.iter() if isinstance(element.tag, str) and _is_hidden(element, names)]
    found = False
    for element in hidden:
        if element.getparent() is None or element.tag in ("html", "body"):
            continue
        found = found or _is_in_text(element)
        element.drop_tree()  # what follows it stays
    return found


def _is_hidden(element: HtmlElement, names: frozenset[str]) -> bool:
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    style = element.get("style")
    if style and any(sign in "".join(style.lower().split()) + ";" for sign in _CONCEALING):
        return True
    if not names:
        return False
    own = [f".{name}" for name in (element.get("class") or "").split()]
    return not names.isdisjoint((*own, f"#{element.get('id')}"))


def _is_in_text(element: HtmlElement) -> bool:
    if any(above.tag in _OUTSIDE for above in (element, *element.iterancestors())):
        return False
    words = 0
    for inner in element.iter():
        if isinstance(inner.tag, str) and inner.tag not in _NEVER_TEXT:
            words += len((inner.text or "").split())
        if words >= _FEWEST:
            return True
    return False


def _concealing_names(page: HtmlElement) -> Iterator[str]:
    """`.class` and `#id` that the page's own style sheets hide on every screen."""
    left = _LONGEST_STYLE
    for style in page.iter("style"):
        sheet = (style.text or "")[:left]
        left -= len(sheet)
        yield from _hiding_selectors(sheet)


def _hiding_selectors(sheet: str) -> Iterator[str]:
    """Selectors of one class or id whose rule conceals; rules within @media speak of some screens only."""
    depth = start = opened = 0
    selector = ""
    for at, character in enumerate(sheet):
        if character == "{":
            depth += 1
            if depth == 1:
                selector, opened = sheet[start:at].strip(), at + 1
        elif character == "}" and depth:
            depth -= 1
            if depth == 0:
                rule = "".join(sheet[opened:at].lower().split()) + ";"
                start = at + 1
                if not selector.startswith("@") and any(sign in rule for sign in _CONCEALING[:2]):
                    yield from filter(_is_simple, map(str.strip, selector.split(",")))


def _is_simple(selector: str) -> bool:
    name = selector[1:]
    return selector[:1] in (".", "#") and bool(name) and all(c.isalnum() or c in "-_" for c in name)
