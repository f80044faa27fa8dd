"""What one report makes of a claim."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from onrecord.errors import BadResource
from onrecord.link.checking import verdicts
from onrecord.link.checking.measures import EVIDENCE, evidence_measures, hold, measures
from onrecord.link.checking.passages import Passage, read_claim, read_passages
from onrecord.link.checking.verdicts import judge, load_model
from onrecord.model import Span
from onrecord.resources import open_weights

TOLD = (
    "A farmer in Lund has found a two-headed calf in his barn, a website reported on Monday.",
    "The website cited a neighbour who was not named.",
    "It could not be independently verified.",
)
REFUTED = (
    "The picture of a two-headed calf in a barn in Lund is a hoax, the farmer said.",
    "It was made on a computer by two students, who have admitted it.",
    "There was never such a calf, and the website has retracted its story.",
)
BORNE = (
    "The stone mill in Lund was built in 1874 by Otto Brand.",
    "It burnt down in 1901.",
    "The town rebuilt it two years later and opened it as a museum in 1950.",
)


def passages(sentences: tuple[str, ...]) -> tuple[Passage, ...]:
    text, spans, at = " ".join(sentences), [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return read_passages(text, spans)


def verdict(claim: str, sentences: tuple[str, ...]) -> str:
    return judge(read_claim(claim), passages(sentences)).verdict


def test_a_report_that_only_passes_it_on_discusses_it() -> None:
    assert verdict("Farmer finds two-headed calf in barn", TOLD) == "discuss"


def test_a_report_that_calls_it_a_hoax_disagrees() -> None:
    assert verdict("Farmer finds two-headed calf in barn", REFUTED) == "disagree"


def test_a_report_of_something_else_is_unrelated() -> None:
    found = judge(read_claim("Central bank lowers its rate again"), passages(TOLD))
    assert (found.verdict, found.evidence) == ("unrelated", ())


def test_a_sentence_that_is_borne_out_agrees_and_names_where() -> None:
    found = judge(read_claim("The stone mill in Lund was built in 1874 by Otto Brand."), passages(BORNE))
    assert found.verdict == "agree"
    assert found.evidence[0] == Span(0, len(BORNE[0]))


@pytest.mark.parametrize(
    ("claim", "sentences"),
    [
        ("New market opens in Lund", ("A market for fake fur opened in Lund on Monday.", "Some forty traders came.")),
        ("Farmer finds two-headed calf in barn", ("The two-headed calf in the barn is a hoax.",)),
        (
            "Ferry to Lund was late",
            ("The ferry to Lund was two hours late.", "The harbour master denied that he had drunk."),
        ),
        ("Storm kills twelve in the north", ("A storm killed twelve people in the north.", "No warning was given.")),
    ],
)
def test_one_word_alone_is_no_disagreement(claim: str, sentences: tuple[str, ...]) -> None:
    assert verdict(claim, sentences) in ("agree", "discuss")


def test_a_claim_that_speaks_against_something_agrees_with_a_report_that_does() -> None:
    assert verdict("Two-headed calf in barn was a hoax", REFUTED) == "agree"
    assert (
        verdict("Holm denies taking bribes", ("Holm denied that she took bribes.", "She called it untrue.")) == "agree"
    )


def test_a_claim_that_leaves_it_open_is_discussed_by_whatever_report() -> None:
    plain = ("A farmer in Lund found a two-headed calf in his barn.", "He feeds it with two bottles.")
    assert verdict("Farmer finds two-headed calf in barn", plain) == "agree"
    assert verdict("Farmer reportedly finds two-headed calf, sources claim", plain) == "discuss"


def test_a_denial_in_the_sentence_after_counts() -> None:
    denied = ("The ferry to Lund was not late, the harbour master said.", "He dismissed the claims as nonsense.")
    assert verdict("Ferry to Lund was late", denied) == "disagree"


def test_the_same_question_has_the_same_answer() -> None:
    asked, report = read_claim("Farmer finds two-headed calf in barn"), passages(REFUTED)
    assert judge(asked, report) == judge(asked, report)


@pytest.mark.parametrize("sentences", [(), ("...",), ("!",)])
def test_a_report_without_words_is_unrelated(sentences: tuple[str, ...]) -> None:
    assert verdict("Farmer finds two-headed calf in barn", sentences) == "unrelated"


def test_a_claim_of_function_words_is_unrelated() -> None:
    assert verdict("that it was so", TOLD) == "unrelated"


def test_evidence_is_in_order_and_inside() -> None:
    long = tuple(f"Sentence {k} tells of the stone mill in Lund and of Otto Brand." for k in range(200))
    found = judge(read_claim("Otto Brand built the stone mill in Lund."), passages(long))
    assert 1 <= len(found.evidence) <= 4
    assert list(found.evidence) == sorted(found.evidence)


def test_few_sentences_of_a_long_report_are_encoded() -> None:
    read: list[str] = []
    long = tuple(f"Sentence {k} tells of the stone mill in Lund." for k in range(500))

    def vector(text: str) -> verdicts.Numbers:
        read.append(text)
        return verdicts.vector_of("The stone mill")

    held = hold(read_claim("The stone mill in Lund burnt down."), passages(long), vector)
    assert len(read) < 60
    assert held.near[0] == 0
    assert held.near[-1] == 499


def test_the_model_knows_every_measure_of_this_version() -> None:
    held = hold(read_claim("The stone mill in Lund burnt down."), passages(BORNE))
    model = load_model()
    for part in (model.about, model.told.claim, model.told.report, model.borne):
        assert set(part.names) <= set(measures(held))
    assert evidence_measures(held).shape == (3, len(EVIDENCE))
    assert model.borne.slopes.shape[0] == len(verdicts.BORNE)


@pytest.mark.parametrize("data", ["{", "{}", '{"measures": ["alike"]}', "[]"])
def test_coefficients_that_are_none_are_named(data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "coefficients.json").write_text(data)
    digest = hashlib.sha256(data.encode()).hexdigest()
    (tmp_path / "about.json").write_text(json.dumps({"sha256": {"coefficients.json": digest}}))
    monkeypatch.setattr(verdicts, "weights", lambda _: open_weights(tmp_path))
    with pytest.raises(BadResource, match=r"coefficients\.json"):
        load_model.__wrapped__()
