"""A reading can be taken apart into its words."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.domain.errors import ErrorCode, Invalid
from attunement.library.resources import models_folder
from attunement.reading.encoder import Encoder, Parts
from attunement.reading.heads import load_heads
from attunement.reading.text_reader import TextReader
from attunement.reading.why import AFFECT, attributions, direction, what_can_be_asked

HEADS = load_heads(models_folder() / "text" / "heads.npz")
TEXTS = ("I miss her so much it hurts.", "Thanks a million, that was so kind of you!", "word " * 200)


@pytest.mark.parametrize("text", TEXTS)
def test_words_marks_and_a_constant_are_the_score(encoder: Encoder, text: str) -> None:
    """For emotions and affect the shares add up to exactly what the head gave."""
    parts = encoder.parts(text)
    vector = encoder.encode([text])[0]
    for what, head, column in (("sadness", HEADS.emotion, HEADS.labels.index("sadness")), ("valence", HEADS.affect, 0)):
        along = direction(HEADS, vector, what)
        words = sum(word.weight for word in attributions(parts, text, along))
        score = head(vector)[column]
        assert words + parts.rest @ along + head.bias[column] == pytest.approx(score, abs=1e-3)


def test_pieces_of_a_word_are_told_as_one() -> None:
    """Tokens without a space between them are a word, and their weights are added."""
    parts = Parts(((0, 2), (2, 5), (6, 8), (8, 9)), np.array([[1], [2], [3], [4]], np.float32), np.zeros(1, np.float32))
    words = attributions(parts, "un-do it!", np.ones(1, np.float32))
    assert [(word.start, word.end, word.weight) for word in words] == [(0, 5, 3.0), (6, 9, 7.0)]


def test_everything_that_is_read_can_be_asked_for(reader: TextReader) -> None:
    """Emotions, affect, stress, needs and danger all have words, one for each of the text."""
    asked = what_can_be_asked(HEADS)
    assert len(asked) == 28 + len(AFFECT) + 1 + 5 + 1
    for what in asked:
        assert len(reader.why("I feel quite alone", what)) == 4


SPREAD = pytest.mark.xfail(reason="this network spreads what a word means over the words around it", strict=True)


@pytest.mark.parametrize(
    ("text", "what", "word"),
    [
        pytest.param(
            "The weather is dull but I am so grateful for my neighbour.", "gratitude", "grateful", marks=SPREAD
        ),
        ("We had lunch and then I was terrified of the dog.", "fear", "terrified"),
        pytest.param("Tuesday was fine. I want to kill myself. The bus was late.", "risk", "kill", marks=SPREAD),
    ],
)
def test_the_word_a_person_would_point_at_counts_most(reader: TextReader, text: str, what: str, word: str) -> None:
    """Among the three strongest there is the one that says it."""
    strongest = sorted(reader.why(text, what), key=lambda found: -found.weight)[:3]
    assert word in {text[found.start : found.end].strip(".") for found in strongest}


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
