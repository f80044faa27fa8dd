"""Reading and writing of the tables that a fit fills, and of the articles it counts in; all made up here."""

from pathlib import Path

import pytest

from onrecord.annotate.cues import cue_forms, cue_rows
from onrecord.model import Span
from training.rules.agreement import Gold, WordNumbers, pair_up
from training.rules.compare import difference
from training.rules.corpus import read_articles
from training.rules.lexicon import (
    CueRow,
    open_lexicon,
    read_rows,
    read_shares,
    tried_by,
    with_shares,
    with_table,
    with_value,
    without_shares,
)
from training.rules.overlay import data
from training.rules.settings import read_settings
from training.rules.tables import read_tables
from training.tests.rules import marked

CUES = """# Made by hand.
cue\tkind\tstance\tattitude\tframes
say\tverb\tasserts\tspeech\tthat=0.70 clause=0.80
# Nouns follow.
claim\tnoun\tasserts\tspeech\tnoun=0.40
"""
TOML = """# Rules.
works = ["book"]

[thresholds]
keep-speech = 0.33  # for speech

# Log-odds.
[weights]
"that+frame" = -0.20

# More.
[other]
value = 1
"""
HUM = CueRow("hum", "verb", "asserts", "speech")
CLAIM = CueRow("claim", "noun", "asserts", "speech")


def test_shares_are_written_and_comments_order_and_hand_made_columns_stay() -> None:
    written = with_shares(CUES, {("say", "verb"): {"that": 0.5}, ("claim", "noun"): {"noun": 0.123}})
    assert written == CUES.replace("that=0.70 clause=0.80", "that=0.50").replace("0.40", "0.12")


def test_a_cue_without_shares_leaves_and_one_that_was_tried_comes_in_after_its_kind() -> None:
    written = with_shares(CUES, {("say", "verb"): {"that": 0.5}, ("hum", "verb"): {"object": 0.6}}, [HUM])
    assert written.splitlines()[2:] == [
        "say\tverb\tasserts\tspeech\tthat=0.50",
        "hum\tverb\tasserts\tspeech\tobject=0.60",
        "# Nouns follow.",
    ]


def test_no_cue_is_lost_between_the_two_lists() -> None:
    tried = "# In vain.\ncue\tkind\tstance\tattitude\nhum\tverb\tasserts\tspeech\n"
    shares = {("hum", "verb"): {"object": 0.6}, ("say", "verb"): {"that": 0.5}}
    left = without_shares(tried, [*read_rows(CUES), HUM], shares)
    assert left == "# In vain.\ncue\tkind\tstance\tattitude\nclaim\tnoun\tasserts\tspeech\n"
    both = [*read_rows(with_shares(CUES, shares, [HUM])), *read_rows(left)]
    assert {row.key for row in both} == {("say", "verb"), ("hum", "verb"), ("claim", "noun")}


def test_an_open_lexicon_takes_everything_with_even_chances() -> None:
    text = open_lexicon([HUM, CLAIM], lambda _, kind: ("that", "object") if kind == "verb" else ("noun",))
    assert read_shares(text) == {("hum", "verb"): {"that": 0.5, "object": 0.5}, ("claim", "noun"): {"noun": 0.5}}
    assert tried_by(text)("hum", "verb") == ("that", "object")
    assert tried_by(text)("hum", "noun") == ()


def test_a_table_is_replaced_and_what_stands_around_it_stays() -> None:
    written = with_table(TOML, "weights", ['"quote+direct" = 1.00'])
    assert written == TOML.replace('"that+frame" = -0.20', '"quote+direct" = 1.00')
    assert with_table(TOML, "other", ["value = 2"]) == TOML.replace("value = 1", "value = 2")


def test_a_value_is_replaced_and_its_comment_stays() -> None:
    assert "keep-speech = 0.40  # for speech\n" in with_value(TOML, "keep-speech", "0.40")
    with pytest.raises(KeyError, match="keep-all"):
        with_value(TOML, "keep-all", "0.40")


