"""Sentences a supporter could add: every frame filled with every piece of the post it fits."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from attunement.dialogue.coach.material import Material, Piece
from attunement.domain.reply import Mechanism
from attunement.library.coach_words import Frame, Sentences

OTHERWISE = "hard"
FULL = 2.0
NAMING = 1.2
TWICE = 0.7
MOST_SAID = 0.7
_WORD = re.compile(r"[a-z']+")
_SMALL = 3
_DOUBLED = re.compile(r"\b([\w']+) \1\b", re.IGNORECASE)


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
    written = frozenset(_WORD.findall(draft.lower()))
    new = [piece for piece in material.pieces if not _is_said(piece.said, written)]
    for frame in words.sentences:
        room = [min(worth, FULL - shown[m]) for m, worth in zip(Mechanism, frame.worth, strict=True)]
        said = "sorry" in frame.text and "sorry" in written
        for piece in new:
            fits = piece.kind in frame.of and piece.tense in frame.when
            text = _fill(frame, piece) if fits else None
            if text is not None and not _DOUBLED.search(text):
                promise = sum(room) + NAMING * piece.weight - TWICE * said + _turn(text)
                yield Sentence(text, frame, piece, promise)


def _is_said(said: str, written: frozenset[str]) -> bool:
    """Whether the draft says it already: most of its longer words stand there."""
    longer = [word for word in _WORD.findall(said.lower()) if len(word) > _SMALL]
    return bool(longer) and sum(word in written for word in longer) > MOST_SAID * len(longer)


def _fill(frame: Frame, piece: Piece) -> str | None:
    hard = OTHERWISE if piece.hard[:4] in piece.said else piece.hard  # not "lonely to feel lonely"
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
