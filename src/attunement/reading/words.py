"""The words of a text as places of tokens, and neighbouring ones taken together where it is long."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import ceil

PIECE, MOST_PIECES = 20, 64
"""Tokens in a piece of a longer text, a sentence or so; of a very long one pieces are longer."""
_SMALL = (
    "a an the this that these those of to in on at by for from with and or as it its it's is was are were be been am i "
    "i'm i've my me we our us you your he his him she her they their them then there"
)
SMALL = frozenset(_SMALL.split())
"""Words that seldom move a reading by themselves. None that denies, doubts or makes stronger is among them."""


def words_of(offsets: Sequence[tuple[int, int]], text: str) -> list[tuple[int, ...]]:
    """The places of the tokens of each word: pieces without a space between them are one.

    >>> words_of([(0, 2), (2, 5), (6, 8), (8, 9)], "un-do it!")
    [(0, 1), (2, 3)]
    """
    words: list[list[int]] = []
    for k, (start, _) in enumerate(offsets):
        end = offsets[k - 1][1] if k else -1
        if words and (start < end or not any(c.isspace() for c in text[max(0, end - 1) : start + 1])):
            words[-1].append(k)
        else:
            words.append([k])
    return [tuple(word) for word in words]


def phrases(words: Sequence[tuple[int, ...]], said: Sequence[str]) -> list[tuple[int, ...]]:
    """Words with the `SMALL` ones before them as one; those that end a text go to the word before.

    >>> phrases([(0,), (1,), (2,), (3,), (4,)], ["I", "lost", "my", "job", "there"])
    [(0, 1), (2, 3, 4)]
    """
    found, waiting = list[tuple[int, ...]](), tuple[int, ...]()
    for word, text in zip(words, said, strict=True):
        waiting += word
        if text.lower().strip('.,;:!?"()') not in SMALL:
            found.append(waiting)
            waiting = ()
    if waiting:
        found[-1:] = [found[-1] + waiting] if found else [waiting]
    return found


def in_groups(words: Sequence[tuple[int, ...]], n: int, *, read: int) -> list[frozenset[int]]:
    """The tokens of neighbouring words, so many together that reading ``n`` tokens without each takes about ``read``.

    >>> [sorted(group) for group in in_groups([(0,), (1, 2), (3,)], 4, read=8)]
    [[0, 1, 2], [3]]
    """
    together = max(1, ceil(len(words) * n / read))
    return [frozenset(chain(*words[k : k + together])) for k in range(0, len(words), together)]


def in_pieces(words: Sequence[tuple[int, ...]], n: int, *, longest: int) -> list[frozenset[int]]:
    """Words in pieces of about equal length, a word that is longer cut; of far over 64, the first and last 32.

    A piece has about 20 of the ``n`` tokens; more where there would be over 64 pieces, up to ``longest``.
    """
    most = min(longest, max(PIECE, ceil(n / MOST_PIECES)))
    room = ceil(n / ceil(n / most))
    pieces, left = list[list[int]](), 0
    for word in (whole[k : k + room] for whole in words for k in range(0, len(whole), room)):
        if len(word) > left:
            pieces.append([])
            left = room
        pieces[-1].extend(word)
        left -= len(word)
    if len(pieces) > 2 * MOST_PIECES:
        pieces = pieces[: MOST_PIECES // 2] + pieces[-MOST_PIECES // 2 :]
    return [frozenset(piece) for piece in pieces]