def test_the_package_reads_other_data_inside_the_block_only() -> None:
    before = cue_rows()
    with data({"cues.tsv": CUES}):
        assert [cue.lemma for cue in cue_rows()] == ["say", "claim"]
        assert "denied" not in cue_forms()
    assert cue_rows() == before
    assert "denied" in cue_forms()


def test_the_shipped_tables_are_written_back_as_they_are() -> None:
    tables = read_tables()
    shares = read_shares(tables.cues)
    assert with_shares(tables.cues, shares) == tables.cues
    assert without_shares(tables.tried, tables.rows, shares) == tables.tried


def test_settings_name_cues_and_constructions_that_exist() -> None:
    settings = read_settings()
    rows = read_tables().rows
    assert len({row.key for row in rows}) == len(rows)
    assert settings.never_clause <= {row.cue for row in rows if row.kind == "verb"}
    assert set(settings.only) <= {row.cue for row in rows}
    assert set(settings.known) <= {row.cue for row in rows if row.kind == "verb"}
    assert all(settings.tried_in(*row.key) for row in rows)


def test_articles_are_read_with_the_first_annotator_and_second_contents(tmp_path: Path) -> None:
    for folder in ("text", "attributions"):
        (tmp_path / "train" / folder).mkdir(parents=True)
    (tmp_path / "train" / "text" / "a_1.txt").write_bytes(b"Rosie says\r\nsoup")
    lines = ["T1\tSource 0 5\tRosie", "T2\tCue 6 10\tsays", "T3\tContent 12 14;15 16\tso p", "T4\tContent 14 15\tu"]
    lines += ["E1\tAttribution:T9 Source:T1 Cue:T2 Content:T3 Content2:T4", "E2\tAttribution:T9 Source:T1"]
    (tmp_path / "train" / "attributions" / "a_1_one.ann").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "train" / "attributions" / "a_1_two.ann").write_text("", encoding="utf-8")
    (article,) = read_articles(tmp_path)
    assert article.text == "Rosie says\r\nsoup"
    (item,) = article.marked
    assert [span.of(article.text) for span in (*item.source, *item.cue)] == ["Rosie", "says"]
    assert [(span.start, span.end) for span in item.content] == [(12, 14), (14, 15), (15, 16)]


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="text"):
        read_articles(tmp_path)


def test_half_of_the_words_of_source_and_content_make_it_right_and_marks_do_not_count() -> None:
    article = marked("[s Mayor Ana Ruiz] [q said] [c “the old bridge is safe”].")
    words = WordNumbers(article.text)
    gold = Gold(words, article.marked)
    found = marked("Mayor [s Ana Ruiz] [q said] “the old [c bridge is safe]”.").marked[0]
    other = marked("[s Mayor] Ana Ruiz [q said] “the old [c bridge is safe]”.").marked[0]
    assert gold.has(words.parts(found.source, found.cue, found.content))
    assert not gold.has(words.parts(other.source, other.cue, other.content))


def test_one_marked_attribution_makes_one_found_one_right() -> None:
    article = marked("[s Ruiz] [q said] [c the bridge is safe].")
    words = WordNumbers(article.text)
    gold = Gold(words, article.marked)
    (whole,) = gold.parts
    part = words.parts(article.marked[0].source, (), [Span(14, 23)])
    assert gold.has(part)
    assert pair_up(gold, [part, whole]) == {1}


def test_differences_name_the_greatest_distance() -> None:
    found = difference("weights", {"a": 0.5, "b": 0.25}, {"a": 0.4, "b": 0.25, "c": 1.0})
    assert (found.one, found.other, found.both, found.where) == (2, 3, 2, "a")
    assert found.most == pytest.approx(0.1)
    assert not found.is_same
    assert difference("weights", {"a": 0.5}, {"a": 0.5}).is_same
