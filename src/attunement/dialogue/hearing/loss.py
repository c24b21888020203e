"""Tells whether somebody speaks of a death, and of whose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.dialogue.hearing.asides import without_aside
from attunement.dialogue.hearing.clause_words import BY_WHO_HURT, NOT_A_DEVICE, PUT_DOWN, RUN_OVER
from attunement.dialogue.hearing.gist import KIN
from attunement.dialogue.hearing.referents import with_referent

_BY_OWN_HAND = (
    r"(?:(?:killed|hanged|hung|drowned) (?:him|her|them)sel\w+|shot (?:him|her|them)self(?! in the (?:foot|leg|hand))|"
    r"(?:took|ended) (?:his|her|their) (?:own )?life|(?:died by|committed) suicide)"
)
_BEREAVED = re.compile(
    rf"\b(?:passed away|funeral|grief|grieving|(?:be|was|been|got) put (?:down|to sleep)|"
    rf"{PUT_DOWN}|{_BY_OWN_HAND})\b|"
    rf"\b(?:lost (?:my|our) (?:\w+ )?|my late )(?:{KIN}|dog|cat)\b|"
    rf"\b(?:my (?:\w+ )?{KIN}|he|she|they)(?:'s| is| was| are| were) (?:dead|killed|murdered)\b|"
    rf"(?<!\bi )(?<!\bwe )(?<!nearly )(?<!almost ){NOT_A_DEVICE}\bdied\b"
    r"(?! (?:laughing|to|of (?:laughter|shame|embarrassment|boredom)|in the \w+ (?:round|level|game)))",
    re.I,
)
"""Somebody's death: not that a phone died, or that a team was killed five to nil."""

_ONE = rf"((?:(?:best|old|little|big|older|younger|twin) )?(?:{KIN}|dog|cat|puppy|kitten|rabbit|horse))"
_LOST = re.compile(
    rf"\b(?:my|our) {_ONE}"
    rf"(?: \w+){{0,2}}? (?:died|passed away|is dead|was killed|was murdered|{_BY_OWN_HAND}|"
    r"(?:was|be) put (?:down|to sleep)|"
    rf"{RUN_OVER}|crossed the rainbow bridge)\b|"
    rf"\b(?:lost (?:my|our)|my late) {_ONE}\b",
    re.IGNORECASE,
)
_UNBORN = re.compile(r"\bmiscarr\w+|\bstillb\w+|\blost (?:my|our|the|a) baby\b|\bbaby (?:\w+ )?died\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:had|having) to put (?-i:([A-Z][a-z]+)) (?:down|to sleep)\b|"
    r"(?-i:\b([A-Z][a-z]+)) (?:has |just )?crossed (?:over )?the rainbow bridge\b",
    re.IGNORECASE,
)
"""An animal called by its name."""
_THEY_DIED = re.compile(r"\b(he|she) (?:\w+ )?(?:died|passed away|is dead|was killed)\b", re.IGNORECASE)
_DISTANT = re.compile(
    r"\b(?:a|an|the|this|one of (?:my|our|the)|some|another|(?:my|our)) (?:[\w-]+ ){0,2}?(?:patients?|residents?|clients?|"  # noqa: E501
    r"customers?|callers?|passengers?|singer|actor|actress|author|writer|musician|drummer|comedian|presenter|footballer|"
    r"player|celebrity|king|queen|prince|princess|pope|president|youtuber|streamer|character|hero)"
    r"(?: (?:of (?:mine|ours)|i (?:liked|loved|cared for|looked after)|at work|on (?:my|the|our) ward|from \w+))? "
    r"(?:just |has |had )*(?:died|passed away|is dead)\b|(?-i:\b[A-Z][a-z]+ [A-Z][a-z]+) (?:just |has )*(?:died|passed away|"  # noqa: E501
    r"is dead)\b|\blost (?:a|another|one of (?:my|our)) (?:patients?|residents?|clients?)\b",
    re.IGNORECASE,
)
"""Somebody known from work, or to everybody: sad, and no bereavement of one's own."""


def is_distant(text: str) -> bool:
    """Whether a death is told that is nobody's of theirs: a patient's, or that of somebody everybody knows.

    >>> is_distant("A patient of mine died today"), is_distant("sad that David Bowie died"), is_distant("My dad died")
    (True, True, False)
    """
    return bool(_DISTANT.search(text)) and not _LOST.search(text)


def is_bereaved(text: str) -> bool:
    """Whether somebody's death is spoken of, an unborn child's too.

    >>> is_bereaved("He died in May."), is_bereaved("My phone died again."), is_bereaved("My abuser died.")
    (True, False, False)
    """
    told = without_aside(text)
    return (bool(_BEREAVED.search(told)) and not BY_WHO_HURT.search(told)) or is_of_unborn(told)


def is_of_unborn(text: str) -> bool:
    """Whether it is a child lost before or at its birth.

    >>> is_of_unborn("We lost the baby at eleven weeks.")
    True
    """
    return bool(_UNBORN.search(text))


def lost_in(texts: Sequence[str]) -> str:
    """Who died, as it is named to the member, by what they wrote; empty where they did not say whom.

    >>> lost_in(["My old dog died."]), lost_in(["It's my brother's birthday.", "He died at 24."])
    ('your old dog', 'your brother')
    >>> lost_in(["We had to put Milo down."])
    'Milo'
    >>> lost_in(["She died."])
    ''
    """
    texts = [told for text in texts if not BY_WHO_HURT.search(told := without_aside(text))]
    called = [match.group(1) or match.group(2) for text in texts for match in _NAMED.finditer(text)]
    if called:
        return called[-1]
    named = [match.group(1) or match.group(2) for text in texts for match in _LOST.finditer(text)]
    if named:
        return f"your {named[-1].lower()}"
    for k, text in enumerate(texts):
        match = _THEY_DIED.search(text)
        if match:  # whom it was is told before, or with it
            until = re.sub(r"'s\b", "", " ".join(texts[: k + 1]).replace("\u2019", "'"))
            told = with_referent(f"{match.group(1).lower()} died", until)
            return told.removesuffix(" died") if told.startswith("your ") else ""
    return ""
