"""The seeker's own words, as they can be held up to them where a post cannot be told back."""

from __future__ import annotations

import re

from attunement.dialogue.coach.facts import is_clock, is_unharmed
from attunement.dialogue.coach.softer import wounds
from attunement.dialogue.coach.tone import matches
from attunement.dialogue.hearing.mirror import mirrored
from attunement.library.coach_words import Marks
from attunement.reading.plain_text import straight

MOST_QUOTES = 4
FEWEST, MOST = 2, 10
_QUOTABLE = re.compile(r"^(?!.*\w{18})(?:[\w' -]|(?<=\d),(?=\d))+$")
_JOINED = re.compile(r"^(?:and|but|so|or|then|because|that|which) ", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"^(?:if|as|while|since|although|though|until|unless|than|of|even (?:though|when|if)|"
    r"when (?:I|you|he|she|they|it|my|we|people|someone))\b|"
    r"^(?:I|he|she|they|we|it) (?:hates?|thinks?|thought|knows?|knew|feels?|says?|said|told|wants?|wish|sees?|hears?|"
    r"means?|guess|loves?|likes?|needs?|believes?|gets?|was|is|am|are|were|\w+n't)$|"
    r"^(?:said|told|asked|says|thinks|knows|did|does|has|had|was|were|got|went|came|gave|put)\b|"
    r"^(?:I|we) (?:was|were|have been|am|'ve been) told\b|"
    r"^(?:every|each|last|this|all|one|that) \w+$",
    re.IGNORECASE,
)
_TO_THE_READER = re.compile(r"\byou\b", re.IGNORECASE)
"""A question to who reads ("Are you there?") wants an answer, and is not held up to who asked it."""
_PART = re.compile(r"((?:(?! (?:that|because|when|if|and|but|or|which) )[^.!?\n,;:()&*]|(?<=\d),(?=\d))+)([.!?]?)")


def quotes_of(text: str, marks: Marks) -> list[tuple[str, bool]]:
    """Words as they stand, the longest first, and whether they ask.

    >>> from attunement.library.coach_words import load_coach_words
    >>> from attunement.library.resources import content_folder
    >>> quotes_of("Another Sunday alone. My wife left me. Is it normal?", load_coach_words(content_folder()).marks)
    [('Another Sunday alone', False), ('Is it normal', True)]
    """
    found: list[tuple[str, bool]] = []
    for match in _PART.finditer(straight(text)):
        said = _JOINED.sub("", " ".join(match.group(1).split()))
        asks = match.group(2) == "?"
        if asks and _TO_THE_READER.search(said):
            continue
        if FEWEST <= len(said.split()) <= MOST and _QUOTABLE.match(said) and _may_be_quoted(said, marks):
            found.append((said, asks))
    return sorted(found, key=lambda q: -len(q[0].split()))[:MOST_QUOTES]


def _may_be_quoted(said: str, marks: Marks) -> bool:
    """Whether words can be held up to who wrote them: no harm, no loss, no deed, no hour, nothing of who they are."""
    unfit = marks.never + marks.dark + marks.light + marks.grave + marks.deed
    told = mirrored(said)
    bare = _FRAGMENT.match(said) or is_clock(said) or is_unharmed(told)
    return not bare and not matches(unfit, told) and not wounds(said, marks.softer)
