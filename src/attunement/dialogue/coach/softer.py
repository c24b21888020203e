"""What would wound again when it is told back word for word, and the softer words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attunement.dialogue.hearing.mirror import mirrored
from attunement.dialogue.hearing.plain import sentences
from attunement.dialogue.hearing.referents import with_referent
from attunement.library.coach_words import Softer


def softened(text: str, softer: Sequence[Softer]) -> Mapping[str, str]:
    """What is told back of violence, of contempt for one's own body and of news of an illness, and how hard it is.

    >>> from attunement.library.coach_words import load_coach_words
    >>> from attunement.library.resources import content_folder
    >>> softer = load_coach_words(content_folder()).marks.softer
    >>> softened("I told my dad. He hit me, and now I feel so fat.", softer)
    {'your dad did that to you': 'frightening', 'you feel so bad about yourself': 'painful'}
    """
    found: dict[str, str] = {}
    for sentence in sentences(text):
        told = mirrored(sentence.rstrip(".!?")).lower()
        taken: list[tuple[int, int]] = []
        for one in softer:
            match = one.told.search(told)
            if match is None or any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            found.setdefault(with_referent(match.expand(one.says), text), one.hard)
    return found


def wounds(said: str, softer: Sequence[Softer]) -> bool:
    """Whether what is told back, or quoted, has words of these."""
    return any(one.told.search(mirrored(said).lower()) for one in softer)
