"""Tells where somebody came out: a model takes that for harm or grief now and then, and it is neither by itself."""

from __future__ import annotations

import re

from attunement.reading.plain_text import normalise

_CAME_OUT = re.compile(
    r"\bc[ao]m(?:e|es|ing) out (?:to (?:me|us|my|his|her|their|our|the|every\w+|class|school|work)\b|"
    r"as (?:an? )?(?!sick|ill)\w+)|"
    r"\b(?:told|tel+s|telling) (?:me|us|my \w+|every\w+) (?:\w+ ){0,3}"
    r"(?:(?:he|she|they|i)(?:'?s| is|'?re| are|'?m| am) )"
    r"(?:gay|bi\w*|lesbian|trans\w*|queer|non[- ]?binary|asexual|pansexual)\b"
)
_ILL_DONE = re.compile(
    r"\b(?:hit\w*|beat\w*|kick\w*|punch\w*|slap\w*|shov\w*|hurt\w*|thr[eo]w\w*|lock\w*|kil+\w*|spat|spit\w*|"
    r"attack\w*|force\w*|threat\w*|chok\w*|burn\w*|rap(?:e|ed|ing)|out of the house|disown\w*|cure|pray it|"
    r"conversion|won'?t let|blackmail\w*|outed)\b"
)
"""What is done to somebody for it, or beside it."""


def tells_of_coming_out(text: str) -> bool:
    """Whether a text tells that somebody came out, and of no ill that was done.

    >>> tells_of_coming_out("My son came out to me last night"), tells_of_coming_out("He came out and hit me")
    (True, False)
    """
    plain = normalise(text)
    return bool(_CAME_OUT.search(plain)) and not _ILL_DONE.search(plain)
