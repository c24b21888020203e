"""A reading can be taken apart into its words."""

from __future__ import annotations

import pytest

from attunement.domain.errors import ErrorCode, Invalid
from attunement.library.resources import models_folder
from attunement.reading.encoder import Encoder
from attunement.reading.heads import load_heads
from attunement.reading.network import Vectors
from attunement.reading.text_reader import TextReader
from attunement.reading.why import AFFECT, attributions, direction, what_can_be_asked

HEADS = load_heads(models_folder() / "text" / "heads.npz")


def test_a_word_weighs_what_the_score_loses_without_it(encoder: Encoder) -> None:
    """For affect exactly, and for emotions as far as the text is one in which somebody tells of themselves."""
    text, without = "I miss her so much it hurts.", "I miss her so much it"
    whole, less = encoder.encode([text, without])
    told, k = HEADS.told(whole), HEADS.labels.index("sadness")

    def sadness(vector: Vectors) -> float:
        return float((1 - told) * HEADS.platt[0, k] * HEADS.emotion(vector)[k] + told * HEADS.felt(vector)[k])

    lost = {"sadness": sadness(whole) - sadness(less), "valence": HEADS.affect(whole)[0] - HEADS.affect(less)[0]}
    for what, difference in lost.items():
        words = attributions(encoder.parts(text), direction(HEADS, whole, what))
        assert text[words[-1].start : words[-1].end] == "hurts."
        assert words[-1].weight == pytest.approx(difference, abs=1e-4)


def test_everything_that_is_read_can_be_asked_for(reader: TextReader) -> None:
    """Emotions, affect, stress, needs and danger all have words, one for each of the text."""
    asked = what_can_be_asked(HEADS)
    assert len(asked) == 28 + len(AFFECT) + 1 + 5 + 1
    for what in asked:
        assert len(reader.why("I feel quite alone", what)) == 4


@pytest.mark.parametrize(
    ("text", "what", "word"),
    [
        ("The weather is dull but I am so grateful for my neighbour.", "gratitude", "grateful"),
        ("We had lunch and then I was terrified of the dog.", "fear", "terrified"),
        ("The kettle is on and I wrote to everyone what to do when I am gone.", "risk", "gone"),
    ],
)
def test_the_word_a_person_would_point_at_counts_most(reader: TextReader, text: str, what: str, word: str) -> None:
    """Among the three strongest there is the one that says it; a phrase ends with the word it is there for."""
    strongest = sorted(reader.why(text, what), key=lambda found: -found.weight)[:3]
    assert word in {text[found.start : found.end].split()[-1].strip(".") for found in strongest}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tuesday was fine. I want to kill myself. The bus was late.", "want to kill myself."),
        ("Ich  will mich UMBRINGEN", "mich UMBRINGEN"),
        ("This homework is killing me. I wanna\u200b  d1eeee", "I wanna\u200b  d1eeee"),
    ],
)
def test_danger_that_a_pattern_found_is_told_by_the_words_it_matched(reader: TextReader, text: str, words: str) -> None:
    """As one, as they were written, whatever the spelling and the language."""
    (found,) = reader.why(text, "risk")
    assert text[found.start : found.end] == words
    assert found.weight > 0


def test_what_was_set_aside_is_no_reason_for_danger(reader: TextReader) -> None:
    """Words of an idiom or a denial were not read, so they are not told; the others stand where they were written."""
    text = "This homework is  KILLING me. I\u2019m not suicidal. I wrote to everyone what to do when I am  GONE."
    told = [text[word.start : word.end] for word in reader.why(text, "risk")]
    assert " ".join(told).endswith("I wrote to everyone what to do when I am GONE.")
    assert not {"KILLING", "suicidal."} & set(told)
    strongest = max(reader.why(text, "risk"), key=lambda word: word.weight)
    assert strongest.start > text.index("suicidal.")
    assert reader.why("This homework is killing me", "risk") == ()


@pytest.mark.parametrize("around", [10, 40])
def test_of_a_long_text_the_sentence_that_says_it_counts_most(reader: TextReader, around: int) -> None:
    """One sad sentence among many of bread and rain moves valence down the most."""
    sad = "Then I cried because my grandmother died. "
    text = "We walked to the shop and bought bread. " * around + sad + "The rain stopped before evening. " * around
    lowest = min(reader.why(text, "valence"), key=lambda found: found.weight)
    assert lowest.weight < 0
    assert lowest.start < text.index(sad) + len(sad)
    assert lowest.end > text.index(sad)


def test_of_a_text_too_long_to_be_read_whole_the_places_are_those_of_the_text(encoder: Encoder) -> None:
    """What was left out of its middle moves no word of its last half."""
    text = f"{'bread and rain ' * 20_000}My grandmother died."
    *_, (start, end) = encoder.parts(text).spans
    assert text[start:end].endswith("My grandmother died.")


def test_an_unknown_question_is_refused_by_name(reader: TextReader) -> None:
    """The message names it."""
    with pytest.raises(Invalid, match="happiness") as caught:
        reader.why("Fine.", "happiness")
    assert caught.value.code is ErrorCode.BAD_INPUT


@pytest.mark.parametrize("text", ["", "  ", "Ich bin heute sehr müde und traurig.", "😀"])
def test_where_nothing_is_read_nothing_is_told(reader: TextReader, text: str) -> None:
    """No words for what was never read."""
    assert all(word.start < word.end for word in reader.why(text, "sadness"))
    if len(text) > 5:
        assert reader.why(text, "sadness") == ()
