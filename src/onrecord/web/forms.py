"""What the page for adding was given: read, looked at, and kept as it was typed where something is off."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from onrecord.errors import Refused, UsageError
from onrecord.read.dates import parse_date
from onrecord.read.given import Given
from onrecord.read.net.addresses import take_apart
from onrecord.web.settings import MEBIBYTE

MOST_FILES = 100
MOST_ADDRESSES = 20
MOST_FIELDS = 20
MOST_TEXT = 10 * MEBIBYTE  # of one field; a pasted report is held to the limits of a file beside
LONGEST = {"title": 500, "outlet": 200, "published": 64, "uri": 2_000}  # characters
PASTE, FILES, ADDRESS = "paste", "files", "address"
BROKEN = 400  # what a form that cannot be taken apart is answered with
WAYS = (PASTE, FILES, ADDRESS)


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the form."""

    way: str = PASTE  # which of the forms of the page
    text: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""
    uri: str = ""
    addresses: str = ""
    kept: str = ""  # files that were sent with a form that was refused


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: what was typed, the files, and what is off, by the name of the field."""

    typed: Typed
    files: tuple[tuple[str, bytes], ...] = ()
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def addresses(self) -> tuple[str, ...]:
        """What is to be fetched, each once."""
        return tuple(dict.fromkeys(self.typed.addresses.split()))

    @property
    def facts(self) -> Given:
        """What was said of the reports."""
        typed = self.typed
        told = Given(published=parse_date(typed.published), outlet=_line(typed.outlet) or None)
        if typed.way != PASTE:
            return told
        return replace(told, title=_line(typed.title) or None, uri=_line(typed.uri) or None)

    def with_files(self, files: tuple[tuple[str, bytes], ...]) -> Sent:
        """The same with files that were kept before those sent now."""
        faults = {name: words for name, words in self.faults.items() if name != "files" or not files}
        return replace(self, files=(*files, *self.files), faults=faults)


async def read_form(request: Request) -> AsyncIterator[FormData]:
    """The form of a request, its files closed in the end; UsageError where it is none that we sent."""
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_TEXT)
    except HTTPException as error:
        if error.status_code != BROKEN:
            raise
        words = error.detail.rstrip(".")
        if "files" in words:
            words = f"at most {MOST_FILES} files are sent at once; `onrecord add FOLDER` takes more"
        raise UsageError(f"this form cannot be read: {words[:1].lower()}{words[1:]}") from error
    try:
        yield form
    finally:
        await form.close()


Form = Annotated[FormData, Depends(read_form)]


def look_at(form: FormData) -> Sent:
    """What was sent, and what is off with it."""
    typed = Typed(**{name: str(form[name]) for name in Typed.__slots__ if isinstance(form.get(name), str)})
    if typed.way not in WAYS:
        raise UsageError(f"way = {typed.way[:40]!r}: one of {', '.join(WAYS)}")
    faults = {
        name: f"{len(getattr(typed, name)):,} characters are too many; at most {most:,}"
        for name, most in LONGEST.items()
        if len(getattr(typed, name)) > most
    }
    if typed.published.strip() and not parse_date(typed.published):
        faults["published"] = "no date that can be read: write 2025, 2025-03, 2025-03-04 or 2025-03-04T11:05:00Z"
    files: tuple[tuple[str, bytes], ...] = ()
    if typed.way == PASTE:
        typed = replace(typed, text=typed.text.replace("\r\n", "\n"))  # as browsers send the ends of lines
        if not typed.text.strip():
            faults["text"] = "there is nothing to read yet: paste the text of a report"
    elif typed.way == FILES:
        files = tuple(_read(one) for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename)
        if not files:
            faults["files"] = "no file was chosen yet"
    elif fault := _fault_of_addresses(typed.addresses.split()):
        faults["addresses"] = fault
    return Sent(typed, files, faults)


def _fault_of_addresses(addresses: list[str]) -> str:
    """What is off with addresses; empty where they can be asked."""
    if not addresses:
        return "there is no address yet"
    if len(addresses) > MOST_ADDRESSES:
        return f"these are {len(addresses):,} addresses; at most {MOST_ADDRESSES} at once"
    for address in addresses:
        try:
            take_apart(address)
        except Refused as refused:
            return f"this address cannot be asked, {refused.detail}: {address[:80]}"
    return ""


def _read(file: UploadFile) -> tuple[str, bytes]:
    return _line((file.filename or "").replace("\\", "/").rpartition("/")[2]) or "file", file.file.read()


def _line(words: str) -> str:
    """Words on one line, without what no line holds."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
