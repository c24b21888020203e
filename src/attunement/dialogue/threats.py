"""Where the member may hurt somebody else: said plainly, or read by a model and then asked about first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.dialogue.danger_asked import affirms
from attunement.dialogue.danger_words import HARM, JOKE
from attunement.dialogue.standing import is_evasive
from attunement.domain.conversation import Line, Speaker
from attunement.reading.plain_text import normalise

THREAT, SURE_THREAT = "threat", "harm"
"""The steps at which it is asked about, and at which people are told of it."""
KEPT_FOR = 2
"""Lines for which plain words stand where what follows says nothing else."""
ASKED_OF_THREAT = re.compile(
    r"\byou\b[^?.]{0,30}\bhurt(?:ing)? (?:somebody|someone|anybody|anyone)\b[^?.]*\?", re.IGNORECASE
)


def threatens(text: str) -> bool:
    """Whether a line, as `normalise` gives it, says plainly that its writer may hurt somebody else.

    >>> threatens("i'm going to stab him"), threatens("i'm going to kill him lol")
    (True, False)
    """
    return bool(HARM.search(text)) and not JOKE.search(text)


def threat_step(lines: Sequence[Line], threats: Sequence[bool]) -> str:
    """The step of the last line, or nothing; ``threats`` is whether one is found in each of the member's.

    What only a model reads is asked about the first time. A yes to that, or a second such line, is taken for what it
    says, as plain words are at once; and a yes after those, or a line that says nothing, changes nothing.

    >>> asked = Line(Speaker.COMPANION, "Are you thinking of hurting somebody?")
    >>> said = [Line(Speaker.MEMBER, "he will see on friday"), asked, Line(Speaker.MEMBER, "yes")]
    >>> threat_step(said[:1], [True]), threat_step(said, [True, False])
    ('threat', 'harm')
    """
    *before, last = [normalise(line.text) for line in lines if line.speaker is Speaker.MEMBER]
    stands = any(map(threatens, before[-KEPT_FOR:])) and (affirms(last) or is_evasive(last))
    if threatens(last) or stands or (_was_asked(lines) and affirms(last)):
        return SURE_THREAT
    if not threats[-1]:
        return ""
    return SURE_THREAT if any(threats[:-1]) else THREAT


def _was_asked(lines: Sequence[Line]) -> bool:
    said = [line.text for line in lines if line.speaker in {Speaker.COMPANION, Speaker.SUPPORTER}]
    return bool(said) and bool(ASKED_OF_THREAT.search(said[-1]))
