"""What answers nothing after quiet signs: asked once more, then people are told, and then the talk stays near."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from attunement.dialogue.hearing.danger_words import MEANS
from attunement.dialogue.hearing.spans import is_span
from attunement.dialogue.safety.assessment import Assessment
from attunement.dialogue.safety.danger_asked import (
    DENIALS,
    affirms,
    asked_before,
    asked_last,
    denies,
    leaves_open,
)
from attunement.dialogue.safety.standing import word_of
from attunement.dialogue.safety.told import Told
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reading import AsAnswer, RiskLevel, gravest

MOST_ASKED_ON_A_GUESS = 2
"""So often danger that only the model saw is asked about, where no answer and no other line speaks of any."""
BESIDE = "beside"
"""The step after people were told: no question about danger any more, and no small talk as if nothing had been."""
CLOSE, AND_EVERY = 4, 3
"""So many lines are answered near by, and from then on each third."""
_FOR_GOOD = re.compile(
    r"\b(?:good ?bye|farewell|thanks? (?:you )?for everything|rope|(?:soon|almost|nearly) (?:it'?s |it will be )?over|"
    r"tell (?:my|the) (?:\w+ )?\w+ i love)\b"
)
"""What may be a leave for good, or what it needs, once people were told."""
_WHY = re.compile(r"\b(?:why|how come|what makes)\b")
_NO_ANSWER = frozenset({AsAnswer.NONE, AsAnswer.OTHER, AsAnswer.ASKS})


def with_evaded(found: Assessment, lines: Sequence[Line], told: Told, *, asked: int) -> Assessment:
    """What was found, with the next step where each question after quiet signs was talked round.

    ``asked`` is how often danger was asked about in the talk.
    """
    at = _evaded_at(lines, told)
    if found.step or not at or len(at) != asked:
        return found
    if asked_last(lines):
        step = _next(told, asked=asked)
    elif asked >= MOST_ASKED_ON_A_GUESS and _is_near(lines, told, len(told.said) - 1 - at[-1]):
        step = _beside(told)
    else:
        step = ""
    if not step:
        return found
    return replace(found, step=step, level=gravest([found.level, RiskLevel.INDIRECT]))


def _beside(told: Told) -> str:
    """Near, without a question; people are told again of an answer that comes late, of means and of a farewell.

    Violence, the body and a no are no talking round: they are met as such, or end it.
    """
    last = told.said[-1]
    if told.hurt[-1] or told.body[-1] or denies(last):
        return ""
    return "stay" if affirms(last) or leaves_open(last) or _FOR_GOOD.search(last) or MEANS.search(last) else BESIDE


def _next(told: Told, *, asked: int) -> str:
    """Who asks why they are asked is told, once; others are asked again, and then people are told."""
    why = told.answers[-1] is AsAnswer.ASKS and bool(_WHY.search(told.said[-1]))
    if why and AsAnswer.ASKS not in told.answers[:-1]:
        return "asks"
    return "again" if asked < MOST_ASKED_ON_A_GUESS else "stay"


def _is_near(lines: Sequence[Line], told: Told, since: int) -> bool:
    """Whether the line, so many after people were told, is one to stay near at: nobody took over, nothing ended it."""
    own = [k for k, line in enumerate(lines) if line.speaker is Speaker.MEMBER]
    taken = any(line.speaker is Speaker.SUPPORTER for line in lines[own[-1 - since] :])
    ended = any(map(word_of, told.said[len(told.said) - since :]))
    return not (taken or ended) and (since <= CLOSE or since % AND_EVERY == 0)


def _evaded_at(lines: Sequence[Line], told: Told) -> list[int]:
    """Which lines answered a question after quiet signs with anything but an answer; none where one was met by a no."""
    if any(answer in DENIALS for answer in told.answers) or any(told.corrects):
        return []
    return [
        k
        for k, was_asked in enumerate(asked_before(lines))
        if was_asked and any(told.quiet[:k]) and _talks_round(told, k)
    ]


def _talks_round(told: Told, k: int) -> bool:
    """Whether a line says nothing to the question, or only how long it has been so, or is such a sign again."""
    return told.answers[k] in _NO_ANSWER or told.quiet[k] or is_span(told.said[k])
