"""What is worked out about a statement is worked out once."""

from __future__ import annotations

from onrecord.link.entry import Told
from onrecord.link.remembering import remembered
from tests.build import country, doc, entry, say

NORLAND = country("Norland", "NO")
TEXT = "Norland said it rained. Norland said it snowed."


def test_a_function_is_called_once_a_statement() -> None:
    calls: list[str] = []

    @remembered
    def words(one: Told) -> str:
        calls.append(one.statement.content.quote)
        return one.statement.content.quote

    rained, snowed = (
        say(TEXT, words, source="Norland", cue="said", who=NORLAND) for words in ("it rained", "it snowed")
    )
    made = entry(doc(TEXT, entities=(NORLAND,), attributions=(rained, snowed)))
    assert [words(one) for one in (*made.told, *made.told)] == ["it rained", "it snowed"] * 2
    assert calls == ["it rained", "it snowed"]
