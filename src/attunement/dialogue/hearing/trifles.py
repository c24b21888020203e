"""Tells small mishaps from what weighs: a phone that fell, a bus that was missed, a match that was lost."""

from __future__ import annotations

import re

from attunement.dialogue.hearing.felt_words import is_fed_up

MOST_OF_A_TRIFLE = 16
"""In more words something else is told beside it."""
_KIND = r"(?:(?:new|old|white|good|other|favou?rite|house|car|bus|train|morning|birthday|whole) )?"
_THING = (
    r"(?:phone|screen|laptop|computer|printer|wi-?fi|internet|charger|headphones|earbuds?|car|bike|tyre|tire|bus|train|"
    r"tram|flight|plane|ferry|key(?:s|board)?|wallet|umbrella|glasses|gloves?|socks?|shoes?|shirt|jacket|coat|hat|scarf|"
    r"bag|suitcase|toast|cake|bread|soup|dinner|lunch|coffee|tea|milk|plate|cup|mug|oven|kettle|fridge|washing machine|"
    r"dishwasher|shower|lamp|plant|haircut|alarm|parcel|package|report|file)"
)
_FAILS = (
    r"(?:fell|broke|died|crashed|froze|cracked|collapsed|shrank|ripped|leak(?:s|ed)|got (?:wet|lost|stolen)|went wrong|"
    r"(?:'s|is|are|was|were|went|got)(?: \w+)? "
    r"(?:down|late|delayed|cancel+ed|flat|stuck|broken|dead|frozen|ruined|gone))"
)
_DROPS = r"(?:missed|dropped|spil+ed|spilt|burnt|burned|forgot|lost|broke|ripped|stained|overslept)"
_TRIFLE = re.compile(
    rf"\b(?:my|our|the|a) {_KIND}{_THING}(?: just| has| again)?(?: |(?=')){_FAILS}\b|"
    rf"(?:^|\bi |\bi've |\band |\bjust |\bwe ){_DROPS} (?:(?:my|our|the|a|some) )?{_KIND}{_THING}\b|"
    r"\b(?:dogs?|cats?|puppy|kitten|printer|machine) (?:ate|chewed|ripped) (?:up )?(?:my|our|the)\b|"
    r"\bgot (?:a|another) (?:parking|speeding) (?:ticket|fine)\b|"
    r"\b(?:my|our) team (?:\w+ )?(?:lost|loses|got relegated)\b|\bwe lost (?:the (?:game|match|final|derby)|\d)|"
    r"\bneighbou?rs?\b[^.!?]{0,30}\b(?:drums?|music|vacuums?|hoovers?|drill(?:s|ing)?|trumpet|piano)\b"
)
_MORE = re.compile(
    r"\b(?:(?:crash\w*|wreck\w*) (?:my|the|our) car|car (?:crash|accident)|accident|die[sd]? (?:in|of|from)|"
    r"(?:first|only|last) (?:one|copy|thing|gift|present|letter)|so am i|hit|cry|cried|crying|tears|alone|"
    r"(?:interview|thesis|exam|photos?|pictures?|hospital|police|everything|nothing|nobody|always|never)|"
    r"(?:him|her|she|he|mum|mom|dad|mother|father|gran|grandma|baby|kids?|child|wife|husband|boss)|"
    r"(?:memory|fired|rent|afford|hate|can'?t|like|love|glad|happy|finally))\b"
)
"""Told beside it, that there is more to it."""


def is_trifle(plain: str) -> bool:
    """Whether no more than a small mishap is told, in a few words, lower case: it vexes, and pity would be too much.

    >>> is_trifle("my phone fell off the balcony"), is_trifle("i lost my phone with the last photos of my dad")
    (True, False)
    """
    small = bool(_TRIFLE.search(plain)) or is_fed_up(plain)
    return small and len(plain.split()) <= MOST_OF_A_TRIFLE and not _MORE.search(plain)
