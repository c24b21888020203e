"""Sentences a supporter could add: every frame filled with every piece of the post it fits."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from attunement.dialogue.coach_material import Material, Piece
from attunement.domain.reply import Mechanism
from attunement.library.coach_words import Frame, Sentences

OTHERWISE = "hard"
FULL = 2.0
NAMING = 1.2
TWICE = 0.7
_WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A filled frame, and how much it promises before it is read in its place."""

    text: str
    frame: Frame
    piece: Piece
    promise: float

    @property
    def asks(self) -> bool:
        """Whether it ends in a question, and so belongs at the end of a reply."""
        return self.text.rstrip('"').endswith("?")


def filled(material: Material, words: Sentences, shown: Mapping[Mechanism, float], draft: str) -> Iterator[Sentence]:
    """All sentences that can be made, in no order.

    Parameters
    ----------
    shown:
        The expected level (0 to 2) of each mechanism in the draft: what is there already is not promised again.
    draft:
        What its opening words say already is not said twice.
    """
    opening = set(_WORD.findall(draft.lower()))
    for frame in words.sentences:
        room = [min(worth, FULL - shown[m]) for m, worth in zip(Mechanism, frame.worth, strict=True)]
        said = "sorry" in frame.text and "sorry" in opening
        for piece in material.pieces:
            text = _fill(frame, piece, material.hard) if piece.kind in frame.of else None
            if text is not None:
                promise = sum(room) + NAMING * piece.weight - TWICE * said + _turn(text)
                yield Sentence(text, frame, piece, promise)


def _fill(frame: Frame, piece: Piece, hard: str) -> str | None:
    if hard[:5] in piece.said:  # "lonely to feel lonely"
        hard = OTHERWISE
    slots = {"clause": piece.said, "thing": piece.said, "quote": piece.said, "hard": hard, "rest": piece.rest}
    text = frame.text
    for slot, value in slots.items():
        if "{" + slot + "}" not in text:
            continue
        if value is None:
            return None
        text = text.replace("{" + slot + "}", value)
    return text[:1].upper() + text[1:]


def _turn(text: str) -> float:
    """A little that is the same for a text each time, so that posts do not all meet the same frame."""
    return 0.25 * hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=1).digest()[0] / 255
