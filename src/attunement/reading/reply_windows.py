"""How a reply and what it answers are laid out for the network that reads both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attunement.reading.network import CLS, SEP

BEFORE, REPLY, OVERLAP = 64, 160, 32
MAX_WINDOWS = 40
"""Enough for 20,000 characters of English, the most that is taken."""


@dataclass(frozen=True, slots=True)
class Window:
    """``[CLS] before [SEP] reply [SEP]`` as token ids; the reply's begin at ``first`` and are ``n_reply``.

    ``start`` is the place of the window's first token in the whole reply.
    """

    ids: tuple[int, ...]
    first: int
    n_reply: int
    start: int


def reply_windows(before: Sequence[int], reply: Sequence[int]) -> list[Window]:
    """A reply in windows of at most 160 tokens that overlap by 32, each after the last 64 tokens of what it answers.

    At most 40 windows are read: the first and the last 20.

    >>> [(w.start, w.n_reply, len(w.ids)) for w in reply_windows(range(100), range(200))]
    [(0, 160, 227), (128, 72, 139)]
    >>> reply_windows([7], [8, 9])[0].ids
    (101, 7, 102, 8, 9, 102)
    """
    context = tuple(before[max(0, len(before) - BEFORE) :])
    windows = []
    for start in range(0, max(1, len(reply) - OVERLAP), REPLY - OVERLAP):
        part = tuple(reply[start : start + REPLY])
        windows.append(Window((CLS, *context, SEP, *part, SEP), len(context) + 2, len(part), start))
    if len(windows) > MAX_WINDOWS:
        windows = windows[: MAX_WINDOWS // 2] + windows[-MAX_WINDOWS // 2 :]
    return windows
