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
    order = [int(i) for i in np.argsort(-expected, kind="stable") if i != pick]
    while order and len(shown) <= n:
        families = {candidates[i].family for i in shown}
        media = {candidates[i].medium for i in shown}
        best = min(
            range(len(order)),
            key=lambda k: (candidates[order[k]].family in families, candidates[order[k]].medium in media, k),
        )
        shown.append(order.pop(best))
    return shown[1:]
