"""Says whom "he" and "she" are, where only one person somebody spoke of can be meant."""

from __future__ import annotations

import re

_SHE_WORDS = (
    "mum mom mother mama wife girlfriend sister daughter grandma grandmother nan gran aunt niece stepmom stepmother"
)
_HE_WORDS = "dad father papa husband boyfriend brother son grandpa grandfather uncle nephew stepdad stepfather"
_EITHER_WORDS = (
    "friend partner boss manager teacher professor therapist doctor neighbour neighbor roommate flatmate cousin ex "
    "coworker colleague dog cat baby child kid landlord crush supervisor"
)
_SHE, _HE, _EITHER = (frozenset(words.split()) for words in (_SHE_WORDS, _HE_WORDS, _EITHER_WORDS))
_MINE = re.compile(
    rf"\b(?:my|our) ((?:(?:best|old|little|big|older|younger|oldest|youngest|late|twin|only|closest|first) )?"
    rf"({'|'.join(sorted(_SHE | _HE | _EITHER, key=len, reverse=True))}))\b(?!')",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^(he|she)(?='s\b|'d\b|'ll\b|\s)")


def with_referent(said: str, text: str) -> str:
    """A clause told back with "your wife" in the place of the "she" that begins it; as it is where two may be meant.

    >>> with_referent("she died in May", "My wife was not there to see it. She died in May.")
    'your wife died in May'
    >>> with_referent("she died in May", "My wife misses my mother. She died in May.")
    'she died in May'
    """
    subject = _SUBJECT.match(said)
    if subject is None or (subject.end() < len(said) and said[subject.end()] == "'"):
        return said
    own = _SHE if subject.group(1) == "she" else _HE
    spoken_of = {m.group(1).lower(): m.group(2).lower() for m in _MINE.finditer(text)}
    meant = {person for person, kin in spoken_of.items() if kin in own | _EITHER}
    if len(meant) != 1:
        return said
    person = meant.pop()
    return said if spoken_of[person] in said.lower() else f"your {person}{said[subject.end() :]}"
