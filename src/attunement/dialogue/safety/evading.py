"""What answers nothing after quiet signs: asked once more, then people are told, and then the talk stays near."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from attunement.dialogue.safety.assessment import Assessment
from attunement.dialogue.safety.danger_asked import DENIALS, asked_before, asked_last
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
        step = BESIDE
    else:
        return found
    return replace(found, step=step, level=gravest([found.level, RiskLevel.INDIRECT]))


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
        if was_asked and any(told.quiet[:k]) and (told.answers[k] in _NO_ANSWER or told.quiet[k])
    ]
