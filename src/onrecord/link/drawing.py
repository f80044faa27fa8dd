"""How a link is made: from the later or answering statement to the other, with the words that it rests on."""

from __future__ import annotations

from onrecord.link.entry import Told
from onrecord.model import Evidence, Link, Reason, make_id
from onrecord.resources import settings_file


def make_link(kind: str, later: Told, earlier: Told, rule: str, words: str, confidence: float) -> Link:
    """A link from `later` to `earlier` with one reason, resting on the two contents and the answering cue.

    Its confidence is at most the share of the rule's links that were right in real news, where that was measured.
    """
    evidence: list[Evidence] = [later.statement.content, earlier.statement.content]
    if later.statement.cue:
        evidence.insert(0, later.statement.cue)
    reason = Reason(rule, words, tuple(evidence))
    identity = make_id("l", later.statement.id, kind, earlier.statement.id)
    most = settings_file("relations.toml")["measured"].get(rule, 1.0)
    return Link(identity, later.statement.id, earlier.statement.id, kind, (reason,), round(min(confidence, most), 4))
