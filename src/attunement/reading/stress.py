"""Stress as a fixed formula of emotion and affect; nothing in it is fitted."""

from __future__ import annotations

import math
from collections.abc import Mapping

TENSE = ("nervousness", "fear", "sadness", "grief", "disappointment", "annoyance", "anger", "remorse", "embarrassment")


def stress_of(emotions: Mapping[str, float], *, valence: float, arousal: float) -> float:
    r"""How stressed a text sounds, 0 (not at all) to 1.

    .. math:: s = \tfrac{1}{2} t + \tfrac{1}{2} \sigma\big(6 (2.9 - v) + 2 (a - 3)\big)

    with :math:`t = 1 - \prod_e (1 - p_e)` the chance of at least one of nine tense emotions. The constants were set
    beforehand from the scales (EmoBank's valence clusters just under 3), not tuned on any stress data.

    Parameters
    ----------
    emotions:
        Probabilities of the GoEmotions labels, each 0 to 1.
    valence, arousal:
        1 to 5 as in EmoBank.

    >>> stress_of({}, valence=3.0, arousal=3.0) < 0.2
    True
    >>> stress_of({"fear": 0.9, "sadness": 0.5}, valence=2.3, arousal=3.3) > 0.9
    True
    """
    calm = math.prod(1 - emotions.get(label, 0.0) for label in TENSE)
    strain = 1 / (1 + math.exp(-(6 * (2.9 - valence) + 2 * (arousal - 3))))
    return min(1.0, max(0.0, 0.5 * (1 - calm) + 0.5 * strain))
