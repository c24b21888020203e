"""The plain question about danger to life: whether it was asked, and how it was answered."""

from __future__ import annotations

from collections.abc import Sequence

from attunement.dialogue.danger_words import ASKED, NO, TAKEN_BACK, UNSURE, YES
from attunement.domain.conversation import Line, Speaker
from attunement.reading.plain_text import normalise


def asks_about_danger(text: str) -> bool:
    """Whether a line asks plainly about danger to life.

    >>> asks_about_danger("May I ask straight out: are there thoughts of suicide?")
    True
    >>> asks_about_danger("What hurts most about it?")
    False
    """
    return bool(ASKED.search(text))


def times_asked(lines: Sequence[Line]) -> int:
    """How often companion or supporter asked in a talk."""
    return sum(asks_about_danger(line.text) for line in lines if _asks(line))


def asked_last(lines: Sequence[Line]) -> bool:
    """Whether what companion or supporter said last asked."""
    others = [line for line in lines if _asks(line)]
    return bool(others) and asks_about_danger(others[-1].text)


def answers_of(lines: Sequence[Line]) -> list[str]:
    """For each line of the member's, in order, what it answers to the question, as `normalise` gives it, or nothing.

    >>> asked = Line(Speaker.COMPANION, "Are there thoughts of suicide?")
    >>> answers_of([Line(Speaker.MEMBER, "Hello."), asked, Line(Speaker.MEMBER, "Yes, at night.")])
    ['', 'yes, at night.']
    """
    answers, asked = [], False
    for line in lines:
        if line.speaker is Speaker.MEMBER:
            answers.append(normalise(line.text) if asked else "")
        elif _asks(line):
            asked = asks_about_danger(line.text)
    return answers


def affirms(answer: str) -> bool:
    """Whether an answer to the question is a yes.

    >>> affirms("yes, at night."), affirms("i have photos of the oven")
    (True, False)
    """
    return bool(YES.search(answer)) and not TAKEN_BACK.search(answer)


def leaves_open(answer: str) -> bool:
    """Whether an answer to the question says neither yes nor no, and says that.

    >>> leaves_open("i don't know"), leaves_open("i have photos of the oven")
    (True, False)
    """
    return bool(UNSURE.search(answer))


def denies(answer: str) -> bool:
    """Whether an answer to the question is a no; what says neither yes nor no is none.

    >>> denies("no, nothing like that"), denies("i don't know")
    (True, False)
    """
    return bool(NO.search(answer) or TAKEN_BACK.search(answer)) and not leaves_open(answer)


def _asks(line: Line) -> bool:
    return line.speaker in {Speaker.COMPANION, Speaker.SUPPORTER}
