"""Emojis are read as what they tell of feeling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.reading import RiskLevel
from attunement.library.resources import models_folder
from attunement.reading.emojis import SAID, Spelt, in_words
from attunement.reading.network import Network
from attunement.reading.risk import read_rules
from attunement.reading.text_reader import TextReader


def test_each_is_known_with_any_skin_and_in_any_form() -> None:
    """Whatever its tone and however it asks to be drawn, an emoji says the same; once, however often it is typed."""
    for emoji, words in SAID.items():
        again, drawn = (emoji + emoji[-1] * 2, emoji) if emoji.isascii() else (emoji * 3, f"{emoji}\ufe0f")
        assert in_words(emoji) == in_words(again) == in_words(drawn) == f" {words} "
    assert in_words("🙏🏾") == in_words("🙏🏻🙏🏻") == in_words("🙏")
    assert in_words("🤷🏽\u200d♀\ufe0f") == in_words("🤷")
    assert "relieved" in in_words("😮\u200d💨") != in_words("😮")


@pytest.mark.parametrize("text", ["http://a.b/c", "as listed:) no", "(see 3:) and", "C:/ on it", "a:D b"])
def test_signs_within_words_are_no_smiles(text: str) -> None:
    """An address, a list in brackets, a path."""
    assert in_words(text) == text


@given(st.lists(st.sampled_from([*SAID, "🚌", "🙏🏾", "a", "me ", "\n", "’", "1\ufe0f\u20e3", "→"])).map("".join))
def test_every_character_in_words_has_a_place_in_what_was_typed(text: str) -> None:
    """Places never go back, what is no emoji stands where it stood, and all of the text is covered."""
    spelt = Spelt.of(text)
    assert len(spelt.places) == len(spelt.text)
    assert list(spelt.places) == sorted(spelt.places)
    assert {k for start, end in spelt.places for k in range(start, end)} == set(range(len(text)))
    for letter, (start, end) in zip(spelt.text, spelt.places, strict=True):
        assert text[start:end] == letter or in_words(text[start:end]) != text[start:end]


def test_a_word_is_not_lost_by_an_emoji_typed_onto_it() -> None:
    """The network reads the word, and the emoji as a sign of its own."""
    encoding = Network(models_folder() / "text", made_by="training.text_reader").tokens("not anymore💔💔ok")
    assert encoding.tokens == ["not", "anymore", "[UNK]", "ok"]
    assert encoding.offsets[2:] == [(11, 13), (13, 15)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("😭😭", "sadness"),
        (":(", "sadness"),
        ("thats my week :((", "sadness"),
        ("🤬", "anger"),
        ("🥰", "love"),
        ("🙏🏽", "gratitude"),
        ("today🎉🎉", "excitement"),
    ],
)
def test_a_feeling_told_by_an_emoji_is_heard(reader: TextReader, text: str, label: str) -> None:
    """Also where there is no word beside it, and the emoji is what is pointed at."""
    assert label in reader.read([text])[0].emotion.labels
    most = max(reader.why(text, label), key=lambda word: word.weight)
    assert in_words(text[most.start : most.end]) != text[most.start : most.end]


def test_an_emoji_of_a_thing_tells_of_no_feeling(reader: TextReader) -> None:
    """A cup of tea is neutral."""
    assert reader.read(["☕📖"])[0].emotion.labels == ("neutral",)
    assert reader.why("☕📖", "joy") == ()


@pytest.mark.parametrize("emoji", ["😂", "🥰🥰", "😊", "😭"])
def test_no_emoji_hides_danger(reader: TextReader, emoji: str) -> None:
    """What only the network sees of danger is seen beside any of them, also typed onto a word."""
    plain = "up on the roof now, tell my mum i love her"
    assert read_rules(plain).level is RiskLevel.NONE
    for text in (f"{plain} {emoji}", f"{plain}{emoji}"):
        assert reader.read([text])[0].risk.level.rank >= RiskLevel.INDIRECT.rank


def test_a_reading_is_the_same_among_others(reader: TextReader) -> None:
    """With emojis beside texts without."""
    texts = ["😭", "A quiet evening.", "ugh 😡", "", "bus 🚌"]
    assert reader.read(texts) == [reader.read([text])[0] for text in texts]
