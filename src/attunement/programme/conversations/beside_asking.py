"""What a member says beside asking to be put through to a person: that is told, and not the asking."""

from __future__ import annotations

import re

from attunement.dialogue.hearing.plain import typed_out
from attunement.dialogue.replying.moments import HAND_OVER, asks_for_person
from attunement.library.companion_words import CompanionWords

FEWEST_WORDS = 4
_BETWEEN = re.compile(r"(?<=[.!?,;\n])\s+")


def beside_asking(text: str, words: CompanionWords) -> str:
    """A text without the pieces of it that merely ask for a person; empty where it says nothing else.

    >>> from attunement.library.companion_words import load_companion_words
    >>> from attunement.library.resources import content_folder
    >>> words = load_companion_words(content_folder())
    >>> beside_asking("My dog died. Can I talk to a human please?", words), beside_asking("A human please.", words)
    ('My dog died.', '')
    """
    pieces = _BETWEEN.split(text)
    told = [piece for piece in pieces if not _merely_asks(piece, words)]
    return text if len(told) == len(pieces) else " ".join(told)


def _merely_asks(piece: str, words: CompanionWords) -> bool:
    """Whether next to nothing is left of it without the asking; "I am so alone, and want a human" has more in it."""
    if not asks_for_person([piece], words):
        return False
    asking = words.moments[HAND_OVER].pattern
    left = asking.sub(" ", typed_out(piece)) if asking else ""
    return len(re.findall(r"[\w']+", left)) < FEWEST_WORDS
