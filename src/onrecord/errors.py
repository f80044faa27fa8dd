"""The errors a caller can catch, each with the exit code that the command line gives it."""

from __future__ import annotations


class OnRecordError(Exception):
    """Root of every error raised on purpose; its message says what, where and what next."""

    exit_code = 1


class UsageError(OnRecordError, ValueError):
    """The words of a call are off: an unknown name, a bad option, a setting that cannot be."""

    exit_code = 2


class UnknownId(UsageError, KeyError):
    """Nothing on the record has this id, or several things start with these characters."""

    def __str__(self) -> str:
        return str(self.args[0])


class BadSpan(OnRecordError, ValueError):
    """A span lies outside its text, or a quotation is not what its span selects."""


class Refused(OnRecordError, ValueError):
    """One input cannot be read. `reason` is a code of docs/reference/reasons.md."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class NothingRead(OnRecordError):
    """Every input of a call was refused."""

    exit_code = 65


class Unavailable(OnRecordError):
    """A server, an engine or an extra is not there; the message holds the line that installs it."""

    exit_code = 69


class StoreError(OnRecordError):
    """The disk or the database failed; nothing was half-written."""

    exit_code = 74


class BadResource(OnRecordError, ValueError):
    """A lexicon, a rule file or a weight is not as it should be; the message names file and line."""


class RecordError(OnRecordError, ValueError):
    """A line of a record is not as docs/reference/record-format.md says."""
