"""Texts in which hardly any danger or harm is told: what heads and words of danger are told apart from."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from attunement.domain.reading import RiskLevel
from attunement.reading.violence import tells_of_violence
from training.held_out import chosen, held_out
from training.own_sentences import need_sentences, risk_sentences, stress_sentences
from training.public_data import goemotions

COMMENTS, SEED = 20_000, 20261130
"""How many public comments are drawn."""


def background(data: Path) -> list[str]:
    """Texts in which hardly any danger is told: some public comments, and sentences of need."""
    comments = np.random.default_rng(SEED).choice(goemotions(data, "train").texts, COMMENTS, replace=False)
    return [*comments.tolist(), *need_sentences().texts]


def harmless(data: Path) -> list[str]:
    """Texts in which hardly any harm is told: the same, and own sentences without danger and passages without violence.

    Comments alone would not do: they are no check-ins, and everyday life told by who lives it, at some length, is what
    is mistaken. Sentences of danger and passages that are held out are not among them.
    """
    own, passages = risk_sentences(), stress_sentences()
    calm = ~held_out(own) & (own.classes == RiskLevel.NONE.rank)
    quiet = [text for text in chosen(passages.texts, ~held_out(passages)) if not tells_of_violence(text)]
    return [*background(data), *chosen(own.texts, calm), *quiet]
