"""What a person may want from the next minutes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Need(StrEnum):
    """Five needs, after Hill's helping skills (Hill 2020, *Helping Skills*, 5th ed.)."""

    HEARD = "heard"
    CALM = "calm"
    UNDERSTAND = "understand"
    ACT = "act"
    CONNECT = "connect"


CARRIED, LEAST = 0.5, 0.02
"""How much what was wanted before counts beside what is read now, and the least chance it leaves a need.

Chosen on a hundred runs of check-ins written for it, and measured on a hundred by another writer
(``benchmarks/data_need_runs.yaml``, ``python -m benchmarks.needs``)."""


def in_light(now: Mapping[Need, float], before: Mapping[Need, float]) -> dict[Need, float]:
    """What somebody wants by what is read now, in the light of what they wanted before: ``p ∝ now · before^½``.

    Both, and the answer, give each need a chance and sum to 1. So what was wanted before speaks where the words of now
    leave it open, says little against plain words, and fades with every text: of three, the first counts a quarter.
    The rule is that of a logarithmic opinion pool (Genest & Zidek 1986, Statistical Science 1(1):114-135).

    >>> calm = dict.fromkeys(Need, 0.05) | {Need.CALM: 0.8}
    >>> open_now = dict.fromkeys(Need, 0.2)
    >>> round(in_light(open_now, calm)[Need.CALM], 2)
    0.5
    >>> act = dict.fromkeys(Need, 0.05) | {Need.ACT: 0.8}
    >>> max(in_light(act, calm), key=in_light(act, calm).get)
    <Need.ACT: 'act'>
    """
    weighed = {need: now.get(need, 0.0) * max(before.get(need, 0.0), LEAST) ** CARRIED for need in Need}
    total = sum(weighed.values())
    return {need: weight / total for need, weight in weighed.items()} if total else dict(now)
