"""Good news is met with gladness wherever in a talk it comes, asked after, and never with what would suit a sorrow."""

from __future__ import annotations

import pytest

from attunement.dialogue.answer import Answer
from attunement.dialogue.companion import Companion
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder

SAD = ("work is awful, my boss shouts at me every day", "I cry in the toilets")
GLAD = [
    "I'm pregnant!! we've been trying for three years", "oh but I got the job I applied for at the library",
    "my visa came through", "got the keys to our flat", "im a grandma!!", "i made a friend", "they dropped the charges",
    "im off the waiting list, i start therapy monday", "paid off my last debt today", "got my results today, all As",
    "my book is getting published", "my team won", "we exchanged on the house today",
]  # fmt: skip
NOT_GLAD = [
    "im pregnant!! im 15 what do i do", "she got the job i applied for", "we've been trying for three years",
    "my visa didnt come through", "they dropped the charges against him", "im off the waiting list because i missed it",
    "i made a friend cry", "I'm pregnant again and he left",
]  # fmt: skip


def last(companion: Companion, *texts: str) -> Answer:
    """The answer to the last of these lines."""
    lines: list[Line] = []
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        answer = companion.reply(lines)
        lines.append(Line(Speaker.COMPANION, answer.text))
    return answer


def warm_words() -> list[str]:
    """What is said to something good."""
    words = load_companion_words(content_folder())
    return [line for group in ("glad", "deed", "eased", "kindness") for line in words.feelings[group].warm]


@pytest.mark.parametrize("before", [(), SAD])
@pytest.mark.parametrize("text", GLAD)
def test_good_news_is_met_and_asked_after(companion: Companion, text: str, before: tuple[str, ...]) -> None:
    """At once, and in the midst of a sad talk as well."""
    said = last(companion, *before, text).text
    assert any(line in said for line in warm_words()), said
    assert "?" in said


@pytest.mark.parametrize("text", NOT_GLAD)
def test_nobody_is_congratulated_on_what_may_be_none(companion: Companion, text: str) -> None:
    said = last(companion, text).text
    assert not any(line in said for line in warm_words()), said


def test_the_news_is_told_back_and_not_what_stood_beside_it(companion: Companion) -> None:
    """That it took three years is not what one is glad of."""
    assert "pregnant" in last(companion, GLAD[0]).text


def test_news_that_may_be_either_is_asked_after(companion: Companion) -> None:
    """Whether it is good is theirs to say."""
    assert "?" in last(companion, *SAD, "im pregnant").text
