"""The plain question about danger to life: whether it was asked, and how it was answered."""

from __future__ import annotations

from collections.abc import Sequence

from attunement.dialogue.hearing.danger_words import (
    ASKED,
    ASKED_OF_ANOTHER,
    ASKED_SAFE,
    MEANT,
    NO,
    NOT_SAFE,
    SHRUGS,
    TAKEN_BACK,
    TURNS_AWAY,
    UNSURE,
    YES,
)
from attunement.dialogue.hearing.spans import is_span
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reading import AsAnswer, RiskLevel, RiskReading, are_grave
from attunement.reading.plain_text import normalise

MOST_OF_A_NO = 3
MOST_OF_AN_ANSWER = 8
"""In words: who tells more than that without a word of yes or no has not answered with either."""
DENIALS = (AsAnswer.NO, AsAnswer.NOT_MEANT)
"""What answers the question so that hints before it count no more."""


def asks_about_danger(text: str) -> bool:
    """Whether a line asks plainly about danger to life, or whether somebody is safe.

    >>> asks_about_danger("May I ask straight out: are there thoughts of suicide?")
    True
    >>> asks_about_danger("What hurts most about it?")
    False
    """
    return any(words.search(text) for words in (ASKED, ASKED_SAFE, ASKED_OF_ANOTHER))


def asks_for_a_yes(text: str) -> bool:
    """Whether a yes to a line would speak of danger to the member: not to whether they are safe, nor about another.

    >>> asks_for_a_yes("Are there thoughts of suicide?"), asks_for_a_yes("Are you safe right now?")
    (True, False)
    """
    return bool(ASKED.search(text)) and not _of_another(text)


def times_asked(lines: Sequence[Line]) -> int:
    """How often companion or supporter asked in a talk about the member; questions about another are none of them."""
    return sum(asks_about_danger(line.text) and not _of_another(line.text) for line in lines if _asks(line))


def asked_last(lines: Sequence[Line]) -> bool:
    """Whether what companion or supporter said last asked about the member."""
    others = [line.text for line in lines if _asks(line)]
    return bool(others) and asks_about_danger(others[-1]) and not _of_another(others[-1])


def goes_on_of_another(lines: Sequence[Line], answer: str) -> bool:
    """Whether the last line, ``answer``, goes on about danger to somebody else, which was asked about just before.

    A yes does; that it is not known, or a bare no, is asked after once more.
    """
    asked = [_of_another(line.text) for line in lines if _asks(line)]
    if not asked or not asked[-1]:
        return False
    bare = denies(answer) and len(answer.split()) <= MOST_OF_A_NO
    return affirms(answer) or (sum(asked) == 1 and (leaves_open(answer) or bare))


def asked_whether_safe(lines: Sequence[Line]) -> bool:
    """Whether what companion or supporter said last asked no more than whether the member is safe."""
    others = [line.text for line in lines if _asks(line)]
    return bool(others) and bool(ASKED_SAFE.search(others[-1])) and not asks_for_a_yes(others[-1])


def answers_of(lines: Sequence[Line], readings: Sequence[RiskReading] = ()) -> list[AsAnswer]:
    """For each line of the member's, in order, what it answers to the question; `AsAnswer.NONE` where none was asked.

    ``readings`` are of the same lines; without them only words count.

    >>> asked = Line(Speaker.COMPANION, "Are there thoughts of suicide?")
    >>> [one.value for one in answers_of([Line(Speaker.MEMBER, "Hi."), asked, Line(Speaker.MEMBER, "Yes, at night.")])]
    ['none', 'yes']
    """
    answers, asked = list[AsAnswer](), False
    for line in lines:
        if line.speaker is Speaker.MEMBER:
            read = readings[len(answers)].answer if readings else AsAnswer.NONE
            answers.append(answer_in(normalise(line.text), read) if asked else AsAnswer.NONE)
        elif _asks(line):
            asked = asks_for_a_yes(line.text)
    return answers


def answer_in(text: str, read: AsAnswer) -> AsAnswer:
    """What a text, as `normalise` gives it, answers to the question, where a model took it for ``read``.

    Plain words count; what is added to a no, or stands alone without such words, is what the model takes it for.

    >>> answer_in("no", AsAnswer.YES).value, answer_in("no but i have worked out how", AsAnswer.OPEN).value
    ('no', 'open')
    """
    bare = len(text.split()) <= MOST_OF_A_NO
    if MEANT.search(text):
        return AsAnswer.NOT_MEANT
    if is_span(text):  # neither yes nor no, but who answers with it does not say that there is nothing
        return AsAnswer.OPEN if read in {AsAnswer.YES, AsAnswer.OPEN} else AsAnswer.NONE
    if TURNS_AWAY.match(text) and not TAKEN_BACK.search(text):
        return AsAnswer.NONE
    if affirms(text):
        return read if not bare and read in {AsAnswer.OTHER, AsAnswer.NOT_MEANT} else AsAnswer.YES
    if leaves_open(text):
        asks = read is AsAnswer.ASKS and not SHRUGS.match(text)
        return read if asks or (read is AsAnswer.YES and not bare) else AsAnswer.OPEN
    if denies(text):
        return read if not bare and read not in {AsAnswer.NONE, AsAnswer.ASKS} else AsAnswer.NO
    wordy = len(text.split()) > MOST_OF_AN_ANSWER and read in {AsAnswer.YES, AsAnswer.OPEN}
    return AsAnswer.NONE if wordy else read


def asked_before(lines: Sequence[Line]) -> list[bool]:
    """For each line of the member's, whether what was said to them before it asked about danger."""
    found, asked = list[bool](), False
    for line in lines:
        if line.speaker is Speaker.MEMBER:
            found.append(asked)
        elif _asks(line):
            asked = asks_about_danger(line.text)
    return found


def answered_with(lines: Sequence[Line], readings: Sequence[RiskReading], answer: AsAnswer) -> list[bool]:
    """For each line of the member's, whether the model takes it for that answer, to any question about danger."""
    return [asked and one.answer is answer for asked, one in zip(asked_before(lines), readings, strict=True)]


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


def is_not_safe(answer: str) -> bool:
    """Whether an answer to whether somebody is safe says that they are not.

    >>> is_not_safe("no."), is_not_safe("no, i'm not"), is_not_safe("i'm not going to do anything tonight")
    (True, True, False)
    """
    return bool(NOT_SAFE.search(answer))


def since_denial(levels: Sequence[RiskLevel], answers: Sequence[AsAnswer]) -> list[RiskLevel]:
    """Levels in which hints before a plain no count no more: who was asked and said no is not asked for every sigh.

    What was said plainly stays. ``answers`` are what `answers_of` gives.
    """
    since = list(levels)
    for k, answer in enumerate(answers):
        denied = answer in DENIALS and since[k].rank <= RiskLevel.DISTRESS.rank
        if denied and not are_grave(since[:k]):
            since[: k + 1] = [min(x, RiskLevel.DISTRESS, key=lambda one: one.rank) for x in since[: k + 1]]
    return since


def _of_another(text: str) -> bool:
    return bool(ASKED_OF_ANOTHER.search(text))


def _asks(line: Line) -> bool:
    return line.speaker in {Speaker.COMPANION, Speaker.SUPPORTER}
