"""Leaves out an old death that is only told to say who is meant instead: it is not what somebody speaks of."""

from __future__ import annotations

import re

_LONG_AGO = r"(?:(?:in )?(?:19|20)\d\d|(?:many |\d+ |ten |twenty )?years ago|(?:long|ages) ago|when i was \w+)"
_ASIDE = re.compile(
    r"(?<=[.!;,] )(?:because |as )?(?:my|our) (?:real |own |actual )?[\w-]+ (?:died|passed away|is dead|has been dead)"
    rf"(?: back)? {_LONG_AGO}[^.!?]*",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"\bi (?:meant|mean)\b|\bnot my\b|\bi(?:'m| am) talking about\b", re.IGNORECASE)


def without_aside(text: str) -> str:
    """A text without the old death told beside who is meant; any other text as it is.

    >>> without_aside("Sorry, I meant my stepfather. My father died in 2009")
    'Sorry, I meant my stepfather.'
    >>> without_aside("I went out. My father died in 2009")
    'I went out. My father died in 2009'
    """
    return _ASIDE.sub("", text).strip() if _CORRECTS.search(text) else text


def puts_right(text: str) -> bool:
    """Whether a text says who or what was meant instead: a "sorry" in it is no remorse.

    >>> puts_right("Sorry, I meant my stepfather"), puts_right("Sorry that I shouted")
    (True, False)
    """
    return bool(_CORRECTS.search(text))
