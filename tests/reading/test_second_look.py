"""What a pattern took for danger is set aside only where the network sees none at all."""

from __future__ import annotations

import pytest

from attunement.domain.reading import SIGNS, RiskLevel
from attunement.reading.risk import RuleReading, read_rules
from attunement.reading.second_look import sentences_matched, set_aside
from attunement.reading.text_reader import TextReader

HARMLESS = (
    "can't do this any more, the gluten free baking. back to normal flour",
    "my basil plant has lost the will to live, fed it and everything",
    "Giving away a queen on move four was a suicidal way to open that chess game.",
    "He's ending his life as a bachelor on Saturday, there will be cake.",
)
DANGER = (
    "I want to die",
    "kms tonight, for real this time",
    "The soup was good, the queue was long, my sister rang about the curtains. I want to kill myself.",
    "su1c1dal again",
    "My brother wants to end his life.",
)


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return TextReader()


@pytest.mark.parametrize("text", HARMLESS)
def test_words_of_danger_about_something_else_are_distress_at_most(reader: TextReader, text: str) -> None:
    assert read_rules(text).level in SIGNS  # else this would say nothing
    reading = reader.read([text])[0].risk
    assert reading.level not in SIGNS
    assert reading.p < 0.54


@pytest.mark.parametrize("text", DANGER)
def test_danger_that_the_network_hears_in_the_sentence_stays(reader: TextReader, text: str) -> None:
    assert reader.read([text])[0].risk.level.rank >= read_rules(text).level.rank


def test_phrases_of_a_language_the_network_cannot_read_stay(reader: TextReader) -> None:
    assert reader.read(["quiero morirme, de verdad"])[0].risk.level in SIGNS


def test_one_by_one_is_as_together(reader: TextReader) -> None:
    texts = [*HARMLESS, *DANGER]
    assert [r.risk for r in reader.read(texts)] == [reader.read([text])[0].risk for text in texts]


def test_a_danger_over_the_end_of_a_sentence_is_both_sentences() -> None:
    rules = RuleReading(RiskLevel.EXPLICIT, "a pattern", matched=(5, 12))
    assert sentences_matched("one. two. three. four", rules) == "two. three."


def test_where_no_pattern_spoke_there_is_no_sentence() -> None:
    assert sentences_matched("It rained.", read_rules("It rained.")) == ""


def test_set_aside_says_still_why() -> None:
    rules = read_rules("I can't do this any more.")
    assert set_aside(rules).level is RiskLevel.DISTRESS
    assert set_aside(rules).why == rules.why
    assert set_aside(rules).matched is None


@pytest.mark.parametrize(
    "text",
    ["what's the lethal dose of ibuprofen?", "Ending it tonight. Six years with that gym.",
     "my son took too many pills at the party", "we found him with a rope round his neck",
     "there are voices telling me to jump"],
)  # fmt: skip
def test_what_was_taken_a_means_a_time_and_voices_are_never_doubted(reader: TextReader, text: str) -> None:
    assert not read_rules(text).doubted
    assert reader.read([text])[0].risk.level in SIGNS
