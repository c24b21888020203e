"""Tells whether a line names a place somebody could die at (water by night alone), and nothing ordinary of it."""

from __future__ import annotations

import re

MOST_WORDS = 14
_PLACE = (
    r"(?:bridge|viaduct|cliffs?|quarry|weir|(?:(?:train|railway|rail|tube) )?tracks|railway(?: line)?|level crossing|"
    r"multi-?storey|(?:car ?park )?roof(?:top)?|ledge)"
)
_I_GO_TO = (
    r"\bi (?:\w+ ){0,3}?(?:walk|drive|cycle|go|went|pass|stop|stopped|stand|stood|sit|sat|look|looked|looking|live|"
    r"thinking|think|walking|standing|ended up) (?:\w+ ){0,2}?(?:past|by|over|across|along|near|at|on|under|to|of|"
    r"about|the|that|this) (?:[\w-]+ ){0,2}?"
)
_WATER = r"(?:river|canal|lake|sea|water|harbou?r|docks|pier)"
_NAMED = re.compile(
    rf"\bthere(?:'?s| is| are)? (?:always |also |only )?(?:a|an|the|that|this|some) (?:[\w-]+ ){{0,3}}?{_PLACE}\b|"
    rf"{_I_GO_TO}(?:{_PLACE}|{_WATER}\b.*\b(?:(?:at|every|each|all) night|after dark|in the dark))\b"
)
_ORDINARY = re.compile(
    r"\b(?:clos\w+|traffic|views?|pretty|beautiful|lovely|nice|fish\w*|photos?|pictures?|road ?works|late|delay\w*|"
    r"dogs?|run|running|jog\w*|ducks?|swans?|boats?|swim\w*|leak\w*|toll|build\w*|built|repair\w*|fix\w*|paint\w*|"
    r"concert|bar|party|wedding|flood\w*|noisy|noise|jams?|plants?|garden\w*|tomatoes|washing|buses|bus|tiles?|"
    r"between us|learn\w*)\b"
)


def names_place(text: str) -> bool:
    """Whether a line, as `normalise` gives it, is about such a place and tells no ordinary thing of it.

    By itself it means nothing; where a model sees signs in it, it is one.

    >>> names_place("there's a bridge on my way home"), names_place("there's a bridge here with a lovely view")
    (True, False)
    """
    short = len(text.split()) <= MOST_WORDS
    return short and bool(_NAMED.search(text)) and not _ORDINARY.search(text)
