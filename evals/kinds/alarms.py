"""Finds that answer no gold."""

from __future__ import annotations

from collections.abc import Callable

from evals.kinds.cues import attitude, is_noun, is_speech
from evals.kinds.scene import SAME_CUE, Alarm, nearness
from evals.slices import SHORT_CONTENT

TITLE = 6  # words, at most, of a title between quotation marks


def near_miss_of_source(alarm: Alarm) -> bool:
    return alarm.miss is not None and alarm.miss.content_found


def near_miss_of_content(alarm: Alarm) -> bool:
    return alarm.miss is not None


def inner(alarm: Alarm) -> bool:
    cue = alarm.found.cue
    return alarm.nested or (bool(cue) and any(cue <= view.content for view in alarm.scene.gold))


def read_twice(alarm: Alarm) -> bool:
    return any((nearness(view, alarm.found) or (0,))[0] >= SAME_CUE for view in alarm.scene.gold)


def in_headline(alarm: Alarm) -> bool:
    text = alarm.scene.text
    start = min((start for start, _ in alarm.found.spans.content), default=0)
    first, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    line = text[first : end if end >= 0 else len(text)].rstrip(" \t\"”’')]")
    return not text[:first].strip() or line[-1:] not in {".", "!", "?", "…", ":", ","}


def scare_quote(alarm: Alarm) -> bool:
    if alarm.found.form != "direct":
        return False
    words = [alarm.scene.text[slice(*alarm.scene.ranges[k])] for k in sorted(alarm.found.content)]
    named = len(words) <= TITLE and all(word[0].isupper() for word in words if len(word) > 3)
    return named or len(words) <= SHORT_CONTENT


def alarm_by_noun(alarm: Alarm) -> bool:
    return is_noun(alarm.scene.said(alarm.found.cue))


def alarm_by_attitude(alarm: Alarm) -> bool:
    return attitude(alarm.scene.said(alarm.found.cue)) not in {"speech", ""}


def nobody_speaks(alarm: Alarm) -> bool:
    return not alarm.found.source


def unmarked_quotation(alarm: Alarm) -> bool:
    return alarm.found.form != "indirect"


def unmarked_speech(alarm: Alarm) -> bool:
    return is_speech(alarm.scene.said(alarm.found.cue))


def anything(_: Alarm) -> bool:
    return True


KINDS: tuple[tuple[str, Callable[[Alarm], bool]], ...] = (
    ("other side of a miss: source", near_miss_of_source),
    ("other side of a miss: content", near_miss_of_content),
    ("inner attribution", inner),
    ("second reading", read_twice),
    ("headline, caption or line of a list", in_headline),
    ("scare quotes or a title", scare_quote),
    ("noun as cue, not marked", alarm_by_noun),
    ("attitude or act, not marked", alarm_by_attitude),
    ("nobody named, not marked", nobody_speaks),
    ("quotation, not marked", unmarked_quotation),
    ("speech, not marked", unmarked_speech),
    ("other word, not marked", anything),
)
