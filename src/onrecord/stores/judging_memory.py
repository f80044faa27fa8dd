"""The log of judgements in the reference store: a list."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.ledger.judgements import continued, sealed
from onrecord.ledger.lines import decode, encode
from onrecord.model import Judgement


class MemoryLog:
    """What a process has of judgements."""

    def __init__(self) -> None:
        self._log: list[Judgement] = []

    def judgements(self) -> tuple[Judgement, ...]:
        """The log, oldest first."""
        return tuple(self._log)

    def last_judgement(self) -> Judgement | None:
        """The newest line of the log."""
        return self._log[-1] if self._log else None

    def put_judgement(self, draft: Judgement) -> Judgement:
        """Adds a judgement to the log."""
        back = decode(encode(sealed(draft, self.last_judgement())))
        assert isinstance(back, Judgement)
        self._log.append(back)
        return back

    def put_log(self, judgements: Iterable[Judgement]) -> int:
        """Adds the lines by which another log goes on; see `Writer.put_log`."""
        new = continued(self._log, judgements)
        self._log.extend(new)
        return len(new)
