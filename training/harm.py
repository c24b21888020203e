"""From what chance on the head of harm speaks, and what it finds. A step of `training.text_reader`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from attunement.reading.encoder import Encoder
from attunement.reading.heads import HARMS, SURE_OF_ANSWER, Head
from training.held_out import held_out
from training.measures import Array, Measured, bootstrap
from training.own_sentences import answer_sentences, harm_sentences

GOES_ON = 2
"""From this of `HARMS` on it is told, and what comes before is none or long over."""
ALARMS_ON_COMMENTS = 0.0002
ALARMS_ON_OWN = {"hurt": 0.015, "life": 0.01, "worry": 0.01, "threat": 0.008}
"""The shares of public comments, and of our own harmless sentences in the same words, that may be taken for each kind.

Own sentences lie close to the line. Of a threat the least is allowed: with more, leaving a husband is one.
"""
LEAST = {"life": 0.96}
"""From no lower chance a kind is told: people are called for a life in danger, and a child's fever is below."""


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
    harmless = chosen(own.texts, held_out(own) & (own.classes == 0))
    theirs, mine = (_by_kind(head, encoder.encode(texts)) for texts in (comments, harmless))
    return np.array(
        [
            max(
                LEAST.get(name, 0.0),
                np.quantile(theirs[:, kind], 1 - ALARMS_ON_COMMENTS),
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


def chosen(texts: tuple[str, ...], which: NDArray[np.bool_]) -> list[str]:
    """Those of the texts, in order."""
    return [text for text, yes in zip(texts, which, strict=True) if yes]
