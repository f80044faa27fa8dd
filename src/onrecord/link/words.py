"""What words two texts share: content words with light stems, and entities in the place of their names."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from onrecord.model import Mention, Selection, Span, SpanIndex, TimeExpression, digest
from onrecord.resources import lexicon, settings_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST = 4  # terms: shorter contents say too little to be recognised
WORD = re.compile(r"\w+(?:[.,]\d+)*")
_TOKEN = re.compile(r"\w+(?:[.,]\d+)*|[^\w\s]")
_ARTICLES = frozenset(("the", "a", "an"))
_AROUND = re.compile(r"(?<=\s)amid(?:st)?\s")


@cache
def stop_words() -> frozenset[str]:
    """Words that say little about what a text is about."""
    return frozenset(word for row in lexicon("stop_words.tsv") for word in row["words"].split())


@cache
def stem(word: str) -> str:
    """`word` in lower case without a plural or verbal ending; short words stay.

    >>> stem("Soldiers"), stem("deployed"), stem("news")
    ('soldier', 'deploy', 'news')
    """
    word = word.lower()
    for ending, put, least in (
        ("ies", "y", 5),
        ("ied", "y", 5),
        ("sses", "ss", 6),
        ("xes", "x", 5),
        ("ches", "ch", 6),
        ("shes", "sh", 6),
        ("ing", "", 6),
        ("ed", "", 5),
        ("es", "e", 5),
    ):
        if word.endswith(ending) and len(word) >= least:
            return word[: -len(ending)] + put
    plain = word.endswith("s") and not word.endswith(("ss", "us", "ws")) and len(word) > 3
    return word[:-1] if plain else word


@lru_cache(maxsize=10_000)
def content_words(text: str) -> frozenset[str]:
    """The stems of the words of `text` that are no function words."""
    return frozenset(one_word(w) for w in WORD.findall(text.lower()) if w not in stop_words())


@cache
def one_word(word: str) -> str:
    """The stem of a word, or of the word that stands for it and its synonyms.

    >>> one_word("deaths"), one_word("ferries")
    ('kill', 'ferry')
    """
    return _synonyms().get(word.lower()) or _synonyms().get(stem(word)) or stem(word)


@cache
def _synonyms() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in (*lexicon("synonyms.tsv"), *lexicon("irregular.tsv")):
        for word in row["others"].split():
            found.setdefault(word, stem(row["word"]))
    return found


def terms_of(
    text: str, spans: Selection, mentions: SpanIndex[Mention], times: SpanIndex[TimeExpression]
) -> frozenset[str]:
    """What a selection of a text is about: entity ids for its mentions, stems for other words; times are none.

    What it came about amid is told beside it, and not said: "troops in the north amid fears that they march on".
    """
    spans = _before_what_is_around(text, spans)
    inside = [m for m in mentions.within(spans) if m.entity]
    entities = frozenset(m.entity for m in inside if m.entity)
    holes = [m.span for m in inside] + [t.span for t in times.within(spans) if t.value]
    return entities | content_words(" ".join(_outside(text, spans, holes)))


def _before_what_is_around(text: str, spans: Selection) -> Selection:
    found = next((m for s in spans if (m := _AROUND.search(text, s.start, s.end))), None)
    if found is None:
        return spans
    return tuple(Span(s.start, min(s.end, found.start())) for s in spans if s.start < found.start())


def kinds_in(text: str) -> dict[str, frozenset[str]]:
    """Words -> the content words right before them and, over "of" or "for", after them, all stemmed; numbers are none.

    >>> kinds_in("the mayoral election"), kinds_in("election for the council")["election"]
    ({'mayoral': frozenset(), 'election': frozenset({'mayoral'})}, frozenset({'council'}))
    """
    found: dict[str, set[str]] = {}
    before = joint = ""
    for match in _TOKEN.finditer(text.lower()):
        token = match.group()
        if token in ("of", "for"):
            joint = before
        elif (token in stop_words() and token not in _ARTICLES) or not (token[0].isalnum()):
            before = joint = ""
        elif token not in _ARTICLES:
            word = "" if token[0].isdigit() or token in _tells_no_kind() else stem(token)
            if word:
                held = found.setdefault(word, set())
                if joint:
                    found[joint].add(word)
                elif before:
                    held.add(before)
            before = word
            continue
        before = before if token in ("of", "for") else ""
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def number_words() -> frozenset[str]:
    """Words that count, as they are and stemmed; "third" and "quarter" do not."""
    words = {row["word"] for row in lexicon("numbers.tsv") if row["kind"] not in ("ordinal", "fraction")}
    return frozenset(words | {stem(word) for word in words})


@cache
def _tells_no_kind() -> frozenset[str]:
    """Numbers in words, verbs in the past, and adjectives that say how a thing is and not which."""
    past = {w for row in lexicon("irregular.tsv") for w in row["others"].split()}
    past |= {row["word"] for row in lexicon("moves.tsv")}
    return frozenset(past | number_words() | {*settings_file("relations.toml")["scope"]["how"]})


def rarity(texts: Iterable[frozenset[str]]) -> dict[str, float]:
    """A weight for each term: one over the number of texts that have it, so that what all speak of says little."""
    return {term: 1 / n for term, n in Counter(term for terms in texts for term in terms).items()}


def overlap(a: frozenset[str], b: frozenset[str], weights: Mapping[str, float] | None = None) -> float:
    """Shared weight over that of the lighter set, 0..1; 0 where either is empty. Terms weigh 1 by default."""
    if not a or not b:
        return 0.0
    if weights is None:
        return len(a & b) / min(len(a), len(b))
    shared, mine, theirs = (math.fsum(weights.get(t, 1.0) for t in terms) for terms in (a & b, a, b))
    return shared / min(mine, theirs)


def jaccard(a: Iterable[str], b: Iterable[str]) -> float:
    """Shared terms over all terms, 0..1."""
    left, right = frozenset(a), frozenset(b)
    return len(left & right) / len(left | right) if left or right else 0.0


@dataclass(frozen=True, slots=True)
class Banding:
    """How min-hashes become keys: `rows` to a band. Sets of Jaccard likeness j meet with 1 - (1 - j^rows)^bands."""

    bands: int
    rows: int

    def keys(self, terms: frozenset[str], least: int = LEAST) -> tuple[str, ...]:
        """The keys of a statement's terms (Broder 1997; bands: Leskovec et al., ch. 3); none where it has too few."""
        if len(terms) < least:
            return ()
        import numpy as np

        hashed = np.array([_hash(term) for term in terms], dtype=np.uint64)
        factors, shifts = _permutations(self.bands * self.rows)
        lowest = (factors[:, None] * hashed + shifts[:, None]).min(axis=1)  # modulo 2^64, as numpy multiplies
        return tuple(
            f"{band}:{digest(row.tobytes())[:12]}"
            for band, row in enumerate(lowest.astype("<u8").reshape(self.bands, self.rows))
        )


@lru_cache(maxsize=100_000)
def _hash(term: str) -> int:
    return int(digest(term.encode())[:16], 16)


@cache
def _permutations(number: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Fixed a and b of h -> a * h + b modulo 2^64, a odd: the same on every machine."""
    import numpy as np

    factors = np.array([_hash(f"a{k}") | 1 for k in range(number)], dtype=np.uint64)
    return factors, np.array([_hash(f"b{k}") for k in range(number)], dtype=np.uint64)


def _outside(text: str, spans: Selection, covered: Iterable[Span]) -> Iterator[str]:
    """The stretches of `spans` that nothing in `covered` covers."""
    holes = sorted(covered)
    for span in spans:
        at = span.start
        for hole in (h for h in holes if span.contains(h)):
            yield text[at : max(at, hole.start)]
            at = max(at, hole.end)
        yield text[at : span.end]
