"""What danger a post may point to, for whoever answers it: read as the companion reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from attunement.dialogue.hearing.danger_words import ASKED_OF_ANOTHER, ASKED_SAFE
from attunement.dialogue.hearing.plain import sentences
from attunement.dialogue.safety.assessment import HURT_NEAR
from attunement.dialogue.safety.danger_asked import asks_about_danger, asks_for_a_yes
from attunement.dialogue.safety.guessing import HARM_BELOW
from attunement.dialogue.safety.safety import assess
from attunement.dialogue.safety.standing import BODY, THEIRS
from attunement.dialogue.safety.threats import SURE_THREAT, THREAT
from attunement.domain.coaching import DangerNotice, DangerOf
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reading import Harm, Reading, RiskLevel, RiskReading, are_signs
from attunement.library.coach_words import NoticeWords
from attunement.library.helplines import CountryHelp
from attunement.reading.violence import tells_of_violence

OF_STEP: Mapping[str, DangerOf] = {
    "hurt": DangerOf.VIOLENCE, "harmed": DangerOf.VIOLENCE, HURT_NEAR: DangerOf.VIOLENCE, "child": DangerOf.CHILD,
    SURE_THREAT: DangerOf.THREAT, THREAT: DangerOf.THREAT, "another": DangerOf.ANOTHER, THEIRS: DangerOf.EMERGENCY,
    BODY: DangerOf.EMERGENCY,
}  # fmt: skip
"""What the steps of ``content/companion/safety.yaml`` are about; all others are about the member's own life."""
IMMINENT = str(RiskLevel.IMMINENT)
WAITS = frozenset(DangerOf) - {DangerOf.SUICIDE}
"""Danger in which whatever else could be asked waits: the plain question is the one that counts."""
_DOES_THAT = re.compile(r" does that(?: to you)?$")
_DONE = re.compile(
    r"\bI(?:'ve| have)?(?: just)? (?:took|taken|swallowed|overdosed|injected|drank)\b|"
    r"\b(?:cut|slit) my (?:wrists?|throat)\b|"
    r"\b(?:standing|sitting|stood|sat|out) on (?:the|a|my|this) (?:edge|bridge|ledge|roof|parapet|railing)\b",
    re.IGNORECASE,
)
"""What is imminent and begun: then it is a matter of minutes, and no question whether they think of it."""
_YOU_SAFE = re.compile(r"\bare you safe\b", re.IGNORECASE)
_NOWHERE = CountryHelp("", "", "", ())
"""Which lines are shown is not for the coach to say."""


def danger_in(post: str, reading: Reading) -> DangerOf | None:
    """What danger there may be: what the companion would take up, and danger to their own life however faint.

    >>> from attunement.reading.text_reader import TextReader
    >>> post = "He hits me when he drinks."
    >>> danger_in(post, TextReader().read([post])[0]).value
    'violence'
    """
    bright = reading.emotion.valence >= HARM_BELOW and reading.risk.harm is not Harm.LIFE
    risk = replace(reading.risk, harm=Harm.NONE) if bright else reading.risk
    step = _step(post, risk)
    if not step and tells_of_violence(post):  # what goes on may stand beside what is long over
        alone = (_step(sentence, replace(risk, harm=Harm.NONE)) for sentence in sentences(post))
        step = next((one for one in alone if OF_STEP.get(one) is DangerOf.VIOLENCE), "")
    if step == IMMINENT and _DONE.search(post):
        return DangerOf.EMERGENCY
    if step:
        return OF_STEP.get(step, DangerOf.SUICIDE)
    return DangerOf.SUICIDE if are_signs([reading.risk.level]) else None


def _step(text: str, risk: RiskReading) -> str:
    return assess([Line(Speaker.MEMBER, text)], [risk], _NOWHERE).step


def goes_on(softly: Iterable[str]) -> bool:
    """Whether something of what is told back softly is done to them, or to somebody near, again and again.

    >>> goes_on(["your dad does that to you"]), goes_on(["your dad did that to you"])
    (True, False)
    """
    return any(_DOES_THAT.search(said) for said in softly)


def notice_of(danger: DangerOf | None, draft: str, words: Mapping[DangerOf, NoticeWords]) -> DangerNotice | None:
    """What is told of it to who writes a draft, with a plain question until the draft asks one."""
    if danger is None:
        return None
    found = words[danger]
    asked = _asks(danger, draft) or (found.asked is not None and bool(found.asked.search(draft.lower())))
    return DangerNotice(danger, found.says, "" if asked else found.asks)


def _asks(danger: DangerOf, draft: str) -> bool:
    """Whether a draft asks plainly about this danger: another plain question is no question about it."""
    if danger is DangerOf.SUICIDE:
        return asks_for_a_yes(draft)
    of_them = bool(ASKED_SAFE.search(draft) or ASKED_OF_ANOTHER.search(draft))
    if danger in {DangerOf.CHILD, DangerOf.ANOTHER}:
        return of_them and not _YOU_SAFE.search(draft)
    return of_them if danger is DangerOf.VIOLENCE else danger is DangerOf.THREAT and asks_about_danger(draft)
