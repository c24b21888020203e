"""What a model says becomes a reply only where a person could be told it."""

from __future__ import annotations

import pytest

from attunement.dialogue.backends.spoken import Choice, different, spoken
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
