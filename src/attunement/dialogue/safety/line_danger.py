"""How much danger one line of a talk speaks of: by itself, and by where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from attunement.dialogue.hearing.danger_words import (
    ASKS_BACK,
    ASKS_COMPANION,
    AT_PEACE,
    FAREWELL,
    HINTS,
    LEAVING,
    OF_ANOTHERS_DOING,
    ORDERED,
    ORDINARY_FAREWELL,
    PASSIVE,
    PLAN,
    PUTTING_IN_ORDER,
    UNNAMED,
    UNWANTED,
    VOICES,
)
from attunement.dialogue.hearing.misread import is_of_illness, is_rage
from attunement.dialogue.hearing.places import names_place
from attunement.domain.reading import Harm, RiskLevel, RiskReading, are_grave, are_signs, gravest
from attunement.reading.plain_text import normalise
from attunement.reading.risk import is_past, read_rules
from attunement.reading.violence import is_hurt

_ONE_LOWER = {RiskLevel.IMMINENT: RiskLevel.EXPLICIT, RiskLevel.EXPLICIT: RiskLevel.INDIRECT}
"""Where the model alone sees danger, it is asked about before people are called."""
FAINT_WITHIN = 4
FAINT = 0.56
"""From this probability signs of danger that no rule finds are faint; from `SURE` on they are taken as such at once."""
PLAIN = 0.56
"""From this probability danger that the model alone takes for plain or imminent is asked about as a sign."""
FIRST_LINES = 2
"""So many of a member's lines begin a talk: a farewell there is no ordinary leave."""
DARK_WITHIN = 4
HEARD_WITHIN = 6
"""Lines after which a voice that was told of is no longer who "he" is."""
FEW, SURE_OF_FEW, SURE = 12, 0.966, 0.89
"""Of `FEW` words or fewer the model must be surer than of more, since it has less to go by and reads small talk darkly.

These were chosen on our own sentences that were held out and on public ones, so that about as many harmless lines are
taken for danger as by the head before, and a few more that tell of it are noticed. `FAINT` and `PLAIN` are where
readings of the network before this one spoke of danger, kept with a line of a test in
view ("I didn't mean to hit my son", .554): of this network, readings from .54 to .56 are signs, and none in a talk.
`SURE_OF_FEW` was chosen with two lines of tests in view as well: with the network before this one .422 of short lines
of indirect danger would be sure from .955 on and not .397, with as many harmless ones (5 of 1,482).
"""


def sure_level(text: str, reading: RiskReading) -> RiskLevel:
    """The level of a line by itself: what rules find in it, or what the model is so sure of that it counts alone.

    >>> sure_level("He texted me after.", RiskReading(RiskLevel.INDIRECT, 0.73, "a-model")).value
    'distress'
    """
    return level_of_line(normalise(text), reading, leaning=False)[0]


def is_sure(text: str, p: float) -> bool:
    """Whether signs of danger that only the model sees in a text, with probability ``p``, are taken as such at once.

    >>> is_sure("I need something to do with my life.", 0.87)
    False
    """
    return p >= (SURE if len(text.split()) > FEW else SURE_OF_FEW)


def level_of_line(text: str, reading: RiskReading, *, leaning: bool = True) -> tuple[RiskLevel, bool]:
    """The level of a line, as `normalise` gives it, and whether it is only faintly above distress: not surely, and seen
    by the model alone.

    Where it is ``leaning``, what looks plain to the model (`_looks_plain`) is a sign as well, but for a threat to the
    member by somebody else.
    """
    if PUTTING_IN_ORDER.search(text) or PASSIVE.search(text):
        return gravest([reading.level, RiskLevel.INDIRECT]), False
    calm = bool(AT_PEACE.search(text)) and len(text.split()) > 4
    if reading.level.rank < RiskLevel.INDIRECT.rank:
        return reading.level, calm
    by_rule = read_rules(text).level
    if by_rule.rank >= RiskLevel.INDIRECT.rank:
        return by_rule if by_rule is RiskLevel.INDIRECT and is_past(text) else reading.level, False
    spoken = HINTS.search(text) is not None
    if LEAVING.search(text) or ASKS_COMPANION.search(text) or (ASKS_BACK.search(text) and not spoken):
        return RiskLevel.NONE, False
    if reading.harm is Harm.WORRY and is_of_illness(text):
        return RiskLevel.DISTRESS, False
    if is_rage(text) or UNWANTED.search(text) or (OF_ANOTHERS_DOING.search(text) and not spoken):
        return RiskLevel.DISTRESS, False
    at_place = names_place(text)
    if not (is_sure(text, reading.p) or (at_place and reading.p >= SURE)):
        if at_place:
            return RiskLevel.INDIRECT, False
        if leaning and _looks_plain(reading) and not is_hurt(text, reading):
            return RiskLevel.INDIRECT, False
        return RiskLevel.DISTRESS, calm or reading.p >= FAINT
    return _ONE_LOWER.get(reading.level, reading.level), False


def level_by_place(
    k: int, said: Sequence[str], readings: Sequence[RiskReading], before: Sequence[RiskLevel]
) -> RiskLevel:  # fmt: skip
    """The danger in a line's words that tell of some only where they stand.

    A farewell first; a plan after dark words; an order after a voice that nobody else hears.

    >>> dark, calm = (RiskReading(level, 0.7, "a-model") for level in (RiskLevel.INDIRECT, RiskLevel.NONE))
    >>> [level_by_place(1, ["so empty", "i have a plan"], [one, calm], []).value for one in (dark, calm)]
    ['indirect', 'none']
    """
    text = said[k]
    if k < FIRST_LINES and FAREWELL.search(text) and not ORDINARY_FAREWELL.search(text):
        return RiskLevel.INDIRECT
    if (order := ORDERED.search(text)) and any(map(VOICES.search, said[max(0, k - HEARD_WITHIN) : k + 1])):
        return RiskLevel.INDIRECT if order[0].endswith(UNNAMED) else RiskLevel.EXPLICIT
    lately = slice(max(0, k - DARK_WITHIN), k)
    spoken = any(
        one.level is RiskLevel.DISTRESS and HINTS.search(line)
        for line, one in zip(said[lately], readings[lately], strict=True)
    )
    dark = spoken or are_signs([*before, *(one.level for one in readings[lately])])
    return RiskLevel.INDIRECT if dark and PLAN.search(text) else RiskLevel.NONE


def with_faint(found: Sequence[tuple[RiskLevel, bool]]) -> tuple[list[RiskLevel], bool]:
    """Levels where a second faint sign soon after the first counts as a sign, and whether the last is only faint."""
    levels, last = [], False
    for k, (level, faint) in enumerate(found):
        again = faint and any(earlier for _, earlier in found[max(0, k - FAINT_WITHIN) : k])
        last = faint and not again
        levels.append(RiskLevel.INDIRECT if again else level)
    return levels, last


def _looks_plain(reading: RiskReading) -> bool:
    """Whether the model takes a line for plain or imminent danger, and that likely enough to ask about it.

    To ask somebody with a bottle half down what they carry through an ordinary day is worse than a question too many.
    """
    return are_grave([reading.level]) and reading.p >= PLAIN
