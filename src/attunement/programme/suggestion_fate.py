"""What became of a suggestion of the coach's: read from the line that was sent, not asked of the supporter."""

from __future__ import annotations

from difflib import SequenceMatcher

from attunement.dialogue.coach_voice import sentences
from attunement.domain.coaching import Fate

ALIKE = 0.6


def fate_of(suggestion: str, sent: str, *, dismissed: bool = False) -> Fate:
    """The fate of a suggestion that was shown while a line was written.

    Taken where the line holds it word for word; adapted where a sentence of the line is alike by at least 0.6 (the
    share of characters in common, in order); dismissed where it was put away; else unused.

    >>> fate_of("You miss her.", "Oh no. You miss her."), fate_of("You miss her.", "I hear that you miss her so.")
    (<Fate.TAKEN: 'taken'>, <Fate.ADAPTED: 'adapted'>)
    >>> fate_of("You miss her.", "Good luck!"), fate_of("You miss her.", "Good luck!", dismissed=True)
    (<Fate.UNUSED: 'unused'>, <Fate.DISMISSED: 'dismissed'>)
    """
    wanted, line = _plain(suggestion), _plain(sent)
    if wanted and wanted in line:
        return Fate.TAKEN
    said = [line[start:end] for start, end in sentences(line)]
    if wanted and any(_alike(wanted, sentence) >= ALIKE for sentence in said):
        return Fate.ADAPTED
    return Fate.DISMISSED if dismissed else Fate.UNUSED


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
