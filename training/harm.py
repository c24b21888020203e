"""The head of harm, fitted once more to the vectors as they ship; from what chance on it speaks, and what it finds.

Like that of danger (`training.danger`) it learns of sentences that were written after the network had been fine-tuned,
and says of everything else what it said. A step of `training.text_reader`, and no command of its own.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from attunement.reading.encoder import Encoder
from attunement.reading.heads import HARMS, SURE_OF_ANSWER, Head
from attunement.reading.network import SIZE
from training.danger import BACKGROUND, background, near, without
from training.held_out import held_out
from training.measures import Array, Measured, bootstrap
from training.own_sentences import answer_sentences, harm_sentences

GOES_ON = 2
"""From this of `HARMS` on it is told, and what comes before is none or long over."""
LATELY, COUNTED = "data_harm_near", 2.0
"""Sentences that the network has not learned from, and for how many others one of them counts."""
ALARMS_ON_COMMENTS, ALARMS_ON_OWN = 0.0005, 0.02
"""The shares of public comments, and of our own harmless sentences in the same words, that may be taken for harm.

Own sentences lie close to the line: at .04 the head finds half as many again, and takes leaving a husband for a threat.
"""


def harm_head(head: Head, encoder: Encoder, data: Path) -> Head:
    """The head near ``head`` that knows what was written `LATELY` as well, but what is held out.

    Of comments and sentences of need it learns half what ``head`` says and half that there is no harm; of all other
    sentences what ``head`` says.
    """
    own, others = harm_sentences(), background(data)
    kept = ~held_out(own)
    lately = np.array([file.startswith(LATELY) for file in own.files])[kept]
    vectors = encoder.encode([*chosen(own.texts, kept), *others])[:, :SIZE]
    mine, theirs = np.split(softmax(head(vectors).astype(np.float64), axis=1), [len(lately)])
    target = np.concatenate(
        [
            np.where(lately[:, None], np.eye(len(HARMS))[own.classes[kept]], mine),
            (theirs + without(theirs, GOES_ON)) / 2,
        ]
    )
    counted = np.append(np.where(lately, COUNTED, 1.0), np.full(len(others), BACKGROUND))
    return near(head, vectors, target, counted)


def harm_in(head: Head, vectors: Array) -> Array:
    """How likely each vector tells of harm that goes on, ``(n,)``."""
    return np.asarray(softmax(head(vectors).astype(np.float64), axis=1)[:, GOES_ON:].sum(axis=1))


def harm_threshold(head: Head, encoder: Encoder, comments: tuple[str, ...]) -> float:
    """The lowest chance of harm at which few are alarmed in vain; ``comments`` were not learned from."""
    own = harm_sentences()
    harmless = held_out(own) & (own.classes == 0)
    return float(
        max(
            np.quantile(harm_in(head, encoder.encode(comments)), 1 - ALARMS_ON_COMMENTS),
            np.quantile(harm_in(head, encoder.encode(chosen(own.texts, harmless))), 1 - ALARMS_ON_OWN),
        )
    )


def harm_figures(harm: Head, answer: Head, threshold: float, encoder: Encoder) -> dict[str, Measured]:
    """What both heads find of the sentences that were held out."""
    own, told = harm_sentences(), answer_sentences()
    held, heard = held_out(own), held_out(told)
    found = harm_in(harm, encoder.encode(chosen(own.texts, held))) >= threshold
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
