"""A seed for the chance in a reply that depends on the talk alone, so that a reply can be replayed."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from attunement.domain.conversation import Line


def seed_of(lines: Sequence[Line], *, salt: str = "") -> int:
    """A number from all lines; with a ``salt`` (a conversation's id) the same words get another number in each talk.

    >>> from attunement.domain.conversation import Speaker
    >>> seed_of([Line(Speaker.MEMBER, "hi")]) == seed_of([Line(Speaker.MEMBER, "hi")])
    True
    >>> seed_of([Line(Speaker.MEMBER, "hi")]) == seed_of([Line(Speaker.MEMBER, "hi")], salt="another")
    False
    """
    hashed = blake2b(salt.encode("utf-8", "replace"), digest_size=8)
    for line in lines:
        hashed.update(f"\x1e{line.speaker}\x1f{line.text}".encode("utf-8", "replace"))
    return int.from_bytes(hashed.digest(), "big")
