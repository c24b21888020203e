"""Tells whether a death that was spoken of is still what a talk is about, or the member has gone on from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.dialogue.hearing.gist import Gist
from attunement.dialogue.hearing.loss import is_bereaved, is_distant

OTHER_LINES = 2
"""From so many lines on about other people and things the talk is about these."""
_TURNS = re.compile(
    r"^\W*(?:but |so |and |ok |well )?(?:anyways?|moving on|on another note|other than that|enough of that|"
    r"(?:but )?that'?s not (?:why|what|the point)|back to)\b",
    re.IGNORECASE,
)
"""How somebody says that they turn to something else."""
_STILL = re.compile(
    r"\b(?:miss(?:ed|es|ing)?|griev\w+|grief|funeral|wake|ashes|grave\w*|coffin|cemetery|anniversary|the will|probate|"
    r"(?:his|her|their) (?:things|clothes|room|chair|voice|flat|house|birthday|bed|side)|without (?:him|her|them)|gone)\b",  # noqa: E501
    re.IGNORECASE,
)
"""What belongs to a death however it is told."""
_OF_THE_LOST = frozenset({"", "grief", "family", "pet", "parenting", "small_child", "baby", "sleep"})
"""Topics that may be of who died."""


def is_mourning(gists: Sequence[Gist], lost: str) -> bool:
    """Whether the last line of a talk still stands beside a death; ``lost`` is who died, as named to the member.

    A patient's or a stranger's is part of its own line only; another stays near until the member has gone on to other
    people and things, in so many words or for `OTHER_LINES` lines, and comes back when it is named again.
    """
    spoken = [k for k, gist in enumerate(gists) if _is_spoken(gist, lost)]
    if not any(is_bereaved(gist.text) for gist in gists):
        return False
    since = gists[spoken[-1] + 1 :] if spoken else gists
    if spoken and since and is_distant(gists[spoken[-1]].text):
        return False
    return sum(OTHER_LINES if _TURNS.search(g.text) else _is_of_others(g) for g in since) < OTHER_LINES


def _is_spoken(gist: Gist, lost: str) -> bool:
    name = lost.removeprefix("your ")
    return is_bereaved(gist.text) or (bool(name) and name in gist.text.lower()) or bool(_STILL.search(gist.text))


def _is_of_others(gist: Gist) -> bool:
    return bool(gist.who) or gist.topic not in _OF_THE_LOST
