"""What a model says becomes a reply only where a person could be told it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.dialogue.backends.pieces import Pieces
from attunement.dialogue.backends.spoken import Choice, different, spoken, spoken_piecewise
from attunement.domain.conversation import BackendFailed, Prompt

GOOD = {
    "en": "That sounds like a heavy day. What weighs on you most?",
    "de": "Das klingt nach einem schweren Tag. Was belastet dich am meisten?",
    "fr": "Cela a l'air d'une journée difficile. Qu'est-ce qui te pèse le plus ?",
    "es": "Parece que ha sido un día muy difícil. ¿Qué es lo que más te pesa ahora?",
    "zh": "听起来你今天过得很不容易。现在最让你难受的是什么？",
    "hi": "लगता है कि आज का दिन बहुत कठिन रहा। आपको सबसे ज़्यादा क्या परेशान कर रहा है?",
    "ar": "يبدو أن يومك كان صعبًا جدًا. ما أكثر شيء يثقل عليك الآن؟",
    "ru": "Похоже, день был очень тяжёлым. Что сейчас давит на тебя больше всего?",
}
ENGLISH = Prompt("Be kind.", (), "x-1")


@pytest.mark.parametrize("language", GOOD)
def test_a_plain_reply_passes_in_every_script(language: str) -> None:
    """Where its language is the one asked for, and where none was."""
    for asked in (language, "und"):
        assert spoken(GOOD[language], Prompt("", (), "x-1", asked)) == GOOD[language]


@pytest.mark.parametrize("language", [code for code in GOOD if code != "en"])
def test_another_language_is_refused_both_ways(language: str) -> None:
    """English to somebody who writes another language, and the other way round."""
    for asked, text in (("en", GOOD[language]), (language, GOOD["en"])):
        with pytest.raises(BackendFailed, match="another language"):
            spoken(text, Prompt("", (), "x-1", asked))


@pytest.mark.parametrize("text", ["Oh no.", "Hm.", "I see.", "Oh, Juno ❤️ I am so sorry."])
def test_a_short_reply_is_not_taken_for_another_language(text: str) -> None:
    """Where it cannot be told, it passes."""
    assert spoken(text, ENGLISH) == text


def test_a_models_own_name_and_invisible_characters_are_taken_off() -> None:
    """Neither is meant for a person."""
    assert spoken("Companion: That\u202e sounds hard.", ENGLISH) == "That sounds hard."


def test_a_thought_that_was_never_opened_is_left_out() -> None:
    """Some chat templates open it for the model."""
    assert spoken("She is sad.</think> That sounds hard.", ENGLISH) == "That sounds hard."


def test_the_replies_that_can_be_said_are_kept() -> None:
    """Bad ones among them cost nothing; only where all are bad is it a failure, with the last reason."""
    bad = [Choice("", True), Choice("\x00", True)]
    assert different([bad[0], Choice("Oh no.", True), bad[1]], ENGLISH, 3) == ["Oh no."]
    with pytest.raises(BackendFailed, match="is not text"):
        different(bad, ENGLISH, 3)


def _arrived(text: str, cuts: list[int]) -> Pieces:
    pieces = Pieces(10.0)
    for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        pieces.put(text[begin:end])
    pieces.end()
    return pieces


@given(data=st.data(), language=st.sampled_from(sorted(GOOD)), thought=st.sampled_from(["", "<think>Sad.</think>\n"]))
def test_however_it_is_cut_into_pieces_the_whole_is_the_same(data: st.DataObject, language: str, thought: str) -> None:
    """Also inside a mark of thinking."""
    text = f" {thought}{GOOD[language]}"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    assert "".join(spoken_piecewise(_arrived(text, cuts), Prompt("", (), "x-1", language))) == GOOD[language]


def test_a_thought_shown_by_mistake_is_a_failure() -> None:
    """What was shown has to be taken back."""
    shown = []
    with pytest.raises(BackendFailed, match="shows what the model thinks"):
        shown.extend(spoken_piecewise(_arrived("She is sad.</think> That sounds hard.", [12]), ENGLISH))
