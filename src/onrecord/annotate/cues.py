"""The cue lexicon: which words attribute, what they say of the source, how far each construction is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.annotate.tokens import inflect, verb_forms
from onrecord.errors import BadResource
from onrecord.resources import lexicon

STANCES = frozenset(
    "asserts confirms denies estimates warns predicts speculates questions requests proposes promises"
    " undisclosed".split()
)
ATTITUDES = frozenset("speech belief wish fear plan act".split())
FRAMES = frozenset(
    "quote paren that clause wh inf object prep adjunct passive noun noun-to noun-of according label".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of the lexicon: a verb (with its particle), a noun or an adjective that attributes."""

    lemma: str  # "call for"
    kind: str  # verb, noun, adjective, mark
    stance: str
    attitude: str
    tail: tuple[str, ...] = ()  # the words that must follow the head: ("for",)
    frames: tuple[tuple[str, float], ...] = ()  # construction -> share that was right on news, 0..1

    def prior(self, frame: str) -> float | None:
        """How often the construction was right; None where the cue does not take it."""
        return next((value for name, value in self.frames if name == frame), None)

    @property
    def quotes(self) -> bool:
        """Whether a quotation may stand before or after it."""
        return self.prior("quote") is not None


@cache
def cue_rows() -> tuple[Cue, ...]:
    """The rows of cues.tsv, checked."""
    cues = []
    for row in lexicon("cues.tsv"):
        if row["stance"] not in STANCES or row["attitude"] not in ATTITUDES:
            raise BadResource(
                f"cues.tsv, {row['cue']!r}: unknown stance {row['stance']!r} or attitude {row['attitude']!r}"
            )
        frames = []
        for cell in row["frames"].split():
            name, _, value = cell.partition("=")
            if name not in FRAMES:
                raise BadResource(
                    f"cues.tsv, {row['cue']!r}: unknown frame {name!r}; one of {', '.join(sorted(FRAMES))}"
                )
            frames.append((name, float(value)))
        tail = tuple(row["cue"].split()[1:])
        cues.append(Cue(row["cue"], row["kind"], row["stance"], row["attitude"], tail, tuple(frames)))
    return tuple(cues)


@cache
def cue_named(lemma: str) -> Cue:
    """The row of a cue that is neither verb nor noun nor adjective: "according to", ":"."""
    return next(cue for cue in cue_rows() if cue.lemma == lemma and cue.kind == "mark")


@cache
def cue_forms() -> dict[str, tuple[Cue, ...]]:
    """Lower-case form of a head word -> its cues, those with the longest tail first."""
    table: dict[str, list[Cue]] = {}
    for cue in cue_rows():
        if cue.kind == "mark":
            continue
        head = cue.lemma.split()[0]
        if cue.kind == "verb":
            forms: tuple[str, ...] = verb_forms().get(head) or inflect(head)
        elif cue.kind == "noun":
            forms = (head, inflect(head)[1])
        else:
            forms = (head,)
        for form in dict.fromkeys(forms):
            table.setdefault(form, []).append(cue)
    return {form: tuple(sorted(cues, key=lambda cue: -len(cue.tail))) for form, cues in table.items()}
