"""No text that a person can type makes a thread spin: every pattern takes time in step with the length."""

from __future__ import annotations

import time

import pytest
from tests.dialogue.conftest import member

from attunement.dialogue.coach.cautions import CautionFinder
from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing import talk as talks
from attunement.dialogue.hearing.plain import sentences
from attunement.dialogue.hearing.talk import talk_of
from attunement.domain.conversation import Line, Speaker
from attunement.library.coach_words import load_coach_words
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder
from attunement.reading.text_reader import TextReader

IDLE = load_companion_words(content_folder()).moments["idle"].pattern


@pytest.mark.parametrize("text", ["bla" * 18 + "q", "a" * 46 + "x", "la" * 5000 + "x"])
def test_words_without_meaning_are_told_at_once(text: str) -> None:
    """A run of syllables with something else at its end is not tried in every way it could be cut."""
    assert IDLE is not None
    began = time.thread_time()
    IDLE.search(text)
    assert time.thread_time() - began < 0.2


@pytest.mark.parametrize("text", ["blabla bla", "bla, bla!", "lalala", "yadda yadda", "test test", "duh", "asdfgh"])
def test_words_without_meaning_are_known(text: str) -> None:
    assert IDLE is not None
    assert IDLE.search(text)


@pytest.mark.parametrize("text", ["\t" * 9000 + "I am sad", "I am sad" + " " * 9000 + ".", "\n" * 9000, "lol " * 2500])
def test_white_space_is_passed_over(text: str) -> None:
    """Ten thousand of it, or what leaves as many where it is taken out."""
    began = time.thread_time()
    sentences(text)
    assert time.thread_time() - began < 0.3


def test_gaps_in_a_draft_are_passed_over_and_cautions_keep_their_places() -> None:
    """Each place of a gap would be tried by each pattern."""
    finder = CautionFinder(load_coach_words(content_folder()).cautions)
    draft = "I see." + "\n" * 6000 + "Cheer up, it's just a cat."
    began = time.thread_time()
    found = finder.find("My cat died.", draft)
    assert time.thread_time() - began < 2
    assert draft[found[0].start : found[0].end] == "Cheer up"


@pytest.mark.parametrize(
    "text", ["", "  ", "k", "😭" * 10_000, "我" * 10_000, "a" * 10_000, "why? " * 2000, "'" * 9000]
)
def test_any_text_is_answered(companion: Companion, text: str) -> None:
    """However short, long or strange."""
    assert companion.reply(member(text)).text


def test_what_is_so_of_a_whole_talk_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply to a talk of hundreds of lines asks again and again whether somebody died in it."""
    read: list[str] = []
    monkeypatch.setattr(talks, "is_bereaved", lambda text: bool(read.append(text)))
    lines = [Line(Speaker.MEMBER, f"I sorted box {k} today.") for k in range(20)]
    talk = talk_of(lines, load_companion_words(content_folder()), TextReader().read([line.text for line in lines]))
    assert not any((talk.bereaved, talk.bereaved, talk.about_loss))
    assert len(read) == 20
