"""What the head of harm learns lately, from what chance on it speaks, and what it finds.

Sentences that were written after the network had been fine-tuned are learned by the head alone, until it is again. A
step of `training.text_reader`, and no command of its own.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from attunement.reading.encoder import Encoder
from attunement.reading.heads import HARMS, SURE_OF_ANSWER, Head
from attunement.reading.network import SIZE, Vectors
from training.background import harmless
from training.held_out import SEEN, chosen, held_out, round_of
from training.measures import Array, Measured, bootstrap
from training.own_sentences import answer_sentences, harm_sentences

GOES_ON = 2
"""From this of `HARMS` on it is told, and what comes before is none or long over."""
KNOWN, BACKGROUND, NEAR = 0.3, 0.1, 0.003
"""How much a sentence counts that the network knows by heart, and a text in which hardly any harm is told, next to one
that it has not seen; and what it costs to leave the head that was fine-tuned, next to the mean loss. Chosen among some
ten by own sentences held out."""
ALARMS_ON_COMMENTS = {"hurt": 0.0002, "life": 0.0006, "worry": 0.0002, "threat": 0.0002}
ALARMS_ON_OWN = {"hurt": 0.024, "life": 0.01, "worry": 0.01, "threat": 0.008}
"""The shares of public comments, and of our own harmless sentences in the same words, that may be taken for each kind.

Own sentences lie close to the line. Of comments, more may be taken for a life in danger, where minutes count; the
fewest own ones may be taken for a threat: with more, leaving a husband is one.
"""
LEAST = {"life": 0.96, "worry": 0.93}
"""From no lower chance a kind is told: people are called for a life in danger, and a child's fever is below; so is, for
worry, a bridge between two people that one of them won't cross."""


def harm_head(head: Head, encoder: Encoder, data: Path) -> Head:
    """The head near ``head`` that knows what the network has not learned from as well, but what is held out."""
    own, others = harm_sentences(), harmless(data)
    kept = ~held_out(own)
    lately = np.array([round_of(file) > SEEN for file in own.files])[kept]
    classes = np.append(own.classes[kept], np.zeros(len(others), np.int64))
    counted = np.append(np.where(lately, 1.0, KNOWN), np.full(len(others), BACKGROUND))
    return near(head, encoder.encode([*chosen(own.texts, kept), *others])[:, :SIZE], classes, counted)


def near(head: Head, vectors: Vectors, classes: NDArray[np.int64], counted: Array) -> Head:
    """The multinomial head near ``head`` for vectors ``(n, m)`` of ``classes`` ``(n,)``, each ``counted`` ``(n,)``.

    >>> head = Head(np.zeros((2, 3), np.float32), np.zeros(3, np.float32))
    >>> near(head, np.eye(2, dtype=np.float32), np.array([0, 2]), np.ones(2))(np.eye(2)).argmax(axis=1).tolist()
    [0, 2]
    """
    seen, known, share = vectors.astype(np.float64), head(vectors).astype(np.float64), counted / counted.sum()
    shape, wanted = head.weight.shape, np.eye(head.weight.shape[1])[classes]

    def loss(flat: Array) -> tuple[float, Array]:
        change, shift = flat[: -shape[1]].reshape(shape), flat[-shape[1] :]
        logs = log_softmax(known + seen @ change + shift, axis=1)
        missed = (np.exp(logs) - wanted) * share[:, None]
        value = -((logs * wanted).sum(axis=1) @ share) + NEAR * (change**2).sum()
        return float(value), np.concatenate([(seen.T @ missed + 2 * NEAR * change).ravel(), missed.sum(axis=0)])

    start = np.zeros((shape[0] + 1) * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    change, shift = found[: -shape[1]].reshape(shape), found[-shape[1] :]
    return Head((head.weight + change).astype(np.float32), (head.bias + shift).astype(np.float32))


def harm_in(head: Head, vectors: Array) -> Array:
    """How likely each vector tells of harm that goes on, ``(n,)``."""
    return np.asarray(softmax(head(vectors).astype(np.float64), axis=1)[:, GOES_ON:].sum(axis=1))


def harm_kinds(head: Head, vectors: Array) -> NDArray[np.int64]:
    """The likeliest of the kinds of harm that go on, by its place among them, ``(n,)``."""
    return np.asarray(head(vectors)[:, GOES_ON:].argmax(axis=1))


def harm_thresholds(head: Head, encoder: Encoder, comments: tuple[str, ...]) -> Array:
    """For each kind of `Harm`, where it is the likeliest, the lowest chance of harm at which few are alarmed in vain.

    ``comments`` were not learned from. ``(4,)``, in the order of `HARMS`.
    """
    own = harm_sentences()
    calm = chosen(own.texts, held_out(own) & (own.classes == 0))
    theirs, mine = (_by_kind(head, encoder.encode(texts)) for texts in (comments, calm))
    return np.array(
        [
            max(
                LEAST.get(name, 0.0),
                np.quantile(theirs[:, kind], 1 - ALARMS_ON_COMMENTS[name]),
                np.quantile(mine[:, kind], 1 - ALARMS_ON_OWN[name]),
            )
            for kind, name in enumerate(HARMS[GOES_ON:])
        ]
    )


def _by_kind(head: Head, vectors: Array) -> Array:
    """How likely each vector tells of harm, under the likeliest kind, and 0 under the others, ``(n, 4)``."""
    likeliest = np.eye(len(HARMS) - GOES_ON)[harm_kinds(head, vectors)]
    return np.asarray(likeliest * harm_in(head, vectors)[:, None])


def harm_figures(harm: Head, answer: Head, thresholds: Array, encoder: Encoder) -> dict[str, Measured]:
    """What both heads find of the sentences that were held out."""
    own, told = harm_sentences(), answer_sentences()
    held, heard = held_out(own), held_out(told)
    found = (_by_kind(harm, encoder.encode(chosen(own.texts, held))) >= thresholds).any(axis=1)
    measured = {
        f"harm, held out, taken to go on of {name} (n={part.sum()})": share(found[part])
        for k, name in enumerate(HARMS)
        if (part := own.classes[held] == k).any()
    }
    p, truth = softmax(answer(encoder.encode(chosen(told.texts, heard))).astype(np.float64), axis=1), told.classes
    sure, right = p.max(axis=1) >= SURE_OF_ANSWER, p.argmax(axis=1) == truth[heard]
    return measured | {
        f"answers, held out, sure of (n={len(sure)})": share(sure),
        f"answers, held out, right where sure (n={sure.sum()})": share(right[sure]),
    }


def share(found: NDArray[np.bool_]) -> Measured:
    """The share of them, with its interval."""
    return bootstrap(lambda one: float(one.mean()), found.astype(np.float64))
