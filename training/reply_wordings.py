"""What the words of a turn, and pairs of neighbours, say by themselves of what it does, beside the network of replies.

A logistic regression of the six behaviours of AnnoMI on which words and pairs a turn has. Those that fewer than five
turns have are left out, so that nobody's sentence can be read from the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from attunement.domain.reply import Behaviour
from attunement.reading.heads import Head
from attunement.reading.plain_text import clean
from attunement.reading.reply_windows import REPLY
from attunement.reading.wordings import Wordings
from training.measures import Array
from training.reply_data import Exchange, targets
from training.wordings import known_of, marked, rows_of

N = len(Behaviour)
C, SHARE = 5.0, 0.4
"""Inverse weight of the penalty, and how much of the answer is what words say; chosen on three of the five folds."""


@dataclass(frozen=True, slots=True)
class TurnWords:
    """What words say of the six behaviours, and what is said where there are none ``(6,)``, as shares of the answer."""

    table: Wordings
    bias: Array

    @classmethod
    def of(cls, turns: Sequence[Exchange]) -> TurnWords:
        """Learned from turns; of none, it says nothing."""
        if not turns:
            return cls(Wordings(np.zeros(0, np.uint32), np.zeros((0, N), np.float32)), np.zeros(N))
        ids, y = _ids(turns), targets(list(turns))[:, :N].astype(np.float64)
        known = known_of(ids)
        table = Wordings(known, np.zeros((len(known), N), np.float32))
        turn, behaviour = np.nonzero(y)
        fitted = LogisticRegression(C=C, max_iter=1000).fit(
            rows_of(ids, table)[turn], behaviour, sample_weight=y[turn, behaviour]
        )
        table.table[:, fitted.classes_] = SHARE * fitted.coef_.T
        bias = np.full(N, SHARE * fitted.intercept_.min())  # a behaviour that no turn shows is as rare as the rarest
        bias[fitted.classes_] = SHARE * fitted.intercept_
        return cls(table, bias)

    def beside(self, head: Head) -> Head:
        """The head of behaviour, as it hears what words say: the table's share is taken off its own."""
        return Head(head.weight * (1 - SHARE), (head.bias * (1 - SHARE) + self.bias).astype(np.float32))

    def scores(self, network: Array, turns: Sequence[Exchange]) -> Array:
        """What the network scores ``(n, 6)`` of turns together with what their words say."""
        said = np.stack([self.table(ids) for ids in _ids(turns)])
        return np.asarray(log_softmax((1 - SHARE) * network + said + self.bias, axis=1))


def beside_words(fold: dict[str, NDArray[np.generic]], turns: Sequence[Exchange]) -> Array:
    """The scores of behaviour of a fold ``(n, 6)``, with what words of all other turns taught."""
    held = fold["behaviour+skill_rows"].astype(int).tolist()
    others = set(range(len(turns))) - set(held)
    words = TurnWords.of([turns[k] for k in sorted(others)])
    return words.scores(fold["behaviour+skill_behaviour"].astype(float), [turns[k] for k in held])


def _ids(turns: Sequence[Exchange]) -> list[list[int]]:
    return marked([clean(turn.reply) for turn in turns], REPLY)
