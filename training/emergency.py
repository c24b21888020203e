"""Fits the head that tells of an emergency of somebody's body, on the vectors of the network as it ships.

A heart, a stroke, a bleeding: what they are told in is a matter of topic, which finished vectors hold, and so this head
needs no run of the network. A step of `training.text_reader`, and no command of its own.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from attunement.domain.reading import RiskLevel
from attunement.reading.encoder import Encoder
from attunement.reading.heads import EMERGENCIES, Head
from attunement.reading.network import SIZE, Vectors
from training.harm import share
from training.held_out import chosen, held_out
from training.measures import Array, Measured
from training.own_sentences import emergency_sentences, harm_sentences, risk_sentences
from training.public_data import goemotions

ALARMS_ON_COMMENTS, ALARMS_ON_OWN = 0.0007, 0.055
"""The shares of public comments, and of our own harmless sentences in the same words, that may be taken for one; of
the latter 2% until one in five of those held out was written where the head erred (``data_emergency_d.yaml``); so
many that as many emergencies are found as before these."""
LEAST = 0.85
"""It speaks from no lower chance, however few harmless sentences are taken for one."""
BACKGROUND, HELD_NEAR, SEED = 12_000, 1.0, 20261129
"""So many public comments are learned as none, and the inverse weight of the penalty on the head."""


def emergency_head(encoder: Encoder, data: Path) -> Head:
    """A linear head of `EMERGENCIES`, from sentences that are not held out, and from what tells of other things."""
    texts, y = learned_from(data)
    fitted = LogisticRegression(C=HELD_NEAR, max_iter=2000).fit(encoder.encode(texts)[:, :SIZE].astype(np.float64), y)
    return Head(fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32))


def learned_from(data: Path) -> tuple[list[str], NDArray[np.int64]]:
    """Texts that are not held out, and which of `EMERGENCIES` each tells of ``(n,)``."""
    own = emergency_sentences()
    kept = ~held_out(own)
    comments = np.random.default_rng(SEED).choice(goemotions(data, "train").texts, BACKGROUND, replace=False)
    texts = [*chosen(own.texts, kept), *comments.tolist(), *_of_other_things()]
    return texts, np.concatenate([own.classes[kept], np.zeros(len(texts) - kept.sum(), np.int64)])


def emergency_threshold(head: Head, encoder: Encoder, data: Path) -> float:
    """The lowest chance at which few are alarmed in vain, among comments and sentences that were not learned from."""
    own = emergency_sentences()
    harmless = held_out(own) & (own.classes == 0)
    return float(
        max(
            LEAST,
            np.quantile(emergency_in(head, encoder.encode(goemotions(data, "dev").texts)), 1 - ALARMS_ON_COMMENTS),
            np.quantile(emergency_in(head, encoder.encode(chosen(own.texts, harmless))), 1 - ALARMS_ON_OWN),
        )
    )


def emergency_in(head: Head, vectors: Vectors) -> Array:
    """How likely each vector tells of an emergency, of whomever, ``(n,)``."""
    return np.asarray(softmax(head(vectors).astype(np.float64), axis=1)[:, 1:].sum(axis=1))


def emergency_figures(head: Head, threshold: float, encoder: Encoder) -> dict[str, Measured]:
    """What the head finds of the sentences that were held out."""
    own = emergency_sentences()
    held = held_out(own)
    found = emergency_in(head, encoder.encode(chosen(own.texts, held))) >= threshold
    return {
        f"emergencies of the body, held out, found of {name} (n={part.sum()})": share(found[part])
        for k, name in enumerate(EMERGENCIES)
        if (part := own.classes[held] == k).any()
    }


def _of_other_things() -> list[str]:
    """Sentences of despair, and of none; not those of minutes, in which a body may be in danger too."""
    risk, harm = risk_sentences(), harm_sentences()
    return [
        *chosen(risk.texts, ~held_out(risk) & (risk.classes < RiskLevel.IMMINENT.rank)),
        *chosen(harm.texts, ~held_out(harm) & (harm.classes == 0)),
    ]
