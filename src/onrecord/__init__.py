"""onrecord puts a developing story on the record: who said what, when, how sure, and what changed.

The names below are the library's door; each is imported when it is first used.

>>> import onrecord
>>> store = onrecord.open_store("memory:")
>>> readings = onrecord.read_any("a.txt", b"The mayor of Oslo said the dam will hold.", onrecord.Given())
>>> outcome = onrecord.add_readings(readings, store)
>>> [statement.content.quote for statement in store.statements()]
['the dam will hold']

`add_readings(..., engine="fast")` chooses what finds attributions: "accurate" (the default), "best" or "fast".
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_WHERE = {
    "Evidence": "onrecord.model",
    "Given": "onrecord.read.given",
    "OnRecordError": "onrecord.errors",
    "Query": "onrecord.ledger.store",
    "Report": "onrecord.model",
    "Statement": "onrecord.model",
    "add_readings": "onrecord.flow",
    "export_record": "onrecord.export.record",
    "open_store": "onrecord.stores",
    "read_any": "onrecord.read.choose",
}
__all__ = ["__version__", *_WHERE]  # noqa: PLE0604 - the table holds strings


def __getattr__(name: str) -> Any:
    """A public name, imported now."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
