"""Anything by its id: the page of what has one, a sheet of facts and words for the rest."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from onrecord.export.claim_sheets import series_sheet
from onrecord.export.passages import Passage
from onrecord.export.sheets import load, make_sheet
from onrecord.ledger.asking import find_thing
from onrecord.web.pages import AskedFor, Moved, page
from onrecord.web.parameters import Identity
from onrecord.web.routes import has_page

router = APIRouter()
PAGES = {  # kind -> (module, address)
    "report": ("report", "/reports/"),
    "statement": ("statements", "/statements/"),
    "claim": ("claims", "/claims/"),
    "story": ("story", "/stories/"),
    "entity": ("speakers", "/speakers/"),
    "series": ("figures", "/figures/"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """Lines, or passages of reports, under a heading."""

    heading: str
    items: tuple[str | Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """What is known of one thing."""

    title: str
    kind: str
    id: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


@page(router, "/show/{identity}", "show.html")
def show(asked: AskedFor, identity: Identity) -> SheetPage:
    """Anything on the record by its id, or the start of it, with the words that it rests on."""
    kind, found = find_thing(asked.view, identity)
    module, address = PAGES.get(kind, ("", ""))
    if asked.is_html and has_page(module):
        raise Moved(asked.to(address + found))
    if kind == "series":
        sheet = series_sheet(asked.view, found)
    else:
        sheet = make_sheet(asked.view, load(asked.view, kind, found))
    blocks = tuple(Block(heading, items) for heading, items in sheet.blocks if items)
    return SheetPage(title=sheet.heading, kind=kind, id=found, facts=sheet.facts, blocks=blocks)
