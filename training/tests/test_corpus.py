"""Reading annotation and plain texts; the sentences are made up for these tests."""

import json
from pathlib import Path

import pytest

from training.attribution.corpus import join_tokens, parse_annotation, read_plain, read_split

ANNOTATION = "\n".join(
    [
        "T1\tSource 0 5\tRosie",
        "T2\tCue 6 10\tsays",
        "T3\tContent 11 15;20 24\tsoup here",
        "T4\tContent 30 34\tmore",
        "T5\tAttribution 6 10\tsays",
        "E1\tAttribution:T5 Source:T1 Cue:T2 Content:T3 Content2:T4",
        "E2\tAttribution:T5 Source:T1 Cue:T2",
        "E3\tAttribution:T5",
        "#1\tAnnotatorNotes E1\ta note",
    ]
)


def test_second_content_is_merged_and_discontinuous_spans_stay_apart() -> None:
    (found,) = parse_annotation(ANNOTATION)
    assert found.source == ((0, 5),)
    assert found.cue == ((6, 10),)
    assert found.content == ((11, 15), (20, 24), (30, 34))


def test_events_without_content_are_dropped() -> None:
    assert list(parse_annotation("T1\tSource 0 5\tRosie\nE1\tAttribution:T9 Source:T1")) == []


def test_the_first_annotator_counts_and_line_ends_are_kept(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "a_1.txt").write_bytes(b"Rosie says\r\nsoup")
    (tmp_path / "attributions" / "a_1_beta.ann").write_text("", encoding="utf-8")
    (tmp_path / "attributions" / "a_1_alpha.ann").write_text(ANNOTATION, encoding="utf-8")
    (article,) = read_split(tmp_path)
    assert article.name == "a_1"
    assert article.text == "Rosie says\r\nsoup"
    assert len(article.attributions) == 1


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="text"):
        read_split(tmp_path)


def test_tokens_become_a_sentence() -> None:
    assert join_tokens(["``", "No", ",", "''", "he", "did", "n't", "say", "."]) == "“No,” he didn't say."
    assert join_tokens(["It", "is", '"', "fine", '"', ",", "she", "said", "."]) == 'It is "fine", she said.'
    assert join_tokens(["$", "3", "(", "or", "so", ")"]) == "$3 (or so)"


def test_plain_texts_are_taken_once_and_short_ones_never(tmp_path: Path) -> None:
    rows = [
        {"text": "x" * 10},
        {"text": "The harbour opened again. " * 3},
        {"text": "The harbour opened again. " * 3},
        {"sents": [{"tokens": ["Ferries", "sail", "daily", "."]}] * 8},
        {"other": 1},
        {"paragraphs": [["A first sentence stands here.", "A second one."], ["A third."]]},
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = read_plain([path], minimum=50)
    assert [article.name for article in found] == ["news:1", "news:3", "news:5"]
    assert found[1].text.startswith("Ferries sail daily.\nFerries")
    assert found[2].text == "A first sentence stands here. A second one.\n\nA third."
