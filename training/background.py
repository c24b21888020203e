"""Texts in which hardly any danger or harm is told: what heads and words of danger are told apart from."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from attunement.domain.reading import RiskLevel
from training.held_out import held_out
from training.own_sentences import need_sentences, risk_sentences
from training.public_data import goemotions

COMMENTS, SEED = 20_000, 20261130
"""How many public comments are drawn."""


def background(data: Path) -> list[str]:
    """Texts in which hardly any danger is told: some public comments, and sentences of need."""
    comments = np.random.default_rng(SEED).choice(goemotions(data, "train").texts, COMMENTS, replace=False)
    return [*comments.tolist(), *need_sentences().texts]


def harmless(data: Path) -> list[str]:
    """Texts in which hardly any harm is told: the same, and own sentences that tell of no danger and are not held out.

    Comments alone would not do: they are no check-ins, and everyday life told by who lives it is what is mistaken.
    """
    own = risk_sentences()
    calm = ~held_out(own) & (own.classes == RiskLevel.NONE.rank)
    return [*background(data), *(text for text, yes in zip(own.texts, calm, strict=True) if yes)]
