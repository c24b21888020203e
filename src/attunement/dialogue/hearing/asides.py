"""Leaves out an old death that is only told to say who is meant instead: it is not what somebody speaks of."""

from __future__ import annotations

import re

LEAST_AFTER = 3
"""So many words must follow what is told in passing, or it is all that is told."""
_LONG_AGO = r"(?:(?:in )?(?:19|20)\d\d|(?:many |\d+ |ten |twenty )?years ago|(?:long|ages) ago|when i was \w+)"
_ASIDE = re.compile(
    r"(?<=[.!;,] )(?:because |as )?(?:my|our) (?:real |own |actual )?[\w-]+ (?:died|passed away|is dead|has been dead)"
    rf"(?: back)? {_LONG_AGO}[^.!?]*",
    re.IGNORECASE,
)
_PASSING = re.compile(
    r"(?:^|(?<=[.!;,] ))(?:so |well |and |like )?(?:my|our) [\w-]+ (?:died|passed away|is dead|has been dead)(?: back)? "  # noqa: E501
    rf"{_LONG_AGO}(?: (?:of|from) \w+(?: \w+)?)?(?:,? (?:so|and) [^.!?;]{{1,80}}?)?(?:[,.;]+| -+)? *(?:(?:but|so|and) )?(?:anyways?\b[,.]? *|"  # noqa: E501
    r"(?=that'?s not (?:why|what|the (?:point|problem|issue))\b))",
    re.IGNORECASE,
)
"""The same in a line that turns to something else at once: "my dad died when I was six, anyway I've got ..."."""
_CORRECTS = re.compile(r"\bi (?:meant|mean)\b|\bnot my\b|\bi(?:'m| am) talking about\b", re.IGNORECASE)


def without_aside(text: str) -> str:
    """A text without the old death told beside who is meant; any other text as it is.

    >>> without_aside("Sorry, I meant my stepfather. My father died in 2009")
    'Sorry, I meant my stepfather.'
    >>> without_aside("I went out. My father died in 2009")
    'I went out. My father died in 2009'
    >>> without_aside("my dad died when i was six, anyway i've got an interview")
    "i've got an interview"
    """
    told = _PASSING.sub("", text).strip() if passes_death(text) else text
    return _ASIDE.sub("", told).strip() if _CORRECTS.search(told) else told


def passes_death(text: str) -> bool:
    """Whether an old death is told in passing, by somebody who turns to something else in the same breath.

    >>> passes_death("my dad died when i was six, anyway i've got an interview"), passes_death("my dad died in 2009")
    (True, False)
    """
    match = _PASSING.search(text)
    return match is not None and len(text[match.end() :].split()) >= LEAST_AFTER


def puts_right(text: str) -> bool:
    """Whether a text says who or what was meant instead: a "sorry" in it is no remorse.

    >>> puts_right("Sorry, I meant my stepfather"), puts_right("Sorry that I shouted")
    (True, False)
    """
    return bool(_CORRECTS.search(text))
