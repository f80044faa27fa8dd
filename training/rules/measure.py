"""How good the rules are on marked articles, and whether their confidence means what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotate.attributions import FindAttributions
from onrecord.annotate.sentences import FindSentences
from onrecord.model import Report
from training.rules.agreement import Gold, WordNumbers, pair_up
from training.rules.corpus import Article

BINS = 10

Found = tuple[float, bool]  # confidence, 0..1, and whether it is right


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares in %; an attribution is right where half the words of source and content, each, are those marked."""

    right: int
    found: int
    marked: int
    error: float  # mean distance of confidence and share of right ones, weighed over ten bins, 0..1

    @property
    def precision(self) -> float:
        """Right among found."""
        return 100 * self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """Found among marked."""
        return 100 * self.right / max(1, self.marked)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 200 * self.right / max(1, self.found + self.marked)

    def __str__(self) -> str:
        return (
            f"F1 {self.f1:.2f}  precision {self.precision:.2f}  recall {self.recall:.2f}  "
            f"calibration error {self.error:.3f}  ({self.right} right, {self.found} found, {self.marked} marked)"
        )


def measure(articles: Sequence[Article]) -> Figures:
    """The figures of the rules with the data that is in force."""
    found = [item for article in articles for item in judged(article)]
    return figures(found, sum(len(article.marked) for article in articles))


def judged(article: Article) -> Iterator[Found]:
    """The attributions found in one article; those inside others are left out, as corpora leave them unmarked."""
    report = FindAttributions()(FindSentences()(Report(article.name, article.text, "")))
    words = WordNumbers(article.text)
    kept = [item for item in report.attributions if item.nested_in is None]
    parts = [words.parts(item.source, item.cue, item.content) for item in kept]
    right = pair_up(Gold(words, article.marked), parts)
    for number, item in enumerate(kept):
        if parts[number].content:
            yield item.confidence, number in right


def figures(found: Iterable[Found], marked: int) -> Figures:
    """The figures of judged attributions where a person marked so many."""
    pairs = list(found)
    return Figures(sum(right for _, right in pairs), len(pairs), marked, calibration_error(pairs))


def calibration_error(found: Sequence[Found]) -> float:
    """The mean distance between confidence and the share of right ones over bins of equal width."""
    bins: list[list[Found]] = [[] for _ in range(BINS)]
    for confidence, right in found:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    gaps = (abs(sum(c for c, _ in cell) - sum(right for _, right in cell)) for cell in bins)
    return sum(gaps) / max(1, len(found))
