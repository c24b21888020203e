"""A language that is not read is answered as such, however often it comes, and never with an echo of its words."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder

GERMAN = (
    "Mir geht es nicht gut. Meine Frau ist ausgezogen.", "Die Kinder sind bei ihr", "Ich schlafe kaum noch",
    "Kannst du Deutsch?", "Was soll ich tun?", "Es ist so still hier", "Die Wohnung ist leer", "Danke",
)  # fmt: skip


def test_each_line_of_another_language_is_told_whom_to_ask(companion: Companion) -> None:
    """Also the eighth, and one so short that its language cannot be told."""
    says = load_companion_words(content_folder()).moments["other_language"].say
    lines: list[Line] = []
    for text in GERMAN:
        lines.append(Line(Speaker.MEMBER, text))
        answer = companion.reply(lines)
        assert answer.moment == "other_language", text
        assert all(any(line in answer.text for line in some) for some in says), answer.text
        lines.append(Line(Speaker.COMPANION, answer.text))


@pytest.mark.parametrize("text", ["merci", "gracias", "Danke"])
def test_a_word_of_thanks_from_elsewhere_in_an_english_talk_is_thanks(companion: Companion, text: str) -> None:
    """It is not said back as if it were a fact."""
    before = [Line(Speaker.MEMBER, "I had a long day."), Line(Speaker.COMPANION, "What made it long?")]
    assert companion.reply([*before, Line(Speaker.MEMBER, text)]).moment == "thanks"
