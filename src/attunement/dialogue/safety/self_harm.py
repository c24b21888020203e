"""Where the member hurts themselves and says that it is not to die: that is believed, and the wound is spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.domain.reading import AsAnswer, RiskLevel, are_grave, are_signs

SELF_HARM = "self-harm"
_SELF_HURT = re.compile(
    r"\b(?:cut(?:ting)?|burn(?:ing|ed|t)?|hurt(?:ing)?|scratch(?:ing|ed)?|hitting|hit) (?:myself|my (?:\w+ )?"
    r"(?:arms?|legs?|wrists?|thighs?|skin|stomach|hands?))\b|"
    r"\b(?:started|been|stopped|keep|kept|back to|want to|need to|urge to|relapsed(?: and)?) cut(?:ting)?\b"
    r"(?! (?:out|down|back|off|up|short|corners|in|through|the|my (?:hair|nails|hours)))|\bself[- ]?harm\w*\b"
)
_NOT_TO_DIE = re.compile(
    r"\b(?:(?:do ?n'?t|do not|did ?n'?t|never) (?:actually |really )?(?:want(?:ed)?|mean(?:t)?|try|tried|trying) to "
    r"(?:die|kill myself|end (?:it|my life))|not (?:trying |wanting |going )?to (?:die|kill myself)|"
    r"not[^.!?]{0,12}\bsuicid\w+)\b"
)
_WHAT_FOR = re.compile(
    r"\bto (?:calm (?:down|me)|feel (?:something|anything|better|real)|cope|get through|stop (?:the|it)|let it out)\b"
)
_WOUND = re.compile(
    r"\b(?:deep(?:er|est)?|bleed\w*|blood|stitch\w*|gap(?:es|ing)|infect\w*|scars?|bandag\w*|wounds?|hospital|doctor|nurse|"
    r"gp|a&e|show (?:some ?(?:one|body)|it|them)|heal\w*)\b"
)


def self_harm_step(
    said: Sequence[str], levels: Sequence[RiskLevel], answers: Sequence[AsAnswer], *, stands: RiskLevel
) -> str:  # fmt: skip
    """`SELF_HARM` for a line that says the hurt is not meant to kill, and for lines about the wound after it.

    So it is only where all that was said plainly of danger tells of such hurt, and none of it is happening now. The
    arguments are of the member's lines, in order, as `normalise` gives them; ``stands`` is the gravest that stands.

    >>> said = ["i've been cutting again", "no i don't want to die, it's to calm down", "it was deeper than usual"]
    >>> plain, calm = [RiskLevel.EXPLICIT, RiskLevel.NONE, RiskLevel.NONE], [AsAnswer.NONE, AsAnswer.NO, AsAnswer.NONE]
    >>> [self_harm_step(said[:n], plain[:n], calm[:n], stands=RiskLevel.EXPLICIT) for n in (1, 2, 3)]
    ['', 'self-harm', 'self-harm']
    """
    if stands is RiskLevel.IMMINENT or not are_signs(levels) or not any(map(_SELF_HURT.search, said)):
        return ""
    if any(are_grave([x]) and not _is_such(text) for text, x in zip(said, levels, strict=True)):
        return ""
    if AsAnswer.YES in answers:
        return ""
    told = [k for k, text in enumerate(said) if _tells_so(text, answers[k])]
    if not told:
        return ""
    return SELF_HARM if told[-1] == len(said) - 1 or _WOUND.search(said[-1]) else ""


def _tells_so(text: str, answer: AsAnswer) -> bool:
    """What it is for says so only as the answer of somebody who was asked, and said no."""
    return bool(_NOT_TO_DIE.search(text) or (answer is AsAnswer.NO and _WHAT_FOR.search(text)))


def _is_such(text: str) -> bool:
    return bool(_SELF_HURT.search(text) or _NOT_TO_DIE.search(text))
