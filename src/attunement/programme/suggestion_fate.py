"""What became of the coach's suggestions: read from the line that was sent, not asked of the supporter."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from attunement.dialogue.coach.voice import sentences
from attunement.domain.coaching import Fate

ALIKE = 0.6


def fates_of(dismissed: Mapping[str, bool], sent: str) -> dict[str, Fate]:
    """The fate of each suggestion that was shown while a line was written, and may have been put away.

    Taken where the line holds it word for word; dismissed where it was put away; adapted where, of all suggestions, it
    is the one a sentence of the line is most like, by at least 0.6 (the share of characters in common, in order), what
    was taken left out; else unused. Suggestions made of the same words are alike: what is taken or put away says
    nothing of the others.

    >>> fates_of({"You miss her.": False, "Do you miss her?": False}, "Oh no. You miss her.")
    {'You miss her.': <Fate.TAKEN: 'taken'>, 'Do you miss her?': <Fate.UNUSED: 'unused'>}
    >>> fates_of({"You miss her.": False, "What happened?": True}, "I hear that you miss her so.")
    {'You miss her.': <Fate.ADAPTED: 'adapted'>, 'What happened?': <Fate.DISMISSED: 'dismissed'>}
    """
    plain, line = {text: _plain(text) for text in dismissed}, _plain(sent)
    taken = {text for text, wanted in plain.items() if wanted and wanted in line}
    open_ = {text: wanted for text, wanted in plain.items() if wanted and text not in taken}
    for text in sorted(taken, key=len, reverse=True):
        line = line.replace(plain[text], "\n")
    adapted = {_most_like(line[start:end], open_) for start, end in sentences(line)}
    return {
        text: Fate.TAKEN if text in taken else _otherwise(text in adapted, put_away)
        for text, put_away in dismissed.items()
    }


def _otherwise(adapted: bool, put_away: bool) -> Fate:
    if put_away:
        return Fate.DISMISSED
    return Fate.ADAPTED if adapted else Fate.UNUSED


def _most_like(sentence: str, wanted: Mapping[str, str]) -> str | None:
    """The suggestion a sentence is most like, or None where it is like none."""
    found = max(wanted, key=lambda text: _alike(wanted[text], sentence), default=None)
    return found if found is not None and _alike(wanted[found], sentence) >= ALIKE else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
