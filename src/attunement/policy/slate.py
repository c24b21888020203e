"""What is shown beside the offer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.domain.practice import Practice


def alternatives(pick: int, candidates: Sequence[Practice], expected: NDArray[np.float64], *, n: int = 2) -> list[int]:
    """Indices of up to ``n`` further candidates: the best expected of other families, then of other media.

    Each takes a family not shown yet where there is one, so that a choice is a real one.
    """
    shown = [pick]
    order = [i for i in np.argsort(-expected, kind="stable").tolist() if i != pick]
    while order and len(shown) <= n:
        shown.append(_furthest(order, [candidates[i] for i in shown], candidates))
        order.remove(shown[-1])
    return shown[1:]


def _furthest(order: Sequence[int], shown: Sequence[Practice], candidates: Sequence[Practice]) -> int:
    """The first of another family and medium; else the first of another family, of another medium, of all."""
    families, media = {p.family for p in shown}, {p.medium for p in shown}
    found: dict[tuple[bool, bool], int] = {}
    for i in order:
        like = (candidates[i].family in families, candidates[i].medium in media)
        found.setdefault(like, i)
        if like == (False, False):
            break
    return found[min(found)]
