"""Tells where somebody came out: a model takes that for harm or grief now and then, and it is neither by itself."""

from __future__ import annotations

import re

from attunement.reading.plain_text import normalise

_KIN = (
    r"(?:(?:step|grand|god)?(?:son|daughter|child|kids?|mum|mom|mother|dad|father|parents?)|brothers?|sisters?|siblings?|"
    r"cousins?|aunt|uncle|nan|gran\w*|wife|husband|partner|girlfriend|boyfriend|ex|best friend|friends?|family|team|"
    r"(?:flat|room|house|class|team)mates?|colleagues?|boss|teacher|class|pupils?|students?)"
)
_SOMEBODY = (
    rf"(?:(?:my|his|her|their|our) (?:\w+ )?{_KIN}|me|us|him|them|you|every(?:one|body)|mum|mom|dad|work|school)"
)
_BEING = r"(?:an? )?(?:gay|bi(?:sexual)?|lesbian|trans(?:gender)?|queer|non[- ]?binary|asexual|ace|pan(?:sexual)?)"
_CAME_OUT = re.compile(
    rf"\bc[ao]m(?:e|es|ing) out (?:to (?:all )?{_SOMEBODY}\b|as {_BEING}\b)|"
    rf"\b(?:my (?:\w+ )?{_KIN}|he|she|they) (?:just |finally )?told (?:me|us) (?:\w+ ){{0,2}}(?:that )?"
    rf"(?:he|she|they)(?:'s| is|'re| are|s|re) {_BEING}\b|"
    rf"\bi(?:'ve| have)? (?:just |finally )?told {_SOMEBODY} (?:\w+ ){{0,2}}(?:that )?i(?:'?m| am) {_BEING}\b"
)
_ILL_DONE = re.compile(
    r"\b(?:hit\w*|beat\w*|kick\w*|punch\w*|slap\w*|shov\w*|hurt\w*|thr[eo]w\w*|lock\w*|kil+\w*|spat|spit\w*|"
    r"attack\w*|force\w*|threat\w*|chok\w*|burn\w*|touch\w*|rap(?:e|ed|ing)|follow\w*|disown\w*|cure|pray it|"
    r"conversion|won'?t let|blackmail\w*|outed|take it back|disgust\w*|sick|ashamed)\b"
)
"""What is done to somebody for it, or beside it."""
MOST_WORDS = 12
"""Words of a text that says little more than that: of a longer one the rest is heard, too."""


def tells_of_coming_out(text: str) -> bool:
    """Whether a short text tells that somebody came out, of their own will, and of no ill that was done.

    >>> told = "My son came out to me last night", "He came out to us and dad hit him"
    >>> [tells_of_coming_out(text) for text in told]
    [True, False]
    """
    plain = normalise(text)
    short = len(plain.split()) <= MOST_WORDS
    return short and bool(_CAME_OUT.search(plain)) and not _ILL_DONE.search(plain)
