"""What was read from somebody's body, in words for them."""

from __future__ import annotations

from attunement.domain.body import BodyReading, Flaw
from attunement.domain.messages import N_
from attunement.programme.body import KNOWS_NOTHING_SD
from attunement.web.body_chart import AS_USUAL, CALMER, STIRRED, UNTOLD

UNUSUAL = 0.15
"""Arousal farther than this from 0.5 is called unusual; the less is known, the nearer to 0.5 it lies by itself."""
CANT_TELL = N_("How stirred up your body seemed could not be told.")
WORDS = {
    CALMER: N_("Your body seemed calmer than is usual for you at rest."),
    AS_USUAL: N_("Your body seemed about as stirred up as is usual for you at rest."),
    STIRRED: N_("Your body seemed more stirred up than is usual for you at rest."),
    UNTOLD: CANT_TELL,
}
TOO_POOR = N_("Too little was measured to say.")
WHY_NOT = {
    Flaw.NO_SIGNAL: N_("Neither your heart nor your skin was measured."),
    Flaw.GAP: N_("The sensor measured only part of the time."),
    Flaw.FLAT: N_("The sensor showed the same value for a while, as it does where it has come off."),
    Flaw.OUT_OF_RANGE: N_("Some values were ones no body has, so they were left out."),
    Flaw.CLOCK_JUMP: N_("The device's clock went back, so this may be of another time, or in part left out."),
    Flaw.ARTEFACT: N_("Many heartbeats were not measured well; moving can do that."),
    Flaw.FEW_BEATS: N_("Too few heartbeats were measured."),
    Flaw.NO_BASELINE: N_("It is not yet known how your body is at rest; a few quiet minutes with the sensor on help."),
}
"""What may keep one from telling, the plainest reason first; other flaws do not."""


def told_of(reading: BodyReading) -> list[str]:
    """What the body showed; where that could not be told, also why."""
    words = WORDS[kind_of(reading)]
    why = [reason for flaw, reason in WHY_NOT.items() if flaw in reading.why] or [TOO_POOR]
    return [words, *why] if words == CANT_TELL else [words]


def kind_of(reading: BodyReading) -> str:
    """Whether the body seemed calmer, as usual or more stirred up than at rest, or that cannot be told."""
    if reading.arousal_sd >= KNOWS_NOTHING_SD:
        return UNTOLD
    if reading.arousal_mean < 0.5 - UNUSUAL:
        return CALMER
    return STIRRED if reading.arousal_mean > 0.5 + UNUSUAL else AS_USUAL
