"""Values of lengths of time, of what comes again, and of now, then and some day."""

from __future__ import annotations

from onrecord.resolve.times.setting import Found, Parts, Setting

UNIT_CODES = {
    "year": "Y",
    "month": "M",
    "week": "W",
    "day": "D",
    "quarter": "Q",
    "hour": "H",
    "minute": "M",
    "second": "S",
}

LONGER = {
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "millennium": ("Y", 1000),
    "fortnight": ("W", 2),
    "weekend": ("D", 2),
}
VAGUE_CODES = {"decade": "E", "century": "C", "millennium": "L"}  # TIMEX3, where the count is not told
MODALS = frozenset("will would could may might can shall must 'll ’ll".split())


LONGEST = 10**9  # what counts more units than this is no length of time that news tells


def duration(count: str, unit: str) -> str | None:
    """The TIMEX3 form of a length of time: P2W, PT10M, PXD; None for a count beyond all news."""
    code, factor = LONGER.get(unit, (UNIT_CODES.get(unit, "D"), 1))
    clock = "T" if unit in ("hour", "minute", "second") else ""
    number = count.rstrip("~")
    if number == "X":
        return f"P{clock}X{VAGUE_CODES.get(unit, code)}"
    amount = float(number) * factor
    if amount > LONGEST:
        return None
    whole = int(amount)
    finer = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60) if clock else ("W", 4), "D": ("H", 24)}
    if amount != whole and code in finer and factor == 1:
        below, size = finer[code]
        glue = "T" if code == "D" else ""
        rest = f"{round((amount - whole) * size)}{below}"
        return f"P{clock}{whole}{code}{glue}{rest}" if whole else f"P{clock or glue}{rest}"
    return f"P{clock}{whole if amount == whole else round(amount, 2)}{code}"


def length(count: str, unit: str, timex_type: str = "DURATION") -> Found:
    """A length of time with its type."""
    value = duration(count, unit)
    return (value, timex_type) if value else None


def resolve_span(parts: Parts, _: Setting) -> Found:
    """As in "The past two years", "recent months"."""
    if parts["rel"] == "PAST" and "plural" in parts:
        return "PAST_REF", "DATE"
    return length(parts.get("count", "X"), parts.get("unit", parts.get("plural", "day")))


def resolve_duration(parts: Parts, setting: Setting) -> Found:
    """A length of time; of a range the lower end; "will one day" is some day to come."""
    if "plural" in parts:
        return length("X", parts["plural"])
    if setting.text == "one day" and setting.preceding in MODALS:
        return "FUTURE_REF", "DATE"
    count = parts.get("count", parts.get("fraction", "1"))
    if "ahalf" in parts and count.replace(".", "").isdecimal():
        count = str(float(count) + 0.5)
    return length(count, parts["unit"])


def resolve_set(parts: Parts, _: Setting) -> Found:
    """What comes again: "every Monday", "daily", "each July"."""
    part = f"T{parts['part']}" if "part" in parts else ""
    if "weekday" in parts or "weekdays" in parts:
        return f"XXXX-WXX-{parts.get('weekday') or parts['weekdays']}{part}", "SET"
    if "month" in parts:
        return f"XXXX-{parts['month']}", "SET"
    if "season" in parts:
        return f"XXXX-{parts['season']}", "SET"
    if part:
        return f"XXXX-XX-XX{part}", "SET"
    once = "2" if parts.get("each") == "OTHER" else "1"  # "every other day"
    return (parts["set"], "SET") if "set" in parts else length(parts.get("count", once), parts["unit"], "SET")


def resolve_reference(parts: Parts, _: Setting) -> Found:
    """Now, recently, the future."""
    return ("PRESENT_REF" if "present" in parts else parts.get("ref", "PAST_REF")), "DATE"
